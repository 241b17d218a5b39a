"""What a person may tell the reader: the meaning of sex codes, and other names of columns."""

from __future__ import annotations

import csv
from pathlib import Path

from myosteon.errors import ColumnError, FileUnreadable, InputError
from myosteon.readers.content import recognise_kind
from myosteon.readers.text import open_lines, open_text
from myosteon.readers.wording import say
from myosteon.readers.words import SEX_WORDS
from myosteon.vocabulary.measures import history_names, load_measures


def parse_sex_codes(given: str) -> dict[str, str]:
    """Return the meaning of each code of a text such as `1=male,2=female`.

    Raises `InputError` where a part is not `code=word`, a word is not a sex, a code stands there twice, or a code is
    itself a word of the contract.
    """
    words = {word: word for word in load_measures()["sex"].words} | SEX_WORDS
    codes: dict[str, str] = {}
    for part in given.replace("，", ",").split(","):
        code, _, word = (piece.strip() for piece in part.partition("="))
        meaning = words.get(word.lower())
        if not code or meaning is None or code in codes or code.lower() in words:
            raise InputError(say("error.bad_sex_codes", given=given))
        codes[code] = meaning
    return codes


def read_rename_map(path: Path) -> dict[str, str]:
    """Return the map of a CSV file with the columns `from` and `to`: the file's own name to the name used here.

    Whether `to` is a name used here is checked where the map is applied. Raises `FileUnreadable` where the file cannot
    be read, `ColumnError` where it lacks the two columns or renames one name twice.
    """
    if recognise_kind(path) != "delimited":
        raise FileUnreadable(say("error.bad_rename_map", path=path))
    with open_lines(open_text(path)) as lines:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(lines) if any(cell.strip() for cell in row)
        ]
    if not rows or "from" not in rows[0] or "to" not in rows[0]:
        raise ColumnError(say("error.bad_rename_map", path=path))
    old, new = rows[0].index("from"), rows[0].index("to")
    renamed: dict[str, str] = {}
    for row in rows[1:]:
        if len(row) <= max(old, new) or not row[old] or not row[new]:
            raise ColumnError(say("error.bad_rename_map", path=path))
        if row[old] in renamed:
            raise ColumnError(say("error.rename_twice", path=path, column=row[old]))
        renamed[row[old]] = row[new]
    return renamed


def history_measures() -> frozenset[str]:
    """Return the yes/no measures that `--absent-means-no` reads as no where they are unknown.

    Fractures, diseases and drugs, as the vocabulary marks them; never a test, a measurement or `postmenopausal`.
    """
    return frozenset(history_names())

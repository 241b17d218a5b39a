"""The columns of several people, as plans look at them: what is unknown, what is yes, which texts stand there.

A crowd is read from a frame column by column. A few people are read as values of Python, since asking an engine for each
column would take longer than their plans.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]
BITS_OF_A_WORD = 64
# Up to so many people are read as values of Python.
MOST_OF_FEW = 50
# The place of a word that is unknown: the last of a table.
NO_WORD = -1
EVERYBODY = slice(None)


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: a code for each row, 0 where there is none; `known` are the texts that occur, by code."""

    codes: Codes
    known: dict[int, str]

    def text(self, place: int) -> str:
        """The text of one row, empty where there is none."""
        return self.known.get(int(self.codes[place]), "")

    def where(self, text: str) -> Flags:
        """Where a text stands."""
        found = [code for code, known in self.known.items() if known == text]
        return self.codes == found[0] if found else np.zeros(len(self.codes), dtype=np.bool_)

    def places(self, where: Flags | None = None) -> Iterator[tuple[str, Places | slice]]:
        """Each text, and in which rows it stands, of those `where`; in any order."""
        if not self.known:
            return
        if len(self.codes) == 1:
            # Of one person the text stands everywhere, or nowhere.
            if where is None or where[0]:
                yield next(iter(self.known.values())), EVERYBODY
            return
        rows = np.flatnonzero(self.codes if where is None else where)
        codes = self.codes[rows]
        if len(rows) > 1:
            sorted_ = np.argsort(codes, kind="stable")
            rows, codes = rows[sorted_], codes[sorted_]
        starts = (
            [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(rows)]
            if len(rows) > 1
            else [0, len(rows)]
        )
        for start, end in pairwise(starts):
            if start < end and (text := self.known.get(int(codes[start]))):
                yield text, rows[start:end]


class TextCodes(dict[str, int]):
    """A number from 1 for each text, the same wherever it stands; `texts` are these, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]

    def __missing__(self, text: str) -> int:
        self.texts.append(text)
        code = self[text] = len(self) + 1
        return code


# For the words of each column of one frame, the codes of those that were met, else 0.
WordCodes = dict[str, Codes]


class Rows(ABC):
    """Columns of `height` people; a column that is not there is unknown of all."""

    def __init__(self, height: int, codes: TextCodes) -> None:
        self.height = height
        self._codes = codes
        self._unknown: dict[str, Flags] = {}
        self._texts: dict[str, Texts] = {}
        self.no_texts = Texts(np.zeros(height, dtype=np.uint64), {})

    def unknown(self, name: str) -> Flags:
        """Where a column is unknown."""
        known = self._unknown.get(name)
        if known is None:
            known = self._unknown[name] = self._read_unknown(name)
        return known

    def texts(self, name: str) -> Texts:
        """A column of texts; an empty text is none."""
        known = self._texts.get(name)
        if known is None:
            known = self._texts[name] = self._read_texts(name)
        return known

    def yes(self, name: str) -> Flags:
        """Where a yes-no column is yes."""
        return self._read_yes(name)

    def values(self, names: Sequence[str], places: Sequence[int]) -> list[tuple[object, ...]]:
        """The values of some columns, of the rows at `places`, each once and in their order."""
        if not names:
            return [()] * len(places)
        columns = [self._column(name) for name in names]
        if len(places) == self.height:
            return list(zip(*columns, strict=True))
        return list(zip(*([column[place] for place in places] for column in columns), strict=True))

    @abstractmethod
    def _column(self, name: str) -> Sequence[Any]:
        """The values of a column."""

    @abstractmethod
    def _read_yes(self, name: str) -> Flags: ...

    @abstractmethod
    def _read_unknown(self, name: str) -> Flags: ...

    @abstractmethod
    def _read_texts(self, name: str) -> Texts: ...

    def _coded(self, texts: Iterable[Any]) -> Texts:
        codes = [self._codes[str(text)] if text else 0 for text in texts]
        known = {code: text for text, code in zip(texts, codes, strict=True) if code}
        return Texts(np.array(codes, dtype=np.uint64), {code: str(text) for code, text in known.items()})


class FewRows(Rows):
    """A few people, whose columns are lists of values."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], codes: TextCodes) -> None:
        super().__init__(len(rows), codes)
        self._rows = rows

    def _read_yes(self, name: str) -> Flags:
        return np.array([value is True for value in self._column(name)], dtype=np.bool_)

    def _column(self, name: str) -> Sequence[Any]:
        return [row.get(name) for row in self._rows]

    def _read_unknown(self, name: str) -> Flags:
        return np.array([value is None for value in self._column(name)], dtype=np.bool_)

    def _read_texts(self, name: str) -> Texts:
        return self._coded(self._column(name))


class ManyRows(Rows):
    """A crowd, whose columns are those of a frame."""

    def __init__(self, frame: pl.DataFrame, codes: TextCodes, of_words: WordCodes | None = None) -> None:
        super().__init__(frame.height, codes)
        self._columns = dict(zip(frame.columns, frame.get_columns(), strict=True))
        # Asked of the frame at once: column by column the engine would start a thousand times.
        self._nulls = _by_name(frame.select(pl.all().is_null()))
        self._yes = _by_name(frame.select(pl.selectors.boolean().fill_null(False)))
        words = pl.selectors.enum()
        self._words = _by_name(frame.select(words.to_physical().cast(pl.Int32).fill_null(NO_WORD)))
        self._of_words: WordCodes = {} if of_words is None else of_words
        self._lists: dict[str, list[Any]] = {}
        self._nowhere = np.zeros(self.height, dtype=np.bool_)

    def _read_yes(self, name: str) -> Flags:
        column = self._yes.get(name)
        return self._nowhere if column is None else column.to_numpy()

    def _column(self, name: str) -> Sequence[Any]:
        known = self._lists.get(name)
        if known is None:
            column = self._columns.get(name)
            unknown = column is None or column.null_count() == self.height
            known = self._lists[name] = (
                [None] * self.height if unknown or column is None else column.to_list()
            )
        return known

    def _read_unknown(self, name: str) -> Flags:
        column = self._nulls.get(name)
        return ~self._nowhere if column is None else column.to_numpy()

    def _read_texts(self, name: str) -> Texts:
        if name not in self._columns or self._columns[name].null_count() == self.height:
            return Texts(np.zeros(self.height, dtype=np.uint64), {})
        if name not in self._words:
            return self._coded(self._column(name))
        words = cast("pl.Enum", self._columns[name].dtype).categories
        places = self._words[name].to_numpy()
        # Only words that occur are looked at: an Enum of listings has thousands.
        found = np.flatnonzero(np.bincount(places + 1, minlength=len(words) + 1)[1:])
        of_word = self._of_words.get(name)
        if of_word is None:
            of_word = self._of_words[name] = np.zeros(len(words) + 1, dtype=np.uint64)
        new = found[of_word[found] == 0]
        if len(new):
            of_word[new] = self._coded(words.gather(new).to_list()).codes
        texts = self._codes.texts
        known = {code: texts[code] for code in of_word[found].tolist() if code}
        return Texts(of_word[places], known)


def _by_name(frame: pl.DataFrame) -> dict[str, pl.Series]:
    return dict(zip(frame.columns, frame.get_columns(), strict=True))


def rows_of(frame: pl.DataFrame, codes: TextCodes, words: WordCodes | None = None) -> Rows:
    """The rows of a frame; its parts are read sooner where they share `words`."""
    if frame.height > MOST_OF_FEW:
        return ManyRows(frame, codes, words)
    # `named=True` would look at the type of every column.
    names = frame.columns
    return FewRows([dict(zip(names, row, strict=True)) for row in frame.rows()], codes)


def packed(flags: Sequence[Flags], rows: int) -> Codes:
    """Flags as bits of whole numbers, the first flag lowest: an array of words by rows."""
    words = max(1, -(-len(flags) // BITS_OF_A_WORD))
    table = np.zeros((words * BITS_OF_A_WORD, rows), dtype=np.bool_)
    if flags:
        np.stack(flags, out=table[: len(flags)])
    by_byte = np.packbits(table, axis=0, bitorder="little").reshape(words, -1, rows)
    return np.ascontiguousarray(by_byte.transpose(0, 2, 1)).view("<u8")[..., 0].astype(np.uint64)


def bits_of(places: Iterable[int], words: int) -> Codes:
    """A set of bits as a column of words, to be laid over `packed` flags."""
    found = [0] * words
    for place in places:
        word, bit = divmod(place, BITS_OF_A_WORD)
        found[word] |= 1 << bit
    return np.array(found, dtype=np.uint64)[:, None]


def keys(columns: Sequence[Codes]) -> list[bytes]:
    """One key for each row: equal where all columns of codes are."""
    table = np.stack(columns, axis=1)
    return table.view(f"V{table.shape[1] * table.itemsize}").ravel().tolist()

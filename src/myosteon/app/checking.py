"""What a file holds: rows, measures known and unknown, values refused, columns not used."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from myosteon.app.people import read_people
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language, print_table, say
from myosteon.app.texts import tell
from myosteon.vocabulary.measures import load_measures


def run_check(file: Path, options: ReadingOptions, language: Language) -> bool:
    """Prints what the file holds and every refused value; returns whether there are any.

    Raises:
        InputError: the file cannot be used at all.
    """
    reading = read_people(file, options)
    known = (
        reading.frame.select(pl.len().alias(ROWS), pl.col(reading.measures).count())
        .collect(engine="streaming")
        .row(0, named=True)
    )
    rows = known.pop(ROWS)
    measures = load_measures()
    table = [
        [name, measures[name].label.in_language(language), f"{count:,}", f"{_share(count, rows):.1f} %"]
        for name, count in known.items()
    ]
    header = [tell(key, language) for key in ("column", "measure", "known", "share")]
    print_table(tell("check_title", language, file=file.name, rows=f"{rows:,}"), header, table)
    for notice in reading.notices:
        say(notice.describe(language))
    for refusal in reading.refusals:
        print(refusal.describe(language))
    print(tell("check_end", language, refused=f"{reading.refused_in_all:,}"))
    return reading.refused_in_all > 0


ROWS = "myosteon_rows"


def _share(count: int, rows: int) -> float:
    return 100.0 * count / rows if rows else 0.0

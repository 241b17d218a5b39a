"""Runs QFracture-2012 over raw columns from file to file, and names every row that was refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.app.raw_risks import raw_risks
from myosteon.app.results_file import sink_for, write_results
from myosteon.app.risk_run import QFRACTURE, find_entry
from myosteon.app.risk_tables import print_notices, print_wrapped, say_notices
from myosteon.app.screen import Language, say
from myosteon.app.texts import both, tell
from myosteon.errors import InputError
from myosteon.rules.risk.qfracture2012.raw import DIABETES, limits_of

ROW = "myosteon_row"
CASE = "case_id"
MOST_ROWS_SAID = 20
# Everything as text: a value that is no number is refused by row and field, not by the reader of the file.
READERS: dict[str, Callable[[Path], pl.LazyFrame]] = {
    ".csv": lambda file: pl.scan_csv(file, infer_schema=False),
    ".tsv": lambda file: pl.scan_csv(file, separator="\t", infer_schema=False),
    ".parquet": pl.scan_parquet,
    ".jsonl": pl.scan_ndjson,
    ".ndjson": pl.scan_ndjson,
}


@dataclass(frozen=True, slots=True)
class RawQuestion:
    """What was asked of `myosteon risk qfracture2012 FILE --raw`."""

    id: str
    file: Path
    output: Path | None
    years: int | None
    clamp: bool
    language: Language


def run_raw(asked: RawQuestion) -> bool:
    """Computes both risks of every row; returns whether rows were refused.

    Raises:
        MyosteonError: another algorithm, a file that cannot be read, columns that are missing, or no such horizon.
    """
    entry = find_entry(asked.id)
    if asked.id != QFRACTURE:
        raise InputError(both("risk_only_qfracture", option="--raw", id=asked.id))
    if asked.clamp:
        raise InputError(both("raw_not_with_clamp"))
    to_screen = asked.output is not None and str(asked.output) == "-"
    if asked.output is not None and not to_screen:
        sink_for(asked.output)
    results: pl.DataFrame = raw_risks(_read(asked.file).collect(), asked.years)
    if to_screen:
        print(results.write_csv(), end="")
        say_notices([entry], asked.language)
    elif asked.output is not None:
        write_results(results.lazy(), asked.output)
    refused = _say_refused(results, asked.language)
    if not to_screen:
        print_notices([entry], asked.language)
        answered = results.height - refused
        counts = {"rows": results.height, "answered": answered, "refused": refused}
        print_wrapped(tell("raw_counts", asked.language, **{key: f"{n:,}" for key, n in counts.items()}))
        print(tell("support", asked.language))
    if asked.output is not None and not to_screen:
        say(tell("results_in", asked.language, file=asked.output))
    return refused > 0


def _read(file: Path) -> pl.LazyFrame:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(both("raw_file", file=file.name, kinds=", ".join(READERS)))
    if not file.exists():
        raise InputError(both("file_missing", file=file))
    try:
        frame = reader(file)
        frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(both("file_broken", file=file, kind=file.suffix.removeprefix("."))) from error
    return frame


def _say_refused(results: pl.DataFrame, language: Language) -> int:
    """Each refused field of the first refused rows, and how many more there are; returns the number of rows."""
    bad = results.with_row_index(ROW, offset=1).filter(pl.col("refused").is_not_null())
    for row in bad.head(MOST_ROWS_SAID).iter_rows(named=True):
        for field in row["refused"].split(";"):
            say(
                tell(
                    "raw_refused",
                    language,
                    row=_name_of(row, language),
                    field=field,
                    value=_value(row.get(field), language),
                    remedy=_remedy(field, row, language),
                )
            )
    if bad.height > MOST_ROWS_SAID:
        say(tell("raw_more", language, count=f"{bad.height - MOST_ROWS_SAID:,}"))
    return bad.height


def _name_of(row: dict[str, Any], language: Language) -> str:
    if row.get(CASE) is not None:
        return f"{CASE} {row[CASE]}"
    return tell("raw_row", language, number=row[ROW])


def _value(value: object, language: Language) -> str:
    return tell("raw_empty", language) if value is None or str(value) == "" else str(value)


def _remedy(field: str, row: dict[str, Any], language: Language) -> str:
    if field == "sex":
        return tell("raw_remedy_sex", language)
    if field in DIABETES and all(str(row.get(other)) in ("1", "1.0", "True", "true") for other in DIABETES):
        return tell("raw_remedy_diabetes", language)
    low, high = limits_of(field)
    key = "raw_remedy_number" if field == "bmi" else "raw_remedy_range"
    return tell(key, language, low=f"{low:g}", high=f"{high:g}")

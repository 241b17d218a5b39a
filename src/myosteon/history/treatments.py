"""Reads treatments: one row is one course of a bone drug of one person.

    treatments = read_treatments(Path("treatments.csv"))
    treatments.courses     # eager; row, person_id, drug, start_date, stop_date, last_dose_date, doses, dose, reason_stopped
    treatments.refusals    # what could not be used, by person, row and column, with the remedy

A value that cannot be read becomes unknown and is named. A course whose drug, person or dates make no sense, that is a
dose for cancer, or that stands twice is left out and named; courses of one drug that overlap are named. Columns may come
in any order, under Chinese names too; others are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.history.drug_names import DRUG, cancer_doses, code_beginnings, drug_words
from myosteon.history.repeats import overlapping, repeated, say_overlaps, say_repeats
from myosteon.history.treatment_columns import ALL, find_columns
from myosteon.history.wording import sentence
from myosteon.readers.cells import is_missing, text_of
from myosteon.readers.opening import open_source
from myosteon.readers.reading import Refusal
from myosteon.vocabulary.measures import load_measures

DATES = ("start_date", "stop_date", "last_dose_date")
MOST_DOSES = 1000
# Year first, so that day and month cannot be taken for one another: 2026-01-05, 2026/1/5, 2026.1.5, 20260105, 2026年1月5日.
YEAR_FIRST = (
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$",
    r"^(\d{4})(\d{2})(\d{2})$",
)
MILLIGRAMS = r"(?i)^\s*(\d+(?:\.\d+)?)\s*mg\b"


@dataclass(frozen=True, slots=True)
class Treatments:
    """Courses in the order of the file, what could not be used of them, and the people of whom a course was left out."""

    courses: pl.DataFrame
    refusals: tuple[Refusal, ...]
    incomplete: frozenset[str] = frozenset()


def read_treatments(path: Path) -> Treatments:
    """Reads a file of treatments: CSV, TSV, Excel, Parquet or JSON lines.

    Raises:
        FileUnreadable: the file is not there, is empty or damaged.
        ColumnError: person_id, drug or start_date is missing, or two columns mean the same.
    """
    source = open_source(path, also_known=ALL)
    found = find_columns(source.names, path.name)
    schema = source.frame.collect_schema()
    given = source.frame.select(
        (text_of(found[name], schema[found[name]]) if name in found else pl.lit(None, pl.String)).alias(name)
        for name in ALL
    ).collect()
    blank = pl.all_horizontal(pl.all().is_null() | is_missing(pl.all()))
    return read_courses(given.with_row_index("row", offset=1).filter(~_all_missing(given, blank)))


def _all_missing(given: pl.DataFrame, blank: pl.Expr) -> pl.Series:
    return given.select(blank.fill_null(True).alias("blank"))["blank"]


def read_courses(given: pl.DataFrame) -> Treatments:
    """Reads courses whose cells are text, with the number of each row in `row`."""
    cells = given.with_columns(
        pl.when(is_missing(pl.col(name))).then(None).otherwise(pl.col(name)).alias(name) for name in ALL
    )
    read = cells.with_columns(
        _drug().alias("drug_read"),
        *(_date(name).alias(f"{name}_read") for name in DATES),
        _doses().alias("doses_read"),
    ).with_columns(_last_dose_outside().alias("last_dose_outside"))
    kept = read.filter(~_left_out().fill_null(False))
    courses = kept.select(
        "row",
        "person_id",
        pl.col("drug_read").cast(canonical_dtype(load_measures()[DRUG])).alias(DRUG),
        *(pl.col(f"{name}_read").alias(name) for name in ("start_date", "stop_date")),
        pl.when(pl.col("last_dose_outside").fill_null(False))
        .then(None)
        .otherwise("last_dose_date_read")
        .alias("last_dose_date"),
        pl.col("doses_read").alias("doses"),
        "dose",
        "reason_stopped",
    )
    repeats = repeated(courses)
    once = courses.join(repeats, on="row", how="anti", maintain_order="left")
    said = (*_refusals(read), *say_repeats(repeats), *say_overlaps(overlapping(once)))
    left_out = read.filter(_left_out() & ~_of_cancer().fill_null(False))["person_id"].drop_nulls()
    ordered = tuple(sorted(said, key=lambda refusal: refusal.row or 0))
    return Treatments(once, ordered, frozenset(left_out))


def _drug() -> pl.Expr:
    text = pl.col(DRUG).str.strip_chars().str.to_lowercase()
    named = text.replace_strict(drug_words(), default=None, return_dtype=pl.String)
    of_group = pl.coalesce(
        pl.when(text.str.starts_with(start)).then(pl.lit(word)) for start, word in code_beginnings().items()
    )
    return pl.coalesce(named, of_group)


def _date(name: str) -> pl.Expr:
    def read(form: str) -> pl.Expr:
        year, month, day = (pl.col(name).str.extract(form, group) for group in (1, 2, 3))
        parts = (year, month.str.zfill(2), day.str.zfill(2))
        return pl.concat_str(*parts, separator="-").str.to_date("%Y-%m-%d", strict=False)

    return pl.coalesce(read(form) for form in YEAR_FIRST)


def _doses() -> pl.Expr:
    number = pl.col("doses").cast(pl.Float64, strict=False)
    whole = number.cast(pl.Int16, strict=False)
    return pl.when((whole == number) & number.is_between(0, MOST_DOSES)).then(whole)


def _last_dose_outside() -> pl.Expr:
    last = pl.col("last_dose_date_read")
    return (last < pl.col("start_date_read")) | (last > pl.col("stop_date_read"))


def _stops_before_it_begins() -> pl.Expr:
    return pl.col("stop_date_read") < pl.col("start_date_read")


def _of_cancer() -> pl.Expr:
    milligrams = pl.col("dose").str.extract(MILLIGRAMS, 1).cast(pl.Float64, strict=False)
    return pl.any_horizontal(
        *((pl.col("drug_read") == drug) & (milligrams == dose) for drug, dose in cancer_doses().items())
    )


def _unreadable_stop() -> pl.Expr:
    # A stop that cannot be read must not turn into a course that goes on.
    return pl.col("stop_date").is_not_null() & pl.col("stop_date_read").is_null()


def _left_out() -> pl.Expr:
    reasons = (
        pl.col("person_id").is_null(),
        pl.col("drug_read").is_null(),
        _stops_before_it_begins(),
        _of_cancer(),
        _unreadable_stop(),
    )
    return pl.any_horizontal(*(reason.fill_null(False) for reason in reasons))


def _refusals(read: pl.DataFrame) -> Iterator[Refusal]:
    yield from _named(read, "person_id", pl.col("person_id").is_null(), "no_person")
    yield from _named(read, DRUG, pl.col("drug_read").is_null(), "drug")
    for name in DATES:
        unread = pl.col(name).is_not_null() & pl.col(f"{name}_read").is_null()
        yield from _named(read, name, unread, "date")
    yield from _named(read, "doses", pl.col("doses").is_not_null() & pl.col("doses_read").is_null(), "doses")
    yield from _named(read, "stop_date", _stops_before_it_begins(), "stop_before_start")
    outside = pl.col("last_dose_outside") & ~_stops_before_it_begins().fill_null(False)
    yield from _named(read, "last_dose_date", outside, "last_dose_outside")
    yield from _named(read, "dose", _of_cancer(), "cancer_dose")


def _named(read: pl.DataFrame, column: str, refused: pl.Expr, kind: str) -> Iterator[Refusal]:
    remedy = sentence(f"{kind}_remedy")
    found = read.filter(refused.fill_null(False)).select(
        "row", "person_id", pl.col(column).alias("value"), "start_date"
    )
    for row, person, value, start in found.iter_rows():
        reason = sentence(kind, start=start)
        yield Refusal(
            person, None, row, column, value or "", kind, reason.en, reason.zh, remedy.en, remedy.zh
        )

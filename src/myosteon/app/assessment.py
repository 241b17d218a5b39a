"""Runs an assessment from file to file: read, judge, write, sum up, report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import polars as pl

from myosteon.app.engines import assess_with
from myosteon.app.people import read_people, say_what_was_read, write_refusals
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import sink_for, write_results
from myosteon.app.screen import Language, say
from myosteon.app.summary import (
    assumptions_of,
    print_person,
    print_summary,
    summarise,
)
from myosteon.assess import Assessor, Columns, make_assessor
from myosteon.errors import InputError
from myosteon.guidelines import STRATUM, choose_guidelines
from myosteon.readers.reading import Reading
from myosteon.rules.guideline import Settings

# So many rows are judged in memory; more go through in parts, and the summary reads them from the file that was written.
MOST_ROWS_IN_MEMORY = 500_000


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was asked of `myosteon assess`; `design` holds the columns of weight, stratum and primary
    sampling unit, `settings` whether an estimated mass is accepted, which reference gives T-scores and whether inputs of risks are
    clamped, `further` whether risks and strata are computed too."""

    file: Path
    output: Path | None
    definitions: tuple[str, ...] | None
    columns: str
    results_only: bool
    report: Path | None
    design: tuple[str | None, str | None, str | None]
    engine: str
    refusals: Path | None
    reading: ReadingOptions
    settings: tuple[bool, str, bool]
    further: tuple[bool, bool]
    language: Language


def run_assessment(asked: Assessment) -> bool:
    """Does what was asked; returns whether values were refused.

    Raises:
        MyosteonError: the file, an option or a definition cannot be used.
    """
    columns = _columns(asked.columns)
    to_screen = asked.output is not None and str(asked.output) == "-"
    if asked.output is not None and not to_screen:
        sink_for(asked.output)
    risk, strata = asked.further
    assessor = make_assessor(_definitions(asked), Settings(*asked.settings), risk=risk, strata=strata)
    reading = read_people(asked.file, asked.reading)
    say_what_was_read(reading, asked.language)
    if asked.refusals is not None:
        write_refusals(reading, asked.refusals)
    results = _judge(asked, assessor, reading, columns)
    if to_screen:
        print(results.collect().write_csv(), end="")
        _say_notices(asked)
    elif asked.output is not None:
        write_results(results, asked.output)
        if _is_large(reading) and asked.output.suffix == ".parquet":
            results = pl.scan_parquet(asked.output)
    if not to_screen:
        _sum_up(asked, assessor, reading, results)
    return reading.refused_in_all > 0


def _definitions(asked: Assessment) -> tuple[str, ...] | None:
    """The definitions that were named, and the strata where these were asked for as well."""
    if asked.definitions is None or not asked.further[1]:
        return asked.definitions
    every = choose_guidelines(None, strata=True)
    strata = (guideline.id for guideline in every if guideline.kind == STRATUM)
    return tuple(dict.fromkeys((*asked.definitions, *strata)))


def _columns(asked: str) -> Columns:
    for columns in get_args(Columns):
        if asked == columns:
            return asked  # type: ignore[return-value]
    raise InputError(f"--columns {asked} is not known; choose one of {', '.join(get_args(Columns))}")


def _is_large(reading: Reading) -> bool:
    return reading.rows is None or reading.rows > MOST_ROWS_IN_MEMORY


def _judge(asked: Assessment, assessor: Assessor, reading: Reading, columns: Columns) -> pl.LazyFrame:
    keep_input = not asked.results_only
    if asked.engine == "polars" and _is_large(reading):
        return assess_with("polars", reading.frame, assessor, columns, keep_input)
    people = reading.frame.collect()
    return assess_with(asked.engine, people.lazy(), assessor, columns, keep_input).collect().lazy()


def _sum_up(asked: Assessment, assessor: Assessor, reading: Reading, results: pl.LazyFrame) -> None:
    assumptions = assumptions_of(assessor.settings, asked.reading.absent_means_no)
    if reading.rows == 1 and asked.report is None:
        print_person(results, assessor, asked.language, assumptions)
        _say_where(asked)
        return
    summary = summarise(results, assessor, reading, asked.design)
    print_summary(summary, results, assessor, asked.language, assumptions)
    if asked.report is not None:
        # Jinja2 and the charts load only where a report is asked for.
        from myosteon.app.cohort_report import CohortReport, write_cohort_report

        report = CohortReport(asked.report, asked.file.name, asked.language, asked.design, assumptions)
        write_cohort_report(report, summary, results, assessor)
        say(f"{'报告' if asked.language == 'zh' else 'report'}: {asked.report}")
    _say_where(asked)


def _say_notices(asked: Assessment) -> None:
    if not asked.further[0]:
        return
    # Only a call that asks for risks loads what they need.
    from myosteon.app.risk_tables import entries_that_run, say_notices

    say_notices(entries_that_run(), asked.language)


def _say_where(asked: Assessment) -> None:
    if asked.output is not None:
        say(f"{'结果' if asked.language == 'zh' else 'results'}: {asked.output}")

"""Runs one risk algorithm from file to file, and says what its figures mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from myosteon.app.people import read_people, say_what_was_read, write_refusals
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import sink_for, write_results
from myosteon.app.risk_counts import count_risks
from myosteon.app.risk_tables import (
    label_of_algorithm,
    say_notices,
)
from myosteon.app.risk_told import tell_about, tell_assumptions, tell_cohort, tell_person
from myosteon.app.screen import Language, say
from myosteon.app.summary import assumptions_of
from myosteon.app.texts import both, tell
from myosteon.assess import KEPT_ALWAYS, Assessor, Further, make_assessor
from myosteon.engine.graph import make_graph
from myosteon.errors import InputError
from myosteon.evidence.risk_catalogue import CatalogueEntry, load_risk_catalogue
from myosteon.readers.reading import Reading
from myosteon.rules.guideline import Settings
from myosteon.rules.library import library_rules
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.inputs import input_rules
from myosteon.rules.risk.library import risk_algorithms
from myosteon.rules.risk.qfracture2012.algorithm import USUAL_YEARS, qfracture2012
from myosteon.rules.risk.qfracture2012.hazards import stem_of
from myosteon.rules.risk.qfracture2012.model import OUTCOMES
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Label

QFRACTURE = "qfracture2012"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class RiskQuestion:
    """What was asked of `myosteon risk ALGORITHM FILE`; `years` is a horizon of QFracture-2012, None for the usual one."""

    id: str
    file: Path
    output: Path | None
    years: int | None
    clamp: bool
    refusals: Path | None
    reading: ReadingOptions
    language: Language


def run_risk(asked: RiskQuestion) -> bool:
    """Computes one algorithm for everybody of a file; returns whether values were refused.

    Raises:
        MyosteonError: no such algorithm, one that cannot be run, or a file or an option that cannot be used.
    """
    entry = find_entry(asked.id)
    to_screen = asked.output is not None and str(asked.output) == "-"
    if asked.output is not None and not to_screen:
        sink_for(asked.output)
    algorithm, assessor = _prepare(asked)
    if asked.years is not None:
        entry = _for_years(entry, asked.years)
    reading = read_people(asked.file, asked.reading)
    say_what_was_read(reading, asked.language)
    if asked.refusals is not None:
        write_refusals(reading, asked.refusals)
    results = _compute(algorithm, assessor, reading)
    if to_screen:
        print(results.collect().write_csv(), end="")
        say_notices([entry], asked.language)
        return reading.refused_in_all > 0
    if asked.output is not None:
        write_results(results, asked.output)
    tell_about(entry, asked.language)
    _sum_up(asked, entry, assessor, reading, results)
    return reading.refused_in_all > 0


def named_file(id: str, file: Path | None) -> Path:
    """The file of people.

    Raises:
        InputError: none was named, or the algorithm cannot be run anyway.
    """
    find_entry(id)
    if file is None:
        raise InputError(both("risk_file_missing", id=id))
    return file


def find_entry(id: str) -> CatalogueEntry:
    """The entry of an algorithm that can be run.

    Raises:
        InputError: there is none of that name, or it cannot be run; the message says why.
    """
    entry = load_risk_catalogue().get(id)
    if entry is None:
        raise InputError(both("risk_unknown", id=id, names=", ".join(risk_algorithms())))
    if id not in risk_algorithms():
        en, zh = (_why_not(entry, language) for language in LANGUAGES)
        raise InputError(Label(en, zh))
    return entry


def _why_not(entry: CatalogueEntry, language: Language) -> str:
    reason = entry.reason.in_language(language) if entry.reason else ""
    name = label_of_algorithm(entry, language)
    return tell("risk_cannot_run", language, name=name, id=entry.id, reason=reason)


def _prepare(asked: RiskQuestion) -> tuple[Algorithm, Assessor]:
    settings = Settings(clamp_risk_inputs=asked.clamp)
    if asked.years is None:
        return risk_algorithms()[asked.id], make_assessor(None, settings, risk=True)
    if asked.id != QFRACTURE:
        raise InputError(both("risk_only_qfracture", option="--years", id=asked.id))
    algorithm = qfracture2012(asked.years)
    # One graph holds one horizon, so this one is made for it alone.
    rules = (*library_rules(settings), *input_rules(), *algorithm.build(settings))
    return algorithm, Assessor((), settings, make_graph(rules, load_measures()), Further(risk=True))


def _for_years(entry: CatalogueEntry, years: int) -> CatalogueEntry:
    """The entry with the columns of another horizon."""

    def renamed(name: str) -> str:
        for outcome in OUTCOMES:
            name = name.replace(stem_of(outcome, USUAL_YEARS), stem_of(outcome, years))
        return name

    shown = tuple(
        replace(one, column=renamed(one.column), bounds=one.bounds and renamed(one.bounds))
        for one in entry.shown
    )
    return replace(entry, shown=shown, within=both("years", years=years))


def _compute(algorithm: Algorithm, assessor: Assessor, reading: Reading) -> pl.LazyFrame:
    present = reading.frame.collect_schema().names()
    kept = [name for name in KEPT_ALWAYS if name in present]
    return assessor.plan(algorithm.answers(assessor.settings)).run_polars(reading.frame, present, kept)


def _sum_up(
    asked: RiskQuestion, entry: CatalogueEntry, assessor: Assessor, reading: Reading, results: pl.LazyFrame
) -> None:
    language = asked.language
    for key in assumptions_of(assessor.settings, asked.reading.absent_means_no):
        print(tell(key, language))
    if reading.rows == 1:
        tell_person(entry, assessor, results, language)
    else:
        (counts,) = count_risks(results, [entry], assessor.graph)
        tell_cohort(counts, assessor, language)
    tell_assumptions(assessor, results, language)
    print(tell("support", language))
    if asked.output is not None:
        say(tell("results_in", language, file=asked.output))

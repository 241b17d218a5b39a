"""Finds the columns of a validation: the risk in the file itself, or computed from its measures by a risk algorithm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.graph import make_graph
from myosteon.errors import InputError, RuleError
from myosteon.readers.opening import open_source
from myosteon.readers.wording import list_names
from myosteon.rules.guideline import Settings
from myosteon.rules.library import library_rules
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.inputs import input_rules
from myosteon.rules.risk.library import risk_algorithms
from myosteon.rules.risk.qfracture2012.algorithm import ALGORITHM as QFRACTURE
from myosteon.rules.risk.qfracture2012.algorithm import qfracture2012_rules
from myosteon.rules.risk.readings import reading_rules
from myosteon.study.validation.given_columns import PERSON
from myosteon.study.validation.result import About
from myosteon.study.validation.sentences import sentence
from myosteon.vocabulary.measures import load_measures

PERCENT, SCORE = "_percent", "_score"


@dataclass(frozen=True, slots=True)
class Found:
    """A frame with every column asked for; the risk's column in it, those that say why there is no risk, how many values
    the reader refused, and what the evidence says of the algorithm."""

    frame: pl.DataFrame
    risk: str
    needs: str | None = None
    outside: str | None = None
    refused: int = 0
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the risk (a column of the file, or of an algorithm, whose ending `_percent` may be left out), how
    far it looks ahead, and the other columns by the option that names them."""

    risk: str
    horizon: float | None
    others: dict[str, str | None]

    @property
    def names(self) -> list[str]:
        """The other columns, each once."""
        return list(dict.fromkeys(name for name in self.others.values() if name is not None))


def find_columns(file: Path, wanted: Wanted, options: ReadingOptions, language: Language) -> Found:
    """The frame of a validation.

    Raises:
        InputError: a column is neither in the file nor computed, or the file cannot be read.
    """
    sheet = options.sheet
    source = open_source(file, sheet=int(sheet) if sheet and sheet.isdigit() else sheet)
    _refuse_absent(file, wanted, source.names)
    if wanted.risk not in source.names:
        return _compute(file, wanted, source.names, options, language)
    person = [PERSON] if PERSON in source.names else []
    kept = dict.fromkeys([wanted.risk, *wanted.names, *person])
    try:
        frame = source.frame.select(*kept).collect()
    except pl.exceptions.PolarsError as error:
        if source.explain is None:
            raise
        raise source.explain(error) from None
    return Found(frame, wanted.risk)


def _refuse_absent(file: Path, wanted: Wanted, names: Sequence[str]) -> None:
    for option, name in wanted.others.items():
        if name is not None and name not in names:
            told = list_names(list(names))
            raise InputError(
                sentence("error.no_column", file=file.name, column=name, option=option, columns=told)
            )


def _compute(
    file: Path, wanted: Wanted, names: Sequence[str], options: ReadingOptions, language: Language
) -> Found:
    algorithm, column, assessor = _choose(file, wanted, names)
    told = {end: f"{algorithm.id}_{end}" for end in ("needs", "outside")}
    told = {end: name for end, name in told.items() if name in algorithm.columns}
    reading = read_people(file, options)
    say_what_was_read(reading, language)
    present = reading.frame.collect_schema().names()
    # The reader may call a column by its canonical name.
    _refuse_absent(file, wanted, present)
    kept = list(dict.fromkeys((PERSON, *wanted.names)))
    plan = assessor.plan((column, *told.values()))
    frame = plan.run_polars(reading.frame, present, kept).collect()
    return Found(
        frame, column, told.get("needs"), told.get("outside"), reading.refused_in_all, _about(algorithm)
    )


def _about(algorithm: Algorithm) -> About | None:
    evidence = algorithm.evidence
    if evidence.risk is None:
        return None
    doi = f". doi {evidence.paper.doi}" if evidence.paper.doi else ""
    return About(evidence.label, evidence.risk, evidence.paper.citation + doi)


def _choose(file: Path, wanted: Wanted, names: Sequence[str]) -> tuple[Algorithm, str, Assessor]:
    """The algorithm, the column and the rules that give the risk.

    Raises:
        InputError: no algorithm computes it, or not so far ahead.
    """
    computed = {name: algorithm for algorithm in risk_algorithms().values() for name in algorithm.columns}
    column = next((wanted.risk + end for end in ("", PERCENT) if wanted.risk + end in computed), None)
    if column is None:
        numbers = [name for name in computed if name.endswith((PERCENT, SCORE))]
        told = {"columns": list_names(list(names)), "computed": list_names(numbers)}
        raise InputError(sentence("error.no_risk", risk=wanted.risk, file=file.name, **told))
    if computed[column].id == QFRACTURE.id:
        return _look_ahead(column, wanted)
    return computed[column], column, make_assessor(risk=True)


def _look_ahead(column: str, wanted: Wanted) -> tuple[Algorithm, str, Assessor]:
    """QFracture-2012 for the years asked for: its columns of the library look ten years ahead."""
    years = wanted.horizon
    if years is None or years != int(years):
        raise InputError(sentence("error.whole_years", risk=wanted.risk))
    try:
        own = qfracture2012_rules(Settings(), int(years))
    except RuleError:
        raise InputError(sentence("error.whole_years", risk=wanted.risk)) from None
    years_in_name = f"_{int(years)}_years"
    name = next(rule.name for rule in own if rule.name.replace(years_in_name, "") == column)
    rules = (*library_rules(Settings()), *input_rules(), *reading_rules(), *own)
    return QFRACTURE, name, replace(make_assessor(risk=True), graph=make_graph(rules, load_measures()))

"""Reads how a definition is built from its rules: which tests make up strength, mass and performance, by which numbers.

Nothing here knows a definition by name. It works for any that is installed, ours or a plugin's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from myosteon.engine.graph import Graph
from myosteon.evidence.types import Cutoff, EvidenceSet, Source
from myosteon.logic.formula import Formula
from myosteon.logic.rule import Rule
from myosteon.vocabulary.measures import load_measures

THINGS = ("strength_low", "mass_low", "performance_low")
CONFIRMED = "confirmed"


class GuidelineLike(Protocol):
    """A guideline as these pages need it."""

    @property
    def id(self) -> str:
        """Its id, as in column names."""

    @property
    def kind(self) -> str:
        """What it judges."""

    @property
    def evidence(self) -> EvidenceSet:
        """Its numbers."""

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The columns that it answers with."""

    @property
    def stages(self) -> Mapping[str, Formula] | None:
        """The formula of each stage, lowest first."""


class PlanLike(Protocol):
    """Rules, ready to run over Polars frames."""

    def run_polars(self, frame: Any, present: Sequence[str], kept: Sequence[str]) -> Any:
        """The kept columns and every wanted one, lazily."""


class AssessorLike(Protocol):
    """The rules in order, and the means to run them."""

    @property
    def graph(self) -> Graph:
        """Every rule."""

    def plan(self, outputs: Sequence[str]) -> PlanLike:
        """The rules for some columns."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test as a definition uses it.

    `thing` is what it judges (empty for a limit that stands alone), `column` the rule that answers, `measure` what is
    compared, `flags` the yes/no measures that count as failed. `cutoff` is None for a test without a number of its own.
    """

    thing: str
    column: str
    criterion: str
    measure: str
    cutoff: Cutoff | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A definition taken apart: its tests, what its verdicts read, its stages."""

    guideline: GuidelineLike
    tests: tuple[Test, ...]
    limits: tuple[Test, ...]
    measures_read: frozenset[str]
    levels: tuple[str, ...]
    templates: Mapping[str, str]

    @property
    def id(self) -> str:
        """The definition's id."""
        return self.guideline.id

    @property
    def stages(self) -> Mapping[str, Formula]:
        """The formula of each stage; empty where the definition has none."""
        return self.guideline.stages or {}

    @property
    def things(self) -> tuple[str, ...]:
        """The things that decide a stage."""
        named = {thing for formula in self.stages.values() for thing in formula.things}
        return tuple(thing for thing in THINGS if thing in named)

    @property
    def verdict(self) -> str:
        """The column with the main answer."""
        return self.guideline.verdicts[0]

    @property
    def upto(self) -> str | None:
        """The column with what is not excluded, where there is one."""
        name = f"{self.verdict}_upto"
        return name if name in self.guideline.verdicts else None

    def tests_of(self, thing: str) -> tuple[Test, ...]:
        """The tests of one thing."""
        return tuple(test for test in self.tests if test.thing == thing)

    def things_judged_by(self, measure: str) -> tuple[str, ...]:
        """What a measure counts as, in the order of `THINGS`."""
        return tuple(dict.fromkeys(test.thing for test in self.tests if test.measure == measure))

    def stage_source(self, stage: str) -> Source | None:
        """Where a stage stands; None where the evidence does not say."""
        return next((note.source for note in self.guideline.evidence.stages if note.stage == stage), None)


def read_structure(guideline: GuidelineLike, graph: Graph) -> Structure:
    """Takes a definition apart by following its rules from each thing down to the measures."""
    own = {name: rule for name, rule in graph.rules.items() if rule.definition == guideline.id}
    tests = tuple(test for thing in THINGS for test in _tests_of(thing, f"{thing}_{guideline.id}", own))
    taken = {(test.criterion, test.cutoff.method) for test in tests if test.cutoff}
    limits = tuple(
        Test("", _column_of(cutoff, own), cutoff.criterion, cutoff.measure, cutoff)
        for cutoff in guideline.evidence.cutoffs
        if (cutoff.criterion, cutoff.method) not in taken
    )
    main = graph.rules[guideline.verdicts[0]]
    return Structure(
        guideline,
        tests,
        limits,
        frozenset(graph.measures_read([guideline.verdicts[0]])),
        main.levels,
        {name: graph.rules[name].template for name in guideline.verdicts},
    )


def _tests_of(thing: str, column: str, own: Mapping[str, Rule]) -> Iterator[Test]:
    rule = own.get(column)
    if rule is None:
        return
    if isinstance(rule.evidence, Cutoff):
        cutoff = rule.evidence
        yield Test(thing, column, cutoff.criterion, cutoff.measure, cutoff, _flags(rule))
        return
    deeper = [source for source in rule.explained_by if source in own and source != column]
    if not deeper and _flags(rule):
        yield Test(thing, column, rule.template, rule.inputs[0], None, _flags(rule))
    for source in deeper:
        yield from _tests_of(thing, source, own)


def _flags(rule: Rule) -> tuple[str, ...]:
    measures = load_measures()
    return tuple(name for name in rule.inputs if name in measures and measures[name].type == "bool")


def _column_of(cutoff: Cutoff, own: Mapping[str, Rule]) -> str:
    """The rule that uses a cut-off alone; empty where none does (a limit among several of one rule)."""
    return next((name for name, rule in own.items() if rule.evidence is cutoff and rule.kind == "yes_no"), "")

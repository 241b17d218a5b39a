"""Where each definition of sarcopenia uses a test: as strength, mass or performance, with which cut-off, and how it answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_shape import judged_column, value_in
from myosteon.outputs.explain_types import Assessor, Definition, Row


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One criterion of one definition: the thing and the test that it belongs to, the column that it judges."""

    definition: str
    thing: str
    test: str
    criterion: str
    column: str
    cutoff: Cutoff


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A use that has an answer for this person and counts: its test was done in a way that the definition judges."""

    use: Use
    low: bool


def sarcopenia_definitions(assessor: Assessor) -> tuple[Definition, ...]:
    """The definitions of sarcopenia that were asked for."""
    return tuple(guideline for guideline in assessor.guidelines if guideline.kind == "sarcopenia")


def things_of(graph: Graph, definition: str) -> dict[str, str]:
    """The things that a definition uses, with the column of each."""
    return {graph.rules[name].template: name for name in graph.rules[f"sarcopenia_{definition}"].explained_by}


@lru_cache(maxsize=64)
def uses_of(graph: Graph, definition: str) -> tuple[Use, ...]:
    """Every criterion of a definition."""
    return tuple(
        Use(definition, thing, test, rule.name, judged, rule.evidence)
        for thing, column in things_of(graph, definition).items()
        for test in graph.rules[column].explained_by
        for rule in _criteria(graph, graph.rules[test])
        if isinstance(rule.evidence, Cutoff) and (judged := judged_column(rule))
    )


def _criteria(graph: Graph, rule: Rule) -> Iterator[Rule]:
    if isinstance(rule.evidence, Cutoff):
        yield rule
        return
    for name in rule.inputs:
        inner = graph.rules.get(name)
        if inner is not None and inner.kind == "yes_no" and name != rule.name:
            yield from _criteria(graph, inner)


def answered(row: Row, assessor: Assessor) -> list[Answered]:
    """Every use that counts for this person, definition by definition."""
    found: list[Answered] = []
    for definition in sarcopenia_definitions(assessor):
        for use in uses_of(assessor.graph, definition.id):
            low = value_in(row, assessor.graph, use.criterion)
            if isinstance(low, bool) and _counts(row, assessor, use):
                found.append(Answered(use, low))
    return found


def _counts(row: Row, assessor: Assessor, use: Use) -> bool:
    if value_in(row, assessor.graph, use.test) is None:
        return False
    if use.cutoff.method is None:
        return True
    method = value_in(row, assessor.graph, "mass_method")
    if method == "estimated" and assessor.settings.accept_estimated_mass:
        method = "dxa"
    # Of an unknown method every cut-off had to agree, and so each counts.
    return method is None or use.cutoff.method == method

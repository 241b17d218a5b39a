"""Explains the risks and strata of one person: makes the rules that are asked for, tries changes, and tells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from myosteon.app.risk_run import find_entry
from myosteon.app.texts import both
from myosteon.app.what_if import try_changes
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.graph import Graph
from myosteon.errors import InputError
from myosteon.evidence.risk_catalogue import CatalogueEntry
from myosteon.guidelines import STRATUM
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_html import explanation_html
from myosteon.outputs.explain_json import explanation_table
from myosteon.outputs.explain_risk import explain_risk
from myosteon.outputs.explain_risk_answer import PERCENT, answer_columns
from myosteon.outputs.explain_risk_html import risk_explanation_html
from myosteon.outputs.explain_risk_json import risk_explanation_table
from myosteon.outputs.explain_risk_terms import points_below
from myosteon.outputs.explain_risk_text import risk_explanation_text
from myosteon.outputs.explain_risk_types import RiskAlgorithm, RiskExplanation
from myosteon.outputs.explain_shape import listed
from myosteon.outputs.explain_text import explanation_text
from myosteon.outputs.wording.load import Language
from myosteon.readers.table import READ_AS_NO
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.risk.library import risk_algorithms


def assessor_for(verdict: str, settings: Settings) -> Assessor | None:
    """The fewest rules that hold a column which no definition has: the risks, else the strata too; None where none does."""
    for strata in (False, True):
        assessor = make_assessor(None, settings, risk=True, strata=strata)
        if verdict in assessor.graph.rules:
            return assessor
    return None


def owner_of(verdict: str, assessor: Assessor) -> RiskAlgorithm | None:
    """The algorithm or stratum that answers with a column; None for what is only on the way to an answer, or a list of inputs."""
    if verdict not in assessor.graph.rules or assessor.graph.rules[verdict].kind == "list":
        return None
    if not (assessor.further.risk or assessor.further.strata):
        return None
    strata: Iterable[Guideline] = (one for one in assessor.guidelines if one.kind == STRATUM)
    for stratum in strata:
        if verdict == stratum.verdicts[0]:
            return stratum
    return next((one for one in risk_algorithms().values() if verdict in one.columns), None)


def verdicts_of(entry: CatalogueEntry, graph: Graph) -> list[str]:
    """The answers of an algorithm, each sum of points explained once."""
    verdicts: list[str] = []
    sums: set[tuple[str, ...]] = set()
    for shown in entry.shown:
        bounds = shown.bounds if shown.bounds and graph.rules[shown.bounds].unit == PERCENT else None
        verdict = bounds or shown.column
        points = tuple(points_below(graph.rules, verdict, entry.id))
        if verdict not in verdicts and not (points and points in sums):
            verdicts.append(verdict)
            sums.add(points)
    return verdicts


@dataclass(frozen=True, slots=True)
class AskedRisks:
    """The answers to explain, and how."""

    verdicts: tuple[str, ...]
    assessor: Assessor
    format: str
    language: Language

    def answer(self, person: pl.DataFrame) -> str:
        """The explanation of a person's risks."""
        return told(explain_risks(person, self.assessor, self.verdicts, self.language), self.format)


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column on the way to a risk, explained as any other."""

    verdict: str
    assessor: Assessor
    format: str
    language: Language

    def answer(self, person: pl.DataFrame) -> str:
        """The explanation of the column."""
        row = judge_told(person, self.assessor, [self.verdict])
        explained = explain(row, self.assessor, self.verdict, self.language, taken_as_no=_taken_as_no(row))
        if self.format == "html":
            return explanation_html([explained])
        if self.format == "json":
            return json.dumps(explanation_table(explained), ensure_ascii=False) + "\n"
        return explanation_text(explained)


def find_risks(
    id: str | None, verdict: str | None, settings: Settings, format: str, language: Language
) -> AskedRisks | AskedColumn | None:
    """What to explain of the risks and strata; None where no rule has such a column.

    Raises:
        InputError: no algorithm of that name, or both an algorithm and a column were named.
    """
    if id is not None:
        if verdict is not None:
            raise InputError(both("explain_risk_or_verdict"))
        entry = find_entry(id)
        assessor = make_assessor(None, settings, risk=True)
        return AskedRisks(tuple(verdicts_of(entry, assessor.graph)), assessor, format, language)
    assert verdict is not None
    assessor_with = assessor_for(verdict, settings)
    if assessor_with is None:
        return None
    if owner_of(verdict, assessor_with):
        return AskedRisks((verdict,), assessor_with, format, language)
    return AskedColumn(verdict, assessor_with, format, language)


def explain_risks(
    person: pl.DataFrame, assessor: Assessor, verdicts: Sequence[str], language: Language
) -> list[RiskExplanation]:
    """The explanation of each answer, with what changing one thing would do.

    Args:
        person: one row of a canonical frame.
        assessor: rules that hold the answers.
        verdicts: answers of risk algorithms, or strata (see `owner_of`).
        language: `en` or `zh`.
    """
    owners = {verdict: owner for verdict in verdicts if (owner := owner_of(verdict, assessor))}
    graph = assessor.graph
    answers = {
        name
        for owner in owners.values()
        for name in graph.rules
        if name.startswith(f"{owner.id}_") or name in getattr(owner, "columns", ())
    }
    row = judge_told(person, assessor, [*owners, *sorted(answers)])
    taken = _taken_as_no(row)
    found = []
    for verdict, owner in owners.items():
        columns = answer_columns(graph, verdict, owner.id).all
        needs = listed(row, graph, f"{owner.id}_needs")
        trials = try_changes(person, assessor, columns, needs, owner.evidence.ranges)
        found.append(explain_risk(row, assessor, owner, verdict, language, trials=trials, taken_as_no=taken))
    return found


def judge_told(person: pl.DataFrame, assessor: Assessor, columns: Sequence[str]) -> dict[str, object]:
    """One person's measures, and the columns that an explanation of `columns` tells of: fewer than all, and sooner had."""
    graph = assessor.graph
    remarks = [rule.name for rule in graph.rules.values() if rule.assumption]
    outputs = tuple(_told(graph, [*columns, *remarks, "contradictions"]))
    kept = [name for name in person.columns if name not in outputs]
    judged = assessor.plan(outputs).run_polars(person.lazy(), person.columns, kept).collect()
    return judged.row(0, named=True)


def _taken_as_no(row: Mapping[str, object]) -> list[str]:
    return str(row.get(READ_AS_NO) or "").split(";")


def _told(graph: Graph, columns: Iterable[str]) -> list[str]:
    """Columns with all that they rest on and all that explains them."""
    found: dict[str, None] = {}
    waiting = list(columns)
    while waiting:
        name = waiting.pop()
        if name in graph.rules and name not in found:
            found[name] = None
            waiting.extend((*graph.rules[name].inputs, *graph.rules[name].explained_by))
    return list(found)


def told(explanations: Sequence[RiskExplanation], format: str) -> str:
    """The explanations as text, as one JSON object a line, or as a page."""
    if format == "html":
        return risk_explanation_html(explanations)
    if format == "json":
        tables = (risk_explanation_table(explained) for explained in explanations)
        return "".join(json.dumps(table, ensure_ascii=False) + "\n" for table in tables)
    return f"\n{'─' * 60}\n\n".join(risk_explanation_text(explained) for explained in explanations)

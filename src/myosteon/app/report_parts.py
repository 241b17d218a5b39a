"""What the report of a cohort shows beyond the definitions: strata and risks, where they were asked for."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from myosteon.app.risk_tables import entries_that_run
from myosteon.assess import Assessor
from myosteon.engine.graph import Graph
from myosteon.evidence.load import load_evidence
from myosteon.evidence.sources import sources_in, weakest_status
from myosteon.guidelines import STRATUM
from myosteon.outputs.cohort_risks import summarise_risks
from myosteon.outputs.cohort_strata import summarise_strata
from myosteon.outputs.report import FurtherParts
from myosteon.outputs.risk_summary import RiskAsked, RiskSummary
from myosteon.outputs.strata_summary import Mark, StratumAsked
from myosteon.outputs.wording.labels import criterion_label, level_label
from myosteon.rules.guideline import Guideline
from myosteon.rules.risk.library import risk_algorithms
from myosteon.rules.strata.osteosarcopenia_marker import MARKER

SurveyDesign = tuple[str | None, str | None, str | None]


def report_parts(results: pl.LazyFrame, assessor: Assessor, design: SurveyDesign) -> FurtherParts:
    """Counts what the report shows of strata and risks.

    Args:
        results: the people that the report counts.
        assessor: the rules that made the results.
        design: the columns of weight, stratum and primary sampling unit.
    """
    weight, stratum, psu = design
    columns = {"weight_column": weight, "stratum_column": stratum, "psu_column": psu}
    guidelines = [guideline for guideline in assessor.guidelines if guideline.kind == STRATUM]
    strata, risks = None, tuple[RiskSummary, ...]()
    if guidelines:
        asked = [stratum_asked(guideline, assessor.graph) for guideline in guidelines]
        strata = summarise_strata(results, asked, assessor.graph, **columns)
    if assessor.further.risk:
        algorithms = [RiskAsked(entry, risk_algorithms()[entry.id].evidence) for entry in entries_that_run()]
        risks = summarise_risks(results, algorithms, assessor.graph, **columns)
    marker = load_evidence("strata", MARKER) if strata is not None and strata.marker else None
    return FurtherParts(strata, risks, marker)


def stratum_asked(guideline: Guideline, graph: Graph) -> StratumAsked:
    """A guideline as the report needs it: its strata, lowest first, and the mark of each of its criteria."""
    rule = graph.rules[guideline.verdicts[0]]
    levels = {level: level_label(level, rule.template) for level in rule.levels}
    return StratumAsked(guideline.id, guideline.evidence, levels, tuple(_marks(guideline, graph)))


def _marks(guideline: Guideline, graph: Graph) -> Iterator[Mark]:
    """Each criterion that takes a number or a finding from the guideline, with its least checked mark."""
    for rule in graph.rules.values():
        if rule.evidence is not None and rule.definition == guideline.id:
            yield Mark(criterion_label(rule.template), weakest_status(sources_in(rule.evidence)))

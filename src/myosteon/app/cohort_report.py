"""The report of a cohort as one HTML file, with its sources, and with strata and risks where they were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import polars as pl

from myosteon.app.screen import Language
from myosteon.app.summary import adults
from myosteon.app.texts import tell
from myosteon.assess import Assessor
from myosteon.evidence.sources import sources_in, weakest_status
from myosteon.evidence.types import EvidenceSet
from myosteon.outputs.cohort_summary import CohortSummary
from myosteon.outputs.report import FurtherParts, ReportSource, write_report


@dataclass(frozen=True, slots=True)
class CohortReport:
    """Where the report goes, what the cohort is called, the columns of weight, stratum and sampling unit, and the assumptions."""

    file: Path
    title: str
    language: Language
    design: tuple[str | None, str | None, str | None]
    assumptions: Sequence[str] = ()


def write_cohort_report(
    report: CohortReport, summary: CohortSummary, results: pl.LazyFrame, assessor: Assessor
) -> None:
    """Writes the report of a cohort that was assessed and summed up."""
    further = _further(report, results, assessor)
    write_report(
        summary,
        report.file,
        report.language,
        title=report.title,
        sources=[_source(evidence) for evidence in _cited(assessor, further)],
        version=version("myosteon"),
        assumptions=[{"en": tell(key, "en"), "zh": tell(key, "zh")} for key in report.assumptions],
        further=further,
    )


def _further(report: CohortReport, results: pl.LazyFrame, assessor: Assessor) -> FurtherParts:
    if not (assessor.further.risk or assessor.further.strata):
        return FurtherParts()
    # Only a call that asks for risks or strata loads what they need.
    from myosteon.app.report_parts import report_parts

    return report_parts(results.filter(adults()), assessor, report.design)


def _cited(assessor: Assessor, further: FurtherParts) -> Iterator[EvidenceSet]:
    yield from (guideline.evidence for guideline in assessor.guidelines)
    if further.marker is not None:
        yield further.marker
    yield from (risk.asked.evidence for risk in further.risks)


def _source(evidence: EvidenceSet) -> ReportSource:
    paper = evidence.paper
    return ReportSource(
        paper.citation + (f". doi {paper.doi}" if paper.doi else ""),
        weakest_status(sources_in(evidence)),
        evidence.label.en,
        evidence.label.zh,
    )

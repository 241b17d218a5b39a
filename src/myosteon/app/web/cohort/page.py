"""The cohort page: the charts and tables of the report, always without cells of fewer than 10 people."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from myosteon.app.web.cohort.counting import CohortCounts
from myosteon.app.web.cohort.figures import Figures, show_figures
from myosteon.outputs.report_overlap import (
    SHADES,
    CombinationChart,
    agreement_matrix,
    agreement_sentence,
    agreement_table,
    combination_chart,
    combination_table,
    overlap_sentence,
)
from myosteon.outputs.report_people import (
    Remarks,
    assumption_lines,
    contradiction_lines,
    facts,
    method_text,
    missing_chart,
    missing_table,
    refused_values,
    scope_lines,
)
from myosteon.outputs.report_prevalence import (
    osteosarcopenia_chart,
    osteosarcopenia_table,
    prevalence_chart,
    prevalence_table,
)
from myosteon.outputs.report_sentence import first_sentence
from myosteon.outputs.report_stages import stages_chart, stages_table
from myosteon.outputs.report_tables import Matrix, RowChart, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.report_wording import Voice
from myosteon.outputs.small_cells import SMALLEST_SHOWN
from myosteon.vocabulary.types import Language


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with the table of the same numbers."""

    chart: RowChart
    table: Table


@dataclass(frozen=True, slots=True)
class CohortPage:
    """What is shown of a cohort. None: there is nothing of it to show."""

    voice: Voice
    people: str
    lead: Markup
    facts: tuple[tuple[str, str], ...]
    method: str
    definitions: int
    prevalence: Drawn
    stages: Drawn
    together: Drawn | None
    combinations: CombinationChart | None
    combination_table: Table
    overlap: str
    agreement: Matrix | None
    agreement_says: str
    agreement_table: Table
    shades: tuple[float, ...]
    missing: Drawn | None
    figures: Figures
    refused: Remarks
    contradictions: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]
    scopes: tuple[tuple[str, ...], ...]


def is_too_few(counts: CohortCounts) -> bool:
    """Whether there are so few people that nothing of them is shown."""
    people = counts.summary.who.people
    return (counts.summary.who.rows if people is None else people) < SMALLEST_SHOWN


def cohort_page(counts: CohortCounts, language: Language) -> CohortPage:
    """The page of a cohort of at least 10 people."""
    summary = counts.summary
    view = View(Voice(language), suppress=True)
    definitions = summary.definitions
    together = osteosarcopenia_chart(definitions, view)
    missing = missing_chart(summary, view)
    who = summary.who
    return CohortPage(
        voice=view.voice,
        people=view.voice.count(who.rows if who.people is None else who.people),
        lead=first_sentence(summary, view),
        facts=tuple(facts(who, view)),
        method=method_text(who, view),
        definitions=len(definitions),
        prevalence=Drawn(prevalence_chart(definitions, view), prevalence_table(definitions, view)),
        stages=Drawn(stages_chart(definitions, view), stages_table(definitions, view)),
        together=Drawn(together, osteosarcopenia_table(definitions, view)) if together else None,
        combinations=combination_chart(summary.overlap, definitions, view),
        combination_table=combination_table(summary.overlap, definitions, view),
        overlap=overlap_sentence(summary.overlap, len(definitions), view),
        agreement=agreement_matrix(summary.overlap, definitions, view),
        agreement_says=agreement_sentence(summary.overlap, definitions, view),
        agreement_table=agreement_table(summary.overlap, definitions, view),
        shades=SHADES,
        missing=Drawn(missing, missing_table(summary, view)) if missing else None,
        figures=show_figures(counts.service, view),
        refused=refused_values(summary, view),
        contradictions=tuple(contradiction_lines(summary, view)),
        assumptions=tuple(assumption_lines(summary, (), view)),
        scopes=tuple(tuple(map(str, line)) for line in scope_lines(definitions, view)),
    )

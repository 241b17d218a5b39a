"""The report of a cohort: one self-contained HTML file that opens anywhere, without a network and without a script.

It shows what `summarise_cohort` counted and computes no medicine. English or Chinese, light and dark, screen and A4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from myosteon.errors import InputError, MissingPart
from myosteon.evidence.types import EvidenceSet
from myosteon.outputs.cohort_summary import CohortSummary, Note
from myosteon.outputs.report_charts import swatch_drawing
from myosteon.outputs.report_further import show_risks, show_strata
from myosteon.outputs.report_overlap import (
    SHADES,
    agreement_matrix,
    agreement_sentence,
    agreement_table,
    combination_chart,
    combination_table,
    overlap_sentence,
)
from myosteon.outputs.report_people import (
    age_chart,
    assumption_lines,
    contradiction_lines,
    facts,
    method_text,
    missing_chart,
    missing_table,
    needs_matrix,
    refused_values,
    scope_lines,
    screens_chart,
    screens_table,
)
from myosteon.outputs.report_prevalence import (
    osteosarcopenia_chart,
    osteosarcopenia_table,
    prevalence_chart,
    prevalence_table,
)
from myosteon.outputs.report_sentence import first_sentence
from myosteon.outputs.report_stages import (
    bone_chart,
    bone_table,
    osteoporosis_chart,
    osteoporosis_sentence,
    osteoporosis_table,
    stages_chart,
    stages_table,
)
from myosteon.outputs.report_view import View
from myosteon.outputs.report_wording import LANGUAGES, Voice
from myosteon.outputs.risk_summary import RiskSummary
from myosteon.outputs.strata_summary import StrataSummary

STATUSES = ("checked", "secondary", "unchecked")


@dataclass(frozen=True, slots=True)
class ReportSource:
    """One source of what the report shows: its text, and how far it was checked (checked, secondary, unchecked)."""

    citation: str
    status: str
    what_en: str = ""
    what_zh: str = ""


@dataclass(frozen=True, slots=True)
class FurtherParts:
    """Strata and risks, where they were asked for; `marker` is what was published of osteosarcopenia as a marker of risk."""

    strata: StrataSummary | None = None
    risks: Sequence[RiskSummary] = ()
    marker: EvidenceSet | None = None


NOTHING_FURTHER = FurtherParts()


def write_report(
    summary: CohortSummary,
    path: Path,
    lang: str = "en",
    *,
    title: str | None = None,
    sources: Sequence[ReportSource] = (),
    assumptions: Sequence[Note] = (),
    made_on: date | None = None,
    version: str = "",
    suppress_small_cells: bool = False,
    further: FurtherParts = NOTHING_FURTHER,
) -> None:
    """Write the report of a cohort as one HTML file (UTF-8).

    Args:
        summary: what `summarise_cohort` counted.
        path: where to write.
        lang: `en` or `zh`.
        title: what the cohort is called; by default just "cohort".
        sources: what the definitions and screens rest on.
        assumptions: what was assumed in this run, such as "an absent history was read as no".
        made_on: the date to print; today where None.
        version: the version of the program, and of its rules and evidence where the caller has them.
        suppress_small_cells: leave out cells of 1 to 9 people, what would give them away, and single people's values.
        further: strata and risks, where they were asked for.

    Raises:
        InputError: another language.
        MissingPart: Jinja2 is not installed.
    """
    page = render_report(
        summary,
        lang,
        title=title,
        sources=sources,
        assumptions=assumptions,
        made_on=made_on,
        version=version,
        suppress_small_cells=suppress_small_cells,
        further=further,
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def render_report(
    summary: CohortSummary,
    lang: str = "en",
    *,
    title: str | None = None,
    sources: Sequence[ReportSource] = (),
    assumptions: Sequence[Note] = (),
    made_on: date | None = None,
    version: str = "",
    suppress_small_cells: bool = False,
    further: FurtherParts = NOTHING_FURTHER,
) -> str:
    """The same as `write_report`, as text."""
    language = next((known for known in LANGUAGES if known == lang), None)
    if language is None:
        raise InputError(f"The report speaks {' and '.join(LANGUAGES)}, not `{lang}`. Choose one of these.")
    view = View(Voice(language), suppress_small_cells)
    day = made_on or date.today()
    content = _content(summary, view, title, day, version)
    content["sources"] = _sources(sources, view)
    content["assumptions"] = assumption_lines(summary, assumptions, view)
    content["strata"] = show_strata(further.strata, further.marker, view) if further.strata else None
    content["risks"] = show_risks(further.risks, view) if further.risks else None
    return _fill(content)


def _content(
    summary: CohortSummary,
    view: View,
    title: str | None,
    day: date,
    version: str,
) -> dict[str, Any]:
    definitions, bone = summary.definitions, summary.bone
    return {
        "view": view,
        "say": view.voice.say,
        "title": title or view.voice.say("page.title"),
        "day": view.voice.date(day),
        "version": version,
        "summary": summary,
        "sentence": first_sentence(summary, view),
        "facts": facts(summary.who, view),
        "method": method_text(summary.who, view),
        "ages": age_chart(summary.who, view),
        "refused": refused_values(summary, view),
        "contradictions": contradiction_lines(summary, view),
        "prevalence": prevalence_chart(definitions, view),
        "prevalence_table": prevalence_table(definitions, view),
        "stages": stages_chart(definitions, view),
        "stages_table": stages_table(definitions, view),
        "combinations": combination_chart(summary.overlap, definitions, view),
        "overlap_sentence": overlap_sentence(summary.overlap, len(definitions), view),
        "combination_table": combination_table(summary.overlap, definitions, view),
        "agreement": agreement_matrix(summary.overlap, definitions, view),
        "agreement_sentence": agreement_sentence(summary.overlap, definitions, view),
        "agreement_table": agreement_table(summary.overlap, definitions, view),
        "shades": SHADES,
        "bone_who": bone_chart(bone.who, view) if bone.who else None,
        "bone_who_table": bone_table(bone.who, view) if bone.who else None,
        "osteoporosis": osteoporosis_chart(bone.osteoporosis, view) if bone.osteoporosis else None,
        "osteoporosis_table": osteoporosis_table(bone.osteoporosis, view) if bone.osteoporosis else None,
        "osteoporosis_sentence": osteoporosis_sentence(bone, view),
        "together": osteosarcopenia_chart(definitions, view),
        "together_table": osteosarcopenia_table(definitions, view),
        "screens": screens_chart(summary.screens, view),
        "screens_table": screens_table(summary.screens, view),
        "missing": missing_chart(summary, view),
        "missing_table": missing_table(summary, view),
        "needs": needs_matrix(definitions, view),
        "scopes": scope_lines(definitions, view),
        "statuses": STATUSES,
        "open_swatch": swatch_drawing("open"),
    }


def _sources(sources: Sequence[ReportSource], view: View) -> list[tuple[str, str, str]]:
    """What each source is for, its text and its status."""
    chinese = view.voice.language == "zh"
    return [
        (
            source.what_zh if chinese else source.what_en,
            source.citation,
            source.status if source.status in STATUSES else "unchecked",
        )
        for source in sources
    ]


def _fill(content: dict[str, Any]) -> str:
    # Imported here: reading the results and the closing table of a run do without it.
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise MissingPart("The report needs Jinja2. Install it with: pip install jinja2") from error

    folder = files("myosteon.outputs") / "html"

    def read(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheets = ["tokens.css", "report.css"]
    if content["strata"] or content["risks"]:
        sheets.append("report_risk.css")
    styles = Markup("".join(read(sheet) for sheet in sheets))
    return environment.get_template("report.html").render(styles=styles, **content)

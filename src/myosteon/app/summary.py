"""The end of an assessment: who was judged, how many have what under which definition, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from myosteon.app.screen import Language, print_table
from myosteon.app.texts import tell, wording
from myosteon.assess import Assessor
from myosteon.guidelines import STRATUM
from myosteon.readers.reading import Reading
from myosteon.rules.guideline import Guideline, Settings
from myosteon.vocabulary.measures import load_measures

if TYPE_CHECKING:
    from myosteon.outputs.cohort_summary import CohortSummary, DefinitionSummary, Share

# The report's first sentence speaks of this definition where it is among those asked for.
LEADING = "awgs2019"


@dataclass(frozen=True, slots=True)
class Shown:
    """A definition as the summary and the report show it."""

    id: str
    label_en: str
    label_zh: str
    stages: tuple[str, ...]


def shown_definitions(guidelines: tuple[Guideline, ...]) -> tuple[Shown, ...]:
    """The definitions of sarcopenia among the guidelines, the one that leads the report first."""
    return tuple(
        Shown(g.id, g.evidence.label.en, g.evidence.label.zh, tuple(g.stages))
        for g in sorted(guidelines, key=lambda guideline: guideline.id != LEADING)
        if g.stages is not None and g.kind != STRATUM
    )


def summarise(
    results: pl.LazyFrame,
    assessor: Assessor,
    reading: Reading | None,
    design: tuple[str | None, str | None, str | None],
) -> CohortSummary:
    """Counts everything that the end of an assessment and the report show."""
    # Counting a cohort loads here: a single person is told without it, and sooner.
    from myosteon.outputs.cohort import summarise_cohort

    weight, stratum, psu = design
    results = results.filter(adults())
    scopes = {
        g.id: (g.evidence.scope.age_from, {"en": g.evidence.scope.note.en, "zh": g.evidence.scope.note.zh})
        for g in assessor.guidelines
        if g.evidence.scope is not None and g.evidence.scope.age_from is not None
    }
    return summarise_cohort(
        results,
        shown_definitions(assessor.guidelines),
        weight_column=weight,
        stratum_column=stratum,
        psu_column=psu,
        scopes=scopes,
        refused=reading.refusals if reading else (),
        refused_in_all=reading.refused_in_all if reading else 0,
        measures=reading.measures if reading else None,
    )


# The contract gives verdicts at adult age: children are judged, so that no row is lost, but no prevalence counts them.
ADULT_FROM_YEARS = 18


def adults() -> pl.Expr:
    """The people who are not known to be children."""
    return pl.col("age_years").is_null() | (pl.col("age_years") >= ADULT_FROM_YEARS)


def assumptions_of(settings: Settings, absent_means_no: bool) -> tuple[str, ...]:
    """The keys of what was assumed in this run because it was asked for."""
    kept = {
        "assumed_absent_means_no": absent_means_no,
        "assumed_estimated_mass": settings.accept_estimated_mass,
        f"assumed_t_scores_{settings.t_score_reference}": bool(settings.t_score_reference),
        "assumed_clamp_risk_inputs": settings.clamp_risk_inputs,
    }
    return tuple(key for key, holds in kept.items() if holds)


def print_summary(
    summary: CohortSummary,
    results: pl.LazyFrame,
    assessor: Assessor,
    language: Language,
    assumptions: Sequence[str] = (),
) -> None:
    """The table of definitions by sex and what the undetermined need."""
    for key in assumptions:
        print(tell(key, language))
    who = summary.who
    children = results.select((~adults()).sum()).collect(engine="streaming").item()
    print(tell("people", language, people=f"{who.rows:,}", refused=f"{summary.refused_in_all:,}"))
    if children:
        print(tell("children", language, children=f"{children:,}"))
    header = [
        tell(key, language)
        for key in ("definition", "proved", "women", "men", "not_excluded", "open", "wanting")
    ]
    rows = []
    for definition in summary.definitions:
        everyone = definition.prevalence["all"]
        rows.append(
            [
                definition.label_zh if language == "zh" else definition.label_en,
                _percent(everyone),
                _percent(definition.prevalence.get("female")),
                _percent(definition.prevalence.get("male")),
                _percent(everyone, not_excluded=True),
                f"{everyone.open:,}",
                _wanting(definition, language),
            ]
        )
    print_table(tell("title", language), header, rows, tell("note", language))
    _print_further(results, assessor, language)
    print(tell("support", language))


def _print_further(results: pl.LazyFrame, assessor: Assessor, language: Language) -> None:
    if not (assessor.further.risk or assessor.further.strata):
        return
    # Only a call that asks for risks or strata loads what they need.
    from myosteon.app.risk_tables import print_cohort_risks, print_strata

    grown = results.filter(adults())
    if assessor.further.strata:
        print_strata(grown, assessor, language)
    if assessor.further.risk:
        print_cohort_risks(grown, assessor, language)


def print_person(
    results: pl.LazyFrame, assessor: Assessor, language: Language, assumptions: Sequence[str] = ()
) -> None:
    """The verdicts on a single person, one definition a line."""
    for key in assumptions:
        print(tell(key, language))
    row = results.collect().row(0, named=True)
    header = [tell(key, language) for key in ("definition", "stage", "stage_upto", "to_measure")]
    rows = []
    for guideline in assessor.guidelines:
        verdict = guideline.verdicts[0]
        proved, upto = row.get(verdict), row.get(f"{verdict}_upto", row.get(verdict))
        needs = [_label(name, language) for name in (row.get(f"{verdict}_needs") or "").split(";") if name]
        label = guideline.evidence.label.in_language(language)
        rows.append(
            [label, _word(proved, language), _word(upto, language), tell("between", language).join(needs)]
        )
    print_table(tell("person", language, person=row.get("person_id", "")), header, rows, left=(0, 3))
    if assessor.further.risk:
        # Only a call that asks for risks loads what they need.
        from myosteon.app.risk_tables import print_person_risks

        print_person_risks(row, assessor, language)
    print(tell("support", language))


def _word(answer: object, language: Language) -> str:
    """A stage, a category, or yes and no, in words; a dash for what is not known."""
    if answer is None:
        return "–"
    if isinstance(answer, bool):
        return tell("yes" if answer else "no", language)
    return tell(f"word_{answer}", language) if f"word_{answer}" in wording() else str(answer)


def _percent(share: Share | None, not_excluded: bool = False) -> str:
    interval = None if share is None else share.not_excluded if not_excluded else share.proved
    return "–" if interval is None else f"{interval.estimate * 100:.1f} %"


def _wanting(definition: DefinitionSummary, language: Language) -> str:
    """The measure that most of the undetermined lack."""
    if not definition.needs:
        return ""
    need = definition.needs[0]
    return f"{_label(need.measure, language)} ({need.people:,})"


def _label(measure: str, language: Language) -> str:
    return load_measures()[measure].label.in_language(language)

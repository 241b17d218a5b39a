"""Tells what one risk algorithm found: what its figures mean, for one person or for a cohort."""

from __future__ import annotations

import polars as pl

from myosteon.app.risk_answers import answer_line, has_answer, named
from myosteon.app.risk_counts import RiskCounts
from myosteon.app.risk_list import horizon, paragraphs, population, predicts, trust
from myosteon.app.risk_tables import label_of_algorithm, medians_line, print_notices, print_wrapped
from myosteon.app.screen import Language
from myosteon.app.texts import tell
from myosteon.assess import Assessor
from myosteon.evidence.risk_catalogue import CatalogueEntry
from myosteon.rules.risk.library import risk_algorithms

MOST_MEASURES_TOLD = 3


def tell_about(entry: CatalogueEntry, language: Language) -> None:
    """What it predicts, in whom it was made, what it is for, and what a licence asks to be shown."""
    note = risk_algorithms()[entry.id].evidence.risk
    print(label_of_algorithm(entry, language))
    deaths = {"counted": "death_counted", "not_counted": "death_not_counted"}
    death = deaths.get(note.competing_death) if note else None
    parts = [
        ("about_predicts", predicts(entry, language)),
        ("about_within", horizon(entry, language)),
        ("about_population", population(entry, language)),
        ("about_purpose", note.purpose.in_language(language) if note else ""),
        ("about_limits", note.limits.in_language(language) if note else ""),
        ("about_death", tell(death, language) if death else ""),
        ("about_numbers", trust(entry, language)),
    ]
    print("\n".join(paragraphs(parts, language)))
    print_notices([entry], language)


def tell_person(entry: CatalogueEntry, assessor: Assessor, results: pl.LazyFrame, language: Language) -> None:
    """The answer about one person, and what it waits for or why there is none."""
    row = results.collect().row(0, named=True)
    graph = assessor.graph
    outside, needs, clamped = (
        named(row.get(f"{entry.id}_{said}"), graph, language, most=len(graph.measures))
        for said in ("outside", "needs", "clamped")
    )
    if outside and not has_answer(entry, row):
        print_wrapped(tell("risk_not_for", language, names=outside))
        return
    within = entry.within.in_language(language)
    print_wrapped(
        tell("risk_of_person", language, within=within, answer=answer_line(entry, row, graph, language))
    )
    if clamped:
        print_wrapped(tell("risk_clamped_inputs", language, names=clamped))
    if needs:
        print_wrapped(tell("risk_needs", language, names=needs))


def tell_assumptions(assessor: Assessor, results: pl.LazyFrame, language: Language) -> None:
    """What the algorithm took for granted, and for how many people."""
    graph = assessor.graph
    columns = results.collect_schema().names()
    assumed = [name for name in columns if name in graph.rules and graph.rules[name].assumption]
    counts = results.select(pl.col(assumed).sum()).collect(engine="streaming")
    for name in assumed:
        people = counts[name].item() or 0
        if people:
            label = named(name, graph, language)
            print_wrapped(tell("risk_assumed", language, label=label, people=f"{people:,}"))


def tell_cohort(counts: RiskCounts, assessor: Assessor, language: Language) -> None:
    """How many people have an answer, how many it was not made for, and what the others lack."""
    print_wrapped(
        tell(
            "risk_counts",
            language,
            people=f"{counts.people:,}",
            answered=f"{counts.answered:,}",
            outside=f"{counts.outside:,}",
            lacking=f"{counts.lacking:,}",
        )
    )
    if counts.clamped:
        print_wrapped(tell("risk_counts_clamped", language, clamped=f"{counts.clamped:,}"))
    if counts.medians:
        print_wrapped(tell("risk_medians", language, answers=medians_line(counts, assessor, language)))
    for key, found in (("risk_most_lacking", counts.needs), ("risk_most_outside", counts.outside_by)):
        if found:
            commonest = (
                f"{named(measure, assessor.graph, language)} ({people:,})"
                for measure, people in found[:MOST_MEASURES_TOLD]
            )
            print_wrapped(tell(key, language, names=tell("between", language).join(commonest)))

"""Risks and strata at the end of an assessment: a line an algorithm, for one person or for a cohort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from myosteon.app.risk_answers import UNKNOWN, Row, answer_line, has_answer, joined, named, value_text
from myosteon.app.risk_counts import RiskCounts, count_risks
from myosteon.app.screen import Language, print_table, say
from myosteon.app.texts import tell
from myosteon.assess import Assessor
from myosteon.evidence.risk_catalogue import CatalogueEntry, load_risk_catalogue
from myosteon.guidelines import STRATUM
from myosteon.outputs.text_width import wrap
from myosteon.rules.risk.library import risk_algorithms

WIDTH = 100
# The words of the levels, the highest first; any other level is a lower one.
HIGHEST, HIGH = "very_high", "high"


def entries_that_run() -> tuple[CatalogueEntry, ...]:
    """The algorithms that can be run, in the order of the catalogue."""
    return tuple(entry for id, entry in load_risk_catalogue().items() if id in risk_algorithms())


def print_person_risks(row: Row, assessor: Assessor, language: Language) -> None:
    """The answers about one person, then what waits for which measurement, then what was not made for her."""
    entries = [entry for entry in entries_that_run() if entry.shown[0].column in row]
    if not entries:
        return
    answered = [entry for entry in entries if has_answer(entry, row)]
    outside = [entry for entry in entries if row.get(f"{entry.id}_outside") and entry not in answered]
    waiting = [entry for entry in entries if entry not in (*answered, *outside)]
    print()
    _print_answers(answered, row, assessor, language)
    if waiting:
        print()
        _print_waiting(waiting, row, assessor, language)
    if outside:
        print()
        names = (
            tell(
                "risk_with_why",
                language,
                name=label_of_algorithm(entry, language),
                why=_outside(entry, row, assessor, language),
            )
            for entry in outside
        )
        print_wrapped(tell("risk_not_for", language, names=tell("between_items", language).join(names)))
    print_notices([entry for entry in entries if entry not in outside], language)


def _print_answers(
    entries: Sequence[CatalogueEntry], row: Row, assessor: Assessor, language: Language
) -> None:
    header = [tell(key, language) for key in ("risk", "risk_within", "risk_answer")]
    rows = [
        [
            label_of_algorithm(entry, language),
            entry.within.in_language(language),
            answer_line(entry, row, assessor.graph, language) + _clamped(entry, row, assessor, language),
        ]
        for entry in entries
    ]
    print_table(tell("risk_title", language), header, rows, left=(0, 1, 2))


def _print_waiting(
    entries: Sequence[CatalogueEntry], row: Row, assessor: Assessor, language: Language
) -> None:
    header = [tell(key, language) for key in ("risk", "risk_within", "risk_so_far", "to_measure")]
    rows = [
        [
            label_of_algorithm(entry, language),
            entry.within.in_language(language),
            answer_line(entry, row, assessor.graph, language),
            named(row.get(f"{entry.id}_needs"), assessor.graph, language),
        ]
        for entry in entries
    ]
    print_table(tell("risk_waiting", language), header, rows, left=(0, 1, 2, 3))


def _outside(entry: CatalogueEntry, row: Row, assessor: Assessor, language: Language) -> str:
    return named(row.get(f"{entry.id}_outside"), assessor.graph, language)


def _clamped(entry: CatalogueEntry, row: Row, assessor: Assessor, language: Language) -> str:
    names = named(row.get(f"{entry.id}_clamped"), assessor.graph, language)
    return tell("risk_clamped", language, names=names) if names else ""


def print_cohort_risks(results: pl.LazyFrame, assessor: Assessor, language: Language) -> None:
    """Every algorithm with the number of people who have an answer, its median, and what the others lack."""
    keys = ("risk", "risk_within", "risk_answered", "risk_median", "risk_outside", "risk_lacking", "wanting")
    header = [tell(key, language) for key in keys]
    counts = count_risks(results, entries_that_run(), assessor.graph)
    if not counts:
        return
    rows = [
        [
            label_of_algorithm(one.entry, language),
            one.entry.within.in_language(language),
            f"{one.answered:,}",
            _first_median(one, assessor, language),
            f"{one.outside:,}",
            f"{one.lacking:,}",
            _commonest(one, assessor, language),
        ]
        for one in counts
    ]
    print()
    print_table(tell("risk_title", language), header, rows, left=(0, 1, 6))
    print_wrapped(tell("risk_note", language))
    print_notices([one.entry for one in counts], language)


def _first_median(counts: RiskCounts, assessor: Assessor, language: Language) -> str:
    for shown in counts.entry.shown:
        if shown.column in counts.medians:
            return value_text(shown.column, counts.medians[shown.column], assessor.graph, language)
    return UNKNOWN


def medians_line(counts: RiskCounts, assessor: Assessor, language: Language) -> str:
    """The median of every answer that is a number, with its word."""
    texts = [
        (shown, value_text(shown.column, counts.medians[shown.column], assessor.graph, language))
        for shown in counts.entry.shown
        if shown.column in counts.medians
    ]
    return joined(texts, language)


def _commonest(counts: RiskCounts, assessor: Assessor, language: Language) -> str:
    if not counts.needs:
        return ""
    measure, people = counts.needs[0]
    return f"{named(measure, assessor.graph, language)} ({people:,})"


def label_of_algorithm(entry: CatalogueEntry, language: Language) -> str:
    """What an algorithm is called."""
    algorithm = risk_algorithms().get(entry.id)
    label = entry.name if algorithm is None else algorithm.evidence.label
    return label.in_language(language) if label else entry.id


def print_notices(entries: Sequence[CatalogueEntry], language: Language) -> None:
    """What a licence asks to be shown with the scores of an algorithm, each with a line free before and behind it."""
    print()
    for notice in _notices(entries, language):
        print_wrapped(notice)
        print()


def say_notices(entries: Sequence[CatalogueEntry], language: Language) -> None:
    """The same on standard error, where the scores themselves stand on standard output."""
    for notice in _notices(entries, language):
        say("\n".join(wrap(notice, WIDTH)))


def _notices(entries: Sequence[CatalogueEntry], language: Language) -> Iterator[str]:
    for entry in entries:
        note = risk_algorithms()[entry.id].evidence.risk
        if note is not None and note.notice is not None:
            yield note.notice.in_language(language)


def print_wrapped(text: str) -> None:
    """A paragraph in lines that a terminal holds."""
    for line in wrap(text, WIDTH):
        print(line)


def print_strata(results: pl.LazyFrame, assessor: Assessor, language: Language) -> None:
    """How many people each stratification proves to be where."""
    strata = [guideline for guideline in assessor.guidelines if guideline.kind == STRATUM]
    if not strata:
        return
    keys = ("definition", "strata_highest", "strata_high", "strata_lower", "strata_open")
    wanted = []
    for guideline in strata:
        verdict = guideline.verdicts[0]
        level = pl.col(verdict).cast(pl.String)
        wanted += [
            (level == HIGHEST).sum().alias(f"{guideline.id} 0"),
            (level == HIGH).sum().alias(f"{guideline.id} 1"),
            (~level.is_in([HIGHEST, HIGH])).sum().alias(f"{guideline.id} 2"),
            pl.col(f"{verdict}_needs").is_not_null().sum().alias(f"{guideline.id} 3"),
        ]
    found = results.select(wanted).collect(engine="streaming").row(0, named=True)
    rows = [
        [
            guideline.evidence.label.in_language(language),
            *(f"{found[f'{guideline.id} {place}']:,}" for place in range(4)),
        ]
        for guideline in strata
    ]
    print()
    print_table(
        tell("strata_title", language),
        [tell(key, language) for key in keys],
        rows,
        tell("strata_note", language),
    )

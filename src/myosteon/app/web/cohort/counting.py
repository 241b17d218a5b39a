"""Judges a cohort and counts it, with the same parts as `myosteon assess --report` and `myosteon kpi`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from myosteon.app.engines import assess_with
from myosteon.app.kpi_run import judge
from myosteon.app.summary import adults, summarise
from myosteon.assess import Assessor, make_assessor
from myosteon.evidence.key_figures import load_key_figures
from myosteon.history.visits import PERSON, VISIT
from myosteon.outputs.cohort_summary import CohortSummary
from myosteon.readers.reading import Reading
from myosteon.study.service.key_figures import Service, count_key_figures

NO_DESIGN = (None, None, None)


@dataclass(frozen=True, slots=True, eq=False)
class CohortCounts:
    """A cohort that was judged: the rows with their verdicts, the counts, and the key figures of a fracture service."""

    results: pl.DataFrame
    summary: CohortSummary
    service: Service


@cache
def definitions() -> Assessor:
    """The installed definitions."""
    return make_assessor()


def count_cohort(people: pl.LazyFrame, reading: Reading | None = None) -> CohortCounts:
    """Judges people, a row each visit, and counts them; `reading` tells what was refused of a file."""
    assessor = definitions()
    results = assess_with("polars", people, assessor, "verdicts", keep_input=True).collect()
    summary = summarise(results.lazy(), assessor, reading, NO_DESIGN)
    figures = load_key_figures()
    judged = judge(_last_of_each(people.collect()), assessor, figures)
    return CohortCounts(
        results.filter(adults()), summary, count_key_figures(judged, figures, assessor.graph, {})
    )


def _last_of_each(visits: pl.DataFrame) -> pl.DataFrame:
    """The last visit of each person; the rows as they are where nobody is named."""
    if PERSON not in visits.columns or visits[PERSON].null_count():
        return visits
    ordered = visits.sort(VISIT, nulls_last=False, maintain_order=True) if VISIT in visits.columns else visits
    return ordered.group_by(PERSON, maintain_order=True).last()

"""A cohort summed up: prevalence under every definition, what stays open, what is missing.

Reads a results frame (the inputs and the columns of the contract's `results.csv`) and computes no medicine: a verdict
is a word that the engine wrote, and this module counts words. A LazyFrame is streamed and never held in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from myosteon.outputs.cohort_answers import (
    bone_of,
    contradictions_of,
    missing_of,
    overlap_of,
    sum_up_definition,
    who_is_in,
)
from myosteon.outputs.cohort_counts import Cells, Design, count_cells
from myosteon.outputs.cohort_questions import (
    ASSUMED,
    SCREENS,
    Verdict,
    ask_bone,
    ask_overlap,
    ask_remarks,
    ask_screens,
    ask_verdict,
    ask_who,
    prepare,
    require_columns,
)
from myosteon.outputs.cohort_summary import (
    CohortSummary,
    Contradiction,
    DefinitionLike,
    Note,
    RefusedLike,
    ScreenSummary,
)
from myosteon.vocabulary.measures import load_measures

MOST_ROWS_COUNTED_AS_PEOPLE = 5_000_000
"""Above this many rows, telling visits of one person apart would cost more memory than the rest together."""


def summarise_cohort(
    results: pl.DataFrame | pl.LazyFrame,
    definitions: Sequence[DefinitionLike],
    *,
    weight_column: str | None = None,
    stratum_column: str | None = None,
    psu_column: str | None = None,
    measures: Sequence[str] | None = None,
    scopes: Mapping[str, tuple[float, Note]] | None = None,
    refused: Sequence[RefusedLike] = (),
    refused_in_all: int | None = None,
    contradictions: Sequence[Contradiction] = (),
    combinations_kept: int = 12,
) -> CohortSummary:
    """Sum up a results frame.

    Args:
        results: one row a person and visit: the inputs and the verdict columns. Missing is null.
        definitions: the definitions to show, the one that leads first. Their columns must be there.
        weight_column: survey weight. Rows without one, or with one not above 0, are left out and counted.
        stratum_column, psu_column: stratum and primary sampling unit (both or neither): intervals by Taylor
            linearisation. Without them every person is a sampling unit.
        measures: inputs whose missing share is shown; by default every measure of the vocabulary that the frame holds.
        scopes: for a definition's id, the age from which it was made, and a note.
        refused, refused_in_all: what the reader refused (a list may be cut short; the number is of all).
        contradictions: what was reported of single people.
        combinations_kept: how many of the commonest combinations of definitions are kept.

    Raises:
        ColumnError: a definition, weight or design column is not in the frame.
    """
    frame = results.lazy()
    schema = frame.collect_schema()
    design = Design(weight_column, stratum_column, psu_column)
    require_columns(schema, definitions, design)
    shown = _measures_shown(schema, measures)
    cells = Cells()
    ask_who(cells)
    columns = [Verdict.of(definition) for definition in definitions]
    for verdict in columns:
        ask_verdict(cells, verdict, schema, (scopes or {}).get(verdict.id))
    ask_overlap(cells, columns)
    ask_bone(cells, schema)
    ask_remarks(cells, schema)
    ask_screens(cells, schema)
    for measure in shown:
        if measure in schema:
            cells.other[f"missing|{measure}"] = pl.col(measure).is_null().sum()
    whole, left_out = prepare(frame, schema, columns, design, cells)
    counted = count_cells(whole, cells, design)
    summaries = tuple(
        sum_up_definition(counted, definition, verdict, (scopes or {}).get(verdict.id))
        for definition, verdict in zip(definitions, columns, strict=True)
    )
    return CohortSummary(
        who=who_is_in(counted, _people(whole, schema, counted.rows), left_out),
        definitions=summaries,
        overlap=overlap_of(counted, columns, combinations_kept),
        bone=bone_of(counted, schema),
        screens=tuple(ScreenSummary(name, counted.shares(name)) for name in SCREENS if name in schema),
        missing=missing_of(counted, shown, schema, summaries),
        refused=tuple(refused),
        refused_in_all=len(refused) if refused_in_all is None else refused_in_all,
        contradictions=tuple(contradictions),
        contradiction_counts=contradictions_of(counted),
        taken_as_postmenopausal=counted.number.get(ASSUMED, 0),
    )


def _measures_shown(schema: pl.Schema, measures: Sequence[str] | None) -> tuple[str, ...]:
    if measures is not None:
        return tuple(measures)
    known = load_measures()
    return tuple(name for name in known if name in schema and known[name].group != "identity")


def _people(frame: pl.LazyFrame, schema: pl.Schema, rows: int) -> int | None:
    """How many different people there are; None where that is not told apart."""
    if "person_id" not in schema:
        return rows if rows == 1 else None
    if rows > MOST_ROWS_COUNTED_AS_PEOPLE:
        return None
    return int(frame.select(pl.col("person_id").n_unique()).collect(engine="streaming").item())

"""A directory of NHANES files as one canonical frame with survey weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from myosteon.errors import FileUnreadable, InputError
from myosteon.readers.nhanes import survey
from myosteon.readers.nhanes.columns import companion_value
from myosteon.readers.nhanes.cycles import CYCLES, Cycle, cycles_named
from myosteon.readers.nhanes.files import TableFile, find_tables
from myosteon.readers.nhanes.imputation import DATA_SETS
from myosteon.readers.nhanes.one_cycle import DEMOGRAPHICS, CycleReading, read_cycle
from myosteon.readers.nhanes.refusals import refuse_impossible
from myosteon.readers.nhanes.variables import Column, Status, load_variables
from myosteon.vocabulary.measures import load_measures

FIRST_COLUMNS = ("person_id", "nhanes_cycle")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the values of one column came from in one cycle."""

    column: str
    cycle: str
    file: str
    variables: str
    share: float
    """Share of the people of the cycle, 0 to 1, whose value is known."""
    status: Status
    """How far the meaning of the variables was checked."""


@dataclass(frozen=True, slots=True)
class NhanesReading:
    """What was read.

    Attributes:
        frame: one row per person of the demographic file. `person_id` is SEQN as text; measures in canonical
            units and types; `nhanes_cycle`, `survey_weight` (examination), `survey_weight_interview`,
            `survey_stratum`, `survey_psu`. Unknown is null. A column is there only where a file of at least
            one cycle could give it.
        notes: what is not there and what was decided, a sentence each; no value of a person stands in them.
        provenance: for each column and cycle the file, the variables and the share that is known.
    """

    frame: pl.DataFrame
    notes: list[str]
    provenance: list[Provenance]


def read_nhanes(
    directory: Path, cycles: Sequence[str] | None = None, *, imputation: int | None = None
) -> NhanesReading:
    """The CDC's NHANES files of `directory` as one canonical frame.

    Args:
        directory: holds the files as the CDC ships them (`BMX_H.XPT`) or as CSV, each also with `.xz`.
        cycles: names such as `2013-2014`; without, every cycle whose demographic file is there. Survey
            weights are made for exactly this set.
        imputation: which of the five completed data sets (1 to 5) of the whole-body DXA of 1999-2006;
            without, imputed values are unknown.

    Raises:
        FileUnreadable: the directory or a file cannot be read, or a demographic file is missing.
        ColumnError: a file has no SEQN, two rows for a person, or no survey weight.
        InputError: a cycle or an imputation that does not exist.
    """
    if imputation is not None and imputation not in DATA_SETS:
        raise InputError(f"There is no completed data set {imputation}: give 1, 2, 3, 4 or 5, or none.")
    tables = find_tables(Path(directory))
    chosen = _chosen_cycles(Path(directory), tables, cycles)
    readings = [read_cycle(tables, cycle, chosen, imputation) for cycle in chosen]
    frame = _in_order(pl.concat([reading.frame for reading in readings], how="diagonal"))
    frame, refused = refuse_impossible(frame, _columns_of(frame))
    frame = frame.with_columns(
        companion_value(companion, frame.columns)
        for companion in load_variables().companions
        if set(companion.beside) & set(frame.columns)
    )
    notes = [
        survey.describe_weights(chosen),
        *(note for reading in readings for note in reading.notes),
        *refused,
    ]
    notes += [f"{column.name}: {column.notice}." for column in _columns_of(frame) if column.notice]
    notes += _not_read(tables, chosen, readings)
    return NhanesReading(_in_order(frame), notes, _provenance(frame, readings))


def _chosen_cycles(
    directory: Path, tables: Mapping[str, list[TableFile]], names: Sequence[str] | None
) -> tuple[Cycle, ...]:
    """The cycles asked for, or all that are there; each must have its demographic file."""
    if names is None:
        found = tuple(cycle for cycle in CYCLES if cycle.table(DEMOGRAPHICS) in tables)
        if not found:
            raise FileUnreadable(
                f"{directory} holds no demographic file of NHANES 1999-2000 to 2017-2018 (DEMO.XPT, "
                "DEMO_B.XPT ... DEMO_J.XPT, or the same as CSV, also with .xz). Every cycle needs its own: "
                "put it there."
            )
        return found
    asked = cycles_named(names)
    for cycle in asked:
        table = cycle.table(DEMOGRAPHICS)
        if table not in tables:
            raise FileUnreadable(
                f"{directory} holds no {table}.XPT or {table}.csv (also with .xz), the demographic file of "
                f"{cycle.name}. Put it there, or leave this cycle out."
            )
    return asked


def _not_read(
    tables: Mapping[str, list[TableFile]], cycles: Sequence[Cycle], readings: Sequence[CycleReading]
) -> list[str]:
    """One note on the files of the directory that nothing was taken from."""
    used = {table for reading in readings for table in reading.tables}
    # DEMO_G of a cycle that was not asked for is no surprise; DXX_2_B beside 2001-2002 may be.
    endings = tuple(cycle.ending for cycle in CYCLES if cycle not in cycles and cycle.ending)
    unread = sorted(table for table in tables if table not in used and not table.endswith(endings))
    return [f"Files here that are not read: {', '.join(unread)}."] if unread else []


def _columns_of(frame: pl.DataFrame) -> list[Column]:
    return [column for column in load_variables().columns if column.name in frame.columns]


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Person and cycle, measures in the order of the contract, survey columns, other columns."""
    measures = [name for name in load_measures() if name in frame.columns and name not in FIRST_COLUMNS]
    of_survey = [name for name in frame.columns if name.startswith("survey_")]
    placed = {*FIRST_COLUMNS, *measures, *of_survey}
    rest = [name for name in frame.columns if name not in placed]
    return frame.select(*FIRST_COLUMNS, *measures, *of_survey, *rest)


def _provenance(frame: pl.DataFrame, readings: Sequence[CycleReading]) -> list[Provenance]:
    shares = (
        frame.group_by("nhanes_cycle")
        .agg(pl.all().is_not_null().mean())
        .rows_by_key("nhanes_cycle", named=True)
    )
    return [
        Provenance(source.column, source.cycle, source.file, source.variables, share, source.status)
        for reading in readings
        for source in reading.sources
        for share in [float(shares[source.cycle][0][source.column])]
    ]

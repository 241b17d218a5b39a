"""The tables of one cycle, joined by person and made into canonical columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import polars as pl

from myosteon.errors import ColumnError
from myosteon.readers.nhanes import imputation as completed
from myosteon.readers.nhanes import medications, survey
from myosteon.readers.nhanes.columns import canonical_value
from myosteon.readers.nhanes.cycles import Cycle
from myosteon.readers.nhanes.files import PERSON, TableFile, read_table
from myosteon.readers.nhanes.recodes import AGE, Given
from myosteon.readers.nhanes.variables import Column, Origin, Status, load_variables

DEMOGRAPHICS = "DEMO"
DRUGS = "RXQ_RX"
WHOLE_BODY = "DXX"


@dataclass(frozen=True, slots=True)
class Source:
    """Where one column of one cycle was read."""

    column: str
    cycle: str
    file: str
    variables: str
    status: Status


@dataclass(frozen=True, slots=True)
class CycleReading:
    """What one cycle gives: the frame, what is not there, where each column came from, the tables used."""

    frame: pl.DataFrame
    notes: list[str]
    sources: list[Source]
    tables: frozenset[str]


def read_cycle(
    tables: Mapping[str, list[TableFile]], cycle: Cycle, cycles: Sequence[Cycle], imputation: int | None
) -> CycleReading:
    """The canonical columns of one cycle, weighted for an analysis of all of `cycles`."""
    return _CycleReader(tables, cycle, cycles, imputation).read()


class _CycleReader:
    """Reads the tables of one cycle, joins them by person and makes the canonical columns."""

    def __init__(
        self,
        tables: Mapping[str, list[TableFile]],
        cycle: Cycle,
        cycles: Sequence[Cycle],
        imputation: int | None,
    ) -> None:
        self._tables = tables
        self._cycle = cycle
        self._cycles = cycles
        self._imputation = imputation
        self._notes: list[str] = []
        self._variables = load_variables()

    def read(self) -> CycleReading:
        """All columns that the files of this cycle give."""
        wanted = self._wanted_by_table()
        people = self._people(wanted)
        for table in wanted:
            if table in self._tables and table != self._cycle.table(DEMOGRAPHICS):
                people = people.join(
                    self._read(table, wanted[table]), on=PERSON, how="left", maintain_order="left"
                )
        self._note_missing_tables(wanted)
        self._note_not_asked()
        return self._made_from(people)

    def _origins(self) -> list[tuple[Column, Origin]]:
        pairs = ((column, column.origin_in(self._cycle)) for column in self._variables.columns)
        return [(column, origin) for column, origin in pairs if origin is not None]

    def _wanted_by_table(self) -> dict[str, set[str]]:
        """The variables that are needed of each table."""
        demographics = self._cycle.table(DEMOGRAPHICS)
        wanted: dict[str, set[str]] = {demographics: {AGE, *survey.WANTED}}
        for _, origin in self._origins():
            table = origin.table_in(self._cycle)
            wanted.setdefault(table, set()).update(origin.variables, origin.optional)
        return wanted

    def _people(self, wanted: Mapping[str, set[str]]) -> pl.DataFrame:
        table = self._cycle.table(DEMOGRAPHICS)
        people = self._read(table, wanted[table])
        if AGE not in people.columns:
            raise ColumnError(f"{table} has no {AGE}, the age. Take the demographic file from the CDC again.")
        survey.check_weights(table, frozenset(people.columns), self._cycle, self._cycles)
        at_top = people.filter(pl.col(AGE) >= self._cycle.top_age).height
        self._note(
            f"ages are released up to {self._cycle.top_age}; {at_top} people of that age may be older."
        )
        return people

    def _read(self, table: str, wanted: set[str]) -> pl.DataFrame:
        files = self._tables[table]
        if table == self._cycle.table(DRUGS):
            lines = read_table(files, medications.WANTED, medications.TEXTS)
            return medications.one_row_per_person(lines, self._cycle)
        if table == self._cycle.table(WHOLE_BODY):
            return self._whole_body(read_table(files, {*wanted, completed.NUMBER}, ()))
        rows = read_table(files, wanted, ())
        self._note_parts(table, files)
        if rows[PERSON].is_duplicated().any():
            raise ColumnError(
                f"{files[0].path} has two rows for a person, where {table} has one for each. "
                "Take the file from the CDC again."
            )
        return rows

    def _whole_body(self, rows: pl.DataFrame) -> pl.DataFrame:
        people, left_unknown = completed.one_row_per_person(rows, self._imputation)
        if left_unknown:
            self._note(
                f"{left_unknown} people have imputed whole-body DXA values: unknown here. "
                "Ask for imputation 1 to 5, in turn, to use them."
            )
        return people

    def _made_from(self, people: pl.DataFrame) -> CycleReading:
        """The canonical columns, and where each came from."""
        made: list[pl.Expr] = [
            pl.col(PERSON).cast(pl.String).alias("person_id"),
            pl.lit(self._cycle.name).alias("nhanes_cycle"),
        ]
        sources = []
        for column, origin in self._origins():
            table = origin.table_in(self._cycle)
            lacking = [name for name in origin.variables if name not in people.columns]
            if table not in self._tables:
                continue
            if lacking:
                self._note(f"{table} has no {', '.join(lacking)}: {column.name} unknown.")
                continue
            given = Given(origin, frozenset(people.columns), self._cycle)
            made.append(canonical_value(column, given))
            read = _named(origin, people.columns)
            status = origin.status_in(self._cycle)
            sources.append(Source(column.name, self._cycle.name, table, read, status))
        made.extend(survey.weight(name, self._cycle, self._cycles) for name in survey.WEIGHTS)
        return CycleReading(people.select(made), self._notes, sources, frozenset(self._wanted_by_table()))

    def _note(self, text: str) -> None:
        self._notes.append(f"{self._cycle.name}: {text}")

    def _note_parts(self, table: str, files: Sequence[TableFile]) -> None:
        parts = [file.part for file in files if file.part]
        if len(parts) == 1:
            self._note(f"of {table} only the part '{parts[0]}' is here; people outside it are unknown.")

    def _note_missing_tables(self, wanted: Mapping[str, set[str]]) -> None:
        for table in sorted(wanted):
            if table not in self._tables:
                names = [
                    column.name for column, origin in self._origins() if origin.table_in(self._cycle) == table
                ]
                self._note(f"{table} is not here; unknown: {', '.join(names)}.")

    def _note_not_asked(self) -> None:
        names = [
            column.name
            for column in self._variables.columns
            if column.origin_in(self._cycle) is None and column.kind == "measure"
        ]
        if names:
            self._note(f"not measured or not asked in this cycle, or not mapped: {', '.join(names)}.")


def _named(origin: Origin, present: Sequence[str]) -> str:
    """The variables of an origin that are there, the optional ones by their patterns."""
    found = [pattern for pattern in origin.optional if any(fnmatchcase(name, pattern) for name in present)]
    return ", ".join([*origin.variables, *found])

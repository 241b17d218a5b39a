"""A plan for one person at a time: the same rules as one Python function, in the types that Polars gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from myosteon.engine.evaluate import Plan, measured
from myosteon.engine.python_code import judge_one, write_function


class OnePerson:
    """Judges frames of one row with the columns and types of `schema`; `kept` are the columns that stay in the results.

    Raises:
        NotJudged: a rule does something that only an engine of frames can do.
    """

    def __init__(self, plan: Plan, schema: pl.Schema, kept: Sequence[str]) -> None:
        self._kept = list(kept)
        self._read = [name for name in plan.measures_read if name in schema]
        completed = set(plan.completed)
        arguments = {name: measured(name) if name in completed else name for name in plan.measures_read}
        columns = [(name, plan.graph.computed(name)) for name in plan.outputs]
        self._judge = write_function(plan.layout, arguments, [column for _, column in columns])
        self._absent = [None if name in schema else name for name in plan.measures_read]
        lazy = plan.run_polars(pl.LazyFrame(schema=schema), schema.names(), kept)
        types = lazy.collect_schema()
        self._columns = [(name, types[name]) for name, _ in columns]
        self._names = [name for name, _ in columns]
        # Python may answer with a whole number where the column holds real ones.
        self._real = [name for name, dtype in self._columns if dtype == pl.Float64]
        self._made: dict[tuple[str, Any], pl.Series] = {}

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The results of a frame of one row.

        Raises:
            NotJudged: a value is not finite, or a division by nought would make one.
        """
        series = [
            self._series(name, dtype, answer)
            for (name, dtype), answer in zip(self._columns, self._answers(frame), strict=True)
        ]
        return pl.DataFrame([*frame.select(self._kept).get_columns(), *series])

    def row(self, frame: pl.DataFrame) -> dict[str, Any]:
        """The same results as values by name: for who reads them in Python, making a frame of them costs the most.

        Raises:
            NotJudged: as for `run`.
        """
        row = dict(zip(self._kept, _values(frame, self._kept), strict=True))
        row.update(zip(self._names, self._answers(frame), strict=True))
        for name in self._real:
            if row[name] is not None:
                row[name] = float(row[name])
        return row

    def _answers(self, frame: pl.DataFrame) -> tuple[Any, ...]:
        given = iter(_values(frame, self._read))
        return judge_one(self._judge, [next(given) if absent is None else None for absent in self._absent])

    def _series(self, name: str, dtype: Any, answer: Any) -> pl.Series:
        if isinstance(answer, float | int) and not isinstance(answer, bool):
            return pl.Series(name, [answer], dtype=dtype)
        # Yes, no, unknown and the words of a column are few: each is made once.
        known = self._made.get((name, answer))
        if known is None:
            known = self._made[(name, answer)] = pl.Series(name, [answer], dtype=dtype)
        return known


def _values(frame: pl.DataFrame, names: Sequence[str]) -> tuple[Any, ...]:
    """What stands in some columns of a frame of one row; a frame without columns has no row to ask for."""
    return frame.select(names).row(0) if names else ()

"""What stands before one drug of many people: those who are alike in every column of it are looked at once."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.outputs.plan_gate_maker import GateMaker
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import Unknowns, listed
from myosteon.outputs.plan_rows import Rows, keys, packed
from myosteon.outputs.plan_trace import Trace
from myosteon.outputs.plan_types import DrugGate

# The gate, and the values of its columns.
Judged = tuple[DrugGate, Mapping[str, object]]


class Gates:
    """The gates before one drug."""

    def __init__(self, maker: GateMaker, unknowns: Unknowns) -> None:
        self.maker = maker
        self._unknowns = unknowns
        self._made: Memory[bytes, Judged] = Memory()
        self._texts = (*maker.columns[:2], self.needs)
        self._reasons = maker.columns[3:]

    @property
    def needs(self) -> str:
        """The column that says for what the gate waits."""
        return self.maker.columns[2]

    def of(self, rows: Rows, trace: Trace) -> list[Judged]:
        """What stands before the drug, of each row."""
        texts = {name: rows.texts(name) for name in self._texts}
        waits = texts[self.needs]
        bits = trace.of(waits, waits.codes > 0)
        yes = {name: rows.yes(name) for name in self._reasons}
        unknown = {name: rows.unknown(name) for name in self._reasons}
        flags = packed([*yes.values(), *unknown.values()], rows.height)

        def judge(place: int) -> Judged:
            row: dict[str, object] = {name: text.text(place) or None for name, text in texts.items()}
            row |= {name: None if unknown[name][place] else bool(yes[name][place]) for name in self._reasons}
            needs = self._unknowns.names(bits[:, place]) or listed(waits.text(place))
            return self.maker.make(row, needs), row

        return self._made.each(keys([*(text.codes for text in texts.values()), *flags, *bits]), judge)

"""What stands before one drug of many people: those who are alike in every column of it are looked at once."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.outputs.plan_gate_maker import GateMaker
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import Unknowns, listed
from myosteon.outputs.plan_review import FAILED
from myosteon.outputs.plan_rows import Flags, Rows, keys, packed
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
        self._texts = (*maker.columns[:2], self.needs, *maker.steps)
        self._reasons = maker.reasons

    @property
    def needs(self) -> str:
        """The column that says for what the gate waits."""
        return self.maker.columns[2]

    def of(self, rows: Rows, trace: Trace, failed: Mapping[str, Flags]) -> list[Judged]:
        """What stands before the drug, of each row; `failed` says of whom a step of the safety review broke down."""
        texts = {name: rows.texts(name) for name in self._texts}
        waits = texts[self.needs]
        bits = trace.of(waits, waits.codes > 0)
        yes = {name: rows.yes(name) for name in self._reasons}
        # Of a warning that need not be asked it makes no difference whether it is unknown.
        unknown = {name: rows.unknown(name) for name in self.maker.asked}
        broken = {name: failed[step] for name, step in self.maker.steps.items() if step in failed}
        flags = packed([*yes.values(), *unknown.values(), *broken.values()], rows.height)

        def judge(place: int) -> Judged:
            row: dict[str, object] = {name: text.text(place) or None for name, text in texts.items()}
            row |= {name: bool(yes[name][place]) for name in self._reasons}
            row |= {name: None for name, open_ in unknown.items() if open_[place]}
            row |= {name: FAILED for name, where in broken.items() if where[place]}
            needs = self._unknowns.names(bits[:, place]) or listed(waits.text(place))
            return self.maker.make(row, needs), row

        return self._made.each(keys([*(text.codes for text in texts.values()), *flags, *bits]), judge)

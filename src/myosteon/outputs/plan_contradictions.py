"""Lines of a plan that contradict one another: each names the others, and they are shown side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_types import PlanLine


class Contradictions:
    """Names contradictions on both sides; the same line against the same others is made once."""

    def __init__(self) -> None:
        self._made: Memory[tuple[PlanLine, tuple[str, ...]], PlanLine] = Memory()

    def name(self, lines: Sequence[PlanLine]) -> list[PlanLine]:
        """Each line with the others of these that it contradicts, whichever of the two says so."""
        named = {line.id: set(line.conflicts_with) for line in lines if line.conflicts_with}
        if not named:
            return list(lines)
        order = [line.id for line in lines]
        for id, others in list(named.items()):
            for other in others:
                named.setdefault(other, set()).add(id)
        return [
            self._against(line, tuple(id for id in order if id in named[line.id] and id != line.id))
            if line.id in named
            else line
            for line in lines
        ]

    def _against(self, line: PlanLine, others: tuple[str, ...]) -> PlanLine:
        if line.conflicts_with == others:
            return line
        made = self._made.get((line, others))
        if made is None:
            made = self._made[line, others] = replace(line, conflicts_with=others)
        return made


def disputes_among(lines: Sequence[PlanLine]) -> tuple[tuple[str, ...], ...]:
    """Lines that contradict one another, directly or by a third one, in the order of the plan."""
    groups: list[list[str]] = []
    for line in lines:
        if not line.conflicts_with:
            continue
        near = {line.id, *line.conflicts_with}
        touching = [group for group in groups if near & set(group)]
        joined = [id for group in touching for id in group]
        groups = [group for group in groups if group not in touching]
        groups.append([*joined, *([line.id] if line.id not in joined else [])])
    # A line may name one that comes later, which then joins it; one alone is no dispute.
    return tuple(tuple(group) for group in groups if len(group) > 1)

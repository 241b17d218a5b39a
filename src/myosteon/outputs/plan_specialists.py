"""Drugs that a specialist decides on for one and the same reason stand in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from myosteon.outputs.plan_gate_maker import SPECIALIST
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_types import PlanLine
from myosteon.outputs.plan_voice import PlanVoice

BEGINNING = f"{SPECIALIST}_"
# A drug in use has a line of its own: what is said of it differs from what is said of one that is only thought of.
CATEGORY = "drug"


class SpecialistLines:
    """Joins such lines; the same lines are joined once."""

    def __init__(self, voice: PlanVoice) -> None:
        self._voice = voice
        self._made: Memory[tuple[PlanLine, ...], PlanLine] = Memory()

    def join(self, lines: Sequence[PlanLine]) -> list[PlanLine]:
        """The lines, with those of drugs for a specialist joined where they say the same; the first keeps its place."""
        groups: dict[tuple[object, ...], list[PlanLine]] = {}
        for line in lines:
            if line.category == CATEGORY and line.id.startswith(BEGINNING):
                groups.setdefault((line.status, line.reason, line.needs), []).append(line)
        several = {group[0].id: tuple(group) for group in groups.values() if len(group) > 1}
        if not several:
            return list(lines)
        later = {line.id for group in several.values() for line in group[1:]}
        return [
            self._joined(several[line.id]) if line.id in several else line
            for line in lines
            if line.id not in later
        ]

    def _joined(self, lines: tuple[PlanLine, ...]) -> PlanLine:
        made = self._made.get(lines)
        if made is None:
            first, *others = [line.heading for line in lines]
            names = self._voice.speech.list([first, *(self._voice.speech.inside(name) for name in others)])
            key = "drug.specialist_decides" if lines[0].status == "refer" else "drug.specialist_here"
            sources = tuple(dict.fromkeys(source for line in lines for source in line.sources))
            made = self._made[lines] = replace(
                lines[0], action=self._voice.say(key, drug=names), heading=names, sources=sources
            )
        return made

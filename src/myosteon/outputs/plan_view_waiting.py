"""Drugs that wait for what is unknown, as a note shows them: in one line, what most of them wait for first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_gate_maker import CHECK_FIRST
from myosteon.outputs.plan_types import PlanLine
from myosteon.outputs.plan_voice import PlanVoice

# A drug in use that waits is told by itself: it may not lapse.
CATEGORY = "drug"


def join_waiting(lines: Sequence[PlanLine], voice: PlanVoice, graph: Graph) -> list[PlanLine]:
    """The lines, with those of drugs that wait joined where the first of them stands; JSON has each by itself."""
    waiting = [line for line in lines if waits(line)]
    if len(waiting) < 2:
        return list(lines)
    one = _joined(waiting, voice, graph)
    return [one if line is waiting[0] else line for line in lines if line is waiting[0] or not waits(line)]


def waits(line: PlanLine) -> bool:
    """Whether a line only says that a drug waits for what is unknown."""
    return line.category == CATEGORY and line.id == f"{CHECK_FIRST}_{line.subject}"


def _joined(lines: Sequence[PlanLine], voice: PlanVoice, graph: Graph) -> PlanLine:
    first, *others = [line.heading for line in lines]
    names = voice.speech.list([first, *(voice.speech.inside(name) for name in others)])
    counted = Counter(need for line in lines for need in line.needs)
    needs = tuple(need for need, _ in counted.most_common())
    unknown = voice.unknown(needs, graph)
    return replace(
        lines[0],
        action=voice.say("drug.check_first", drug=names),
        reason=voice.say("drug.sentence", text=voice.outside(unknown)),
        sources=tuple(dict.fromkeys(source for line in lines for source in line.sources)),
        needs=needs,
    )

"""What guidelines say of a person, at the end of a plan: who recommends a line, what is disputed, and what was not applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from myosteon.outputs.plan_types import DisputedQuestion, LineRecommendation, Plan, PlanLine
from myosteon.outputs.plan_view_types import ViewItem, ViewQuestion
from myosteon.outputs.plan_voice import PlanVoice

APPLIES = "applies"
LETTER = "R"


class NumberedRecommendations:
    """The guidelines behind the lines of one plan, numbered in the order of reading.

    Args:
        lines: every line in the order of reading.
        voice: the language.
    """

    def __init__(self, lines: Iterable[PlanLine], voice: PlanVoice) -> None:
        self._voice = voice
        said = dict.fromkeys(one.said for line in lines for one in _applying(line))
        self._labels = {source: f"{LETTER}{number}" for number, source in enumerate(said, 1)}

    def cite(self, line: PlanLine) -> str:
        """The numbers of those whose recommendations say what the line says and hold for the person; empty where none do."""
        labels = dict.fromkeys(self._labels[one.said] for one in _applying(line))
        return " ".join(sorted(labels, key=lambda label: int(label.removeprefix(LETTER))))

    def told(self) -> str:
        """Which number stands for which guideline; empty where no line names one."""
        joined = (f"{label} {source}" for source, label in self._labels.items())
        return self._voice.say("lead.list_join").join(joined)


def _applying(line: PlanLine) -> Iterator[LineRecommendation]:
    return (one for one in line.recommendations if one.state == APPLIES)


def questions(plan: Plan, voice: PlanVoice) -> Iterator[ViewQuestion]:
    """The disputed questions on which care hangs, each with both sides."""
    for one in plan.disputed or ():
        if one.verified and one.about == "care":
            yield ViewQuestion(
                title=one.question,
                sides=tuple(_sides(one, voice)),
                settles=voice.say("disputed.settles", text=one.settled_by),
            )


def _sides(one: DisputedQuestion, voice: PlanVoice) -> Iterator[str]:
    for letter, side in zip(ascii_uppercase, one.sides, strict=False):
        action = voice.say(f"settled.action_{side.direction}", action=side.label)
        yield voice.say(
            "disputed.side",
            letter=letter,
            action=action,
            statement=side.statement.rstrip("。."),
            sources=_who(side.said_by, voice),
        )


def further_questions(plan: Plan, voice: PlanVoice) -> Iterator[str]:
    """In a line each: what is disputed of definitions, and what only unchecked texts make disputed."""
    asked = plan.disputed or ()
    kinds = (
        ("disputed.definitions", [one for one in asked if one.verified and one.about != "care"]),
        ("disputed.unchecked", [one for one in asked if not one.verified]),
    )
    for key, found in kinds:
        if found:
            joined = voice.say("lead.list_join").join(one.question.rstrip("？?") for one in found)
            yield voice.say(key, questions=joined)


def settled(plan: Plan, voice: PlanVoice) -> Iterator[ViewItem]:
    """The questions of care that facts of the person settled: a line each, with what is left, what is out, and by which facts."""
    joint = voice.say("line.because_join")
    for one in plan.settled or ():
        if one.about != "care":
            continue
        left = joint.join(
            voice.say(f"settled.{answer.direction}", action=answer.label, sources=_who(answer.said_by, voice))
            for answer in one.answers
        )
        out = voice.say("settled.out", sources=_who(one.removed, voice), facts=one.because)
        told = joint.join(part for part in (left, out) if part)
        if one.caution:
            told = voice.say("settled.with_caution", told=told, caution=one.caution)
        yield ViewItem(one.question.rstrip("？?"), told)


def _who(said_by: Iterable[LineRecommendation], voice: PlanVoice) -> str:
    return voice.say("lead.comma").join(dict.fromkeys(said.said for said in said_by))


def not_applied(plan: Plan, voice: PlanVoice) -> Iterator[ViewItem]:
    """Every recommendation that was not applied, with its state and what keeps it out."""
    for one in plan.not_applied or ():
        name = voice.say(
            "not_applied.item", source=one.recommendation.said, statement=one.statement.rstrip("。.")
        )
        text = voice.say("line.because_join").join(part for part in (one.said_state, one.because) if part)
        yield ViewItem(name, text)

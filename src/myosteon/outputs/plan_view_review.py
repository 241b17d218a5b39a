"""The safety review as a note shows it: a step a line where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myosteon.engine.graph import Graph
from myosteon.outputs.plan_review import FAILED, NOT_JUDGED, RAN
from myosteon.outputs.plan_types import ReviewedStep
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import ViewItem
from myosteon.outputs.plan_voice import PlanVoice

# Which sign a step has: of what is done, of what has to be checked first, of what must not be.
SIGNS = {RAN: "do", NOT_JUDGED: "check_first", FAILED: "avoid"}
STOP = "stop"
# The head of the note says them, or they are a list of names.
NOT_TOLD = ("sex", "age_years", "medications")


def review_items(
    steps: Sequence[ReviewedStep], graph: Graph, voice: PlanVoice, sources: NumberedSources
) -> Iterator[ViewItem]:
    """Each step: whether it ran, what it lacks, saw, found and bars."""
    teller = _Teller(graph, voice)
    for number, step in enumerate(steps, 1):
        stopped = any(found.severity == STOP for found in step.findings)
        cited = dict.fromkeys(source for found in step.findings for source in found.sources)
        yield ViewItem(
            name=f"{number} {step.title}",
            text=teller.tell(step),
            status="stop" if stopped and step.ran else SIGNS[step.state],
            tag=voice.say(f"review.{step.state}"),
            sources=sources.cite(cited),
        )


class _Teller:
    """Says a step in words."""

    def __init__(self, graph: Graph, voice: PlanVoice) -> None:
        self._graph = graph
        self._voice = voice

    def tell(self, step: ReviewedStep) -> str:
        say = self._voice.say
        if step.state == FAILED:
            return self._sentence(say("review.broke"))
        parts = [say("review.lacks", items=self._voice.names(step.needs, self._graph))] if step.needs else []
        parts += self._saw(step)
        if step.stops:
            drugs = self._voice.speech.list([self._inside(self._voice.subject(drug)) for drug in step.stops])
            parts.append(say("review.stops", drugs=drugs))
        found = [one.text for one in step.findings]
        if found and not step.needs and not step.stops:
            # What was found matters more than what was seen; JSON holds both.
            parts = []
        told = [self._sentence(say("line.because_join").join(parts))] if parts else []
        return say("review.join").join([*told, *found]) or self._sentence(say("review.nothing"))

    def _saw(self, step: ReviewedStep) -> list[str]:
        """What was seen: values, what is so, and how many questions were answered no."""
        said = [
            self._voice.say("line.because", label=self._name(name), value=self._value(name, value))
            for name, value in step.saw
            if not isinstance(value, bool) and name not in NOT_TOLD and not self._is_no_course(name, value)
        ]
        said += [self._name(name) for name, value in step.saw if value is True]
        no = sum(value is False for _, value in step.saw)
        return [*said, *([self._voice.say("review.saw_no", count=no)] if no else [])]

    def _is_no_course(self, name: str, value: object) -> bool:
        """Whether this is a course of a drug that was never begun."""
        return value == 0 and name not in self._graph.measures

    def _name(self, name: str) -> str:
        return self._inside(self._voice.name(name, self._graph))

    def _value(self, name: str, value: object) -> str:
        return self._voice.value(name, value, self._graph)

    def _inside(self, text: str) -> str:
        return self._voice.speech.inside(text)

    def _sentence(self, text: str) -> str:
        return self._voice.say("drug.sentence", text=self._voice.outside(text))

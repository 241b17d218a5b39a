"""The last step of the safety review reads the plan itself: whether a drug whose effect is lost at its end has an exit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from myosteon.evidence.review_types import Review, ReviewStep
from myosteon.outputs.plan_line_maker import line_source
from myosteon.outputs.plan_types import PlanLine, ReviewedStep, ReviewFound
from myosteon.outputs.plan_voice import PlanVoice

DATES = "dates"
GIVES = ("do", "offer")


class Exits:
    """Asks of the drugs that the step guards whether the plan says how they end."""

    def __init__(self, review: Review, voice: PlanVoice) -> None:
        self._step: ReviewStep | None = next((step for step in review.steps if step.id == DATES), None)
        self._voice = voice

    @property
    def title(self) -> str:
        """The title of the step."""
        return self._voice.text(self._step.title) if self._step else ""

    def lacking(self, drug: str, given: Iterable[PlanLine], lines: Iterable[PlanLine]) -> bool:
        """Whether a drug is given, and neither its line nor another of the plan says how it ends."""
        if self._step is None or drug not in self._step.guards:
            return False
        bare = any(line.status in GIVES and line.dose and not line.stop_rule for line in given)
        return bare and not any(line.subject == f"{drug}_exit" for line in lines)

    def told(self, steps: Sequence[ReviewedStep], drugs: Sequence[str]) -> tuple[ReviewedStep, ...]:
        """The steps, where the last one says which drugs have no exit."""
        if not drugs or self._step is None:
            return tuple(steps)
        source = line_source(self._step.source, self._voice.language)
        found = tuple(
            ReviewFound(
                f"{drug}_without_exit",
                "stop",
                self._voice.say("review.no_exit", drug=self._voice.subject(drug)),
                (drug,),
                (source,),
            )
            for drug in drugs
        )
        return tuple(
            replace(one, findings=(*one.findings, *found)) if one.step == DATES else one for one in steps
        )

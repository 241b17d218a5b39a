"""The live verdict as templates and the script of the form show it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from myosteon.app.web.form.live import Live, Verdict
from myosteon.outputs.wording.load import definition_label, speak
from myosteon.vocabulary.types import Language


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One verdict: the definition's name, its sentence, its rungs (word, state), and the same for somebody who hears them."""

    definition: str
    name: str
    sentence: str
    rungs: tuple[tuple[str, str], ...]
    said: str


@dataclass(frozen=True, slots=True)
class LiveView:
    """What is shown beside the form: the verdicts, what to measure next (what, why and where), and what is said of the grip."""

    verdicts: tuple[VerdictView, ...]
    next: tuple[tuple[str, str], ...]
    grip: str

    def as_json(self) -> dict[str, Any]:
        """The same as plain objects."""
        return asdict(self)


def show_live(live: Live, language: Language) -> LiveView:
    """The verdicts in the words of every other page."""
    return LiveView(
        tuple(_verdict(verdict, language) for verdict in live.verdicts),
        tuple((step.text, step.detail) for step in live.next),
        live.grip,
    )


def _verdict(verdict: Verdict, language: Language) -> VerdictView:
    rungs = tuple((rung.label, rung.state) for rung in verdict.stages if rung.state is not None)
    return VerdictView(
        verdict.definition,
        definition_label(verdict.definition, language),
        verdict.sentence,
        rungs,
        _said(rungs, language),
    )


def _said(rungs: tuple[tuple[str, str], ...], language: Language) -> str:
    speech = speak(language)
    nothing = speech.say("node.nothing")
    proved = [label for label, state in rungs if state == "proved"]
    upto = [label for label, state in rungs if state in ("proved", "open")]
    return speech.say(
        "ladder_said.full", proved=proved[-1] if proved else nothing, upto=upto[-1] if upto else nothing
    )

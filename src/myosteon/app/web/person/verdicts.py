"""The two verdicts of the page: bone by the bands of the WHO, muscle by this clinic's definition; each with its tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.app.web.person.judge import PersonJudge
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_fold import fold, repeats_headline
from myosteon.outputs.explain_next import what_to_measure_next
from myosteon.outputs.explain_text import number_sources
from myosteon.outputs.explain_types import Explanation, NextSteps, Node, NodeSource, Rung
from myosteon.outputs.wording.load import speak

BONE = "bone_who"
BONE_CHINA = "osteoporosis_china2022"


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One verdict: what proved and what not excluded it, the stages, and the tree that explains it.

    `settled` is false where something is open, None where there is no verdict. `roots` are the first lines of the tree.
    """

    column: str
    label: str
    headline: str
    said: str
    rungs: tuple[Rung, ...]
    settled: bool | None
    roots: tuple[Node, ...]
    sources: tuple[NodeSource, ...]
    explanation: Explanation


def verdict(row: Mapping[str, object], judge: PersonJudge, column: str) -> VerdictView:
    """A column of the results, explained."""
    made = explain(row, judge.explained, column, judge.language)
    tree = fold(made.tree)
    return VerdictView(
        column=column,
        label=made.label,
        headline=made.headline,
        said=_said(made),
        rungs=made.stages,
        settled=_settled(made),
        roots=tree.children if repeats_headline(tree) else (tree,),
        sources=tuple(number_sources(tree)),
        explanation=made,
    )


def _settled(made: Explanation) -> bool | None:
    if made.upto is not None:
        return made.value == made.upto
    return None if made.value is None else True


def _said(made: Explanation) -> str:
    """The stages for somebody who hears them: proved and not excluded."""
    speech = speak("zh" if made.language == "zh" else "en")
    nothing = speech.say("node.nothing")
    proved = [rung.label for rung in made.stages if rung.state == "proved"]
    upto = [rung.label for rung in made.stages if rung.state in ("proved", "open")]
    return speech.say(
        "ladder_said.full", proved=proved[-1] if proved else nothing, upto=upto[-1] if upto else nothing
    )


def verdicts(row: Mapping[str, object], judge: PersonJudge, definition: str) -> tuple[VerdictView, ...]:
    """Bone, then muscle by the clinic's definition, then China's own rule of osteoporosis."""
    wanted = (BONE, f"sarcopenia_{definition}", BONE_CHINA)
    return tuple(verdict(row, judge, column) for column in wanted)


def next_steps(row: Mapping[str, object], judge: PersonJudge) -> NextSteps:
    """What to measure next, over every definition."""
    return what_to_measure_next(row, judge.definitions, judge.language)

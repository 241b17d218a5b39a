"""What to measure next: of everything that open verdicts need, what bears on most of them and can be had nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from myosteon.outputs.explain_needs import COMPANIONS, Alternative, choices, needs_of, way_of
from myosteon.outputs.explain_types import Assessor, NextStep, NextSteps, Row, Way
from myosteon.outputs.wording.load import Language, Speech, definition_label, speak
from myosteon.vocabulary.measures import load_measures

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that can be measured: the measures at its heart, and the method (None = any)."""

    heart: tuple[str, ...]
    method: str | None

    @property
    def tier(self) -> int:
        """The lowest level of care that can measure all of it."""
        return max(load_measures()[name].tier for name in self.heart)

    @property
    def place(self) -> tuple[int, str]:
        """Its place in the vocabulary; DXA stands before BIA."""
        return (load_measures()[self.heart[0]].order, "" if self.method == "dxa" else self.method or "")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that one definition lacks; any of its alternatives fills it."""

    definition: str
    alternatives: tuple[Alternative, ...]

    def candidates(self) -> Mapping[Candidate, Alternative]:
        """What would fill it, each method apart."""
        return _candidates(self.alternatives)


@lru_cache(maxsize=4096)
def _candidates(alternatives: tuple[Alternative, ...]) -> Mapping[Candidate, Alternative]:
    return {
        Candidate(heart_of(alternative), method): alternative
        for alternative in alternatives
        for method in alternative.methods or (None,)
    }


def heart_of(alternative: Alternative) -> tuple[str, ...]:
    """The measures of an alternative without those that merely go with them."""
    return tuple(n for n in alternative.measures if n not in COMPANIONS) or alternative.measures[:1]


def gaps(row: Row, assessor: Assessor, kinds: Sequence[str] = ()) -> list[Gap]:
    """What every open definition lacks, as its `_needs` column says; of `kinds` alone, where these are named."""
    found: list[Gap] = []
    for guideline in assessor.guidelines:
        if kinds and guideline.kind not in kinds:
            continue
        for column in guideline.verdicts:
            if column.endswith("_needs"):
                needs = needs_of(row, assessor.graph, column)
                groups = choices(row, assessor.graph, column, needs)
                found.extend(Gap(guideline.id, group) for group in groups)
    return found


def supporters(open_gaps: Iterable[Gap]) -> dict[Candidate, list[Gap]]:
    """For each thing that can be measured, the gaps that it fills."""
    found: dict[Candidate, list[Gap]] = {}
    for gap in open_gaps:
        for candidate in gap.candidates():
            found.setdefault(candidate, []).append(gap)
    return found


def what_to_measure_next(row: Row, assessor: Assessor, language: Language = "en") -> NextSteps:
    """At most three things to measure, over all open verdicts: first what bears on most, then what is nearest to be had.

    Args:
        row: one person's results, of `assess(..., columns="all")`; only `_needs` columns and unknowns are read.
        assessor: the one that made the results.
        language: `en` or `zh`.
    """
    speech = speak(language)
    left = gaps(row, assessor)
    steps: list[NextStep] = []
    while left and len(steps) < MOST_STEPS:
        filled = supporters(left)
        best = min(filled, key=lambda c: (-len(_definitions(filled[c])), c.tier, c.place))
        steps.append(_step(best, filled, speech))
        left = [gap for gap in left if gap not in filled[best]]
    return NextSteps(language, tuple(steps), "" if steps else speech.say("next.nothing"))


def _definitions(filled: Iterable[Gap]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gap.definition for gap in filled))


def _step(best: Candidate, filled: Mapping[Candidate, list[Gap]], speech: Speech) -> NextStep:
    equal = sorted((c for c in filled if filled[c] == filled[best]), key=lambda c: c.place)
    ways = {
        heart: _way(heart, best, equal, filled[best], speech)
        for heart in dict.fromkeys(c.heart for c in equal)
    }
    way = ways.pop(best.heart)
    definitions = _definitions(filled[best])
    text = speech.outside(way.label)
    if ways:
        others = speech.list([other.label for other in ways.values()])
        text = speech.say("next.or_instead", item=text, items=others)
    return NextStep(
        way=way,
        instead=tuple(ways.values()),
        definitions=definitions,
        tier=best.tier,
        text=text,
        detail=_detail(definitions, best.tier, speech),
    )


def _way(
    heart: tuple[str, ...], best: Candidate, equal: Sequence[Candidate], filled: Sequence[Gap], speech: Speech
) -> Way:
    methods = tuple(c.method for c in equal if c.heart == heart and c.method)
    measures = {
        name
        for gap in filled
        for candidate, alternative in gap.candidates().items()
        if candidate.heart == heart
        for name in alternative.measures
    }
    ordered = tuple(name for name in load_measures() if name in measures)
    return way_of(Alternative(ordered, methods), speech)


def _detail(definitions: Sequence[str], tier: int, speech: Speech) -> str:
    labels = speech.list([definition_label(id, speech.language) for id in definitions])
    key = "next.helps_one" if len(definitions) == 1 else "next.helps"
    parts = (
        {"definitions": labels}
        if len(definitions) == 1
        else {"definitions": labels, "count": len(definitions)}
    )
    where = speech.say("next.where", tier=speech.say(f"next.tier_{tier}"))
    return speech.outside(speech.say("next.list_join").join((speech.say(key, **parts), where)))

"""The cut-offs that a trend shows: those of the clinic's definition and of one beside it, for the person's sex and age."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.app.web.person.judge import PersonJudge
from myosteon.app.web.person.trend_types import LimitLine, Trended
from myosteon.app.web.person.voice import Voice, number_of
from myosteon.evidence.types import Cutoff
from myosteon.outputs.wording.load import definition_label, number

MOST_CUTOFFS = 2
# Limits from here on are told without a decimal that says nothing.
WHOLE_FROM = 10
# The definition whose limits stand beside the clinic's own, and the one that does where that is the clinic's own.
BESIDE, INSTEAD = "ewgsop2019", "awgs2019"


def limit_lines(
    one: Trended, who: Mapping[str, object], judge: PersonJudge, definition: str, voice: Voice
) -> tuple[LimitLine, ...]:
    """At most two limits for the person's sex and age: the clinic's own first; definitions that share one stand together."""
    if not one.criterion:
        return ()
    names: dict[float, list[str]] = {}
    sex, age = who.get("sex"), number_of(who, "age_years")
    for id in (definition, INSTEAD if definition == BESIDE else BESIDE):
        cutoff = _cutoff(one, judge, id)
        limit = cutoff.limit_for(None if sex is None else str(sex), age) if cutoff else None
        if limit is not None:
            names.setdefault(limit.value, []).append(definition_label(id, voice.language))
    found = list(names.items())[:MOST_CUTOFFS]
    return tuple(LimitLine(value, _told(value), voice.speech.list(labels)) for value, labels in found)


def _told(value: float) -> str:
    return number(value, 1 if value < WHOLE_FROM else 0, 2)


def _cutoff(one: Trended, judge: PersonJudge, id: str) -> Cutoff | None:
    rule = judge.definitions.graph.rules.get(f"{one.criterion}_{id}")
    return rule.evidence if rule is not None and isinstance(rule.evidence, Cutoff) else None


def higher_is_worse(one: Trended, judge: PersonJudge, definition: str) -> bool:
    """Whether the criterion counts values above its limit; read from the evidence."""
    cutoff = _cutoff(one, judge, definition) or _cutoff(one, judge, INSTEAD)
    return cutoff is not None and cutoff.comparison in (">", ">=")

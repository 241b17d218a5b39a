"""The bars of a waterfall: where each begins and ends, before they are drawn as characters or as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from myosteon.outputs.explain_risk_answer import figure_text, signed_text, span_text
from myosteon.outputs.explain_risk_types import Contribution, Waterfall
from myosteon.outputs.explain_types import NodeSource
from myosteon.outputs.wording.load import Speech, number

Look = Literal["total", "raises", "lowers", "open"]
PLACES = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a waterfall.

    Attributes:
        look: a total from nought, a step up or down, or what unknown inputs leave open.
        label: what it is, in words.
        ratio: the hazard ratio or factor in words, empty mostly.
        change: how far it moves, with its sign; empty for a total.
        after: the sum after it, in words.
        low, high: where it begins and ends, in the unit of the waterfall.
    """

    look: Look
    label: str
    ratio: str
    change: str
    after: str
    low: float
    high: float
    source: NodeSource | None = None


def bars(fall: Waterfall, speech: Speech) -> tuple[Bar, ...]:
    """Every row from the start to the person's own figure."""
    return tuple(_bars(fall, speech))


def _bars(fall: Waterfall, speech: Speech) -> Iterator[Bar]:
    yield _total(fall.start_label, fall.start, fall, speech, fall.start_source)
    for step in fall.steps:
        yield _step(step, fall, speech)
    label = speech.say("risk_terms.total" if fall.is_settled else "risk_terms.known_so_far")
    yield _total(label, fall.end, fall, speech)
    if fall.low is None or fall.high is None:
        return
    span = span_text(fall.low, fall.high, fall.unit, speech)
    label = speech.say("risk_terms.unknown_part", count=len(fall.unknown))
    yield Bar("open", label, "", "", span, fall.low, fall.high)


def _total(
    label: str, value: float, fall: Waterfall, speech: Speech, source: NodeSource | None = None
) -> Bar:
    return Bar("total", label, "", "", figure_text(value, fall.unit, speech), 0.0, value, source)


def _step(step: Contribution, fall: Waterfall, speech: Speech) -> Bar:
    raises = step.after > step.before
    label = speech.say("risk_terms.step", label=step.label, value=step.value) if step.value else step.label
    return Bar(
        look="raises" if raises else "lowers",
        label=label,
        ratio=_ratio(step, fall, speech),
        change=signed_text(step.after - step.before, fall.unit, speech, short=True),
        after=figure_text(step.after, fall.unit, speech),
        low=min(step.before, step.after),
        high=max(step.before, step.after),
        source=step.source,
    )


def _ratio(step: Contribution, fall: Waterfall, speech: Speech) -> str:
    if step.hazard_ratio is None:
        return ""
    key = "risk_terms.hazard_ratio" if fall.scale == "log_hazard" else "risk_terms.factor"
    return speech.say(key, ratio=number(step.hazard_ratio, PLACES, PLACES))


def top_of(rows: tuple[Bar, ...]) -> float:
    """The end of the scale: the farthest that any bar reaches."""
    return max((bar.high for bar in rows), default=0.0) or 1.0


def summary(fall: Waterfall, speech: Speech) -> str:
    """The picture in a sentence, for who does not see it."""
    start, end = (figure_text(value, fall.unit, speech) for value in (fall.start, fall.end))
    count = len(fall.steps)
    if fall.low is None or fall.high is None:
        return speech.say("risk_picture.alt", start=start, end=end, count=count)
    span = span_text(fall.low, fall.high, fall.unit, speech)
    return speech.say("risk_picture.alt_open", start=start, end=end, count=count, span=span)


def sentences_beneath(fall: Waterfall, speech: Speech) -> Iterator[str]:
    """What is said below a waterfall: its order, what adds nothing, what is unknown."""
    if fall.scale == "log_hazard" and fall.steps:
        yield speech.say("risk_terms.order")
    if fall.scale == "factor" and not fall.steps:
        yield speech.say("risk_terms.unchanged")
    for key, labels in (("risk_terms.nothing", fall.nothing), ("risk_terms.unknown", fall.unknown)):
        if labels:
            yield speech.say(key, labels=speech.list([speech.inside(label) for label in labels]))

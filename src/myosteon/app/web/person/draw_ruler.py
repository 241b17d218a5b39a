"""Draws T-scores on one axis: the lowest with a filled pointer, the bands of the WHO where they hold."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from markupsafe import Markup

from myosteon.app.web.person.drawing import Scale, drawing, line, rectangle, shape, text, width_of
from myosteon.app.web.person.measured_sites import RulerView, SiteScore
from myosteon.app.web.person.voice import Voice
from myosteon.outputs.wording.load import number

WIDTH, LEFT, RIGHT = 360.0, 16.0, 344.0
ROW, BAND = 20.0, 22.0
# The axis shows at least so much, so that drawings of people can be held side by side.
USUAL = (-4.0, 1.0)
# Beyond this place a label stands left of its pointer.
TURN = 215.0


def draw_ruler(view: RulerView, voice: Voice) -> Markup:
    """The ruler."""
    values = [score.value for score in view.scores]
    low, high = floor(min(*values, USUAL[0])), ceil(max(*values, USUAL[1]))
    scale = Scale(low, high, LEFT, RIGHT)
    top = 14.0 + ROW * len(view.scores) + 12
    shapes = [
        *_bands(view, scale, top, voice),
        *_axis(view, scale, top, low, high),
        *_pointers(view, scale, top),
    ]
    return drawing(WIDTH, top + BAND + (38 if view.bands else 22), said(view, voice), shapes)


def said(view: RulerView, voice: Voice) -> str:
    """The scores in words."""
    scores = [voice.say("person.ruler.score", site=one.label, value=one.text) for one in view.scores]
    return voice.say("person.ruler.said", scores=voice.say("person.ruler.join").join(scores))


def _bands(view: RulerView, scale: Scale, top: float, voice: Voice) -> Iterator[Markup]:
    if not view.bands:
        yield rectangle("z0", scale.start, top, scale.end - scale.start, BAND)
        return
    lowest, normal = view.limits
    parts = (
        ("z2", "osteoporosis", scale.low, lowest),
        ("z1", "low", lowest, normal),
        ("z0", "normal", normal, scale.high),
    )
    for look, name, low, high in parts:
        start, end = scale.at(low), scale.at(high)
        yield rectangle(look, start, top, end - start, BAND)
        words = voice.say(f"person.ruler.band_{name}")
        if width_of(words) < end - start - 4:
            yield text(words, (start + end) / 2, top + 15, "middle", "strong")


def _axis(view: RulerView, scale: Scale, top: float, low: int, high: int) -> Iterator[Markup]:
    for value in range(low, high + 1):
        yield line("axis", scale.at(value), top + BAND, scale.at(value), top + BAND + 4)
        yield text(number(float(value), 0, 0), scale.at(value), top + BAND + 17, "middle")
    if view.bands:
        lowest = view.limits[0]
        yield line("cut", scale.at(lowest), top - 6, scale.at(lowest), top + BAND + 22)
        yield text(number(lowest, 1, 1), scale.at(lowest), top + BAND + 34, "middle", "strong")


def _pointers(view: RulerView, scale: Scale, top: float) -> Iterator[Markup]:
    near = [one for one in view.scores if scale.at(one.value) <= TURN]
    far = [one for one in reversed(view.scores) if scale.at(one.value) > TURN]
    for row, score in enumerate((*near, *far)):
        yield from _pointer(score, score is view.scores[0], scale.at(score.value), 14.0 + row * ROW, top)


def _pointer(score: SiteScore, lowest: bool, x: float, y: float, top: float) -> Iterator[Markup]:
    yield line("s-bone", x, y - 8, x, top - 8)
    head = f"M{x - 5:.1f} {top - 10:.1f}h10l-5 9z"
    yield shape("path", "d-bone now" if lowest else "d-bone", d=head, data_value=str(score.value))
    look = "strong halo" if lowest else "halo"
    words = f"{score.label} {score.text}"
    if x <= TURN:
        yield text(words, x + 7, y, "start", look)
    else:
        yield text(words, x - 7, y, "end", look)

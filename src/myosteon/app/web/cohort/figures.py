"""The key figures of a fracture liaison service as rows, without cells of fewer than 10 people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from myosteon.app.texts import tell
from myosteon.evidence.key_figures import load_key_figures
from myosteon.outputs.intervals import Interval
from myosteon.outputs.report_view import View
from myosteon.outputs.small_cells import hidden_parts, is_small
from myosteon.study.service.key_figures import Counted, Service
from myosteon.vocabulary.types import Language, Status

HEADS = ("figure", "share", "interval", "count", "unknown", "at_most", "level")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: its number and name, its numbers as text, and how far its definition was checked."""

    number: int
    name: str
    texts: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a service: whom they are about, heads, rows, notes. No rows where too few people belong."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...]


def show_figures(service: Service, view: View) -> Figures:
    """The figures in the language of the view."""
    language, figures = view.voice.language, load_key_figures()
    shown = service.people and not is_small(service.people)
    title = tell(
        "kpi_title",
        language,
        people=view.number(service.people),
        among=figures.among_label.in_language(language),
    )
    source = figures.levels_source
    notes = [
        tell("kpi_may_belong", language, people=view.number(service.may_belong))
        if service.may_belong
        else "",
        tell("kpi_source", language, citation=source.paper.citation),
    ]
    rows = tuple(_row(one, view) for one in service.counted) if shown else ()
    heads = tuple(tell(f"kpi_{name}", language) for name in HEADS)
    return Figures(title, heads, rows, tuple(note for note in notes if note))


def _row(one: Counted, view: View) -> FigureRow:
    figure = one.figure
    return FigureRow(
        figure.number,
        figure.label.in_language(view.voice.language),
        tuple(_texts(one, view)),
        figure.source.status,
    )


def _texts(one: Counted, view: View) -> Iterator[str]:
    language: Language = view.voice.language
    gone = str(view.voice.say("page.suppressed"))
    if one.estimate is None or one.among is None:
        yield tell("kpi_not_computed", language)
        yield from ("",) * 5
        return
    hidden = is_small(one.among) or any(hidden_parts([one.met, max(0, one.among - one.met)]))
    # The share that could be at most tells how many are unknown.
    few_unknown = hidden or is_small(one.unknown)
    yield gone if hidden else _percent(one.estimate, language)
    yield "" if hidden or one.share is None else _interval(one.share, language)
    yield gone if hidden else f"{view.voice.count(one.met)}/{view.voice.count(one.among)}"
    yield gone if few_unknown else view.voice.count(one.unknown)
    known = one.unknown and one.at_most is not None
    yield gone if few_unknown and one.unknown else _percent(one.at_most or 0.0, language) if known else ""
    yield gone if hidden else tell(f"kpi_level_{one.level}", language) if one.level else ""


def _percent(share: float, language: Language) -> str:
    return tell("kpi_percent", language, share=f"{share * PERCENT:.0f}")


def _interval(share: Interval, language: Language) -> str:
    low, high = (f"{end * PERCENT:.0f}" for end in (share.low, share.high))
    return tell("kpi_range", language, low=low, high=high)

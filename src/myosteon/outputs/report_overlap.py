"""The part of the report on overlap: who is found by which definitions, and how well each pair agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.cohort_summary import Agreement, Combination, DefinitionSummary, Overlap
from myosteon.outputs.report_charts import column_drawing, knot_drawing
from myosteon.outputs.report_tables import EMPTY, Cell, Matrix, Table
from myosteon.outputs.report_view import View, sort_by_share
from myosteon.outputs.small_cells import is_small

SHADES = (0.2, 0.4, 0.6, 0.8)  # where a kappa's ground turns darker; they grade the look, not the agreement


@dataclass(frozen=True, slots=True)
class CombinationChart:
    """Upright bars of the commonest combinations over a matrix of the definitions in them."""

    columns: tuple[Markup, ...]
    rows: tuple[tuple[str, tuple[Markup, ...]], ...]
    alt: str
    note: str


def combination_chart(
    overlap: Overlap, definitions: Sequence[DefinitionSummary], view: View
) -> CombinationChart | None:
    """The commonest combinations of definitions; None where nobody was found."""
    shown = _shown(overlap, view)
    if not shown:
        return None
    ordered = sort_by_share(definitions)
    most = max(combination.people for combination in shown)
    say, voice = view.voice.say, view.voice
    names = {definition.id: view.label(definition) for definition in definitions}
    values = [
        str(say("overlap.alt_value", people=voice.count(c.people), names=_joined(c.ids, names, view)))
        for c in shown
    ]
    return CombinationChart(
        columns=tuple(column_drawing(c.people, most, voice.count(c.people)) for c in shown),
        rows=tuple(
            (names[definition.id], tuple(_knot(place, ordered, c) for c in shown))
            for place, definition in enumerate(ordered)
        ),
        alt=str(say("overlap.alt", values=voice.join(values))),
        note=str(say("overlap.note")),
    )


def _shown(overlap: Overlap, view: View) -> list[Combination]:
    return [c for c in overlap.combinations if not (view.suppress and is_small(c.people))]


def _knot(place: int, ordered: Sequence[DefinitionSummary], combination: Combination) -> Markup:
    places = [row for row, definition in enumerate(ordered) if definition.id in combination.ids]
    return knot_drawing(place in places, places[0] < place <= places[-1], places[0] <= place < places[-1])


def _joined(ids: Sequence[str], names: dict[str, str], view: View) -> str:
    return str(view.voice.say("overlap.and")).join(names[id] for id in ids)


def overlap_sentence(overlap: Overlap, definitions: int, view: View) -> str:
    """How many are found by any and by all, and how many combinations are left out as too small."""
    say, voice = view.voice.say, view.voice
    if not overlap.found_by_any:
        return str(say("overlap.nobody"))
    gone = len(overlap.combinations) - len(_shown(overlap, view))
    dropped = f"{'' if voice.language == 'zh' else ' '}{say('overlap.dropped', count=gone)}" if gone else ""
    by_any = _told(overlap.found_by_any, view)
    if not overlap.found_by_all:
        return str(say("overlap.read_none", any=by_any, count=definitions)) + dropped
    by_all = _told(overlap.found_by_all, view)
    return str(say("overlap.read", any=by_any, count=definitions, all=by_all)) + dropped


def _told(people: int, view: View) -> str:
    return "<10" if view.suppress and is_small(people) else view.voice.count(people)


def combination_table(overlap: Overlap, definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """The combinations as a table."""
    names = {definition.id: view.label(definition) for definition in definitions}
    rows = tuple(
        (_joined(c.ids, names, view), view.voice.count(c.people), view.voice.percent(c.share))
        for c in _shown(overlap, view)
    )
    head = ("overlap.col_combination", "overlap.col_people", "overlap.col_share")
    return Table(tuple(str(view.voice.say(key)) for key in head), rows)


# --- agreement ----------------------------------------------------------------------------------------------------


def agreement_matrix(overlap: Overlap, definitions: Sequence[DefinitionSummary], view: View) -> Matrix | None:
    """The lower triangle of kappas; None where there are fewer than two definitions."""
    ordered = sort_by_share(definitions)
    if len(ordered) < 2:
        return None
    kappas = {frozenset((a.first, a.second)): a for a in overlap.agreements}
    rows = []
    for place, row in enumerate(ordered):
        cells = [_kappa_cell(kappas[frozenset((row.id, column.id))], view) for column in ordered[:place]]
        cells += [Cell("1", 4), *([EMPTY] * (len(ordered) - place - 1))]
        rows.append((view.label(row), tuple(cells)))
    return Matrix(tuple(view.label(definition) for definition in ordered), tuple(rows))


def _kappa_cell(agreement: Agreement, view: View) -> Cell:
    if agreement.kappa is None or _is_left_out(agreement, view):
        return Cell("–", 0)
    return Cell(view.voice.kappa(agreement.kappa), sum(agreement.kappa >= shade for shade in SHADES))


def _is_left_out(agreement: Agreement, view: View) -> bool:
    return view.suppress and (is_small(agreement.people) or is_small(agreement.both))


def agreement_sentence(overlap: Overlap, definitions: Sequence[DefinitionSummary], view: View) -> str:
    """Which two definitions are closest and which furthest; empty where there are fewer than two pairs."""
    known = [(a.kappa, a) for a in overlap.agreements if a.kappa is not None and not _is_left_out(a, view)]
    if len(known) < 2:
        return ""
    names = {definition.id: view.label(definition) for definition in definitions}
    (best, closest), (worst, furthest) = (
        max(known, key=lambda item: item[0]),
        min(known, key=lambda item: item[0]),
    )
    return str(
        view.voice.say(
            "agreement.read",
            best=view.voice.kappa(best),
            best_first=names[closest.first],
            best_second=names[closest.second],
            worst=view.voice.kappa(worst),
            worst_first=names[furthest.first],
            worst_second=names[furthest.second],
        )
    )


def agreement_table(overlap: Overlap, definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """Every pair with its people and kappa."""
    voice = view.voice
    names = {definition.id: view.label(definition) for definition in definitions}
    rows = []
    for a in overlap.agreements:
        if _is_left_out(a, view):
            numbers = (str(voice.say("page.suppressed")), "", "")
        else:
            numbers = (voice.count(a.people), voice.count(a.both), voice.kappa(a.kappa))
        rows.append((names[a.first], names[a.second], *numbers))
    head = ("col_first", "col_second", "col_people", "col_both", "col_kappa")
    return Table(tuple(str(voice.say(f"agreement.{name}")) for name in head), tuple(rows))

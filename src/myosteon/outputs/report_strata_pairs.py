"""The part of the report on strata together: who is at high or very high risk under which."""

from __future__ import annotations

from myosteon.outputs.report_tables import Cell, Matrix, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.small_cells import is_small
from myosteon.outputs.strata_summary import (
    Pair,
    StrataSummary,
)

SHADES = (0.25, 0.5, 0.75)  # of the people of a row, where its cells turn darker
DARKEST = 4


def pairs_matrix(summary: StrataSummary, view: View) -> Matrix | None:
    """How many of the people at high risk under one guideline are so under each other; None where there is but one."""
    if len(summary.strata) < 2:
        return None
    both = {frozenset((pair.first, pair.second)): pair.both for pair in summary.pairs}
    names = {one.asked.id: view.text(one.asked.evidence.label) for one in summary.strata}
    rows = []
    for row, name in names.items():
        cells = [
            Cell(view.number(summary.found[row]), DARKEST if summary.found[row] else 0)
            if row == column
            else _cell(both[frozenset((row, column))], summary.found[row], summary.found[column], view)
            for column in names
        ]
        rows.append((name, tuple(cells)))
    return Matrix(tuple(names.values()), tuple(rows))


def _cell(both: int, of_row: int, of_column: int, view: View) -> Cell:
    if view.suppress and any(is_small(people) for people in (both, of_row - both, of_column - both)):
        return Cell("–", 0)
    share = both / of_row if of_row else 0.0
    return Cell(view.voice.count(both), sum(share >= shade for shade in SHADES))


def pairs_table(summary: StrataSummary, view: View) -> Table:
    """Every two guidelines: people settled under both, high under both or one only, and kappa."""
    voice = view.voice
    names = {one.asked.id: view.text(one.asked.evidence.label) for one in summary.strata}
    rows = [(names[pair.first], names[pair.second], *_pair_cells(pair, view)) for pair in summary.pairs]
    head = ("first", "second", "settled", "both", "first_only", "second_only", "kappa")
    return Table(tuple(str(voice.say(f"strata_pairs.{name}")) for name in head), tuple(rows))


def _pair_cells(pair: Pair, view: View) -> tuple[str, ...]:
    voice = view.voice
    found = (pair.both, pair.first_only, pair.second_only)
    if view.suppress and any(is_small(people) for people in (*found, pair.settled - sum(found))):
        return (str(voice.say("page.suppressed")), "", "", "", "")
    return (*(voice.count(people) for people in (pair.settled, *found)), voice.kappa(pair.kappa))

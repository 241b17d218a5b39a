"""The lines that hold for a person as rows of the worklist: what cannot wait is one row, and each day has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import floor
from typing import Any

from myosteon.app.web.standing.lines import AGAIN, KINDS, URGENT, place_of
from myosteon.evidence.care_types import Line
from myosteon.outputs.plan_line_maker import columns_in
from myosteon.registry.standing import Standing

UNREADABLE = "treatments_unreadable"
VISIT = "visit_date"
Found = tuple[int, date | None, Line]


def standing_rows(
    row: Mapping[str, Any], lines: Iterable[Line], day: date, *, unreadable: bool = False
) -> tuple[Standing, ...]:
    """The rows of a person.

    Args:
        row: her columns as of the day: `line_ID`, `line_ID_wanted` of those behind the gate of a drug, and those that lines name.
        lines: the lines that may stand in the worklist.
        day: the day.
        unreadable: whether some course of a drug could not be read: silence would look as if nothing were due.
    """
    held = [line for line in lines if row.get(f"line_{line.id}") is True]
    found = [(place_of(line), _due(line, row, day), line) for line in held]
    urgent = [one for one in found if one[0] <= URGENT]
    told = {line.subject for _, _, line in urgent}
    held_up = [line for line in lines if _is_held_up(line, row) and line.subject not in told]
    urgent += [(place_of(line), _due(line, row, day), line) for line in held_up]
    days = {due for _, due, _ in urgent if due is not None}
    made = []
    if urgent or unreadable:
        # What falls due on the same day is told with what cannot wait.
        together = sorted(urgent, key=lambda one: (one[2] in held_up, one[0])) + [
            one for one in found if one[0] > URGENT and one[1] in days
        ]
        made.append(_urgent(together, held_up, row, day, unreadable))
    later: dict[tuple[int, date], list[Line]] = {}
    for place, due, line in found:
        if place > URGENT and due is not None and due not in days:
            later.setdefault((place, due), []).append(line)
    # Whoever comes again soonest is asked for the rest then.
    again = min((key for key in later if key[0] == AGAIN), default=None)
    for key in sorted(later):
        if key[0] != AGAIN or key == again:
            place, due = key
            late = due + timedelta(days=1)
            made.append(
                Standing(KINDS[place], place, later[key][0].id, due, late, _content(later[key], row, day))
            )
    return tuple(made)


def _is_held_up(line: Line, row: Mapping[str, Any]) -> bool:
    """Whether a drug is wanted at once, and what is not known or speaks against it holds it up."""
    return (
        bool(line.drug)
        and line.urgency == "urgent"
        and row.get(f"line_{line.id}_wanted") is True
        and row.get(f"line_{line.id}") is not True
    )


def _urgent(
    found: list[Found], held_up: list[Line], row: Mapping[str, Any], day: date, unreadable: bool
) -> Standing:
    place = min((place for place, _, _ in found), default=URGENT)
    due = min((due for rank, due, _ in found if rank <= URGENT and due is not None), default=None)
    content = _content([line for _, _, line in found], row, day)
    for kept, (_, _, line) in zip(content["lines"], found, strict=True):
        if line in held_up:
            kept["held_up"] = True
    if unreadable:
        content["lines"].append({"id": UNREADABLE, "values": {}})
    first = str(content["lines"][0]["id"])
    late = None if due is None else due + timedelta(days=1)
    return Standing(KINDS[place], place, first, due, late, content)


def _due(line: Line, row: Mapping[str, Any], day: date) -> date | None:
    """The day on which a line falls due; None: at once, or on a day that cannot be told."""
    if isinstance(line.due, str):
        days = row.get(line.due)
        return day + timedelta(days=floor(days)) if isinstance(days, int | float) else None
    seen = row.get(VISIT)
    # A plan counts from its own day; what was asked for at the last visit counts from that visit.
    if place_of(line) == AGAIN and isinstance(line.due, int | float) and isinstance(seen, date):
        return seen + timedelta(days=floor(line.due))
    return None


def _content(lines: Iterable[Line], row: Mapping[str, Any], day: date) -> dict[str, Any]:
    seen = row.get(VISIT)
    return {
        "on": day.isoformat(),
        "seen": seen.isoformat() if isinstance(seen, date) else None,
        "lines": [
            {"id": line.id, "values": {name: _plain(row.get(name)) for name in columns_in(line)}}
            for line in lines
        ],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

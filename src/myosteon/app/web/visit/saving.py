"""Saves one screen of a visit as one entry: what changed against what its editor had before them, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.app.web.call import Call
from myosteon.app.web.form.submission import Submission
from myosteon.app.web.refusals import Unusable
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.app.web.visit.record import VisitRecord, find_visit, state_at
from myosteon.registry.errors import Conflict
from myosteon.registry.measured import Measured
from myosteon.registry.visits import save_visit

SEEN, REASON = "seen", "reason"
MOST_REASON = 500
State = Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    Attributes:
        record: the visit as it stands now.
        changes: what was stored, or was to be stored where somebody else was first.
        conflict: whether somebody else was first; nothing was stored then.
        reason_missing: whether a correction lacks its reason; nothing was stored then.
    """

    record: VisitRecord
    changes: State
    conflict: bool = False
    reason_missing: bool = False


def seen_by(form: Mapping[str, str]) -> int:
    """The number of the entry that the editor had before them.

    Raises:
        Unusable: the form does not say it.
    """
    text = form.get(SEEN, "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unusable("error.unusable.says")
    return int(text)


def save_screen(call: Call, visit_id: str, sent: Submission, step: str) -> Saved:
    """Stores what differs from what the editor saw; nothing where nothing differs.

    Raises:
        NotFound: there is no such visit for who asks.
        Unusable: the form does not say what the editor saw.
    """
    seen, reason = seen_by(call.form), call.form.get(REASON, "").strip()[:MOST_REASON]
    with call.read() as connection:
        record = find_visit(call, connection, visit_id)
        before = record.visit.measures
        if seen != record.visit.number:
            before = state_at(connection, record.visit, seen)
    changes = sent.changes(before)
    if not changes:
        return Saved(record, {})
    if record.is_finished and not reason:
        return Saved(record, changes, reason_missing=True)
    try:
        with call.write() as write:
            save_visit(write, visit_id, seen, changes, step=step, reason=reason or None)
    except Conflict:
        return Saved(_again(call, visit_id), changes, conflict=True)
    if record.is_finished:
        refresh_standing(call, record.person.id)
    return Saved(_again(call, visit_id), changes)


def _again(call: Call, visit_id: str) -> VisitRecord:
    with call.read() as connection:
        return find_visit(call, connection, visit_id)

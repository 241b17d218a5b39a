"""The record of a person in words: what was saved, by whom, why; how often the record was opened; answers as given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from myosteon.app.web.person.voice import Say
from myosteon.app.web.wording import wording
from myosteon.registry.accounts import read_account
from myosteon.registry.audit import AuditLine
from myosteon.registry.fractures import fracture_entries
from myosteon.registry.people import person_entries
from myosteon.registry.results import Result
from myosteon.registry.treatments import treatment_entries
from myosteon.registry.visits import visit_entries

MOST_SHOWN = 25
OPENED = "opened"
CORRECTED = "corrected"
ENTRIES: Mapping[str, Callable[[Connection, str], Sequence[object]]] = {
    "person": person_entries,
    "visit": visit_entries,
    "treatment": treatment_entries,
    "fracture": fracture_entries,
}
KINDS = ("assessment", "plan")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line: when (for machines and in words), and what was done."""

    at: str
    moment: str
    said: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that was given: its day and what it is."""

    id: str
    day: str
    said: str


def record_lines(
    connection: Connection, lines: Sequence[AuditLine], say: Say, moment: Callable[[datetime], str]
) -> tuple[RecordLine, ...]:
    """The newest saves first, then one line for all openings."""
    names = _Names(connection, say)
    saves = [line for line in lines if line.action != OPENED][:MOST_SHOWN]
    shown = [
        RecordLine(line.at.isoformat(), moment(line.at), _said(connection, line, names, say))
        for line in saves
    ]
    opened = [line for line in lines if line.action == OPENED]
    if opened:
        last = opened[0]
        who = names.of(last.account_id)
        key = "person.opened_once" if len(opened) == 1 else "person.opened_times"
        count = {} if len(opened) == 1 else {"count": len(opened)}
        said = say(key, who=who, moment=moment(last.at), **count)
        shown.append(RecordLine(last.at.isoformat(), moment(last.at), said))
    return tuple(shown)


def kept_answers(
    results: Sequence[Result], say: Say, moment: Callable[[datetime], str]
) -> tuple[KeptAnswer, ...]:
    """Answers as they were given, the newest first."""
    return tuple(
        KeptAnswer(
            one.id,
            moment(one.made_at),
            say(
                "person.result_said",
                kind=kind_said(one.kind, say),
                rules=one.rules_version,
                evidence=one.evidence_version,
            ),
        )
        for one in results
    )


def kind_said(kind: str, say: Say) -> str:
    """What kind of answer it is."""
    return say(f"person.kind_{kind if kind in KINDS else 'other'}")


def _said(connection: Connection, line: AuditLine, names: _Names, say: Say) -> str:
    key = f"person.did.{line.kind}_{line.action}"
    who, number = names.of(line.account_id), line.detail.get("number", "")
    if key not in wording():
        return say("person.did.other", who=who)
    parts = {"who": who, "number": number}
    needed = {name: value for name, value in parts.items() if f"{{{name}}}" in wording()[key]["en"]}
    said = say(key, **needed)
    reason = _reason(connection, line) if line.action == CORRECTED else ""
    return say("person.reason", said=said, reason=reason) if reason else said


def _reason(connection: Connection, line: AuditLine) -> str:
    """Why a correction was made, as whoever made it wrote."""
    read = ENTRIES.get(line.kind)
    if read is None or line.thing_id is None:
        return ""
    entries = read(connection, line.thing_id)
    found = [entry for entry in entries if getattr(entry, "number", None) == line.detail.get("number")]
    return str(getattr(found[0], "reason", None) or "") if found else ""


class _Names:
    """The names of accounts, each asked for once."""

    def __init__(self, connection: Connection, say: Say) -> None:
        self._connection = connection
        self._known: dict[str | None, str] = {None: say("person.somebody")}

    def of(self, account_id: str | None) -> str:
        if account_id not in self._known and account_id is not None:
            self._known[account_id] = read_account(self._connection, account_id).shown_name
        return self._known[account_id]

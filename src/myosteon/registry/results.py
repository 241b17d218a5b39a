"""Answers as they were given: verdicts and plans, with the versions of the rules and of the evidence that gave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from myosteon.registry.audit import hash_of, record
from myosteon.registry.columns import new_id
from myosteon.registry.database import Write
from myosteon.registry.errors import NotThere
from myosteon.registry.schema import result

ASSESSMENT, PLAN = "assessment", "plan"


@dataclass(frozen=True, slots=True)
class Result:
    """One answer. `content` is JSON, word for word what was shown; `visit_number` is the entry of the visit that was judged."""

    id: str
    person_id: str
    visit_id: str | None
    visit_number: int | None
    kind: str
    as_of: date
    language: str
    rules_version: str
    evidence_version: str
    content: Any
    made_at: datetime
    made_by: str | None


def keep_result(
    write: Write,
    person_id: str,
    kind: str,
    content: Any,
    *,
    as_of: date,
    language: str,
    rules_version: str,
    evidence_version: str,
    visit_id: str | None = None,
    visit_number: int | None = None,
) -> str:
    """Keeps an answer as it was given; returns its identifier. `kind` is ASSESSMENT, PLAN or the page's own word.

    Raises:
        ValueError: `content` is no JSON.
    """
    kept = {
        "id": new_id(),
        "person_id": person_id,
        "visit_id": visit_id,
        "visit_number": visit_number,
        "kind": kind,
        "as_of": as_of,
        "language": language,
        "rules_version": rules_version,
        "evidence_version": evidence_version,
        "content": content,
    }
    by = {
        "made_at": write.now,
        "made_by": write.actor.account_id,
        "by_organisation_id": write.actor.organisation_id,
    }
    write.connection.execute(insert(result).values(**kept, **by))
    hashed = hash_of({**kept, "as_of": as_of.isoformat()})
    record(write, "kept", "result", kept["id"], person_id=person_id, detail={"kind": kind}, entry_hash=hashed)
    return str(kept["id"])


def read_result(connection: Connection, result_id: str) -> Result:
    """An answer as it was given.

    Raises:
        NotThere: there is none.
    """
    row = connection.execute(select(result).where(result.c.id == result_id)).one_or_none()
    if row is None:
        raise NotThere("result", result_id)
    return _result(row)


def results_of(
    connection: Connection, person_id: str, kind: str | None = None, limit: int = 100
) -> tuple[Result, ...]:
    """The answers about a person, the newest first."""
    asked = select(result).where(result.c.person_id == person_id)
    if kind is not None:
        asked = asked.where(result.c.kind == kind)
    newest = asked.order_by(result.c.made_at.desc(), result.c.id).limit(limit)
    return tuple(_result(row) for row in connection.execute(newest))


def result_of_visit(
    connection: Connection, visit_id: str, kind: str, language: str | None = None
) -> Result | None:
    """The last answer of a kind about a visit, in a language or in any; None where none was kept."""
    asked = select(result).where(result.c.visit_id == visit_id, result.c.kind == kind)
    if language is not None:
        asked = asked.where(result.c.language == language)
    newest = asked.order_by(result.c.made_at.desc(), result.c.id).limit(1)
    row = connection.execute(newest).one_or_none()
    return None if row is None else _result(row)


def hash_of_result(row: Any) -> str:
    """The hash that the audit keeps of an answer."""
    names = Result.__dataclass_fields__.keys() - {"made_at", "made_by"}
    values = {name: getattr(row, name) for name in names}
    return hash_of(values | {"as_of": row.as_of.isoformat()})


def _result(row: Any) -> Result:
    return Result(**{name: getattr(row, name) for name in Result.__dataclass_fields__})

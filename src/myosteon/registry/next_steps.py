"""What was decided after a screening: a next step that somebody wrote down, or a referral."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from myosteon.registry.database import Write
from myosteon.registry.results import keep_result
from myosteon.registry.schema import referral, result

NEXT_STEP = "next_step"


def write_next_step(
    write: Write,
    person_id: str,
    text: str,
    *,
    day: date,
    language: str,
    rules_version: str,
    evidence_version: str,
) -> str:
    """Writes down what comes next for a person, in somebody's own words; returns the identifier of the answer kept."""
    return keep_result(
        write,
        person_id,
        NEXT_STEP,
        {"text": text},
        as_of=day,
        language=language,
        rules_version=rules_version,
        evidence_version=evidence_version,
    )


def decided_on(connection: Connection, person_ids: Sequence[str], zone: ZoneInfo) -> dict[str, list[date]]:
    """The days in a time zone on which something was decided for each person; a referral that was withdrawn decides nothing."""
    written = select(result.c.person_id, result.c.as_of).where(
        result.c.person_id.in_(list(person_ids)), result.c.kind == NEXT_STEP
    )
    referred = select(referral.c.person_id, referral.c.made_at).where(
        referral.c.person_id.in_(list(person_ids)), referral.c.state != "withdrawn"
    )
    found: dict[str, list[date]] = {}
    for row in connection.execute(written):
        found.setdefault(row.person_id, []).append(row.as_of)
    for row in connection.execute(referred):
        found.setdefault(row.person_id, []).append(row.made_at.astimezone(zone).date())
    return found

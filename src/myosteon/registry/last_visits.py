"""When people were last seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, select

from myosteon.registry.schema import visit


def last_visits(connection: Connection, person_ids: Collection[str]) -> dict[str, date]:
    """The day of the last visit of each of some people, begun or finished, as far as there is one with a day."""
    asked = (
        select(visit.c.person_id, func.max(visit.c.day).label("last_day"))
        .where(visit.c.person_id.in_(list(person_ids)), visit.c.day.is_not(None))
        .group_by(visit.c.person_id)
    )
    return {row.person_id: row.last_day for row in connection.execute(asked)}

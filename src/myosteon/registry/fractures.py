"""Fractures of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from myosteon.errors import ValueRefused
from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of, seen_by
from myosteon.registry.errors import NotThere, ReasonMissing
from myosteon.registry.schema import fracture, fracture_entry
from myosteon.vocabulary.measures import load_measures

MEASURE = "fracture_"


@dataclass(frozen=True, slots=True)
class FractureFields:
    """One fracture. `site` is that of a measure `fracture_SITE` of the vocabulary (hip, vertebral, ...).

    `day` where it is known, else `year` and `month` as far as they are. `low_trauma` None is unknown. `withdrawn`: it was
    written down by mistake.
    """

    site: str
    day: date | None = None
    year: int | None = None
    month: int | None = None
    low_trauma: bool | None = None
    note: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Fracture:
    """A fracture as it stands after entry `number`, or that entry itself; `reason` is why it was corrected."""

    id: str
    person_id: str
    number: int
    fields: FractureFields
    made_at: datetime
    changed_at: datetime
    changed_by: str | None
    reason: str | None = None


def sites() -> tuple[str, ...]:
    """The sites that the vocabulary has a measure `fracture_SITE` for, in its order."""
    return tuple(
        name.removeprefix(MEASURE)
        for name, measure in load_measures().items()
        if name.startswith(MEASURE) and measure.type == "bool"
    )


def add_fracture(write: Write, person_id: str, given: FractureFields) -> str:
    """Adds a fracture; returns its identifier.

    Raises:
        ValueRefused: no site of the vocabulary, or a time that cannot be.
    """
    return add_thing(write, KIND, {"person_id": person_id}, _checked(given), person_id=person_id)


def correct_fracture(write: Write, fracture_id: str, seen: int, given: FractureFields, reason: str) -> int:
    """Saves a fracture as it now is (every field), behind entry `seen`; returns the number of the new entry.

    Raises:
        NotThere, Conflict, ReasonMissing: as for every entry.
        ValueRefused: as for `add_fracture`.
    """
    if not reason.strip():
        raise ReasonMissing("a correction says why it is made")
    kept = _checked(given)
    now = read_fracture(write.connection, fracture_id)
    return add_entry(
        write,
        KIND,
        fracture_id,
        seen,
        kept,
        reason=reason.strip(),
        person_id=now.person_id,
        action="corrected",
    )


def read_fracture(connection: Connection, fracture_id: str, until: datetime | None = None) -> Fracture:
    """A fracture as it is, or as it stood at a time.

    Raises:
        NotThere: there is none, or was none by then.
    """
    own = select(fracture.c.person_id).where(fracture.c.id == fracture_id)
    person_id = connection.execute(own).scalar()
    if person_id is None:
        raise NotThere("fracture", fracture_id)
    rows = seen_by(entries_of(connection, KIND, fracture_id), until)
    if not rows:
        raise NotThere("fracture", fracture_id)
    return _fracture(person_id, rows[0].made_at, rows[-1])


def fracture_entries(connection: Connection, fracture_id: str) -> tuple[Fracture, ...]:
    """Every save of a fracture, in order, each as it stood after it."""
    now = read_fracture(connection, fracture_id)
    rows = entries_of(connection, KIND, fracture_id)
    return tuple(_fracture(now.person_id, rows[0].made_at, row) for row in rows)


def fractures_of(
    connection: Connection, person_ids: str | Iterable[str], until: datetime | None = None
) -> tuple[Fracture, ...]:
    """The fractures of a person or of several, the earliest first (of unknown time before all); withdrawn ones too."""
    wanted = [person_ids] if isinstance(person_ids, str) else list(person_ids)
    asked = (
        select(fracture.c.person_id, fracture_entry)
        .join(fracture_entry, fracture_entry.c.fracture_id == fracture.c.id)
        .where(fracture.c.person_id.in_(wanted))
        .order_by(fracture_entry.c.fracture_id, fracture_entry.c.number)
    )
    found = []
    for _, own in groupby(connection.execute(asked), key=lambda row: row.fracture_id):
        rows = seen_by(list(own), until)
        if rows:
            found.append(_fracture(rows[0].person_id, rows[0].made_at, rows[-1]))
    return tuple(sorted(found, key=_when))


def _when(one: Fracture) -> tuple[Any, ...]:
    known = one.fields
    year, month = known.year or 0, known.month or 0
    return (one.person_id, year, month, known.day or date.min, one.made_at, one.id)


def _checked(given: FractureFields) -> dict[str, Any]:
    if given.site not in sites():
        raise ValueRefused("the fracture names no site of the vocabulary")
    values = asdict(given)
    if given.day is not None:
        values |= {"year": given.day.year, "month": given.day.month}
    if values["month"] is not None and (values["year"] is None or not 1 <= values["month"] <= 12):
        raise ValueRefused("a month is 1 to 12 and has its year")
    return values


def _fracture(person_id: str, made_at: datetime, row: Any) -> Fracture:
    known = FractureFields(**{one.name: getattr(row, one.name) for one in fields(FractureFields)})
    return Fracture(
        row.fracture_id, person_id, row.number, known, made_at, row.made_at, row.made_by, row.reason
    )


KIND = Kind("fracture", fracture, fracture_entry, read_fracture, fracture_entries)

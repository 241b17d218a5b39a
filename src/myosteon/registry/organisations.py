"""The clinics and hospitals of the registry: their tier and what they can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from myosteon.registry.database import Write
from myosteon.registry.entries import Kind, add_entry, add_thing, entries_of, seen_by
from myosteon.registry.errors import NotThere
from myosteon.registry.schema import organisation, organisation_entry


@dataclass(frozen=True, slots=True)
class OrganisationFields:
    """What is known of a clinic; `can` and `cannot` are capabilities beside those usual for its tier, `settings` is the pages' own."""

    name: str
    tier: int
    region: str = ""
    telephone: str = ""
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    chinese_medicine: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A clinic as it stands after entry `number`, saved at `changed_at`."""

    id: str
    number: int
    fields: OrganisationFields
    made_at: datetime
    changed_at: datetime
    changed_by: str | None


def add_organisation(write: Write, fields: OrganisationFields) -> str:
    """Adds a clinic; returns its identifier."""
    return add_thing(write, KIND, {}, asdict(fields), person_id=None)


def change_organisation(
    write: Write, organisation_id: str, seen: int, fields: OrganisationFields, reason: str | None = None
) -> int:
    """Saves a clinic as it now is, behind entry `seen`; returns the number of the new entry.

    Raises:
        NotThere, Conflict: as for every entry.
    """
    return add_entry(
        write, KIND, organisation_id, seen, asdict(fields), reason=reason, person_id=None, action="changed"
    )


def read_organisation(
    connection: Connection, organisation_id: str, until: datetime | None = None
) -> Organisation:
    """A clinic as it is, or as it was at a time.

    Raises:
        NotThere: there is none, or was none by then.
    """
    rows = seen_by(entries_of(connection, KIND, organisation_id), until)
    if not rows:
        raise NotThere("organisation", organisation_id)
    return _organisation(rows[0].made_at, rows[-1])


def organisations(connection: Connection) -> tuple[Organisation, ...]:
    """Every clinic as it is, by name; closed ones too."""
    entry = organisation_entry
    asked = (
        select(organisation.c.made_at.label("first"), entry)
        .join(
            entry, (entry.c.organisation_id == organisation.c.id) & (entry.c.number == organisation.c.latest)
        )
        .order_by(entry.c.name, entry.c.organisation_id)
    )
    return tuple(_organisation(row.first, row) for row in connection.execute(asked))


def _organisation(made_at: datetime, row: Any) -> Organisation:
    names = OrganisationFields.__dataclass_fields__
    values = {name: getattr(row, name) for name in names}
    fields = OrganisationFields(**values | {"can": tuple(row.can), "cannot": tuple(row.cannot)})
    return Organisation(row.organisation_id, row.number, fields, made_at, row.made_at, row.made_by)


def _entries(connection: Connection, organisation_id: str) -> tuple[Organisation, ...]:
    rows = entries_of(connection, KIND, organisation_id)
    return tuple(_organisation(rows[0].made_at, row) for row in rows)


KIND = Kind("organisation", organisation, organisation_entry, read_organisation, _entries)

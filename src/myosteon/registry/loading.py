"""Brings people and their visits from a file into the registry of a clinic, in batches, each of them whole or not at all.

    reading = read_table(Path("visits.csv"))
    loaded = load_people(database, actor, organisation_id, reading.frame)

What is in the registry already is not changed: a person is known by the clinic's identifier (`person_id` of the file), a
visit by its day. An import that was broken off may so be run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
from sqlalchemy import Connection, select

from myosteon.registry.audit import record
from myosteon.registry.bulk import insert_rows, much_memory
from myosteon.registry.columns import new_id, write_moment, write_record
from myosteon.registry.database import Actor, Database, Write
from myosteon.registry.digest import Digest
from myosteon.registry.measured import NOT_ENTERED
from myosteon.registry.name_words import search_words
from myosteon.registry.people import PersonFields
from myosteon.registry.schema import person, person_entry, person_search, person_word, visit, visit_entry
from myosteon.registry.search import keep_name_words
from myosteon.vocabulary.measures import load_measures

PERSON, VISIT = "person_id", "visit_date"
PEOPLE_AT_ONCE = 4_000
FURTHER = ("name", "birth_date", "birth_year", "telephone", "address", "language", "note")
"""Columns of a file, beside the measures, that say who somebody is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import did.

    Attributes:
        people: new people.
        known: people who were in the registry already.
        visits: new visits.
        there: visits left out, because their person has one of that day.
        unclear: people whose rows differ in sex or birth; it is unknown for them.
    """

    people: int = 0
    known: int = 0
    visits: int = 0
    there: int = 0
    unclear: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        names = [one.name for one in fields(Loaded)]
        return Loaded(*(getattr(self, name) + getattr(other, name) for name in names))


def load_people(
    database: Database, actor: Actor, organisation_id: str, frame: pl.DataFrame | pl.LazyFrame
) -> Loaded:
    """Adds the people and visits of a canonical frame, as readers give it, to a clinic; every visit is finished.

    Columns `name`, `birth_date`, `birth_year`, `telephone`, `address`, `language` and `note` are taken where they are there.

    Raises:
        DatabaseTrouble: the batches before are saved, nothing of this one is.
    """
    rows = frame.lazy().collect()
    rows = rows.with_columns(
        pl.col(PERSON).cast(pl.String),
        *([] if VISIT in rows.columns else [pl.lit(None, pl.Date).alias(VISIT)]),
    ).sort(PERSON, VISIT, nulls_last=False, maintain_order=True)
    loaded = Loaded()
    for batch in _batches(rows):
        with database.write(actor) as write, much_memory(write.connection):
            loaded += _load_batch(write, organisation_id, batch)
    return loaded


def _batches(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    starts = rows.select(pl.col(PERSON).ne_missing(pl.col(PERSON).shift()).fill_null(True))[PERSON].arg_true()
    places = [*starts.gather_every(PEOPLE_AT_ONCE), rows.height]
    for first, last in pairwise(places):
        yield rows[first:last]


def _load_batch(write: Write, organisation_id: str, rows: pl.DataFrame) -> Loaded:
    batch = _Batch(write, organisation_id)
    known = _known(write.connection, organisation_id, rows[PERSON].unique().to_list())
    days = _days(write.connection, list(known.values()))
    measures = sorted(name for name in rows.columns if name in load_measures() and name not in NOT_ENTERED)
    # With the person, for a file without a measure has rows all the same.
    values = rows.select(PERSON, *measures).with_columns(pl.selectors.enum().cast(pl.String)).iter_rows()
    visits: dict[str, list[tuple[date | None, dict[str, Any]]]] = {}
    for day, (who, *row) in zip(rows[VISIT], values, strict=True):
        kept = {name: value for name, value in zip(measures, row, strict=True) if value is not None}
        visits.setdefault(who, []).append((day, kept))
    unclear = 0
    for who, told in _people(rows).items():
        if who not in known:
            known[who] = batch.add_person(PersonFields(identifier=who, **told.fields))
            unclear += told.unclear
    there = 0
    for who, own in visits.items():
        seen = days.setdefault(known[who], set())
        for day, kept in own:
            there += day in seen
            if day not in seen:
                batch.add_visit(known[who], day, kept)
            seen.add(day)
    batch.write_down()
    people = len(batch.people)
    return Loaded(people, len(visits) - people, len(batch.visits), there, unclear)


@dataclass(frozen=True, slots=True)
class _Told:
    fields: dict[str, Any]
    unclear: bool


def _people(rows: pl.DataFrame) -> dict[str, _Told]:
    """What the rows of each person say of who it is: what they agree in."""
    names = [name for name in ("sex", *FURTHER) if name in rows.columns]
    told = rows.group_by(PERSON, maintain_order=True).agg(pl.col(names).drop_nulls().unique())
    found = {}
    for row in told.iter_rows(named=True):
        known = {name: _cell(name, row[name][0]) for name in names if len(row[name]) == 1}
        unclear = any(len(row[name]) > 1 for name in names if name in ("sex", "birth_date", "birth_year"))
        if isinstance(known.get("birth_date"), date):
            known["birth_year"] = known["birth_date"].year
        found[row[PERSON]] = _Told(
            {name: value for name, value in known.items() if value is not None}, unclear
        )
    return found


def _cell(name: str, value: Any) -> Any:
    if name == "birth_date":
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
        except ValueError:
            return None
    if name == "birth_year":
        text = str(value).strip().removesuffix(".0")
        return int(text) if text.isdecimal() else None
    return str(value).strip() or None


def _known(connection: Connection, organisation_id: str, identifiers: Sequence[str]) -> dict[str, str]:
    asked = select(person.c.identifier, person.c.id).where(
        person.c.organisation_id == organisation_id, person.c.identifier.in_(identifiers)
    )
    return {row.identifier: row.id for row in connection.execute(asked)}


def _days(connection: Connection, person_ids: Sequence[str]) -> dict[str, set[date | None]]:
    found: dict[str, set[date | None]] = {}
    asked = select(visit.c.person_id, visit.c.day).where(visit.c.person_id.in_(person_ids))
    for row in connection.execute(asked):
        found.setdefault(row.person_id, set()).add(row.day)
    return found


class _Batch:
    """Rows of some people, gathered and then written at once."""

    def __init__(self, write: Write, organisation_id: str) -> None:
        self._write = write
        self._organisation = organisation_id
        self._made = write_moment(write.now)
        self._by = (write.actor.account_id, write.actor.organisation_id)
        self._digest = Digest()
        self.people: list[tuple[Any, ...]] = []
        self._entries: list[dict[str, Any]] = []
        self._texts: list[tuple[str, str, str]] = []
        self._words: list[tuple[str, str]] = []
        self.visits: list[tuple[Any, ...]] = []
        self._saves: list[dict[str, Any]] = []

    def add_person(self, known: PersonFields) -> str:
        """A new person of the clinic; her identifier."""
        person_id = new_id()
        self.people.append((person_id, 1, self._made, self._by[0], self._organisation, known.identifier))
        entry = {one.name: _stored(getattr(known, one.name)) for one in fields(known)}
        self._entries.append(self._entry("person_id", person_id) | entry)
        text, words = search_words(known)
        self._texts.append((person_id, self._organisation, text))
        self._words += [(word, person_id) for word in words]
        return person_id

    def add_visit(self, person_id: str, day: date | None, measures: Mapping[str, Any]) -> None:
        """A new visit, finished."""
        visit_id, on = new_id(), _stored(day)
        self.visits.append(
            (visit_id, 1, self._made, self._by[0], person_id, self._organisation, on, "finished")
        )
        kept = {name: _stored(value) for name, value in measures.items()}
        save = {"day": on, "state": "finished", "step": None, "measures": kept}
        self._saves.append(self._entry("visit_id", visit_id) | save)

    def _entry(self, key: str, thing_id: str) -> dict[str, Any]:
        account_id, organisation_id = self._by
        return {
            key: thing_id,
            "number": 1,
            "made_at": self._made,
            "made_by": account_id,
            "by_organisation_id": organisation_id,
            "reason": None,
        }

    def write_down(self) -> None:
        """Writes all of it, and one line of the audit with the digest of the entries."""
        connection = self._write.connection
        insert_rows(
            connection,
            person,
            ("id", "latest", "made_at", "made_by", "organisation_id", "identifier"),
            self.people,
        )
        self._insert(person_entry, self._entries)
        insert_rows(connection, person_search, ("person_id", "organisation_id", "text"), self._texts)
        insert_rows(connection, person_word, ("word", "person_id"), sorted(self._words))
        keep_name_words(connection, (word for word, _ in self._words))
        names = ("id", "latest", "made_at", "made_by", "person_id", "organisation_id", "day", "state")
        insert_rows(connection, visit, names, self.visits)
        self._insert(visit_entry, self._saves)
        counts = {"people": len(self.people), "visits": len(self.visits)}
        record(
            self._write,
            "loaded",
            "organisation",
            self._organisation,
            detail={**counts, "digest": self._digest.text},
        )

    def _insert(self, table: Any, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            self._digest.add(entry)
            if "measures" in entry:
                entry["measures"] = write_record(entry["measures"])
        if entries:
            insert_rows(
                self._write.connection, table, list(entries[0]), (list(one.values()) for one in entries)
            )


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

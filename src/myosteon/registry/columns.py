"""How values lie in the database: the same text on SQLite and PostgreSQL, so that both sort, compare and hash alike."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 32
MOMENT_LENGTH = 27


def new_id() -> str:
    """A random identifier, fit for an address: 32 hexadecimal digits that say nothing about anybody."""
    return uuid4().hex


def write_moment(moment: datetime) -> str:
    """A time as text: UTC to the microsecond, always of one length, so that text sorts as time does.

    Raises:
        ValueError: the time has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is not a time")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text: str) -> datetime:
    """The time that `write_moment` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def write_record(value: object) -> str:
    """JSON with its keys in order and no blanks: one text for one content.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, kept as text."""

    impl = String(MOMENT_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text for the database."""
        return None if value is None else write_moment(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """An aware time in UTC."""
        return None if value is None else read_moment(value)


class Record(TypeDecorator[Any]):
    """JSON, kept as text."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Text for the database."""
        return None if value is None else write_record(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """What was kept."""
        return None if value is None else json.loads(value)


def own_id() -> Column[str]:
    """The identifier of a thing."""
    return Column("id", String(ID_LENGTH), primary_key=True)


def points_to(name: str, table: str, *, needed: bool = True, index: bool = False) -> Column[str]:
    """A column with the identifier of a thing of another table."""
    return Column(name, String(ID_LENGTH), ForeignKey(f"{table}.id"), nullable=not needed, index=index)

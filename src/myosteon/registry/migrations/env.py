"""What Alembic runs: the migrations, on the connection that it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from myosteon.registry.columns import Moment, Record
from myosteon.registry.schema import METADATA


def _plain(kind: str, thing: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration names plain types, so that it stays what it was when our own change."""
    if kind == "type" and isinstance(thing, Moment | Record):
        return f"sa.{thing.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=_plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

"""`myosteon rebuild-worklist`: what stands open for everybody, worked out anew."""

from __future__ import annotations

from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of


def rebuild(
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            help="A SQLite file, or postgresql://...; else MYOSTEON_DATABASE_URL, else myosteon.sqlite here.",
        ),
    ] = None,
    time_zone: Annotated[
        str, typer.Option("--time-zone", help="The clinic's time zone: which day it is there.")
    ] = "Asia/Shanghai",
    lang: Lang = None,
) -> None:
    """Work out anew what stands open for everybody; `myosteon serve` does it by itself each day."""
    # The registry's libraries load here: no other command waits for them.
    from myosteon.app.worklist_rebuild import rebuild_worklist

    rebuild_worklist(database, time_zone, language_of(lang))

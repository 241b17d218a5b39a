"""`myosteon measures`: everything that can be measured, with unit and range."""

from __future__ import annotations

from typing import Annotated

import typer


def show_measures(
    format: Annotated[str, typer.Option("--format", help="csv, json or md.")] = "csv",
) -> None:
    """List every measure: name, type, unit, ranges, labels, codes."""
    # The vocabulary loads only for the commands that need it.
    from myosteon.vocabulary.listing import list_measures

    print(list_measures(format), end="")

"""`myosteon demo`: makes people up and takes them the whole way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of


def run_demo(
    folder: Annotated[
        Path, typer.Option("--folder", help="Where to put the people, the results and the report.")
    ] = Path("demo"),
    people: Annotated[int, typer.Option("--people", min=50, help="How many.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same people.")] = 20261120,
    lang: Lang = None,
) -> None:
    """Make up a cohort, assess it, explain one person, and write a report and a picture."""
    # Everything loads here.
    from myosteon.app.demonstration import demonstrate

    demonstrate(folder, people, seed, language_of(lang))

"""`myosteon nhanes`: the CDC's files of one or more cycles as one canonical file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of


def convert_nhanes(
    directory: Annotated[
        Path, typer.Argument(help="Folder with the CDC's files: XPT as shipped, or CSV; .xz allowed.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write: .parquet, .csv or .tsv.")],
    cycle: Annotated[
        list[str] | None,
        typer.Option(
            "--cycle", help="Such as 2013-2014; may be given several times; else all that are there."
        ),
    ] = None,
    imputation: Annotated[
        int | None,
        typer.Option(
            "--imputation", min=1, max=5, help="Which completed set of the whole-body DXA of 1999-2006."
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Read NHANES into one file with the survey's weights, strata and units; every variable is documented in the manual."""
    # The reader loads Polars, and pyreadstat where files are XPT.
    from myosteon.app.nhanes_file import write_nhanes

    write_nhanes(directory, output, cycle, imputation, language_of(lang))

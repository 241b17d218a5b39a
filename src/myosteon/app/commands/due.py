"""`myosteon due`: whose next dose, review or follow-on drug is due or late."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import AbsentMeansNo, File, Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def list_due(
    file: File,
    treatments: Annotated[
        Path | None,
        typer.Option(
            "--treatments", help="Courses of bone drugs (CSV), one a row; else only what FILE says."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the list (2026-11-20); else today."),
    ] = None,
    within: Annotated[
        int, typer.Option("--within", min=0, help="Days ahead; what is late is always listed.")
    ] = 60,
    tier: Annotated[
        int | None, typer.Option("--tier", help="Tier of care of this clinic: 1, 2 or 3; else 1.")
    ] = None,
    clinic: Annotated[
        Path | None, typer.Option("--clinic", help="TOML file with tier, can, cannot; instead of --tier.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where to write: .csv .tsv .jsonl .parquet or .xlsx; else CSV on standard output.",
        ),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            "--history", help="Also write years, doses and time off of each drug, one row a person and drug."
        ),
    ] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """List what is due for whom about bone drugs, the most urgent first: late denosumab stands on top.

    People who have treatments and no visit are listed too.
    """
    # The engine loads Polars.
    from myosteon.app.due_run import DueQuestion, answer_due

    refused = answer_due(
        DueQuestion(
            file=file,
            treatments=treatments,
            as_of=as_of.date() if as_of else date.today(),
            within=within,
            tier=tier,
            clinic=clinic,
            output=output,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            language=language_of(lang),
            history=history,
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

"""`myosteon kpi`: the eleven key figures of a fracture liaison service over the people of a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import AbsentMeansNo, File, Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def count_kpi(
    file: File,
    expected_non_spine: Annotated[
        float | None,
        typer.Option(
            "--expected-non-spine", min=1, help="Non-spine fractures expected in the area; for figure 1."
        ),
    ] = None,
    expected_spine: Annotated[
        float | None,
        typer.Option("--expected-spine", min=1, help="Spine fractures expected in the area; for figure 2."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="Count the last visit by this day; else the last visit of each person as it stands.",
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Count the key figures of a fracture liaison service (IOF Capture the Fracture, 2020) over the people of FILE.

    The dates that they need are columns such as fracture_to_dxa_weeks (`myosteon measures` lists them).
    """
    # The engine loads Polars.
    from myosteon.app.kpi_run import KpiQuestion, answer_kpi

    given = {"non_spine": expected_non_spine, "spine": expected_spine}
    refused = answer_kpi(
        KpiQuestion(
            file=file,
            expected={name: number for name, number in given.items() if number is not None},
            format=format,
            output=output,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            language=language_of(lang),
            as_of=as_of.date() if as_of else None,
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

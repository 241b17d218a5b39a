"""`myosteon validate`: does a predicted risk hold in one's own people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import AbsentMeansNo, File, Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def validate_risk(
    file: File,
    risk: Annotated[
        str,
        typer.Option(
            "--risk",
            help="Column with the risk in per cent; or what an algorithm computes from the file, such as qfracture_hip.",
        ),
    ],
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="What is predicted, in words for the report.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            help="Column with the outcome: 0 no, 1 yes, 2 died before it. Else the column that --outcome names.",
        ),
    ] = None,
    time: Annotated[
        str | None,
        typer.Option(
            "--time",
            help="Column with years of follow-up. Left out: everybody was followed to a fixed time.",
        ),
    ] = None,
    horizon: Annotated[
        float | None, typer.Option("--horizon", help="Years that the risk looks ahead; needed with --time.")
    ] = None,
    subgroup: Annotated[
        list[str] | None,
        typer.Option(
            "--subgroup", help="Column of groups to judge each by itself; may be given several times."
        ),
    ] = None,
    threshold: Annotated[
        list[float] | None,
        typer.Option(
            "--threshold",
            help="Risk in per cent from which one would act, for the table of net benefit; may be given several times.",
        ),
    ] = None,
    points: Annotated[
        bool,
        typer.Option("--points", help="The column is a score, not a percentage: only its order is judged."),
    ] = False,
    drawn_by_outcome: Annotated[
        bool,
        typer.Option(
            "--drawn-by-outcome", help="People were drawn by their outcome, as in a case-control study."
        ),
    ] = False,
    bootstraps: Annotated[
        int, typer.Option("--bootstraps", min=0, max=100_000, help="How often to draw.")
    ] = 200,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same intervals.")] = 1,
    recalibrate: Annotated[
        str | None,
        typer.Option(
            "--recalibrate", help="Save the intercept and slope found here as NAME.toml.", metavar="NAME"
        ),
    ] = None,
    apply: Annotated[
        Path | None, typer.Option("--apply", help="Recalibrate the risk by this file before judging it.")
    ] = None,
    note: Annotated[
        str, typer.Option("--note", help="What a reader must know of the data; stands in the report.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Everything found, as JSON; - for standard output.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="A report with pictures, as one HTML file.")
    ] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Judge a predicted risk by what became of the people of FILE: discrimination, calibration, accuracy, usefulness."""
    # NumPy and Polars load here.
    from myosteon.app.validation import Validation, run_validation

    refused = run_validation(
        Validation(
            file=file,
            risk=risk,
            outcome=outcome,
            event=event,
            time=time,
            horizon=horizon,
            subgroups=tuple(subgroup or ()),
            thresholds=tuple(threshold or ()),
            points=points,
            by_outcome=drawn_by_outcome,
            draws=bootstraps,
            seed=seed,
            recalibrate=recalibrate,
            apply=apply,
            note=note,
            output=output,
            report=report,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            language=language_of(lang),
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

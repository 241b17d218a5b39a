"""`myosteon assess`: every person of a file under every definition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import (
    AbsentMeansNo,
    AcceptEstimatedMass,
    ClampRiskInputs,
    Definitions,
    File,
    Lang,
    Rename,
    SexCodes,
    Sheet,
    Strict,
    TScores,
)
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def assess_file(
    file: File,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where to write: .csv .tsv .jsonl .parquet or .xlsx; - for CSV on standard output.",
        ),
    ] = None,
    definition: Definitions = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            help="contract, verdicts (the contract's and what else the file allows), criteria (each on the way) or all.",
        ),
    ] = "verdicts",
    results_only: Annotated[
        bool,
        typer.Option(
            "--results-only", help="Leave the columns of the file out, but person_id and visit_date."
        ),
    ] = False,
    risk: Annotated[
        bool,
        typer.Option(
            "--risk", help="Also compute every risk: fracture, falls, death (`myosteon risk list`)."
        ),
    ] = False,
    strata: Annotated[
        bool, typer.Option("--strata", help="Also judge the strata of fracture risk of six guidelines.")
    ] = False,
    clamp_risk_inputs: ClampRiskInputs = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Also write a report of the cohort as one HTML file.")
    ] = None,
    weight: Annotated[
        str | None,
        typer.Option("--weight", help="Column with a survey weight, for the summary and the report."),
    ] = None,
    stratum: Annotated[str | None, typer.Option("--stratum", help="Column with the survey stratum.")] = None,
    psu: Annotated[str | None, typer.Option("--psu", help="Column with the primary sampling unit.")] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="polars, duckdb or spark; the answers are equal.")
    ] = "polars",
    refusals: Annotated[
        Path | None, typer.Option("--refusals", help="Write the refused values to this CSV file.")
    ] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    accept_estimated_mass: AcceptEstimatedMass = False,
    t_scores_by: TScores = "",
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Judge every person of FILE under every definition, and end with a summary."""
    # The engine and Polars load here: `myosteon --help` needs neither.
    from myosteon.app.assessment import Assessment, run_assessment

    refused = run_assessment(
        Assessment(
            file=file,
            output=output,
            definitions=tuple(definition) if definition else None,
            columns=columns,
            results_only=results_only,
            report=report,
            design=(weight, stratum, psu),
            engine=engine,
            refusals=refusals,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            settings=(accept_estimated_mass, t_scores_by, clamp_risk_inputs),
            further=(risk, strata),
            language=language_of(lang),
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

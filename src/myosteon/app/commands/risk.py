"""`myosteon risk`: which risk algorithms there are, and one of them for every person of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import AbsentMeansNo, ClampRiskInputs, Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3
LIST = "list"


def compute_risk(
    algorithm: Annotated[
        str, typer.Argument(help="Id of an algorithm, such as qfracture2012; or the word list.")
    ],
    file: Annotated[
        Path | None, typer.Argument(help="People, as for `assess`. Not for list.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where to write: .csv .tsv .jsonl .parquet or .xlsx; - for CSV on standard output.",
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="Of the list: text, json or csv.")] = "text",
    clamp_risk_inputs: ClampRiskInputs = False,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="qfracture2012 only: FILE has the raw columns of the reference program."),
    ] = False,
    years: Annotated[
        int | None,
        typer.Option(
            "--years", help="qfracture2012 only: a horizon of 1 to 18 years; else 10, or column surv."
        ),
    ] = None,
    refusals: Annotated[
        Path | None, typer.Option("--refusals", help="Write the refused values to this CSV file.")
    ] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """`risk list` tells of every algorithm, also of those that cannot be run and why. `risk ALGORITHM FILE` runs one."""
    language = language_of(lang)
    if algorithm == LIST:
        # The rules load Polars.
        from myosteon.app.risk_list import show_catalogue

        show_catalogue(format, output, language)
        return
    # The engine and Polars load here: `myosteon --help` needs neither.
    from myosteon.app.risk_raw import RawQuestion, run_raw
    from myosteon.app.risk_run import RiskQuestion, named_file, run_risk

    file = named_file(algorithm, file)
    if raw:
        refused = run_raw(RawQuestion(algorithm, file, output, years, clamp_risk_inputs, language))
    else:
        reading = ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet)
        refused = run_risk(
            RiskQuestion(algorithm, file, output, years, clamp_risk_inputs, refusals, reading, language)
        )
    if refused:
        raise typer.Exit(REFUSED)

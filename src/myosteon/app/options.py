"""The options that several commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[
    Path,
    typer.Argument(help="People: CSV, TSV, Excel, Parquet, JSON lines, SAS XPT or sas7bdat, Stata or SPSS."),
]
SexCodes = Annotated[
    str | None, typer.Option("--sex-codes", help="What numbers in `sex` mean, e.g. 1=male,2=female.")
]
Rename = Annotated[
    Path | None,
    typer.Option("--rename", help="CSV with columns from,to: names of the file and of the vocabulary."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse the whole file where one value is refused.")]
AbsentMeansNo = Annotated[
    bool,
    typer.Option(
        "--absent-means-no",
        help="Read an unknown history (fractures, diseases, drugs) as no, as a health record means it.",
    ),
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook, by name or number from 1.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or zh; else the language of the environment.")]
Definitions = Annotated[
    list[str] | None,
    typer.Option("--definition", "-d", help="Only this definition; may be given several times."),
]
AcceptEstimatedMass = Annotated[
    bool,
    typer.Option(
        "--accept-estimated-mass",
        help="Judge a muscle mass estimated from body size by the cut-off made for DXA.",
    ),
]
TScores = Annotated[
    str,
    typer.Option(
        "--t-scores-by",
        help="Where a bone density has no T-score, compute it by this reference: nhanes3 (Hologic) or china. Else it stays unknown.",
    ),
]
ClampRiskInputs = Annotated[
    bool,
    typer.Option(
        "--clamp-risk-inputs",
        help="Take a number outside the range of a risk algorithm at the limit of the range, and say so. Else it gives no number.",
    ),
]

"""`myosteon explain`: why a verdict, down to the measured values and their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import (
    AbsentMeansNo,
    AcceptEstimatedMass,
    ClampRiskInputs,
    File,
    Lang,
    Rename,
    SexCodes,
    Sheet,
    TScores,
)
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of


def explain_person(
    file: File,
    person: Annotated[
        str | None, typer.Option("--person", help="person_id; may be left out where the file has one row.")
    ] = None,
    visit: Annotated[str | None, typer.Option("--visit", help="visit_date; else the latest visit.")] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="Any column of the results; else every definition.")
    ] = None,
    risk: Annotated[
        str | None,
        typer.Option("--risk", help="Every answer of this risk algorithm (`myosteon risk list` names them)."),
    ] = None,
    why_differ: Annotated[
        bool, typer.Option("--why-differ", help="Why the definitions disagree about this person.")
    ] = False,
    format: Annotated[str, typer.Option("--format", help="text, json or html.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    absent_means_no: AbsentMeansNo = False,
    accept_estimated_mass: AcceptEstimatedMass = False,
    clamp_risk_inputs: ClampRiskInputs = False,
    t_scores_by: TScores = "",
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Explain the verdicts on one person of FILE: each criterion with value, cut-off, source; and what to measure next.

    Of a risk: what each input adds to it, and what changing one thing would do.
    """
    # The engine loads Polars.
    from myosteon.app.explanation import Question, answer_question

    answer_question(
        Question(
            file=file,
            person=person,
            visit=visit,
            verdict=verdict,
            risk=risk,
            why_differ=why_differ,
            format=format,
            output=output,
            reading=ReadingOptions(sex_codes, rename, False, absent_means_no, sheet),
            settings=(accept_estimated_mass, t_scores_by, clamp_risk_inputs),
            language=language_of(lang),
        )
    )

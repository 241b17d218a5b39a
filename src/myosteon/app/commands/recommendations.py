"""`myosteon recommendations`: what guidelines say of one person, what they disagree on, what is missing."""

from __future__ import annotations

from datetime import date, datetime
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
    Strict,
    TScores,
)
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def judge_recommendations(
    file: File,
    treatments: Annotated[
        Path | None, typer.Option("--treatments", help="Courses of bone drugs (CSV), one a row.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of judging (2026-11-20); else today."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", help="Only this person_id; needed for text and html of a cohort."),
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", help="Only this question; `guidelines questions` lists them.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", help="text, json (one person a line) or html; csv too with --summary.")
    ] = "text",
    region: Annotated[
        str, typer.Option("--region", help="Sources of this region stand first: CN, US, EU, UK, CA, AU, JP.")
    ] = "CN",
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of a corpus of recommendations in place of ours.")
    ] = None,
    not_applied: Annotated[
        bool,
        typer.Option("--not-applied", help="Also list every recommendation that was not applied, and why."),
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Count over all people: recommendations and verdicts.")
    ] = False,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--between", help="Two sources: how many would one treat and the other not (--question)."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    accept_estimated_mass: AcceptEstimatedMass = False,
    clamp_risk_inputs: ClampRiskInputs = False,
    t_scores_by: TScores = "",
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Say of each recommendation whether it applies to a person, and of each question whether guidelines agree.

    A dispute is shown with both sides and never decided. What a person's own facts settle is said with the numbers on which it
    hangs. Verdicts rest on texts that were read; unchecked ones are shown apart.
    """
    # The engine loads Polars.
    from myosteon.app.recommending import RecommendationQuestion, answer_recommendations

    refused = answer_recommendations(
        RecommendationQuestion(
            file=file,
            treatments=treatments,
            as_of=as_of.date() if as_of else date.today(),
            person=person,
            question=question,
            format=format,
            region=region,
            corpus=corpus,
            not_applied=not_applied,
            summary=summary,
            between=between,
            output=output,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            settings=(accept_estimated_mass, t_scores_by, clamp_risk_inputs),
            language=language_of(lang),
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

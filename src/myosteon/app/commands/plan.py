"""`myosteon plan`: what to do for each person of a file, at this clinic, from this day on."""

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


def plan_care(
    file: File,
    treatments: Annotated[
        Path | None,
        typer.Option(
            "--treatments", help="Courses of bone drugs (CSV), one a row; else only what FILE says."
        ),
    ] = None,
    tier: Annotated[
        int | None, typer.Option("--tier", help="Tier of care of this clinic: 1, 2 or 3; else 1.")
    ] = None,
    clinic: Annotated[
        Path | None,
        typer.Option(
            "--clinic",
            help="TOML file with tier, name, telephone, can, cannot, chinese_medicine; instead of --tier.",
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the plan (2026-11-20); else today."),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Only this person_id; needed for html and pdf of a cohort.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", help="text, json (one plan a line), html or pdf.")
    ] = "text",
    handout: Annotated[
        bool, typer.Option("--handout", help="The page for the person instead of the clinician's note.")
    ] = False,
    suppressed: Annotated[
        bool, typer.Option("--suppressed", help="Also list the lines that are kept out, and by what.")
    ] = False,
    not_applied: Annotated[
        bool,
        typer.Option("--not-applied", help="Also list every recommendation that was not applied, and why."),
    ] = False,
    chinese_medicine: Annotated[
        bool | None,
        typer.Option(
            "--chinese-medicine/--no-chinese-medicine",
            help="Offer Chinese medicine by the recorded pattern or not; else as --clinic says, else yes. "
            "What is taken is judged all the same.",
        ),
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of a corpus of recommendations in place of ours.")
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
    """Plan the care of each person of FILE: drugs and their clock, tests, food, exercise, falls, referral, follow-up.

    Each line has its source and how far it was checked. What could not be judged is listed with what it needs. No drug is
    offered while a reason against it is unknown.
    """
    # The engine loads Polars.
    from myosteon.app.planning import PlanQuestion, answer_plan

    refused = answer_plan(
        PlanQuestion(
            file=file,
            treatments=treatments,
            tier=tier,
            clinic=clinic,
            as_of=as_of.date() if as_of else date.today(),
            person=person,
            format=format,
            handout=handout,
            suppressed=suppressed,
            output=output,
            reading=ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet),
            settings=(accept_estimated_mass, t_scores_by, clamp_risk_inputs),
            language=language_of(lang),
            not_applied=not_applied,
            chinese_medicine=chinese_medicine,
            corpus=corpus,
        )
    )
    if refused:
        raise typer.Exit(REFUSED)

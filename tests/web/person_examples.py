"""The worked people of docs/examples as the person page takes them, and made-up visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.app.clinic_file import clinic_for
from myosteon.app.visits import no_courses
from myosteon.app.web.person.history import Course, PersonHistory, with_every_measure
from myosteon.app.web.person.judge import PersonJudge, person_judge
from myosteon.app.web.person.view import MedicalView, medical_view
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.wording import say
from myosteon.history import Treatments, read_treatments
from myosteon.readers.table import read_table
from myosteon.vocabulary.types import Language

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
DAY = date(2026, 11, 20)
PEOPLE = tuple(f"P{number:02}" for number in range(1, 15))
DEFINITION = "awgs2019"


@cache
def everybody() -> pl.DataFrame:
    return read_table(FOLDER / "people.csv").frame.collect()


@cache
def treatments() -> Treatments:
    return read_treatments(FOLDER / "treatments.csv")


def history_of(person: str) -> PersonHistory:
    rows = treatments().courses.filter(pl.col("person_id") == person)
    courses = tuple(
        Course(
            str(row["row"]),
            row["drug"],
            row["start_date"],
            row["stop_date"],
            row["last_dose_date"],
            row["doses"],
            row["dose"] or "",
        )
        for row in rows.to_dicts()
    )
    return PersonHistory(everybody().filter(pl.col("person_id") == person), Treatments(rows, ()), courses)


def judge_in(language: Language) -> PersonJudge:
    return person_judge(clinic_for(1, None), DAY, language)


def voice_in(language: Language) -> Voice:
    return Voice(language, lambda key, **parts: say(key, language, **parts))


def view_of(history: PersonHistory, language: Language = "en") -> MedicalView:
    view, _ = medical_view(history, judge_in(language), DEFINITION, voice_in(language))
    assert view is not None
    return view


def made_up(visits: Sequence[Mapping[str, Any]]) -> PersonHistory:
    """A woman of 75 with these visits and no drugs; what a visit does not name is unknown."""
    rows = [{"person_id": "X", "sex": "female", "age_years": 75.0, **visit} for visit in visits]
    return PersonHistory(with_every_measure(pl.DataFrame(rows)), no_courses())

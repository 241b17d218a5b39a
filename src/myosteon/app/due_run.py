"""Answers `myosteon due`: reads people and treatments, and writes what is due for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from myosteon.app.clinic_file import clinic_for
from myosteon.app.courses import say_courses
from myosteon.app.due_list import list_due
from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_results, write_text
from myosteon.app.screen import Language, say
from myosteon.app.texts import tell
from myosteon.app.visits import no_courses
from myosteon.history import Treatments, as_of, drug_totals, read_treatments
from myosteon.history.drug_names import DRUG
from myosteon.history.visits import visits_until


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """What was asked of `myosteon due`: what is due by `within` days after the day, and all that is late.

    `history` is where the years and doses of each drug are written, None for nowhere.

    Without `treatments` only what the visits say of drugs counts.
    """

    file: Path
    treatments: Path | None
    as_of: date
    within: int
    tier: int | None
    clinic: Path | None
    output: Path | None
    reading: ReadingOptions
    language: Language
    history: Path | None = None


def answer_due(asked: DueQuestion) -> bool:
    """Writes the list; returns whether values of a file were refused.

    Raises:
        MyosteonError: a file cannot be used.
    """
    clinic = clinic_for(asked.tier, asked.clinic)
    reading = read_people(asked.file, asked.reading)
    treatments = read_treatments(asked.treatments) if asked.treatments else no_courses()
    say_what_was_read(reading, asked.language)
    visits = reading.frame.collect()
    people = as_of(visits, treatments, asked.as_of, without_visit=True)
    not_used = _say_of_treatments(asked, treatments, visits)
    found = list_due(people, treatments, clinic, asked.as_of, asked.within, asked.language)
    _say_summary(asked, people, found)
    if asked.history is not None:
        write_results(drug_totals(treatments, asked.as_of).lazy(), asked.history)
    if asked.output is None or str(asked.output) == "-":
        write_text(found.write_csv(), None)
    else:
        write_results(found.lazy(), asked.output)
    return bool(reading.refused_in_all or not_used)


def _say_of_treatments(asked: DueQuestion, treatments: Treatments, visits: pl.DataFrame) -> bool:
    """What could not be used of the treatments, and where there are none; returns whether something could not."""
    if asked.treatments is None:
        if DRUG not in visits.columns:
            say(tell("due_nothing_known", asked.language))
        return False
    if treatments.courses.is_empty():
        say(tell("due_no_courses", asked.language, file=asked.treatments.name))
    seen = visits_until(visits, asked.as_of)["person_id"].to_list()
    return say_courses(treatments, seen, asked.as_of, asked.language)


def _say_summary(asked: DueQuestion, people: pl.DataFrame, found: pl.DataFrame) -> None:
    unknown = people[DRUG].null_count() if DRUG in people.columns else people.height
    say(
        tell(
            "due_summary",
            asked.language,
            people=people.height,
            day=asked.as_of.isoformat(),
            listed=found["person_id"].n_unique(),
            urgent=found.filter(pl.col("urgency") == "urgent")["person_id"].n_unique(),
            unknown=unknown,
        )
    )

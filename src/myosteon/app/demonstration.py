"""The demonstration: made-up people from file to report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from myosteon.app.assessment import Assessment, run_assessment
from myosteon.app.clinic_file import clinic_for
from myosteon.app.demo_cohort import write_demo_cohort
from myosteon.app.demo_numbers import load_demo_numbers
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.demo_visits import write_demo_visits
from myosteon.app.due_list import list_due
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language, say
from myosteon.app.texts import tell
from myosteon.history import as_of, read_treatments
from myosteon.readers.table import read_table

LOOK_AHEAD = 60
FIRST_SAID = 3


def demonstrate(folder: Path, people: int, seed: int, language: Language) -> None:
    """Makes people up, judges them, and lists what is due for whom.

    Writes into `folder`: `people.csv`, the last visit of each; `visits.csv`, all visits; `treatments.csv`; `results.parquet`
    and `report.html` of the last visits; `due.csv`. Prints the summary.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file, visits, treatments = (folder / name for name in ("people.csv", "visits.csv", "treatments.csv"))
    write_demo_cohort(file, people, seed)
    courses = write_demo_treatments(file, treatments, seed)
    seen = write_demo_visits(file, treatments, visits, seed)
    say(tell("demo_made", language, people=f"{people:,}", file=file))
    say(
        tell(
            "demo_history", language, visits=f"{seen:,}", courses=courses, file=visits, treatments=treatments
        )
    )
    run_assessment(
        Assessment(
            file=file,
            output=folder / "results.parquet",
            definitions=None,
            columns="verdicts",
            results_only=False,
            report=folder / "report.html",
            design=(None, None, None),
            engine="polars",
            refusals=folder / "refused.csv",
            reading=ReadingOptions(),
            settings=(False, "", False),
            further=(False, False),
            language=language,
        )
    )
    _list_due(visits, treatments, folder / "due.csv", language)


def _list_due(visits: Path, treatments: Path, output: Path, language: Language) -> None:
    """What is due on the last day on which anybody was seen."""
    day = date.fromisoformat(load_demo_numbers().table["visits"]["last"])
    courses = read_treatments(treatments)
    people = as_of(read_table(visits).frame, courses, day, without_visit=True)
    listed = list_due(people, courses, clinic_for(None, None), day, LOOK_AHEAD, language)
    listed.write_csv(output)
    urgent = listed.filter(pl.col("urgency") == "urgent")["person_id"].n_unique()
    parts = {
        "file": output,
        "day": day.isoformat(),
        "people": listed["person_id"].n_unique(),
        "urgent": urgent,
    }
    say(tell("demo_due", language, **parts))
    for row in listed.head(FIRST_SAID).iter_rows(named=True):
        say(f"  {row['person_id']}  {row['what']}  {row['due_date'] or ''}")

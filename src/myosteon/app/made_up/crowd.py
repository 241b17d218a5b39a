"""The made-up crowd of the three clinics: drawn like the people of the demonstration, with names, and moved to end these days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from myosteon.app.demo_cohort import write_demo_cohort
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.demo_visits import write_demo_visits
from myosteon.app.made_up.told import told
from myosteon.history import read_treatments
from myosteon.history.courses_until import days_in_a_year
from myosteon.readers.table import read_table

DAYS = ("start_date", "stop_date", "last_dose_date")


@dataclass(frozen=True, slots=True)
class MadeUpCrowd:
    """Visits in canonical columns with `name`, `birth_date` and `clinic` (the key of one of ours), and courses of drugs."""

    visits: pl.DataFrame
    courses: pl.DataFrame

    def visits_at(self, clinic: str) -> pl.DataFrame:
        """The visits of the people of one clinic."""
        return self.visits.filter(pl.col("clinic") == clinic).drop("clinic")

    def courses_at(self, clinic: str) -> pl.DataFrame:
        """The courses of the people of one clinic."""
        return self.courses.join(
            self.visits_at(clinic).select("person_id").unique(), on="person_id", how="semi"
        )


def make_crowd(last_day: date) -> MadeUpCrowd:
    """Draws the crowd so that its last visit falls on `last_day`; the same people each time."""
    numbers = told().crowd
    with TemporaryDirectory() as folder:
        people, courses, visits = (
            Path(folder) / name for name in ("people.csv", "courses.csv", "visits.csv")
        )
        write_demo_cohort(people, numbers["people"], numbers["seed"])
        write_demo_treatments(people, courses, numbers["seed"])
        write_demo_visits(people, courses, visits, numbers["seed"])
        seen = read_table(visits).frame.collect()
        taken = read_treatments(courses).courses
    later = pl.duration(days=(last_day - _last(seen)).days)
    seen = seen.with_columns(pl.col("visit_date") + later, _clinic(numbers["places"]).alias("clinic"))
    seen = seen.join(_who(seen, numbers["seed"]), on="person_id", how="left")
    return MadeUpCrowd(seen, taken.with_columns(pl.col(*DAYS) + later))


def _last(seen: pl.DataFrame) -> date:
    last = seen["visit_date"].max()
    assert isinstance(last, date)
    return last


def _clinic(places: Mapping[str, Sequence[str]]) -> pl.Expr:
    """Which of our clinics the place of the demonstration becomes."""
    kinds = {kind: clinic for clinic, own in places.items() for kind in own}
    return pl.col("clinic").str.split(" ").list.first().replace_strict(kinds)


def _who(seen: pl.DataFrame, seed: int) -> pl.DataFrame:
    """A name and a day of birth for each person, as old at the last visit as the visit says."""
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    last = seen.sort("visit_date").group_by("person_id").last().sort("person_id")
    rows = [
        {
            "person_id": row["person_id"],
            "name": _name(str(row["sex"]), rng),
            "birth_date": _born(row["visit_date"], row["age_years"], rng),
        }
        for row in last.select("person_id", "sex", "visit_date", "age_years").iter_rows(named=True)
    ]
    return pl.DataFrame(rows, {"person_id": pl.String, "name": pl.String, "birth_date": pl.Date})


def _name(sex: str, rng: np.random.Generator) -> str:
    names = told().names

    def one(of: str) -> str:
        return str(names[of][int(rng.integers(len(names[of])))])

    given = "male" if sex == "male" else "female"
    if rng.random() < names["english_share"]:
        return f"{one(f'english_{given}')} {one('english_family')}"
    return one("family") + one(given)


def _born(day: date, age: Any, rng: np.random.Generator) -> date | None:
    if age is None:
        return None
    return day - timedelta(days=int((float(age) + rng.uniform(0.05, 0.95)) * days_in_a_year()))

"""Which of the clinic's people a cohort is about. The steps are coarse, so that two cohorts seldom differ by one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

import polars as pl
from sqlalchemy import Connection

from myosteon.app.web.refusals import Unusable
from myosteon.history import as_of
from myosteon.history.treatments import read_courses
from myosteon.registry.frames import people_frame
from myosteon.registry.people import count_people
from myosteon.registry.treatments import courses_frame, treatments_of

AGES = ("40", "50", "60", "65", "70", "75", "80")
SEXES = ("female", "male")
YEARS = ("1", "2", "5")
# A person without a treatment has none in this list; the database takes so many at once.
AT_ONCE = 5_000
# A visit takes half a millisecond to read; for more there is `myosteon assess` over an export.
MOST_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What people have in common: age in years, sex, and the last visit within some years. Empty: everybody."""

    age_from: str = ""
    age_to: str = ""
    sex: str = ""
    seen: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Choice:
        """What was asked; what is none of the steps counts as not asked."""
        steps = {"age_from": AGES, "age_to": AGES, "sex": SEXES, "seen": YEARS}
        return cls(**{name: asked[name] for name, known in steps.items() if asked.get(name) in known})

    def as_query(self) -> str:
        """The same for an address."""
        told = {"age_from": self.age_from, "age_to": self.age_to, "sex": self.sex, "seen": self.seen}
        return urlencode({name: value for name, value in told.items() if value})


def choose_people(connection: Connection, organisation_id: str, choice: Choice, day: date) -> pl.DataFrame:
    """The people of a clinic as of a day, one row each: the last finished visit, with what courses of drugs tell.

    Somebody of whom it is unknown whether the choice fits is left out of it.

    Raises:
        Unusable: the clinic has more people than a page can count while somebody waits.
    """
    if count_people(connection, organisation_id) > MOST_PEOPLE:
        raise Unusable("cohort.too_many", most=MOST_PEOPLE)
    visits = people_frame(connection, organisation_id=organisation_id, last_by=day)
    ids = visits["person_id"].unique(maintain_order=True).to_list()
    courses = [
        one
        for start in range(0, len(ids), AT_ONCE)
        for one in treatments_of(connection, ids[start : start + AT_ONCE])
        if not one.fields.withdrawn
    ]
    people = as_of(visits, read_courses(courses_frame(courses)), day)
    return people.filter(_fits(choice, day))


def _fits(choice: Choice, day: date) -> pl.Expr:
    fits = pl.lit(True)
    if choice.age_from:
        fits &= pl.col("age_years") >= float(choice.age_from)
    if choice.age_to:
        fits &= pl.col("age_years") < float(choice.age_to)
    if choice.sex:
        fits &= pl.col("sex").cast(pl.String) == choice.sex
    if choice.seen:
        fits &= pl.col("visit_date") > day - timedelta(days=round(365.25 * int(choice.seen)))
    return fits

"""A made-up village clinic: people, their visits and their courses, brought into a registry by its own import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from myosteon.app.web.standing.keeping import Keeper
from myosteon.readers.table import read_frame
from myosteon.registry.accounts import make_account
from myosteon.registry.database import PROGRAM, Actor, Database
from myosteon.registry.loading import load_people
from myosteon.registry.loading_courses import load_courses
from myosteon.registry.migrations.migrate import migrate
from myosteon.registry.organisations import OrganisationFields, add_organisation

SEED = 20261120
VISITS = 10
PEOPLE_AT_ONCE = 20_000
# One in so many is treated: so many late doses and doses to come stand in the worklist.
ONE_TREATED_IN = 20
ZONE = ZoneInfo("Asia/Shanghai")
LOGIN = "benchmark"
FAMILY = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN = list("英华文玉秀明桂兰珍国志建军红丽芳梅春金凤翠霞琴云莲真环雪荣爱妹香月莺媛艳瑞凡佳嘉琼勤贞莉")


def fill(database: Database, people: int) -> dict[str, float]:
    """Makes the tables and loads everybody into one clinic, the hardest for a worklist; seconds of each part.

    The import is timed from the frame: checked as a file is, and saved. Working everybody out for the worklist is told apart.
    """
    migrate(database)
    with database.write(PROGRAM) as write:
        clinic = add_organisation(write, OrganisationFields("Benchmark village", 1))
        make_account(
            write,
            organisation_id=clinic,
            login=LOGIN,
            shown_name="Benchmark",
            role="clinician",
            # No password has this hash: the session is begun in the registry.
            password_hash="-",
            must_change_password=False,
            language="en",
        )
    actor, random = Actor(None, clinic), np.random.default_rng(SEED)
    seconds = loaded = 0.0
    for crowd in crowds(random, people):
        began = perf_counter()
        loaded += load_people(database, actor, clinic, read_frame(crowd).frame).visits
        seconds += perf_counter() - began
    if loaded != people * VISITS:
        raise RuntimeError(f"{loaded} visits were loaded, not {people * VISITS}")
    began = perf_counter()
    load_courses(database, actor, clinic, courses(random, people))
    courses_s = perf_counter() - began
    began = perf_counter()
    Keeper(database, ZONE).rebuild()
    return {"seconds": seconds, "courses_s": courses_s, "worklist_s": perf_counter() - began}


def crowds(random: np.random.Generator, people: int) -> Iterator[pl.DataFrame]:
    """Everybody with ten visits each, some at a time."""
    for first in range(0, people, PEOPLE_AT_ONCE):
        yield _crowd(random, first, min(people, first + PEOPLE_AT_ONCE))


def _crowd(random: np.random.Generator, first: int, end: int) -> pl.DataFrame:
    count = end - first
    who = pl.DataFrame(
        {
            "person_id": [f"B{number:06d}" for number in range(first, end)],
            "name": [
                FAMILY[a] + GIVEN[b] + GIVEN[c]
                for a, b, c in zip(
                    random.integers(0, len(FAMILY), count),
                    random.integers(0, len(GIVEN), count),
                    random.integers(0, len(GIVEN), count),
                    strict=True,
                )
            ],
            "sex": random.choice(["female", "male"], count),
            "birth_date": [
                date(1930, 1, 1) + timedelta(days=int(days)) for days in random.integers(0, 12_000, count)
            ],
        },
        schema_overrides={"birth_date": pl.Date},
    )
    visits = who.select(pl.all().repeat_by(VISITS).explode())
    day = [date(2017 + visit, 3, 1 + person % 28) for person in range(count) for visit in range(VISITS)]
    return visits.with_columns(
        pl.Series("visit_date", day),
        age_years=pl.lit(pl.Series(day)).dt.year() - pl.col("birth_date").dt.year() - 1,
    ).with_columns(
        *(
            pl.Series(name, random.normal(mean, spread, visits.height).clip(low, high).round(places))
            for name, mean, spread, low, high, places in NUMBERS
        ),
        *(pl.Series(name, random.random(visits.height) < share) for name, share in ANSWERS.items()),
        pl.lit("dxa").alias("mass_method"),
    )


# Mean, spread, lowest, highest, places: plausible, a reference for nothing.
NUMBERS = (
    ("height_cm", 158, 6, 130, 190, 1),
    ("weight_kg", 58, 8, 32, 110, 1),
    ("grip_kg", 22, 5, 4, 60, 1),
    ("gait_speed_m_s", 0.9, 0.2, 0.2, 2, 2),
    ("chair_stand_5x_s", 13, 3, 5, 60, 1),
    ("calf_circumference_cm", 33, 3, 20, 50, 1),
    ("alm_kg", 16, 2, 8, 30, 1),
    ("t_score_femoral_neck", -2, 1, -5, 3, 1),
    ("t_score_lumbar_spine", -2, 1, -5, 3, 1),
    ("creatinine_umol_l", 60, 15, 30, 300, 0),
    ("vitamin_d_25oh_ng_ml", 25, 8, 5, 90, 0),
)
ANSWERS = {"fracture_hip": 0.03, "fracture_vertebral_clinical": 0.04, "current_smoker": 0.2}


def courses(random: np.random.Generator, people: int) -> pl.DataFrame:
    """Denosumab and zoledronate, begun in the last years; the last dose some months ago."""
    count = people // ONE_TREATED_IN
    months = random.integers(1, 14, count)
    last = [date(2026, 11, 1) - timedelta(days=30 * int(month)) for month in months]
    return pl.DataFrame(
        {
            "person_id": [f"B{number * ONE_TREATED_IN:06d}" for number in range(count)],
            "drug": random.choice(["denosumab", "zoledronate"], count),
            "start_date": [day - timedelta(days=366) for day in last],
            "last_dose_date": last,
            "doses": [3] * count,
        },
        schema_overrides={"start_date": pl.Date, "last_dose_date": pl.Date},
    )

"""Made-up people for the demonstration: a Chinese-like community and its hospitals, one visit each.

Nobody in it exists. Ages, sizes, strength, bone and answers hang together as in the published tables named in
`demo_cohort.toml`; what no table gives is marked there as made up. Village clinics have no DXA, so whole blocks
are missing; some people tried the chair stand and could not; six values are impossible on purpose, so that a
refusal can be seen, and three people contradict themselves.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from myosteon.app.demo_crowd import Crowd, Flags, Values, blank, draw_answer, draw_measure, gather, is_present
from myosteon.app.demo_numbers import DemoNumbers, load_demo_numbers
from myosteon.app.demo_visit import STEPS

_IDENTITY = ("person_id", "visit_date", "clinic", "sex", "age_years", "ethnicity")
# the block's name, and the column that it becomes
_JOINED = {"alm_dxa_kg": "alm_kg", "mass_method_dxa": "mass_method"}
_DROPPED = {"alm_bia_kg", "mass_method_bia"}
_MADE_COUNTS = {
    "sarc_f_falls",
    "sarc_f_score",
    "illness_count",
    "genant_max_grade",
    "fracture_count",
    "grip_trials",
    "mna_sf_score",
}


def make_demo_cohort(people: int = 2000, seed: int = 20261120) -> pl.DataFrame:
    """Draw `people` made-up people of 50 to 95 years, one visit each, two thirds of them women.

    The columns are names of the contract (canonical units) and `clinic`, which is carried. Missing is null.
    Numbers are Float64, counts and scores Int64, yes/no Boolean, words String, `visit_date` Date. The same `people`
    and `seed` give the same frame. Six values are impossible on purpose (fewer where too few people have one).
    """
    numbers = load_demo_numbers()
    crowd = gather(np.random.Generator(np.random.PCG64(seed)), numbers, people)
    for curve in numbers.curves:
        crowd.columns[curve.name] = draw_measure(crowd, curve)
    for answer in numbers.answers:
        crowd.columns[answer.name] = draw_answer(crowd, answer)
    for step in STEPS:
        step(crowd)
    _leave_gaps(crowd)
    _join_mass(crowd)
    _plant(crowd)
    return _frame(crowd)


def write_demo_cohort(path: Path, people: int = 2000, seed: int = 20261120) -> None:
    """Write the made-up people as CSV, impossible values as they are: missing is empty, yes/no true/false."""
    frame = make_demo_cohort(people, seed)
    whole = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.Float64 and bool((frame[name].drop_nulls() % 1 == 0).all())
    ]
    frame.with_columns(pl.col(whole).cast(pl.Int64)).write_csv(path, line_terminator="\n")


def _leave_gaps(crowd: Crowd) -> None:
    """Blocks that a place cannot do, or did not, go missing together; single values by themselves."""
    kept: dict[str, Flags] = {}
    for block, names in crowd.numbers.blocks.items():
        done = crowd.rng.random(crowd.size) < crowd.share_done(block)
        if block == "imaging":  # drawn before, so that history and film agree
            done = crowd.columns["film_seen"]
        for name in names:
            here = done & (crowd.rng.random(crowd.size) >= crowd.numbers.gap)
            kept[name] = kept.get(name, np.zeros(crowd.size, dtype=np.bool_)) | here
    for name, there in kept.items():
        crowd.columns[name] = blank(crowd.columns[name], there)


def _join_mass(crowd: Crowd) -> None:
    """One column of muscle mass with its method: DXA where it was done, else BIA."""
    columns = crowd.columns
    by_dxa = ~np.isnan(columns["alm_dxa_kg"])
    columns["alm_kg"] = np.where(by_dxa, columns["alm_dxa_kg"], columns["alm_bia_kg"])
    columns["mass_method"] = np.where(by_dxa, columns["mass_method_dxa"], columns["mass_method_bia"])
    hands = ~np.isnan(columns["grip_right_kg"]) | ~np.isnan(columns["grip_left_kg"])
    columns["grip_kg"] = np.where(hands, np.nan, columns["grip_kg"])


def _plant(crowd: Crowd) -> None:
    """The impossible values and the contradictions, each in a person of their own who has that value."""
    table = crowd.numbers.table
    taken: set[int] = set()
    for slip in table["slip"]:
        for person in _pick(crowd, slip["column"], taken):
            crowd.columns[slip["column"]][person] = slip["value"]
    for entry in table["contradiction"]:
        for person in _pick(crowd, entry["where"], taken):
            for name, value in entry["set"].items():
                column = crowd.columns.setdefault(name, np.full(crowd.size, np.nan))
                column[person] = value


def _pick(crowd: Crowd, column: str, taken: set[int]) -> list[int]:
    """One person who has a value there and was not picked before; none where nobody is left."""
    able = [int(row) for row in np.flatnonzero(is_present(crowd.columns[column])) if int(row) not in taken]
    if not able:
        return []
    person = able[int(crowd.rng.integers(len(able)))]
    taken.add(person)
    return [person]


def _frame(crowd: Crowd) -> pl.DataFrame:
    """The columns in the order of the blocks, after who, where and when."""
    names = [*_IDENTITY]
    for block in crowd.numbers.blocks.values():
        for name in block:
            shown = _JOINED.get(name, name)
            if name not in _DROPPED and shown not in names:
                names.append(shown)
    names.append("sarc_f_score")
    empty = np.full(crowd.size, np.nan)
    return pl.DataFrame([_series(name, crowd.columns.get(name, empty), crowd) for name in names])


def _series(name: str, values: Values, crowd: Crowd) -> pl.Series:
    if name in _counted(crowd.numbers):
        return pl.Series(name, values.astype(np.float64), nan_to_null=True).cast(pl.Int64)
    if values.dtype != object:
        return pl.Series(name, values.astype(np.float64), nan_to_null=True)
    if name == "visit_date":
        return pl.Series(name, values.tolist(), dtype=pl.Date)
    known = [value for value in values if value is not None]
    is_yes_no = bool(known) and all(isinstance(value, bool) for value in known)
    is_yes_no = is_yes_no or (not known and any(answer.name == name for answer in crowd.numbers.answers))
    return pl.Series(name, values.tolist(), dtype=pl.Boolean if is_yes_no else pl.String)


def _counted(numbers: DemoNumbers) -> frozenset[str]:
    """The columns that the contract counts in whole numbers."""
    counted = {answer.name for answer in numbers.answers if answer.counts}
    return frozenset(counted | _MADE_COUNTS)

"""Made-up people for the benchmark: every measure that the contract's results use, some unknown.

The people are plausible (strength falls with age, frailty shows in all tests of one person); the numbers
are a reference for nothing. Values are rounded as they are measured, so that many of them lie exactly on a
cut-off.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy_contract
import pandas  # type: ignore[import-untyped]
import polars
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]

CATEGORIES: dict[str, polars.Enum] = {
    name: polars.Enum(words) for name, words in numpy_contract.INPUT_WORDS.items()
}


def make_people(n: int, seed: int, *, missing: float = 0.1) -> polars.DataFrame:
    """`n` random people, the same for the same seed: Float64, Boolean and Enum columns, null where unknown.

    `missing` is the share of each column that is unknown. Besides, the times of those who cannot walk or rise
    are unknown, and the menopause of men.
    """
    random = np.random.default_rng(seed)
    values: dict[str, Array] = {}
    woman = random.random(n) < 0.55
    frail = random.standard_normal(n)  # one hidden number that all tests of a person share
    age = np.clip(np.round(random.normal(68, 12, n), 1), 18, 105)
    years_from_70 = (age - 70) / 10

    def normal(mean: Array | float, spread: float, decimals: int, low: float, high: float) -> Array:
        return np.clip(np.round(mean + spread * random.standard_normal(n), decimals), low, high)

    def chance(probability: Array | float) -> Array:
        return random.random(n) < probability

    def few(mean: Array | float, most: int) -> Array:
        return np.minimum(random.poisson(mean, n), most).astype(np.float64)

    worse = frail + 0.8 * years_from_70  # weaker and slower
    often = np.clip(0.15 + 0.12 * worse, 0.01, 0.9)  # what the frail and old have more often
    values["sex"] = np.where(woman, numpy_contract.FEMALE, numpy_contract.MALE).astype(np.uint8)
    values["age_years"] = age
    values["postmenopausal"] = woman & (age + random.normal(0, 4, n) >= 50)

    height = normal(np.where(woman, 156.0, 168.0) - 1.2 * years_from_70, 6.5, 1, 120, 205)
    bmi = random.normal(24, 3.6, n)
    weight = np.clip(np.round(bmi * (height / 100) ** 2, 1), 28, 180)
    values["height_cm"] = height
    values["tallest_height_cm"] = np.clip(np.round(height + random.gamma(2, 1.2, n), 1), 120, 215)
    values["weight_kg"] = weight
    values["calf_circumference_cm"] = normal(
        np.where(woman, 33.5, 35.0) + 0.5 * (bmi - 24) - 0.5 * worse, 1.8, 1, 20, 55
    )
    values["finger_ring_test"] = random.choice(3, n, p=[0.4, 0.4, 0.2]).astype(np.uint8)
    values["weight_loss_12m_kg"] = np.round(random.exponential(1.5, n) * chance(0.6), 1)

    grip = np.where(woman, 22.0, 34.0) - 3.0 * worse
    values["grip_left_kg"] = normal(grip - 1, 3, 1, 1, 80)
    values["grip_right_kg"] = normal(grip, 3, 1, 1, 80)
    values["grip_kg"] = np.maximum(values["grip_left_kg"], values["grip_right_kg"])
    cannot_rise, cannot_walk = chance(0.15 * often), chance(0.06 * often)
    values["chair_stand_5x_s"] = normal(11.5 + 1.8 * worse, 2.0, 2, 4, 90)
    values["chair_stand_unable"] = cannot_rise
    values["gait_speed_m_s"] = normal(1.08 - 0.12 * worse, 0.15, 2, 0.1, 2.5)
    values["walk_unable"] = cannot_walk
    values["balance_side_by_side_s"] = np.where(chance(0.4 * often), normal(5, 2, 1, 0, 9.9), 10.0)
    values["balance_semi_tandem_s"] = np.where(chance(often), normal(5, 2, 1, 0, 9.9), 10.0)
    values["balance_tandem_s"] = np.where(chance(2 * often), normal(4, 3, 1, 0, 9.9), 10.0)
    values["gait_4m_s"] = np.clip(np.round(4 / values["gait_speed_m_s"], 2), 1.2, 100)
    values["tug_s"] = normal(11 + 3 * worse, 2.5, 1, 4, 120)
    values["walk_400m_s"] = normal(330 + 40 * worse, 40, 0, 180, 1500)
    values["walk_400m_completed"] = ~chance(0.5 * often)

    values["alm_kg"] = np.clip(
        np.round((np.where(woman, 5.9, 7.3) - 0.25 * worse + 0.12 * (bmi - 24)) * (height / 100) ** 2, 2),
        5,
        45,
    )
    values["mass_method"] = random.choice(3, n, p=[0.4, 0.5, 0.1]).astype(np.uint8)
    values["smi_l3_cm2_m2"] = normal(np.where(woman, 41.0, 48.0) - 1.5 * worse, 5, 1, 15, 90)

    items = [f"sarc_f_{item}" for item in ("strength", "assistance", "rise", "climb", "falls")]
    for item in items:
        values[item] = np.clip(np.floor(0.3 + 0.5 * worse + random.random(n)), 0, 2)
    values["sarc_f_score"] = np.sum([values[item] for item in items], axis=0)

    spine = np.where(woman, -1.4, -0.6) - 0.5 * years_from_70 + 0.2 * (bmi - 24) / 3.6
    for site, lower in (("lumbar_spine", 0.0), ("femoral_neck", 0.3), ("total_hip", 0.1), ("radius_33", 0.2)):
        values[f"t_score_{site}"] = normal(spine - lower, 0.9, 1, -7, 6)
        if site != "radius_33":
            values[f"z_score_{site}"] = np.clip(
                np.round(values[f"t_score_{site}"] + 1 + 0.4 * years_from_70, 1), -7, 7
            )
    values["qct_spine_mg_cm3"] = normal(115 - 25 * years_from_70, 25, 0, 5, 300)

    fracture_chances = {
        "hip": 0.04,
        "vertebral": 0.08,
        "proximal_humerus": 0.03,
        "pelvis": 0.02,
        "distal_forearm": 0.08,
    }
    for site, probability in (fracture_chances | {"other": 0.06}).items():
        values[f"fracture_{site}"] = chance(probability * np.clip(1 + 0.5 * years_from_70, 0.2, 3))
    vertebral = values["fracture_vertebral"]
    values["vertebral_fracture_count"] = np.where(vertebral, 1 + few(0.5, 6), 0.0)
    values["genant_max_grade"] = np.where(vertebral, 1 + few(0.7, 2), 0.0)

    values["creatinine_umol_l"] = normal(np.where(woman, 62.0, 78.0), 14, 0, 25, 600)
    values["cystatin_c_mg_l"] = normal(0.95 + 0.12 * years_from_70, 0.15, 2, 0.4, 5)
    values["hospital_stays_12m"] = few(np.clip(0.3 + 0.2 * worse, 0.02, 3), 12)
    for habit, probability in (("walks_1000m", 0.7), ("three_meals_daily", 0.85), ("milk_daily", 0.4)):
        values[habit] = chance(probability)
    values["protein_food_daily"] = chance(0.75)
    for trouble in ("fatigue_most_of_time", "unable_climb_10_steps", "unable_walk_block"):
        values[trouble] = chance(often)
    values["illness_count"] = few(np.clip(1.5 + 0.6 * worse, 0.1, 8), 11)
    drugs = len(numpy_contract.INPUT_WORDS["drug"])
    values["drug"] = random.choice(drugs, n, p=[0.76, *[0.02] * (drugs - 1)]).astype(np.uint8)

    values["sppb_score"] = _sppb_of(values)
    unknown = {name: random.random(n, dtype=np.float32) < missing for name in values}
    unknown["postmenopausal"] |= ~woman
    for name, prevented in (
        ("chair_stand_5x_s", cannot_rise),
        ("gait_speed_m_s", cannot_walk),
        ("gait_4m_s", cannot_walk),
        ("walk_400m_s", ~values["walk_400m_completed"]),
    ):
        unknown[name] |= prevented
    return polars.DataFrame([_series(name, known, unknown[name]) for name, known in values.items()])


def _sppb_of(values: dict[str, Array]) -> Array:
    """The total of people whose parts are all known."""
    rows = len(values["sex"])
    columns = {**values, "sppb_score": np.full(rows, np.nan)}
    return numpy_contract.sppb_total(columns, values["chair_stand_unable"], values["walk_unable"])


def _series(name: str, values: Array, unknown: Array) -> polars.Series:
    """One column with nulls where `unknown`."""
    if name in CATEGORIES:
        whole = polars.Series(name, values).cat.to(CATEGORIES[name])
    else:
        whole = polars.Series(name, values)
    nulls = polars.Series(name, unknown)
    return polars.select(polars.when(~nulls).then(whole).alias(name)).to_series()


def to_numpy(frame: polars.DataFrame) -> dict[str, Array]:
    """The people as `numpy_contract` takes them: float64 with NaN, int8 and category codes with -1."""
    return {series.name: _to_array(series) for series in frame}


def _to_array(series: polars.Series) -> Array:
    if series.dtype == polars.Boolean:
        return series.cast(polars.Int8).fill_null(-1).to_numpy()
    if series.dtype == polars.Enum:
        codes = series.cast(CATEGORIES[series.name]).to_physical()  # whatever order the words came in
        return codes.cast(polars.Int8).fill_null(-1).to_numpy()
    return series.fill_null(float("nan")).to_numpy()


def to_pandas(frame: polars.DataFrame) -> pandas.DataFrame:
    """The people as pandas users hold them: float64 with NaN, nullable boolean, Categorical."""
    return pandas.DataFrame({series.name: _to_pandas_column(series) for series in frame}, copy=False)


def _to_pandas_column(series: polars.Series) -> Any:
    array = _to_array(series)
    if series.dtype == polars.Boolean:
        return pandas.arrays.BooleanArray(array == 1, array < 0)
    if series.dtype == polars.Enum:
        return pandas.Categorical.from_codes(array, categories=numpy_contract.INPUT_WORDS[series.name])
    return array

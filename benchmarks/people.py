"""Made-up people for the benchmark: every measure that the contract's results use, some unknown.

The people are plausible (strength falls with age, frailty shows in all tests of one person); the numbers
are a reference for nothing. Values are rounded as they are measured, so that many of them lie exactly on a
cut-off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas  # type: ignore[import-untyped]
import polars
import tuned_numpy_contract
from numpy.typing import NDArray

from myosteon.vocabulary.measures import Measure, load_measures

Array: TypeAlias = NDArray[Any]
Measures: TypeAlias = dict[str, Array]

CATEGORIES: dict[str, polars.Enum] = {
    name: polars.Enum(words) for name, words in tuned_numpy_contract.INPUT_WORDS.items()
}


def make_people(n: int, seed: int, *, missing: float = 0.1) -> polars.DataFrame:
    """`n` random people in a canonical frame, the same for the same seed; null where unknown.

    `missing` is the share of each column that is unknown. Besides, the times of those who cannot walk or rise
    are unknown, and the menopause of men.
    """
    random = np.random.default_rng(seed)
    crowd = Crowd.draw(random, n)
    values: Measures = {
        **about_them(crowd),
        **strength(crowd),
        **balance_and_walking(crowd),
        **muscle(crowd),
        **sarc_f(crowd),
        **bone(crowd),
        **fractures(crowd),
        **health(crowd),
    }
    values["sppb_score"] = sppb_of(values)
    unknown = {name: random.random(n, dtype=np.float32) < missing for name in values}
    unknown["postmenopausal"] |= ~crowd.woman
    unknown["chair_stand_5x_s"] |= values["chair_stand_unable"]
    unknown["gait_speed_m_s"] |= values["walk_unable"]
    unknown["gait_4m_s"] |= values["walk_unable"]
    unknown["walk_400m_s"] |= ~values["walk_400m_completed"]
    return polars.DataFrame([series_of(name, known, unknown[name]) for name, known in values.items()])


LISTS = {
    "medications": ("none", "A02BC01;C09AA02", "N06AB04;C03CA01;M05BA04", "H02AB06;A12AX", "C07AB02"),
    "icd10_codes": ("", "I10;E11.9", "F00.1;W19;S72.0", "N39.0;R29.6;I69.3;G20", "J44.1;I50.0"),
}


def with_measures(crowd: polars.DataFrame, names: Sequence[str], seed: int) -> polars.DataFrame:
    """The crowd with the measures `names` that it lacks: any value that the vocabulary allows, one in ten unknown."""
    random = np.random.default_rng(seed)
    lacking = [load_measures()[name] for name in names if name not in crowd.columns]
    drawn = [_any_values(measure, random, crowd.height) for measure in lacking]
    return crowd.with_columns(
        series_of(measure.name, values, random.random(crowd.height, dtype=np.float32) < 0.1)
        for measure, values in zip(lacking, drawn, strict=True)
    )


def _any_values(measure: Measure, random: np.random.Generator, n: int) -> Any:
    if measure.type == "bool":
        return random.random(n) < 0.1
    if measure.type == "category":
        words = polars.Series(range(len(measure.words)), dtype=polars.UInt8).cat.to(
            polars.Enum(measure.words)
        )
        return words.gather(random.integers(0, len(words), n))
    if measure.type in ("list", "string"):
        texts = polars.Series(LISTS.get(measure.name, ("CN", "UK")))
        return texts.gather(random.integers(0, len(texts), n))
    low, high = measure.hard_min or 0.0, measure.hard_max or 1.0
    return low + (min(high, low + 40) - low) * random.random(n)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What all measures of a person share, and the ways to draw one more."""

    random: np.random.Generator
    n: int
    woman: Array
    age: Array
    years_from_70: Array  # in tens
    height_cm: Array
    bmi: Array
    worse: Array  # one hidden number, higher in the frail and the old: weaker and slower
    often: Array  # the chance of what they have more often

    @classmethod
    def draw(cls, random: np.random.Generator, n: int) -> Crowd:
        woman = random.random(n) < 0.55
        age = np.clip(np.round(random.normal(68, 12, n), 1), 18, 105)
        years_from_70 = (age - 70) / 10
        height = np.where(woman, 156.0, 168.0) - 1.2 * years_from_70 + random.normal(0, 6.5, n)
        worse = random.standard_normal(n) + 0.8 * years_from_70
        return cls(
            random=random,
            n=n,
            woman=woman,
            age=age,
            years_from_70=years_from_70,
            height_cm=np.clip(np.round(height, 1), 120, 205),
            bmi=random.normal(24, 3.6, n),
            worse=worse,
            often=np.clip(0.15 + 0.12 * worse, 0.01, 0.9),
        )

    def by_sex(self, woman: float, man: float) -> Array:
        return np.where(self.woman, woman, man)

    def normal(self, mean: Array | float, spread: float, decimals: int, low: float, high: float) -> Array:
        drawn = mean + spread * self.random.standard_normal(self.n)
        return np.clip(np.round(drawn, decimals), low, high)

    def chance(self, probability: Array | float) -> Array:
        return self.random.random(self.n) < probability

    def count(self, mean: Array | float, most: int) -> Array:
        return np.minimum(self.random.poisson(mean, self.n), most).astype(np.float64)

    def category(self, *probabilities: float) -> Array:
        return self.random.choice(len(probabilities), self.n, p=probabilities).astype(np.uint8)


def about_them(crowd: Crowd) -> Measures:
    height, weight = crowd.height_cm, crowd.bmi * (crowd.height_cm / 100) ** 2
    calf = crowd.by_sex(33.5, 35.0) + 0.5 * (crowd.bmi - 24) - 0.5 * crowd.worse
    lost_cm, lost_kg = crowd.random.gamma(2, 1.2, crowd.n), crowd.random.exponential(1.5, crowd.n)
    return {
        "sex": np.where(crowd.woman, tuned_numpy_contract.FEMALE, tuned_numpy_contract.MALE).astype(np.uint8),
        "age_years": crowd.age,
        "postmenopausal": crowd.woman & (crowd.age + crowd.random.normal(0, 4, crowd.n) >= 50),
        "height_cm": height,
        "tallest_height_cm": np.round(height + np.minimum(lost_cm, 20), 1),
        "weight_kg": np.clip(np.round(weight, 1), 28, 180),
        "calf_circumference_cm": crowd.normal(calf, 1.8, 1, 20, 55),
        "finger_ring_test": crowd.category(0.4, 0.4, 0.2),
        "weight_loss_12m_kg": np.round(np.minimum(lost_kg, 30) * crowd.chance(0.6), 1),
    }


def strength(crowd: Crowd) -> Measures:
    grip = crowd.by_sex(22.0, 34.0) - 3.0 * crowd.worse
    left, right = crowd.normal(grip - 1, 3, 1, 1, 80), crowd.normal(grip, 3, 1, 1, 80)
    return {
        "grip_kg": np.maximum(left, right),
        "grip_left_kg": left,
        "grip_right_kg": right,
        "chair_stand_5x_s": crowd.normal(11.5 + 1.8 * crowd.worse, 2.0, 2, 4, 90),
        "chair_stand_unable": crowd.chance(0.15 * crowd.often),
    }


def balance_and_walking(crowd: Crowd) -> Measures:
    def held(fails: Array, seconds: float, spread: float) -> Array:
        return np.where(crowd.chance(fails), crowd.normal(seconds, spread, 1, 0, 9.9), 10.0)

    gait = crowd.normal(1.08 - 0.12 * crowd.worse, 0.15, 2, 0.1, 2.5)
    return {
        "gait_speed_m_s": gait,
        "walk_unable": crowd.chance(0.06 * crowd.often),
        "balance_side_by_side_s": held(0.4 * crowd.often, 5, 2),
        "balance_semi_tandem_s": held(crowd.often, 5, 2),
        "balance_tandem_s": held(2 * crowd.often, 4, 3),
        "gait_4m_s": np.round(4 / gait, 2),
        "tug_s": crowd.normal(11 + 3 * crowd.worse, 2.5, 1, 4, 120),
        "walk_400m_s": crowd.normal(330 + 40 * crowd.worse, 40, 0, 180, 1500),
        "walk_400m_completed": ~crowd.chance(0.5 * crowd.often),
    }


def muscle(crowd: Crowd) -> Measures:
    asmi = crowd.by_sex(5.9, 7.3) - 0.25 * crowd.worse + 0.12 * (crowd.bmi - 24)
    return {
        "alm_kg": np.clip(np.round(asmi * (crowd.height_cm / 100) ** 2, 2), 5, 45),
        "mass_method": crowd.category(0.4, 0.5, 0.1),
        "smi_l3_cm2_m2": crowd.normal(crowd.by_sex(41.0, 48.0) - 1.5 * crowd.worse, 5, 1, 15, 90),
    }


def sarc_f(crowd: Crowd) -> Measures:
    items = {
        f"sarc_f_{item}": np.clip(np.floor(0.3 + 0.5 * crowd.worse + crowd.random.random(crowd.n)), 0, 2)
        for item in ("strength", "assistance", "rise", "climb", "falls")
    }
    return {**items, "sarc_f_score": np.sum(list(items.values()), axis=0)}


def bone(crowd: Crowd) -> Measures:
    usual = crowd.by_sex(-1.4, -0.6) - 0.5 * crowd.years_from_70 + (crowd.bmi - 24) / 18
    below = {"lumbar_spine": 0.0, "femoral_neck": 0.3, "total_hip": 0.1, "radius_33": 0.2}
    t_scores = {site: crowd.normal(usual - lower, 0.9, 1, -7, 6) for site, lower in below.items()}
    for_age = 1 + 0.4 * crowd.years_from_70
    z_scores = {site: np.round(t_scores[site] + for_age, 1) for site in below if site != "radius_33"}
    return {
        **{f"t_score_{site}": values for site, values in t_scores.items()},
        **{f"z_score_{site}": np.clip(values, -7, 7) for site, values in z_scores.items()},
        "qct_spine_mg_cm3": crowd.normal(115 - 25 * crowd.years_from_70, 25, 0, 5, 300),
    }


def fractures(crowd: Crowd) -> Measures:
    chances = {
        "hip": 0.04,
        "vertebral": 0.08,
        "proximal_humerus": 0.03,
        "pelvis": 0.02,
        "distal_forearm": 0.08,
        "other": 0.06,
    }
    with_age = np.clip(1 + 0.5 * crowd.years_from_70, 0.2, 3)
    broken = {f"fracture_{site}": crowd.chance(chance * with_age) for site, chance in chances.items()}
    return {
        **broken,
        "vertebral_fracture_count": broken["fracture_vertebral"] * (1 + crowd.count(0.5, 6)),
        "genant_max_grade": broken["fracture_vertebral"] * (1 + crowd.count(0.7, 2)),
    }


def health(crowd: Crowd) -> Measures:
    troubles = ("fatigue_most_of_time", "unable_climb_10_steps", "unable_walk_block")
    other_drugs = len(tuned_numpy_contract.INPUT_WORDS["drug"]) - 1
    return {
        "creatinine_umol_l": crowd.normal(crowd.by_sex(62.0, 78.0), 14, 0, 25, 600),
        "cystatin_c_mg_l": crowd.normal(0.95 + 0.12 * crowd.years_from_70, 0.15, 2, 0.4, 5),
        "hospital_stays_12m": crowd.count(np.clip(0.3 + 0.2 * crowd.worse, 0.02, 3), 12),
        "walks_1000m": crowd.chance(0.7),
        "three_meals_daily": crowd.chance(0.85),
        "milk_daily": crowd.chance(0.4),
        "protein_food_daily": crowd.chance(0.75),
        **{trouble: crowd.chance(crowd.often) for trouble in troubles},
        "illness_count": crowd.count(np.clip(1.5 + 0.6 * crowd.worse, 0.1, 8), 11),
        "drug": crowd.category(1 - 0.02 * other_drugs, *[0.02] * other_drugs),
    }


def sppb_of(values: Measures) -> Array:
    """The total of people whose parts are all known."""
    untotalled = {**values, "sppb_score": np.full(len(values["sex"]), np.nan)}
    return tuned_numpy_contract.sppb_total(untotalled, values["chair_stand_unable"], values["walk_unable"])


def series_of(name: str, values: Array, unknown: Array) -> polars.Series:
    """One column with nulls where `unknown`."""
    whole = polars.Series(name, values)
    if name in CATEGORIES:
        whole = whole.cat.to(CATEGORIES[name])
    elif load_measures()[name].type == "int":
        whole = whole.cast(polars.Float64).fill_nan(None).cast(polars.Int16)
    return polars.select(polars.when(~polars.Series(unknown)).then(whole).alias(name)).to_series()


def to_numpy(frame: polars.DataFrame) -> Measures:
    """The people as `tuned_numpy_contract` takes them: float64 with NaN, int8 and category codes with -1."""
    return {series.name: array_of(series) for series in frame}


def array_of(series: polars.Series) -> Array:
    if series.dtype == polars.Boolean:
        return series.cast(polars.Int8).fill_null(-1).to_numpy()
    if series.dtype == polars.Enum:
        codes = series.cast(CATEGORIES[series.name]).to_physical()  # whatever order the words came in
        return codes.cast(polars.Int8).fill_null(-1).to_numpy()
    return series.cast(polars.Float64).fill_null(float("nan")).to_numpy()


def to_pandas(frame: polars.DataFrame) -> pandas.DataFrame:
    """The people as pandas users hold them: float64 with NaN, nullable boolean, Categorical."""
    return pandas.DataFrame({series.name: pandas_column_of(series) for series in frame}, copy=False)


def pandas_column_of(series: polars.Series) -> Any:
    array = array_of(series)
    if series.dtype == polars.Boolean:
        return pandas.arrays.BooleanArray(array == 1, array < 0)
    if series.dtype == polars.Enum:
        return pandas.Categorical.from_codes(array, categories=tuned_numpy_contract.INPUT_WORDS[series.name])
    return array


def to_nullable_pandas(frame: polars.DataFrame) -> pandas.DataFrame:
    """The people in pandas' nullable types: Float64, Int16 and boolean with NA, Categorical."""
    return pandas.DataFrame({series.name: nullable_column_of(series) for series in frame}, copy=False)


def nullable_column_of(series: polars.Series) -> Any:
    if not series.dtype.is_numeric():
        return pandas_column_of(series)
    unknown = series.is_null().to_numpy(writable=True)
    # The number under an NA may be anything but NaN, which pandas may tell apart from NA.
    known = series.fill_null(1).to_numpy(writable=True)
    kind = pandas.arrays.IntegerArray if series.dtype.is_integer() else pandas.arrays.FloatingArray
    return kind(known, unknown)

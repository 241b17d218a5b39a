"""A crowd of made-up people while it is drawn: who they are, and the draws from age, sex and factors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from myosteon.app.demo_numbers import SEXES, Answer, Curve, DemoNumbers, Numbers

Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]
Values = npt.NDArray[Any]

AGE_OF_SHARES = 70.0  # the age at which demo_cohort.toml gives the share of each answer
SPAN_OF_AGES = 5.0  # width of an age band in its settings


@dataclass(slots=True)
class Crowd:
    """People while they are being drawn: one array entry per person; NaN or None is missing."""

    rng: np.random.Generator
    numbers: DemoNumbers
    size: int
    female: Flags
    age: Numbers
    setting: npt.NDArray[np.int64]
    factors: dict[str, Numbers]
    columns: dict[str, Values] = field(default_factory=dict)

    def by_sex(self, table: Mapping[str, float]) -> Numbers:
        """A number per person from a number per sex."""
        return np.where(self.female, table["female"], table["male"])

    def by_setting(self, table: Mapping[str, float], default: float = np.nan) -> Numbers:
        """A number per person from a number per kind of place."""
        per_place = [table.get(place.name, default) for place in self.numbers.settings]
        return np.array(per_place, dtype=np.float64)[self.setting]

    def share_done(self, block: str) -> Numbers:
        """The share of people in each one's place in whom that block was done."""
        return self.by_setting({place.name: place.done.get(block, 0.0) for place in self.numbers.settings})


def gather(rng: np.random.Generator, numbers: DemoNumbers, people: int) -> Crowd:
    """Who there is: place, age in whole years, sex and the shared factors."""
    visits = numbers.table["visits"]
    setting = rng.choice(len(numbers.settings), size=people, p=[s.share for s in numbers.settings])
    age = np.empty(people)
    for index, place in enumerate(numbers.settings):
        here = np.flatnonzero(setting == index)
        band = rng.choice(place.age_from, size=here.size, p=place.age_share)
        age[here] = np.floor(band + rng.random(here.size) * SPAN_OF_AGES)
    female = rng.random(people) < visits["female_share"]
    noise = rng.standard_normal((people, len(numbers.factor_names)))
    drawn = np.empty_like(noise)
    for sex in SEXES:
        rows = female if sex == "female" else ~female
        drawn[rows] = noise[rows] @ np.linalg.cholesky(numbers.correlation[sex]).T
    factors = {name: drawn[:, column] for column, name in enumerate(numbers.factor_names)}
    age = np.clip(age, visits["youngest"], visits["oldest"])
    return Crowd(rng, numbers, people, female, age, setting, factors)


def draw_measure(crowd: Crowd, curve: Curve) -> Numbers:
    """Draw one measure for everybody: mean and SD at the person's age and sex, moved by the score."""
    score = _score(crowd, curve)
    value = np.empty(crowd.size)
    for sex in SEXES:
        rows = crowd.female if sex == "female" else ~crowd.female
        mean, sd = (
            np.interp(crowd.age[rows], curve.knots[sex][:, 0], curve.knots[sex][:, k]) for k in (1, 2)
        )
        value[rows] = log_normal(mean, sd, score[rows]) if curve.skewed else mean + sd * score[rows]
    return rounded(np.clip(value, curve.lowest, curve.highest), curve.digits)


def rounded(value: Numbers, digits: int) -> Numbers:
    """Rounded, and never written as a negative zero."""
    return np.round(value, digits) + 0.0


def _score(crowd: Crowd, curve: Curve) -> Numbers:
    """A standard normal score: the weighted factors and, for what is left of the variance, an own part."""
    weights = np.array([curve.on.get(name, 0.0) for name in crowd.numbers.factor_names])
    shared = np.zeros(crowd.size)
    for name, weight in curve.on.items():
        shared += weight * crowd.factors[name]
    own = np.empty(crowd.size)
    for sex in SEXES:
        explained = float(weights @ crowd.numbers.correlation[sex] @ weights)
        own[crowd.female if sex == "female" else ~crowd.female] = np.sqrt(max(0.0, 1.0 - explained))
    return shared + own * crowd.rng.standard_normal(crowd.size)


def log_normal(mean: Numbers | float, sd: Numbers | float, score: Numbers) -> Numbers:
    """A log-normal value of that mean and SD, from a standard normal score."""
    variance = np.log1p((np.asarray(sd) / np.asarray(mean)) ** 2)
    value: Numbers = np.asarray(mean) * np.exp(np.sqrt(variance) * score - variance / 2)
    return value


def draw_answer(crowd: Crowd, answer: Answer) -> Values:
    """How many steps of the answer hold (yes/no for one step): one draw against rising limits."""
    draw = crowd.rng.random(crowd.size)
    moved = answer.per_decade * (crowd.age - AGE_OF_SHARES) / 10
    for name, weight in answer.on.items():
        moved = moved + weight * crowd.factors[name]
    steps = np.zeros(crowd.size, dtype=np.int64)
    for step in range(len(answer.shares["female"])):
        share = crowd.by_sex({sex: answer.shares[sex][step] for sex in SEXES})
        steps += draw < share_moved(share, moved)
    return steps if answer.counts else steps > 0


def share_moved(share: Numbers, log_odds: Numbers) -> Numbers:
    """A share after its log odds moved."""
    moved: Numbers = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + log_odds)))
    return moved


def words(crowd: Crowd, word: str) -> Words:
    """The same word for everybody."""
    return np.full(crowd.size, word, dtype=object)


def yes_no(answer: Values, known: Values) -> Words:
    """Yes, no, or None where it is not known."""
    given = answer.astype(np.bool_).astype(np.object_)
    given[~known.astype(np.bool_)] = None
    return given


def is_present(values: Values) -> Flags:
    """Where there is a value: not NaN, not None."""
    if values.dtype == object:
        return np.array([value is not None for value in values], dtype=np.bool_)
    if values.dtype.kind == "f":
        there: Flags = ~np.isnan(values)
        return there
    return np.ones(values.size, dtype=np.bool_)


def blank(values: Values, kept: Flags) -> Values:
    """The values with gaps: NaN for numbers, None for words and yes/no."""
    if values.dtype == object or values.dtype == np.bool_:
        left = values.astype(np.object_)
        left[~kept] = None
        return left
    return np.where(kept, values.astype(np.float64), np.nan)

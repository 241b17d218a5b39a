# SPDX-License-Identifier: LGPL-3.0-or-later
"""Age, body mass index and the three classes that the models ask, from the measures of the vocabulary."""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.types import InputRange
from myosteon.logic.answers import FirstTrue
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.judge import COMPARE
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_number
from myosteon.rules.risk.qfracture2012.model import EVIDENCE

AGES, BMIS = (
    next(limits for limits in EVIDENCE.ranges if limits.measure == measure)
    for measure in ("age_years", "bmi")
)

ETHNICITIES = tuple(word for word, _ in EVIDENCE.coefficients_of("ethnicity_code").terms)
SMOKING = tuple(word for word, _ in EVIDENCE.coefficients_of("smoking_code").terms)
ALCOHOL = tuple(word for word, _ in EVIDENCE.coefficients_of("alcohol_code").terms)

# A coarser answer leaves some classes open: which ones.
COARSE: dict[str, dict[str, tuple[str, ...]]] = {
    "ethnicity": {
        "asian": ("indian", "pakistani", "bangladeshi", "other_asian", "chinese"),
        "black": ("black_caribbean", "black_african"),
        "hispanic": ("white", "other"),
    },
    "smoking": {"not_now": ("never", "former"), "now": ("light", "moderate", "heavy")},
    "alcohol": {},
}
CLASS_WORDS = {"ethnicity": ETHNICITIES, "smoking": SMOKING, "alcohol": ALCOHOL}
LEVELS = {name: (*words, *COARSE[name]) for name, words in CLASS_WORDS.items()}


@risk_number(unit="a")
def qfracture2012_age(age_years: Expr, *, clamp: bool) -> Expr:
    """Age in completed years, where it lies within 30 to 100."""
    return _within(age_years.floor(), AGES, clamp)


@risk_number(unit="kg/m2")
def qfracture2012_bmi(bmi: Expr, *, clamp: bool) -> Expr:
    """Body mass index, where it lies within 20 to 40."""
    return _within(bmi, BMIS, clamp)


@risk_criterion
def qfracture2012_age_outside(age_years: Expr) -> Expr:
    """The age in completed years is known and below 30 or above 100."""
    return is_yes(any_of(_beyond(age_years.floor(), AGES)))


@risk_criterion
def qfracture2012_bmi_outside(bmi: Expr) -> Expr:
    """The body mass index is known and below 20 or above 40."""
    return is_yes(any_of(_beyond(bmi, BMIS)))


def _within(value: Expr, limits: InputRange, clamp: bool) -> Expr:
    """The value; beyond a limit unknown or, with `clamp`, the limit."""
    below, above = _beyond(value, limits)
    inside: list[tuple[Expr, Expr | float | bool]] = [(~(below | above), value)]
    return choose([(below, nw.lit(limits.low)), (above, nw.lit(limits.high)), *inside] if clamp else inside)


def _beyond(value: Expr, limits: InputRange) -> tuple[Expr, Expr]:
    low, high = ends(limits)
    return value < low, value > high


def ends(limits: InputRange) -> tuple[float, float]:
    """The least and the greatest value that the models were made for."""
    assert limits.low is not None
    assert limits.high is not None
    return limits.low, limits.high


@risk_criterion
def qfracture2012_two_diabetes_types(diabetes_type1: Expr, diabetes_type2: Expr) -> Expr:
    """Both types of diabetes are recorded, which the equations would count twice."""
    return is_yes(diabetes_type1) & is_yes(diabetes_type2)


@risk_category(levels=LEVELS["ethnicity"])
def qfracture2012_ethnicity(ethnicity_detail: Expr, ethnicity: Expr) -> FirstTrue:
    """Ethnicity in the equations' nine classes, or the wider group where no more is recorded; where none is recorded the equations themselves count the person as white."""
    detailed = [(ethnicity_detail == word, word) for word in ETHNICITIES]
    wide = [(ethnicity == word, word) for word in ("white", "other", *COARSE["ethnicity"])]
    return FirstTrue((*detailed, *wide), otherwise="white")


@risk_criterion(assumption=True)
def qfracture2012_taken_as_white(ethnicity_detail: Expr, ethnicity: Expr) -> Expr:
    """No ethnicity is recorded; the QFracture-2012 equations count such a person as white."""
    return ethnicity_detail.is_null() & ethnicity.is_null()


@risk_category(levels=LEVELS["smoking"])
def qfracture2012_smoking(smoking_category: Expr, smoking_current: Expr) -> FirstTrue:
    """Smoking in the equations' five classes, or only whether the person smokes now."""
    detailed = [(smoking_category == word, word) for word in SMOKING]
    return FirstTrue((*detailed, (smoking_current, "now"), (~smoking_current, "not_now")))


@risk_category(levels=LEVELS["alcohol"])
def qfracture2012_alcohol(alcohol_units_day: Expr) -> FirstTrue:
    """Alcohol in the equations' six classes of UK units a day: none, below 1, below 3, below 7, up to 9, more."""
    codes = EVIDENCE.coefficients_of("alcohol_code").terms
    word_of = {code: word for word, code in codes}
    bands = EVIDENCE.points_of("alcohol_class").bands
    return FirstTrue(
        tuple(
            (
                ~alcohol_units_day.is_null()
                if band.comparison is None
                else COMPARE[band.comparison](alcohol_units_day, band.limit),
                word_of[band.points],
            )
            for band in bands
        )
    )


TEMPLATES = (
    qfracture2012_age_outside,
    qfracture2012_bmi_outside,
    qfracture2012_two_diabetes_types,
    qfracture2012_ethnicity,
    qfracture2012_taken_as_white,
    qfracture2012_smoking,
    qfracture2012_alcohol,
)
CLAMPED_TEMPLATES = (qfracture2012_age, qfracture2012_bmi)

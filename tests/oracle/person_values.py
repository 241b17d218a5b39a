"""Reading one person's values, and the values that the contract computes from them.

A person is a mapping from measure name to value. A missing key, None and NaN are unknown. Height is in
cm, weight and muscle mass in kg, times in s; every number comes back as a float, every unknown as None.
"""

import math
from collections.abc import Mapping
from typing import TypeAlias

from .three_values import Answer

Person: TypeAlias = Mapping[str, object]

# The order of measurements.csv, for the measures that a `_needs` column can name.
ORDER_OF_MEASUREMENTS = (
    "sex",
    "age_years",
    "postmenopausal",
    "height_cm",
    "weight_kg",
    "grip_kg",
    "chair_stand_5x_s",
    "gait_speed_m_s",
    "sppb_score",
    "tug_s",
    "walk_400m_s",
    "alm_kg",
    "mass_method",
    "smi_l3_cm2_m2",
    "t_score_lumbar_spine",
    "t_score_femoral_neck",
    "t_score_total_hip",
    "t_score_radius_33",
    "fracture_hip",
    "fracture_vertebral",
    "fracture_proximal_humerus",
    "fracture_pelvis",
    "fracture_distal_forearm",
    "vertebral_fracture_count",
    "genant_max_grade",
)


def number(person: Person, name: str) -> float | None:
    """The number, or None where it is unknown. Raises TypeError for anything that is not a number."""
    value = person.get(name)
    if value is None or is_unknown(value):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number")
    return float(value)


def flag(person: Person, name: str) -> Answer:
    """The yes or no, or None where it is unknown. Raises TypeError for anything that is not a bool."""
    value = person.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise TypeError(f"{name} must be a bool")


def word(person: Person, name: str) -> str | None:
    """The category, or None where it is unknown. Raises TypeError for anything that is not a text."""
    value = person.get(name)
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{name} must be a text")


def is_unknown(value: object) -> bool:
    """None and NaN are unknown."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def unknown_among(person: Person, *names: str) -> list[str]:
    """Those of the named measures that are unknown."""
    return [name for name in names if is_unknown(person.get(name))]


def in_order(names: frozenset[str]) -> str | None:
    """ "`;`-separated and in the order of `measurements.csv`"; None where there is nothing to list."""
    return ";".join(sorted(names, key=ORDER_OF_MEASUREMENTS.index)) or None


def to_nine_decimals(value: float) -> float:
    """ "Computed values ... are rounded to 9 decimals before they are compared"."""
    return round(value, 9)


def by_sex(person: Person, man: float, woman: float) -> float | None:
    """The number for this person's sex. "`sex` unknown: whatever is compared by sex is unknown"."""
    sex = word(person, "sex")
    if sex is None:
        return None
    return {"male": man, "female": woman}[sex]


def below(value: float | None, cut_off: float | None) -> Answer:
    """value < cut_off, unknown where either is."""
    return None if value is None or cut_off is None else value < cut_off


def at_most(value: float | None, cut_off: float | None) -> Answer:
    """value <= cut_off, unknown where either is."""
    return None if value is None or cut_off is None else value <= cut_off


def at_least(value: float | None, cut_off: float | None) -> Answer:
    """value >= cut_off, unknown where either is."""
    return None if value is None or cut_off is None else value >= cut_off


def above(value: float | None, cut_off: float | None) -> Answer:
    """value > cut_off, unknown where either is."""
    return None if value is None or cut_off is None else value > cut_off


def lowest_measured(person: Person, *names: str) -> float | None:
    """ "T-scores are judged on the sites that were measured"; None where none was."""
    measured = [value for value in (number(person, name) for name in names) if value is not None]
    return min(measured, default=None)


def bmi(person: Person) -> float | None:
    """BMI in kg/m2: weight over the square of the height in metres."""
    weight, height = number(person, "weight_kg"), number(person, "height_cm")
    if weight is None or height is None:
        return None
    return to_nine_decimals(weight / (height / 100) ** 2)


def asmi(person: Person) -> float | None:
    """ "`asmi` = alm_kg / height_m2" in kg/m2."""
    alm, height = number(person, "alm_kg"), number(person, "height_cm")
    if alm is None or height is None:
        return None
    return to_nine_decimals(alm / (height / 100) ** 2)


def asm_bmi(person: Person) -> float | None:
    """ "`asm_bmi` = alm_kg / BMI" in m2."""
    alm, index = number(person, "alm_kg"), bmi(person)
    if alm is None or index is None:
        return None
    return to_nine_decimals(alm / index)


def grip(person: Person) -> float | None:
    """ "`grip_kg` is used where given, else the better of the left and the right."

    Of one hand alone, that hand (READINGS.md).
    """
    given = number(person, "grip_kg")
    if given is not None:
        return given
    hands = [number(person, "grip_left_kg"), number(person, "grip_right_kg")]
    return max((hand for hand in hands if hand is not None), default=None)


def balance_points(person: Person) -> int | None:
    """ "the harder stands are not needed once an easier one is failed": side-by-side 10 s, semi-tandem 10
    s, tandem.
    """
    side_by_side = number(person, "balance_side_by_side_s")
    semi_tandem = number(person, "balance_semi_tandem_s")
    tandem = number(person, "balance_tandem_s")
    if side_by_side is None:
        return None
    if side_by_side < 10:
        return 0
    if semi_tandem is None:
        return None
    if semi_tandem < 10:
        return 1
    if tandem is None:
        return None
    if tandem < 3:
        return 2
    return 3 if tandem < 10 else 4


def walk_points(person: Person) -> int | None:
    """4 m walk: "4 if <4.82; 3 if <=6.20; 2 if <=8.70; else 1"; "cannot walk, is a known part of 0
    points".
    """
    if flag(person, "walk_unable") is True:
        return 0
    seconds = number(person, "gait_4m_s")
    if seconds is None:
        return None
    if seconds < 4.82:
        return 4
    if seconds <= 6.20:
        return 3
    return 2 if seconds <= 8.70 else 1


def rise_points(person: Person) -> int | None:
    """Five rises: <= 11.19 s 4, <= 13.69 s 3, <= 16.69 s 2, <= 60 s 1, slower or "cannot rise" 0."""
    if flag(person, "chair_stand_unable") is True:
        return 0
    seconds = number(person, "chair_stand_5x_s")
    if seconds is None:
        return None
    if seconds <= 11.19:
        return 4
    if seconds <= 13.69:
        return 3
    if seconds <= 16.69:
        return 2
    return 1 if seconds <= 60 else 0


def sppb(person: Person) -> float | None:
    """ "`sppb_score` is used where given, else built from its parts where all are known." """
    given = number(person, "sppb_score")
    if given is not None:
        return given
    balance, walk, rise = balance_points(person), walk_points(person), rise_points(person)
    if balance is None or walk is None or rise is None:
        return None
    return float(balance + walk + rise)

"""Made-up people for the explanation, and their results."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from engines import canonical_people
from myosteon.assess import Assessor, assess, make_assessor
from myosteon.rules.guideline import Settings
from oracle.random_people import random_people

Row = dict[str, object]

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "woman_78_no_mass": {
        "sex": "female",
        "age_years": 78.0,
        "height_cm": 151.0,
        "weight_kg": 52.0,
        "grip_left_kg": 15.0,
        "grip_right_kg": 17.0,
        "gait_speed_m_s": 0.72,
        "chair_stand_5x_s": 16.0,
        "t_score_lumbar_spine": -2.2,
        "t_score_femoral_neck": -2.9,
        "t_score_total_hip": -2.6,
        "vertebral_fracture_count": 1,
    },
    "man_70_between_limits": {
        "sex": "male",
        "age_years": 70.0,
        "height_cm": 170.0,
        "weight_kg": 70.0,
        "grip_kg": 27.5,
        "alm_kg": 19.5,
        "mass_method": "dxa",
        "gait_speed_m_s": 0.9,
        "sppb_balance_points": None,
        "sppb_score": 8,
        "t_score_total_hip": -1.4,
    },
    "man_58_by_impedance": {
        "sex": "male",
        "age_years": 58.0,
        "height_cm": 172.0,
        "weight_kg": 84.0,
        "grip_kg": 31.0,
        "alm_kg": 21.5,
        "mass_method": "bia",
        "gait_speed_m_s": 1.1,
        "walk_unable": False,
    },
    "woman_47_z_score": {
        "sex": "female",
        "age_years": 47.0,
        "postmenopausal": False,
        "height_cm": 160.0,
        "weight_kg": 55.0,
        "grip_kg": 24.0,
        "alm_kg": 13.0,
        "z_score_lumbar_spine": -2.3,
        "t_score_lumbar_spine": -2.6,
        "fracture_hip": False,
    },
    "woman_81_contradictions": {
        "sex": "female",
        "age_years": 81.0,
        "height_cm": 155.0,
        "weight_kg": 48.0,
        "grip_kg": 14.0,
        "grip_left_kg": 13.0,
        "grip_right_kg": 12.0,
        "alm_kg": 12.0,
        "mass_method": "estimated",
        "chair_stand_unable": True,
        "chair_stand_5x_s": 14.0,
        "walk_unable": True,
        "fracture_vertebral": False,
        "genant_max_grade": 2,
        "sarc_f_strength": 2,
        "sarc_f_assistance": 1,
        "sarc_f_rise": 2,
        "sarc_f_climb": 2,
    },
    "nothing_known": {"sex": None},
}


@cache
def assessor(accept: bool = False) -> Assessor:
    """Every definition."""
    return make_assessor(None, Settings(accept_estimated_mass=accept))


def results(persons: list[dict[str, object]], *, accept: bool = False) -> list[Row]:
    """Every column for each person, in order."""
    settings = Settings(accept_estimated_mass=accept)
    rows: list[Row] = assess(canonical_people(persons), settings=settings, columns="all").to_dicts()
    return rows


def result(*, accept: bool = False, **values: object) -> Row:
    """Every column for one person with these values."""
    return results([{"person_id": "made up", **values}], accept=accept)[0]


@cache
def made_up(name: str) -> Row:
    """The results of one of `PEOPLE`."""
    return results([{"person_id": name, **PEOPLE[name]}])[0]


@cache
def strangers(count: int = 50, seed: int = 7) -> tuple[Row, ...]:
    """Random people of the oracle, with their results."""
    return tuple(results(random_people(count, seed)))

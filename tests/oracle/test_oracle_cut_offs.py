"""Every cut-off of the sarcopenia table from both sides: on it, and 0.004 beside it.

The table is typed a second time from the contract, so that a slip of the pen is seen.
"""

import pytest

from . import sarcopenia_reading as cells
from .person_values import Person
from .sarcopenia_reading import AWGS2025_FROM_50, AWGS2025_FROM_65, Cell, MassCell, definition_for
from .three_values import Answer

BESIDE = 0.004

GRIP: list[tuple[Cell, float, float]] = [
    (cells.strength_ewgsop2010, 30, 20),
    (cells.strength_ewgsop2019, 27, 16),
    (cells.strength_awgs2014, 26, 18),
    (cells.strength_awgs2019, 28, 18),
    (cells.strength_awgs2025_from_50, 34, 20),
    (cells.strength_awgs2025_from_65, 28, 18),
    (cells.strength_fnih2014, 26, 16),
    (cells.strength_sdoc2020, 35.5, 20),
    (cells.strength_jsh2016, 26, 18),
    (cells.strength_jsh2021, 28, 18),
]


@pytest.mark.parametrize(("cell", "man", "woman"), GRIP)
def test_grip(cell: Cell, man: float, woman: float) -> None:
    for sex, cut_off in (("male", man), ("female", woman)):
        assert cell({"sex": sex, "grip_kg": cut_off}).answer is False
        assert cell({"sex": sex, "grip_kg": cut_off - BESIDE}).answer is True
    assert cell({"grip_kg": 1.0}).answer is None
    assert cell({"sex": "male"}).answer is None


# cell, method, index, sign, man, woman; the body of 1 m or 2 m keeps the other index of awgs2025 high
MASS: list[tuple[MassCell, str, str, str, float, float]] = [
    (cells.mass_ewgsop2010, "dxa", "asmi", "<=", 7.26, 5.5),
    (cells.mass_ewgsop2019, "dxa", "asmi", "<", 7.0, 5.5),
    (cells.mass_ewgsop2019, "bia", "asmi", "<", 7.0, 5.5),
    (cells.mass_awgs2014, "dxa", "asmi", "<", 7.0, 5.4),
    (cells.mass_awgs2014, "bia", "asmi", "<", 7.0, 5.7),
    (cells.mass_awgs2025_from_50, "dxa", "asmi", "<", 7.2, 5.5),
    (cells.mass_awgs2025_from_50, "dxa", "asm_bmi", "<", 0.80, 0.55),
    (cells.mass_awgs2025_from_50, "bia", "asmi", "<", 7.6, 5.7),
    (cells.mass_awgs2025_from_50, "bia", "asm_bmi", "<", 0.90, 0.63),
    (cells.mass_awgs2025_from_65, "dxa", "asmi", "<", 7.0, 5.4),
    (cells.mass_awgs2025_from_65, "dxa", "asm_bmi", "<", 0.73, 0.52),
    (cells.mass_awgs2025_from_65, "bia", "asmi", "<", 7.0, 5.7),
    (cells.mass_awgs2025_from_65, "bia", "asm_bmi", "<", 0.83, 0.57),
    (cells.mass_iwgs2011, "dxa", "asmi", "<=", 7.23, 5.67),
    (cells.mass_fnih2014, "dxa", "asm_bmi", "<", 0.789, 0.512),
    (cells.mass_fnih2014, "bia", "asm_bmi", "<", 0.789, 0.512),
    (cells.mass_jsh, "bia", "asmi", "<", 7.0, 5.7),
]


def body(index: str, value: float) -> dict[str, object]:
    """A body whose index is `value` and whose other index is far above every cut-off."""
    if index == "asmi":
        return {"height_cm": 200.0, "weight_kg": 20.0, "alm_kg": value * 4}
    return {"height_cm": 100.0, "weight_kg": 40.0, "alm_kg": value * 40}


@pytest.mark.parametrize(("cell", "method", "index", "sign", "man", "woman"), MASS)
def test_mass(cell: MassCell, method: str, index: str, sign: str, man: float, woman: float) -> None:
    for sex, cut_off in (("male", man), ("female", woman)):
        person = {"sex": sex, "mass_method": method}
        below = cell({**person, **body(index, cut_off - BESIDE)}, False).answer
        on = cell({**person, **body(index, cut_off)}, False).answer
        above = cell({**person, **body(index, cut_off + BESIDE)}, False).answer
        assert (below, on, above) == (True, sign == "<=", False)


@pytest.mark.parametrize("cell", [cells.mass_ewgsop2010, cells.mass_iwgs2011])
def test_no_bia_cut_off(cell: MassCell) -> None:
    person = {"sex": "male", **body("asmi", 3.0)}
    assert cell({**person, "mass_method": "bia"}, False).answer is None
    assert cell(person, False).answer is None


@pytest.mark.parametrize(("sex", "cut_off"), [("male", 42.0), ("female", 38.0)])
def test_l3_index(sex: str, cut_off: float) -> None:
    assert cells.mass_jsh({"sex": sex, "smi_l3_cm2_m2": cut_off}, False).answer is False
    assert cells.mass_jsh({"sex": sex, "smi_l3_cm2_m2": cut_off - BESIDE}, False).answer is True


# cell, measure, answers just below, on, and just above the cut-off
TESTS: list[tuple[Cell, str, float, tuple[Answer, Answer, Answer]]] = [
    (cells.strength_ewgsop2019, "chair_stand_5x_s", 15, (False, False, True)),
    (cells.performance_ewgsop2010, "gait_speed_m_s", 0.8, (True, False, False)),
    (cells.performance_ewgsop2010, "sppb_score", 8, (True, True, False)),
    (cells.performance_ewgsop2019, "gait_speed_m_s", 0.8, (True, True, False)),
    (cells.performance_ewgsop2019, "sppb_score", 8, (True, True, False)),
    (cells.performance_ewgsop2019, "tug_s", 20, (False, True, True)),
    (cells.performance_ewgsop2019, "walk_400m_s", 360, (False, True, True)),
    (cells.performance_awgs2014, "gait_speed_m_s", 0.8, (True, False, False)),
    (cells.performance_awgs2019, "gait_speed_m_s", 1.0, (True, False, False)),
    (cells.performance_awgs2019, "sppb_score", 9, (True, True, False)),
    (cells.performance_awgs2019, "chair_stand_5x_s", 12, (False, True, True)),
    (cells.performance_iwgs2011, "gait_speed_m_s", 1.0, (True, False, False)),
    (cells.performance_fnih2014, "gait_speed_m_s", 0.8, (True, False, False)),
    (cells.performance_sdoc2020, "gait_speed_m_s", 0.8, (True, False, False)),
]


@pytest.mark.parametrize(("cell", "measure", "cut_off", "answers"), TESTS)
def test_timed_tests(
    cell: Cell, measure: str, cut_off: float, answers: tuple[Answer, Answer, Answer]
) -> None:
    values = (cut_off - BESIDE, cut_off, cut_off + BESIDE)
    assert tuple(cell({measure: value}).answer for value in values) == answers


FAILED_FLAGS: list[tuple[Cell, Person]] = [
    (cells.strength_ewgsop2019, {"chair_stand_unable": True, "chair_stand_5x_s": 8.0}),
    (cells.performance_awgs2019, {"chair_stand_unable": True, "gait_speed_m_s": 1.5}),
    (cells.performance_iwgs2011, {"chair_stand_unable": True, "gait_speed_m_s": 1.5}),
    (cells.performance_iwgs2011, {"walk_unable": True}),
    (cells.performance_ewgsop2010, {"walk_unable": True, "sppb_score": 12}),
    (cells.performance_ewgsop2019, {"walk_400m_completed": False, "walk_400m_s": 200.0}),
    (cells.performance_sdoc2020, {"walk_unable": True, "gait_speed_m_s": 1.5}),
]


@pytest.mark.parametrize(("cell", "person"), FAILED_FLAGS)
def test_a_flag_that_says_failed_counts(cell: Cell, person: Person) -> None:
    assert cell(person).answer is True


@pytest.mark.parametrize(
    ("age", "definition"),
    [
        (None, None),
        (49.996, None),
        (50.0, AWGS2025_FROM_50),
        (64.996, AWGS2025_FROM_50),
        (65.0, AWGS2025_FROM_65),
    ],
)
def test_ages_of_awgs2025(age: float | None, definition: object) -> None:
    assert definition_for("awgs2025", {"age_years": age}) is definition

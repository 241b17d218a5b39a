"""FRAX adjustments: worked values, the published tables, what is unknown, what is refused, and a second reading."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engines import Engine, Polars
from myosteon.assess import make_assessor
from myosteon.evidence.load import load_evidence
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.library import risk_algorithm
from risk.answering import answered, answers, named
from risk.frax_reading import FRACTURES, read
from shared import shared_folder
from test_engines_agree import assert_same

COLUMNS = risk_algorithm("frax_adjustments").columns
NUMBERS = tuple(name for name in COLUMNS if name.endswith("_percent"))
# Somebody of 65 whose FRAX needs no adjustment.
PLAIN: Mapping[str, object] = {
    "age_years": 65.0,
    "frax_major_percent": 20.0,
    "frax_hip_percent": 5.0,
    "glucocorticoid_mg_day": 0.0,
    "fracture_count": 0,
}
ON_10_MG: Mapping[str, object] = {"glucocorticoid_mg_day": 10.0, "frax_with_glucocorticoid": True}


def of(*changes: Mapping[str, object]) -> dict[str, Any]:
    """The columns of the plain person with changes."""
    person = {name: value for change in (PLAIN, *changes) for name, value in change.items()}
    return answers([person], COLUMNS)[0]


def test_without_anything_to_adjust_the_value_stands_as_given() -> None:
    found = of()
    assert (found["frax_major_adjusted_percent"], found["frax_hip_adjusted_percent"]) == (20.0, 5.0)
    assert found["frax_major_glucocorticoid_percent"] is None
    assert found["frax_adjustments_needs"] is None


@pytest.mark.parametrize(
    ("age", "dose", "major", "hip"),
    [
        # 20 and 5 percent, by hand from the table of Kanis 2011.
        (40.0, 1.0, 16.0, 3.0),
        (49.9, 7.5, 24.0, 6.25),
        (50.0, 30.0, 24.0, 6.25),
        (60.0, 2.4, 17.0, 3.0),
        (69.9, 10.0, 23.0, 6.25),
        (70.0, 10.0, 23.0, 6.0),
        (70.0, 1.0, 16.0, 3.0),
        (80.0, 10.0, 22.0, 5.5),
        (80.0, 1.0, 16.0, 3.5),
        (90.9, 10.0, 22.0, 5.5),
        (65.0, 2.5, 20.0, 5.0),
        (65.0, 7.4, 20.0, 5.0),
    ],
)
def test_the_dose_of_glucocorticoid_by_age(age: float, dose: float, major: float, hip: float) -> None:
    found = of({**ON_10_MG, "age_years": age, "glucocorticoid_mg_day": dose})
    assert found["frax_major_glucocorticoid_percent"] == pytest.approx(major, abs=1e-9)
    assert found["frax_hip_glucocorticoid_percent"] == pytest.approx(hip, abs=1e-9)
    assert found["frax_major_adjusted_percent"] == found["frax_major_glucocorticoid_percent"]
    assert found["frax_hip_adjusted_percent"] == found["frax_hip_glucocorticoid_percent"]


def test_every_cell_of_the_table_of_the_facts() -> None:
    text = (shared_folder() / "facts" / "fracture-risk.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (<2\.5|≥7\.5) mg/day \| (hip|MOF) \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) == 4
    people, expected = [], []
    for dose, outcome, cells in rows:
        changes = [int(cell.strip().replace("−", "-").replace("+", "")) for cell in cells.split("|")]
        for age, change in zip(range(40, 100, 10), changes[:6], strict=True):
            mg = 1.0 if dose.startswith("<") else 8.0
            people.append({**PLAIN, **ON_10_MG, "age_years": float(age), "glucocorticoid_mg_day": mg})
            name = "major" if outcome == "MOF" else "hip"
            raw = PLAIN[f"frax_{name}_percent"]
            assert isinstance(raw, float)
            expected.append((name, raw * (100 + change) / 100))
    for found, (name, value) in zip(answers(people, COLUMNS), expected, strict=True):
        assert found[f"frax_{name}_adjusted_percent"] == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("spine", "neck", "expected"),
    [
        (-3.5, -1.5, 24.0),  # two lower: a fifth more
        (-1.0, -2.0, 18.0),
        (-2.0, -1.6, 20.0),
        (-2.0, -1.5, 22.0),  # a half goes away from nought
        (-1.5, -2.0, 18.0),
        (-2.9, -1.4, 24.0),  # 1.5 that is not so in floating point
        (8.0, -8.0, 0.0),  # never below nothing
    ],
)
def test_the_offset_of_the_spine_is_for_major_fractures_only(
    spine: float, neck: float, expected: float
) -> None:
    found = of({"t_score_lumbar_spine": spine, "t_score_femoral_neck": neck, "frax_with_bmd": True})
    assert found["frax_major_spine_percent"] == pytest.approx(expected, abs=1e-9)
    assert found["frax_major_adjusted_percent"] == pytest.approx(expected, abs=1e-9)
    assert found["frax_hip_adjusted_percent"] == 5.0


@pytest.mark.parametrize(
    ("count", "major", "hip"),
    [(1, 19.0, 4.75), (2, 21.6, 5.4), (3, 24.2, 6.05), (4, 27.0, 6.75), (9, 27.0, 6.75)],
)
def test_the_number_of_fractures(count: int, major: float, hip: float) -> None:
    found = of({"fracture_count": count})
    assert found["frax_major_prior_fractures_percent"] == pytest.approx(major, abs=1e-9)
    assert found["frax_hip_prior_fractures_percent"] == pytest.approx(hip, abs=1e-9)
    assert found["frax_major_adjusted_percent"] == found["frax_major_prior_fractures_percent"]


def test_two_adjustments_are_never_multiplied() -> None:
    found = of(ON_10_MG, {"fracture_count": 2})
    assert found["frax_major_glucocorticoid_percent"] == pytest.approx(23.0)
    assert found["frax_major_prior_fractures_percent"] == pytest.approx(21.6)
    assert found["frax_major_adjusted_percent"] is None
    assert found["frax_hip_adjusted_percent"] is None
    assert named(found["frax_adjustments_conflict"]) == {
        f"frax_{outcome}_{name}_percent"
        for outcome in ("major", "hip")
        for name in ("glucocorticoid", "prior_fractures")
    }
    assert found["frax_adjustments_needs"] is None


def test_a_spine_conflicts_for_major_fractures_only() -> None:
    spine = {"t_score_lumbar_spine": -3.5, "t_score_femoral_neck": -1.5, "frax_with_bmd": True}
    found = of(ON_10_MG, spine)
    assert found["frax_major_adjusted_percent"] is None
    assert found["frax_hip_adjusted_percent"] == pytest.approx(6.25)
    assert named(found["frax_adjustments_conflict"]) == {
        "frax_major_glucocorticoid_percent",
        "frax_major_spine_percent",
    }


def test_an_adjustment_that_changes_nothing_stands_in_no_other_s_way() -> None:
    found = of({**ON_10_MG, "glucocorticoid_mg_day": 5.0}, {"fracture_count": 2})
    assert found["frax_major_glucocorticoid_percent"] == 20.0
    assert found["frax_major_adjusted_percent"] == pytest.approx(21.6)
    assert found["frax_adjustments_conflict"] is None


def test_a_probability_ends_at_certainty() -> None:
    found = of(ON_10_MG, {"frax_major_percent": 95.0})
    assert found["frax_major_adjusted_percent"] == 100.0


UNKNOWN: list[tuple[dict[str, object], set[str]]] = [
    ({"glucocorticoid_mg_day": None}, {"glucocorticoid_mg_day", "frax_with_glucocorticoid"}),
    ({"glucocorticoid_mg_day": None, "frax_with_glucocorticoid": True}, {"glucocorticoid_mg_day"}),
    ({"glucocorticoid_mg_day": None, "frax_with_glucocorticoid": False}, set()),
    ({"glucocorticoid_mg_day": 10.0}, {"frax_with_glucocorticoid"}),
    # 5 mg change nothing, but FRAX without glucocorticoids would have to be refused.
    ({"glucocorticoid_mg_day": 5.0}, {"frax_with_glucocorticoid"}),
    ({"fracture_count": None}, {"fracture_count"}),
    ({"fracture_count": None, **dict.fromkeys(FRACTURES, False)}, set()),
    ({"fracture_count": 0, "fracture_hip": True}, {"fracture_count"}),
    ({"age_years": None}, {"age_years"}),
    ({"frax_hip_percent": None}, {"frax_hip_percent"}),
    ({"t_score_lumbar_spine": -3.0}, {"frax_with_bmd", "t_score_femoral_neck"}),
    ({"t_score_lumbar_spine": -3.0, "t_score_femoral_neck": -1.0}, {"frax_with_bmd"}),
    ({"t_score_lumbar_spine": -1.2, "t_score_femoral_neck": -1.0}, set()),
    ({"t_score_lumbar_spine": -3.0, "frax_with_bmd": True}, {"t_score_femoral_neck"}),
    ({"t_score_lumbar_spine": -3.0, "frax_with_bmd": False}, set()),
    ({"t_score_femoral_neck": -3.0, "frax_with_bmd": True}, set()),
]


@pytest.mark.parametrize(("change", "needs"), UNKNOWN)
def test_what_is_unknown_is_asked_for_and_never_taken_as_nothing(
    change: dict[str, object], needs: set[str]
) -> None:
    found = of(change)
    assert named(found["frax_adjustments_needs"]) == needs
    assert (found["frax_major_adjusted_percent"] is None) == bool(needs - {"frax_hip_percent"})


@pytest.mark.parametrize("age", [18.0, 39.9, 91.0, 110.0])
def test_outside_the_ages_of_frax_no_number_is_given(age: float) -> None:
    found = of(ON_10_MG, {"age_years": age, "fracture_count": 2})
    assert [found[name] for name in NUMBERS] == [None] * len(NUMBERS)
    assert found["frax_adjustments_outside"] == "age_years"
    assert found["frax_adjustments_needs"] is None


def test_frax_without_the_glucocorticoids_that_are_taken_is_refused() -> None:
    found = of({"glucocorticoid_mg_day": 5.0, "frax_with_glucocorticoid": False, "fracture_count": 2})
    assert [found[name] for name in NUMBERS] == [None] * len(NUMBERS)
    assert found["frax_adjustments_outside"] == "frax_with_glucocorticoid"


def test_an_age_outside_is_moved_to_the_limit_only_where_asked() -> None:
    clamp = Settings(clamp_risk_inputs=True)
    people = [{**PLAIN, **ON_10_MG, "age_years": age} for age in (30.0, 65.0, 95.0)]
    found = answers(people, (*COLUMNS, "frax_adjustments_clamped"), clamp)
    assert [row["frax_hip_adjusted_percent"] for row in found] == pytest.approx([6.25, 6.25, 5.5])
    assert [row["frax_adjustments_clamped"] for row in found] == ["age_years", None, "age_years"]
    assert [row["frax_adjustments_outside"] for row in found] == [None] * 3


def test_type_2_diabetes_gives_no_number_but_says_what_to_change() -> None:
    found = of({"diabetes_type2": True, "rheumatoid_arthritis": True, "frax_with_bmd": False})
    assert named(found["frax_type2_diabetes_options"]) == {"frax_option_trabecular_bone", "frax_option_age"}
    everything = of({"diabetes_type2": True})
    assert len(named(everything["frax_type2_diabetes_options"])) == 4
    assert everything["frax_major_adjusted_percent"] == 20.0
    assert of({"diabetes_type2": False})["frax_type2_diabetes_options"] is None
    assert of()["frax_type2_diabetes_options"] is None


def test_classes_of_the_trabecular_bone_score() -> None:
    scores = (1.5, 1.35, 1.349, 1.201, 1.2, 0.9, None)
    found = answers([{"trabecular_bone_score": score} for score in scores], ["trabecular_bone_class"])
    words = [row["trabecular_bone_class"] for row in found]
    assert words == ["normal"] * 2 + ["partly_degraded"] * 2 + ["degraded"] * 2 + [None]


def test_the_columns_of_the_contract_are_among_what_assess_gives_with_risk() -> None:
    with_risk = make_assessor(None, None, risk=True).outputs("verdicts")
    promised = {"frax_major_adjusted_percent", "frax_hip_adjusted_percent", "fall_risk_steadi"}
    assert promised <= set(with_risk)
    assert not promised & set(make_assessor().outputs("verdicts"))


def test_numbers_from_one_source_are_not_called_checked() -> None:
    evidence = load_evidence("risk", "frax_adjustments")
    assert evidence.cutoff("trabecular_bone_normal").limits[0].source.status == "unchecked"
    assert evidence.points_of("high_dose_hip").source.status == "checked"


DRAWS: dict[str, Callable[[random.Random], object]] = {
    "age_years": lambda r: r.choice([39.9, 40.0, 49.9, 60.0, 65.5, 70.0, 80.0, 90.9, 91.0]),
    "frax_major_percent": lambda r: r.choice([0.0, 10.0, 19.9, 30.0, 88.0]),
    "frax_hip_percent": lambda r: r.choice([0.0, 1.0, 2.9, 4.5, 90.0]),
    "glucocorticoid_mg_day": lambda r: r.choice([0.0, 0.0, 1.0, 2.5, 5.0, 7.4, 7.5, 40.0]),
    "frax_with_glucocorticoid": lambda r: r.random() < 0.7,
    "frax_with_bmd": lambda r: r.random() < 0.6,
    "t_score_lumbar_spine": lambda r: round(r.uniform(-4, 1), 1),
    "t_score_femoral_neck": lambda r: round(r.uniform(-4, 1), 1),
    "fracture_count": lambda r: r.choice([0, 0, 0, 1, 2, 3, 4, 7]),
    **{kind: (lambda r: r.random() < 0.05) for kind in FRACTURES},
}


def random_people(count: int, seed: int) -> list[dict[str, object]]:
    """People with gaps, everybody with at least one value."""
    rng = random.Random(seed)
    people = []
    for _ in range(count):
        missing = rng.choice([0.0, 0.1, 0.3])
        people.append({name: None if rng.random() < missing else draw(rng) for name, draw in DRAWS.items()})
    return people


def test_a_second_reading_agrees_about_many_people() -> None:
    people = random_people(4000, seed=7)
    settled = 0
    for person, found in zip(people, answers(people, COLUMNS), strict=True):
        expected = read(person)
        for name in NUMBERS:
            assert found[name] == pytest.approx(expected.values[name], abs=1e-9), (name, person)
        for column in ("conflict", "needs", "outside"):
            assert named(found[f"frax_adjustments_{column}"]) == getattr(expected, column), (column, person)
        settled += found["frax_major_adjusted_percent"] is not None
    assert settled > 500


def test_measuring_what_is_needed_settles_it() -> None:
    rng = random.Random(11)
    people = random_people(1500, seed=12)
    before = answers(people, COLUMNS)
    filled = [
        {**person, **{name: DRAWS[name](rng) for name in named(row["frax_adjustments_needs"])}}
        for person, row in zip(people, before, strict=True)
    ]
    for person, row in zip(filled, answers(filled, COLUMNS), strict=True):
        # A count of none beside a known fracture is still no count.
        contradicted = person["fracture_count"] == 0 and True in [person[kind] for kind in FRACTURES]
        assert contradicted or row["frax_adjustments_needs"] is None, person


def test_engines_agree(engine: Engine) -> None:
    people = random_people(300, seed=5)
    for settings in (None, Settings(clamp_risk_inputs=True)):
        assert_same(
            answered(people, COLUMNS, settings, Polars()), answered(people, COLUMNS, settings, engine)
        )

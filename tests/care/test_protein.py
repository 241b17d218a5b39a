"""Protein: the test cases of the facts, each limit below, at and above it, unknowns, and a second reading in plain Python."""

from __future__ import annotations

import random

import polars as pl
import pytest

from care.caring import SARCOPENIC, WELL, cared, lines_of, named, one, rows
from care.protein_reading import (
    canonical,
    counted_weight,
    grams_for_each_kg,
    possible_rows,
    random_person,
    whole,
)
from myosteon.evidence.care_load import load_care

DAY = ("protein_g_day_low", "protein_g_day_high")
PROTEIN_LINES = (
    "protein_general",
    "protein_raised",
    "protein_cirrhosis",
    "protein_kidney_moderate",
    "protein_kidney_moderate_raised",
    "protein_kidney_severe",
    "protein_dialysis",
    "protein_either_way",
    "protein_kidney_unknown",
    "protein_until_kidney_known",
    "protein_open",
    "protein_weight_unknown",
)

GIVES_PROTEIN = {
    "protein",
    "protein_food",
    "protein_meals",
    "oral_nutritional_supplement",
    "leucine",
    "essential_amino_acids",
    "hmb",
    "creatine",
}


# ---- the cases of facts/interventions.md 1.1


def test_who_trains_with_good_kidneys_gets_72_to_90() -> None:
    assert one({**WELL, "resistance_training_sessions_week": 7.0}, *DAY) == (72, 90)


def test_who_is_healthy_and_does_not_train_gets_60_to_72() -> None:
    assert one(WELL, *DAY) == (60, 72)


def test_egfr_25_with_sarcopenia_gets_48_and_a_referral() -> None:
    person = {**WELL, **SARCOPENIC, "egfr_ml_min_1_73m2": 25.0}
    assert one(person, *DAY) == (48, 48)
    assert lines_of(person, ("protein_joint_decision", "protein_raised")) == {"protein_joint_decision"}


def test_with_ascites_the_ideal_weight_counts() -> None:
    person = {
        **WELL,
        "weight_kg": 82.0,
        "ideal_weight_kg": 64.0,
        "cirrhosis": True,
        "chronic_liver_disease": True,
        "ascites": True,
    }
    assert one(person, "protein_weight_basis", "protein_weight_kg") == ("ideal", 64.0)
    assert one(person, *DAY) == (whole(64 * 1.2), whole(64 * 1.5))


# ---- limits


@pytest.mark.parametrize(
    ("measure", "value", "row"),
    [
        ("egfr_ml_min_1_73m2", 29.9, "kidney_severe"),
        ("egfr_ml_min_1_73m2", 30.0, "kidney_moderate"),
        ("egfr_ml_min_1_73m2", 59.9, "kidney_moderate"),
        ("egfr_ml_min_1_73m2", 60.0, "general"),
        ("egfr_ml_min_1_73m2", None, None),
        ("dialysis", True, "dialysis"),
        ("cirrhosis", True, "cirrhosis"),
        ("resistance_training_sessions_week", 2.9, "general"),
        ("resistance_training_sessions_week", 3.0, "raised"),
        ("resistance_training_sessions_week", None, None),
        ("mna_sf_score", 12, "general"),
        ("mna_sf_score", 11, "raised"),
        ("mna_sf_score", None, None),
        ("acute_or_chronic_illness", True, "raised"),
        ("acute_or_chronic_illness", None, None),
        ("t_score_total_hip", -2.4, "general"),
        ("t_score_total_hip", -2.5, "raised"),
    ],
)
def test_each_limit_of_the_rows(measure: str, value: object, row: str | None) -> None:
    rule, needs = one({**WELL, measure: value}, "protein_rule", "protein_rule_needs")
    assert rule == row
    assert named(needs) == ({measure} if row is None else set())


@pytest.mark.parametrize(
    ("stable", "row"),
    [(True, "kidney_moderate_raised"), (False, "kidney_moderate"), (None, "kidney_moderate")],
)
def test_more_protein_for_a_weak_kidney_has_to_be_proved(stable: bool | None, row: str) -> None:
    person = {**WELL, **SARCOPENIC, "egfr_ml_min_1_73m2": 45.0, "kidney_function_stable": stable}
    assert one(person, "protein_rule") == (row,)
    assert lines_of(person, ("protein_kidney_raise_unknown",)) == (
        {"protein_kidney_raise_unknown"} if stable is None else set()
    )


@pytest.mark.parametrize(("weight", "basis"), [(76.7, "actual"), (76.8, "ideal"), (None, None)])
def test_from_a_bmi_of_30_the_ideal_weight_counts(weight: float | None, basis: str | None) -> None:
    # 76.8 kg at 160 cm is a BMI of 30.
    person = {**WELL, "weight_kg": weight}
    assert one(person, "protein_weight_basis") == (basis,)
    expected = {"actual": weight, "ideal": pytest.approx(22 * 1.6**2), None: None}[basis]
    assert one(person, "protein_weight_kg") == (expected,)


def test_meals_portions_and_gap() -> None:
    person = {**WELL, "protein_intake_g_kg_day": 0.8}
    assert one(person, "protein_g_meal_low", "protein_g_meal_high") == (20, 24)
    assert one(person, "protein_g_meal_of_four_low", "protein_g_meal_of_four_high") == (15, 18)
    assert one(person, "protein_portions_low", "protein_portions_high") == (6, 7)
    assert one(person, "protein_intake_short", "protein_gap_g_day") == (True, 12)
    enough = {**WELL, "protein_intake_g_kg_day": 1.0}
    assert one(enough, "protein_intake_short", "protein_gap_g_day") == (False, 0)
    assert one(WELL, "protein_intake_short", "protein_gap_g_day") == (None, None)


# ---- unknown kidney function never raises a target


@pytest.mark.parametrize("ckd", [True, False, None])
@pytest.mark.parametrize("sessions", [0.0, 7.0, None])
def test_unknown_kidney_function_gives_no_grams_and_says_check_first(
    ckd: bool | None, sessions: float | None
) -> None:
    person = {
        **WELL,
        "ckd": ckd,
        "egfr_ml_min_1_73m2": None,
        "resistance_training_sessions_week": sessions,
    }
    assert one(person, *DAY, "protein_rule") == (None, None, None)
    said = lines_of(person, PROTEIN_LINES)
    assert said == ({"protein_kidney_unknown"} if ckd else {"protein_until_kidney_known"})


@pytest.mark.parametrize(("age", "said"), [(49.9, set()), (50.0, {"protein_general"}), (None, set())])
def test_the_general_target_is_said_to_older_people(age: float | None, said: set[str]) -> None:
    assert lines_of({**WELL, "age_years": age}, PROTEIN_LINES) == said


def test_nothing_known_still_says_check_first() -> None:
    assert lines_of({}, PROTEIN_LINES) == {"protein_until_kidney_known"}


def test_what_is_unknown_does_not_matter_where_every_row_agrees() -> None:
    person = {
        **WELL,
        "cirrhosis": None,
        "chronic_liver_disease": None,
        "ascites": False,
        "resistance_training_sessions_week": 5.0,
    }
    assert one(person, "protein_rule", *DAY) == (None, 72, 90)
    assert lines_of(person, PROTEIN_LINES) == {"protein_either_way"}


# ---- positions that contradict are shown beside the target


def test_a_frail_person_with_a_weak_kidney_sees_every_position() -> None:
    positions = ("protein_position_kdigo_more", "protein_position_va_dod", "protein_position_espen_ill")
    person = {**WELL, **SARCOPENIC, "egfr_ml_min_1_73m2": 25.0, "mna_sf_score": 9}
    assert lines_of(person, positions) == set(positions)
    assert lines_of(WELL, positions) == set()


def test_cirrhosis_with_a_weak_kidney_shows_both_targets() -> None:
    person = {**WELL, "egfr_ml_min_1_73m2": 25.0, "cirrhosis": True, "chronic_liver_disease": True}
    both = ("protein_kidney_severe", "protein_position_liver", "protein_cirrhosis")
    assert lines_of(person, both) == {"protein_kidney_severe", "protein_position_liver"}


def test_kidney_disease_with_good_egfr_and_osteoporosis_without_training_show_the_other_opinion() -> None:
    ids = ("protein_raised", "protein_position_kidney_disease", "protein_position_china2022")
    osteoporotic = {**WELL, "t_score_total_hip": -2.8}
    assert lines_of(osteoporotic, ids) == {"protein_raised", "protein_position_china2022"}
    training = {**osteoporotic, "resistance_training_sessions_week": 3.0}
    assert lines_of(training, ids) == {"protein_raised"}
    assert lines_of({**training, "ckd": True}, ids) == {"protein_raised", "protein_position_kidney_disease"}


def test_without_egfr_nobody_is_given_protein_supplements_or_grams() -> None:
    rng = random.Random(13)
    people = [{**canonical(random_person(rng)), "egfr_ml_min_1_73m2": None} for _ in range(1000)]
    nutrition = next(one for one in load_care() if one.id == "nutrition")
    given = [
        f"line_{line.id}"
        for line in nutrition.lines
        if line.status in ("do", "offer") and line.subject in GIVES_PROTEIN
    ]
    assert len(given) > 10
    assert not cared(people, given).fill_null(False).select(pl.any_horizontal(pl.all())).to_series().any()


# ---- a second reading


def test_random_people_are_read_alike_in_plain_python() -> None:
    rng = random.Random(11)
    people = [random_person(rng) for _ in range(3000)]
    columns = (
        "protein_rule",
        "protein_g_kg_day_low",
        "protein_g_kg_day_high",
        "protein_weight_kg",
        *DAY,
    )
    seen: set[object] = set()
    for person, row in zip(people, rows([canonical(person) for person in people], columns), strict=True):
        possible = possible_rows(person)
        expected = next(iter(possible)) if len(possible) == 1 else None
        low, high = grams_for_each_kg(possible)
        weight = counted_weight(person)
        assert row["protein_rule"] == expected
        assert (row["protein_g_kg_day_low"], row["protein_g_kg_day_high"]) == (low, high)
        assert row["protein_weight_kg"] == (None if weight is None else pytest.approx(weight))
        for end, per_kg in (("low", low), ("high", high)):
            grams = None if weight is None or per_kg is None else whole(weight * per_kg)
            assert row[f"protein_g_day_{end}"] == grams
        seen.add(expected)
    assert len(seen) == 8


def test_one_line_of_protein_speaks_to_everybody_who_is_known_and_never_two() -> None:
    rng = random.Random(12)
    drawn = [random_person(rng) for _ in range(1000)]
    known = [None not in (value for name, value in p.items() if name != "ideal_weight_kg") for p in drawn]
    frame = cared([canonical(person) for person in drawn], [f"line_{id}" for id in PROTEIN_LINES])
    spoken = frame.select(pl.sum_horizontal(pl.all().fill_null(False).cast(pl.Int8))).to_series().to_list()
    assert max(spoken) == 1
    assert any(known)
    assert all(count == 1 for count, complete in zip(spoken, known, strict=True) if complete)

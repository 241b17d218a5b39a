"""Calcium and vitamin D: limits, gaps, cautions, and who is not simply given tablets."""

from __future__ import annotations

import pytest

from care.caring import SARCOPENIC, WELL, lines_of, one

OSTEOPOROTIC = {**WELL, "t_score_total_hip": -2.8}


@pytest.mark.parametrize(
    ("eaten", "low", "high"),
    [
        (0.0, 1000, 1200),
        (600.0, 400, 600),
        (1000.0, 0, 200),
        (1200.0, 0, 0),
        (1500.0, 0, 0),
        (None, None, None),
    ],
)
def test_the_gap_of_calcium(eaten: float | None, low: float | None, high: float | None) -> None:
    person = {**WELL, "calcium_intake_mg_day": eaten}
    assert one(person, "calcium_gap_mg_day_low", "calcium_gap_mg_day_high") == (low, high)
    ids = ("calcium_gap", "calcium_gap_small", "calcium_enough", "calcium_intake_unknown")
    expected = {None: "calcium_intake_unknown", 0: "calcium_enough"}.get(
        high, "calcium_gap" if low else "calcium_gap_small"
    )
    assert lines_of(person, ids) == {expected}


@pytest.mark.parametrize(
    ("level", "state"),
    [
        (9.9, "severely_deficient"),
        (10.0, "deficient"),
        (19.9, "deficient"),
        (20.0, "insufficient"),
        (29.9, "insufficient"),
        (30.0, "sufficient"),
        (None, None),
    ],
)
def test_the_classes_of_vitamin_d(level: float | None, state: str | None) -> None:
    assert one({"vitamin_d_25oh_ng_ml": level}, "vitamin_d_state") == (state,)


def test_vitamin_d_by_level_and_bone() -> None:
    ids = ("vitamin_d_treat", "vitamin_d_basic", "test_vitamin_d")
    assert lines_of({**OSTEOPOROTIC, "vitamin_d_25oh_ng_ml": 18.0}, ids) == {"vitamin_d_treat"}
    assert lines_of({**OSTEOPOROTIC, "vitamin_d_25oh_ng_ml": 35.0}, ids) == {"vitamin_d_basic"}
    assert lines_of({**WELL, "vitamin_d_25oh_ng_ml": 18.0}, ids) == {"vitamin_d_basic"}
    assert lines_of(OSTEOPOROTIC, ids) == {"test_vitamin_d"}


@pytest.mark.parametrize(("level", "shown"), [(19.9, False), (20.0, True), (29.9, True), (30.0, False)])
def test_where_the_sources_on_vitamin_d_disagree_both_are_shown(level: float, shown: bool) -> None:
    person = {**OSTEOPOROTIC, "vitamin_d_25oh_ng_ml": level}
    assert lines_of(person, ("vitamin_d_position_iom",)) == ({"vitamin_d_position_iom"} if shown else set())


CAUTIONS = (
    "vitamin_d_treat",
    "calcium_gap",
    "calcium_forbidden_held",
    "calcium_after_stones",
    "calcium_caution_check",
)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, {"vitamin_d_treat", "calcium_gap"}),
        ({"calcium_mmol_l": 2.6}, {"vitamin_d_treat", "calcium_gap"}),
        ({"calcium_mmol_l": 2.61}, {"calcium_forbidden_held"}),
        ({"calcium_mmol_l": None}, {"calcium_caution_check"}),
        ({"kidney_stones": None}, {"calcium_caution_check"}),
        ({"kidney_stones": True}, {"calcium_after_stones"}),
        ({"sarcoidosis": True}, {"calcium_forbidden_held"}),
        ({"hyperparathyroidism": True, "kidney_stones": None}, {"calcium_forbidden_held"}),
    ],
)
def test_calcium_and_vitamin_d_wait_for_what_would_forbid_them(
    change: dict[str, object], lines: set[str]
) -> None:
    person = {**OSTEOPOROTIC, "vitamin_d_25oh_ng_ml": 12.0, "calcium_intake_mg_day": 500.0, **change}
    assert lines_of(person, CAUTIONS) == lines


def test_no_amino_acids_or_creatine_for_a_weak_or_unknown_kidney() -> None:
    ids = ("leucine", "essential_amino_acids", "hmb", "creatine", "creatine_avoid")
    person = {
        **WELL,
        **SARCOPENIC,
        "age_years": 78.0,
        "resistance_training_sessions_week": 3.0,
        "protein_intake_g_kg_day": 0.7,
    }
    assert lines_of(person, ids) == {"leucine", "essential_amino_acids", "hmb", "creatine"}
    assert lines_of({**person, "egfr_ml_min_1_73m2": 45.0}, ids) == {"creatine_avoid"}
    assert lines_of({**person, "egfr_ml_min_1_73m2": None}, ids) == set()


def test_a_trial_in_women_is_not_printed_for_men() -> None:
    man = {**WELL, **SARCOPENIC, "sex": "male", "age_years": 78.0}
    assert lines_of(man, ("essential_amino_acids",)) == set()


def test_salt_is_replaced_by_sodium_with_ascites() -> None:
    person = {**WELL, "cirrhosis": True, "ascites": True, "chronic_liver_disease": True}
    assert lines_of(person, ("salt", "sodium_ascites")) == {"sodium_ascites"}
    assert lines_of(WELL, ("salt", "sodium_ascites")) == {"salt"}

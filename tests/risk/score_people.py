"""Random people that stress the point scores: values on limits and beside them, gaps, people outside."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

Draw = Callable[[random.Random], object]


def one_of(*values: object) -> Draw:
    """One of the values."""
    return lambda rng: rng.choice(values)


AGES = (49.9, 50, 59.9, 60, 61, 64.99, 65, 66, 69, 70, 70.9, 71, 74, 75, 79.5, 80, 80.9, 81, 84, 85, 86, 97)
T_SCORES = (-4.0, -3.5, -3.49, -3.0, -2.99, -2.5, -2.49, -2.0, -1.99, -1.0, -0.99, 0.5)

NUMBERS: Mapping[str, Draw] = {
    "age_years": lambda rng: float(rng.choice(AGES)),
    "sex": one_of("female", "female", "female", "male"),
    "height_cm": one_of(150.0, 160.0, 200.0),
    "weight_kg": one_of(45.0, 57.0, 57.1, 59.9, 60.0, 64.0, 99.9, 100.0),
    "t_score_total_hip": one_of(*T_SCORES),
    "short_mmse_score": one_of(0, 23, 24, 26),
    "gait_speed_m_s": one_of(0.0, 0.69, 0.7, 0.71, 1.0, 1.01),
    "chair_stand_5x_s": one_of(9.0, 20.0),
    "months_since_last_fracture": one_of(0.5, 60.0, 60.1, 120.0, 240.0),
    "age_at_menopause_years": one_of(40.0, 50.0, 55.0),
    "vertebral_fracture_count": one_of(0, 0, 2),
    "genant_max_grade": one_of(0, 0, 1),
    "smoking_category": one_of("never", "former", "light", "heavy"),
    "glucocorticoid_mg_day": one_of(0.0, 7.5, 7.6),
    "glucocorticoid_months": one_of(0.0, 3.0, 3.1),
    "months_since_hip_fracture": one_of(0.0, 0.5, 1.0, 1.1, 60.0),
    "haemoglobin_g_l": one_of(80.0, 100.0, 100.1, 130.0),
    "abbreviated_mental_test_score": one_of(0, 6, 7, 10),
    "comorbid_organ_systems_count": one_of(0, 1, 2, 4),
    "falls_12m": one_of(0, 0, 3),
    "morse_aid": one_of("none", "crutch_cane_walker", "furniture"),
    "morse_gait": one_of("normal", "weak", "impaired"),
}
FLAGS = (
    "fracture_hip",
    "fracture_vertebral",
    "fracture_proximal_humerus",
    "fracture_pelvis",
    "fracture_distal_forearm",
    "fracture_other",
    "fracture_after_50",
    "fracture_nonvertebral_after_50",
    "postmenopausal",
    "parent_hip_fracture",
    "mother_hip_fracture",
    "sibling_hip_fracture",
    "smoking_current",
    "chair_rise_arms",
    "chair_stand_unable",
    "tandem_stand_poor",
    "walk_unable",
    "severe_immobility",
    "lives_in_care_home",
    "cancer",
    "malignancy_20y",
    "diabetes_type1",
    "diabetes_type2",
    "lung_disease_limiting",
    "heart_failure",
    "difficulty_bathing",
    "difficulty_managing_money",
    "difficulty_walking_blocks",
    "unable_walk_block",
    "difficulty_pushing_objects",
    "morse_fall_history",
    "morse_secondary_diagnosis",
    "morse_infusion",
    "morse_forgets_limits",
)
# Where these are recorded the question is answered by them; leaving them out lets the other measures speak.
ANSWERS_BY_ITSELF = ("smoking_current", "fracture_after_50", "mother_hip_fracture", "chair_rise_arms")


def random_person(rng: random.Random) -> dict[str, object]:
    """One person: from complete to nearly empty, from well to ill."""
    missing, ill = rng.choice((0.0, 0.02, 0.05, 0.2, 0.6)), rng.choice((0.0, 0.1, 0.3, 0.7))
    person: dict[str, object] = {name: draw(rng) for name, draw in NUMBERS.items()}
    person |= {name: rng.random() < ill for name in FLAGS}
    # Most are inside: a woman with a low T-score, a fresh hip fracture.
    if rng.random() < 0.7:
        person["t_score_total_hip"] = rng.choice([t for t in T_SCORES if t <= -2.5])
    if rng.random() < 0.7:
        person["months_since_hip_fracture"] = 0.5
    for name in ANSWERS_BY_ITSELF:
        if rng.random() < 0.3:
            person[name] = None
    return {name: None if rng.random() < missing else value for name, value in person.items()}


def random_people(n: int, seed: int) -> list[dict[str, object]]:
    """`n` people, the same for the same seed."""
    rng = random.Random(seed)
    return [random_person(rng) for _ in range(n)]

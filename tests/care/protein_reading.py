"""The protein table read a second time, in plain Python: every value that an unknown may have is tried.

Nothing here knows the rules: the numbers are typed from the facts, and "unknown" is the set of both answers.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping
from itertools import product

Person = Mapping[str, object]
# g for each kg and day, by row; dialysis has none.
TARGETS = {
    "kidney_severe": (0.8, 0.8),
    "kidney_moderate_raised": (0.8, 1.2),
    "kidney_moderate": (0.8, 1.0),
    "cirrhosis": (1.2, 1.5),
    "raised": (1.2, 1.5),
    "general": (1.0, 1.2),
}


def random_person(rng: random.Random) -> dict[str, object]:
    """One person around the limits of the table, with gaps; all low-trauma fractures are known to be none."""
    missing = rng.choice((0.0, 0.05, 0.2, 0.5))
    t_score = rng.choice((-3.0, -2.5, -2.4, 0.0))
    person: dict[str, object] = {
        "sex": rng.choice(("female", "male")),
        "height_cm": rng.choice((150.0, 160.0, 175.0)),
        "weight_kg": rng.choice((45.0, 60.0, 76.8, 77.0, 95.0)),
        "ideal_weight_kg": rng.choice((None, 55.0)),
        "ckd": rng.random() < 0.3,
        "dialysis": rng.random() < 0.1,
        "egfr_ml_min_1_73m2": rng.choice((12.0, 29.9, 30.0, 45.0, 59.9, 60.0, 90.0)),
        "kidney_function_stable": rng.random() < 0.5,
        "cirrhosis": rng.random() < 0.2,
        "chronic_liver_disease": rng.random() < 0.3,
        "ascites": rng.random() < 0.2,
        "resistance_training_sessions_week": rng.choice((0.0, 2.0, 3.0, 5.0)),
        "mna_sf_score": rng.choice((7, 11, 12, 14)),
        "acute_or_chronic_illness": rng.random() < 0.2,
        "t_score": t_score,
        "grip_kg": rng.choice((14.0, 17.9, 18.0, 27.9, 28.0, 40.0)),
        "alm_kg": rng.choice((10.0, 25.0)),
    }
    gaps = {name: None if rng.random() < missing else value for name, value in person.items()}
    for name in ("sex", "grip_kg", "alm_kg"):
        # Sarcopenia itself is tested elsewhere: here it is known, or unknown as a whole.
        gaps[name] = person[name]
    if rng.random() < missing:
        gaps["alm_kg"] = None
    return gaps


def canonical(person: Person) -> dict[str, object]:
    """The same person in the measures of the vocabulary."""
    t_score = person["t_score"]
    fractures = ("hip", "vertebral", "proximal_humerus", "pelvis", "distal_forearm", "other")
    return {
        **{name: value for name, value in person.items() if name != "t_score"},
        "age_years": 72.0,
        "postmenopausal": True,
        "mass_method": "dxa",
        "gait_speed_m_s": 1.2,
        "sppb_score": 12,
        "chair_stand_5x_s": 9.0,
        "t_score_lumbar_spine": t_score,
        "t_score_femoral_neck": t_score,
        "t_score_total_hip": t_score,
        **{f"fracture_{site}": False for site in fractures},
    }


def sarcopenic(person: Person) -> set[bool]:
    """AWGS 2019: weak, and little muscle by DXA; walking and rising of these people are good."""
    man = person["sex"] == "male"
    grip = person["grip_kg"]
    assert isinstance(grip, float)
    if grip >= (28 if man else 18):
        return {False}
    alm, height = person["alm_kg"], person["height_cm"]
    if not isinstance(alm, float) or not isinstance(height, float):
        return {True, False}
    return {alm / (height / 100) ** 2 < (7.0 if man else 5.4)}


def answers(value: object) -> set[bool]:
    """A yes or no, or both where it is unknown."""
    return {True, False} if value is None else {bool(value)}


def compared(value: object, test: Callable[[float], bool]) -> set[bool]:
    """What a comparison may answer."""
    if value is None:
        return {True, False}
    assert isinstance(value, int | float)
    return {test(value)}


def possible_rows(person: Person) -> set[str]:
    """Every row that the table may give to the person."""
    egfr = person["egfr_ml_min_1_73m2"]
    kidneys: Iterable[float] = (20.0, 45.0, 80.0) if egfr is None else (float(str(egfr)),)
    dialysis = answers(person["dialysis"])
    if person["dialysis"] is None and (person["ckd"] is False or (egfr is not None and min(kidneys) >= 60)):
        dialysis = {False}
    cirrhosis = answers(person["cirrhosis"])
    if person["cirrhosis"] is None and person["chronic_liver_disease"] is False:
        cirrhosis = {False}
    thin = compared(person["mna_sf_score"], lambda score: score <= 11)
    weak = sarcopenic(person)
    # More protein for a weak kidney has to be proved.
    raise_proved = (weak == {True} or thin == {True}) and person["kidney_function_stable"] is True
    needs = [
        compared(person["resistance_training_sessions_week"], lambda sessions: sessions >= 3),
        compared(person["t_score"], lambda t_score: t_score <= -2.5),
        weak,
        thin,
        answers(person["acute_or_chronic_illness"]),
    ]
    need = {any(world) for world in product(*needs)}
    return {
        _row(on_dialysis, kidney, raise_proved, liver, needed)
        for on_dialysis, kidney, liver, needed in product(dialysis, kidneys, cirrhosis, need)
    }


def _row(dialysis: bool, egfr: float, raise_proved: bool, cirrhosis: bool, need: bool) -> str:
    if dialysis:
        return "dialysis"
    if egfr < 30:
        return "kidney_severe"
    if egfr < 60:
        return "kidney_moderate_raised" if raise_proved else "kidney_moderate"
    if cirrhosis:
        return "cirrhosis"
    return "raised" if need else "general"


def grams_for_each_kg(possible: set[str]) -> tuple[float | None, float | None]:
    """The ends of the target where every possible row agrees on them."""
    if "dialysis" in possible:
        return None, None
    ends = []
    for end in (0, 1):
        numbers = {TARGETS[row][end] for row in possible}
        ends.append(numbers.pop() if len(numbers) == 1 else None)
    return ends[0], ends[1]


def counted_weight(person: Person) -> float | None:
    """The weight that protein is counted on."""
    weight, height = person["weight_kg"], person["height_cm"]
    both = isinstance(weight, float) and isinstance(height, float)
    heavy = {_index(weight, height) >= 30} if both else {True, False}
    fluid = answers(person["ascites"])
    no_cirrhosis = person["cirrhosis"] is False or (
        person["cirrhosis"] is None and person["chronic_liver_disease"] is False
    )
    if person["ascites"] is None and no_cirrhosis:
        fluid = {False}
    if heavy == {True} or fluid == {True}:
        ideal = person["ideal_weight_kg"]
        if isinstance(ideal, float):
            return ideal
        return 22 * (height / 100) ** 2 if isinstance(height, float) else None
    if heavy == fluid == {False}:
        assert isinstance(weight, float)
        return weight
    return None


def _index(weight: object, height: object) -> float:
    assert isinstance(weight, float)
    assert isinstance(height, float)
    return round(weight / (height / 100) ** 2, 9)


def whole(grams: float) -> int:
    """Nearest whole gram, halves upwards."""
    return math.floor(round(grams, 9) + 0.5)

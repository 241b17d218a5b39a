"""Random people that stress the contract: values on cut-offs and one step either side, gaps, flags,
contradictions.

All values lie inside the hard ranges of measurements.csv. The people are adults (or of unknown age): the
contract speaks of adult ages only. Every person lists every measure used here, with None for unknown, so
that a table can be made of them; floats are floats and counts are ints throughout.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Draw: TypeAlias = Callable[[random.Random], object]


@dataclass(frozen=True)
class Habits:
    """How often, in one person, a measure is missing, a flag is set and a mass lies on a cut-off.

    `lean` is fit, poor or mixed: with many alternative tests a person drawn evenly would nearly always
    fail one.
    """

    missing: float
    missing_group: float
    yes: float
    on_the_edge: float
    lean: str


def near(*cut_offs: float, step: float, low: float, high: float) -> Draw:
    """A cut-off, or one step either side of it, or now and then anything between low and high."""
    edges = [round(cut + away * step, 6) for cut in cut_offs for away in (-1, 0, 1)]
    within = [edge for edge in edges if low <= edge <= high]
    return lambda rng: rng.choice(within) if rng.random() < 0.8 else round(rng.uniform(low, high), 2)


def count(*values: int) -> Draw:
    """One of the given counts."""
    return lambda rng: rng.choice(values)


def category(*words: str) -> Draw:
    """One of the given words."""
    return lambda rng: rng.choice(words)


DRUGS = ("none", "alendronate", "denosumab", "hormone_therapy", "raloxifene")

GROUPS: dict[str, dict[str, Draw]] = {
    "sex": {"sex": category("female", "male")},
    "menopause": {"postmenopausal": lambda rng: rng.random() < 0.6},
    "age": {"age_years": near(45, 50, 55, 65, 70, 75, 80, step=0.1, low=18, high=105)},
    "girths": {
        "calf_circumference_cm": near(33, 34, step=0.1, low=20, high=50),
        "finger_ring_test": category("bigger", "just_fits", "smaller"),
        "tallest_height_cm": near(160, 175, step=0.5, low=90, high=230),
    },
    "grip": {"grip_kg": near(16, 18, 20, 26, 27, 28, 30, 34, 35.5, step=0.1, low=0, high=80)},
    "hands": {
        "grip_left_kg": near(16, 18, 26, 27, 28, step=0.1, low=0, high=80),
        "grip_right_kg": near(16, 18, 26, 27, 28, step=0.1, low=0, high=80),
    },
    "chair": {"chair_stand_5x_s": near(11.19, 12, 13.69, 15, 16.69, 60, step=0.01, low=4, high=120)},
    "gait": {"gait_speed_m_s": near(0.8, 1.0, step=0.01, low=0, high=2)},
    "sppb": {"sppb_score": count(0, 3, 7, 8, 9, 10, 12)},
    "sppb_parts": {
        "balance_side_by_side_s": near(10, 10, 10.5, step=0.01, low=0, high=30),
        "balance_semi_tandem_s": near(10, 10, 10.5, step=0.01, low=0, high=30),
        "balance_tandem_s": near(3, 10, step=0.01, low=0, high=30),
        "gait_4m_s": near(4.82, 6.20, 8.70, step=0.01, low=2, high=30),
    },
    "tug": {"tug_s": near(20, step=0.1, low=4, high=60)},
    "walk": {"walk_400m_s": near(360, step=0.5, low=150, high=900)},
    "smi": {"smi_l3_cm2_m2": near(38, 42, step=0.1, low=20, high=70)},
    "sarc_f_items": {
        f"sarc_f_{item}": count(0, 0, 1, 1, 2)
        for item in ("strength", "assistance", "rise", "climb", "falls")
    },
    "sarc_f_score": {"sarc_f_score": count(0, 1, 3, 4, 5, 10)},
    "spine": {"t_score_lumbar_spine": near(-2.5, -1.0, step=0.01, low=-4, high=2)},
    "hip": {
        "t_score_femoral_neck": near(-2.5, -1.0, step=0.01, low=-4, high=2),
        "t_score_total_hip": near(-2.5, -1.0, -0.5, step=0.01, low=-4, high=2),
    },
    "radius": {"t_score_radius_33": near(-2.5, -1.0, step=0.01, low=-4, high=2)},
    "z_scores": {
        "z_score_lumbar_spine": near(-2.0, -1.0, step=0.01, low=-4, high=2),
        "z_score_femoral_neck": near(-2.0, -1.0, step=0.01, low=-4, high=2),
        "z_score_total_hip": near(-2.0, -1.0, step=0.01, low=-4, high=2),
    },
    "qct": {"qct_spine_mg_cm3": near(80, 120, step=0.1, low=-10, high=250)},
    "vertebrae": {"vertebral_fracture_count": count(0, 0, 0, 1, 3), "genant_max_grade": count(0, 0, 0, 1, 2)},
    "history": {
        "weight_loss_12m_kg": near(0, 2, step=0.1, low=0, high=20),
        "illness_count": count(0, 2, 4, 5, 6),
        "hospital_stays_12m": count(0, 1, 2, 3),
        "drug": category(*DRUGS),
    },
    "laboratory": {
        "creatinine_umol_l": near(70.72, 88.4, step=0.1, low=30, high=300),
        "cystatin_c_mg_l": near(1.0, step=0.1, low=0.4, high=4),
    },
}

FLAGS: dict[str, tuple[str, ...]] = {
    "fractures": (
        "fracture_hip",
        "fracture_vertebral",
        "fracture_proximal_humerus",
        "fracture_pelvis",
        "fracture_distal_forearm",
        "fracture_other",
    ),
    "frailty": ("fatigue_most_of_time", "unable_climb_10_steps", "unable_walk_block"),
}

# The good habits of the MSRA: as often yes as the fractures are no.
FLAGS_OFTEN_YES: dict[str, tuple[str, ...]] = {
    "meals": ("milk_daily", "protein_food_daily", "three_meals_daily", "walks_1000m"),
}

# Flags that are as a rule not recorded, so that not every person is one of them.
FLAGS_SELDOM_RECORDED = ("chair_stand_unable", "walk_unable", "walk_400m_completed")

BETTER_WHEN_HIGH = {"gait_speed_m_s", "sppb_score", *GROUPS["spine"], *GROUPS["hip"], *GROUPS["radius"]}
BETTER_WHEN_LOW = {"chair_stand_5x_s", "tug_s", "walk_400m_s", "gait_4m_s"}

ASMI_CUT_OFFS = (5.4, 5.5, 5.67, 5.7, 7.0, 7.2, 7.23, 7.26, 7.6)
ASM_BMI_CUT_OFFS = (0.512, 0.52, 0.55, 0.57, 0.63, 0.73, 0.789, 0.80, 0.83, 0.90)
HEIGHTS_CM = (100.0, 150.0, 152.5, 160.0, 165.0, 168.3, 175.0, 200.0)


def habits(rng: random.Random) -> Habits:
    """From the nearly complete to the nearly empty, from the well to the often broken."""
    return Habits(
        missing=rng.choice((0.0, 0.0, 0.02, 0.1, 0.3, 0.9)),
        missing_group=rng.choice((0.0, 0.0, 0.05, 0.2, 0.5)),
        yes=rng.choice((0.0, 0.05, 0.2, 0.5)),
        on_the_edge=rng.choice((0.0, 0.5, 1.0)),
        lean=rng.choice(("fit", "poor", "mixed")),
    )


def leaning(rng: random.Random, how: Habits, name: str, draw: Draw) -> object:
    """One draw, or in a person who leans to one side the better or the worse of three."""
    if how.lean == "mixed" or name not in BETTER_WHEN_HIGH | BETTER_WHEN_LOW:
        return draw(rng)
    draws = [value for value in (draw(rng) for _ in range(3)) if isinstance(value, int | float)]
    high_wanted = (how.lean == "fit") == (name in BETTER_WHEN_HIGH)
    return max(draws) if high_wanted else min(draws)


def body(rng: random.Random, how: Habits) -> dict[str, object]:
    """Height, weight and muscle mass; often a mass that lies on a cut-off of one of the two indices, or
    beside it.
    """
    height = rng.choice(HEIGHTS_CM) if rng.random() < 0.8 else round(rng.uniform(95, 225), 1)
    weight = rng.choice((40.0, 50.0, 59.9, 60.0, 65.0, 69.9, 70.0, 80.0, 95.0, 100.0))
    square = (height / 100) ** 2
    on_asmi = rng.choice(ASMI_CUT_OFFS) * square
    on_asm_bmi = rng.choice(ASM_BMI_CUT_OFFS) * weight / square
    edge = rng.choice((on_asmi, on_asm_bmi)) * rng.choice((1.0, 1.0, 0.999, 1.001, 1 - 1e-13, 1 + 1e-13))
    alm = edge if rng.random() < how.on_the_edge else round(rng.uniform(8, 35), 1)
    return {
        "height_cm": height,
        "weight_kg": weight,
        "alm_kg": min(max(alm, 3.0), 60.0),
        "mass_method": rng.choice(("dxa", "dxa", "bia", "bia", "estimated", None)),
    }


def keep_some(rng: random.Random, how: Habits, values: dict[str, object]) -> dict[str, object]:
    """The values with some, or all, of them made unknown."""
    if rng.random() < how.missing_group:
        return dict.fromkeys(values)
    return {name: None if rng.random() < how.missing else value for name, value in values.items()}


def contradict(rng: random.Random, person: dict[str, object]) -> None:
    """Now and then let two records of one thing disagree on purpose, so that each rule of precedence is
    met.
    """
    if rng.random() < 0.06:
        person.update(chair_stand_unable=True, chair_stand_5x_s=9.0)
    if rng.random() < 0.06:
        person.update(walk_unable=True, gait_speed_m_s=1.2, gait_4m_s=3.5)
    if rng.random() < 0.06:
        person.update(walk_400m_completed=False, walk_400m_s=300.0)
    if rng.random() < 0.06:
        person.update(fracture_vertebral=False, vertebral_fracture_count=2)
    if rng.random() < 0.06:
        person.update(sarc_f_score=10, sarc_f_strength=0, sarc_f_rise=0)


def lose_one_thing(rng: random.Random, person: dict[str, object]) -> None:
    """Make one measure that many rules share unknown, so that nearly complete people still leave
    questions.
    """
    if rng.random() < 0.4:
        person[
            rng.choice(("sex", "age_years", "postmenopausal", "height_cm", "weight_kg", "mass_method"))
        ] = None


def random_person(rng: random.Random) -> dict[str, object]:
    """One person, all measures listed, None for unknown."""
    how = habits(rng)
    person: dict[str, object] = {
        "person_id": f"p{rng.randrange(10**12):012d}",
        "visit_date": f"20{rng.randrange(10, 26)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
    }
    for draws in GROUPS.values():
        person.update(
            keep_some(rng, how, {name: leaning(rng, how, name, draw) for name, draw in draws.items()})
        )
    for names in FLAGS.values():
        person.update(keep_some(rng, how, {name: rng.random() < how.yes for name in names}))
    for names in FLAGS_OFTEN_YES.values():
        person.update(keep_some(rng, how, {name: rng.random() >= how.yes for name in names}))
    recorded = 0.05 if how.lean == "fit" else 0.25
    for name in FLAGS_SELDOM_RECORDED:
        person[name] = rng.choice((True, False)) if rng.random() < recorded else None
    person.update(keep_some(rng, how, body(rng, how)))
    lose_totals(rng, person)
    lose_one_thing(rng, person)
    contradict(rng, person)
    return person


def lose_totals(rng: random.Random, person: dict[str, object]) -> None:
    """Make totals unknown in most people, so that they are built from their parts."""
    for total in ("sppb_score", "sarc_f_score", "grip_kg"):
        if rng.random() < 0.5:
            person[total] = None


def random_people(n: int, seed: int) -> list[dict[str, object]]:
    """`n` people, the same for the same seed, with a `person_id` of their own each."""
    rng = random.Random(seed)
    people = [random_person(rng) for _ in range(n)]
    for place, person in enumerate(people):
        person["person_id"] = f"p{place:07d}"
    return people

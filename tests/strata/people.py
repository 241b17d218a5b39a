"""Made-up people in whom all is known and nothing contradicts, and the same people with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

Person = dict[str, object]

STRATA = (
    "stratum_china2022",
    "stratum_aace2020",
    "stratum_endocrine2019",
    "stratum_iof2020",
    "stratum_nogg2021",
    "stratum_acr2022",
)
SITES = (
    "fracture_hip",
    "fracture_vertebral",
    "fracture_proximal_humerus",
    "fracture_pelvis",
    "fracture_distal_forearm",
    "fracture_other",
)
T_SCORES = (-4.2, -3.5, -3.4, -3.1, -3.0, -2.9, -2.5, -2.4, -1.8, -1.0, -0.9, 0.4)
MAJOR = (0.0, 2.0, 5.4, 7.3, 9.0, 10.0, 11.7, 16.5, 20.0, 23.0, 26.4, 30.0, 30.5, 45.0)
HIP = (0.0, 0.5, 1.0, 1.1, 2.4, 3.0, 4.5, 4.6, 9.0)
AGES = (22.0, 39.0, 40.0, 44.0, 45.0, 49.0, 50.0, 54.0, 55.0, 63.0, 69.0, 70.0, 74.0, 75.0, 88.0, 92.0, 101.0)
DOSES = (0.0, 2.0, 2.5, 5.0, 7.5, 8.0, 30.0, 45.0)
MONTHS_ON_IT = (0.5, 1.0, 2.0, 3.0, 3.5, 6.0, 24.0)

# Nothing raises the risk of this woman; all is known.
WELL: Person = {
    "sex": "female",
    "age_years": 72.0,
    "postmenopausal": True,
    **dict.fromkeys(SITES, False),
    "fracture_count": 0,
    "vertebral_fracture_count": 0,
    "t_score_lumbar_spine": -0.5,
    "z_score_lumbar_spine": 0.5,
    "bmd_loss_beyond_least_change": False,
    "falls_12m": 0,
    "falls_injurious_12m": 0,
    "illness_count": 0,
    "fracture_on_treatment": False,
    "fracture_on_bone_harming_drug": False,
    "frax_major_percent": 5.0,
    "frax_hip_percent": 0.5,
    "frax_with_bmd": True,
    "frax_with_glucocorticoid": True,
    "glucocorticoid_mg_day": 0.0,
    "glucocorticoid_months": 0.0,
    "glucocorticoid_high_dose_over_30_days": False,
    "glucocorticoid_cumulative_g_year": 0.0,
}


def known_people(count: int, seed: int) -> list[Person]:
    """People of whom every measure is known that a scheme asks for."""
    random = Random(seed)
    return [_known(random) for _ in range(count)]


def _known(random: Random) -> Person:
    sex, age = random.choice(("male", "female")), random.choice(AGES)
    after = None if sex == "male" else age >= 50 or (age >= 40 and random.random() < 0.5)
    dose = random.choice(DOSES)
    months = random.choice(MONTHS_ON_IT) if dose else 0.0
    long_high = dose >= 30 and months >= 1
    fell = random.choice((0, 0, 1, 2, 3))
    person: Person = {
        "sex": sex,
        "age_years": age,
        **({} if after is None else {"postmenopausal": after}),
        **_fractures(random),
        "t_score_lumbar_spine": random.choice(T_SCORES),
        "z_score_lumbar_spine": random.choice((-3.5, -3.0, -2.0, 0.0)),
        "bmd_loss_beyond_least_change": random.random() < 0.3,
        "falls_12m": fell,
        "falls_injurious_12m": random.randint(0, fell),
        "illness_count": random.choice((0, 0, 1, 3)),
        "frax_major_percent": random.choice(MAJOR),
        "frax_hip_percent": random.choice(HIP),
        "frax_with_bmd": random.random() < 0.5,
        "frax_with_glucocorticoid": True,
        "glucocorticoid_mg_day": dose,
        "glucocorticoid_months": months,
        "glucocorticoid_high_dose_over_30_days": long_high or random.random() < 0.1,
        "glucocorticoid_cumulative_g_year": random.choice((0.0, 1.0, 4.9, 5.0, 7.0)),
    }
    return person


def _fractures(random: Random) -> Person:
    often = random.choice((0.0, 0.0, 0.15, 0.5))
    sites = {site: random.random() < often for site in SITES}
    vertebrae = random.choice((1, 1, 2)) if sites["fracture_vertebral"] else 0
    others = sum(sites.values()) - sites["fracture_vertebral"]
    count = others + vertebrae + (random.choice((0, 1)) if others else 0)
    person: Person = {**sites, "vertebral_fracture_count": vertebrae, "fracture_count": count}
    person["fracture_on_treatment"] = count > 0 and random.random() < 0.2
    person["fracture_on_bone_harming_drug"] = count > 0 and random.random() < 0.2
    if count:
        last = random.choice((1.0, 12.0, 12.5, 24.0, 24.5, 90.0))
        person["months_since_last_fracture"] = last
        for site in ("hip", "vertebral"):
            if sites[f"fracture_{site}"]:
                person[f"months_since_{site}_fracture"] = last + random.choice((0.0, 6.0, 30.0))
    return person


def with_gaps(people: Sequence[Person], seed: int) -> list[Person]:
    """The same people; of each some measures are unknown, of a few nearly all."""
    random = Random(seed)
    gapped = []
    for person in people:
        share = random.choice((0.05, 0.15, 0.3, 0.6, 0.95))
        gapped.append({name: None if random.random() < share else value for name, value in person.items()})
    return gapped


def numbered(people: Sequence[Person]) -> list[Person]:
    """The people with an id each, in an order that sorts as they stand."""
    return [{"person_id": f"{place:06d}", **person} for place, person in enumerate(people)]

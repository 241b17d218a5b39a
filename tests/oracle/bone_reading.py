""" "Bone, exactly": WHO categories, the Chinese diagnosis of 2022, QCT, and what the bands apply to."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .person_values import Person, above, flag, in_order, lowest_measured, number, unknown_among, word
from .three_values import Answer, both, done, either, judged_on_those_done, not_done, things_that_decide

SPINE_AND_HIP = ("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip")
RADIUS = "t_score_radius_33"
Z_SCORES = ("z_score_lumbar_spine", "z_score_femoral_neck", "z_score_total_hip")
MINOR_FRACTURES = ("fracture_proximal_humerus", "fracture_pelvis", "fracture_distal_forearm")
VERTEBRAL_RECORDS = ("fracture_vertebral", "vertebral_fracture_count", "genant_max_grade")


def bands_apply(person: Person) -> Answer:
    """ "The T-score bands apply to men from 50 and to postmenopausal women; a woman of 50 or over whose
    `postmenopausal` is unknown is taken to be postmenopausal." Settled reading 2.
    """
    sex, age = word(person, "sex"), number(person, "age_years")
    if sex is None:
        return None
    if sex == "male":
        return None if age is None else age >= 50
    postmenopausal = flag(person, "postmenopausal")
    if postmenopausal is not None:
        return postmenopausal
    return True if age is not None and age >= 50 else None


def t_score_lowest(person: Person) -> float | None:
    """ "lowest of the sites measured (spine, femoral neck, total hip)"."""
    return lowest_measured(person, *SPINE_AND_HIP)


def t_score_for_who(person: Person) -> float | None:
    """ "the one-third radius also counts ... for `bone_who` only where neither spine nor hip was
    measured".
    """
    lowest = t_score_lowest(person)
    return number(person, RADIUS) if lowest is None else lowest


def t_score_for_china2022(person: Person) -> float | None:
    """ "the one-third radius also counts for `osteoporosis_china2022`"."""
    return lowest_measured(person, *SPINE_AND_HIP, RADIUS)


def vertebral_fracture(person: Person) -> Answer:
    """ "the three ways to record a vertebral fracture: `fracture_vertebral`, `vertebral_fracture_count` > 0,
    `genant_max_grade` > 0) are judged on those that were done".
    """
    answers = (
        flag(person, "fracture_vertebral"),
        above(number(person, "vertebral_fracture_count"), 0),
        above(number(person, "genant_max_grade"), 0),
    )
    return judged_on_those_done(
        *(not_done() if answer is None else done(answer) for answer in answers)
    ).answer


def any_low_trauma_fracture(person: Person) -> Answer:
    """ " "Any low-trauma fracture" is the three-valued or of the six `fracture_` columns"; settled
    reading 5.
    """
    return either(
        flag(person, "fracture_hip"),
        vertebral_fracture(person),
        *(flag(person, name) for name in MINOR_FRACTURES),
        flag(person, "fracture_other"),
    )


def bone_who(person: Person) -> tuple[str | None, str | None]:
    """ "normal < low_bone_mass < osteoporosis < severe_osteoporosis: T >= -1.0; -2.5 < T < -1.0; T <=
    -2.5; T <= -2.5 with any low-trauma fracture"; "(empty, `_upto` too, unless the bands are known to
    apply)". The stage and `_upto`.
    """
    if bands_apply(person) is not True:
        return None, None
    t_score = t_score_for_who(person)
    fracture = any_low_trauma_fracture(person)
    worst_upto = "osteoporosis" if fracture is False else "severe_osteoporosis"
    if t_score is None:
        return None, worst_upto
    if t_score >= -1.0:
        return "normal", "normal"
    if t_score > -2.5:
        return "low_bone_mass", "low_bone_mass"
    return ("severe_osteoporosis" if fracture is True else "osteoporosis"), worst_upto


def bone_age_expected(person: Person) -> str | None:
    """ "for the others (premenopausal women, men under 50): below_expected where the lowest Z <= -2.0, else
    within_expected".
    """
    lowest = lowest_measured(person, *Z_SCORES)
    if bands_apply(person) is not False or lowest is None:
        return None
    return "below_expected" if lowest <= -2.0 else "within_expected"


def bone_qct_acr(person: Person) -> str | None:
    """ "normal > 120; low 80-120; osteoporosis < 80 mg/cm3"."""
    density = number(person, "qct_spine_mg_cm3")
    if density is None:
        return None
    if density > 120:
        return "normal"
    return "low" if density >= 80 else "osteoporosis"


def within_bands(person: Person, says_yes: Answer) -> Answer:
    """ "Where the bands do not apply ... they count as no"; "Where it is not known whether they apply
    ..., a T-score that would say yes is unknown; one that would say no is no."
    """
    return both(bands_apply(person), says_yes)


def t_score_at_most(person: Person, limit: float) -> Answer:
    """T <= limit, compared "as given, without rounding", within the bands of `osteoporosis_china2022`."""
    t_score = t_score_for_china2022(person)
    return within_bands(person, None if t_score is None else t_score <= limit)


def low_bone_mass(person: Person) -> Answer:
    """ "low bone mass (-2.5 < T < -1.0)", within the bands of `osteoporosis_china2022`."""
    t_score = t_score_for_china2022(person)
    return within_bands(person, None if t_score is None else -2.5 < t_score < -1.0)


def osteoporosis_china2022(person: Person) -> Answer:
    """ "yes where T <= -2.5, or a hip or vertebral fragility fracture, or low bone mass (-2.5 < T < -1.0)
    with a fragility fracture of proximal humerus, pelvis or distal forearm".
    """
    minor_fracture = either(*(flag(person, name) for name in MINOR_FRACTURES))
    return either(
        t_score_at_most(person, -2.5),
        flag(person, "fracture_hip"),
        vertebral_fracture(person),
        both(low_bone_mass(person), minor_fracture),
    )


def osteoporosis_or_low_t_score(person: Person) -> Answer:
    """ "(`osteoporosis_china2022` or T <= -1.0), with the T-score and the bands of
    `osteoporosis_china2022`".
    """
    return either(osteoporosis_china2022(person), t_score_at_most(person, -1.0))


class China2022Things(NamedTuple):
    """The things that `osteoporosis_china2022` rests on; None is unknown. `t_score` is one of
    T_SCORE_RANGES.
    """

    t_score: str | None
    bands: Answer
    hip: Answer
    vertebral: Answer
    proximal_humerus: Answer
    pelvis: Answer
    distal_forearm: Answer


T_SCORE_RANGES = ("from -1.0", "between", "to -2.5")


def t_score_range(t_score: float | None) -> str | None:
    """Which of the three ranges that the rule tells apart a T-score lies in."""
    if t_score is None:
        return None
    if t_score <= -2.5:
        return "to -2.5"
    return "between" if t_score < -1.0 else "from -1.0"


def china2022_things(person: Person) -> China2022Things:
    """The person's things, each known or unknown."""
    return China2022Things(
        t_score=t_score_range(t_score_for_china2022(person)),
        bands=bands_apply(person),
        hip=flag(person, "fracture_hip"),
        vertebral=vertebral_fracture(person),
        proximal_humerus=flag(person, "fracture_proximal_humerus"),
        pelvis=flag(person, "fracture_pelvis"),
        distal_forearm=flag(person, "fracture_distal_forearm"),
    )


def china2022_when_all_is_known(world: Mapping[str, object]) -> bool:
    """The same rule in two values, for a world in which every thing is known."""
    by_t_score = world["t_score"] == "to -2.5"
    minor_fracture = bool(world["proximal_humerus"] or world["pelvis"] or world["distal_forearm"])
    by_low_bone_mass = world["t_score"] == "between" and minor_fracture
    return bool(world["hip"] or world["vertebral"] or (world["bands"] and (by_t_score or by_low_bone_mass)))


@cache
def china2022_deciding(things: China2022Things) -> list[str]:
    """Which unknown things `osteoporosis_china2022` depends on, by trying every answer."""
    possible: dict[str, tuple[object, ...]] = dict.fromkeys(China2022Things._fields, (True, False))
    possible["t_score"] = T_SCORE_RANGES
    return things_that_decide(things._asdict(), possible, china2022_when_all_is_known)


def missing_for_bands(person: Person) -> list[str]:
    """Settled reading 3: sex, age_years, and postmenopausal where it may matter."""
    missing = unknown_among(person, "sex", "age_years")
    age = number(person, "age_years")
    if word(person, "sex") != "male" and not (age is not None and age >= 50):
        missing += unknown_among(person, "postmenopausal")
    return missing


def osteoporosis_china2022_needs(person: Person) -> str | None:
    """ "the unknown measurements of each thing ... that is unknown and on which, for some answer to the other
    unknown things, the verdict depends".
    """
    measurements: dict[str, list[str]] = {
        "t_score": [*SPINE_AND_HIP, RADIUS],
        "bands": missing_for_bands(person),
        "hip": ["fracture_hip"],
        "vertebral": [*VERTEBRAL_RECORDS],
        "proximal_humerus": ["fracture_proximal_humerus"],
        "pelvis": ["fracture_pelvis"],
        "distal_forearm": ["fracture_distal_forearm"],
    }
    deciding = china2022_deciding(china2022_things(person))
    return in_order(frozenset(name for thing in deciding for name in measurements[thing]))

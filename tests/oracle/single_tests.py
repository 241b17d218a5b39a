"""The single tests that the cells S, M and P of the sarcopenia table are made of."""

from .person_values import (
    Person,
    above,
    asm_bmi,
    asmi,
    at_least,
    at_most,
    below,
    by_sex,
    flag,
    grip,
    number,
    sppb,
    unknown_among,
    word,
)
from .three_values import Answer, Finding, done, not_done

BOTH_METHODS = frozenset({"dxa", "bia"})
DXA_ONLY = frozenset({"dxa"})
BIA_ONLY = frozenset({"bia"})


def grip_below(person: Person, man: float, woman: float) -> Finding:
    """grip < man / < woman; `grip_kg` stands for its parts."""
    missing_sex = unknown_among(person, "sex")
    kilograms = grip(person)
    if kilograms is None:
        return not_done("grip_kg", *missing_sex)
    return done(below(kilograms, by_sex(person, man, woman)), missing_sex)


def chair_stand_above(person: Person, seconds: float) -> Finding:
    """chair stand > seconds; "`chair_stand_unable` yes counts as slower than any limit"."""
    if flag(person, "chair_stand_unable") is True:
        return done(True)
    measured = number(person, "chair_stand_5x_s")
    return not_done("chair_stand_5x_s") if measured is None else done(above(measured, seconds))


def chair_stand_from(person: Person, seconds: float) -> Finding:
    """chair stand >= seconds; "`chair_stand_unable` yes counts as slower than any limit"."""
    if flag(person, "chair_stand_unable") is True:
        return done(True)
    measured = number(person, "chair_stand_5x_s")
    return not_done("chair_stand_5x_s") if measured is None else done(at_least(measured, seconds))


def cannot_rise_five_times(person: Person) -> Finding:
    """ "cannot rise five times"; "The flags speak only when they say failed"."""
    return done(True) if flag(person, "chair_stand_unable") is True else not_done()


def gait_below(person: Person, metres_per_second: float) -> Finding:
    """gait < limit; "`walk_unable` yes counts as slower than any gait limit"."""
    if flag(person, "walk_unable") is True:
        return done(True)
    measured = number(person, "gait_speed_m_s")
    return not_done("gait_speed_m_s") if measured is None else done(below(measured, metres_per_second))


def gait_at_most(person: Person, metres_per_second: float) -> Finding:
    """gait <= limit; "`walk_unable` yes counts as slower than any gait limit"."""
    if flag(person, "walk_unable") is True:
        return done(True)
    measured = number(person, "gait_speed_m_s")
    return not_done("gait_speed_m_s") if measured is None else done(at_most(measured, metres_per_second))


def sppb_at_most(person: Person, points: int) -> Finding:
    """SPPB <= points; `sppb_score` stands for its parts."""
    total = sppb(person)
    return not_done("sppb_score") if total is None else done(at_most(total, points))


def tug_from(person: Person, seconds: float) -> Finding:
    """TUG >= seconds."""
    measured = number(person, "tug_s")
    return not_done("tug_s") if measured is None else done(at_least(measured, seconds))


def walk_400m_failed(person: Person, seconds: float) -> Finding:
    """400 m not done or >= seconds; "`walk_400m_completed` no counts as failed"."""
    if flag(person, "walk_400m_completed") is False:
        return done(True)
    measured = number(person, "walk_400m_s")
    return not_done("walk_400m_s") if measured is None else done(at_least(measured, seconds))


def l3_index_below(person: Person, man: float, woman: float) -> Finding:
    """L3 SMI < man / < woman cm2/m2."""
    missing_sex = unknown_among(person, "sex")
    index = number(person, "smi_l3_cm2_m2")
    if index is None:
        return not_done("smi_l3_cm2_m2", *missing_sex)
    return done(below(index, by_sex(person, man, woman)), missing_sex)


def asmi_below(person: Person, man: float, woman: float) -> Answer:
    """asmi < man / < woman."""
    return below(asmi(person), by_sex(person, man, woman))


def asmi_at_most(person: Person, man: float, woman: float) -> Answer:
    """asmi <= man / <= woman."""
    return at_most(asmi(person), by_sex(person, man, woman))


def asm_bmi_below(person: Person, man: float, woman: float) -> Answer:
    """asm_bmi < man / < woman."""
    return below(asm_bmi(person), by_sex(person, man, woman))


def method_judged(person: Person, accept_estimated_mass: bool) -> str | None:
    """ "`--accept-estimated-mass` judges it by the DXA cut-offs"."""
    method = word(person, "mass_method")
    return "dxa" if method == "estimated" and accept_estimated_mass else method


def low_by_method(person: Person, dxa: Answer, bia: Answer, accept_estimated_mass: bool) -> Answer:
    """ "`mass_method` unknown: yes where every method's cut-off says yes, no where every one says no,
    else unknown. A method for which the definition has no cut-off is unknown, and so is `estimated`"; "An
    unknown `mass_method` is taken to be DXA or BIA, never `estimated`; where only one of the two has a
    cut-off it stays unknown."
    """
    match method_judged(person, accept_estimated_mass):
        case "dxa":
            return dxa
        case "bia":
            return bia
        case None:
            return dxa if dxa is bia else None
        case _:
            return None


def missing_for_mass(
    person: Person,
    accept_estimated_mass: bool,
    methods: frozenset[str],
    method_matters: bool,
    by_weight: bool,
) -> list[str]:
    """The unknown measurements of a muscle mass index (settled reading 3).

    "where muscle mass was measured by a method for which the definition has no cut-off, `alm_kg` is
    listed"; `methods` are those that have one, `method_matters` where they differ or one has none,
    `by_weight` where an index needs weight.
    """
    missing = unknown_among(person, "sex", "height_cm", "alm_kg")
    if by_weight:
        missing += unknown_among(person, "weight_kg")
    if method_matters:
        missing += unknown_among(person, "mass_method")
    method = method_judged(person, accept_estimated_mass)
    if method is not None and method not in methods:
        missing.append("alm_kg")
    return missing

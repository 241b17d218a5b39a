""" "Sarcopenia, exactly": one function per cell of the table, one per row of stages.

S low strength, M low muscle mass, P low performance; man / woman. The numbers stand in the code on
purpose: they are the contract's sentence above each function, read a second time by another hand.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from .person_values import Person, in_order, number
from .single_tests import (
    BIA_ONLY,
    BOTH_METHODS,
    DXA_ONLY,
    asm_bmi_below,
    asmi_at_most,
    asmi_below,
    cannot_rise_five_times,
    chair_stand_above,
    chair_stand_from,
    gait_at_most,
    gait_below,
    grip_below,
    l3_index_below,
    low_by_method,
    method_judged,
    missing_for_mass,
    sppb_at_most,
    tug_from,
    walk_400m_failed,
)
from .three_values import (
    Answer,
    Finding,
    both,
    done,
    either,
    judged_on_those_done,
    not_done,
    things_that_decide,
)

Cell: TypeAlias = Callable[[Person], Finding]
MassCell: TypeAlias = Callable[[Person, bool], Finding]
Stages: TypeAlias = list[tuple[str, Answer]]


def strength_ewgsop2010(person: Person) -> Finding:
    """ "grip < 30 / < 20"."""
    return grip_below(person, 30, 20)


def mass_ewgsop2010(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "DXA: asmi <= 7.26 / <= 5.5; BIA: unknown"."""
    low = low_by_method(person, asmi_at_most(person, 7.26, 5.5), None, accept_estimated_mass)
    return done(
        low, missing_for_mass(person, accept_estimated_mass, DXA_ONLY, method_matters=True, by_weight=False)
    )


def performance_ewgsop2010(person: Person) -> Finding:
    """ "gait < 0.8 or SPPB <= 8"."""
    return judged_on_those_done(gait_below(person, 0.8), sppb_at_most(person, 8))


def stages_ewgsop2010(s: Answer, m: Answer, p: Answer) -> Stages:
    """ "presarcopenia = M; confirmed = M and (S or P); severe = M and S and P"."""
    return [("presarcopenia", m), ("confirmed", both(m, either(s, p))), ("severe", both(m, s, p))]


def strength_ewgsop2019(person: Person) -> Finding:
    """ "grip < 27 / < 16 or chair stand > 15 s"."""
    return judged_on_those_done(grip_below(person, 27, 16), chair_stand_above(person, 15))


def mass_ewgsop2019(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "asmi < 7.0 / < 5.5", by either method."""
    low = asmi_below(person, 7.0, 5.5)
    missing = missing_for_mass(
        person, accept_estimated_mass, BOTH_METHODS, method_matters=False, by_weight=False
    )
    return done(low_by_method(person, low, low, accept_estimated_mass), missing)


def performance_ewgsop2019(person: Person) -> Finding:
    """ "gait <= 0.8 or SPPB <= 8 or TUG >= 20 or 400 m not done or >= 360 s"."""
    return judged_on_those_done(
        gait_at_most(person, 0.8),
        sppb_at_most(person, 8),
        tug_from(person, 20),
        walk_400m_failed(person, 360),
    )


def stages_ewgsop2019(s: Answer, m: Answer, p: Answer) -> Stages:
    """ "probable = S; confirmed = S and M; severe = S and M and P"."""
    return [("probable", s), ("confirmed", both(s, m)), ("severe", both(s, m, p))]


def strength_awgs2014(person: Person) -> Finding:
    """ "grip < 26 / < 18"."""
    return grip_below(person, 26, 18)


def mass_awgs2014(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "asmi DXA < 7.0 / < 5.4, BIA < 7.0 / < 5.7"."""
    dxa, bia = asmi_below(person, 7.0, 5.4), asmi_below(person, 7.0, 5.7)
    missing = missing_for_mass(
        person, accept_estimated_mass, BOTH_METHODS, method_matters=True, by_weight=False
    )
    return done(low_by_method(person, dxa, bia, accept_estimated_mass), missing)


def performance_awgs2014(person: Person) -> Finding:
    """ "gait < 0.8"."""
    return gait_below(person, 0.8)


def stages_awgs2014(s: Answer, m: Answer, p: Answer) -> Stages:
    """ "confirmed = M and (S or P)"."""
    return [("confirmed", both(m, either(s, p)))]


def strength_awgs2019(person: Person) -> Finding:
    """ "grip < 28 / < 18"."""
    return grip_below(person, 28, 18)


def performance_awgs2019(person: Person) -> Finding:
    """ "gait < 1.0 or SPPB <= 9 or chair stand >= 12 s"."""
    return judged_on_those_done(
        gait_below(person, 1.0), sppb_at_most(person, 9), chair_stand_from(person, 12)
    )


def stages_awgs2019(s: Answer, m: Answer, p: Answer) -> Stages:
    """ "possible = S or P; confirmed = M and (S or P); severe = M and S and P"."""
    return [("possible", either(s, p)), ("confirmed", both(m, either(s, p))), ("severe", both(m, s, p))]


def strength_awgs2025_from_50(person: Person) -> Finding:
    """ "awgs2025, age 50-64 | grip < 34 / < 20"."""
    return grip_below(person, 34, 20)


def mass_awgs2025_from_50(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "DXA: asmi < 7.2 / < 5.5 or asm_bmi < 0.80 / < 0.55; BIA: < 7.6 / < 5.7 or < 0.90 / < 0.63"; "The
    two indices of awgs2025 come from one measurement: three-valued or."
    """
    dxa = either(asmi_below(person, 7.2, 5.5), asm_bmi_below(person, 0.80, 0.55))
    bia = either(asmi_below(person, 7.6, 5.7), asm_bmi_below(person, 0.90, 0.63))
    missing = missing_for_mass(
        person, accept_estimated_mass, BOTH_METHODS, method_matters=True, by_weight=True
    )
    return done(low_by_method(person, dxa, bia, accept_estimated_mass), missing)


def strength_awgs2025_from_65(person: Person) -> Finding:
    """ "awgs2025, from 65 | grip < 28 / < 18"."""
    return grip_below(person, 28, 18)


def mass_awgs2025_from_65(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "DXA: asmi < 7.0 / < 5.4 or asm_bmi < 0.73 / < 0.52; BIA: < 7.0 / < 5.7 or < 0.83 / < 0.57"."""
    dxa = either(asmi_below(person, 7.0, 5.4), asm_bmi_below(person, 0.73, 0.52))
    bia = either(asmi_below(person, 7.0, 5.7), asm_bmi_below(person, 0.83, 0.57))
    missing = missing_for_mass(
        person, accept_estimated_mass, BOTH_METHODS, method_matters=True, by_weight=True
    )
    return done(low_by_method(person, dxa, bia, accept_estimated_mass), missing)


def stages_awgs2025(s: Answer, m: Answer, _p: Answer) -> Stages:
    """ "possible = S; confirmed = S and M"."""
    return [("possible", s), ("confirmed", both(s, m))]


def mass_iwgs2011(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "DXA: asmi <= 7.23 / <= 5.67; BIA: unknown"."""
    low = low_by_method(person, asmi_at_most(person, 7.23, 5.67), None, accept_estimated_mass)
    return done(
        low, missing_for_mass(person, accept_estimated_mass, DXA_ONLY, method_matters=True, by_weight=False)
    )


def performance_iwgs2011(person: Person) -> Finding:
    """ "gait < 1.0 or cannot rise five times or cannot walk"; cannot walk is inside `gait_below`."""
    return judged_on_those_done(gait_below(person, 1.0), cannot_rise_five_times(person))


def stages_iwgs2011(_s: Answer, m: Answer, p: Answer) -> Stages:
    """ "confirmed = M and P"."""
    return [("confirmed", both(m, p))]


def strength_fnih2014(person: Person) -> Finding:
    """ "grip < 26 / < 16"."""
    return grip_below(person, 26, 16)


def mass_fnih2014(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "asm_bmi < 0.789 / < 0.512", by either method."""
    low = asm_bmi_below(person, 0.789, 0.512)
    missing = missing_for_mass(
        person, accept_estimated_mass, BOTH_METHODS, method_matters=False, by_weight=True
    )
    return done(low_by_method(person, low, low, accept_estimated_mass), missing)


def performance_fnih2014(person: Person) -> Finding:
    """ "gait < 0.8"."""
    return gait_below(person, 0.8)


def stages_fnih2014(s: Answer, m: Answer, p: Answer) -> Stages:
    """ "weak = S; confirmed = S and M; severe = S and M and P"."""
    return [("weak", s), ("confirmed", both(s, m)), ("severe", both(s, m, p))]


def strength_sdoc2020(person: Person) -> Finding:
    """ "grip < 35.5 / < 20"."""
    return grip_below(person, 35.5, 20)


def performance_sdoc2020(person: Person) -> Finding:
    """ "gait < 0.8"."""
    return gait_below(person, 0.8)


def stages_sdoc2020(s: Answer, _m: Answer, p: Answer) -> Stages:
    """ "confirmed = S and P"."""
    return [("confirmed", both(s, p))]


def strength_jsh2016(person: Person) -> Finding:
    """ "grip < 26 / < 18"."""
    return grip_below(person, 26, 18)


def mass_jsh(person: Person, accept_estimated_mass: bool) -> Finding:
    """ "BIA: asmi < 7.0 / < 5.7, or L3 SMI < 42 / < 38 cm2/m2; DXA: unknown".

    Settled reading 1: "the BIA test counts as done when alm_kg is known and mass_method is bia or
    unknown; a DXA or estimated mass is not a BIA test done."
    """
    missing = missing_for_mass(person, accept_estimated_mass, BIA_ONLY, method_matters=True, by_weight=False)
    method = method_judged(person, accept_estimated_mass)
    if number(person, "alm_kg") is not None and method in ("bia", None):
        low = low_by_method(person, None, asmi_below(person, 7.0, 5.7), accept_estimated_mass)
        impedance = done(low, missing)
    else:
        impedance = not_done(*missing)
    return judged_on_those_done(impedance, l3_index_below(person, 42, 38))


def stages_jsh(s: Answer, m: Answer, _p: Answer) -> Stages:
    """ "confirmed = S and M"."""
    return [("confirmed", both(s, m))]


def strength_jsh2021(person: Person) -> Finding:
    """ "grip < 28 / < 18"."""
    return grip_below(person, 28, 18)


class Definition(NamedTuple):
    """One row of the table. A cell that the table leaves out ("-") is None and is no thing of this
    definition.
    """

    strength: Cell | None
    mass: MassCell | None
    performance: Cell | None
    stages: Callable[[Answer, Answer, Answer], Stages]


AWGS2019 = Definition(strength_awgs2019, mass_awgs2014, performance_awgs2019, stages_awgs2019)
AWGS2025_FROM_50 = Definition(strength_awgs2025_from_50, mass_awgs2025_from_50, None, stages_awgs2025)
AWGS2025_FROM_65 = Definition(strength_awgs2025_from_65, mass_awgs2025_from_65, None, stages_awgs2025)

DEFINITIONS: Mapping[str, Definition] = {
    "ewgsop2010": Definition(strength_ewgsop2010, mass_ewgsop2010, performance_ewgsop2010, stages_ewgsop2010),
    "ewgsop2019": Definition(strength_ewgsop2019, mass_ewgsop2019, performance_ewgsop2019, stages_ewgsop2019),
    "awgs2014": Definition(strength_awgs2014, mass_awgs2014, performance_awgs2014, stages_awgs2014),
    "awgs2019": AWGS2019,
    "awgs2025": AWGS2025_FROM_65,
    "iwgs2011": Definition(None, mass_iwgs2011, performance_iwgs2011, stages_iwgs2011),
    "fnih2014": Definition(strength_fnih2014, mass_fnih2014, performance_fnih2014, stages_fnih2014),
    "sdoc2020": Definition(strength_sdoc2020, None, performance_sdoc2020, stages_sdoc2020),
    "jsh2016": Definition(strength_jsh2016, mass_jsh, None, stages_jsh),
    "jsh2021": Definition(strength_jsh2021, mass_jsh, None, stages_jsh),
    "china2021": AWGS2019,
}


class StagedVerdict(NamedTuple):
    """A verdict with its two columns, what it needs, and whether it is confirmed or severe."""

    stage: str | None
    upto: str | None
    needs: str | None
    confirmed: Answer


NO_VERDICT = StagedVerdict(stage=None, upto=None, needs=None, confirmed=None)


def definition_for(name: str, person: Person) -> Definition | None:
    """ "awgs2025: 50 <= age < 65 and age >= 65; under 50, or age unknown, all its columns are empty"."""
    if name != "awgs2025":
        return DEFINITIONS[name]
    age = number(person, "age_years")
    if age is None or age < 50:
        return None
    return AWGS2025_FROM_50 if age < 65 else AWGS2025_FROM_65


def highest_proved(stages: Stages) -> str | None:
    """ "the highest stage that is proved (empty where not even the lowest is proved and it is not
    excluded either)".
    """
    proved = [stage for stage, answer in stages if answer is True]
    if proved:
        return proved[-1]
    return "none" if highest_not_excluded(stages) == "none" else None


def highest_not_excluded(stages: Stages) -> str:
    """ "the highest stage that is not excluded"."""
    possible = [stage for stage, answer in stages if answer is not False]
    return possible[-1] if possible else "none"


@cache
def deciding_things(definition: Definition, s: Answer, m: Answer, p: Answer) -> list[str]:
    """Which of the things S, M and P that are unknown the stage depends on, by trying every answer."""
    answers = {"strength": s, "mass": m, "performance": p}
    things = {name: answer for name, answer in answers.items() if getattr(definition, name) is not None}

    def stage(world: Mapping[str, object]) -> str | None:
        strength, mass, performance = (as_answer(world.get(name)) for name in answers)
        return highest_proved(definition.stages(strength, mass, performance))

    return things_that_decide(things, dict.fromkeys(things, (True, False)), stage)


def as_answer(value: object) -> Answer:
    """The value of a completed world, as an answer."""
    assert value is None or isinstance(value, bool)
    return value


def sarcopenia(name: str, person: Person, accept_estimated_mass: bool) -> StagedVerdict:
    """The verdict of the definition `name` for one person; all empty where the definition gives none."""
    definition = definition_for(name, person)
    if definition is None:
        return NO_VERDICT
    nothing = not_done()
    things = {
        "strength": definition.strength(person) if definition.strength else nothing,
        "mass": definition.mass(person, accept_estimated_mass) if definition.mass else nothing,
        "performance": definition.performance(person) if definition.performance else nothing,
    }
    s, m, p = (finding.answer for finding in things.values())
    stages = definition.stages(s, m, p)
    deciding = deciding_things(definition, s, m, p)
    return StagedVerdict(
        stage=highest_proved(stages),
        upto=highest_not_excluded(stages),
        needs=in_order(frozenset[str]().union(*(things[thing].missing for thing in deciding))),
        confirmed=dict(stages)["confirmed"],
    )

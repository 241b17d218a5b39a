"""The verdicts of the contract as a careful NumPy script: the baseline of the ratio in the benchmark.

It is what a careful analyst would write and a colleague could review against the guideline: whole columns at a
time, no loop over people, what several definitions share computed once, unknown kept apart from no. It is not
tuned beyond that: `tuned_numpy_contract.py` shows how far the same verdicts go with an answer in one byte and
blocks of rows that fit the cache. `_needs` columns are left out.

A number column is float64, NaN where unknown. A yes/no column is int8: 1, 0, and -1 where unknown. A category is
int8: the index of its word in `INPUT_WORDS` or `OUTPUT_WORDS`, and -1 where unknown or empty.

Inside, a three-valued answer is a pair of masks: who is known to be, and who is known not to be. A comparison
with NaN is False, so whoever is not measured is in neither.

The cut-offs stand in the code on purpose: a script that is held against the engine must not read the engine's
numbers. They are those of `contract/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tuned_numpy_contract import INPUT_WORDS, OUTPUT_WORDS

Columns: TypeAlias = Mapping[str, NDArray[Any]]
Results: TypeAlias = dict[str, NDArray[Any]]
Numbers: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]

__all__ = ["OUTPUT_WORDS", "assess"]

FEMALE, MALE = (INPUT_WORDS["sex"].index(word) for word in ("female", "male"))
DXA, BIA = (INPUT_WORDS["mass_method"].index(word) for word in ("dxa", "bia"))
SMALLER_THAN_RING = INPUT_WORDS["finger_ring_test"].index("smaller")
HORMONE_THERAPY = INPUT_WORDS["drug"].index("hormone_therapy")


# ------------------------------------------------------------------------------------- three-valued answers


class Answer(NamedTuple):
    """Who is known to be, and who is known not to be; of anybody else it is unknown."""

    yes: Flags
    no: Flags


def answer(yes: Flags, known: Flags) -> Answer:
    """Yes where `yes`, no for the others of whom it is known."""
    return Answer(yes, known & ~yes)


def recorded(column: Codes) -> Answer:
    """A yes/no column of the data."""
    return Answer(column == 1, column == 0)


def both(*answers: Answer) -> Answer:
    """Yes where all say yes, no where one says no."""
    yes, no = answers[0]
    for other in answers[1:]:
        yes, no = yes & other.yes, no | other.no
    return Answer(yes, no)


def either(*answers: Answer) -> Answer:
    """Yes where one says yes, no where all say no."""
    yes, no = answers[0]
    for other in answers[1:]:
        yes, no = yes | other.yes, no & other.no
    return Answer(yes, no)


def alternatives(*tests: Answer, undecided: Flags | None = None) -> Answer:
    """One thing judged by any of several tests: yes where one says yes, no where one says no and none says yes.

    `undecided`: for whom a test was done that has no answer, so that the others cannot say no.
    """
    yes = np.logical_or.reduce([test.yes for test in tests])
    no = np.logical_or.reduce([test.no for test in tests]) & ~yes
    return Answer(yes, no if undecided is None else no & ~undecided)


def yes_no(said: Answer) -> Codes:
    """The output column of an answer."""
    return np.where(said.yes, np.int8(1), np.where(said.no, np.int8(0), np.int8(-1)))


def flag(number: Numbers, yes: Flags) -> Codes:
    """A yes/no column that is judged on a number: unknown where the number is."""
    return np.where(np.isnan(number), np.int8(-1), yes.astype(np.int8))


def category(conditions: list[Flags]) -> Codes:
    """The index of the first condition that holds, -1 where none does."""
    return np.select(conditions, [np.int8(index) for index in range(len(conditions))], np.int8(-1))


# ---------------------------------------------------------------------------------- what things are made of


@dataclass(frozen=True)
class Sexes:
    """Who is a man, who a woman, and of whom it is known."""

    man: Flags
    woman: Flags
    known: Flags


@dataclass(frozen=True)
class BySex:
    """A measure that is compared with one cut-off for men and another for women; unknown where the sex is."""

    value: Numbers
    sex: Sexes
    done: Flags
    known: Flags

    @classmethod
    def of(cls, value: Numbers, sex: Sexes) -> BySex:
        done = ~np.isnan(value)
        return cls(value, sex, done, done & sex.known)

    def below(self, man: float, woman: float) -> Answer:
        return answer(self.known & (self.value < np.where(self.sex.man, man, woman)), self.known)

    def at_most(self, man: float, woman: float) -> Answer:
        return answer(self.known & (self.value <= np.where(self.sex.man, man, woman)), self.known)


@dataclass(frozen=True)
class MassMethod:
    """How the muscle mass was measured."""

    dxa: Flags
    bia: Flags
    unrecorded: Flags

    @classmethod
    def of(cls, method: Codes) -> MassMethod:
        return cls(method == DXA, method == BIA, method < 0)

    def by_method(self, by_dxa: Answer, by_bia: Answer) -> Answer:
        """A cut-off each; where the method is not recorded both must agree; an estimate proves nothing."""
        return Answer(
            (self.dxa & by_dxa.yes) | (self.bia & by_bia.yes) | (self.unrecorded & by_dxa.yes & by_bia.yes),
            (self.dxa & by_dxa.no) | (self.bia & by_bia.no) | (self.unrecorded & by_dxa.no & by_bia.no),
        )

    def any_but_estimated(self, low: Answer) -> Answer:
        """One cut-off for every method; an estimate proves nothing."""
        measured = self.dxa | self.bia | self.unrecorded
        return Answer(low.yes & measured, low.no & measured)

    def dxa_only(self, low: Answer) -> Answer:
        """A cut-off for DXA alone."""
        return Answer(low.yes & self.dxa, low.no & self.dxa)

    def bia_only(self, low: Answer) -> Answer:
        """A cut-off for BIA alone."""
        return Answer(low.yes & self.bia, low.no & self.bia)


@dataclass(frozen=True)
class Person:
    """What several verdicts share; the indices are rounded to 9 decimals."""

    sex: Sexes
    bmi: Numbers
    asmi: BySex
    asm_bmi: BySex
    grip: BySex
    sppb: Numbers
    cannot_rise: Flags
    cannot_walk: Flags

    @classmethod
    def of(cls, columns: Columns) -> Person:
        man, woman = columns["sex"] == MALE, columns["sex"] == FEMALE
        sex = Sexes(man, woman, man | woman)
        height_m2 = (columns["height_cm"] / 100) ** 2
        bmi = np.round(columns["weight_kg"] / height_m2, 9)
        # A flag speaks only when it says failed.
        cannot_rise, cannot_walk = columns["chair_stand_unable"] == 1, columns["walk_unable"] == 1
        grip = columns["grip_kg"]
        better_hand = np.fmax(columns["grip_left_kg"], columns["grip_right_kg"])
        return cls(
            sex=sex,
            bmi=bmi,
            asmi=BySex.of(np.round(columns["alm_kg"] / height_m2, 9), sex),
            asm_bmi=BySex.of(np.round(columns["alm_kg"] / bmi, 9), sex),
            grip=BySex.of(np.where(np.isnan(grip), better_hand, grip), sex),
            sppb=sppb_total(columns, cannot_rise, cannot_walk),
            cannot_rise=cannot_rise,
            cannot_walk=cannot_walk,
        )


def sppb_total(columns: Columns, cannot_rise: Flags, cannot_walk: Flags) -> Numbers:
    """The SPPB as given, else the sum of its three parts where all are known."""
    side, semi, tandem = (
        columns[f"balance_{stand}_s"] for stand in ("side_by_side", "semi_tandem", "tandem")
    )
    side_held, semi_held = side >= 10, semi >= 10
    # A harder stand is only needed once the easier one is held.
    balance = np.select(
        [side < 10, side_held & (semi < 10), side_held & semi_held & ~np.isnan(tandem)],
        [0.0, 1.0, np.select([tandem < 3, tandem < 10], [2.0, 3.0], 4.0)],
        np.nan,
    )
    walk_s, rise_s = columns["gait_4m_s"], columns["chair_stand_5x_s"]
    gait = np.select(
        [cannot_walk, walk_s < 4.82, walk_s <= 6.20, walk_s <= 8.70, walk_s > 8.70],
        [0.0, 4.0, 3.0, 2.0, 1.0],
        np.nan,
    )
    chair = np.select(
        [cannot_rise, rise_s <= 11.19, rise_s <= 13.69, rise_s <= 16.69, rise_s <= 60, rise_s > 60],
        [0.0, 4.0, 3.0, 2.0, 1.0, 0.0],
        np.nan,
    )
    given = columns["sppb_score"]
    return np.where(np.isnan(given), balance + gait + chair, given)


# ----------------------------------------------------------------------------------------------------- bone


@dataclass(frozen=True)
class BoneAnswers:
    """What osteosarcopenia asks of the bone: osteoporosis_china2022; that, or a T-score of -1.0 or less."""

    osteoporosis: Answer
    osteoporosis_or_low: Answer


def bands_apply(columns: Columns, sex: Sexes) -> Answer:
    """Whether the T-score bands apply: to men from 50 and to postmenopausal women.

    A woman from 50 whose `postmenopausal` is unknown is taken to be one.
    """
    age, postmenopausal = columns["age_years"], columns["postmenopausal"]
    from_50, under_50 = age >= 50, age < 50
    of_woman = (postmenopausal == 1) | ((postmenopausal < 0) & from_50)
    return Answer(
        (sex.man & from_50) | (sex.woman & of_woman),
        (sex.man & under_50) | (sex.woman & (postmenopausal == 0)),
    )


def judge_bone(columns: Columns, sex: Sexes, out: Results) -> BoneAnswers:
    bands = bands_apply(columns, sex)
    radius = columns["t_score_radius_33"]
    lowest_spine_or_hip = np.fmin.reduce(
        [columns[f"t_score_{site}"] for site in ("lumbar_spine", "femoral_neck", "total_hip")]
    )
    out["t_score_lowest"] = lowest_spine_or_hip

    count, grade = columns["vertebral_fracture_count"], columns["genant_max_grade"]
    hip = recorded(columns["fracture_hip"])
    vertebral = alternatives(
        recorded(columns["fracture_vertebral"]), Answer(count > 0, count == 0), Answer(grade > 0, grade == 0)
    )
    minor = either(
        *(recorded(columns[f"fracture_{site}"]) for site in ("proximal_humerus", "pelvis", "distal_forearm"))
    )
    any_fracture = either(hip, vertebral, minor, recorded(columns["fracture_other"]))

    # The radius counts for the bands only where neither spine nor hip was measured.
    lowest_for_bands = np.where(np.isnan(lowest_spine_or_hip), radius, lowest_spine_or_hip)
    judge_bone_who(lowest_for_bands, bands, any_fracture, out)
    lowest_z = np.fmin.reduce(
        [columns[f"z_score_{site}"] for site in ("lumbar_spine", "femoral_neck", "total_hip")]
    )
    out["bone_age_expected"] = category([bands.no & (lowest_z > -2.0), bands.no & (lowest_z <= -2.0)])
    qct = columns["qct_spine_mg_cm3"]
    out["bone_qct_acr"] = category([qct > 120, qct >= 80, qct < 80])

    lowest = np.fmin(lowest_spine_or_hip, radius)
    measured = ~np.isnan(lowest)
    osteoporosis = either(
        both(answer(lowest <= -2.5, measured), bands),
        hip,
        vertebral,
        both(answer((lowest > -2.5) & (lowest < -1.0), measured), bands, minor),
    )
    out["osteoporosis_china2022"] = yes_no(osteoporosis)
    low = both(answer(lowest <= -1.0, measured), bands)
    return BoneAnswers(osteoporosis, either(osteoporosis, low))


def judge_bone_who(lowest: Numbers, bands: Answer, any_fracture: Answer, out: Results) -> None:
    """Write `bone_who` and `_upto`: empty unless the bands are known to apply; no T-score proves nothing."""
    osteoporosis, low = bands.yes & (lowest <= -2.5), bands.yes & (lowest < -1.0)
    normal = bands.yes & (lowest >= -1.0)
    unmeasured = bands.yes & np.isnan(lowest)
    steps = [normal, low & ~osteoporosis]
    out["bone_who"] = category([*steps, osteoporosis & ~any_fracture.yes, osteoporosis])
    up_to = osteoporosis | unmeasured
    out["bone_who_upto"] = category([*steps, up_to & any_fracture.no, up_to])


# ----------------------------------------------------------------------------------------------- sarcopenia


@dataclass(frozen=True)
class Shared:
    """The answers that several definitions use, each computed once."""

    grip_26_18: Answer
    grip_28_18: Answer
    method: MassMethod
    asmi_7_0_5_4: Answer
    asmi_7_0_5_7: Answer
    mass_awgs2019: Answer
    cannot_rise: Answer
    cannot_walk: Answer
    rise_s: Numbers
    rise_done: Flags
    gait: Numbers
    gait_known: Flags
    gait_below_0_8: Answer
    gait_below_1_0: Answer
    sppb_at_most_8: Answer

    @classmethod
    def of(cls, columns: Columns, person: Person) -> Shared:
        method = MassMethod.of(columns["mass_method"])
        asmi_7_0_5_4, asmi_7_0_5_7 = person.asmi.below(7.0, 5.4), person.asmi.below(7.0, 5.7)
        rise_s, gait = columns["chair_stand_5x_s"], columns["gait_speed_m_s"]
        gait_known = ~np.isnan(gait) | person.cannot_walk
        nobody = np.zeros(len(gait), dtype=bool)
        return cls(
            grip_26_18=person.grip.below(26, 18),
            grip_28_18=person.grip.below(28, 18),
            method=method,
            asmi_7_0_5_4=asmi_7_0_5_4,
            asmi_7_0_5_7=asmi_7_0_5_7,
            mass_awgs2019=method.by_method(asmi_7_0_5_4, asmi_7_0_5_7),
            cannot_rise=Answer(person.cannot_rise, nobody),
            cannot_walk=Answer(person.cannot_walk, nobody),
            rise_s=rise_s,
            rise_done=~np.isnan(rise_s) | person.cannot_rise,
            gait=gait,
            gait_known=gait_known,
            gait_below_0_8=answer((gait < 0.8) | person.cannot_walk, gait_known),
            gait_below_1_0=answer((gait < 1.0) | person.cannot_walk, gait_known),
            sppb_at_most_8=answer(person.sppb <= 8, ~np.isnan(person.sppb)),
        )


Stages: TypeAlias = dict[str, Answer]


def ewgsop2010(person: Person, shared: Shared) -> Stages:
    strength = person.grip.below(30, 20)
    mass = shared.method.dxa_only(person.asmi.at_most(7.26, 5.5))
    performance = alternatives(shared.gait_below_0_8, shared.sppb_at_most_8)
    return {
        "presarcopenia": mass,
        "confirmed": both(mass, either(strength, performance)),
        "severe": both(mass, strength, performance),
    }


def ewgsop2019(columns: Columns, person: Person, shared: Shared) -> Stages:
    strength = alternatives(
        person.grip.below(27, 16),
        answer((shared.rise_s > 15) | shared.cannot_rise.yes, shared.rise_done),
        undecided=person.grip.done & ~person.sex.known,
    )
    mass = shared.method.any_but_estimated(person.asmi.below(7.0, 5.5))
    tug_s, walk_400m_s = columns["tug_s"], columns["walk_400m_s"]
    walk_400m_failed = (columns["walk_400m_completed"] == 0) | (walk_400m_s >= 360)
    performance = alternatives(
        answer((shared.gait <= 0.8) | shared.cannot_walk.yes, shared.gait_known),
        shared.sppb_at_most_8,
        Answer(tug_s >= 20, tug_s < 20),
        answer(walk_400m_failed, ~np.isnan(walk_400m_s)),
    )
    confirmed = both(strength, mass)
    return {"probable": strength, "confirmed": confirmed, "severe": both(confirmed, performance)}


def awgs2019(person: Person, shared: Shared) -> Stages:
    strength, mass = shared.grip_28_18, shared.mass_awgs2019
    performance = alternatives(
        shared.gait_below_1_0,
        answer(person.sppb <= 9, ~np.isnan(person.sppb)),
        answer((shared.rise_s >= 12) | shared.cannot_rise.yes, shared.rise_done),
    )
    possible = either(strength, performance)
    return {
        "possible": possible,
        "confirmed": both(mass, possible),
        "severe": both(mass, strength, performance),
    }


def awgs2025(age: Numbers, person: Person, shared: Shared) -> Stages:
    """Two bands of age, 50 to 64 and from 65; all is unknown under 50 or where the age is."""
    older, younger = age >= 65, (age >= 50) & (age < 65)
    asm_bmi, asmi, method = person.asm_bmi, person.asmi, shared.method
    mass_younger = method.by_method(
        either(asmi.below(7.2, 5.5), asm_bmi.below(0.80, 0.55)),
        either(asmi.below(7.6, 5.7), asm_bmi.below(0.90, 0.63)),
    )
    mass_older = method.by_method(
        either(shared.asmi_7_0_5_4, asm_bmi.below(0.73, 0.52)),
        either(shared.asmi_7_0_5_7, asm_bmi.below(0.83, 0.57)),
    )
    strength = by_age(younger, person.grip.below(34, 20), older, shared.grip_28_18)
    mass = by_age(younger, mass_younger, older, mass_older)
    return {"possible": strength, "confirmed": both(strength, mass)}


def by_age(younger: Flags, of_younger: Answer, older: Flags, of_older: Answer) -> Answer:
    return Answer(
        (younger & of_younger.yes) | (older & of_older.yes),
        (younger & of_younger.no) | (older & of_older.no),
    )


def iwgs2011(person: Person, shared: Shared) -> Stages:
    mass = shared.method.dxa_only(person.asmi.at_most(7.23, 5.67))
    # A chair stand that was managed says nothing: only the flag speaks.
    performance = alternatives(shared.gait_below_1_0, shared.cannot_rise)
    return {"confirmed": both(mass, performance)}


def fnih2014(person: Person, shared: Shared) -> Stages:
    weak = person.grip.below(26, 16)
    confirmed = both(weak, shared.method.any_but_estimated(person.asm_bmi.below(0.789, 0.512)))
    return {"weak": weak, "confirmed": confirmed, "severe": both(confirmed, shared.gait_below_0_8)}


def mass_jsh(columns: Columns, person: Person, shared: Shared) -> Answer:
    """Low mass by BIA or by CT; a mass that was measured by DXA or estimated is no BIA test."""
    method, l3 = shared.method, BySex.of(columns["smi_l3_cm2_m2"], person.sex)
    bia_done = ~np.isnan(columns["alm_kg"]) & (method.bia | method.unrecorded)
    by_bia, by_ct = method.bia_only(shared.asmi_7_0_5_7), l3.below(42, 38)
    bia_undecided = bia_done & ~(by_bia.yes | by_bia.no)
    return alternatives(by_bia, by_ct, undecided=bia_undecided | (l3.done & ~l3.known))


def judge_sarcopenia(columns: Columns, person: Person, bone: BoneAnswers, out: Results) -> None:
    shared = Shared.of(columns, person)
    age = columns["age_years"]
    mass_by_bia_or_ct = mass_jsh(columns, person, shared)
    mass_and_grip_or_gait = both(shared.mass_awgs2019, either(shared.grip_26_18, shared.gait_below_0_8))
    definitions: dict[str, Stages] = {
        "ewgsop2010": ewgsop2010(person, shared),
        "ewgsop2019": ewgsop2019(columns, person, shared),
        "awgs2014": {"confirmed": mass_and_grip_or_gait},
        "awgs2019": awgs2019(person, shared),
        "awgs2025": awgs2025(age, person, shared),
        "iwgs2011": iwgs2011(person, shared),
        "fnih2014": fnih2014(person, shared),
        "sdoc2020": {"confirmed": both(person.grip.below(35.5, 20), shared.gait_below_0_8)},
        "jsh2016": {"confirmed": both(shared.grip_26_18, mass_by_bia_or_ct)},
        "jsh2021": {"confirmed": both(shared.grip_28_18, mass_by_bia_or_ct)},
    }
    for name, stages in definitions.items():
        out.update(columns_of_definition(name, stages, bone))
    outside_scope = ~(age >= 50)
    for column in definition_columns("awgs2025"):
        out[column][outside_scope] = -1
    for column in definition_columns("awgs2019"):
        out[column.replace("awgs2019", "china2021")] = out[column]  # the same rules throughout


def definition_columns(name: str) -> tuple[str, str, str, str]:
    return (
        f"sarcopenia_{name}",
        f"sarcopenia_{name}_upto",
        f"osteosarcopenia_{name}",
        f"osteosarcopenia_broad_{name}",
    )


def columns_of_definition(name: str, stages: Stages, bone: BoneAnswers) -> Results:
    """A definition's four columns from its nested stages, lowest first."""
    lowest = next(iter(stages.values()))
    reached = sum(stage.yes.astype(np.int8) for stage in stages.values())
    not_excluded = sum((~stage.no).astype(np.int8) for stage in stages.values())
    confirmed = stages["confirmed"]
    results: tuple[Any, ...] = (
        np.where(lowest.yes | lowest.no, reached, np.int8(-1)),
        not_excluded,
        yes_no(both(confirmed, bone.osteoporosis)),
        yes_no(both(confirmed, bone.osteoporosis_or_low)),
    )
    return dict(zip(definition_columns(name), results, strict=True))


# ------------------------------------------------------------------------------------------------ screening


def screen_sarcopenia(columns: Columns, person: Person, out: Results) -> None:
    """SARC-F, SARC-CalF, calf, finger ring and Ishii."""
    given = columns["sarc_f_score"]
    items = [columns[f"sarc_f_{item}"] for item in ("strength", "assistance", "rise", "climb", "falls")]
    sarc_f = np.where(np.isnan(given), sum(items), given)
    out["sarc_f_score"] = sarc_f
    out["sarc_f_positive"] = flag(sarc_f, sarc_f >= 4)

    calf = BySex.of(columns["calf_circumference_cm"], person.sex)
    thin_calf = calf.at_most(34, 33)
    sarc_calf = sarc_f + np.where(thin_calf.yes, 10.0, np.where(thin_calf.no, 0.0, np.nan))
    out["sarc_calf_score"] = sarc_calf
    out["sarc_calf_positive"] = flag(sarc_calf, sarc_calf >= 11)
    out["calf_low_awgs2019"] = yes_no(calf.below(34, 33))

    ring = columns["finger_ring_test"]
    out["finger_ring_positive"] = yes_no(answer(ring == SMALLER_THAN_RING, ring >= 0))

    from_64, grip, calf_cm = columns["age_years"] - 64, person.grip.value, calf.value
    of_man = 0.62 * from_64 - 3.09 * (grip - 50) - 4.64 * (calf_cm - 42)
    of_woman = 0.80 * from_64 - 5.09 * (grip - 34) - 3.28 * (calf_cm - 42)
    by_sex: Numbers = np.where(person.sex.man, of_man, np.where(person.sex.woman, of_woman, np.nan))
    ishii = np.round(by_sex, 9)
    out["ishii_score"] = ishii
    out["ishii_positive"] = flag(ishii, ishii >= np.where(person.sex.man, 105, 120))


def number_of(column: Codes) -> Numbers:
    """A yes/no column as 1, 0 and NaN."""
    return np.where(column < 0, np.nan, column.astype(np.float64))


def points(where: Flags, worth: float, number: Numbers) -> Numbers:
    """Points for those of whom a condition on a number holds, NaN where the number is unknown."""
    return np.where(np.isnan(number), np.nan, worth * where)


def screen_nutrition_and_frailty(columns: Columns, out: Results) -> None:
    """MSRA-5, MSRA-7 and the FRAIL scale."""
    age, stays, loss = columns["age_years"], columns["hospital_stays_12m"], columns["weight_loss_12m_kg"]
    walks, meals, milk, protein = (
        number_of(columns[name])
        for name in ("walks_1000m", "three_meals_daily", "milk_daily", "protein_food_daily")
    )
    below_70, loss_small = points(age < 70, 5, age), points(loss <= 2, 5, loss)
    few_stays_5 = np.select([stays < 1, stays < 2, stays >= 2], [15.0, 10.0, 0.0], np.nan)
    few_stays_7 = np.select([stays < 1, stays < 2, stays >= 2], [10.0, 5.0, 0.0], np.nan)
    msra5 = below_70 + few_stays_5 + 15 * (walks + meals) + 2 * loss_small
    msra7 = below_70 + few_stays_7 + 5 * (walks + meals + milk + protein) + loss_small
    out["msra5_score"] = msra5
    out["msra5_positive"] = flag(msra5, msra5 <= 45)
    out["msra7_score"] = msra7
    out["msra7_positive"] = flag(msra7, msra7 <= 30)

    illnesses = columns["illness_count"]
    loss_percent = np.round(loss / (columns["weight_kg"] + loss) * 100, 9)
    frail = (
        number_of(columns["fatigue_most_of_time"])
        + number_of(columns["unable_climb_10_steps"])
        + number_of(columns["unable_walk_block"])
        + points(illnesses >= 5, 1, illnesses)
        + points(loss_percent > 5, 1, loss_percent)
    )
    out["frail_score"] = frail
    out["frail_status"] = category([frail < 1, frail < 3, frail >= 3])


def screen_bone(columns: Columns, sex: Sexes, out: Results) -> None:
    """OSTA, OST and ORAI."""
    age, weight, drug = columns["age_years"], columns["weight_kg"], columns["drug"]
    # Plus zero: a truncated -0.4 is 0, not -0.
    osta = np.trunc(np.round(0.2 * (weight - age), 9)) + 0.0
    out["osta_index"] = osta
    out["ost_index"] = osta
    out["osta_risk"] = category([osta > -1, osta >= -4, osta < -4])

    age_points = np.select([age >= 75, age >= 65, age >= 55], [15.0, 9.0, 5.0], 0.0)
    weight_points = np.select([weight < 60, weight < 70], [9.0, 3.0], 0.0)
    no_oestrogen_points = np.where(drug == HORMONE_THERAPY, 0.0, 2.0)
    known = sex.woman & (drug >= 0) & ~np.isnan(age) & ~np.isnan(weight)
    out["orai_score"] = np.where(known, age_points + weight_points + no_oestrogen_points, np.nan)


# ------------------------------------------------------------------------------------------------------ run


def assess(columns: Columns) -> Results:
    """Every column of the contract's results but the `_needs`, in the encodings that the module describes.

    `columns` holds every column of `people.make_people`, equally long; a missing one is a KeyError. Empty
    results are NaN or -1.
    """
    out: Results = {}
    person = Person.of(columns)
    out["bmi"], out["asmi"], out["asm_bmi"] = person.bmi, person.asmi.value, person.asm_bmi.value
    out["sppb_score"] = person.sppb
    out["sarcopenia_index"] = columns["creatinine_umol_l"] / 88.4 / columns["cystatin_c_mg_l"] * 100
    out["height_loss_cm"] = columns["tallest_height_cm"] - columns["height_cm"]
    bone = judge_bone(columns, person.sex, out)
    judge_sarcopenia(columns, person, bone, out)
    screen_sarcopenia(columns, person, out)
    screen_nutrition_and_frailty(columns, out)
    screen_bone(columns, person.sex, out)
    return out

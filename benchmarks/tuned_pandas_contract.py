"""The verdicts of the contract as a hand-tuned pandas script, beside the careful one in the benchmark.

It is as fast as one thread was brought to be: no loop over people, no `apply`, shared results computed once, and no
operation that pandas does slowly (`where`, `mask`, `min(axis=1)`, Kleene logic on nullable booleans) where
it has a faster one for the same thing. It stays with Series; the script that leaves them for arrays is
`tuned_numpy_contract.py`. `_needs` columns are left out.

In: float64 with NaN where unknown, nullable `boolean`, Categorical. Out: the same, ordered Categorical for
stages and nullable Int8 for sums of whole points.

Inside, an answer is a Series of one byte a person (`NO`, `UNKNOWN`, `YES`): bit 0 says "is yes", bit 2 says
"may be yes". So `&` and `|` are the three-valued and/or, an answer times a condition is that answer where
the condition holds and `NO` elsewhere, and the sum of the answers to nested stages holds the highest stage
proved in bits 0-1 and the highest not excluded in bits 2-3.

The cut-offs stand in the code on purpose: a script that is held against the engine must not read the
engine's numbers. They are those of `contract/README.md`; `facts/sarcopenia.md` and `facts/osteoporosis.md`
say how far each was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

Series: TypeAlias = Any  # pandas carries no types: a Series of the dtype that the name or docstring says
Results: TypeAlias = dict[str, Any]
Stages: TypeAlias = dict[str, Series]

NO, UNKNOWN, YES = 0b000, 0b100, 0b101
IS_YES = 0b001
PROVED_RANK = 0b011

BONE = pd.CategoricalDtype(["normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis"], ordered=True)
EXPECTED = pd.CategoricalDtype(["within_expected", "below_expected"])
QCT = pd.CategoricalDtype(["normal", "low", "osteoporosis"], ordered=True)
FRAILTY = pd.CategoricalDtype(["robust", "prefrail", "frail"], ordered=True)
RISK = pd.CategoricalDtype(["low", "medium", "high"], ordered=True)


# ------------------------------------------------------------------------------------- three-valued answers


def answer(yes: Series, unknown: Series) -> Series:
    """Yes where `yes`, else unknown where `unknown`, else no."""
    return (yes.astype("uint8") * YES) | unknown_where(unknown)


def unknown_where(condition: Series) -> Series:
    """Unknown where `condition`, else no."""
    return condition.astype("uint8") * UNKNOWN


def known_yes(recorded: Series) -> Series:
    """Plain bool: a recorded yes; unknown is not one."""
    return pd.Series(recorded.to_numpy(bool, na_value=False), index=recorded.index)


def history(recorded: Series) -> Series:
    """The answer that a nullable yes/no gives."""
    return answer(known_yes(recorded), recorded.isna())


def alternatives(*tests: tuple[Series, Series]) -> Series:
    """One thing judged by alternative tests: for each its answer and whether it was done.

    Yes where a test that was done says yes, else unknown where one has no answer or none was done, else no.
    """
    found = reduce(or_, (said * done for said, done in tests))
    any_done = reduce(or_, (done for _, done in tests))
    return found + unknown_where(~any_done)


def yes_no(said: Series, empty: Series | None = None) -> Any:
    """The nullable boolean column of an answer; empty, too, where `empty`."""
    unknown = said == UNKNOWN
    return flag(said == YES, unknown if empty is None else unknown | empty)


def flag(yes: Series, unknown: Series) -> Any:
    """A nullable boolean column, unknown where `unknown`."""
    return pd.arrays.BooleanArray(yes.to_numpy(), unknown.to_numpy())


def points(total: Series, unknown: Series) -> Any:
    """A nullable Int8 column of whole points, unknown where `unknown`."""
    return pd.arrays.IntegerArray(total.to_numpy("int8"), unknown.to_numpy())


def words(codes: Series, empty: Series | None, dtype: pd.CategoricalDtype) -> Any:
    """A Categorical column from ranks; empty where `empty`."""
    ranks = codes.astype("int8")
    if empty is not None:
        ranks = ranks * ~empty - empty
    return pd.Categorical.from_codes(ranks.to_numpy(), dtype=dtype, validate=False)


def first_known(given: Series, otherwise: Series) -> Series:
    """`given` where known, else `otherwise` (`Series.where` and `fillna` do the same more slowly)."""
    return pd.Series(np.where(given.isna(), otherwise, given), index=given.index)


# ---------------------------------------------------------------------------------- what things are made of


@dataclass(frozen=True)
class Sexes:
    """Who is a man, who a woman, of whom it is not known (bool); the byte YES where a man, where a woman."""

    man: Series
    woman: Series
    unknown: Series
    yes_if_man: Series
    yes_if_woman: Series

    @classmethod
    def of(cls, sex: Series) -> Sexes:
        man, woman = sex == "male", sex == "female"
        return cls(man, woman, sex.isna(), man.astype("uint8") * YES, woman.astype("uint8") * YES)


@dataclass(frozen=True)
class BySex:
    """A measure that is compared with one cut-off for men and another for women; unknown where the sex is."""

    value: Series
    sex: Sexes
    done: Series
    unanswered: Series

    @classmethod
    def of(cls, value: Series, sex: Sexes) -> BySex:
        missing = value.isna()
        return cls(value, sex, ~missing, unknown_where(missing | sex.unknown))

    def below(self, man: float, woman: float) -> Series:
        return self._low(self.value < man, self.value < woman)

    def at_most(self, man: float, woman: float) -> Series:
        return self._low(self.value <= man, self.value <= woman)

    def _low(self, low_for_man: Series, low_for_woman: Series) -> Series:
        return low_for_man * self.sex.yes_if_man + low_for_woman * self.sex.yes_if_woman + self.unanswered


@dataclass(frozen=True)
class MassMethod:
    """How the muscle mass was measured (bool), and bytes that are UNKNOWN where a method has no cut-off."""

    dxa: Series
    bia: Series
    unrecorded: Series
    not_estimated: Series
    unknown_if_estimated: Series
    unknown_if_not_dxa: Series
    unknown_if_not_bia: Series

    @classmethod
    def of(cls, method: Series) -> MassMethod:
        dxa, bia, estimated = method == "dxa", method == "bia", method == "estimated"
        return cls(
            dxa,
            bia,
            method.isna(),
            ~estimated,
            unknown_where(estimated),
            unknown_where(~dxa),
            unknown_where(~bia),
        )

    def any_method(self, low: Series) -> Series:
        """One cut-off for every method; an estimate proves nothing."""
        return low * self.not_estimated + self.unknown_if_estimated

    def by_method(self, low_by_dxa: Series, low_by_bia: Series) -> Series:
        """A cut-off each; where the method is not recorded both must agree."""
        both_agree = (low_by_dxa & low_by_bia & IS_YES) + ((low_by_dxa | low_by_bia) & UNKNOWN)
        recorded = low_by_dxa * self.dxa + low_by_bia * self.bia
        return recorded + both_agree * self.unrecorded + self.unknown_if_estimated

    def dxa_only(self, low_by_dxa: Series) -> Series:
        """A cut-off for DXA alone; every other method leaves it unknown."""
        return low_by_dxa * self.dxa + self.unknown_if_not_dxa

    def bia_only(self, low_by_bia: Series) -> Series:
        """A cut-off for BIA alone; every other method leaves it unknown."""
        return low_by_bia * self.bia + self.unknown_if_not_bia


@dataclass(frozen=True)
class Person:
    """What several verdicts share: the sexes, the indices rounded to 9 decimals, the best grip, the SPPB.

    `cannot_rise` and `cannot_walk` are plain bool: a flag speaks only when it says failed.
    """

    sex: Sexes
    bmi: Series
    asmi: Series
    asm_bmi: Series
    grip: BySex
    sppb: Series
    cannot_rise: Series
    cannot_walk: Series


def describe(frame: pd.DataFrame) -> Person:
    sex = Sexes.of(frame["sex"])
    height_m = frame["height_cm"] / 100
    height_m2 = height_m * height_m
    bmi = (frame["weight_kg"] / height_m2).round(9)
    better_hand = np.fmax(frame["grip_left_kg"], frame["grip_right_kg"])
    cannot_rise, cannot_walk = known_yes(frame["chair_stand_unable"]), known_yes(frame["walk_unable"])
    return Person(
        sex=sex,
        bmi=bmi,
        asmi=(frame["alm_kg"] / height_m2).round(9),
        asm_bmi=(frame["alm_kg"] / bmi).round(9),
        grip=BySex.of(first_known(frame["grip_kg"], better_hand), sex),
        sppb=sppb_total(frame, cannot_rise, cannot_walk),
        cannot_rise=cannot_rise,
        cannot_walk=cannot_walk,
    )


def sppb_total(frame: pd.DataFrame, cannot_rise: Series, cannot_walk: Series) -> Series:
    """The SPPB as given, else the sum of its three parts where all are known."""
    side, semi, tandem = (frame[f"balance_{stand}_s"] for stand in ("side_by_side", "semi_tandem", "tandem"))
    side_held, semi_held = side >= 10, semi >= 10
    passed_semi = side_held & semi_held
    tandem_points = (tandem >= 3).astype("uint8") + (tandem >= 10)
    balance = side_held.astype("uint8") + passed_semi + tandem_points * passed_semi
    # A harder stand is only needed once the easier one is held.
    balance_unknown = side.isna() | (side_held & semi.isna()) | (passed_semi & tandem.isna())

    walk_s, rise_s = frame["gait_4m_s"], frame["chair_stand_5x_s"]
    walk_unknown, rise_unknown = walk_s.isna(), rise_s.isna()
    gait = (~walk_unknown).astype("uint8") + (walk_s <= 8.70) + (walk_s <= 6.20) + (walk_s < 4.82)
    chair = (rise_s <= 60).astype("uint8") + (rise_s <= 16.69) + (rise_s <= 13.69) + (rise_s <= 11.19)
    built = balance + gait * ~cannot_walk + chair * ~cannot_rise
    unknown = balance_unknown | (walk_unknown & ~cannot_walk) | (rise_unknown & ~cannot_rise)
    return first_known(frame["sppb_score"], pd.Series(np.where(unknown, np.nan, built), index=frame.index))


def bands_apply(frame: pd.DataFrame, sex: Sexes) -> Series:
    """Say whether the T-score bands apply: to men from 50 and to postmenopausal women.

    A woman from 50 whose `postmenopausal` is unknown is taken to be one.
    """
    age, postmenopausal = frame["age_years"], frame["postmenopausal"]
    from_50, unrecorded = age >= 50, postmenopausal.isna()
    yes = (sex.man & from_50) | (sex.woman & (known_yes(postmenopausal) | (unrecorded & from_50)))
    return answer(yes, sex.unknown | (sex.woman & unrecorded) | (sex.man & age.isna()))


# ----------------------------------------------------------------------------------------------------- bone


@dataclass(frozen=True)
class BoneAnswers:
    """What osteosarcopenia asks of the bone: osteoporosis_china2022; that, or a T-score of -1.0 or less."""

    osteoporosis: Series
    osteoporosis_or_low: Series


def vertebral_fracture(frame: pd.DataFrame) -> Series:
    """The answer of the three ways to record one."""
    recorded = frame["fracture_vertebral"]
    count, grade = frame["vertebral_fracture_count"], frame["genant_max_grade"]
    return answer(
        known_yes(recorded) | (count > 0) | (grade > 0), recorded.isna() & count.isna() & grade.isna()
    )


def judge_bone(frame: pd.DataFrame, sex: Sexes, out: Results) -> BoneAnswers:
    bands = bands_apply(frame, sex)
    hip, vertebral = history(frame["fracture_hip"]), vertebral_fracture(frame)
    # Nullable booleans know the three-valued or themselves: one conversion in place of three.
    minor = history(
        frame["fracture_proximal_humerus"] | frame["fracture_pelvis"] | frame["fracture_distal_forearm"]
    )
    any_fracture = hip | vertebral | minor | history(frame["fracture_other"])

    spine_or_hip = np.fmin(
        np.fmin(frame["t_score_lumbar_spine"], frame["t_score_femoral_neck"]), frame["t_score_total_hip"]
    )
    radius = frame["t_score_radius_33"]
    out["t_score_lowest"] = spine_or_hip
    judge_bands_who(first_known(spine_or_hip, radius), bands, any_fracture, out)

    lowest_z = np.fmin(
        np.fmin(frame["z_score_lumbar_spine"], frame["z_score_femoral_neck"]), frame["z_score_total_hip"]
    )
    out["bone_age_expected"] = words(lowest_z <= -2.0, lowest_z.isna() | (bands != NO), EXPECTED)
    qct = frame["qct_spine_mg_cm3"]
    out["bone_qct_acr"] = words((qct <= 120).astype("int8") + (qct < 80), qct.isna(), QCT)

    lowest = np.fmin(spine_or_hip, radius)
    unmeasured = lowest.isna()
    at_most_minus_2_5 = lowest <= -2.5
    osteoporosis = (
        (answer(at_most_minus_2_5, unmeasured) & bands)
        | hip
        | vertebral
        | (answer((lowest < -1.0) & ~at_most_minus_2_5, unmeasured) & bands & minor)
    )
    out["osteoporosis_china2022"] = yes_no(osteoporosis)
    return BoneAnswers(osteoporosis, osteoporosis | (answer(lowest <= -1.0, unmeasured) & bands))


def judge_bands_who(lowest: Series, bands: Series, any_fracture: Series, out: Results) -> None:
    """Write `bone_who` and `_upto`: empty unless the bands are known to apply; no T-score proves nothing."""
    unmeasured = lowest.isna()
    osteoporosis = answer(lowest <= -2.5, unmeasured)
    total = answer(lowest < -1.0, unmeasured) + osteoporosis + (osteoporosis & any_fracture)
    not_proved = bands != YES
    out["bone_who"] = words(total & PROVED_RANK, unmeasured | not_proved, BONE)
    out["bone_who_upto"] = words(total // 4, not_proved, BONE)


# ----------------------------------------------------------------------------------------------- sarcopenia


@dataclass(frozen=True)
class Shared:
    """The measures and answers that several definitions use, each computed once."""

    grip: BySex
    grip_26_18: Series
    grip_28_18: Series
    method: MassMethod
    asmi: BySex
    asmi_7_0_5_4: Series
    asmi_7_0_5_7: Series
    asm_bmi: BySex
    mass_awgs2019: Series
    cannot_rise: Series
    rise_s: Series
    rise_not_done: Series
    cannot_walk: Series
    gait: Series
    gait_unknown: Series
    gait_below_0_8: Series
    gait_below_1_0: Series
    gait_0_8: Series
    sppb: Series
    sppb_at_most_8: Series
    gait_and_sppb_not_done: Series

    @classmethod
    def of(cls, frame: pd.DataFrame, person: Person) -> Shared:
        grip, cannot_rise, cannot_walk = person.grip, person.cannot_rise, person.cannot_walk
        method = MassMethod.of(frame["mass_method"])
        asmi = BySex.of(person.asmi, person.sex)
        asmi_7_0_5_4, asmi_7_0_5_7 = asmi.below(7.0, 5.4), asmi.below(7.0, 5.7)
        rise_s, gait = frame["chair_stand_5x_s"], frame["gait_speed_m_s"]
        gait_unknown = gait.isna()
        gait_not_done = gait_unknown & ~cannot_walk
        gait_below_0_8 = (gait < 0.8) | cannot_walk
        return cls(
            grip=grip,
            grip_26_18=grip.below(26, 18),
            grip_28_18=grip.below(28, 18),
            method=method,
            asmi=asmi,
            asmi_7_0_5_4=asmi_7_0_5_4,
            asmi_7_0_5_7=asmi_7_0_5_7,
            asm_bmi=BySex.of(person.asm_bmi, person.sex),
            mass_awgs2019=method.by_method(asmi_7_0_5_4, asmi_7_0_5_7),
            cannot_rise=cannot_rise,
            rise_s=rise_s,
            rise_not_done=rise_s.isna() & ~cannot_rise,
            cannot_walk=cannot_walk,
            gait=gait,
            gait_unknown=gait_unknown,
            gait_below_0_8=gait_below_0_8,
            gait_below_1_0=(gait < 1.0) | cannot_walk,
            gait_0_8=answer(gait_below_0_8, gait_not_done),
            sppb=person.sppb,
            sppb_at_most_8=person.sppb <= 8,
            gait_and_sppb_not_done=gait_not_done & person.sppb.isna(),
        )


def ewgsop2010(shared: Shared) -> Stages:
    strength = shared.grip.below(30, 20)
    mass = shared.method.dxa_only(shared.asmi.at_most(7.26, 5.5))
    performance = answer(shared.gait_below_0_8 | shared.sppb_at_most_8, shared.gait_and_sppb_not_done)
    return {
        "presarcopenia": mass,
        "confirmed": mass & (strength | performance),
        "severe": mass & strength & performance,
    }


def ewgsop2019(frame: pd.DataFrame, shared: Shared) -> Stages:
    rise_slow = answer((shared.rise_s > 15) | shared.cannot_rise, shared.rise_not_done)
    strength = alternatives((shared.grip.below(27, 16), shared.grip.done), (rise_slow, ~shared.rise_not_done))
    mass = shared.method.any_method(shared.asmi.below(7.0, 5.5))
    tug_s, walk_400m_s = frame["tug_s"], frame["walk_400m_s"]
    walk_400m_failed = known_yes(~frame["walk_400m_completed"]) | (walk_400m_s >= 360)
    gait_slow = (shared.gait <= 0.8) | shared.cannot_walk
    performance = answer(
        gait_slow | shared.sppb_at_most_8 | (tug_s >= 20) | walk_400m_failed,
        shared.gait_and_sppb_not_done & tug_s.isna() & walk_400m_s.isna(),
    )
    confirmed = strength & mass
    return {"probable": strength, "confirmed": confirmed, "severe": confirmed & performance}


def awgs2014(shared: Shared) -> Stages:
    return {"confirmed": shared.mass_awgs2019 & (shared.grip_26_18 | shared.gait_0_8)}


def awgs2019(shared: Shared) -> Stages:
    strength, mass = shared.grip_28_18, shared.mass_awgs2019
    performance = answer(
        shared.gait_below_1_0 | (shared.sppb <= 9) | (shared.rise_s >= 12) | shared.cannot_rise,
        shared.gait_and_sppb_not_done & shared.rise_not_done,
    )
    possible = strength | performance
    return {"possible": possible, "confirmed": mass & possible, "severe": mass & strength & performance}


def awgs2025(shared: Shared, from_65: Series) -> Stages:
    """Two bands of age; what is said of those under 50 is emptied by the caller."""
    asmi, asm_bmi, method, younger = shared.asmi, shared.asm_bmi, shared.method, ~from_65
    mass_younger = method.by_method(
        asmi.below(7.2, 5.5) | asm_bmi.below(0.80, 0.55), asmi.below(7.6, 5.7) | asm_bmi.below(0.90, 0.63)
    )
    mass_older = method.by_method(
        shared.asmi_7_0_5_4 | asm_bmi.below(0.73, 0.52), shared.asmi_7_0_5_7 | asm_bmi.below(0.83, 0.57)
    )
    strength = shared.grip.below(34, 20) * younger + shared.grip_28_18 * from_65
    return {
        "possible": strength,
        "confirmed": strength & (mass_younger * younger + mass_older * from_65),
    }


def iwgs2011(shared: Shared) -> Stages:
    mass = shared.method.dxa_only(shared.asmi.at_most(7.23, 5.67))
    # The flags are no test done: without a gait speed, only a flag that says failed gives an answer.
    performance = answer(shared.gait_below_1_0 | shared.cannot_rise, shared.gait_unknown)
    return {"confirmed": mass & performance}


def fnih2014(shared: Shared) -> Stages:
    weak = shared.grip.below(26, 16)
    confirmed = weak & shared.method.any_method(shared.asm_bmi.below(0.789, 0.512))
    return {"weak": weak, "confirmed": confirmed, "severe": confirmed & shared.gait_0_8}


def sdoc2020(shared: Shared) -> Stages:
    return {"confirmed": shared.grip.below(35.5, 20) & shared.gait_0_8}


def mass_jsh(frame: pd.DataFrame, sex: Sexes, shared: Shared) -> Series:
    """Low mass by BIA or by CT; a mass that was measured by DXA or estimated is no BIA test."""
    l3 = BySex.of(frame["smi_l3_cm2_m2"], sex)
    bia_done = frame["alm_kg"].notna() & (shared.method.bia | shared.method.unrecorded)
    return alternatives((shared.method.bia_only(shared.asmi_7_0_5_7), bia_done), (l3.below(42, 38), l3.done))


def judge_sarcopenia(frame: pd.DataFrame, person: Person, bone: BoneAnswers, out: Results) -> None:
    shared = Shared.of(frame, person)
    age = frame["age_years"]
    mass = mass_jsh(frame, person.sex, shared)
    definitions = {
        "ewgsop2010": ewgsop2010(shared),
        "ewgsop2019": ewgsop2019(frame, shared),
        "awgs2014": awgs2014(shared),
        "awgs2019": awgs2019(shared),
        "awgs2025": awgs2025(shared, age >= 65),
        "iwgs2011": iwgs2011(shared),
        "fnih2014": fnih2014(shared),
        "sdoc2020": sdoc2020(shared),
        "jsh2016": {"confirmed": shared.grip_26_18 & mass},
        "jsh2021": {"confirmed": shared.grip_28_18 & mass},
    }
    empty_where = {"awgs2025": ~(age >= 50)}
    for name, stages in definitions.items():
        out.update(columns_of_definition(name, stages, bone, empty_where.get(name)))
    for column in definition_columns("awgs2019"):
        out[column.replace("awgs2019", "china2021")] = out[column]  # the same rules throughout


def definition_columns(name: str) -> tuple[str, str, str, str]:
    return (
        f"sarcopenia_{name}",
        f"sarcopenia_{name}_upto",
        f"osteosarcopenia_{name}",
        f"osteosarcopenia_broad_{name}",
    )


def columns_of_definition(name: str, stages: Stages, bone: BoneAnswers, empty: Series | None) -> Results:
    """A definition's four columns from its nested stages, lowest first; empty where `empty`."""
    dtype = pd.CategoricalDtype(["none", *stages], ordered=True)
    lowest, *higher = stages.values()
    total = sum(higher, start=lowest)
    unproved = lowest == UNKNOWN
    results = (
        words(total & PROVED_RANK, unproved if empty is None else unproved | empty, dtype),
        words(total // 4, empty, dtype),
        yes_no(stages["confirmed"] & bone.osteoporosis, empty),
        yes_no(stages["confirmed"] & bone.osteoporosis_or_low, empty),
    )
    return dict(zip(definition_columns(name), results, strict=True))


# ------------------------------------------------------------------------------------------------ screening


def by_sex(sex: Series, man: float, woman: float) -> Any:
    """A number for each person's sex, NaN where that is unknown."""
    numbers = {"male": man, "female": woman}
    table = np.array([*(numbers[word] for word in sex.cat.categories), np.nan])
    # As a byte the code -1 is 255 and lands on the last entry.
    return table.take(sex.cat.codes.to_numpy().view("uint8"), mode="clip")


def screen_sarcopenia(frame: pd.DataFrame, person: Person, out: Results) -> None:
    """SARC-F, SARC-CalF, calf, finger ring and Ishii."""
    items = (frame[f"sarc_f_{item}"] for item in ("strength", "assistance", "rise", "climb", "falls"))
    sarc_f = first_known(frame["sarc_f_score"], sum(items))
    out["sarc_f_score"] = sarc_f
    out["sarc_f_positive"] = flag(sarc_f >= 4, sarc_f.isna())

    calf = BySex.of(frame["calf_circumference_cm"], person.sex)
    thin = calf.at_most(34, 33)
    sarc_calf = sarc_f + np.where(thin == UNKNOWN, np.nan, (thin & IS_YES) * 10)
    out["sarc_calf_score"] = sarc_calf
    out["sarc_calf_positive"] = flag(sarc_calf >= 11, sarc_calf.isna())
    out["calf_low_awgs2019"] = yes_no(calf.below(34, 33))

    ring = frame["finger_ring_test"]
    out["finger_ring_positive"] = flag(ring == "smaller", ring.isna())

    sex = frame["sex"]
    ishii = (
        (frame["age_years"] - 64) * by_sex(sex, 0.62, 0.80)
        - (person.grip.value - by_sex(sex, 50, 34)) * by_sex(sex, 3.09, 5.09)
        - (calf.value - 42) * by_sex(sex, 4.64, 3.28)
    ).round(9)
    out["ishii_score"] = ishii
    positive = ((ishii >= 105) & person.sex.man) | ((ishii >= 120) & person.sex.woman)
    out["ishii_positive"] = flag(positive, ishii.isna())


def screen_nutrition_and_frailty(frame: pd.DataFrame, out: Results) -> None:
    """MSRA-5, MSRA-7 and the FRAIL scale; a nullable yes/no that is unknown makes its sum unknown."""
    age, stays, loss = frame["age_years"], frame["hospital_stays_12m"], frame["weight_loss_12m_kg"]
    number_unknown = age.isna() | stays.isna() | loss.isna()
    below_70, loss_small = (age < 70).astype("int8"), loss <= 2
    no_stay, at_most_one_stay = stays < 1, stays < 2
    walks, meals = frame["walks_1000m"].astype("Int8"), frame["three_meals_daily"].astype("Int8")
    # Counted in fives, the unit of both totals.
    walks_and_meals = walks + meals
    numbers_5 = pd.Series(
        points(
            below_70 + no_stay + at_most_one_stay.astype("int8") * 2 + loss_small.astype("int8") * 2,
            number_unknown,
        ),
        index=frame.index,
    )
    numbers_7 = pd.Series(
        points(below_70 + no_stay + at_most_one_stay + loss_small, number_unknown), index=frame.index
    )
    msra5 = (numbers_5 + walks_and_meals * 3) * 5
    msra7 = (numbers_7 + walks_and_meals + frame["milk_daily"] + frame["protein_food_daily"]) * 5
    out["msra5_score"] = msra5
    out["msra5_positive"] = msra5 <= 45
    out["msra7_score"] = msra7
    out["msra7_positive"] = msra7 <= 30

    illnesses = frame["illness_count"]
    loss_percent = (loss / (frame["weight_kg"] + loss) * 100).round(9)
    numbers = pd.Series(
        points((illnesses >= 5).astype("int8") + (loss_percent > 5), illnesses.isna() | loss_percent.isna()),
        index=frame.index,
    )
    frail = (
        numbers + frame["fatigue_most_of_time"] + frame["unable_climb_10_steps"] + frame["unable_walk_block"]
    )
    out["frail_score"] = frail
    total, unknown = pd.Series(frail.to_numpy("int8", na_value=-1), index=frame.index), frail.isna()
    out["frail_status"] = words((total >= 1).astype("int8") + (total >= 3), unknown, FRAILTY)


def screen_bone(frame: pd.DataFrame, sex: Sexes, out: Results) -> None:
    """OSTA, OST and ORAI."""
    age, weight, drug = frame["age_years"], frame["weight_kg"], frame["drug"]
    # Plus zero: a truncated -0.4 is 0, not -0.
    osta = np.trunc(((weight - age) * 0.2).round(9)) + 0.0
    unknown = osta.isna()
    out["osta_index"] = osta
    out["ost_index"] = osta
    out["osta_risk"] = words((osta <= -1).astype("int8") + (osta < -4), unknown, RISK)

    age_points = (
        (age >= 55).astype("int8") * 5 + (age >= 65).astype("int8") * 4 + (age >= 75).astype("int8") * 6
    )
    weight_points = (weight < 70).astype("int8") * 3 + (weight < 60).astype("int8") * 6
    no_oestrogen_points = (drug != "hormone_therapy").astype("int8") * 2
    out["orai_score"] = points(
        age_points + weight_points + no_oestrogen_points, unknown | drug.isna() | ~sex.woman
    )


# ------------------------------------------------------------------------------------------------------ run


def assess(frame: pd.DataFrame) -> pd.DataFrame:
    """Every column of the contract's results but the `_needs`, one row a person, with the index of `frame`.

    `frame` holds every column of `people.make_people` in the dtypes that the module describes; a missing one
    is a KeyError. Empty results are NaN or NA.
    """
    out: Results = {}
    person = describe(frame)
    out["bmi"], out["asmi"], out["asm_bmi"] = person.bmi, person.asmi, person.asm_bmi
    out["sppb_score"] = person.sppb
    out["sarcopenia_index"] = frame["creatinine_umol_l"] / 88.4 / frame["cystatin_c_mg_l"] * 100
    out["height_loss_cm"] = frame["tallest_height_cm"] - frame["height_cm"]
    bone = judge_bone(frame, person.sex, out)
    judge_sarcopenia(frame, person, bone, out)
    screen_sarcopenia(frame, person, out)
    screen_nutrition_and_frailty(frame, out)
    screen_bone(frame, person.sex, out)
    return pd.DataFrame(out, index=frame.index, copy=False)

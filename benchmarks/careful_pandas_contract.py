"""The verdicts of the contract as a careful pandas script: the baseline of the ratio in the benchmark.

It is what a careful epidemiologist would write and a colleague could review against the guideline: whole columns
at a time, no loop over people, no `apply`, what several definitions share computed once, unknown kept apart from
no. It is not tuned beyond that: `tuned_pandas_contract.py` shows how far the same verdicts go with an answer in one
byte. `_needs` columns are left out.

In: nullable `Float64` and `boolean`, Categorical. Out: the same, ordered Categorical for stages. With these types a
comparison with an unknown number is NA, and `&`, `|` and `~` are three-valued (Kleene) logic by themselves.

The cut-offs stand in the code on purpose: a script that is held against the engine must not read the engine's
numbers. They are those of `contract/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

Series: TypeAlias = Any  # pandas carries no types
Results: TypeAlias = dict[str, Any]
Stages: TypeAlias = dict[str, Series]

SPINE_AND_HIP = ("lumbar_spine", "femoral_neck", "total_hip")
BONE = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")


# ------------------------------------------------------------------------------------- three-valued answers


def alternatives(*tests: Series, undecided: Series | None = None) -> Series:
    """One thing judged by any of several tests: yes where one says yes, no where one says no and none says yes.

    `undecided`: for whom a test was done that has no answer, so that the others cannot say no.
    """
    found = reduce(or_, (test.fillna(False) for test in tests))
    unknown = reduce(and_, (test.isna() for test in tests))
    if undecided is not None:
        unknown = unknown | undecided
    return found.mask(unknown & ~found)


def category(conditions: list[Series], words: tuple[str, ...], index: pd.Index) -> Series:
    """The word of the first condition that holds, empty where none does; unknown does not hold."""
    holds = [condition.to_numpy(bool, na_value=False) for condition in conditions]
    codes = np.select(holds, list(range(len(words))), -1)
    return pd.Series(pd.Categorical.from_codes(codes, list(words), ordered=True), index=index)


def lowest(columns: pd.DataFrame) -> Series:
    """The lowest of those that are known."""
    return columns.min(axis=1)


# ---------------------------------------------------------------------------------- what things are made of


def by_sex(sex: Series, man: float, woman: float) -> Series:
    """A number for men and another for women, unknown where the sex is."""
    return sex.map({"male": float(man), "female": float(woman)}).astype("Float64")


@dataclass(frozen=True)
class MassMethod:
    """How the muscle mass was measured (bool)."""

    dxa: Series
    bia: Series
    unrecorded: Series
    estimated: Series

    @classmethod
    def of(cls, method: Series) -> MassMethod:
        return cls(method == "dxa", method == "bia", method.isna(), method == "estimated")

    def by_method(self, by_dxa: Series, by_bia: Series) -> Series:
        """A cut-off each; where the method is not recorded both must agree; an estimate proves nothing."""
        agreed = by_dxa.mask((by_dxa != by_bia).fillna(True))
        low = (self.dxa & by_dxa) | (self.bia & by_bia) | (self.unrecorded & agreed)
        return low.mask(self.estimated)

    def any_but_estimated(self, low: Series) -> Series:
        """One cut-off for every method; an estimate proves nothing."""
        return low.mask(self.estimated)


@dataclass(frozen=True)
class Person:
    """What several verdicts share; the indices are rounded to 9 decimals. `cannot_...` is never NA."""

    frame: pd.DataFrame
    sex: Series
    man: Series
    woman: Series
    bmi: Series
    asmi: Series
    asm_bmi: Series
    grip: Series
    sppb: Series
    cannot_rise: Series
    cannot_walk: Series

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Person:
        sex = frame["sex"]
        height_m2 = (frame["height_cm"] / 100) ** 2
        bmi = (frame["weight_kg"] / height_m2).round(9)
        # A flag speaks only when it says failed.
        cannot_rise = frame["chair_stand_unable"].fillna(False)
        cannot_walk = frame["walk_unable"].fillna(False)
        better_hand = frame[["grip_left_kg", "grip_right_kg"]].max(axis=1)
        return cls(
            frame=frame,
            sex=sex,
            man=sex == "male",
            woman=sex == "female",
            bmi=bmi,
            asmi=(frame["alm_kg"] / height_m2).round(9),
            asm_bmi=(frame["alm_kg"] / bmi).round(9),
            grip=frame["grip_kg"].fillna(better_hand),
            sppb=sppb_total(frame, cannot_rise, cannot_walk),
            cannot_rise=cannot_rise,
            cannot_walk=cannot_walk,
        )

    def below(self, value: Series, man: float, woman: float) -> Series:
        """Below the cut-off of their sex."""
        return value < by_sex(self.sex, man, woman)

    def at_most(self, value: Series, man: float, woman: float) -> Series:
        """At or below the cut-off of their sex."""
        return value <= by_sex(self.sex, man, woman)


def points(*conditions: Series) -> Series:
    """How many of the conditions hold (Int8); unknown where one is unknown."""
    return sum(condition.astype("Int8") for condition in conditions)


def sppb_total(frame: pd.DataFrame, cannot_rise: Series, cannot_walk: Series) -> Series:
    """The SPPB as given, else the sum of its three parts where all are known."""
    side, semi, tandem = (frame[f"balance_{stand}_s"] for stand in ("side_by_side", "semi_tandem", "tandem"))
    # A harder stand is only needed once the easier one is held: False & NA is False.
    held = side >= 10
    both_held = held & (semi >= 10)
    balance = points(held, both_held, both_held & (tandem >= 3), both_held & (tandem >= 10))
    walk_s, rise_s = frame["gait_4m_s"], frame["chair_stand_5x_s"]
    gait = 1 + points(walk_s <= 8.70, walk_s <= 6.20, walk_s < 4.82)
    chair = points(rise_s <= 60, rise_s <= 16.69, rise_s <= 13.69, rise_s <= 11.19)
    total = balance + gait.mask(cannot_walk, 0) + chair.mask(cannot_rise, 0)
    return frame["sppb_score"].fillna(total.astype("Float64"))


# ----------------------------------------------------------------------------------------------------- bone


@dataclass(frozen=True)
class BoneAnswers:
    """What osteosarcopenia asks of the bone: osteoporosis_china2022; that, or a T-score of -1.0 or less."""

    osteoporosis: Series
    osteoporosis_or_low: Series


def bands_apply(person: Person) -> Series:
    """Whether the T-score bands apply: to men from 50 and to postmenopausal women.

    A woman from 50 whose `postmenopausal` is unknown is taken to be one.
    """
    postmenopausal, from_50 = person.frame["postmenopausal"], person.frame["age_years"] >= 50
    of_woman = postmenopausal | (postmenopausal.isna() & from_50.fillna(False)).astype("boolean")
    return ((person.man & from_50) | (person.woman & of_woman)).mask(person.sex.isna())


def judge_bone(person: Person, out: Results) -> BoneAnswers:
    frame = person.frame
    bands = bands_apply(person)
    radius = frame["t_score_radius_33"]
    lowest_spine_or_hip = lowest(frame[[f"t_score_{site}" for site in SPINE_AND_HIP]])
    out["t_score_lowest"] = lowest_spine_or_hip

    hip = frame["fracture_hip"]
    vertebral = alternatives(
        frame["fracture_vertebral"], frame["vertebral_fracture_count"] > 0, frame["genant_max_grade"] > 0
    )
    minor = frame["fracture_proximal_humerus"] | frame["fracture_pelvis"] | frame["fracture_distal_forearm"]
    any_fracture = hip | vertebral | minor | frame["fracture_other"]

    # The radius counts for the bands only where neither spine nor hip was measured.
    judge_bone_who(lowest_spine_or_hip.fillna(radius), bands, any_fracture, out)
    low_for_age = lowest(frame[[f"z_score_{site}" for site in SPINE_AND_HIP]]) <= -2.0
    out["bone_age_expected"] = category(
        [~bands & ~low_for_age, ~bands & low_for_age], ("within_expected", "below_expected"), frame.index
    )
    qct = frame["qct_spine_mg_cm3"]
    out["bone_qct_acr"] = category(
        [qct > 120, qct >= 80, qct < 80], ("normal", "low", "osteoporosis"), frame.index
    )

    t_score = lowest(pd.DataFrame({"spine_or_hip": lowest_spine_or_hip, "radius": radius}, copy=False))
    low_bone_mass = (t_score > -2.5) & (t_score < -1.0)
    osteoporosis = (bands & (t_score <= -2.5)) | hip | vertebral | (bands & low_bone_mass & minor)
    out["osteoporosis_china2022"] = osteoporosis
    return BoneAnswers(osteoporosis, osteoporosis | (bands & (t_score <= -1.0)))


def judge_bone_who(t_score: Series, bands: Series, any_fracture: Series, out: Results) -> None:
    """Write `bone_who` and `_upto`: empty unless the bands are known to apply; no T-score proves nothing."""
    normal, low = bands & (t_score >= -1.0), bands & (t_score < -1.0) & (t_score > -2.5)
    osteoporosis = bands & (t_score <= -2.5)
    severe = osteoporosis & any_fracture
    out["bone_who"] = category(
        [normal, low, osteoporosis & ~severe.fillna(False), severe], BONE, t_score.index
    )
    up_to_osteoporosis = osteoporosis | (bands & t_score.isna())
    out["bone_who_upto"] = category(
        [normal, low, up_to_osteoporosis & ~any_fracture, up_to_osteoporosis], BONE, t_score.index
    )


# ----------------------------------------------------------------------------------------------- sarcopenia


@dataclass(frozen=True)
class Shared:
    """The answers that several definitions use, each computed once."""

    grip_26_18: Series
    grip_28_18: Series
    method: MassMethod
    asmi_7_0_5_4: Series
    asmi_7_0_5_7: Series
    mass_awgs2019: Series
    gait: Series
    gait_below_0_8: Series
    gait_below_1_0: Series
    sppb_at_most_8: Series

    @classmethod
    def of(cls, person: Person) -> Shared:
        method, gait = MassMethod.of(person.frame["mass_method"]), person.frame["gait_speed_m_s"]
        asmi_7_0_5_4 = person.below(person.asmi, 7.0, 5.4)
        asmi_7_0_5_7 = person.below(person.asmi, 7.0, 5.7)
        return cls(
            grip_26_18=person.below(person.grip, 26, 18),
            grip_28_18=person.below(person.grip, 28, 18),
            method=method,
            asmi_7_0_5_4=asmi_7_0_5_4,
            asmi_7_0_5_7=asmi_7_0_5_7,
            mass_awgs2019=method.by_method(asmi_7_0_5_4, asmi_7_0_5_7),
            gait=gait,
            gait_below_0_8=(gait < 0.8) | person.cannot_walk,
            gait_below_1_0=(gait < 1.0) | person.cannot_walk,
            sppb_at_most_8=person.sppb <= 8,
        )


def ewgsop2010(person: Person, shared: Shared) -> Stages:
    strength = person.below(person.grip, 30, 20)
    mass = person.at_most(person.asmi, 7.26, 5.5).where(shared.method.dxa)
    performance = alternatives(shared.gait_below_0_8, shared.sppb_at_most_8)
    return {
        "presarcopenia": mass,
        "confirmed": mass & (strength | performance),
        "severe": mass & strength & performance,
    }


def ewgsop2019(person: Person, shared: Shared) -> Stages:
    frame = person.frame
    strength = alternatives(
        person.below(person.grip, 27, 16),
        (frame["chair_stand_5x_s"] > 15) | person.cannot_rise,
        undecided=person.grip.notna() & person.sex.isna(),
    )
    mass = shared.method.any_but_estimated(person.below(person.asmi, 7.0, 5.5))
    performance = alternatives(
        (shared.gait <= 0.8) | person.cannot_walk,
        shared.sppb_at_most_8,
        frame["tug_s"] >= 20,
        (frame["walk_400m_s"] >= 360) | ~frame["walk_400m_completed"].fillna(True),
    )
    confirmed = strength & mass
    return {"probable": strength, "confirmed": confirmed, "severe": confirmed & performance}


def awgs2019(person: Person, shared: Shared) -> Stages:
    strength, mass = shared.grip_28_18, shared.mass_awgs2019
    performance = alternatives(
        shared.gait_below_1_0,
        person.sppb <= 9,
        (person.frame["chair_stand_5x_s"] >= 12) | person.cannot_rise,
    )
    possible = strength | performance
    return {"possible": possible, "confirmed": mass & possible, "severe": mass & strength & performance}


def awgs2025(person: Person, shared: Shared) -> Stages:
    """Two bands of age, 50 to 64 and from 65; the caller empties what is said of those under 50."""
    from_65 = (person.frame["age_years"] >= 65).fillna(False)
    asmi, asm_bmi, method = person.asmi, person.asm_bmi, shared.method
    mass_younger = method.by_method(
        person.below(asmi, 7.2, 5.5) | person.below(asm_bmi, 0.80, 0.55),
        person.below(asmi, 7.6, 5.7) | person.below(asm_bmi, 0.90, 0.63),
    )
    mass_older = method.by_method(
        shared.asmi_7_0_5_4 | person.below(asm_bmi, 0.73, 0.52),
        shared.asmi_7_0_5_7 | person.below(asm_bmi, 0.83, 0.57),
    )
    strength_younger = person.below(person.grip, 34, 20)
    strength = (from_65 & shared.grip_28_18) | (~from_65 & strength_younger)
    mass = (from_65 & mass_older) | (~from_65 & mass_younger)
    return {"possible": strength, "confirmed": strength & mass}


def iwgs2011(person: Person, shared: Shared) -> Stages:
    mass = person.at_most(person.asmi, 7.23, 5.67).where(shared.method.dxa)
    # A chair stand that was managed says nothing: only the flag speaks.
    return {"confirmed": mass & (shared.gait_below_1_0 | person.cannot_rise)}


def fnih2014(person: Person, shared: Shared) -> Stages:
    weak = person.below(person.grip, 26, 16)
    mass = shared.method.any_but_estimated(person.below(person.asm_bmi, 0.789, 0.512))
    confirmed = weak & mass
    return {"weak": weak, "confirmed": confirmed, "severe": confirmed & shared.gait_below_0_8}


def mass_jsh(person: Person, shared: Shared) -> Series:
    """Low mass by BIA or by CT; a mass that was measured by DXA or estimated is no BIA test."""
    method, l3 = shared.method, person.frame["smi_l3_cm2_m2"]
    by_bia, by_ct = shared.asmi_7_0_5_7.where(method.bia), person.below(l3, 42, 38)
    bia_done = person.frame["alm_kg"].notna() & (method.bia | method.unrecorded)
    return alternatives(
        by_bia, by_ct, undecided=(bia_done & by_bia.isna()) | (l3.notna() & person.sex.isna())
    )


def judge_sarcopenia(person: Person, bone: BoneAnswers, out: Results) -> None:
    shared = Shared.of(person)
    mass_by_bia_or_ct = mass_jsh(person, shared)
    definitions: dict[str, tuple[Stages, tuple[str, ...]]] = {
        "ewgsop2010": (ewgsop2010(person, shared), ("none", "presarcopenia", "confirmed", "severe")),
        "ewgsop2019": (ewgsop2019(person, shared), ("none", "probable", "confirmed", "severe")),
        "awgs2014": (
            {"confirmed": shared.mass_awgs2019 & (shared.grip_26_18 | shared.gait_below_0_8)},
            ("none", "confirmed"),
        ),
        "awgs2019": (awgs2019(person, shared), ("none", "possible", "confirmed", "severe")),
        "awgs2025": (awgs2025(person, shared), ("none", "possible", "confirmed")),
        "iwgs2011": (iwgs2011(person, shared), ("none", "confirmed")),
        "fnih2014": (fnih2014(person, shared), ("none", "weak", "confirmed", "severe")),
        "sdoc2020": (
            {"confirmed": person.below(person.grip, 35.5, 20) & shared.gait_below_0_8},
            ("none", "confirmed"),
        ),
        "jsh2016": ({"confirmed": shared.grip_26_18 & mass_by_bia_or_ct}, ("none", "confirmed")),
        "jsh2021": ({"confirmed": shared.grip_28_18 & mass_by_bia_or_ct}, ("none", "confirmed")),
    }
    for name, (stages, words) in definitions.items():
        out.update(columns_of_definition(name, stages, words, bone))
    in_scope = (person.frame["age_years"] >= 50).fillna(False)
    for column in definition_columns("awgs2025"):
        out[column] = out[column].where(in_scope)
    for column in definition_columns("awgs2019"):
        out[column.replace("awgs2019", "china2021")] = out[column]  # the same rules throughout


def definition_columns(name: str) -> tuple[str, str, str, str]:
    return (
        f"sarcopenia_{name}",
        f"sarcopenia_{name}_upto",
        f"osteosarcopenia_{name}",
        f"osteosarcopenia_broad_{name}",
    )


def columns_of_definition(name: str, stages: Stages, words: tuple[str, ...], bone: BoneAnswers) -> Results:
    """A definition's four columns from its nested stages, lowest first: the stage is how many are reached."""
    stage, up_to, with_bone, with_bone_broad = definition_columns(name)
    dtype = pd.CategoricalDtype(list(words), ordered=True)
    lowest_stage = next(iter(stages.values()))
    reached = sum(answer.fillna(False).astype("int8") for answer in stages.values())
    not_excluded = sum(answer.fillna(True).astype("int8") for answer in stages.values())
    confirmed = stages["confirmed"]
    return {
        stage: pd.Series(
            pd.Categorical.from_codes(reached.mask(lowest_stage.isna(), -1), dtype=dtype),
            index=confirmed.index,
        ),
        up_to: pd.Series(pd.Categorical.from_codes(not_excluded, dtype=dtype), index=confirmed.index),
        with_bone: confirmed & bone.osteoporosis,
        with_bone_broad: confirmed & bone.osteoporosis_or_low,
    }


# ------------------------------------------------------------------------------------------------ screening


def screen_sarcopenia(person: Person, out: Results) -> None:
    """SARC-F, SARC-CalF, calf, finger ring and Ishii."""
    frame = person.frame
    items = [frame[f"sarc_f_{item}"] for item in ("strength", "assistance", "rise", "climb", "falls")]
    sarc_f = frame["sarc_f_score"].fillna(sum(items))
    out["sarc_f_score"] = sarc_f
    out["sarc_f_positive"] = sarc_f >= 4

    calf = frame["calf_circumference_cm"]
    sarc_calf = sarc_f + person.at_most(calf, 34, 33) * 10
    out["sarc_calf_score"] = sarc_calf
    out["sarc_calf_positive"] = sarc_calf >= 11
    out["calf_low_awgs2019"] = person.below(calf, 34, 33)

    ring = frame["finger_ring_test"]
    out["finger_ring_positive"] = (ring == "smaller").astype("boolean").mask(ring.isna())

    ishii = (
        by_sex(person.sex, 0.62, 0.80) * (frame["age_years"] - 64)
        - by_sex(person.sex, 3.09, 5.09) * (person.grip - by_sex(person.sex, 50, 34))
        - by_sex(person.sex, 4.64, 3.28) * (calf - 42)
    ).round(9)
    out["ishii_score"] = ishii
    out["ishii_positive"] = ishii >= by_sex(person.sex, 105, 120)


def screen_nutrition_and_frailty(frame: pd.DataFrame, out: Results) -> None:
    """MSRA-5, MSRA-7 and the FRAIL scale."""
    stays, loss = frame["hospital_stays_12m"], frame["weight_loss_12m_kg"]
    below_70, loss_small = points(frame["age_years"] < 70), points(loss <= 2)
    no_stay, at_most_one_stay = points(stays < 1), points(stays < 2)
    walks_and_meals = points(frame["walks_1000m"], frame["three_meals_daily"])
    msra5 = 5 * below_70 + 5 * no_stay + 10 * at_most_one_stay + 15 * walks_and_meals + 10 * loss_small
    milk_and_protein = points(frame["milk_daily"], frame["protein_food_daily"])
    msra7 = 5 * (below_70 + no_stay + at_most_one_stay + walks_and_meals + milk_and_protein + loss_small)
    out["msra5_score"] = msra5
    out["msra5_positive"] = msra5 <= 45
    out["msra7_score"] = msra7
    out["msra7_positive"] = msra7 <= 30

    loss_percent = (loss / (frame["weight_kg"] + loss) * 100).round(9)
    frail = points(
        frame["fatigue_most_of_time"],
        frame["unable_climb_10_steps"],
        frame["unable_walk_block"],
        frame["illness_count"] >= 5,
        loss_percent > 5,
    )
    out["frail_score"] = frail
    out["frail_status"] = category(
        [frail < 1, frail < 3, frail >= 3], ("robust", "prefrail", "frail"), frame.index
    )


def screen_bone(person: Person, out: Results) -> None:
    """OSTA, OST and ORAI."""
    age, weight, drug = person.frame["age_years"], person.frame["weight_kg"], person.frame["drug"]
    # Plus zero: a truncated -0.4 is 0, not -0.
    osta = np.trunc((0.2 * (weight - age)).round(9)) + 0
    out["osta_index"] = osta
    out["ost_index"] = osta
    out["osta_risk"] = category([osta > -1, osta >= -4, osta < -4], ("low", "medium", "high"), age.index)

    orai = (
        5 * points(age >= 55)
        + 4 * points(age >= 65)
        + 6 * points(age >= 75)
        + 3 * points(weight < 70)
        + 6 * points(weight < 60)
        + 2 * (drug != "hormone_therapy").astype("int8")
    )
    out["orai_score"] = orai.where(person.woman & drug.notna())


# ------------------------------------------------------------------------------------------------------ run


def assess(frame: pd.DataFrame) -> pd.DataFrame:
    """Every column of the contract's results but the `_needs`, one row a person, with the index of `frame`.

    `frame` holds every column of `people.make_people` in the dtypes that the module describes; a missing one is a
    KeyError. Empty results are NA.
    """
    out: Results = {}
    person = Person.of(frame)
    out["bmi"], out["asmi"], out["asm_bmi"] = person.bmi, person.asmi, person.asm_bmi
    out["sppb_score"] = person.sppb
    out["sarcopenia_index"] = frame["creatinine_umol_l"] / 88.4 / frame["cystatin_c_mg_l"] * 100
    out["height_loss_cm"] = frame["tallest_height_cm"] - frame["height_cm"]
    bone = judge_bone(person, out)
    judge_sarcopenia(person, bone, out)
    screen_sarcopenia(person, out)
    screen_nutrition_and_frailty(frame, out)
    screen_bone(person, out)
    return pd.DataFrame(out, index=frame.index, copy=False)

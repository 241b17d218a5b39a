"""The verdicts of the contract as a hand-tuned NumPy script, beside the careful one in the benchmark.

It is as fast as one thread was brought to be: shared results are computed once, nothing loops over people, and the
work is cut into blocks of rows so small that every intermediate array stays in the processor's cache.
Operations that NumPy does slowly (`where` and `select` on conditions that jump, fancy indexing) are avoided
where a comparison and a few operations on bytes do the same. `_needs` columns are left out.

A number column is float64, NaN where unknown. A yes/no column is int8: 1, 0, and -1 where unknown. A
category is int8: the index of its word in `INPUT_WORDS` or `OUTPUT_WORDS`, and -1 where unknown or empty.

Inside, an answer is one byte (`NO`, `UNKNOWN`, `YES`): bit 0 says "is yes", bit 2 says "may be yes". So `&`
and `|` are the three-valued and/or, and the sum of the answers to nested stages holds the highest stage
proved in bits 0-1 and the highest not excluded in bits 2-3.

The cut-offs stand in the code on purpose: a script that is held against the engine must not read the
engine's numbers. They are those of `contract/README.md`; `facts/sarcopenia.md` and `facts/osteoporosis.md`
say how far each was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Columns: TypeAlias = Mapping[str, NDArray[Any]]
Results: TypeAlias = dict[str, NDArray[Any]]
Numbers: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Stages: TypeAlias = dict[str, Bytes]

NO, UNKNOWN, YES = np.uint8(0b000), np.uint8(0b100), np.uint8(0b101)
IS_YES = np.uint8(0b001)
PROVED_RANK = np.uint8(0b011)

INPUT_WORDS: dict[str, tuple[str, ...]] = {
    "sex": ("female", "male"),
    "finger_ring_test": ("bigger", "just_fits", "smaller"),
    "mass_method": ("dxa", "bia", "estimated"),
    "drug": (
        "none",
        "alendronate",
        "risedronate",
        "ibandronate",
        "zoledronate",
        "denosumab",
        "teriparatide",
        "abaloparatide",
        "romosozumab",
        "raloxifene",
        "hormone_therapy",
        "calcitonin",
        "strontium",
    ),
}

STAGE_WORDS: dict[str, tuple[str, ...]] = {
    "ewgsop2010": ("none", "presarcopenia", "confirmed", "severe"),
    "ewgsop2019": ("none", "probable", "confirmed", "severe"),
    "awgs2014": ("none", "confirmed"),
    "awgs2019": ("none", "possible", "confirmed", "severe"),
    "awgs2025": ("none", "possible", "confirmed"),
    "iwgs2011": ("none", "confirmed"),
    "fnih2014": ("none", "weak", "confirmed", "severe"),
    "sdoc2020": ("none", "confirmed"),
    "jsh2016": ("none", "confirmed"),
    "jsh2021": ("none", "confirmed"),
    "china2021": ("none", "possible", "confirmed", "severe"),
}

BONE_WORDS = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")

OUTPUT_WORDS: dict[str, tuple[str, ...]] = {
    **{f"sarcopenia_{name}": words for name, words in STAGE_WORDS.items()},
    **{f"sarcopenia_{name}_upto": words for name, words in STAGE_WORDS.items()},
    "bone_who": BONE_WORDS,
    "bone_who_upto": BONE_WORDS,
    "bone_age_expected": ("within_expected", "below_expected"),
    "bone_qct_acr": ("normal", "low", "osteoporosis"),
    "frail_status": ("robust", "prefrail", "frail"),
    "osta_risk": ("low", "medium", "high"),
}

FEMALE, MALE = (INPUT_WORDS["sex"].index(word) for word in ("female", "male"))
DXA, BIA, ESTIMATED = (INPUT_WORDS["mass_method"].index(word) for word in ("dxa", "bia", "estimated"))
SMALLER_THAN_RING = INPUT_WORDS["finger_ring_test"].index("smaller")
HORMONE_THERAPY = INPUT_WORDS["drug"].index("hormone_therapy")

# Read with `take(..., mode="clip")`: an empty score (255) lands on the last entry, NaN.
SCORE_NUMBERS = np.append(np.arange(128.0), np.nan)
# Points that SARC-CalF adds, by the answer to "is the calf thin?".
SARC_CALF_POINTS = np.array([0.0, np.nan, np.nan, np.nan, np.nan, 10.0])
# Ishii's coefficients and centres: woman, man, sex unknown (as a byte the code -1 is 255, the last entry).
ISHII_AGE = np.array([0.80, 0.62, np.nan])
ISHII_GRIP = np.array([5.09, 3.09, np.nan])
ISHII_GRIP_CENTRE = np.array([34.0, 50.0, np.nan])
ISHII_CALF = np.array([3.28, 4.64, np.nan])

BLOCK_ROWS = 32_768  # the fastest of the powers of two on a processor with 2 MiB of second-level cache a core


# ------------------------------------------------------------------------------------- three-valued answers


def answer(yes: Flags, unknown: Flags) -> Bytes:
    """Yes where `yes`, else unknown where `unknown`, else no."""
    return (yes.view(np.uint8) * YES) | unknown_where(unknown)


def unknown_where(condition: Flags) -> Bytes:
    """Unknown where `condition`, else no."""
    return condition.view(np.uint8) * UNKNOWN


def history(recorded: Codes) -> Bytes:
    """The answer that a recorded yes/no gives."""
    return answer(recorded == 1, recorded < 0)


def mask(chosen: Flags) -> Bytes:
    """All bits where `chosen`: `answer & mask(chosen)` keeps them, `code | mask(chosen)` empties them."""
    return -chosen.view(np.uint8)


def alternatives(*tests: tuple[Bytes, Flags]) -> Bytes:
    """One thing judged by alternative tests: for each its answer and whether it was done.

    Yes where a test that was done says yes, else unknown where one has no answer or none was done, else no.
    """
    found = tests[0][0] & mask(tests[0][1])
    any_done = tests[0][1]
    for said, done in tests[1:]:
        found = found | (said & mask(done))
        any_done = any_done | done
    return found | unknown_where(~any_done)


def yes_no(said: Bytes) -> Codes:
    """The output column of an answer: 1, 0, -1."""
    proved: Codes = (said & IS_YES).view(np.int8)
    codes: Codes = proved - (said == UNKNOWN)
    return codes


def empty_where(codes: Codes, empty: Flags) -> Codes:
    """`codes`, with -1 where `empty`."""
    return (codes.view(np.uint8) | mask(empty)).view(np.int8)


def score(points: Codes, unknown: Flags) -> Numbers:
    """Whole points (0 to 127) as a number column, NaN where `unknown`."""
    return SCORE_NUMBERS.take(points.view(np.uint8) | mask(unknown), mode="clip")


def flag_of(number: Numbers, yes: Flags) -> Codes:
    """A yes/no output that is judged on a number: -1 where the number is unknown."""
    return yes.view(np.int8) - np.isnan(number)


# ---------------------------------------------------------------------------------- what things are made of


@dataclass(frozen=True, slots=True)
class Sexes:
    """Who is a man, who a woman, and of whom it is not known."""

    man: Flags
    woman: Flags
    unknown: Flags


@dataclass(frozen=True, slots=True)
class BySex:
    """A measure that is compared with one cut-off for men and another for women; unknown where the sex is."""

    value: Numbers
    sex: Sexes
    done: Flags
    unanswered: Bytes

    @classmethod
    def of(cls, value: Numbers, sex: Sexes) -> BySex:
        missing = np.isnan(value)
        return cls(value, sex, ~missing, unknown_where(missing | sex.unknown))

    def below(self, man: float, woman: float) -> Bytes:
        return self._low(self.value < man, self.value < woman)

    def at_most(self, man: float, woman: float) -> Bytes:
        return self._low(self.value <= man, self.value <= woman)

    def _low(self, low_for_man: Flags, low_for_woman: Flags) -> Bytes:
        yes = (low_for_man & self.sex.man) | (low_for_woman & self.sex.woman)
        return (yes.view(np.uint8) * YES) | self.unanswered


@dataclass(frozen=True, slots=True)
class MassMethod:
    """How the muscle mass was measured, as masks that choose between the answers of the methods' cut-offs."""

    dxa: Bytes
    bia: Bytes
    dxa_or_bia: Bytes
    estimated: Bytes
    estimated_unknown: Bytes
    not_dxa_unknown: Bytes
    bia_or_unrecorded: Flags
    not_bia_unknown: Bytes

    @classmethod
    def of(cls, method: Codes) -> MassMethod:
        dxa, bia, unrecorded, estimated = method == DXA, method == BIA, method < 0, method == ESTIMATED
        return cls(
            dxa=mask(dxa),
            bia=mask(bia),
            dxa_or_bia=mask(unrecorded),
            estimated=mask(estimated),
            estimated_unknown=unknown_where(estimated),
            not_dxa_unknown=unknown_where(~dxa),
            bia_or_unrecorded=bia | unrecorded,
            not_bia_unknown=unknown_where(~bia),
        )

    def any_method(self, low: Bytes) -> Bytes:
        """One cut-off for every method; an estimate proves nothing."""
        return (low & ~self.estimated) | self.estimated_unknown

    def by_method(self, low_by_dxa: Bytes, low_by_bia: Bytes) -> Bytes:
        """A cut-off each; where the method is not recorded both must agree."""
        both_agree: Bytes = (low_by_dxa & low_by_bia & IS_YES) | ((low_by_dxa | low_by_bia) & UNKNOWN)
        recorded = (low_by_dxa & self.dxa) | (low_by_bia & self.bia)
        low: Bytes = recorded | (both_agree & self.dxa_or_bia) | self.estimated_unknown
        return low

    def dxa_only(self, low_by_dxa: Bytes) -> Bytes:
        """A cut-off for DXA alone; every other method leaves it unknown."""
        return (low_by_dxa & self.dxa) | self.not_dxa_unknown

    def bia_only(self, low_by_bia: Bytes) -> Bytes:
        """A cut-off for BIA alone; every other method leaves it unknown."""
        return (low_by_bia & self.bia) | self.not_bia_unknown


@dataclass(frozen=True, slots=True)
class Person:
    """What several verdicts share: the sexes, the indices rounded to 9 decimals, the best grip, the SPPB.

    `cannot_rise` and `cannot_walk`: a flag speaks only when it says failed.
    """

    sex: Sexes
    bmi: Numbers
    asmi: Numbers
    asm_bmi: Numbers
    grip: BySex
    sppb: Numbers
    cannot_rise: Flags
    cannot_walk: Flags


def describe(columns: Columns) -> Person:
    code = columns["sex"]
    sex = Sexes(code == MALE, code == FEMALE, code < 0)
    height_m = columns["height_cm"] / 100
    height_m2 = height_m * height_m
    bmi = np.round(columns["weight_kg"] / height_m2, 9)
    cannot_rise, cannot_walk = columns["chair_stand_unable"] == 1, columns["walk_unable"] == 1
    return Person(
        sex=sex,
        bmi=bmi,
        asmi=np.round(columns["alm_kg"] / height_m2, 9),
        asm_bmi=np.round(columns["alm_kg"] / bmi, 9),
        grip=BySex.of(best_grip(columns), sex),
        sppb=sppb_total(columns, cannot_rise, cannot_walk),
        cannot_rise=cannot_rise,
        cannot_walk=cannot_walk,
    )


def best_grip(columns: Columns) -> Numbers:
    """The grip as given, else the better of the hands that were measured."""
    given = columns["grip_kg"]
    return np.where(np.isnan(given), np.fmax(columns["grip_left_kg"], columns["grip_right_kg"]), given)


def sppb_total(columns: Columns, cannot_rise: Flags, cannot_walk: Flags) -> Numbers:
    """The SPPB as given, else the sum of its three parts where all are known."""
    side, semi, tandem = (
        columns[f"balance_{stand}_s"] for stand in ("side_by_side", "semi_tandem", "tandem")
    )
    side_held, semi_held = side >= 10, semi >= 10
    passed_semi = side_held & semi_held
    balance = (
        side_held.view(np.int8)
        + passed_semi
        + (passed_semi & (tandem >= 3)).view(np.int8)
        + (passed_semi & (tandem >= 10))
    )
    # A harder stand is only needed once the easier one is held.
    balance_unknown = np.isnan(side) | (side_held & np.isnan(semi)) | (passed_semi & np.isnan(tandem))

    walk_s = columns["gait_4m_s"]
    walk_done = ~np.isnan(walk_s)
    gait = walk_done.view(np.uint8) + (walk_s <= 8.70) + (walk_s <= 6.20) + (walk_s < 4.82)
    gait &= mask(~cannot_walk)

    rise_s = columns["chair_stand_5x_s"]
    chair = (rise_s <= 60).view(np.uint8) + (rise_s <= 16.69) + (rise_s <= 13.69) + (rise_s <= 11.19)
    chair &= mask(~cannot_rise)

    unknown = balance_unknown | ~(walk_done | cannot_walk) | (np.isnan(rise_s) & ~cannot_rise)
    given = columns["sppb_score"]
    built = score(balance + gait.view(np.int8) + chair.view(np.int8), unknown)
    return np.where(np.isnan(given), built, given)


def bands_apply(columns: Columns, sex: Sexes) -> Bytes:
    """Say whether the T-score bands apply: to men from 50 and to postmenopausal women.

    A woman from 50 whose `postmenopausal` is unknown is taken to be one.
    """
    age, postmenopausal = columns["age_years"], columns["postmenopausal"]
    from_50 = age >= 50
    unrecorded = postmenopausal < 0
    yes = (sex.man & from_50) | (sex.woman & ((postmenopausal == 1) | (unrecorded & from_50)))
    unknown = sex.unknown | (sex.woman & unrecorded) | (sex.man & np.isnan(age))
    return answer(yes, unknown)


# ----------------------------------------------------------------------------------------------------- bone


@dataclass(frozen=True, slots=True)
class BoneAnswers:
    """What osteosarcopenia asks of the bone: osteoporosis_china2022; that, or a T-score of -1.0 or less."""

    osteoporosis: Bytes
    osteoporosis_or_low: Bytes


def judge_bone(columns: Columns, sex: Sexes, out: Results) -> BoneAnswers:
    bands = bands_apply(columns, sex)
    spine_or_hip = np.fmin(
        np.fmin(columns["t_score_lumbar_spine"], columns["t_score_femoral_neck"]),
        columns["t_score_total_hip"],
    )
    radius = columns["t_score_radius_33"]
    no_spine_or_hip = np.isnan(spine_or_hip)
    out["t_score_lowest"] = spine_or_hip

    count, grade = columns["vertebral_fracture_count"], columns["genant_max_grade"]
    recorded_vertebral = columns["fracture_vertebral"]
    vertebral = answer(
        (recorded_vertebral == 1) | (count > 0) | (grade > 0),
        (recorded_vertebral < 0) & np.isnan(count) & np.isnan(grade),
    )
    hip = history(columns["fracture_hip"])
    minor = (
        history(columns["fracture_proximal_humerus"])
        | history(columns["fracture_pelvis"])
        | history(columns["fracture_distal_forearm"])
    )
    any_fracture = hip | vertebral | minor | history(columns["fracture_other"])

    judge_bands_who(np.where(no_spine_or_hip, radius, spine_or_hip), bands, any_fracture, out)
    lowest_z = np.fmin(
        np.fmin(columns["z_score_lumbar_spine"], columns["z_score_femoral_neck"]),
        columns["z_score_total_hip"],
    )
    out["bone_age_expected"] = empty_where(
        (lowest_z <= -2.0).view(np.int8), np.isnan(lowest_z) | (bands != NO)
    )

    qct = columns["qct_spine_mg_cm3"]
    out["bone_qct_acr"] = empty_where((qct <= 120).view(np.int8) + (qct < 80), np.isnan(qct))

    lowest = np.fmin(spine_or_hip, radius)
    unmeasured = np.isnan(lowest)
    at_most_minus_2_5, at_most_minus_1 = lowest <= -2.5, lowest <= -1.0
    low_bone_mass = (lowest < -1.0) & ~at_most_minus_2_5
    osteoporosis = (
        (answer(at_most_minus_2_5, unmeasured) & bands)
        | hip
        | vertebral
        | (answer(low_bone_mass, unmeasured) & bands & minor)
    )
    out["osteoporosis_china2022"] = yes_no(osteoporosis)
    return BoneAnswers(osteoporosis, osteoporosis | (answer(at_most_minus_1, unmeasured) & bands))


def judge_bands_who(lowest: Numbers, bands: Bytes, any_fracture: Bytes, out: Results) -> None:
    """Write `bone_who` and `_upto`: empty unless the bands are known to apply; no T-score proves nothing."""
    unmeasured = np.isnan(lowest)
    osteoporosis = answer(lowest <= -2.5, unmeasured)
    total = answer(lowest < -1.0, unmeasured) + osteoporosis + (osteoporosis & any_fracture)
    bands_not_proved = bands != YES
    out["bone_who"] = empty_where((total & PROVED_RANK).view(np.int8), unmeasured | bands_not_proved)
    out["bone_who_upto"] = empty_where((total >> 2).view(np.int8), bands_not_proved)


# ----------------------------------------------------------------------------------------------- sarcopenia


@dataclass(frozen=True, slots=True)
class Shared:
    """The measures and answers that several definitions use, each computed once."""

    grip: BySex
    grip_26_18: Bytes
    grip_28_18: Bytes
    method: MassMethod
    asmi: BySex
    asmi_7_0_5_4: Bytes
    asmi_7_0_5_7: Bytes
    asm_bmi: BySex
    mass_awgs2019: Bytes
    cannot_rise: Flags
    rise_s: Numbers
    rise_not_done: Flags
    cannot_walk: Flags
    gait: Numbers
    gait_below_0_8: Flags
    gait_below_1_0: Flags
    gait_0_8: Bytes
    sppb: Numbers
    sppb_at_most_8: Flags
    gait_and_sppb_not_done: Flags

    @classmethod
    def of(cls, columns: Columns, person: Person) -> Shared:
        grip, sppb, cannot_rise, cannot_walk = (
            person.grip,
            person.sppb,
            person.cannot_rise,
            person.cannot_walk,
        )
        method = MassMethod.of(columns["mass_method"])
        asmi = BySex.of(person.asmi, person.sex)
        asmi_7_0_5_4, asmi_7_0_5_7 = asmi.below(7.0, 5.4), asmi.below(7.0, 5.7)
        rise_s, gait = columns["chair_stand_5x_s"], columns["gait_speed_m_s"]
        gait_below_0_8 = (gait < 0.8) | cannot_walk
        gait_not_done = np.isnan(gait) & ~cannot_walk
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
            rise_not_done=np.isnan(rise_s) & ~cannot_rise,
            cannot_walk=cannot_walk,
            gait=gait,
            gait_below_0_8=gait_below_0_8,
            gait_below_1_0=(gait < 1.0) | cannot_walk,
            gait_0_8=answer(gait_below_0_8, gait_not_done),
            sppb=sppb,
            sppb_at_most_8=sppb <= 8,
            gait_and_sppb_not_done=gait_not_done & np.isnan(sppb),
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


def ewgsop2019(columns: Columns, shared: Shared) -> Stages:
    rise_slow = answer((shared.rise_s > 15) | shared.cannot_rise, shared.rise_not_done)
    strength = alternatives((shared.grip.below(27, 16), shared.grip.done), (rise_slow, ~shared.rise_not_done))
    mass = shared.method.any_method(shared.asmi.below(7.0, 5.5))
    tug_s, walk_400m_s = columns["tug_s"], columns["walk_400m_s"]
    walk_400m_failed = (columns["walk_400m_completed"] == 0) | (walk_400m_s >= 360)
    gait_slow = (shared.gait <= 0.8) | shared.cannot_walk
    performance = answer(
        gait_slow | shared.sppb_at_most_8 | (tug_s >= 20) | walk_400m_failed,
        shared.gait_and_sppb_not_done & np.isnan(tug_s) & np.isnan(walk_400m_s),
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


def awgs2025(shared: Shared, from_65: Flags) -> Stages:
    """Two bands of age; what is said of those under 50 is emptied by the caller."""
    asmi, asm_bmi, method = shared.asmi, shared.asm_bmi, shared.method
    older, younger = mask(from_65), mask(~from_65)
    mass_younger = method.by_method(
        asmi.below(7.2, 5.5) | asm_bmi.below(0.80, 0.55), asmi.below(7.6, 5.7) | asm_bmi.below(0.90, 0.63)
    )
    mass_older = method.by_method(
        shared.asmi_7_0_5_4 | asm_bmi.below(0.73, 0.52), shared.asmi_7_0_5_7 | asm_bmi.below(0.83, 0.57)
    )
    strength = (shared.grip.below(34, 20) & younger) | (shared.grip_28_18 & older)
    return {
        "possible": strength,
        "confirmed": strength & ((mass_younger & younger) | (mass_older & older)),
    }


def iwgs2011(shared: Shared) -> Stages:
    mass = shared.method.dxa_only(shared.asmi.at_most(7.23, 5.67))
    # The flags are no test done: without a gait speed, only a flag that says failed gives an answer.
    performance = answer(shared.gait_below_1_0 | shared.cannot_rise, np.isnan(shared.gait))
    return {"confirmed": mass & performance}


def fnih2014(shared: Shared) -> Stages:
    weak = shared.grip.below(26, 16)
    confirmed = weak & shared.method.any_method(shared.asm_bmi.below(0.789, 0.512))
    return {"weak": weak, "confirmed": confirmed, "severe": confirmed & shared.gait_0_8}


def sdoc2020(shared: Shared) -> Stages:
    return {"confirmed": shared.grip.below(35.5, 20) & shared.gait_0_8}


def mass_jsh(columns: Columns, sex: Sexes, shared: Shared) -> Bytes:
    """Low mass by BIA or by CT; a mass that was measured by DXA or estimated is no BIA test."""
    l3 = BySex.of(columns["smi_l3_cm2_m2"], sex)
    bia_done = ~np.isnan(columns["alm_kg"]) & shared.method.bia_or_unrecorded
    return alternatives((shared.method.bia_only(shared.asmi_7_0_5_7), bia_done), (l3.below(42, 38), l3.done))


def judge_sarcopenia(columns: Columns, person: Person, bone: BoneAnswers, out: Results) -> None:
    shared = Shared.of(columns, person)
    age = columns["age_years"]
    mass = mass_jsh(columns, person.sex, shared)
    definitions = {
        "ewgsop2010": ewgsop2010(shared),
        "ewgsop2019": ewgsop2019(columns, shared),
        "awgs2014": awgs2014(shared),
        "awgs2019": awgs2019(shared),
        "awgs2025": awgs2025(shared, age >= 65),
        "iwgs2011": iwgs2011(shared),
        "fnih2014": fnih2014(shared),
        "sdoc2020": sdoc2020(shared),
        "jsh2016": {"confirmed": shared.grip_26_18 & mass},
        "jsh2021": {"confirmed": shared.grip_28_18 & mass},
    }
    for name, stages in definitions.items():
        out.update(columns_of_definition(name, stages, bone))
    for column in definition_columns("awgs2025"):
        out[column] = empty_where(out[column], ~(age >= 50))
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
    lowest, *higher = stages.values()
    total = sum(higher, start=lowest)
    results = (
        (total & PROVED_RANK).view(np.int8) - (lowest == UNKNOWN),
        (total >> 2).view(np.int8),
        yes_no(stages["confirmed"] & bone.osteoporosis),
        yes_no(stages["confirmed"] & bone.osteoporosis_or_low),
    )
    return dict(zip(definition_columns(name), results, strict=True))


# ------------------------------------------------------------------------------------------------ screening


def screen_sarcopenia(columns: Columns, person: Person, out: Results) -> None:
    """SARC-F, SARC-CalF, calf, finger ring and Ishii."""
    given = columns["sarc_f_score"]
    strength, assistance, rise, climb, falls = (
        columns[f"sarc_f_{item}"] for item in ("strength", "assistance", "rise", "climb", "falls")
    )
    sarc_f = np.where(np.isnan(given), strength + assistance + rise + climb + falls, given)
    out["sarc_f_score"] = sarc_f
    out["sarc_f_positive"] = flag_of(sarc_f, sarc_f >= 4)

    calf = BySex.of(columns["calf_circumference_cm"], person.sex)
    sarc_calf = sarc_f + SARC_CALF_POINTS.take(calf.at_most(34, 33), mode="clip")
    out["sarc_calf_score"] = sarc_calf
    out["sarc_calf_positive"] = flag_of(sarc_calf, sarc_calf >= 11)
    out["calf_low_awgs2019"] = yes_no(calf.below(34, 33))

    ring = columns["finger_ring_test"]
    out["finger_ring_positive"] = (ring == SMALLER_THAN_RING).view(np.int8) - (ring < 0)

    sex_byte = columns["sex"].view(np.uint8)
    of_age, of_grip, grip_centre, of_calf = (
        table.take(sex_byte, mode="clip") for table in (ISHII_AGE, ISHII_GRIP, ISHII_GRIP_CENTRE, ISHII_CALF)
    )
    ishii = np.round(
        of_age * (columns["age_years"] - 64)
        - of_grip * (person.grip.value - grip_centre)
        - of_calf * (calf.value - 42),
        9,
    )
    out["ishii_score"] = ishii
    out["ishii_positive"] = flag_of(
        ishii, ((ishii >= 105) & person.sex.man) | ((ishii >= 120) & person.sex.woman)
    )


def screen_nutrition_and_frailty(columns: Columns, out: Results) -> None:
    """MSRA-5, MSRA-7 and the FRAIL scale."""
    age, stays, loss = columns["age_years"], columns["hospital_stays_12m"], columns["weight_loss_12m_kg"]
    walks, meals = columns["walks_1000m"], columns["three_meals_daily"]
    milk, protein = columns["milk_daily"], columns["protein_food_daily"]
    # Counted in fives, the unit of both totals. An unknown yes/no is -1: its sign bit survives the or.
    below_70, loss_small = (age < 70).view(np.int8), (loss <= 2).view(np.int8)
    no_stay, at_most_one_stay = (stays < 1).view(np.int8), (stays < 2).view(np.int8)
    number_unknown = np.isnan(age) | np.isnan(stays) | np.isnan(loss)
    fives_5 = below_70 + no_stay + 2 * at_most_one_stay + 3 * walks + 3 * meals + 2 * loss_small
    fives_7 = below_70 + no_stay + at_most_one_stay + walks + meals + milk + protein + loss_small
    msra5 = score(5 * fives_5, number_unknown | ((walks | meals) < 0))
    msra7 = score(5 * fives_7, number_unknown | ((walks | meals | milk | protein) < 0))
    out["msra5_score"] = msra5
    out["msra5_positive"] = flag_of(msra5, msra5 <= 45)
    out["msra7_score"] = msra7
    out["msra7_positive"] = flag_of(msra7, msra7 <= 30)

    illnesses = columns["illness_count"]
    loss_percent = np.round(loss / (columns["weight_kg"] + loss) * 100, 9)
    tired, no_climb, no_block = (
        columns[name] for name in ("fatigue_most_of_time", "unable_climb_10_steps", "unable_walk_block")
    )
    frail_points = tired + no_climb + no_block + (illnesses >= 5) + (loss_percent > 5)
    frail_unknown = np.isnan(illnesses) | np.isnan(loss_percent) | ((tired | no_climb | no_block) < 0)
    out["frail_score"] = score(frail_points, frail_unknown)
    out["frail_status"] = empty_where((frail_points >= 1).view(np.int8) + (frail_points >= 3), frail_unknown)


def screen_bone(columns: Columns, sex: Sexes, out: Results) -> None:
    """OSTA, OST and ORAI."""
    age, weight = columns["age_years"], columns["weight_kg"]
    # Plus zero: a truncated -0.4 is 0, not -0.
    osta = np.trunc(np.round(0.2 * (weight - age), 9)) + 0.0
    unknown = np.isnan(osta)
    out["osta_index"] = osta
    out["ost_index"] = osta
    out["osta_risk"] = empty_where((osta <= -1).view(np.int8) + (osta < -4), unknown)

    drug = columns["drug"]
    age_points = 5 * (age >= 55).view(np.int8) + 4 * (age >= 65).view(np.int8) + 6 * (age >= 75).view(np.int8)
    weight_points = 3 * (weight < 70).view(np.int8) + 6 * (weight < 60).view(np.int8)
    no_oestrogen_points = 2 * (drug != HORMONE_THERAPY).view(np.int8)
    out["orai_score"] = score(
        age_points + weight_points + no_oestrogen_points, unknown | (drug < 0) | ~sex.woman
    )


# ------------------------------------------------------------------------------------------------------ run


def assess_block(columns: Columns) -> Results:
    """All verdicts of a few thousand people at once."""
    out: Results = {}
    person = describe(columns)
    out["bmi"], out["asmi"], out["asm_bmi"] = person.bmi, person.asmi, person.asm_bmi
    out["sppb_score"] = person.sppb
    out["sarcopenia_index"] = columns["creatinine_umol_l"] / 88.4 / columns["cystatin_c_mg_l"] * 100
    out["height_loss_cm"] = columns["tallest_height_cm"] - columns["height_cm"]
    bone = judge_bone(columns, person.sex, out)
    judge_sarcopenia(columns, person, bone, out)
    screen_sarcopenia(columns, person, out)
    screen_nutrition_and_frailty(columns, out)
    screen_bone(columns, person.sex, out)
    return out


def assess(columns: Columns, *, block_rows: int = BLOCK_ROWS) -> Results:
    """Every column of the contract's results but the `_needs`, in the encodings that the module describes.

    `columns` holds every column of `people.make_people`, equally long and contiguous; a missing one is a
    KeyError. Empty results are NaN or -1. `block_rows` changes the speed, never an answer.

    One thread: the operations on a block are so short that a second thread mostly waits for the interpreter.
    """
    rows = len(columns["sex"])
    if rows <= block_rows:
        return assess_block(columns)
    nobody = assess_block({name: values[:0] for name, values in columns.items()})
    out: Results = {name: np.empty(rows, values.dtype) for name, values in nobody.items()}
    for start in range(0, rows, block_rows):
        block = slice(start, start + block_rows)
        results = assess_block({name: values[block] for name, values in columns.items()})
        for name, values in results.items():
            out[name][block] = values
    return out

"""The clock of bone drugs: alarms, reviews, pauses, courses and what follows, at each limit and with gaps."""

from __future__ import annotations

import pytest

from care.caring import lines_of, one, rows
from care.drug_people import ANY_DRUG, Person, known_people, with_gaps
from myosteon.evidence.care_load import load_care

CLOCK = next(one for one in load_care() if one.id == "drug_clock")
IDS = [line.id for line in CLOCK.lines]
ON_DENOSUMAB: Person = {**ANY_DRUG, "drug": "denosumab", "drug_years": 3.0}
NO_STRATUM: Person = {
    "t_score_total_hip": -2.6,
    "t_score_femoral_neck": -2.2,
    "t_score_lumbar_spine": -2.0,
    **dict.fromkeys(("fracture_hip", "fracture_vertebral", "fracture_pelvis", "fracture_other"), False),
    **dict.fromkeys(("fracture_proximal_humerus", "fracture_distal_forearm"), False),
    **dict.fromkeys(("fracture_on_treatment", "fracture_on_bone_harming_drug", "parent_hip_fracture"), False),
    "fracture_count": 0,
    "vertebral_fracture_count": 0,
    "falls_12m": 0,
    "falls_injurious_12m": 0,
    "illness_count": 0,
    "glucocorticoid_mg_day": 0.0,
    "glucocorticoid_months": 0.0,
    "frax_major_percent": 12.0,
    "frax_hip_percent": 2.0,
}
BROKE_LATELY = {"fracture_other": True, "months_since_last_fracture": 6.0}
EXITS = {
    "denosumab_exit_now",
    "denosumab_exit_plan_short",
    "denosumab_exit_plan_long",
    "denosumab_exit_plan_barred",
    "denosumab_stopped_zoledronate",
    "denosumab_stopped_tablets",
    "denosumab_stopped_check_first",
    "denosumab_stopped_barred",
}


def lines(person: Person) -> set[str]:
    return lines_of(person, IDS)


@pytest.mark.parametrize(
    ("until", "stage", "line"),
    [
        (31.0, "not_due", "denosumab_next_dose"),
        (30.0, "due_soon", "denosumab_next_dose"),
        (1.0, "due_soon", "denosumab_next_dose"),
        (0.0, "due", "denosumab_dose_due"),
        (-29.0, "due", "denosumab_dose_due"),
        (-30.0, "late", "denosumab_dose_late"),
        (-90.0, "late", "denosumab_dose_late"),
        (-91.0, "very_late", "denosumab_dose_very_late"),
    ],
)
def test_the_alarm_of_denosumab(until: float, stage: str, line: str) -> None:
    person = {**ON_DENOSUMAB, "days_until_next_dose": until}
    found = {"denosumab_next_dose", "denosumab_dose_due", "denosumab_dose_late", "denosumab_dose_very_late"}
    assert one(person, "denosumab_stage", "denosumab_days_late") == (stage, max(0.0, -until))
    assert lines(person) & found == {line}


def test_without_the_calendar_months_are_average_ones() -> None:
    # 6 x 30.4375 = 182.625 days
    person = {**ON_DENOSUMAB, "days_since_last_dose": 180.0}
    assert one(person, "days_until_next_dose") == (2.625,)
    assert one({**ON_DENOSUMAB, "months_since_last_dose": 8.0}, "days_until_next_dose") == (-60.875,)


def test_a_last_dose_that_nobody_knows_is_looked_for_at_once() -> None:
    assert "denosumab_last_dose_unknown" in lines(ON_DENOSUMAB)
    assert "denosumab_last_dose_unknown" not in lines({**ON_DENOSUMAB, "days_since_last_dose": 30.0})


def test_a_late_dose_behind_a_gate_is_not_given_but_not_forgotten() -> None:
    late = {**ON_DENOSUMAB, "days_until_next_dose": -60.0}
    unknown = lines({**late, "egfr_ml_min_1_73m2": None})
    assert "denosumab_late_check_first" in unknown
    assert "denosumab_dose_late" not in unknown
    of_dose = {f"denosumab_{when}_{state}" for when in ("dose", "late") for state in ("barred", "specialist")}
    early = {**late, "days_until_next_dose": 5.0}
    low_calcium, low_egfr = {"calcium_mmol_l": 2.0}, {"egfr_ml_min_1_73m2": 25.0}
    assert lines({**late, **low_calcium}) & of_dose == {"denosumab_late_barred"}
    assert lines({**early, **low_calcium}) & of_dose == {"denosumab_dose_barred"}
    assert lines({**late, **low_egfr}) & of_dose == {"denosumab_late_specialist"}
    assert lines({**early, **low_egfr}) & of_dose == {"denosumab_dose_specialist"}
    assert lines(late) & of_dose == set()
    for finding in (low_calcium, low_egfr):
        assert not {"denosumab_dose_late", "denosumab_late_check_first"} & lines({**late, **finding})


def test_where_denosumab_is_barred_its_exit_is_prepared_and_nobody_says_go_on() -> None:
    barred = lines({**ON_DENOSUMAB, "days_until_next_dose": 20.0, "calcium_mmol_l": 2.0})
    assert barred & EXITS == {"denosumab_exit_now"}
    asked = lines({**ON_DENOSUMAB, "days_until_next_dose": 20.0, "egfr_ml_min_1_73m2": 25.0})
    assert asked & EXITS == {"denosumab_exit_plan_long"}


def test_a_wish_to_stop_denosumab_becomes_a_change() -> None:
    person = {**ON_DENOSUMAB, "days_until_next_dose": 20.0}
    assert "denosumab_stop_wished" in lines({**person, "denosumab_stop_planned": True})
    assert "denosumab_stop_wished" not in lines({**person, "denosumab_stop_planned": False})


@pytest.mark.parametrize("drug", ["raloxifene", "hormone_therapy", "calcitonin", "strontium", "teriparatide"])
def test_a_drug_that_does_not_hold_the_gain_of_denosumab_is_told(drug: str) -> None:
    person = {**ANY_DRUG, "drug": drug, "prior_drug": "denosumab"}
    assert "denosumab_followed_by_too_little" in lines(person)
    assert "denosumab_followed_by_too_little" not in lines({**person, "drug": "zoledronate"})


def test_the_alarm_of_denosumab_goes_on_when_what_followed_it_has_stopped_too() -> None:
    # By its courses: denosumab, then calcitonin, then nothing. The drug before is calcitonin, and denosumab is out of sight.
    person = {**ANY_DRUG, "drug": "none", "prior_drug": "calcitonin", "denosumab_unfollowed": True}
    assert "denosumab_followed_by_too_little" in lines(person)
    assert "denosumab_followed_by_too_little" not in lines({**person, "denosumab_unfollowed": False})


@pytest.mark.parametrize(("years", "expected"), [(9.9, False), (10.0, True), (10.1, True), (None, False)])
def test_at_ten_years_of_denosumab_a_specialist_weighs(years: float | None, expected: bool) -> None:
    assert ("denosumab_ten_years" in lines({**ON_DENOSUMAB, "drug_years": years})) is expected


BARRED_IN_USE = [
    ("alendronate", {"calcium_mmol_l": 2.0}, "bisphosphonate_barred_ends"),
    ("alendronate", {"oesophageal_disorder": True}, "bisphosphonate_barred_ends"),
    ("risedronate", {"creatinine_clearance_ml_min": 29.0}, "bisphosphonate_barred_ends"),
    ("ibandronate", {"thigh_or_groin_pain": True}, "bisphosphonate_barred_ends"),
    ("zoledronate", {"creatinine_clearance_ml_min": 34.0}, "bisphosphonate_barred_ends"),
    ("denosumab", {"hypersensitivity_denosumab": True}, "denosumab_exit_now"),
    ("teriparatide", {"calcium_mmol_l": 2.7, "teriparatide_months": 6.0}, "builder_barred_ends"),
    ("abaloparatide", {"skeletal_radiotherapy": True, "abaloparatide_months": 6.0}, "builder_barred_ends"),
    ("romosozumab", {"stroke_12m": True, "romosozumab_doses": 3}, "builder_barred_ends"),
    ("romosozumab", {"stroke_12m": True, "romosozumab_doses": None}, "builder_barred_ends"),
    ("raloxifene", {"venous_thromboembolism": True}, "other_drug_barred_ends"),
    ("hormone_therapy", {"oestrogen_dependent_cancer": True}, "other_drug_barred_ends"),
    ("calcitonin", {"calcium_mmol_l": 2.0}, "other_drug_barred_ends"),
    ("strontium", {"coronary_heart_disease": True}, "other_drug_barred_ends"),
]


@pytest.mark.parametrize(("drug", "finding", "line"), BARRED_IN_USE)
def test_a_drug_in_use_that_a_gate_closes_has_its_exit(drug: str, finding: Person, line: str) -> None:
    ends = {line for _, _, line in BARRED_IN_USE}
    person = {**ANY_DRUG, "drug": drug, "drug_years": 0.2}
    assert lines({**person, **finding}) & ends == {line}
    assert lines(person) & ends == set()


def test_where_a_tablet_is_barred_at_high_risk_what_is_allowed_takes_its_place() -> None:
    person = {
        **ANY_DRUG,
        **NO_STRATUM,
        "drug": "alendronate",
        "drug_years": 2.0,
        "oesophageal_disorder": True,
    }
    change = {"change_alendronate", "change_zoledronate", "change_denosumab", "change_barred"}
    assert lines(person) & change == {"change_zoledronate", "change_denosumab"}
    assert lines({**person, "oesophageal_disorder": False}) & change == set()
    low = {**person, "creatinine_clearance_ml_min": 20.0, "egfr_ml_min_1_73m2": 20.0}
    assert lines(low) & change == {"change_barred"}
    below = {**person, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}
    assert lines(below) & change == set()


def test_nobody_is_told_to_go_on_with_a_barred_bisphosphonate() -> None:
    person = {**ANY_DRUG, **NO_STRATUM, "drug": "alendronate", "drug_years": 6.0}
    assert "pause_no" in lines(person)
    assert "pause_no" not in lines({**person, "oesophageal_disorder": True})
    old = {**person, "t_score_total_hip": -2.0, "age_years": 76.0, "age_at_menopause_years": 50.0}
    assert "pause_against_nogg" in lines(old)
    assert "pause_against_nogg" not in lines({**old, "oesophageal_disorder": True})


def test_a_course_that_a_gate_ends_is_followed_at_once() -> None:
    person = {
        **ANY_DRUG,
        "drug": "romosozumab",
        "drug_years": 0.3,
        "romosozumab_doses": 3,
        "stroke_12m": True,
    }
    assert {"builder_barred_ends", "follow_on_alendronate", "follow_on_zoledronate"} <= lines(person)
    assert "follow_on_alendronate" not in lines({**person, "stroke_12m": False})


def test_beyond_24_months_of_teriparatide_by_the_label_of_the_region() -> None:
    person = {
        **ANY_DRUG,
        **NO_STRATUM,
        "drug": "teriparatide",
        "drug_years": 2.0,
        "teriparatide_months": 24.0,
    }
    ids = ["line_course_complete", "line_course_beyond_us", "line_follow_on_alendronate"]
    below = {**person, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}

    def held(who: Person, region: str) -> list[object]:
        found = rows([who], ids, region=region)[0]
        return [found[id] for id in ids]

    assert held(person, "") == held(person, "EU") == held(person, "CN") == [True, False, True]
    assert held(person, "US") == [False, True, False]
    assert held(below, "US") == [True, False, True]


# Years on the drug, fractures on it, whether density fell, whether markers did not fall: failed by the score of the IOF?
FAILURES: list[tuple[float, int | None, bool | None, bool | None, bool | None]] = [
    (1.0, 2, False, False, True),
    (0.9, 2, False, False, False),
    (1.0, 1, False, False, False),
    (1.0, 1, True, False, True),
    (1.0, 1, False, True, True),
    (1.0, 0, True, True, True),
    (1.0, 0, True, False, False),
    (1.0, 0, False, True, False),
    (1.0, None, True, True, True),
    (1.0, None, False, False, None),
    (1.0, 1, None, False, None),
    (1.0, 0, None, True, None),
]


@pytest.mark.parametrize(("years", "fractures", "lost", "unmoved", "failed"), FAILURES)
def test_failure_of_treatment_by_the_iof(
    years: float, fractures: int | None, lost: bool | None, unmoved: bool | None, failed: bool | None
) -> None:
    person: Person = {**ANY_DRUG, "drug": "alendronate", "drug_years": years}
    person |= {"fractures_on_therapy_count": fractures}
    person |= {"fracture_on_treatment": None if fractures is None else fractures > 0}
    person |= {"bmd_change_total_hip_g_cm2": None if lost is None else -0.06 if lost else 0.0}
    person |= {"ctx_change_percent": None if unmoved is None else 10.0 if unmoved else -70.0}
    person |= {"markers_months_on_drug": 6.0}
    assert one(person, "treatment_failed") == (failed,)
    assert ("treatment_failed" in lines(person)) is (failed is True)


@pytest.mark.parametrize(
    ("now", "change", "rose"),
    [
        (70.0, 10.1, True),
        (70.0, 10.0, False),
        (65.0, 30.0, False),
        (65.1, 30.0, True),
        (None, 30.0, None),
        (60.0, None, False),
    ],
)
def test_p1np_on_teriparatide(now: float | None, change: float | None, rose: bool | None) -> None:
    person = {**ANY_DRUG, "drug": "teriparatide", "drug_years": 0.2, "p1np_ng_ml": now}
    person |= {"p1np_change_ng_ml": change, "markers_months_on_drug": 2.0}
    assert one(person, "p1np_rose") == (rose,)
    found = lines(person) & {"p1np_did_not_rise", "p1np_after_start"}
    assert found == (
        {"p1np_did_not_rise"} if rose is False else {"p1np_after_start"} if rose is None else set()
    )


LOW: Person = {**NO_STRATUM, **dict.fromkeys(("t_score_total_hip", "t_score_femoral_neck"), -1.2)}
LOW |= {"t_score_lumbar_spine": -1.2, "frax_major_percent": 5.0, "frax_hip_percent": 0.5}


@pytest.mark.parametrize(
    ("drug", "years", "expected"),
    [
        ("alendronate", 2.0, {"glucocorticoid_end_stop"}),
        ("raloxifene", 1.0, {"glucocorticoid_end_stop"}),
        ("zoledronate", 0.9, {"glucocorticoid_end_stop", "glucocorticoid_end_against_china"}),
        ("denosumab", 2.0, {"glucocorticoid_end_follow_on"}),
        ("teriparatide", 1.0, {"glucocorticoid_end_follow_on"}),
        ("romosozumab", 0.5, {"glucocorticoid_end_follow_on"}),
    ],
)
def test_the_end_of_glucocorticoids_at_low_risk_as_acr_has_it(
    drug: str, years: float, expected: set[str]
) -> None:
    person = {**ANY_DRUG, **LOW, "drug": drug, "drug_years": years, "glucocorticoid_stopped": True}
    ids = {"glucocorticoid_end_stop", "glucocorticoid_end_against_china", "glucocorticoid_end_follow_on"}
    assert lines(person) & ids == expected
    assert lines({**person, "glucocorticoid_stopped": None}) & ids == set()
    assert lines({**person, "t_score_total_hip": -2.6}) & ids == set()


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (2.4, "denosumab_exit_plan_short"),
        (2.5, "denosumab_exit_plan_long"),
        (None, "denosumab_exit_plan_long"),
    ],
)
def test_the_plan_for_the_end_goes_by_duration(years: float | None, expected: str) -> None:
    found = lines({**ON_DENOSUMAB, **NO_STRATUM, "drug_years": years})
    assert found & EXITS == {expected}


def test_at_very_high_risk_or_where_that_is_open_the_longer_plan_holds() -> None:
    short = {**ON_DENOSUMAB, **NO_STRATUM, "drug_years": 1.0}
    very_high = {**short, "fracture_hip": True, "months_since_last_fracture": 6.0}
    assert lines(very_high) & EXITS == {"denosumab_exit_plan_long"}
    assert lines({**short, "falls_12m": None, "fracture_hip": None}) & EXITS == {"denosumab_exit_plan_long"}


def test_denosumab_that_was_stopped_is_followed_by_what_is_allowed() -> None:
    off: Person = {**ANY_DRUG, "drug": "none", "prior_drug": "denosumab", "prior_drug_years": 3.0}
    off["days_since_last_dose"] = 200.0
    assert lines(off) & EXITS == {"denosumab_stopped_zoledronate"}
    assert lines({**off, "creatinine_clearance_ml_min": None}) & EXITS == {"denosumab_stopped_check_first"}
    assert lines({**off, "creatinine_clearance_ml_min": 34.9}) & EXITS == {"denosumab_stopped_barred"}
    short = lines({**off, **NO_STRATUM, "prior_drug_years": 2.0})
    assert short & EXITS == {"denosumab_stopped_zoledronate", "denosumab_stopped_tablets"}


def test_everybody_on_denosumab_has_a_plan_for_its_end() -> None:
    known = known_people(600, seed=3)
    for share in (0.0, 0.1, 0.5):
        people = with_gaps(known, seed=4, share=share)
        for place, person in enumerate(people):
            # Half on it, half off it with nothing after.
            on = place % 2 == 0
            person["drug"], person["prior_drug"] = ("denosumab", None) if on else ("none", "denosumab")
        columns = ["line_denosumab_never_without_follow_on", *(f"line_{id}" for id in EXITS)]
        for found in rows(people, columns):
            assert found["line_denosumab_never_without_follow_on"] is True
            assert any(found[f"line_{id}"] is True for id in EXITS), found


@pytest.mark.parametrize(
    ("drug", "years", "reached"),
    [
        ("alendronate", 4.9, False),
        ("alendronate", 5.0, True),
        ("risedronate", 5.1, True),
        ("zoledronate", 2.9, False),
        ("zoledronate", 3.0, True),
        ("alendronate", None, None),
        ("denosumab", 9.0, False),
    ],
)
def test_reviews(drug: str, years: float | None, reached: bool | None) -> None:
    person = {**ANY_DRUG, "drug": drug, "drug_years": years}
    assert one(person, "review_reached") == (reached,)
    assert ("bisphosphonate_review" in lines(person)) is (reached is True)


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({"t_score_total_hip": -2.4}, True),
        ({"t_score_total_hip": -2.5}, False),
        ({"t_score_total_hip": None, "t_score_femoral_neck": None}, None),
        ({"t_score_total_hip": -2.4, "fracture_on_treatment": True, **BROKE_LATELY}, False),
        ({"t_score_total_hip": -2.4, "fracture_on_treatment": None}, None),
        ({"t_score_total_hip": -2.4, "drug_years": 4.0}, False),
        ({"t_score_total_hip": -2.4, "t_score_lumbar_spine": -3.2}, False),
    ],
)
def test_whether_a_bisphosphonate_may_be_paused(change: Person, allowed: bool | None) -> None:
    person = {**ANY_DRUG, **NO_STRATUM, "drug": "alendronate", "drug_years": 5.0, **change}
    assert one(person, "pause_allowed") == (allowed,)
    found = lines(person)
    assert ("pause_offer" in found) is (allowed is True)
    # After a fracture on it the drug is changed, which says more than to go on.
    no = "pause_no_but_change" if person["fracture_on_treatment"] else "pause_no"
    said = {"pause_no", "pause_no_but_change"} & found
    assert said == ({no} if allowed is False and person["drug_years"] == 5.0 else set())


def test_where_guidelines_differ_on_a_pause_both_stand_there() -> None:
    person = {**ANY_DRUG, **NO_STRATUM, "drug": "alendronate", "drug_years": 6.0, "t_score_total_hip": -2.0}
    assert {"pause_offer", "pause_against_nogg"} & lines(person) == {"pause_offer"}
    old = {**person, "age_years": 76.0, "age_at_menopause_years": 50.0}
    assert {"pause_offer", "pause_against_nogg"} <= lines(old)


@pytest.mark.parametrize(
    ("drug", "low", "high"),
    [("risedronate", 12, 24), ("alendronate", 24, 36), ("zoledronate", 24, 36), ("ibandronate", 18, 18)],
)
def test_length_of_a_pause_by_drug(drug: str, low: int, high: int) -> None:
    person = {**ANY_DRUG, "drug": "none", "prior_drug": drug}
    columns = ("holiday_months_low", "holiday_months_high", "holiday_stage")
    assert one({**person, "months_off_drug": low - 0.1}, *columns) == (low, high, "running")
    assert one({**person, "months_off_drug": float(low)}, *columns) == (low, high, "to_reassess")
    assert one({**person, "months_off_drug": high + 0.1}, *columns) == (low, high, "overlong")
    assert one(person, *columns) == (low, high, None)


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({}, False),
        ({"fracture_other": True, "months_since_last_fracture": 12.0}, True),
        ({"fracture_other": True, "months_since_last_fracture": 24.1}, False),
        ({"bmd_change_total_hip_g_cm2": -0.05}, True),
        ({"bmd_change_total_hip_g_cm2": -0.044}, False),
    ],
)
def test_what_ends_a_pause(change: Person, ends: bool) -> None:
    person = {**ANY_DRUG, **NO_STRATUM, "drug": "none", "prior_drug": "alendronate", "months_off_drug": 12.0}
    person |= {"bmd_loss_beyond_least_change": False, "months_since_last_fracture": None, **change}
    assert one(person, "holiday_should_end") == (ends,)
    assert ("holiday_end" in lines(person)) is ends


@pytest.mark.parametrize(
    ("drug", "measure", "used", "left", "line"),
    [
        ("teriparatide", "teriparatide_months", 23.0, 1.0, "course_running"),
        ("teriparatide", "teriparatide_months", 24.0, 0.0, "course_complete"),
        ("abaloparatide", "abaloparatide_months", 30.0, 0.0, "course_complete"),
        ("romosozumab", "romosozumab_doses", 11, 1.0, "course_running"),
        ("romosozumab", "romosozumab_doses", 12, 0.0, "course_complete"),
    ],
)
def test_courses_end(drug: str, measure: str, used: float, left: float, line: str) -> None:
    person = {**ANY_DRUG, "drug": drug, measure: used}
    assert one(person, "course_months_left") == (left,)
    assert {"course_running", "course_complete"} & lines(person) == {line}


@pytest.mark.parametrize("drug", ["teriparatide", "abaloparatide", "romosozumab"])
def test_after_a_course_something_follows(drug: str) -> None:
    person = {**ANY_DRUG, "drug": "none", "prior_drug": drug}
    follow = {"follow_on_missing", "follow_on_alendronate", "follow_on_zoledronate", "follow_on_denosumab"}
    assert follow <= lines(person)
    assert follow & lines({**person, "creatinine_clearance_ml_min": 20.0}) == {
        "follow_on_missing",
        "follow_on_denosumab",
    }
    none = {**person, "creatinine_clearance_ml_min": 20.0, "egfr_ml_min_1_73m2": 20.0}
    assert "follow_on_barred" in lines(none)
    assert "follow_on_barred" not in lines(person)


@pytest.mark.parametrize("builder", ["teriparatide", "abaloparatide", "romosozumab"])
@pytest.mark.parametrize("stopped", [True, False])
def test_calcitonin_after_a_bone_builder_is_no_exit(builder: str, stopped: bool) -> None:
    person = {**ANY_DRUG, "drug": "calcitonin", "drug_stopped": stopped, "prior_drug": builder}
    follow = {"follow_on_alendronate", "follow_on_zoledronate", "follow_on_denosumab"}
    assert follow | {"calcitonin_no_follow_on"} <= lines(person)
    assert "denosumab_then_calcitonin" not in lines(person)
    for before in ("none", "alendronate", "raloxifene"):
        assert not (follow | {"calcitonin_no_follow_on"}) & lines({**person, "prior_drug": before})


def test_calcitonin_after_denosumab_goes_to_a_specialist() -> None:
    person = {**ANY_DRUG, "drug": "calcitonin", "prior_drug": "denosumab"}
    assert "denosumab_then_calcitonin" in lines(person)
    assert "denosumab_then_calcitonin" not in lines({**person, "drug": "zoledronate"})


@pytest.mark.parametrize(
    ("drug", "to"),
    [
        ("alendronate", {"denosumab", "teriparatide", "abaloparatide", "romosozumab"}),
        ("denosumab", {"romosozumab", "zoledronate"}),
        ("teriparatide", {"denosumab", "zoledronate"}),
        ("romosozumab", {"denosumab", "zoledronate"}),
    ],
)
def test_after_a_fracture_on_treatment_the_drug_changes_as_acr_says(drug: str, to: set[str]) -> None:
    never = {"teriparatide_months": 0.0, "abaloparatide_months": 0.0, "romosozumab_doses": 0}
    person = {**ANY_DRUG, **never, "drug": drug, "drug_years": 1.0, "fracture_on_treatment": True}
    person |= {"days_since_last_dose": 10.0, "months_since_last_fracture": 0.0}
    found = {line.removeprefix("failure_") for line in lines(person) if line.startswith("failure_")}
    assert found - {"look_for_cause"} == to
    early = lines({**person, "drug_years": 0.9})
    assert not {line for line in early if line.startswith("failure_")}


def test_a_fracture_on_treatment_that_nothing_dates_is_asked_for_and_changes_nothing_yet() -> None:
    person = {**ANY_DRUG, "drug": "alendronate", "drug_years": 5.0, "fracture_on_treatment": True}
    person["months_since_last_fracture"] = None
    assert one(person, "fracture_after_a_year_on_drug") == (None,)
    found = lines(person)
    assert "fracture_on_drug_undated" in found
    assert not {line for line in found if line.startswith("failure_") and line != "failure_look_for_cause"}
    # Sixty months on it, broken 48 months ago, a year after it was begun; and broken before that year was over.
    for months, expected in ((48.0, True), (48.5, False)):
        assert one({**person, "months_since_last_fracture": months}, "fracture_after_a_year_on_drug") == (
            expected,
        )
        assert "fracture_on_drug_undated" not in lines({**person, "months_since_last_fracture": months})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"bmd_change_lumbar_spine_g_cm2": -0.051}, "lost"),
        # 2.77 x 0.018 = 0.04986
        ({"bmd_change_lumbar_spine_g_cm2": -0.0498}, "held"),
        ({"bmd_change_total_hip_g_cm2": 0.045}, "gained"),
        ({"bmd_change_femoral_neck_g_cm2": -0.048, "bmd_change_total_hip_g_cm2": 0.05}, "lost"),
        ({}, None),
    ],
)
def test_bone_density_against_the_least_significant_change(change: Person, expected: str | None) -> None:
    assert one({**ANY_DRUG, **change}, "bmd_response") == (expected,)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ctx_change_percent": -56.0}, False),
        ({"ctx_change_percent": -56.1}, True),
        ({"p1np_change_percent": -38.0}, False),
        ({"p1np_change_percent": -38.1}, True),
        ({"p1np_change_percent": -10.0, "ctx_change_percent": -60.0}, True),
        ({}, None),
    ],
)
def test_markers_against_their_least_significant_change(change: Person, expected: bool | None) -> None:
    person = {**ANY_DRUG, "drug": "alendronate", **change}
    assert one(person, "markers_fell") == (expected,)
    assert ("markers_did_not_fall" in lines(person)) is (expected is False)

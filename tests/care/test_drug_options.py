"""Which drugs are offered, by stratum and guideline, and never past a gate."""

from __future__ import annotations

import pytest

from care.caring import lines_of, one, rows
from care.drug_people import ANY_DRUG, Person, known_people, with_gaps
from care.test_drug_clock import NO_STRATUM
from myosteon.evidence.care_load import load_care

OPTIONS = next(one for one in load_care() if one.id == "drug_options")
IDS = [line.id for line in OPTIONS.lines]
OFFERED = [line.id for line in OPTIONS.lines if line.id.startswith("option_")]
BEHIND_GATES = [line for one in load_care() for line in one.lines if line.drug]

HIGH: Person = {**ANY_DRUG, **NO_STRATUM}
VERY_HIGH: Person = {**HIGH, "fracture_hip": True, "months_since_last_fracture": 6.0, "fracture_count": 1}


def offered(person: Person) -> set[str]:
    return {line.removeprefix("option_") for line in lines_of(person, OFFERED)}


def test_the_people_of_these_tests_stand_where_they_should() -> None:
    assert one(HIGH, "stratum_china2022", "stratum_aace2020") == ("high", "high")
    assert one(VERY_HIGH, "stratum_china2022", "stratum_aace2020") == ("very_high", "very_high")


def test_high_risk_begins_with_tablets_or_as_aace_has_it() -> None:
    assert offered(HIGH) == {"alendronate", "risedronate", "zoledronate", "denosumab"}


def test_very_high_risk_begins_with_the_stronger_drugs() -> None:
    stronger = {"teriparatide", "zoledronate", "denosumab", "romosozumab", "abaloparatide"}
    assert offered(VERY_HIGH) == stronger


def test_below_high_risk_nothing_is_offered_and_it_is_said() -> None:
    below = {**HIGH, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}
    assert offered(below) == set()
    assert "no_drug_by_stratum" in lines_of(below, IDS)


def test_where_tablets_cannot_be_taken_the_chinese_guideline_goes_to_needles() -> None:
    person = {**HIGH, "oesophageal_disorder": True}
    assert offered(person) == {"zoledronate", "denosumab"}


def test_who_is_on_a_drug_or_in_a_pause_begins_none() -> None:
    assert offered({**HIGH, "drug": "alendronate", "drug_years": 2.0}) == set()
    pause = {
        **HIGH,
        "prior_drug": "alendronate",
        "months_off_drug": 6.0,
        "bmd_loss_beyond_least_change": False,
    }
    assert offered(pause) == set()


@pytest.mark.parametrize("gap", ["drug", "prior_drug"])
def test_where_nobody_knows_what_was_taken_that_is_asked_first(gap: str) -> None:
    person = {**HIGH, gap: None}
    assert offered(person) == set()
    assert "drug_history_unknown" in lines_of(person, IDS)
    assert "drug_history_unknown" not in lines_of(HIGH, IDS)


def test_on_glucocorticoids_acr_has_its_own_choice() -> None:
    person = {**HIGH, "t_score_total_hip": -1.5, "t_score_femoral_neck": -1.5, "t_score_lumbar_spine": -1.5}
    person |= {"glucocorticoid_mg_day": 5.0, "glucocorticoid_months": 6.0, "frax_with_glucocorticoid": True}
    person |= {"glucocorticoid_high_dose_over_30_days": False, "glucocorticoid_cumulative_g_year": 1.8}
    assert one(person, "stratum_acr2022") == ("moderate",)
    assert offered(person) == {"alendronate", "risedronate"}


@pytest.mark.parametrize(
    ("finding", "gone"),
    [
        ("stroke_12m", {"romosozumab"}),
        ("jaw_osteonecrosis", {"zoledronate", "denosumab"}),
        ("paget_disease", {"teriparatide", "abaloparatide"}),
    ],
)
def test_what_a_gate_bars_is_not_offered(finding: str, gone: set[str]) -> None:
    assert offered({**VERY_HIGH, finding: True}) == offered(VERY_HIGH) - gone
    assert offered({**VERY_HIGH, finding: None}) == offered(VERY_HIGH) - gone


def test_no_line_about_a_drug_stands_past_its_gate() -> None:
    columns = [f"line_{line.id}" for line in BEHIND_GATES]
    gates = [f"gate_{line.drug}" for line in BEHIND_GATES]
    known = known_people(800, seed=11)
    stood = 0
    for share in (0.0, 0.1, 0.4):
        people = with_gaps(known, seed=12, share=share)
        for found in rows(people, sorted({*columns, *gates})):
            for line, gate in zip(columns, gates, strict=True):
                stood += found[line] is True
                assert found[line] is not True or found[gate] == "allowed", line
    assert stood > 300


def test_the_evidence_from_75_is_said_as_it_is() -> None:
    line = next(line for line in OPTIONS.lines if line.id == "evidence_over_75")
    assert line.reason is not None
    assert "0.81 (0.66 to 1.00)" in line.reason.en
    assert "no benefit" not in line.action.en
    old = {**HIGH, "age_years": 75.0, "age_at_menopause_years": 50.0}
    assert "evidence_over_75" in lines_of(old, IDS)
    assert "evidence_over_75" not in lines_of({**old, "age_years": 74.9}, IDS)

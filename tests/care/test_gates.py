"""Gates before drugs, read by hand from the labels as the facts have them: below, at and above each limit, and unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.caring import named, rows
from care.drug_people import ANY_DRUG, Person, known_people, with_gaps
from myosteon.evidence.care_load import load_care

TABLETS = {"alendronate", "risedronate", "ibandronate"}
BISPHOSPHONATES = {*TABLETS, "ibandronate_intravenous", "zoledronate"}
ANALOGUES = {"teriparatide", "abaloparatide"}
ACTIVE_D = {"alfacalcidol_or_calcitriol", "eldecalcitol"}
LABELLED = {
    *BISPHOSPHONATES,
    *ANALOGUES,
    *ACTIVE_D,
    *("denosumab", "romosozumab", "raloxifene", "hormone_therapy", "calcitonin", "strontium"),
    *("menatetrenone", "calcium_and_vitamin_d"),
}
GATES = [gate for one in load_care() for gate in one.gates]
DRUGS = tuple(dict.fromkeys(gate.drug for gate in GATES))
STATES = [f"gate_{drug}" for drug in DRUGS]

# What stands against which drugs once it is yes, and is to be checked first for them while it is unknown.
FINDINGS: dict[str, set[str]] = {
    "dialysis": {*BISPHOSPHONATES, "denosumab", "teriparatide", "strontium"},
    "acute_kidney_injury": {"zoledronate"},
    "oesophageal_disorder": TABLETS,
    "oesophageal_varices": TABLETS,
    "unable_to_sit_upright_30min": TABLETS,
    "oral_bisphosphonate_intolerance": TABLETS,
    "hypersensitivity_bisphosphonate": BISPHOSPHONATES,
    "hypersensitivity_denosumab": {"denosumab"},
    "hypersensitivity_parathyroid_analogue": ANALOGUES,
    "hypersensitivity_romosozumab": {"romosozumab"},
    "atypical_femoral_fracture": {*BISPHOSPHONATES, "denosumab"},
    "jaw_osteonecrosis": {*BISPHOSPHONATES, "denosumab"},
    "hyperparathyroidism": ANALOGUES,
    "paget_disease": ANALOGUES,
    "unexplained_high_alkaline_phosphatase": ANALOGUES,
    "skeletal_radiotherapy": ANALOGUES,
    "bone_metastasis": ANALOGUES,
    "bone_malignancy": ANALOGUES,
    "myocardial_infarction_12m": {"romosozumab", "hormone_therapy", "strontium"},
    "stroke_12m": {"romosozumab", "hormone_therapy", "strontium"},
    "coronary_heart_disease": {"hormone_therapy", "strontium"},
    "cerebrovascular_disease": {"hormone_therapy", "strontium"},
    "peripheral_arterial_disease": {"hormone_therapy", "strontium"},
    "venous_thromboembolism": {"raloxifene", "hormone_therapy", "strontium"},
    "thrombophilia": {"hormone_therapy"},
    "prolonged_immobility": {"raloxifene", "strontium"},
    "uncontrolled_hypertension": {"hormone_therapy", "strontium"},
    "oestrogen_dependent_cancer": {"hormone_therapy"},
    "unexplained_vaginal_bleeding": {"hormone_therapy"},
    "endometrial_hyperplasia": {"hormone_therapy"},
    "chronic_liver_disease": {"hormone_therapy"},
    "cirrhosis": {"hormone_therapy"},
    "kidney_stones": {"alfacalcidol_or_calcitriol"},
    "warfarin": {"menatetrenone"},
}
# Only a warning: never a ban, not even while it is unknown.
WARNINGS = ("invasive_dental_work_planned", "cardiovascular_disease")

# Limits: measure, value, and the drugs that it bars there.
LIMITS: list[tuple[str, float | None, set[str]]] = [
    ("creatinine_clearance_ml_min", 29.9, {*BISPHOSPHONATES, "teriparatide", "strontium"}),
    ("creatinine_clearance_ml_min", 30.0, {"alendronate", "zoledronate"}),
    ("creatinine_clearance_ml_min", 34.9, {"alendronate", "zoledronate"}),
    ("creatinine_clearance_ml_min", 35.0, set()),
    ("egfr_ml_min_1_73m2", 29.9, {"denosumab"}),
    ("egfr_ml_min_1_73m2", 30.0, set()),
    ("egfr_ml_min_1_73m2", 30.1, set()),
    ("calcium_mmol_l", 2.09, {*BISPHOSPHONATES, "denosumab", "romosozumab"}),
    ("calcium_mmol_l", 2.1, set()),
    ("calcium_mmol_l", 2.6, set()),
    ("calcium_mmol_l", 2.61, {*ANALOGUES, *ACTIVE_D, "calcium_and_vitamin_d"}),
    ("calcium_intake_mg_day", 2000.0, set()),
    ("calcium_intake_mg_day", 2001.0, {"calcium_and_vitamin_d"}),
    ("teriparatide_months", 23.9, set()),
    ("teriparatide_months", 24.0, ANALOGUES),
    ("abaloparatide_months", 23.9, set()),
    ("abaloparatide_months", 24.0, {"abaloparatide"}),
    ("romosozumab_doses", 11, set()),
    ("romosozumab_doses", 12, {"romosozumab"}),
]
UNKNOWN: dict[str, set[str]] = {
    "creatinine_clearance_ml_min": {*BISPHOSPHONATES, "teriparatide", "strontium"},
    "egfr_ml_min_1_73m2": {"denosumab"},
    "calcium_mmol_l": {*BISPHOSPHONATES, *ANALOGUES, *ACTIVE_D, "denosumab", "romosozumab"},
    "calcium_intake_mg_day": {"calcium_and_vitamin_d"},
}


def states(person: Person) -> dict[str, str]:
    found = rows([person], STATES)[0]
    return {drug: found[f"gate_{drug}"] for drug in DRUGS}


def barred(person: Person) -> set[str]:
    return {drug for drug, state in states(person).items() if state == "avoid"}


def to_check(person: Person) -> set[str]:
    return {drug for drug, state in states(person).items() if state == "check_first"}


def test_there_is_a_gate_for_every_drug_of_the_facts() -> None:
    assert set(DRUGS) == LABELLED


def test_where_nothing_stands_against_it_every_drug_is_allowed() -> None:
    assert set(states(ANY_DRUG).values()) == {"allowed"}


@pytest.mark.parametrize("finding", FINDINGS)
def test_a_finding_bars_the_drugs_of_its_labels_and_no_other(finding: str) -> None:
    assert barred({**ANY_DRUG, finding: True}) == FINDINGS[finding]


@pytest.mark.parametrize("finding", FINDINGS)
def test_an_unknown_finding_has_these_drugs_checked_first(finding: str) -> None:
    person = {**ANY_DRUG, finding: None}
    assert to_check(person) == FINDINGS[finding]
    assert barred(person) == set()


@pytest.mark.parametrize("finding", WARNINGS)
@pytest.mark.parametrize("known", [True, None])
def test_a_warning_never_becomes_a_ban(finding: str, known: bool | None) -> None:
    assert set(states({**ANY_DRUG, finding: known}).values()) == {"allowed"}


@pytest.mark.parametrize(("measure", "value", "expected"), LIMITS)
def test_limits_below_at_and_above(measure: str, value: float, expected: set[str]) -> None:
    assert barred({**ANY_DRUG, measure: value}) == expected


@pytest.mark.parametrize("measure", UNKNOWN)
def test_a_limit_that_cannot_be_judged_has_the_drug_checked_first(measure: str) -> None:
    assert to_check({**ANY_DRUG, measure: None}) == UNKNOWN[measure]


def test_cockcroft_and_gault_stands_in_for_creatinine_clearance() -> None:
    # (140 - 80) x 50 / (72 x 100 / 88.4) x 0.85 = 31.3 mL/min
    person = {**ANY_DRUG, "creatinine_clearance_ml_min": None, "age_years": 80.0, "weight_kg": 50.0}
    person |= {"creatinine_umol_l": 100.0, "age_at_menopause_years": 75.0}
    assert barred(person) == {"alendronate", "zoledronate"}


@pytest.mark.parametrize("name", ["pregnant", "breastfeeding"])
def test_pregnancy_and_lactation_bar_nearly_all(name: str) -> None:
    person = {**ANY_DRUG, name: True}
    expected = LABELLED - {
        "calcitonin",
        "alfacalcidol_or_calcitriol",
        "menatetrenone",
        "calcium_and_vitamin_d",
    }
    assert barred(person) == expected


def test_a_pregnancy_that_nobody_recorded_counts_only_where_it_can_be() -> None:
    young = {**ANY_DRUG, "age_years": 35.0, "postmenopausal": False, "age_at_menopause_years": None}
    assert "denosumab" in to_check({**young, "pregnant": None})
    assert "denosumab" not in to_check({**ANY_DRUG, "pregnant": None, "breastfeeding": None})
    man = {**young, "sex": "male", "postmenopausal": None, "pregnant": None, "breastfeeding": None}
    assert "denosumab" not in to_check(man)


@pytest.mark.parametrize(
    ("age", "menopause", "expected"),
    [(59.9, 49.0, False), (60.0, 50.0, True), (60.0, 50.1, False), (59.0, 40.0, False)],
)
def test_hormones_are_not_begun_late(age: float, menopause: float, expected: bool) -> None:
    person = {**ANY_DRUG, "age_years": age, "age_at_menopause_years": menopause}
    assert ("hormone_therapy" in barred(person)) is expected


def test_raloxifene_and_hormones_are_for_women() -> None:
    man = {**ANY_DRUG, "sex": "male", "postmenopausal": None, "pregnant": None, "breastfeeding": None}
    assert barred(man) == {"raloxifene", "hormone_therapy"}
    assert "raloxifene" in barred({**ANY_DRUG, "age_years": 45.0, "postmenopausal": False})


def test_teriparatide_does_not_follow_denosumab_alone() -> None:
    on = {**ANY_DRUG, "drug": "denosumab", "teriparatide_months": 0.0, "abaloparatide_months": 0.0}
    assert barred({**on, "romosozumab_doses": 0}) == ANALOGUES


def test_courses_of_the_past_are_unknown_where_only_another_drug_is_on_record() -> None:
    person = {**ANY_DRUG, "drug": "alendronate", "prior_drug": "none"}
    assert to_check(person) == {*ANALOGUES, "romosozumab"}


def test_calcium_tablets_rest_on_a_history_where_calcium_was_never_measured() -> None:
    person = {**ANY_DRUG, "calcium_mmol_l": None}
    assert states(person)["calcium_and_vitamin_d"] == "allowed"
    assert states({**person, "hypercalcaemia": None})["calcium_and_vitamin_d"] == "check_first"


def test_what_bars_and_what_is_unknown_is_named() -> None:
    person = {**ANY_DRUG, "egfr_ml_min_1_73m2": 20.0, "dialysis": None}
    found = rows([person], ["gate_denosumab_because", "gate_denosumab_needs", "gate_zoledronate_needs"])[0]
    assert named(found["gate_denosumab_because"]) == {"gate_denosumab_kidney"}
    assert named(found["gate_denosumab_needs"]) == set()
    assert named(found["gate_zoledronate_needs"]) == {"dialysis"}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.02, 0.1, 0.4, 0.9]))
def test_no_path_leads_from_unknown_to_allowed(seed: int, share: float) -> None:
    """A drug allowed with gaps stays allowed, and one barred stays barred, however the gaps are filled."""
    known = known_people(150, seed)
    gapped = with_gaps(known, seed + 1, share)
    for full, open_ in zip(rows(known, STATES), rows(gapped, STATES), strict=True):
        for gate in STATES:
            assert open_[gate] in (full[gate], "check_first"), gate


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_where_all_is_known_nothing_is_left_to_check(seed: int) -> None:
    for found in rows(known_people(150, seed), STATES):
        assert "check_first" not in found.values()


def test_every_gate_has_its_source_and_mark() -> None:
    for gate in GATES:
        assert gate.source.where_in("zh")
        assert not ("memory" in gate.source.where and gate.source.status == "checked"), gate

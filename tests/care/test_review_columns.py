"""The columns of the safety review: each finding at its limits, what steps must have seen, and medicines that do not go together."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.caring import cared, named, one, rows
from care.drug_people import ANY_DRUG, Person
from care.living_people import random_people
from engines import engine_or_skip
from myosteon.assess import make_assessor
from myosteon.evidence.review_load import load_review

FINDINGS = {finding.id: finding for step in load_review().steps for finding in step.findings}
PAIRS = {pair.id: pair for pair in load_review().interactions}
STEPS = load_review().ids
LIVER: Person = {"chronic_liver_disease": False, "cirrhosis": False, "liver_tests_abnormal": False}
SPINE: Person = {
    "t_score_lumbar_spine": -1.0,
    "fracture_vertebral": False,
    "spine_degenerative_change": False,
}
HIP: Person = {"t_score_total_hip": -2.7, "t_score_femoral_neck": -2.6}
NONE: Person = {"vertebral_fracture_count": 0, "genant_max_grade": 0}

# Finding, what is known beside it, and the answer: below, at and above each number, each part of a condition, and unknown.
TABLE: list[tuple[str, Person, bool | None]] = [
    # facts osteoporosis 1.2: men under 50, premenopausal women
    ("young_adult", {"sex": "male", "age_years": 49.9}, True),
    ("young_adult", {"sex": "male", "age_years": 50.0}, False),
    ("young_adult", {"sex": "female", "age_years": 49.0, "postmenopausal": False}, True),
    ("young_adult", {"sex": "female", "age_years": 49.0, "postmenopausal": True}, False),
    ("young_adult", {"sex": "female", "age_years": 49.0, "postmenopausal": None}, False),
    ("young_adult", {"sex": "male", "age_years": None}, None),
    ("kidneys_not_steady", {"acute_kidney_injury": True}, True),
    ("kidneys_not_steady", {"acute_kidney_injury": False}, False),
    ("kidneys_not_steady", {"acute_kidney_injury": None}, None),
    # recommendations 10, step 3: magnesium if calcium is low (working cut-off 2.1)
    ("magnesium_with_low_calcium", {"calcium_mmol_l": 2.09, "magnesium_mmol_l": None}, True),
    ("magnesium_with_low_calcium", {"calcium_mmol_l": 2.1, "magnesium_mmol_l": None}, False),
    ("magnesium_with_low_calcium", {"calcium_mmol_l": 2.09, "magnesium_mmol_l": 0.7}, False),
    ("magnesium_with_low_calcium", {"calcium_mmol_l": None, "magnesium_mmol_l": None}, None),
    ("myeloma_not_excluded", {"electrophoresis_abnormal": True}, True),
    ("myeloma_not_excluded", {"electrophoresis_abnormal": False}, False),
    # What was never looked for is the matter of what the step must have seen.
    ("myeloma_not_excluded", {"electrophoresis_abnormal": None}, False),
    # the issue: spine T falsified by fracture or degeneration, the hip preferred
    ("spine_reads_too_high", {**SPINE, **HIP, "spine_degenerative_change": True}, True),
    ("spine_reads_too_high", {**SPINE, **HIP, "fracture_vertebral": True}, True),
    ("spine_reads_too_high", {**SPINE, **HIP, **NONE}, False),
    ("spine_reads_too_high", {**SPINE, **HIP, **NONE, "spine_degenerative_change": None}, None),
    ("spine_reads_too_high", {**SPINE, "spine_degenerative_change": True}, False),
    ("spine_reads_too_high", {**HIP, "spine_degenerative_change": True}, False),
    ("spine_reads_too_high_alone", {**SPINE, "spine_degenerative_change": True}, True),
    ("spine_reads_too_high_alone", {**SPINE, **NONE}, False),
    (
        "spine_reads_too_high_alone",
        {**SPINE, "t_score_femoral_neck": -1.0, "fracture_vertebral": True},
        False,
    ),
    # the issue: height loss of 4 cm without an image asks for one
    ("height_lost_without_image", {"tallest_height_cm": 163.9, "height_cm": 160.0}, False),
    ("height_lost_without_image", {"tallest_height_cm": 164.1, "height_cm": 160.1}, True),
    ("height_lost_without_image", {"tallest_height_cm": 166.0, "height_cm": 160.0}, True),
    (
        "height_lost_without_image",
        {"tallest_height_cm": 166.0, "height_cm": 160.0, "vertebral_imaging_done": True},
        False,
    ),
    ("height_lost_without_image", {"tallest_height_cm": None, "height_cm": 160.0}, None),
    ("femur_image", {"thigh_or_groin_pain": True}, True),
    ("femur_image", {"thigh_or_groin_pain": None}, None),
    ("teeth_first", {"invasive_dental_work_planned": True}, True),
    ("teeth_first", {"invasive_dental_work_planned": False}, False),
    # 9.1: an unrecognised drug name is itself a finding
    ("medicine_not_recognised", {"medications": "amlodipine; xyzol"}, True),
    ("medicine_not_recognised", {"medications": "amlodipine; C03CA01; 阿仑膦酸钠"}, False),
    ("medicine_not_recognised", {"medications": "none"}, False),
    ("medicine_not_recognised", {"medications": None}, None),
    # 9.2
    ("fall_risk_medicines", {"medications": "zolpidem"}, True),
    ("fall_risk_medicines", {"medications": "amlodipine"}, False),
    ("central_medicines", {"medications": "zolpidem; quetiapine; tramadol"}, True),
    ("central_medicines", {"medications": "zolpidem; quetiapine"}, False),
    # STOPP/START 3: five drugs from 65
    ("many_medicines", {"age_years": 65.0, "medications": "a; b; c; d; e"}, True),
    ("many_medicines", {"age_years": 65.0, "medications": "a; b; c; d"}, False),
    ("many_medicines", {"age_years": 64.9, "medications": "a; b; c; d; e"}, False),
    ("many_medicines", {"age_years": 65.0, "medications": None}, None),
    # 9.2: blood-pressure drugs are reviewed only with orthostatic hypotension
    ("pressure_falls_on_standing", {"orthostatic_hypotension": True, "medications": "amlodipine"}, True),
    ("pressure_falls_on_standing", {"orthostatic_hypotension": False, "medications": "amlodipine"}, False),
    ("pressure_falls_on_standing", {"orthostatic_hypotension": True, "medications": "none"}, False),
    ("pressure_falls_on_standing", {"orthostatic_hypotension": None, "medications": "tamsulosin"}, None),
    # 11.2: the notice on Xianling Gubao
    ("xianling_gubao_forbidden", {**LIVER, "medications": "仙灵骨葆", "chronic_liver_disease": True}, True),
    ("xianling_gubao_forbidden", {**LIVER, "medications": "仙灵骨葆", "liver_tests_abnormal": True}, True),
    ("xianling_gubao_forbidden", {**LIVER, "medications": "仙灵骨葆胶囊"}, False),
    ("xianling_gubao_forbidden", {**LIVER, "medications": "仙灵骨葆", "liver_tests_abnormal": None}, None),
    ("xianling_gubao_forbidden", {**LIVER, "medications": "none", "chronic_liver_disease": True}, False),
    ("liver_watched", {"medications": "骨疏康"}, True),
    ("liver_watched", {"medications": "none"}, False),
    ("aconite_taken", {"medications": "附子理中丸"}, True),
    ("aconite_taken", {"medications": "none"}, False),
    ("somebody_gives_it", {"dementia": True}, True),
    ("somebody_gives_it", {"dementia": False, "cognitive_impairment": True}, True),
    ("somebody_gives_it", {"dementia": False, "cognitive_impairment": False}, False),
    ("somebody_gives_it", {"dementia": False, "cognitive_impairment": None}, None),
]


@pytest.mark.parametrize(("finding", "person", "expected"), TABLE)
def test_a_finding_stands_where_the_facts_say(finding: str, person: Person, expected: bool | None) -> None:
    assert one({**ANY_DRUG, **person}, f"review_{finding}") == (expected,)


def test_every_finding_is_in_the_table_with_a_yes_and_something_else() -> None:
    answers = {id: {expected for finding, _, expected in TABLE if finding == id} for id in FINDINGS}
    assert [id for id, found in answers.items() if True not in found] == []
    assert [id for id, found in answers.items() if not found & {False, None}] == []


# Pair, what is taken, the answer (facts 9.1).
TOGETHER: list[tuple[str, Person, bool | None]] = [
    ("calcium_levothyroxine", {"medications": "A12AA04; levothyroxine"}, True),
    ("calcium_levothyroxine", {"medications": "levothyroxine"}, False),
    ("calcium_levothyroxine", {"medications": "levothyroxine; xyzol"}, None),
    ("calcium_levothyroxine", {"medications": None}, None),
    ("minerals_quinolone_tetracycline", {"medications": "B03AA07; J01MA02"}, True),
    ("minerals_quinolone_tetracycline", {"medications": "B03AA07; J01CA04"}, False),
    ("minerals_oral_bisphosphonate", {"medications": "A12AA04", "drug": "alendronate"}, True),
    ("minerals_oral_bisphosphonate", {"medications": "A12AA04; M05BA04"}, True),
    ("minerals_oral_bisphosphonate", {"medications": "A12AA04", "drug": "zoledronate"}, False),
    ("proton_pump_inhibitor_oral_bisphosphonate", {"medications": "omeprazole", "drug": "risedronate"}, True),
    ("nsaid_oral_bisphosphonate", {"medications": "ibuprofen", "drug": "ibandronate"}, True),
    ("nsaid_oral_bisphosphonate", {"medications": "ibuprofen", "drug": "none"}, False),
    ("kidney_harming_drug_zoledronate", {"medications": "furosemide", "drug": "zoledronate"}, True),
    ("active_vitamin_d_calcium_thiazide", {"medications": "calcitriol; hydrochlorothiazide"}, True),
    ("digoxin_calcium_raising_drug", {"medications": "digoxin", "drug": "teriparatide"}, True),
    ("digoxin_calcium_raising_drug", {"medications": "digoxin", "drug": "denosumab"}, False),
    ("enzyme_inducer_vitamin_d", {"medications": "carbamazepine"}, True),
    ("glucocorticoid_calcium_loss", {"medications": "prednisone"}, True),
    ("denosumab_low_calcium", {"medications": "none", "drug": "denosumab", "egfr_ml_min_1_73m2": 59.9}, True),
    (
        "denosumab_low_calcium",
        {"medications": "none", "drug": "denosumab", "egfr_ml_min_1_73m2": 60.0, "ckd": False},
        False,
    ),
    ("antibody_immunosuppressant", {"medications": "tacrolimus", "drug": "denosumab"}, True),
    ("two_antiresorptives", {"medications": "denosumab", "drug": "alendronate"}, True),
    ("two_antiresorptives", {"medications": "alendronate", "drug": "alendronate"}, False),
    ("two_antiresorptives", {"medications": "M05BA04; M05BA08", "drug": "none"}, False),
    ("menatetrenone_warfarin", {"medications": "四烯甲萘醌", "warfarin": True}, True),
    ("menatetrenone_warfarin", {"medications": "四烯甲萘醌; warfarin"}, True),
    ("oestrogen_tranexamic_acid", {"medications": "tranexamic acid", "drug": "raloxifene"}, True),
    ("raloxifene_colestyramine", {"medications": "colestyramine", "drug": "raloxifene"}, True),
    ("chinese_medicine_anticoagulant", {"medications": "仙灵骨葆; warfarin"}, True),
    ("xianling_gubao_liver_toxic_drug", {"medications": "仙灵骨葆; isoniazid"}, True),
    ("creatine_egfr", {"medications": "肌酸", "egfr_ml_min_1_73m2": 50.0}, True),
    ("creatine_egfr", {"medications": "肌酸", "egfr_ml_min_1_73m2": None}, False),
]


@pytest.mark.parametrize(("pair", "person", "expected"), TOGETHER)
def test_what_is_taken_together_is_seen(pair: str, person: Person, expected: bool | None) -> None:
    assert one({**ANY_DRUG, **person}, f"interaction_{pair}") == (expected,)


def test_every_pair_of_the_table_of_interactions_is_in_the_tests() -> None:
    assert {pair for pair, _, expected in TOGETHER if expected} == set(PAIRS)


# What a drug that is thought of does not go with: drug, what is taken, its gate, the state of the drug.
THOUGHT_OF = [
    ("alendronate", "ibuprofen", "nsaid_oral_bisphosphonate", "allowed"),
    ("alendronate", "omeprazole", "proton_pump_inhibitor_oral_bisphosphonate", "allowed"),
    ("alendronate", "denosumab", "two_antiresorptives", "allowed"),
    ("zoledronate", "furosemide", "kidney_harming_drug_zoledronate", "allowed"),
    ("denosumab", "tacrolimus", "antibody_immunosuppressant", "allowed"),
    ("teriparatide", "digoxin", "digoxin_calcium_raising_drug", "allowed"),
    ("raloxifene", "tranexamic acid", "oestrogen_tranexamic_acid", "allowed"),
    ("menatetrenone", "warfarin", "menatetrenone_warfarin", "avoid"),
    ("calcium_and_vitamin_d", "levothyroxine", "calcium_levothyroxine", "allowed"),
]


@pytest.mark.parametrize(("drug", "taken", "gate", "state"), THOUGHT_OF)
def test_a_drug_that_is_thought_of_is_held_against_what_is_taken(
    drug: str, taken: str, gate: str, state: str
) -> None:
    columns = (f"gate_{drug}_{gate}", f"gate_{drug}")
    assert one({**ANY_DRUG, "medications": taken}, *columns) == (True, state)
    assert one(ANY_DRUG, *columns) == (False, "allowed")


def test_a_name_that_nobody_knows_holds_back_the_drugs_that_it_might_not_go_with() -> None:
    """It may be an NSAID or tranexamic acid; what denosumab asks for is only whether another antiresorptive is taken."""
    drugs = (
        "alendronate",
        "raloxifene",
        "menatetrenone",
        "teriparatide",
        "calcitonin",
        "calcium_and_vitamin_d",
    )
    (found,) = rows([{**ANY_DRUG, "medications": "xyzol"}], [f"gate_{drug}" for drug in drugs])
    waiting = {drug for drug in drugs if found[f"gate_{drug}"] == "check_first"}
    assert waiting == {"alendronate", "raloxifene", "menatetrenone"}


# ---- what steps must have seen


def test_laboratory_values_of_the_kidney_are_asked_only_with_a_low_egfr() -> None:
    gone: Person = {"pth_pg_ml": None, "phosphate_mmol_l": None, "alkaline_phosphatase_u_l": None}
    columns = ("review_kidney", "review_kidney_needs")
    assert one({**ANY_DRUG, **gone, "egfr_ml_min_1_73m2": 30.0}, *columns) == ("ran", None)
    state, needs = one({**ANY_DRUG, **gone, "egfr_ml_min_1_73m2": 29.9}, *columns)
    assert (state, named(needs)) == ("not_judged", set(gone))
    state, needs = one({**ANY_DRUG, **gone, "egfr_ml_min_1_73m2": None}, *columns)
    assert (state, named(needs)) == ("not_judged", {"egfr_ml_min_1_73m2"})


def test_electrophoresis_is_asked_with_anaemia_or_back_pain_and_testosterone_of_men() -> None:
    gone: Person = {"electrophoresis_abnormal": None, "testosterone_nmol_l": None}
    for haemoglobin, pain, sex in product((109.9, 110.0), (True, False), ("male", "female")):
        person = {**ANY_DRUG, **gone, "haemoglobin_g_l": haemoglobin, "new_back_pain": pain, "sex": sex}
        expected = {"electrophoresis_abnormal"} if haemoglobin < 110 or pain else set()
        expected |= {"testosterone_nmol_l"} if sex == "male" else set()
        state, needs = one(person, "review_cause", "review_cause_needs")
        assert (state, named(needs)) == ("not_judged" if expected else "ran", expected)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_step_waits_exactly_while_something_is_not_seen(seed: int) -> None:
    """Read a second time: each list of the file in plain Python over the same columns."""
    steps = {step.id: step for step in load_review().steps}
    simple = {
        id: [seen.facts for seen in step.must_have_seen]
        for id, step in steps.items()
        if not any(seen.when for seen in step.must_have_seen)
    }
    assert {"bone_history", "route", "interactions", "falls", "adherence"} <= simple.keys()
    facts = sorted({fact for lists in simple.values() for group in lists for fact in group})
    graph = make_assessor(care=True).graph
    computed = [fact for fact in facts if fact in graph.rules]
    people = random_people(60, seed)
    columns = [name for id in simple for name in (f"review_{id}", f"review_{id}_needs")]
    for person, found in zip(people, rows(people, [*columns, *computed]), strict=True):
        value = {fact: found[fact] if fact in computed else person.get(fact) for fact in facts}
        for id, groups in simple.items():
            lacking = {fact for group in groups if all(value[one] is None for one in group) for fact in group}
            assert (found[f"review_{id}"] == "ran") is not bool(lacking)
            assert named(found[f"review_{id}_needs"]) == lacking


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_engines_agree_on_the_review(name: str) -> None:
    engine = engine_or_skip(name)
    columns = [f"review_{id}" for id in (*STEPS, *FINDINGS)] + [f"interaction_{id}" for id in PAIRS]
    people = [{**ANY_DRUG, **person} for _, person, _ in (*TABLE, *TOGETHER)][::7] + random_people(10, 7)
    assert cared(people, columns, engine).to_dicts() == cared(people, columns).to_dicts()

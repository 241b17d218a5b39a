"""Plans of random people with random histories of drugs: nothing forbidden or unjudged is offered, and no drug ends without an exit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.drug_people import ANY_DRUG, Person, known_people, with_gaps
from care.test_drug_clock import EXITS, NO_STRATUM
from myosteon.app.clinic_file import read_clinic
from myosteon.app.plan_run import Planner
from myosteon.errors import InputError
from myosteon.evidence.care_load import load_care
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.types import Language
from myosteon.frame import canonical_dtype
from myosteon.outputs.plan_gate_maker import SAID_BY
from myosteon.outputs.plan_json import plan_table
from myosteon.outputs.plan_types import Plan
from myosteon.rules.care.drug_words import BISPHOSPHONATES, BONE_BUILDERS
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

AS_OF = date(2026, 11, 20)
LINES = {line.id: line for one in load_care() for line in one.lines}
DRUGS = {gate.drug for one in load_care() for gate in one.gates}
OFFERS = ("do", "offer")
# What says how a drug in use ends, where a gate now closes on it.
ENDS = {
    **{drug: {"bisphosphonate_barred_ends"} for drug in BISPHOSPHONATES},
    **{drug: {"builder_barred_ends", "course_complete"} for drug in BONE_BUILDERS},
    **{
        drug: {"other_drug_barred_ends"}
        for drug in ("raloxifene", "hormone_therapy", "calcitonin", "strontium")
    },
    "denosumab": {"denosumab_exit_now"},
}
# Bans of the facts that need no more than one value: below the number the drug is out, and while it is unknown too.
LEAST: Mapping[str, tuple[str, float]] = {
    "alendronate": ("creatinine_clearance_ml_min", 35),
    "zoledronate": ("creatinine_clearance_ml_min", 35),
    "risedronate": ("creatinine_clearance_ml_min", 30),
    "ibandronate": ("creatinine_clearance_ml_min", 30),
    "teriparatide": ("creatinine_clearance_ml_min", 30),
    "strontium": ("creatinine_clearance_ml_min", 30),
    "denosumab": ("calcium_mmol_l", 2.1),
    "romosozumab": ("calcium_mmol_l", 2.1),
}
NEVER_WITH: Mapping[str, tuple[str, ...]] = {
    "romosozumab": ("myocardial_infarction_12m", "stroke_12m", "organ_transplant"),
    "raloxifene": ("venous_thromboembolism", "prolonged_immobility"),
    "hormone_therapy": (
        "venous_thromboembolism",
        "oestrogen_dependent_cancer",
        "unexplained_vaginal_bleeding",
    ),
    "alendronate": ("oesophageal_disorder", "unable_to_sit_upright_30min", "atypical_femoral_fracture"),
    "risedronate": ("oesophageal_disorder", "unable_to_sit_upright_30min", "atypical_femoral_fracture"),
    "teriparatide": ("paget_disease", "skeletal_radiotherapy", "bone_metastasis", "hyperparathyroidism"),
    "strontium": ("coronary_heart_disease", "uncontrolled_hypertension"),
}
CASES = {
    "seed": st.integers(0, 2**32 - 1),
    "share": st.sampled_from([0.0, 0.05, 0.2, 0.6]),
    "tier": st.sampled_from([1, 2, 3]),
}


@cache
def planner(tier: int, language: Language = "en") -> Planner:
    return Planner(clinic_of_tier(tier), AS_OF, language, Settings())


def plans(people: list[Person], tier: int, language: Language = "en") -> list[Plan]:
    measures = load_measures()
    rows = [{**person, "person_id": str(place)} for place, person in enumerate(people)]
    names = [name for name in measures if any(name in row for row in rows)]
    frame = pl.DataFrame(
        [{name: row.get(name) for name in names} for row in rows],
        schema={name: canonical_dtype(measures[name]) for name in names},
    )
    return list(planner(tier, language).plans(frame))


def people_of(seed: int, share: float, count: int = 60) -> list[Person]:
    return with_gaps(known_people(count, seed), seed + 1, share)


def offered(plan: Plan) -> set[str]:
    """The drugs that the plan would have given: every line of a drug with a dose."""
    found: set[str] = set()
    for line in plan.lines:
        if line.status in OFFERS and line.category in ("drug", "drug_clock") and line.dose:
            found.add(LINES[line.id].drug)
    return found


@settings(max_examples=6, deadline=None)
@given(**CASES)
def test_no_plan_offers_what_is_forbidden_or_unjudged(seed: int, share: float, tier: int) -> None:
    people = people_of(seed, share)
    for person, plan in zip(people, plans(people, tier), strict=True):
        states = {gate.drug: gate.state for gate in plan.gates}
        drugs = offered(plan)
        assert drugs <= DRUGS, "a line with a dose stands behind no gate"
        for drug in drugs:
            assert states[drug] == "allowed", drug
            measure, least = LEAST.get(drug, ("", 0.0))
            if measure:
                value = person[measure]
                assert isinstance(value, float), drug
                assert value >= least, drug
            for finding in NEVER_WITH.get(drug, ()):
                assert person[finding] is False, (drug, finding)
        assert not {f"avoid_{drug}" for drug in drugs} & {line.id for line in plan.lines}


@settings(max_examples=6, deadline=None)
@given(**CASES)
def test_whoever_has_denosumab_has_a_plan_for_its_end(seed: int, share: float, tier: int) -> None:
    people = people_of(seed, share)
    for place, person in enumerate(people):
        on = place % 2 == 0
        person["drug"], person["prior_drug"] = ("denosumab", None) if on else ("none", "denosumab")
    for plan in plans(people, tier):
        named = {line.id for line in plan.lines} | {one.id for one in plan.suppressed}
        assert "denosumab_never_without_follow_on" in named
        assert EXITS & {line.id for line in plan.lines}, named


@settings(max_examples=6, deadline=None)
@given(**CASES)
def test_a_drug_in_use_is_never_closed_without_saying_what_comes_then(
    seed: int, share: float, tier: int
) -> None:
    people = people_of(seed, share)
    for person, plan in zip(people, plans(people, tier), strict=True):
        drug = str(person["drug"])
        if drug not in ENDS or person["drug_stopped"] is not False:
            continue
        state = next(gate for gate in plan.gates if gate.drug == drug)
        said = {line.id: line for line in plan.lines}
        if state.state == "avoid":
            assert ENDS[drug] & set(said), (drug, sorted(said))
            assert f"avoid_{drug}" in said
        elif state.state == "specialist":
            own = next((said[id] for id in SAID_BY.get(drug, ()) if id in said), None)
            line = own or said[f"specialist_{drug}"]
            assert line.status == "refer"
            assert "do not stop it on your own" in line.reason or "must not simply end" in line.action
            assert {reason.source for reason in state.because} <= set(line.sources)
            assert f"avoid_{drug}" not in said
        elif state.because:
            assert tier == 3
            assert {f"specialist_{drug}", *SAID_BY.get(drug, ())} & {
                line.id for line in plan.lines if line.status == "do"
            }


@settings(max_examples=4, deadline=None)
@given(**CASES)
def test_every_contradiction_is_shown_on_both_sides(seed: int, share: float, tier: int) -> None:
    for plan in plans(people_of(seed, share), tier):
        standing = {line.id: set(line.conflicts_with) for line in plan.lines}
        for id in standing:
            for other in LINES[id].conflicts_with if id in LINES else ():
                if other in standing:
                    assert other in standing[id]
                    assert id in standing[other]
                    assert any({id, other} <= set(group) for group in plan.disputes)


@settings(max_examples=4, deadline=None)
@given(**CASES)
def test_a_plan_is_never_empty_and_each_line_has_a_source(seed: int, share: float, tier: int) -> None:
    for plan in plans(people_of(seed, share), tier):
        assert plan.lines
        assert all(line.sources and line.action for line in plan.lines)


@settings(max_examples=2, deadline=None)
@given(**CASES)
def test_the_same_day_and_data_give_the_same_plan(seed: int, share: float, tier: int) -> None:
    people = people_of(seed, share, count=30)
    before = [plan_table(plan) for plan in plans(people, tier)]
    planner.cache_clear()
    assert [plan_table(plan) for plan in plans(people, tier)] == before


def test_drugs_for_a_specialist_for_the_same_reason_stand_in_one_line() -> None:
    person: Person = {**ANY_DRUG, **NO_STRATUM, "calcium_mmol_l": 2.8, "drug_stopped": False}
    (plan,) = plans([person], 1)
    (said,) = [line for line in plan.lines if line.id.startswith("specialist_")]
    assert "Alendronate" in said.action
    assert "denosumab" in said.action
    assert "high calcium: its cause first" in said.reason.lower()
    assert said.status == "refer"
    assert not offered(plan)
    (chinese,) = plans([person], 1, "zh")
    (said,) = [line for line in chinese.lines if line.id.startswith("specialist_")]
    assert "阿仑膦酸钠、" in said.action
    assert "地舒单抗" in said.action


def test_nobody_of_whom_nothing_is_known_is_offered_a_drug() -> None:
    (plan,) = plans([{"age_years": None}], 3)
    assert plan.lines
    assert not offered(plan)


@pytest.mark.parametrize("tier", [1, 2])
def test_a_drug_for_a_specialist_is_referred_where_there_is_none(tier: int) -> None:
    (person,) = known_people(1, 5)
    person |= {"drug": "denosumab", "drug_years": 3.0, "drug_stopped": False, "days_until_next_dose": -60.0}
    person |= {"egfr_ml_min_1_73m2": 20.0, "calcium_mmol_l": 2.3, "hypocalcaemia": False, "dialysis": False}
    person |= {"jaw_osteonecrosis": False, "thigh_or_groin_pain": False, "hypersensitivity_denosumab": False}
    person |= {"pregnant": False, "breastfeeding": False, "atypical_femoral_fracture": False}
    person |= {"pth_pg_ml": 60.0, "phosphate_mmol_l": 1.2, "alkaline_phosphatase_u_l": 90.0}
    person |= {"organ_transplant": False}
    (plan,) = plans([person], tier)
    said = {line.id: line for line in plan.lines}
    # One line says that it is late, that a specialist decides, and why.
    assert "specialist_denosumab" not in said
    late = said["denosumab_late_specialist"]
    assert late.status == "refer"
    assert "eGFR below 30" in late.reason
    assert "label_denosumab" in {source.id for source in late.sources}
    assert "denosumab_dose_very_late" not in said
    assert "denosumab_dose_late" not in said
    (here,) = plans([person], 3)
    at_home = {line.id: line for line in here.lines}
    assert "specialist_denosumab" not in at_home
    assert "eGFR below 30" in at_home["denosumab_late_specialist"].reason
    assert at_home["denosumab_dose_late"].status == "do"
    (unknown,) = plans([{**person, "calcium_mmol_l": None}], 3)
    assert "denosumab_dose_late" not in {line.id for line in unknown.lines}
    assert next(gate for gate in unknown.gates if gate.drug == "denosumab").state == "check_first"


def test_a_clinic_says_in_which_region_it_is(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('tier = 3\nregion = "US"\n', encoding="utf-8")
    assert read_clinic(file).region == "US"
    file.write_text('tier = 3\nregion = "Mars"\n', encoding="utf-8")
    with pytest.raises(InputError, match="region is one of CN, EU, HK, US"):
        read_clinic(file)


@pytest.mark.parametrize(("region", "said"), [("", "course_complete"), ("US", "course_beyond_us")])
def test_a_plan_goes_by_the_labels_of_the_region(region: str, said: str) -> None:
    person: Person = {
        **ANY_DRUG,
        **NO_STRATUM,
        "person_id": "1",
        "drug": "teriparatide",
        "drug_stopped": False,
    }
    person |= {"drug_years": 2.0, "teriparatide_months": 24.0}
    measures = load_measures()
    frame = pl.DataFrame(
        {name: [value] for name, value in person.items()},
        schema={name: canonical_dtype(measures[name]) for name in person},
    )
    by_region = Planner(clinic_of_tier(3), AS_OF, "en", Settings(label_region=region))
    (plan,) = by_region.plans(frame)
    courses = {"course_complete", "course_beyond_us"}
    assert {line.id for line in plan.lines} & courses == {said}

"""Made-up people for the explanation of risks, and their explanations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from engines import canonical_people
from myosteon.app.risk_explanation import explain_risks, owner_of
from myosteon.assess import Assessor, assess, make_assessor
from myosteon.outputs.explain_risk_types import RiskExplanation
from myosteon.outputs.wording.load import Language
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

Person = Mapping[str, object]
# What a health record leaves out where it is no.
NO_HISTORY: Person = {
    name: False for name, measure in load_measures().items() if measure.history and measure.type == "bool"
}

PEOPLE: Mapping[str, Person] = {
    "woman_74_everything_known": {
        **NO_HISTORY,
        "sex": "female",
        "age_years": 74.6,
        "height_cm": 158.0,
        "weight_kg": 52.0,
        "smoking_current": True,
        "smoking_category": "moderate",
        "alcohol_units_day": 0.5,
        "falls_12m": 2,
        "ethnicity_detail": "chinese",
        "frax_major_percent": 12.0,
        "frax_hip_percent": 4.0,
        "frax_with_glucocorticoid": True,
        "glucocorticoid_mg_day": 7.5,
        "glucocorticoid_months": 6.0,
        "parkinson_disease": True,
        "antidepressant": False,
        "systemic_lupus": False,
        "lives_in_care_home": False,
        "parent_osteoporosis": True,
        "chair_rise_arms": True,
        "drug": "none",
        "medications": "zolpidem;sertraline",
        "t_score_femoral_neck": -2.7,
    },
    "woman_80_much_unknown": {
        "sex": "female",
        "age_years": 80.0,
        "height_cm": 150.0,
        "weight_kg": 57.0,
        "smoking_current": True,
        "ethnicity": "asian",
        "fracture_hip": False,
        "falls_12m": 1,
    },
    "man_68_too_thin": {"sex": "male", "age_years": 68.0, "height_cm": 170.0, "weight_kg": 50.0},
    "woman_with_both_diabetes": {
        "sex": "female",
        "age_years": 60.0,
        "height_cm": 160.0,
        "weight_kg": 60.0,
        "diabetes_type1": True,
        "diabetes_type2": True,
    },
    "nobody_knows": {"sex": None},
}


@cache
def risk_assessor(strata: bool = False, clamp: bool = False) -> Assessor:
    """Every definition with every risk, and with the strata where they are asked for."""
    return make_assessor(None, Settings(clamp_risk_inputs=clamp), risk=True, strata=strata)


def explained(
    person: Person,
    verdict: str,
    language: Language = "en",
    *,
    strata: bool = False,
    clamp: bool = False,
) -> RiskExplanation:
    """The explanation of one answer about one person."""
    frame = canonical_people([{"person_id": "made up", **person}])
    (found,) = explain_risks(frame, risk_assessor(strata, clamp), [verdict], language)
    return found


def results(person: Person, *, strata: bool = False) -> dict[str, object]:
    """Every column of one person, by the public call."""
    # One shape for everybody: the rules are then made ready once.
    frame = canonical_people([{**dict.fromkeys(load_measures()), "person_id": "made up", **person}])
    row: dict[str, object] = assess(frame, columns="all", risk=True, strata=strata).to_dicts()[0]
    return row


def answers() -> list[str]:
    """Every column that answers, of every algorithm and stratum."""
    assessor = risk_assessor(strata=True)
    return [name for name in assessor.graph.rules if owner_of(name, assessor)]

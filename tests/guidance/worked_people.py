"""The people of section 8 of the facts on recommendations: what is said of each, and nothing more.

As there: histories that are not named are no, measurements that are not named are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from myosteon.assess import make_assessor
from myosteon.evidence.corpus_types import Corpus
from myosteon.guidance.question_verdict import Guidance
from myosteon.logic.bounded import BoundedNumber
from myosteon.logic.condition import Atom, atoms

WOMAN = {"sex": "female", "postmenopausal": True, "drug": "none"}
MAN = {"sex": "male", "postmenopausal": False, "drug": "none"}
VERTEBRAL = {"any_vertebral_fracture": True, "any_low_trauma_fracture": True}
VERY_HIGH = {
    "stratum_china2022": "very_high",
    "stratum_aace2020": "very_high",
    "osteoporosis_china2022": True,
}

PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "woman of 78 with two vertebral fractures and eGFR 32": {
        **WOMAN,
        **VERTEBRAL,
        **VERY_HIGH,
        "age_years": 78,
        "vertebral_fracture_count": 2,
        "t_score_lowest": -3.2,
        "hip_t_score_lowest": -2.7,
        "creatinine_clearance_ml_min": 29,
        "egfr_ml_min_1_73m2": 32,
        "calcium_mmol_l": 2.30,
        "sarcopenia_awgs2019": "confirmed",
        "mna_sf_score": 10,
        "known_osteoporosis": True,
    },
    "woman of 72 with two vertebral fractures": {
        **WOMAN,
        **VERTEBRAL,
        **VERY_HIGH,
        "age_years": 72,
        "vertebral_fracture_count": 2,
        "t_score_lowest": -3.1,
        "creatinine_clearance_ml_min": 70,
        "calcium_mmol_l": 2.3,
    },
    "man of 71 never scanned": {
        **MAN,
        "age_years": 71,
        "clinical_risk_factor_count": 0,
        "fall_risk_factor_count": 0,
    },
    "woman of 67 after five years of alendronate": {
        **WOMAN,
        "age_years": 67,
        "drug": "alendronate",
        "drug_years": 5,
        "hip_t_score_lowest": -2.1,
        "glucocorticoid_mg_day": 0,
        "stratum_china2022": "high",
    },
    "woman of 70 stopping denosumab": {
        **WOMAN,
        "age_years": 70,
        "drug": "denosumab",
        "drug_years": 4,
        "denosumab_doses": 8,
        "denosumab_stop_planned": True,
        "creatinine_clearance_ml_min": 65,
    },
    "man of 72 on prednisone": {
        **MAN,
        "age_years": 72,
        "stratum_acr2022": "high",
        "egfr_ml_min_1_73m2": 78,
        "sarcopenia_awgs2019": "confirmed",
        "resistance_training_sessions_week": 3,
        "sppb_score": 10,
        "planned_drug": "alendronate",
    },
    "woman of 82 after a vertebral fracture": {
        **WOMAN,
        **VERTEBRAL,
        "age_years": 82,
        "acute_vertebral_pain": True,
        "sppb_score": 4,
        "gait_speed_m_s": 0.5,
        "frail_status": "frail",
        "falls_12m": 2,
        "egfr_ml_min_1_73m2": 55,
        "osteoporosis_china2022": True,
    },
    "woman of 66 on Xianling Gubao": {
        **WOMAN,
        "age_years": 66,
        "t_score_lowest": -2.7,
        "stratum_china2022": "high",
        "stratum_aace2020": "high",
        "osteoporosis_china2022": True,
        "uses_xianling_gubao": True,
        "uses_tcm_bone_patent": True,
        "liver_tests_abnormal": True,
        "tcm_pattern": "kidney_yang_deficiency",
        "creatinine_clearance_ml_min": 80,
    },
    "woman of 68 never scanned": {**WOMAN, "age_years": 68},
}
FIVE_YEARS = "woman of 67 after five years of alendronate"
STOPPING = "woman of 70 stopping denosumab"


@cache
def the_corpus() -> Corpus:
    """Our corpus, read with the facts of the program."""
    corpus = make_assessor(guidance=True).corpus
    assert corpus is not None
    return corpus


@cache
def the_guidance() -> Guidance:
    """Our corpus, to be asked."""
    return Guidance(the_corpus())


@cache
def yes_or_no_facts() -> frozenset[str]:
    """The facts that recommendations speak of as yes or no."""
    trees = [
        tree
        for record in the_corpus().records
        for tree in (record.applies.tree, *([record.excluded.tree] if record.excluded else []))
    ]
    return frozenset(atom.name for tree in trees for atom in atoms(tree) if _yes_or_no(atom))


def _yes_or_no(atom: Atom) -> bool:
    return atom.sign == ""


def person(name: str, **changes: Any) -> dict[str, Any]:
    """What is known of one of these people; None takes a fact away."""
    known = {**dict.fromkeys(yes_or_no_facts(), False), **PEOPLE[name], **changes}
    bounds: dict[str, Any] = {stand_in: known.get(name) for name, stand_in in the_corpus().stand_ins.items()}
    for fact, of in the_corpus().bounds.items():
        told = known.get(fact)
        if isinstance(of, BoundedNumber):
            bounds |= {of.at_least: 0 if told is None else told, of.at_most: 99 if told is None else told}
        else:
            bounds |= {of.proved: told, of.settled: told, of.possible: of.words[-1] if told is None else told}
            bounds |= {of.applies: True} if of.applies else {}
    return {fact: value for fact, value in {**known, **bounds}.items() if value is not None}

"""A woman to whom every bone drug could be given, and random people with histories of drugs, gaps included."""

from __future__ import annotations

from random import Random

Person = dict[str, object]

# Everything that a gate or the safety review asks for is known, and nothing stands against any drug.
ANY_DRUG: Person = {
    "sex": "female",
    "age_years": 58.0,
    "postmenopausal": True,
    "age_at_menopause_years": 52.0,
    "pregnant": False,
    "breastfeeding": False,
    "drug": "none",
    "prior_drug": "none",
    "creatinine_clearance_ml_min": 80.0,
    "egfr_ml_min_1_73m2": 80.0,
    "calcium_mmol_l": 2.35,
    "vitamin_d_25oh_ng_ml": 30.0,
    "pth_pg_ml": 45.0,
    "phosphate_mmol_l": 1.1,
    "alkaline_phosphatase_u_l": 80.0,
    "calcium_intake_mg_day": 500.0,
    "tsh_miu_l": 2.0,
    "haemoglobin_g_l": 135.0,
    "crp_mg_l": 2.0,
    "testosterone_nmol_l": 15.0,
    "magnesium_mmol_l": 0.9,
    "medications": "none",
    **dict.fromkeys(
        (
            "dialysis",
            "acute_kidney_injury",
            "hypocalcaemia",
            "hypercalcaemia",
            "oesophageal_disorder",
            "oesophageal_varices",
            "unable_to_sit_upright_30min",
            "oral_bisphosphonate_intolerance",
            "thigh_or_groin_pain",
            "organ_transplant",
            "hypersensitivity_bisphosphonate",
            "hypersensitivity_denosumab",
            "hypersensitivity_parathyroid_analogue",
            "hypersensitivity_romosozumab",
            "atypical_femoral_fracture",
            "jaw_osteonecrosis",
            "invasive_dental_work_planned",
            "hyperparathyroidism",
            "paget_disease",
            "unexplained_high_alkaline_phosphatase",
            "skeletal_radiotherapy",
            "bone_metastasis",
            "bone_malignancy",
            "myocardial_infarction_12m",
            "stroke_12m",
            "cardiovascular_disease",
            "coronary_heart_disease",
            "cerebrovascular_disease",
            "peripheral_arterial_disease",
            "venous_thromboembolism",
            "thrombophilia",
            "prolonged_immobility",
            "uncontrolled_hypertension",
            "oestrogen_dependent_cancer",
            "unexplained_vaginal_bleeding",
            "endometrial_hyperplasia",
            "chronic_liver_disease",
            "cirrhosis",
            "kidney_stones",
            "warfarin",
            "new_back_pain",
            "electrophoresis_abnormal",
        ),
        False,
    ),
}
NUMBERS: dict[str, tuple[float, ...]] = {
    "age_years": (34.0, 49.0, 59.9, 60.0, 75.0, 88.0),
    "age_at_menopause_years": (45.0, 50.0, 55.0),
    "creatinine_clearance_ml_min": (20.0, 29.9, 30.0, 34.9, 35.0, 80.0),
    "egfr_ml_min_1_73m2": (15.0, 29.9, 30.0, 80.0),
    "calcium_mmol_l": (1.9, 2.1, 2.35, 2.6, 2.8),
    "calcium_intake_mg_day": (500.0, 2000.0, 2100.0),
    "vitamin_d_25oh_ng_ml": (12.0, 19.9, 20.0, 30.0),
    "drug_years": (0.5, 1.0, 2.4, 2.5, 3.0, 5.0, 10.0),
    "prior_drug_years": (0.5, 2.0, 2.5, 5.0),
    "days_since_last_dose": (10.0, 160.0, 183.0, 212.0, 213.0, 280.0, 900.0),
    "months_off_drug": (1.0, 12.0, 24.0, 30.0, 40.0),
    "teriparatide_months": (0.0, 12.0, 24.0),
    "abaloparatide_months": (0.0, 12.0, 24.0),
    "t_score_total_hip": (-3.4, -2.8, -2.5, -2.4, -1.0),
    "t_score_lumbar_spine": (-3.4, -2.5, -1.0),
    "months_since_last_fracture": (2.0, 18.0, 60.0),
    "frax_major_percent": (5.0, 22.0, 40.0),
    "frax_hip_percent": (1.0, 3.5, 9.0),
    "glucocorticoid_mg_day": (0.0, 5.0, 30.0),
    "glucocorticoid_months": (2.0, 12.0),
    "ctx_change_percent": (-70.0, -56.0, 10.0),
    "bmd_change_total_hip_g_cm2": (-0.06, 0.0, 0.06),
}
COUNTS: dict[str, tuple[int, ...]] = {
    "denosumab_doses": (1, 4, 5, 10),
    "romosozumab_doses": (0, 3, 12),
    "zoledronate_doses": (1, 3, 6),
    "falls_12m": (0, 1, 3),
}
DRUGS = (
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
)
LIFETIME = {
    "teriparatide": "teriparatide_months",
    "abaloparatide": "abaloparatide_months",
    "romosozumab": "romosozumab_doses",
}
FRACTURES = ("fracture_hip", "fracture_vertebral", "fracture_pelvis", "fracture_on_treatment", "drug_stopped")
FURTHER = ("menopausal_symptoms", "glucocorticoid_stopped", "acute_vertebral_pain")


def known_people(count: int, seed: int) -> list[Person]:
    """People of whom all is known; what stands against a drug is rare, so that many drugs are allowed."""
    draw = Random(seed)
    return [_known(draw) for _ in range(count)]


def _known(draw: Random) -> Person:
    person = dict(ANY_DRUG)
    person["sex"] = draw.choice(("female", "female", "male"))
    person["postmenopausal"] = draw.random() < 0.8
    for name in [name for name, value in ANY_DRUG.items() if value is False]:
        person[name] = draw.random() < 0.03
    person |= {name: draw.random() < 0.3 for name in (*FRACTURES, *FURTHER)}
    person |= {name: draw.choice(values) for name, values in NUMBERS.items()}
    person |= {name: draw.choice(values) for name, values in COUNTS.items()}
    if draw.random() < 0.6:
        person |= {"creatinine_clearance_ml_min": 80.0, "egfr_ml_min_1_73m2": 80.0, "calcium_mmol_l": 2.35}
        person["vitamin_d_25oh_ng_ml"] = 30.0
    person["drug"], person["prior_drug"] = draw.choice(DRUGS), draw.choice(DRUGS)
    return _without_contradiction(person)


def _without_contradiction(person: Person) -> Person:
    """Nobody is pregnant who cannot be, histories of calcium agree with the measured one, and a lifetime's course is no shorter than the last one."""
    person["postmenopausal"] = person["postmenopausal"] or float(str(person["age_years"])) >= 60
    cannot_be = person["sex"] == "male" or person["postmenopausal"]
    if cannot_be:
        person |= {"pregnant": False, "breastfeeding": False}
    calcium = float(str(person["calcium_mmol_l"]))
    person |= {"hypercalcaemia": calcium > 2.6, "hypocalcaemia": calcium < 2.1}
    in_use = person["drug"] != "none"
    last = person["drug"] if in_use else person["prior_drug"]
    months = 12 * float(str(person["drug_years"] if in_use else person["prior_drug_years"]))
    for drug, course in LIFETIME.items():
        if last == "none":
            person[course] = 0.0
        elif last == drug:
            person[course] = max(float(str(person[course])), months)
    person["romosozumab_doses"] = int(float(str(person["romosozumab_doses"])))
    return person


def with_gaps(people: list[Person], seed: int, share: float) -> list[Person]:
    """The same people, of whom a share of what is known is missing."""
    draw = Random(seed)
    return [
        {name: None if name != "sex" and draw.random() < share else value for name, value in person.items()}
        for person in people
    ]

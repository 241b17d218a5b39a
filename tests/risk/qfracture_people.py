"""People for the tests of QFracture-2012: as raw codes, the same people as measures, and frames of both."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw
import polars as pl

from engines import Engine, Polars, canonical_people, words_as_text
from myosteon.engine.evaluate import Plan, make_plan
from myosteon.engine.graph import Graph, make_graph
from myosteon.frame import canonical_dtype
from myosteon.rules.guideline import Settings
from myosteon.rules.library import library_rules
from myosteon.rules.risk.qfracture2012.algorithm import ALGORITHM, qfracture2012_rules
from myosteon.vocabulary.measures import load_measures

Person = dict[str, object]

# Section 1.11 of the facts, in its order.
FLAGS = (
    *(
        "b_antidepressant",
        "b_anycancer",
        "b_asthmacopd",
        "b_carehome",
        "b_corticosteroids",
        "b_cvd",
        "b_dementia",
    ),
    *("b_endocrine", "b_epilepsy2", "b_falls", "b_fracture4", "b_hrt_oest", "b_liver", "b_malabsorption"),
    *("b_parkinsons", "b_ra_sle", "b_renal", "b_type1", "b_type2", "fh_osteoporosis"),
)
# A measure that makes each flag, with its values for no and for yes; every other measure of the flag is no.
MADE_BY: dict[str, tuple[str, object, object]] = {
    "b_antidepressant": ("antidepressant", False, True),
    "b_anycancer": ("cancer", False, True),
    "b_asthmacopd": ("copd", False, True),
    "b_carehome": ("lives_in_care_home", False, True),
    "b_corticosteroids": ("glucocorticoid_mg_day", 0.0, 2.5),
    "b_cvd": ("cardiovascular_disease", False, True),
    "b_dementia": ("dementia", False, True),
    "b_endocrine": ("hyperthyroidism", False, True),
    "b_epilepsy2": ("epilepsy", False, True),
    "b_falls": ("falls_12m", 0, 1),
    "b_fracture4": ("fracture_distal_forearm", False, True),
    "b_hrt_oest": ("drug", "none", "hormone_therapy"),
    "b_liver": ("cirrhosis", False, True),
    "b_malabsorption": ("coeliac_disease", False, True),
    "b_parkinsons": ("parkinson_disease", False, True),
    "b_ra_sle": ("systemic_lupus", False, True),
    "b_renal": ("dialysis", False, True),
    "b_type1": ("diabetes_type1", False, True),
    "b_type2": ("diabetes_type2", False, True),
    "fh_osteoporosis": ("parent_osteoporosis", False, True),
}
OTHERS_NO = (
    *("asthma", "hyperparathyroidism", "cushing_syndrome", "fracture_hip", "fracture_vertebral"),
    *("fracture_proximal_humerus", "chronic_liver_disease", "crohn_disease", "ulcerative_colitis"),
    *("rheumatoid_arthritis", "ckd", "parent_hip_fracture"),
)
ETHNICITY = dict(
    enumerate(
        (
            "white",
            "indian",
            "pakistani",
            "bangladeshi",
            "other_asian",
            "black_caribbean",
            "black_african",
            "chinese",
            "other",
        ),
        1,
    )
)
SMOKING = dict(enumerate(("never", "former", "light", "moderate", "heavy")))
# Units a day in each class, at its edges.
ALCOHOL = {0: (0.0,), 1: (0.1, 0.99), 2: (1.0, 2.0, 2.9), 3: (3.0, 6.0, 6.9), 4: (7.0, 9.0), 5: (9.1, 20.0)}


def raw_person(**given: object) -> Person:
    """A white woman of 70 with no risk factor, ten years ahead, but for what is given."""
    person: Person = {
        "sex": "female",
        "age": 70,
        "bmi": 23.0,
        "ethrisk": 1,
        "smoke_cat": 0,
        "alcohol_cat6": 0,
    }
    return {**person, **dict.fromkeys(FLAGS, 0), "surv": 10, **given}


def random_raw_people(count: int, seed: int, *, years: Sequence[int] = tuple(range(1, 19))) -> list[Person]:
    """Random people within the ranges, edges among them; never both types of diabetes."""
    rng = random.Random(seed)
    people = []
    for _ in range(count):
        often = rng.choice((0.0, 0.05, 0.3, 0.6))
        flags = {flag: int(rng.random() < often) for flag in FLAGS}
        flags["b_type2"] &= 1 - flags["b_type1"]
        people.append(
            raw_person(
                sex=rng.choice(("female", "male")),
                age=rng.choice((30, 100, rng.randint(30, 100))),
                bmi=rng.choice((20.0, 40.0, round(rng.uniform(20, 40), 2))),
                ethrisk=rng.randint(1, 9),
                smoke_cat=rng.randint(0, 4),
                alcohol_cat6=rng.randint(0, 5),
                surv=rng.choice(tuple(years)),
                **flags,
            )
        )
    return people


def as_measures(raw: Mapping[str, object], rng: random.Random | None = None) -> Person:
    """The same person by measures: 1 m tall, so that weight is the body mass index; age a little past the birthday."""
    pick = (rng or random.Random(0)).choice
    flags = {MADE_BY[flag][0]: MADE_BY[flag][2 if raw[flag] else 1] for flag in FLAGS}
    return {
        "sex": raw["sex"],
        "age_years": float(str(raw["age"])) + pick((0.0, 0.4, 0.99)),
        "height_cm": 100.0,
        "weight_kg": raw["bmi"],
        "ethnicity_detail": ETHNICITY[int(str(raw["ethrisk"]))],
        "smoking_category": SMOKING[int(str(raw["smoke_cat"]))],
        "alcohol_units_day": pick(ALCOHOL[int(str(raw["alcohol_cat6"]))]),
        **dict.fromkeys(OTHERS_NO, False),
        **flags,
    }


def raw_frame(people: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """The raw columns as a file would hold them."""
    return pl.DataFrame(list(people), infer_schema_length=None)


def graph(*, clamp: bool = False, years: int = 10) -> Graph:
    """The rules of QFracture-2012 with what they read, and nothing else."""
    settings = Settings(clamp_risk_inputs=clamp)
    return make_graph((*library_rules(settings), *qfracture2012_rules(settings, years)), load_measures())


def answers(
    people: Sequence[Mapping[str, object]],
    columns: Sequence[str] | None = None,
    *,
    clamp: bool = False,
    years: int = 10,
    engine: Engine | None = None,
) -> pl.DataFrame:
    """`columns` (all that the algorithm answers with where None) of people given by measures, in their order."""
    wanted = columns or ALGORITHM.answers(Settings(clamp_risk_inputs=clamp))
    numbered = [{"person_id": f"{place:07}", **person} for place, person in enumerate(people)]
    frame = canonical_people(numbered)
    plan = _plan(graph(clamp=clamp, years=years), wanted)
    if engine is None:
        return words_as_text(plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()).drop(
            "person_id"
        )
    native = nw.from_native(engine.hold(frame))
    lazy = native.lazy() if isinstance(engine, Polars) else native
    found = engine.bring_back(nw.to_native(plan.run_native(lazy, frame.columns, ["person_id"])))
    return words_as_text(found).sort("person_id").drop("person_id")


def _plan(graph: Graph, columns: Sequence[str]) -> Plan:
    dtypes = {name: canonical_dtype(measure) for name, measure in load_measures().items()}
    return make_plan(graph, columns, dtypes)

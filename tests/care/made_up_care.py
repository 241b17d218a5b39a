"""A few made-up gates and lines, from which plans are made whatever the real files say."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from myosteon.assess import make_assessor
from myosteon.engine.evaluate import make_plan
from myosteon.engine.graph import Graph, make_graph
from myosteon.evidence.care_load import read_care
from myosteon.evidence.care_types import CareSet
from myosteon.evidence.clinic import Clinic, clinic_of_tier
from myosteon.evidence.review_load import read_review
from myosteon.evidence.review_types import Review
from myosteon.evidence.types import Language
from myosteon.frame import canonical_dtype
from myosteon.logic.condition import Fact, FactKind
from myosteon.outputs.plan_maker import PlanMaker
from myosteon.outputs.plan_types import Plan
from myosteon.rules.care.from_conditions import care_rules
from myosteon.rules.care.library import fact_of
from myosteon.vocabulary.measures import load_measures

AS_OF = date(2026, 11, 20)
FILE = """
[care]
id = "made_up"
title = {en = "Made up", zh = "虚构"}
paper = "csobmr2022"
where = "made up"
status = "secondary"

[[gate]]
drug = "zoledronate"
id = "kidney"
step = "kidney"
when = "creatinine_clearance_ml_min < 35"
kind = "contraindicated"
region = "US, EU"
note = {en = "Creatinine clearance below 35 mL/min", zh = "肌酐清除率低于35 mL/min"}
status = "checked"
where = "label, section 4"

[[gate]]
drug = "zoledronate"
id = "calcium"
step = "calcium"
when = "calcium_mmol_l < 2.1"
kind = "contraindicated"
note = {en = "Low calcium", zh = "低钙血症"}
status = "unchecked"
read_in = ["memory"]

[[gate]]
drug = "zoledronate"
id = "old"
step = "pregnancy_and_age"
when = "age_years >= 80"
kind = "warning"
note = {en = "Few people of this age were studied", zh = "该年龄段研究人数少"}

[[gate]]
drug = "raloxifene"
id = "clot"
step = "heart_and_clots"
when = "venous_thromboembolism"
kind = "contraindicated"
note = {en = "A clot in a vein, ever", zh = "曾有静脉血栓"}

[[line]]
id = "give_zoledronate"
category = "drug"
status = "offer"
subject = "zoledronate"
drug = "zoledronate"
capability = "intravenous"
when = "fracture_hip"
action = {en = "Offer zoledronate", zh = "可选唑来膦酸"}
dose = {en = "5 mg into a vein once a year", zh = "5 mg静脉滴注，每年一次"}
reason = {en = "A hip fracture", zh = "有髋部骨折"}
because = ["age_years"]
stop_rule = {en = "Review after 3 doses", zh = "3剂后复核"}
sources = [{paper = "csobmr2022", where = "drugs", status = "secondary"}]

[[line]]
id = "denosumab_dose_late"
category = "drug_clock"
status = "do"
subject = "denosumab"
when = "drug == 'denosumab'"
urgency = "urgent"
due = -61
action = {en = "Give the missed dose of denosumab", zh = "补打漏掉的地舒单抗"}
sources = [{paper = "csobmr2022", where = "denosumab", status = "unchecked", read_in = ["memory"]}]

[[line]]
id = "measure_bone"
category = "test"
status = "do"
subject = "t_score_femoral_neck"
when = "age_years >= 65"
unless = "t_score_femoral_neck is not None"
capability = "dxa"
urgency = "soon"
due = 14
action = {en = "Measure bone density", zh = "测骨密度"}
sources = [{paper = "csobmr2022", where = "tests", status = "checked"}]

[[line]]
id = "protein_more"
category = "nutrition"
status = "do"
subject = "weight_kg"
when = "weight_kg < 60"
conflicts_with = ["protein_less"]
action = {en = "Eat more protein; weight {weight_kg} kg", zh = "多吃蛋白质；体重{weight_kg} kg"}
sources = [{paper = "chen2020", where = "protein", status = "checked"}]

[[line]]
id = "protein_less"
category = "nutrition"
status = "do"
subject = "weight_kg"
when = "egfr_ml_min_1_73m2 < 30"
action = {en = "Eat less protein", zh = "少吃蛋白质"}
because = ["egfr_ml_min_1_73m2"]
sources = [{paper = "chen2025", where = "kidney", status = "secondary"}]

[[line]]
id = "walk"
category = "exercise"
status = "do"
subject = "strength_training"
when = "gait_speed_m_s < 0.8"
action = {en = "Train walking", zh = "练走路"}
sources = [{paper = "chen2020", where = "exercise", status = "checked"}]
"""

REVIEW = """
[default]
paper = "myosteon_review"
where = "made up"
status = "unchecked"

[[drug]]
id = "zoledronate"
[[drug]]
id = "raloxifene"

[[step]]
id = "kidney"
title = {en = "Kidney", zh = "肾功能"}
question = {en = "Made up?", zh = "虚构？"}
must_have_seen = [{any = ["egfr_ml_min_1_73m2"], when = "dialysis is not None and dialysis"}]
guards = ["zoledronate"]

[[finding]]
id = "light"
step = "kidney"
when = "weight_kg < 40"
severity = "order"
text = {en = "Weighs {weight_kg} kg", zh = "体重{weight_kg} kg"}
"""


@cache
def care_sets() -> tuple[CareSet, ...]:
    """The made-up care file, read like a real one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "made_up.toml"
        file.write_text(FILE, encoding="utf-8")
        return (read_care(file),)


@cache
def review() -> Review:
    """A made-up safety review, read like the real one: it asks only of people on dialysis."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "review.toml"
        file.write_text(REVIEW, encoding="utf-8")
        return read_review(file)


@cache
def graph() -> Graph:
    """Every rule but those of care, and the made-up ones."""
    rules = tuple(make_assessor(risk=True, strata=True).graph.rules.values())
    kinds: dict[str, FactKind] = {"bool": "yes_no", "category": "word", "float": "number", "int": "number"}
    facts = {
        name: Fact(name, kinds[measure.type], measure.words)
        for name, measure in load_measures().items()
        if measure.type in kinds
    }
    facts |= {rule.name: fact for rule in rules if (fact := fact_of(rule))}
    return make_graph((*rules, *care_rules(care_sets(), facts, review())), load_measures())


def maker(language: Language = "en", clinic: Clinic | None = None) -> PlanMaker:
    """Makes plans of the made-up lines, on a day that stays the same."""
    return PlanMaker(graph(), care_sets(), clinic or clinic_of_tier(3), AS_OF, language, review())


def plans(
    people: list[dict[str, object]], language: Language = "en", clinic: Clinic | None = None
) -> list[Plan]:
    """The plans of made-up people; what is not said of them is unknown."""
    made = maker(language, clinic)
    dtypes = {name: canonical_dtype(measure) for name, measure in load_measures().items()}
    schema = {name: dtypes[name] for name in sorted({name for person in people for name in person})}
    frame = pl.DataFrame(people, schema=schema)
    plan = make_plan(graph(), made.columns(), dtypes)
    kept = [name for name in made.measures() if name in schema]
    return list(made.plans(plan.run_polars(frame.lazy(), list(schema), kept).collect()))


def plan_of(language: Language = "en", clinic: Clinic | None = None, **person: object) -> Plan:
    """The plan of one made-up person."""
    return plans([{"person_id": "0417", **person}], language, clinic)[0]

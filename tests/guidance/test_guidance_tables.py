"""The tables that a safety review reads: complete against the facts, cited row by row, and refused where something is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myosteon.assess import make_assessor
from myosteon.errors import EvidenceError
from myosteon.evidence.guidance_load import (
    conditions,
    load_bone_harming_drugs,
    load_chinese_medicine,
    load_fall_risk_drugs,
    load_interactions,
    read_bone_harming_drugs,
    read_chinese_medicine,
    read_fall_risk_drugs,
    read_interactions,
)
from myosteon.evidence.load import load_readings
from myosteon.evidence.medicines.load import load_guidance_medicines, load_medicines
from myosteon.logic.condition import Fact, FactKind, read_condition
from myosteon.rules.care.library import fact_of
from myosteon.vocabulary.measures import load_measures
from shared import shared_folder

MEMORY = load_readings()["memory"].en
STATUS = {"V": "checked", "V2": "secondary", "S": "unchecked", "M": "unchecked"}


def table_of_the_facts(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the facts on recommendations, without its head."""
    text = (shared_folder() / "facts" / "recommendations.md").read_text(encoding="utf-8")
    part = text.split(heading, 1)[1].split("\n#", 1)[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_every_interaction_of_the_facts_is_there_with_its_mark() -> None:
    rows = table_of_the_facts("### 9.1 Interactions")
    # Oestrogen with tranexamic acid and raloxifene with colestyramine are one row there and two here.
    assert len(load_interactions()) == len(rows) + 1
    by_first = {row[0]: STATUS[row[4].split()[0]] for row in rows}
    pairs = {
        "calcium + levothyroxine": "calcium_levothyroxine",
        "calcium, iron, magnesium, aluminium, zinc + quinolone or tetracycline": "minerals_quinolone_tetracycline",
        "calcium, iron, magnesium, antacid + oral bisphosphonate": "minerals_oral_bisphosphonate",
        "proton-pump inhibitor + oral bisphosphonate": "proton_pump_inhibitor_oral_bisphosphonate",
        "NSAID + oral bisphosphonate": "nsaid_oral_bisphosphonate",
        "NSAID, aminoglycoside, loop diuretic + zoledronate": "kidney_harming_drug_zoledronate",
        "active vitamin D + calcium, thiazide": "active_vitamin_d_calcium_thiazide",
        "digoxin + active vitamin D, teriparatide": "digoxin_calcium_raising_drug",
        "enzyme-inducing antiepileptic + vitamin D": "enzyme_inducer_vitamin_d",
        "glucocorticoid + vitamin D, calcium": "glucocorticoid_calcium_loss",
        "denosumab + calcimimetic, loop diuretic, or CKD": "denosumab_low_calcium",
        "denosumab or romosozumab + other immunosuppressant": "antibody_immunosuppressant",
        "two antiresorptives together": "two_antiresorptives",
        "menatetrenone + warfarin": "menatetrenone_warfarin",
        "oestrogen or raloxifene + tranexamic acid; raloxifene + cholestyramine": "oestrogen_tranexamic_acid",
        "blood-moving Chinese product + anticoagulant or antiplatelet": "chinese_medicine_anticoagulant",
        "Xianling Gubao + liver-toxic drug": "xianling_gubao_liver_toxic_drug",
        "creatine + creatinine-based eGFR": "creatine_egfr",
    }
    assert set(pairs) == set(by_first)
    here = {one.id: one.sources[0].status for one in load_interactions()}
    assert {pairs[pair]: status for pair, status in by_first.items()} == {
        id: here[id] for id in pairs.values()
    }


def test_the_fourteen_classes_of_falls_and_those_asked_of_beside_them() -> None:
    listed = [one.class_id for one in load_fall_risk_drugs() if one.kind == "listed"]
    assert len(listed) == len(table_of_the_facts("### 9.2 Fall-risk")) == 14
    # The counting of classes and this table speak of the same fourteen.
    assert set(listed) == {member.class_id for member in load_medicines().listings["fall_risk"].members}
    assert all(one.source.status == "unchecked" for one in load_fall_risk_drugs())


def test_drugs_that_harm_bone_carry_the_marks_of_the_facts() -> None:
    rows = table_of_the_facts("### 9.3 Classes that harm bone")
    statuses = [STATUS[re.split(r"[ :(]", row[2])[0]] for row in rows]
    here = list(load_bone_harming_drugs())
    counted = {member.class_id for member in load_medicines().listings["bone_harming"].members}
    from_memory = {
        member.class_id for member in load_guidance_medicines().listings["bone_harming_from_memory"].members
    }
    # The facts join three pairs of classes in one row each: here each class has a row.
    assert statuses.count("unchecked") == 11
    assert len(here) == len(rows) + 3
    assert {one.class_id for one in here if one.source.status != "unchecked"} == counted
    assert {one.class_id for one in here if one.source.status == "unchecked"} == {
        *from_memory,
        "checkpoint_inhibitor",
    }


def test_every_pattern_has_a_treatment_and_no_formula_a_dose() -> None:
    medicine = load_chinese_medicine()
    words = set(load_measures()["tcm_pattern"].words) - {"none"}
    assert {one.pattern for one in medicine.patterns} == words
    for pattern in medicine.patterns:
        names = [text for label in (*pattern.formulas, *pattern.products) for text in (label.en, label.zh)]
        assert not any(re.search(r"\d", name) for name in names)
    assert len(medicine.products) == len(table_of_the_facts("### 11.2 Patent medicines"))


def test_only_what_was_read_is_called_checked() -> None:
    medicine = load_chinese_medicine()
    sources = [
        *(source for one in load_interactions() for source in one.sources),
        *(one.source for one in (*load_fall_risk_drugs(), *load_bone_harming_drugs())),
        *(one.source for one in (*medicine.patterns, *medicine.rules)),
        *(source for one in medicine.products for source in one.sources),
    ]
    for source in sources:
        assert source.where_in("en")
        assert source.where_in("zh")
        assert not (MEMORY in source.where and source.status == "checked"), source
    checked = {source.paper.id for source in sources if source.status == "checked"}
    assert checked == {"odonnell2008", "humphrey2023", "nmpa2017_xianling_gubao", "csobmr2022"}


def test_every_condition_speaks_of_facts_that_are_known() -> None:
    kinds: dict[str, FactKind] = {"bool": "yes_no", "category": "word", "float": "number", "int": "number"}
    facts = {
        name: Fact(name, kinds[measure.type], measure.words)
        for name, measure in load_measures().items()
        if measure.type in kinds
    }
    rules = make_assessor(guidance=True).graph.rules.values()
    facts |= {rule.name: fact for rule in rules if (fact := fact_of(rule))}
    assert len(list(conditions())) == 10
    for where, text in conditions():
        assert read_condition(text, facts, where).text == text


INTERACTION = """
[default]
paper = "drug_labels"
where = {en = "interactions", zh = "相互作用"}
status = "unchecked"

[[interaction]]
id = "pair"
label = {en = "one with another", zh = "甲与乙"}
first = {classes = ["iron"], drugs = ["alendronate"]}
second = {classes = ["thyroid_hormone"]}
level = "separate"
consequence = {en = "Less is absorbed.", zh = "吸收减少。"}
action = {en = "Take them apart.", zh = "错开服用。"}
"""


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ('paper = "drug_labels"', "", "pair has no source"),
        ('status = "unchecked"', "", "pair has no status"),
        ('status = "unchecked"', 'status = "sure"', "pair has no status"),
        ('where = {en = "interactions", zh = "相互作用"}', "", "pair does not say where"),
        ('paper = "drug_labels"', 'paper = "nobody"', "names the paper 'nobody'"),
        ('classes = ["iron"]', 'classes = ["irn"]', "'irn' is no class of medicines"),
        ('drugs = ["alendronate"]', 'drugs = ["alendronat"]', "'alendronat' is no word of the measure"),
        ('{classes = ["iron"], drugs = ["alendronate"]}', "{}", "has no first class"),
        ('level = "separate"', 'level = "apart"', "level is one of contraindicated, avoid"),
        (', zh = "吸收减少。"}', "}", "consequence needs English and Chinese"),
        ('level = "separate"', 'level = "separate"\ngrade = 1', "has the key grade, which means nothing"),
        ('level = "separate"', 'level = "separate"\nsources = []', "pair has no source"),
        ("[default]", "[default", "is not valid TOML"),
    ],
)
def test_a_bad_interaction_does_not_load(tmp_path: Path, good: str, bad: str, message: str) -> None:
    assert INTERACTION.count(good) == 1
    file = tmp_path / "broken.toml"
    file.write_text(INTERACTION.replace(good, bad), encoding="utf-8")
    with pytest.raises(EvidenceError, match=message) as refused:
        read_interactions(file)
    assert "broken.toml" in str(refused.value)


def test_a_good_interaction_loads_and_a_second_of_its_name_does_not(tmp_path: Path) -> None:
    file = tmp_path / "good.toml"
    file.write_text(INTERACTION, encoding="utf-8")
    (one,) = read_interactions(file)
    assert (one.first.classes, one.first.drugs, one.level) == (("iron",), ("alendronate",), "separate")
    file.write_text(INTERACTION + INTERACTION[INTERACTION.index("[[interaction]]") :], encoding="utf-8")
    with pytest.raises(EvidenceError, match="two rows of interaction are called pair"):
        read_interactions(file)


def test_other_tables_are_refused_as_well(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('[[class]]\nid = "nitrate"\nkind = "listed"\n', encoding="utf-8")
    with pytest.raises(EvidenceError, match="nitrate has no status"):
        read_fall_risk_drugs(file)
    file.write_text('[[class]]\nid = "nitrat"\nstatus = "unchecked"\n', encoding="utf-8")
    with pytest.raises(EvidenceError, match="'nitrat' is no class of medicines"):
        read_bone_harming_drugs(file)
    file.write_text('[[pattern]]\nid = "yang"\n', encoding="utf-8")
    with pytest.raises(EvidenceError, match="id is one of kidney_yang_deficiency"):
        read_chinese_medicine(file)

"""Which medicines of the list recommendations and the safety review ask for: yes, no, or unknown where a name was not read."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.medicines.load import load_guidance_medicines
from myosteon.evidence.types import Label
from myosteon.logic.rule import SAME, Rule, Template, renamed
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.risk.medications import column_of, takes_medicine

# Name of the corpus -> the class of medicines that answers it.
USES = {
    "uses_active_vitamin_d": "active_vitamin_d",
    "uses_anticholinergic": "anticholinergic",
    "uses_aromatase_inhibitor": "aromatase_inhibitor",
    "uses_benzodiazepine_or_z": "benzodiazepine",
    "uses_digoxin": "digoxin",
    "uses_insulin_or_sulfonylurea": "insulin_or_sulfonylurea",
    "uses_iron": "iron",
    "uses_levothyroxine": "thyroid_hormone",
    "uses_opioid": "opioid",
    "uses_proton_pump_inhibitor": "proton_pump_inhibitor",
    "uses_quinolone_or_tetracycline": "quinolone_or_tetracycline",
    "uses_tcm_bone_patent": "chinese_bone_medicine",
    "uses_thiazide": "thiazide",
    "uses_thiazolidinedione": "thiazolidinedione",
    "uses_xianling_gubao": "xianling_gubao",
}
HEPATOTOXIC, FROM_MEMORY = "hepatotoxic", "bone_harming_from_memory"


@care_criterion
def uses_medicine(taken: Expr) -> Expr:
    """Takes a medicine of the class by the list of medicines; not so only where every item of the list was read."""
    return taken


@care_criterion
def uses_androgen_deprivation(takes_androgen_deprivation: Expr, orchiectomy: Expr) -> Expr:
    """Is deprived of androgens, by a medicine of the list or by removal of the testes."""
    return is_yes(orchiectomy) | takes_androgen_deprivation


@care_criterion
def uses_anticoagulant(takes_anticoagulant: Expr, warfarin: Expr) -> Expr:
    """Takes an anticoagulant by the list of medicines, or warfarin as recorded."""
    return is_yes(warfarin) | takes_anticoagulant


@care_criterion
def uses_calcium_supplement(calcium_supplement: Expr, takes_calcium_supplement: Expr) -> Expr:
    """Takes calcium: where the list of medicines holds it, else as said, else as the list says."""
    listed = takes_calcium_supplement
    return choose([(is_yes(listed), True), (~calcium_supplement.is_null(), calcium_supplement)], listed)


@care_criterion
def uses_hepatotoxic_drug(
    takes_paracetamol: Expr, takes_statin: Expr, liver_tests_abnormal: Expr, *classes: Expr
) -> Expr:
    """Takes a medicine that can harm the liver; a statin counts with abnormal liver tests, and of paracetamol the dose would have to be known."""
    # The list tells no dose: whoever takes paracetamol may take more than 3 g a day, and may not.
    paracetamol = choose([(~takes_paracetamol, False)])
    return any_of([*classes, takes_statin & liver_tests_abnormal, paracetamol])


@care_criterion
def uses_bone_harming_drug_from_memory(*classes: Expr) -> Expr:
    """Takes a medicine of a class that is said from memory only to harm bone: shown, and never decisive."""
    return any_of(classes)


def medicine_in_use_rules() -> Iterator[Rule]:
    """A column for each class of `classes_guidance.toml`, then the names of the corpus."""
    medicines = load_guidance_medicines()
    for one in medicines.classes.values():
        rule = takes_medicine.rule(medicines=one)
        yield renamed(rule, name=column_of(one.id), sentence=_of(rule.sentence, one.label))
    for name, class_id in USES.items():
        yield renamed(uses_medicine.rule(), name=name, inputs=(column_of(class_id),), numbers=(SAME,))
    yield uses_androgen_deprivation.rule()
    yield uses_anticoagulant.rule()
    yield uses_calcium_supplement.rule()
    yield _of_listing(uses_hepatotoxic_drug, HEPATOTOXIC)
    yield _of_listing(uses_bone_harming_drug_from_memory, FROM_MEMORY)


def columns_of_listing(listing: str) -> tuple[str, ...]:
    """The columns of the classes that a listing of `classes_guidance.toml` names."""
    return tuple(column_of(member.class_id) for member in load_guidance_medicines().listings[listing].members)


def _of_listing(template: Template, listing: str) -> Rule:
    rule = template.rule()
    return renamed(rule, inputs=(*rule.inputs, *columns_of_listing(listing)))


def _of(sentence: str, label: Label) -> str:
    return sentence.replace("one of the class", f"one of the class: {label.en}")

"""Every rule of care: what is derived for it, then the gates and lines of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.review_load import load_review
from myosteon.logic.condition import Fact
from myosteon.logic.rule import Rule
from myosteon.rules.care.calcium_and_vitamin_d import calcium_and_vitamin_d_rules
from myosteon.rules.care.drugs import drug_rules
from myosteon.rules.care.exercise import exercise_rules
from myosteon.rules.care.from_conditions import care_rules
from myosteon.rules.care.protein import protein_rules
from myosteon.rules.care.protein_criteria import protein_criteria_rules
from myosteon.rules.care.protein_rows import protein_row_rules


def derived_care_rules(region: str = "") -> tuple[Rule, ...]:
    """Quantities and categories that gates and lines speak of: doses, levels, days until something is due."""
    return (
        *drug_rules(region),
        *protein_criteria_rules(),
        *protein_row_rules(),
        *protein_rules(),
        *calcium_and_vitamin_d_rules(),
        *exercise_rules(),
    )


def all_care_rules(
    rules: Iterable[Rule], measures: Mapping[str, Fact], region: str = "", further: Iterable[Rule] = ()
) -> tuple[Rule, ...]:
    """The rules of care, given every other rule and the measures as facts; limits of labels as they count in a region.

    `further` are facts that gates and lines may also speak of, and that rest on care: medicines in use, counts of them.
    """
    own = (*derived_care_rules(region), *further)
    facts = {**measures, **{rule.name: fact for rule in (*rules, *own) if (fact := fact_of(rule))}}
    return (*own, *care_rules(care_of_region(region), facts, load_review()))


def fact_of(rule: Rule) -> Fact | None:
    """What a condition may say of a rule's column; None for lists."""
    if rule.kind == "list":
        return None
    if rule.kind in ("stage", "category"):
        return Fact(rule.name, "word", rule.levels)
    return Fact(rule.name, "yes_no" if rule.kind == "yes_no" else "number")

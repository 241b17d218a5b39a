"""Which classes of medicines somebody takes, read from the list of medicines: ATC codes and names, English or Chinese.

A class is taken where one item is of it. It is not taken only where every item was read: a name that nobody here knows
may be anything, so it leaves open every class that no other item proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.medicines.load import load_medicines
from myosteon.evidence.medicines.types import MedicineClass, Medicines, ReadingWords
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Decorator, Rule, Template, criterion, renamed
from myosteon.logic.three_valued import Expr, any_of, choose, is_yes
from myosteon.rules.judge import judge
from myosteon.rules.risk.medicine_patterns import (
    BESIDE,
    CODE,
    EVERY_ITEM_KNOWN,
    KNOWN,
    LOCAL,
    SEPARATORS,
    beside_a_name,
    known_anywhere,
    known_in_front,
    local_items,
    may_take,
    takes,
)

GLUCOCORTICOID = "glucocorticoid"
THYROID_HORMONE = "thyroid_hormone"
BONE_HARMING = "bone_harming"
FALL_RISK = "fall_risk"
list_of_names = Decorator("list", "derived")
count = Decorator("number", "criterion")


@list_of_names
def medications_cleaned(medications: Expr, *, words: ReadingWords, glucocorticoids: MedicineClass) -> Expr:
    """The list of medicines in small letters, with creams, drops and inhaled glucocorticoids set aside."""
    bounded = nw.concat_str(nw.lit(";"), medications.str.to_lowercase(), nw.lit(";"))
    parted = bounded.str.replace_all(SEPARATORS, ";")
    return parted.str.replace_all(local_items(words, glucocorticoids), LOCAL)


@list_of_names
def medications_marked(medications_cleaned: Expr, *, words: ReadingWords) -> Expr:
    """The list with a mark in place of each ATC code and known name; the rest stands as it was."""
    marked = medications_cleaned.str.replace_all(CODE, ";" + KNOWN)
    marked = marked.str.replace_all(known_anywhere(words), KNOWN)
    return marked.str.replace_all(known_in_front(words), ";" + KNOWN)


@criterion
def medications_all_read(medications_marked: Expr, *, words: ReadingWords) -> Expr:
    """Every item of the list of medicines is an ATC code or a known name."""
    return medications_marked.str.replace_all(beside_a_name(words), BESIDE).str.contains(EVERY_ITEM_KNOWN)


@criterion
def takes_medicine(
    medications_cleaned: Expr, medications_all_read: Expr, *, medicines: MedicineClass
) -> Expr:
    """The list of medicines holds one of the class; known not to only where every item of the list was read."""
    taken = medications_cleaned.str.contains(takes(medicines))
    possible = may_take(medicines)
    excluded = medications_all_read
    if possible:
        excluded = excluded & ~medications_cleaned.str.contains(possible)
    return choose([(taken, taken), (excluded, ~excluded)])


@criterion
def thyroid_hormone_in_excess(takes_thyroid_hormone: Expr, tsh_miu_l: Expr, *, cutoff: Cutoff) -> Expr:
    """Takes thyroid hormone, and TSH lies below the limit."""
    return takes_thyroid_hormone & judge(tsh_miu_l, cutoff)


@count
def fall_risk_drug_classes_count(*classes: Expr) -> Expr:
    """How many classes that raise the risk of falls are taken; unknown where one of them is unknown."""
    return reduce(add, [taken.cast(nw.Int16) for taken in classes])


@count
def fall_risk_drug_classes_at_least(medications_cleaned: Expr, *classes: Expr) -> Expr:
    """How many classes that raise the risk of falls are known to be taken; unknown where there is no list."""
    known = reduce(add, [is_yes(taken).cast(nw.Int16) for taken in classes])
    return nw.when(~medications_cleaned.is_null()).then(known)


@criterion
def takes_bone_harming_drug(*classes: Expr) -> Expr:
    """The list of medicines holds a drug that harms bone."""
    return any_of(classes)


@criterion
def antidepressant(antidepressant: Expr, takes_antidepressant: Expr) -> Expr:
    """Takes an antidepressant: where the list of medicines holds one, else as said, else as the list says."""
    return _completed(antidepressant, takes_antidepressant)


@criterion
def bone_harming_drug(
    bone_harming_drug: Expr, takes_bone_harming_drug: Expr, glucocorticoid_mg_day: Expr
) -> Expr:
    """Takes a drug that harms bone: a glucocorticoid by its dose, or one of the list of medicines, else as said."""
    return _completed(bone_harming_drug, takes_bone_harming_drug | is_yes(glucocorticoid_mg_day > 0))


def _completed(said: Expr, listed: Expr) -> Expr:
    """A list that holds the medicine weighs more than a no, which may be one that a record left out."""
    return nw.when(is_yes(listed)).then(listed).otherwise(nw.coalesce(said, listed))


def medication_rules() -> Iterator[Rule]:
    """The list as it is read, a column for each class, and what the classes are listed as."""
    medicines = load_medicines()
    words = medicines.words
    yield medications_cleaned.rule(words=words, glucocorticoids=medicines.classes[GLUCOCORTICOID])
    yield medications_marked.rule(words=words)
    yield medications_all_read.rule(words=words)
    for one in medicines.classes.values():
        rule = takes_medicine.rule(medicines=one)
        sentence = rule.sentence.replace("one of the class", f"one of the class: {one.label.en}")
        yield renamed(rule, name=column_of(one.id), sentence=sentence)
    yield thyroid_hormone_in_excess.rule(
        cutoff=load_evidence("cutoffs", "thyroid_hormone_excess").cutoff("thyroid_hormone_in_excess")
    )
    yield _of_classes(takes_bone_harming_drug, _bone_harming_columns(medicines))
    falls = tuple(column_of(member.class_id) for member in medicines.listings[FALL_RISK].members)
    yield _of_classes(fall_risk_drug_classes_count, falls)
    yield _of_classes(fall_risk_drug_classes_at_least, ("medications_cleaned", *falls))
    yield antidepressant.rule()
    yield bone_harming_drug.rule()


def column_of(class_id: str) -> str:
    """The column that says whether a class is taken."""
    return f"takes_{class_id}"


def _bone_harming_columns(medicines: Medicines) -> tuple[str, ...]:
    listed = [member.class_id for member in medicines.listings[BONE_HARMING].members]
    return tuple(
        thyroid_hormone_in_excess.name if one == THYROID_HORMONE else column_of(one) for one in listed
    )


def _of_classes(template: Template, columns: tuple[str, ...]) -> Rule:
    return renamed(template.rule(), inputs=columns)

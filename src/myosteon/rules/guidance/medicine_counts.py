"""How many medicines somebody takes, how many classes of some kind, and which items of the list nobody here can read."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.evidence.medicines.load import load_medicines
from myosteon.evidence.medicines.types import ReadingWords
from myosteon.logic.rule import Decorator, Rule, renamed
from myosteon.logic.three_valued import Expr, any_of
from myosteon.rules.care.decorators import care_criterion, care_number
from myosteon.rules.guidance.counting import count_rules
from myosteon.rules.guidance.medicines_in_use import columns_of_listing
from myosteon.rules.risk.medications import FALL_RISK, column_of
from myosteon.rules.risk.medicine_patterns import (
    BESIDE,
    KNOWN_IN_PART,
    MARKS,
    UNKNOWN_OR_READ,
    beside_a_name,
    nothing_taken,
)

CNS_ACTIVE = "cns_active"
BETWEEN = ";"
SOMETHING = "[^;]"
items_of_a_list = Decorator("list", "care")


@care_number
def medication_count(medications_cleaned: Expr, *, words: ReadingWords) -> Expr:
    """How many medicines the list holds, read or not; none where it says so, unknown where there is no list."""
    items = medications_cleaned.str.replace_all(nothing_taken(words), BETWEEN)
    marks = items.str.replace_all(SOMETHING, "").str.len_chars().cast(nw.Int16())
    # Each item has a mark behind it, and one stands before the first. Separators alone are no list.
    return nw.when(medications_cleaned.str.contains(SOMETHING)).then(marks - 1)


@items_of_a_list
def medications_unrecognised(medications_marked: Expr, *, words: ReadingWords) -> Expr:
    """The items of the list of medicines that are neither an ATC code nor a known name; empty where all were read.

    Of an item that holds a known name too, what is left of it beside that name, doses and forms.
    """
    whole = medications_marked.str.replace_all(KNOWN_IN_PART, "")
    left = medications_marked.str.replace_all(beside_a_name(words), BESIDE).str.replace_all(
        BETWEEN, BETWEEN + BETWEEN
    )
    part = left.str.replace_all(UNKNOWN_OR_READ, "").str.replace_all(MARKS, " ")
    both = nw.concat_str(whole, part)
    named = both.str.replace_all("[; ]*;[; ]*", BETWEEN).str.replace_all("^[; ]+|[; ]+$", "")
    return nw.when(named != "").then(named)


@care_criterion
def uses_cns_active(*classes: Expr) -> Expr:
    """Takes a centrally acting medicine, by the list of medicines."""
    return any_of(classes)


def medicine_count_rules() -> Iterator[Rule]:
    """The rules of this module."""
    medicines = load_medicines()
    yield medication_count.rule(words=medicines.words)
    yield medications_unrecognised.rule(words=medicines.words)
    classes = columns_of_listing(CNS_ACTIVE)
    yield renamed(uses_cns_active.rule(), inputs=classes)
    yield from count_rules("cns_active_count", classes, "of seven classes of centrally acting medicines")
    falls = tuple(column_of(member.class_id) for member in medicines.listings[FALL_RISK].members)
    yield from count_rules("frid_count", falls, "of the classes that raise the risk of falls")

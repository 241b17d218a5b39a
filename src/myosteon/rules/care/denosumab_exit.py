"""Whether denosumab ended and nothing that holds its gain came after it."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr
from myosteon.rules.care.decorators import care_criterion
from myosteon.rules.care.drug_words import ALL_DRUGS, DENOSUMAB, HOLDS_AFTER_DENOSUMAB, NONE

DOES_NOT_HOLD = (NONE, *(drug for drug in ALL_DRUGS if drug not in (*HOLDS_AFTER_DENOSUMAB, DENOSUMAB)))


@care_criterion
def denosumab_unfollowed(denosumab_unfollowed: Expr, drug: Expr, prior_drug: Expr) -> Expr:
    """Denosumab ended and no bisphosphonate or romosozumab came after it: as given, else by the drug in use and the one before."""
    return nw.coalesce(denosumab_unfollowed, (prior_drug == DENOSUMAB) & drug.is_in(list(DOES_NOT_HOLD)))


def denosumab_exit_rules() -> Iterator[Rule]:
    """The rules of this module."""
    yield denosumab_unfollowed.rule()

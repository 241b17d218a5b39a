"""In which order the lines of a plan are read: what cannot wait, then the drug clock, drugs, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from myosteon.evidence.care_types import Category, LineStatus, Urgency
from myosteon.outputs.plan_types import PlanLine

CATEGORIES: tuple[Category, ...] = (
    "drug_clock",
    "drug",
    "referral",
    "test",
    "nutrition",
    "exercise",
    "falls",
    "follow_up",
    "education",
)
STATUSES: tuple[LineStatus, ...] = ("stop", "do", "offer", "refer", "avoid", "check_first")
URGENCIES: tuple[Urgency, ...] = ("urgent", "soon", "routine")


def cannot_wait(line: PlanLine) -> bool:
    """Whether a line stands before all others."""
    return _stands_first(line.status, line.urgency)


def _stands_first(status: LineStatus, urgency: Urgency) -> bool:
    return urgency == "urgent" or status == "stop"


# Every kind of line, in the order of reading; looked up for each line of a cohort.
RANKS: Mapping[tuple[Category, Urgency, LineStatus], int] = {
    kind: place
    for place, kind in enumerate(
        sorted(product(CATEGORIES, URGENCIES, STATUSES), key=lambda kind: not _stands_first(kind[2], kind[1]))
    )
}


def rank(line: PlanLine) -> int:
    """The place of a line, smallest first; among equals what has a day stands first, then the order of the files holds."""
    return 2 * RANKS[line.category, line.urgency, line.status] + (line.due is None)


def most_urgent(urgencies: Iterable[Urgency]) -> Urgency:
    """The most urgent of several; routine where there is none."""
    return min(urgencies, key=URGENCIES.index, default="routine")

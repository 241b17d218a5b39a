"""In which order the lines of a plan are read: what cannot wait, then the drug clock, drugs, and the rest."""

from __future__ import annotations

from collections.abc import Iterable

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
    return line.urgency == "urgent" or line.status == "stop"


def rank(line: PlanLine) -> tuple[int, int, int, int]:
    """The place of a line, smallest first; among equals the order of the files holds."""
    return (
        0 if cannot_wait(line) else 1,
        CATEGORIES.index(line.category),
        STATUSES.index(line.status),
        URGENCIES.index(line.urgency),
    )


def most_urgent(urgencies: Iterable[Urgency]) -> Urgency:
    """The most urgent of several; routine where there is none."""
    return min(urgencies, key=URGENCIES.index, default="routine")

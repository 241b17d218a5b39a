"""In which order the lines of a plan are read: what cannot wait, then the drug clock, drugs, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def disputes_among(lines: Sequence[PlanLine]) -> tuple[tuple[str, ...], ...]:
    """Lines that contradict one another, directly or by a third one, in the order of the plan."""
    groups: list[list[str]] = []
    for line in lines:
        if not line.conflicts_with:
            continue
        near = {line.id, *line.conflicts_with}
        touching = [group for group in groups if near & set(group)]
        joined = [id for group in touching for id in group]
        groups = [group for group in groups if group not in touching]
        groups.append([*joined, *([line.id] if line.id not in joined else [])])
    # A line may name one that comes later, which then joins it; one alone is no dispute.
    return tuple(tuple(group) for group in groups if len(group) > 1)

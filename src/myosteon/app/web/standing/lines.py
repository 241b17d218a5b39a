"""Which lines of the plan stand in the worklist: those of the due list, whatever cannot wait, and when to come again."""

from __future__ import annotations

from functools import cache

from myosteon.app.due_list import FIRST, clock_lines
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import Clinic

# How long each can wait: what stands in the column `urgency`. A worklist reads them one after another.
URGENT_FIRST, URGENT, DATED, AGAIN, SCREENED = range(5)
KINDS = {URGENT_FIRST: "urgent", URGENT: "urgent", DATED: "dated", AGAIN: "again", SCREENED: "screened"}


@cache
def lines_of(clinic: Clinic) -> tuple[Line, ...]:
    """The lines for the people of a clinic, in the order of the care files."""
    known = {line.id for line in clock_lines(clinic.region)}
    lines = (line for one in care_of_region(clinic.region) for line in one.lines)
    return tuple(
        line
        for line in lines
        if clinic.offers(line.part) and (line.id in known or line.urgency == "urgent" or comes_again(line))
    )


def comes_again(line: Line) -> bool:
    """Whether it says after how many days the person is to be seen again."""
    return line.category == "follow_up" and isinstance(line.due, int | float) and line.urgency != "urgent"


def place_of(line: Line) -> int:
    """How long it can wait."""
    if line.urgency == "urgent":
        return URGENT_FIRST if line.id.startswith(FIRST) else URGENT
    return AGAIN if comes_again(line) else DATED

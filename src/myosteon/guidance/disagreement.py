"""When two recommendations disagree. Sets of recommendations are bit masks: bit i stands for the i-th of a question."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.evidence.corpus_types import Record, Relations


def disagree(first: Record, second: Record, exclusive: bool, relations: Relations) -> bool:
    """Whether two recommendations contradict each other.

    Only two different sources can: for and against one action; or, in an exclusive question, for two actions of which
    neither satisfies the other and neither is a mere process. A neutral one never does.
    """
    if first.source == second.source or "neutral" in (first.direction, second.direction):
        return False
    if first.action == second.action:
        return first.direction != second.direction
    if not exclusive or "against" in (first.direction, second.direction):
        return False
    if {first.action, second.action} & relations.rivals_nothing:
        return False
    return not (
        relations.satisfies(first.action, second.action) or relations.satisfies(second.action, first.action)
    )


def rivals(records: Sequence[Record], exclusive: bool, relations: Relations) -> tuple[int, ...]:
    """For each recommendation the mask of those that it disagrees with."""
    return tuple(
        sum(
            1 << place for place, other in enumerate(records) if disagree(record, other, exclusive, relations)
        )
        for record in records
    )


def any_disagree(mask: int, rivals_of: Sequence[int]) -> bool:
    """Whether two of a set disagree."""
    return any(mask >> place & 1 and rivals_of[place] & mask for place in range(len(rivals_of)))

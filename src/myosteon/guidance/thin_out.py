"""What is left of the recommendations that apply once a source has set its general text aside for its specific one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from myosteon.evidence.corpus_types import Record, Relations


def specifics(records: Sequence[Record], relations: Relations) -> tuple[int, ...]:
    """For each recommendation the mask of those that set it aside where both hold."""
    return tuple(
        sum(
            1 << place
            for place, other in enumerate(records)
            if other.id in relations.sets_aside.get(record.id, ())
        )
        for record in records
    )


def thin_out(mask: int, specifics_of: Sequence[int]) -> int:
    """The set without those that another of the set sets aside."""
    return sum(
        1 << place for place, specific in enumerate(specifics_of) if mask >> place & 1 and not specific & mask
    )


def satisfied_by_others(actions: Iterable[str], relations: Relations) -> frozenset[str]:
    """The actions that a narrower one among them satisfies."""
    actions = frozenset(actions)
    return frozenset(
        broader
        for broader in actions
        if any(narrower != broader and relations.satisfies(narrower, broader) for narrower in actions)
    )

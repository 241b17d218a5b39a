"""Cells of fewer than 10 people: which numbers must be left out, and which others would give them away."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.outputs.cohort_summary import BySex, Sex, Share

SMALLEST_SHOWN = 10


def is_small(people: int) -> bool:
    """Whether a count is of 1 to 9 people. Nobody at all gives nobody away."""
    return 0 < people < SMALLEST_SHOWN


def hidden_parts(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which parts of a whole to leave out when the whole itself is shown.

    Small parts go; then, smallest first, as many others as are needed so that those left out are at least two and add
    up to at least 10: otherwise the whole less the rest would tell them.
    """
    hidden = [is_small(count) for count in counts]
    if not any(hidden):
        return tuple(hidden)
    others = sorted(
        (place for place, count in enumerate(counts) if count and not hidden[place]), key=counts.__getitem__
    )
    for place in others:
        gone = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
        if len(gone) > 1 and sum(gone) >= SMALLEST_SHOWN:
            break
        hidden[place] = True
    return tuple(hidden)


def hidden_sexes(by_sex: BySex) -> frozenset[Sex]:
    """For which of everybody, women and men a share is left out.

    A share goes where its yes, open or no holds 1 to 9 people. Everybody less one sex would tell the other, so women
    and men go together.
    """
    hidden: set[Sex] = {sex for sex, share in by_sex.items() if _is_telling(share)}
    if hidden & {"female", "male"}:
        hidden |= {"female", "male"}
    return frozenset(hidden)


def _is_telling(share: Share) -> bool:
    return any(is_small(people) for people in (share.yes, share.open, share.no))

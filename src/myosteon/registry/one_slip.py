"""Whether two words differ by one slip of the hand."""

from __future__ import annotations


def is_one_slip(first: str, second: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two neighbours are changed over; the same word is no slip."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    if len(first) > len(second):
        first, second = second, first
    start = next(
        (place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first)
    )
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    swapped = first[start : start + 2] == second[start : start + 2][::-1]
    return first[start + 1 :] == second[start + 1 :] or (
        swapped and first[start + 2 :] == second[start + 2 :]
    )

"""Tries undecided recommendations as applying or not: does the verdict stay, and if not, on which does it hang?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

# Two to this power of cases are tried; of more undecided recommendations the best read ones are taken.
MOST_UNDECIDED = 8


@dataclass(frozen=True, slots=True)
class Settling:
    """Undecided recommendations (by place) each taken as applying or not, which together fix the verdict."""

    applying: tuple[int, ...]
    not_applying: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What the combinations showed.

    `stays` says whether the verdict is the same in all. `deciding` are the undecided recommendations on which it hangs: once
    these are decided, whichever way, the others do not matter. `settling` are the smallest sets of them that can settle it.
    """

    stays: bool
    deciding: tuple[int, ...] = ()
    settling: tuple[Settling, ...] = ()


def try_all(
    applying: int, undecided: Sequence[int], verdict: Callable[[int], Hashable], settle: bool = True
) -> Tried:
    """Tries the undecided recommendations.

    Args:
        applying: the mask of those that apply for certain.
        undecided: the places of the undecided, the best read first.
        verdict: the verdict where those of a mask apply and no others.
        settle: whether the sets that can settle it are wanted.
    """
    tried = undecided[:MOST_UNDECIDED]
    found = [verdict(applying | _mask(tried, chosen)) for chosen in range(1 << len(tried))]
    if len(set(found)) == 1:
        rest = undecided[MOST_UNDECIDED:]
        changing = [place for place in rest if verdict(applying | 1 << place) != found[0]]
        everything = applying | sum(1 << place for place in undecided)
        if not changing and verdict(everything) == found[0]:
            return Tried(stays=True)
        return Tried(stays=False, deciding=tuple(undecided))
    deciding = [
        bit
        for bit in range(len(tried))
        if any(found[chosen] != found[chosen ^ 1 << bit] for chosen in range(len(found)))
    ]
    # More than can be tried: nothing says that the rest does not matter.
    further = tuple(undecided[MOST_UNDECIDED:])
    settling = tuple(_settling(deciding, found, tried)) if settle and not further else ()
    return Tried(False, (*(tried[bit] for bit in deciding), *further), settling)


def _mask(places: Sequence[int], chosen: int) -> int:
    return sum(1 << place for bit, place in enumerate(places) if chosen >> bit & 1)


def _settling(
    deciding: Sequence[int], found: Sequence[Hashable], places: Sequence[int]
) -> Iterator[Settling]:
    """The smallest sets of decisions after which the rest no longer matters; of all sizes only the smallest that exists."""
    for size in range(1, len(deciding) + 1):
        settled = False
        for bits in combinations(deciding, size):
            asked = sum(1 << bit for bit in bits)
            outcomes: dict[int, set[Hashable]] = {}
            for chosen, verdict in enumerate(found):
                outcomes.setdefault(chosen & asked, set()).add(verdict)
            for chosen, verdicts in outcomes.items():
                if len(verdicts) == 1:
                    settled = True
                    yes = tuple(places[bit] for bit in bits if chosen >> bit & 1)
                    no = tuple(places[bit] for bit in bits if not chosen >> bit & 1)
                    yield Settling(yes, no)
        if settled:
            return

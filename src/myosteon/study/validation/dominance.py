"""Counts pairs fast: the weight of those who stand before a place in one order and below a place in another.

A merge sort is kept with all its levels, so that a bootstrap, which changes only the weights, needs one running sum a level:
n log n for any weights, where comparing everybody with everybody would take n squared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.people import Floats, Places


@dataclass(frozen=True, slots=True)
class _Level:
    """Blocks of one length, each sorted by rank; and for the questions that use one of them where its part begins and ends."""

    order: Places
    asked: Places
    begins: Places
    ends: Places


@dataclass(frozen=True, slots=True)
class Dominance:
    """Answers a fixed list of questions for any weights."""

    levels: tuple[_Level, ...]
    questions: int

    def sums(self, weights: Floats) -> Floats:
        """For each question the weight of those before its place and below its rank; `weights` in the first order."""
        found = np.zeros(self.questions)
        running = np.zeros(len(weights) + 1)
        for level in self.levels:
            np.cumsum(weights[level.order], out=running[1:])
            found[level.asked] += running[level.ends] - running[level.begins]
        return found


def prepare_dominance(ranks: Places, before: Places, below: Places) -> Dominance:
    """Prepares questions "how much weight among the first `before[q]`, with a rank less than `below[q]`".

    Args:
        ranks: rank (0, 1, ...; equal where equal) of each element, in the first order.
        before: how many elements of the first order a question is about.
        below: the rank below which an element counts.
    """
    count = len(ranks)
    span = int(ranks.max(initial=0)) + 2
    levels = []
    for level in range(count.bit_length()):
        asked = np.flatnonzero((before >> level) & 1)
        if not len(asked):
            continue
        block = np.arange(count) >> level
        keys = block * span + ranks
        order = np.argsort(keys, kind="stable")
        # The binary digits of `before` cut the first elements into blocks; this is the block of this digit.
        begins = (before[asked] >> (level + 1)) << (level + 1)
        sought = (begins >> level) * span + np.minimum(below[asked], span - 1)
        levels.append(_Level(order, asked, begins, np.searchsorted(keys[order], sought)))
    return Dominance(tuple(levels), len(before))

"""Follows what is unknown of people down to the measures that are unknown, for all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import numpy as np

from myosteon.outputs.plan_needs import Beneath, Unknowns
from myosteon.outputs.plan_rows import EVERYBODY, Codes, Flags, Places, Rows, Texts, packed


class Trace:
    """The unknown measures beneath listings of facts, as bits: an array of words by rows for each listing."""

    def __init__(self, unknowns: Unknowns, rows: Rows) -> None:
        self._unknowns = unknowns
        self._rows = rows
        self._measures = packed([rows.unknown(name) for name in unknowns.measures], rows.height)
        self._nothing = np.zeros_like(self._measures)
        self._found: dict[str, Codes] = {}

    def bits(self, text: str, places: Places | slice = EVERYBODY) -> Codes:
        """The unknown measures beneath a listing of facts, of some rows; none where all beneath them is known (a refusal)."""
        self._settle(text)
        return self._together(self._unknowns.in_listing(text), places)

    def of(self, column: Texts, where: Flags) -> Codes:
        """The unknown measures beneath a column of listings, of the rows `where`; of others none."""
        if not column.known or not where.any():
            return self._nothing
        found = np.zeros_like(self._measures)
        for text, places in column.places(where):
            found[:, places] = self.bits(text, places)
        return found

    def _settle(self, text: str) -> None:
        """Follows every fact beneath a listing, those first on which others rest."""
        if all(fact in self._found for fact in self._unknowns.in_listing(text).computed):
            return
        rests_on = self._rests_on(text)
        try:
            for fact in list(TopologicalSorter(rests_on).static_order()):
                if fact in rests_on:
                    self._found[fact] = self._follow(fact)
        except CycleError:
            # Facts that rest on one another, if only for different people: followed until nothing more is found.
            self._found |= dict.fromkeys(rests_on, self._nothing)
            while True in [self._grows(fact) for fact in rests_on]:
                pass

    def _rests_on(self, text: str) -> dict[str, tuple[str, ...]]:
        """The facts beneath a listing that were not followed yet, each with those on which it rests."""
        found: dict[str, tuple[str, ...]] = {}
        waiting = list(self._unknowns.in_listing(text).computed)
        while waiting:
            fact = waiting.pop()
            if fact not in found and fact not in self._found:
                found[fact] = tuple(self._below(fact))
                waiting.extend(found[fact])
        return found

    def _below(self, fact: str) -> Iterator[str]:
        beneath = self._unknowns.beneath(fact)
        yield from beneath.computed
        if beneath.needs:
            for text in self._rows.texts(beneath.needs).known.values():
                yield from self._unknowns.in_listing(text).computed

    def _grows(self, fact: str) -> bool:
        before, self._found[fact] = self._found[fact], self._follow(fact)
        return not np.array_equal(before, self._found[fact])

    def _follow(self, fact: str) -> Codes:
        beneath = self._unknowns.beneath(fact)
        found = self._measures & beneath.bits
        for name in beneath.computed:
            found |= self._found[name] * self._rows.unknown(name)
        if not beneath.needs:
            return found
        # Listings are followed anew where facts rest on one another: what they rest on may have grown.
        for text, places in self._rows.texts(beneath.needs).places():
            found[:, places] = self._together(self._unknowns.in_listing(text), places)
        return found

    def _together(self, beneath: Beneath, places: Places | slice) -> Codes:
        """The unknown measures beneath facts that were followed, of some rows."""
        found = self._measures[:, places] & beneath.bits
        for name in beneath.computed:
            found |= self._found[name][:, places]
        return found

"""Section 7 of the facts read once more in plain Python, for people of whom everything is known. Shares nothing with the program.

A record is a mapping with source, action, direction, strength and two conditions as Python text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

Row = Mapping[str, str]
Person = Mapping[str, Any]
WHO = {"sex", "age_years"}


class PlainReading:
    """One question: its records, whether it is exclusive, and the pairs of its relations."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        exclusive: bool,
        narrower: Collection[tuple[str, str]] = (),
        processes: Collection[str] = (),
        aside: Collection[tuple[str, str]] = (),
    ) -> None:
        self.rows = rows
        self.exclusive = exclusive
        self.narrower = narrower
        self.processes = processes
        self.aside = aside

    def verdict(self, person: Person) -> str:
        applying = [row for row in self.rows if self.state(row, person) == "applies"]
        kept = self.thin(applying)
        if not kept:
            return "not_applicable"
        if self.disputed(kept):
            return "disputed"
        for row in self.rows:
            if (
                row not in applying
                and self.disputed(self.thin([*applying, row]))
                and self.by_clinic(row, person)
            ):
                return "resolved_by_facts"
        saying = [row for row in kept if row["direction"] != "neutral"]
        if len({row["source"] for row in saying}) >= 2 or any(row["strength"] == "strong" for row in saying):
            return "agreed"
        return "conditional"

    def positions(self, person: Person) -> set[tuple[str, str]]:
        kept = self.thin([row for row in self.rows if self.state(row, person) == "applies"])
        wanted = {row["action"] for row in kept if row["direction"] == "for"}
        met = {broad for broad in wanted for narrow in wanted if (narrow, broad) in self.narrower}
        return {
            (row["action"], row["direction"])
            for row in kept
            if not (row["direction"] == "for" and row["action"] in met)
        }

    def state(self, row: Row, person: Person) -> str:
        if row["excluded"] and holds(row["excluded"], person):
            return "excluded"
        return "applies" if holds(row["applies"], person) else "does_not_apply"

    def thin(self, rows: Sequence[Row]) -> list[Row]:
        ids = {row["id"] for row in rows}
        gone = {general for general, specific in self.aside if specific in ids}
        return [row for row in rows if row["id"] not in gone]

    def disputed(self, rows: Iterable[Row]) -> bool:
        return any(self.contradict(a, b) for a, b in combinations(list(rows), 2))

    def contradict(self, a: Row, b: Row) -> bool:
        directions = {a["direction"], b["direction"]}
        if a["source"] == b["source"]:
            return False
        if a["action"] == b["action"]:
            return directions == {"for", "against"}
        if not self.exclusive or directions != {"for"}:
            return False
        if a["action"] in self.processes or b["action"] in self.processes:
            return False
        pair = (a["action"], b["action"])
        return pair not in self.narrower and pair[::-1] not in self.narrower

    def by_clinic(self, row: Row, person: Person) -> bool:
        """Whether a clinical fact is to blame: each of the two reasons, where both keep it out, has to have one."""
        reasons = []
        if row["excluded"] and holds(row["excluded"], person):
            reasons.append(row["excluded"])
        if not holds(row["applies"], person):
            reasons.append(row["applies"])
        return all(self.clinical(text, person) for text in reasons)

    def clinical(self, text: str, person: Person) -> bool:
        """The conditions of the tests are flat: statements joined by one kind of word."""
        word = " and " if " and " in text else " or "
        answer = holds(text, person)
        return any(
            holds(part, person) == answer and not any(part.startswith(who) for who in WHO)
            for part in text.split(word)
        )


def holds(text: str, person: Person) -> bool:
    return bool(eval(text, {"__builtins__": {}}, dict(person)))

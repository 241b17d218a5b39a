"""The worked people: made up, each with the plan that the facts ask for, written out before the program was asked.

worked/*.toml
├── person, treatment   what is known; `asked` fills what was asked and answered no (answered_no.toml), `unknown` takes away
├── offer               every drug that may be given, with its dose: nothing else may be offered
├── refer, date         every referral with its urgency, every date
├── gate, protein       what stands before a drug and why; grams a day
├── must, must_not      lines that stand, lines that must not
└── unknown             what the plan waits for
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "worked"
ANSWERED_NO = "answered_no.toml"
TREATMENT_COLUMNS = (
    "person_id",
    "drug",
    "dose",
    "start_date",
    "stop_date",
    "last_dose_date",
    "doses",
    "reason_stopped",
)

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class WorkedPerson:
    """One person, what is known, and what the plan has to be."""

    name: str
    case: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The person_id."""
        return str(self.case["id"])

    @property
    def tier(self) -> int:
        """The tier of care of the clinic."""
        return int(self.case["tier"])

    @property
    def as_of(self) -> date:
        """The day of the plan."""
        day: date = self.case["as_of"]
        return day

    def measures(self) -> dict[str, object]:
        """What is known, by measure; a yes or no as bool."""
        given = dict(self.case["person"])
        unknown = set(given.pop("unknown", ()))
        no = _answered_no() if self.case["asked"] else ()
        return {
            name: value
            for name, value in {**dict.fromkeys(no, False), **given}.items()
            if name not in unknown
        }

    def treatments(self) -> Sequence[Entry]:
        """The courses of bone drugs."""
        return self.case.get("treatment", ())

    def expected(self, kind: str) -> Sequence[Entry]:
        """The entries of one kind: offer, refer, date, gate, must, must_not, unknown."""
        return self.case.get(kind, ())


@lru_cache(maxsize=1)
def _answered_no() -> tuple[str, ...]:
    return tuple(tomllib.loads((FOLDER / ANSWERED_NO).read_text(encoding="utf-8"))["answers"])


@lru_cache(maxsize=1)
def worked_people() -> tuple[WorkedPerson, ...]:
    """All of them, in the order of their files."""
    return tuple(
        WorkedPerson(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("p*.toml"))
    )


def write_people(path: Path, people: Sequence[WorkedPerson]) -> None:
    """Writes a measurements file of one visit each, on the day of the plan."""
    known = {person.id: person.measures() for person in people}
    columns = list(dict.fromkeys(name for measures in known.values() for name in measures))
    rows = [
        {"person_id": person.id, "visit_date": person.as_of.isoformat()}
        | {name: _cell(value) for name, value in known[person.id].items()}
        for person in people
    ]
    _write(path, ("person_id", "visit_date", *columns), rows)


def write_treatments(path: Path, people: Sequence[WorkedPerson]) -> None:
    """Writes the courses of bone drugs."""
    rows = [
        {"person_id": person.id} | {name: _cell(value) for name, value in course.items()}
        for person in people
        for course in person.treatments()
    ]
    _write(path, TREATMENT_COLUMNS, rows)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

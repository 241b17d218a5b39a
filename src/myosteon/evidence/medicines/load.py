"""Reads `classes.toml` and `names.toml`; refuses a class or a listing without a source."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from myosteon.errors import EvidenceError
from myosteon.evidence.load import load_papers, load_readings
from myosteon.evidence.medicines.types import (
    ListedClass,
    MedicineClass,
    MedicineListing,
    Medicines,
    ReadingWords,
)
from myosteon.evidence.types import STATUSES, Label, Source, Status

Table = Mapping[str, Any]
# A letter, two digits, a letter: the third level of the classification.
SHORTEST_CODE = 4
CITED = ("paper", "status", "read_in", "where")


@cache
def load_medicines() -> Medicines:
    """The medicines that ship with the program.

    Raises:
        EvidenceError: a class, a listing or the names have no source or status, or a listing names an unknown class.
    """
    folder = files("myosteon.evidence.medicines")
    tables = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES)
    return read_medicines(*tables)


FILES = ("classes.toml", "names.toml")


def read_medicines(classes: Table, names: Table) -> Medicines:
    """Medicines from parsed TOML; errors as for `load_medicines`."""
    _source(names.get("source", {}), "names")
    known = _Names(names["names"])
    default = {key: value for key, value in classes.get("default", {}).items() if key in CITED}
    read = {row["id"]: _class(row, default, known) for row in classes["class"]}
    listings = {row["id"]: _listing(row, default, read) for row in classes["listing"]}
    words = names["reading"]
    return Medicines(
        read,
        listings,
        ReadingWords(known.all(), *(tuple(words[key]) for key in ("none", "local", "sprayed", "beside"))),
    )


class _Names:
    """The names of medicines with the codes that each may have, in small letters."""

    def __init__(self, table: Table) -> None:
        self.codes: dict[str, set[str]] = {}
        for given, row in table.items():
            for name in (*row["en"], *row["zh"]):
                self.codes.setdefault(name.lower(), set()).update(given.lower().split())

    def all(self) -> tuple[str, ...]:
        """Every name."""
        return tuple(self.codes)

    def always(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The names all of whose codes begin with one of `prefixes`."""
        return self._where(lambda codes: all(code.startswith(prefixes) for code in codes))

    def sometimes(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The names some of whose codes, not all, begin with one of `prefixes`."""
        return self._where(lambda codes: len({code.startswith(prefixes) for code in codes}) > 1)

    def _where(self, fits: Callable[[set[str]], bool]) -> tuple[str, ...]:
        return tuple(name for name, codes in self.codes.items() if fits(codes))


def _class(row: Table, default: Table, names: _Names) -> MedicineClass:
    prefixes = tuple(code.lower() for code in row["prefixes"])
    if not prefixes:
        raise EvidenceError(f"classes.toml: {row['id']} names no code")
    return MedicineClass(
        id=row["id"],
        label=Label(row["label"]["en"], row["label"]["zh"]),
        source=_source({**default, **row}, row["id"]),
        prefixes=prefixes,
        may_contain=tuple(code.lower() for code in row.get("may_contain", ())),
        unfinished=_unfinished(prefixes),
        names=names.always(prefixes),
        possible_names=names.sometimes(prefixes),
    )


def _unfinished(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that end before they tell whether they are of the class; shorter ones are not read as codes at all."""
    shorter = {prefix[:length] for prefix in prefixes for length in range(SHORTEST_CODE, len(prefix))}
    return tuple(sorted(shorter))


def _listing(row: Table, default: Table, classes: Mapping[str, MedicineClass]) -> MedicineListing:
    cited = {**default, **{key: row[key] for key in CITED if key in row}}
    members = []
    for member in row["members"]:
        if member["class"] not in classes:
            raise EvidenceError(f"classes.toml: {row['id']} lists {member['class']}, which is no class")
        given = {**cited, **member}
        if "where" in cited and "read_in" not in member:
            # What stands in a place that was read is not from memory.
            given.pop("read_in", None)
        note = member.get("note")
        source = _source(given, f"{row['id']}, {member['class']}")
        members.append(ListedClass(member["class"], source, note and Label(note["en"], note["zh"])))
    return MedicineListing(row["id"], Label(row["label"]["en"], row["label"]["zh"]), tuple(members))


def _source(row: Table, name: str) -> Source:
    if row.get("paper") not in load_papers():
        raise EvidenceError(f"medicines: {name} has no source")
    if row.get("status") not in STATUSES:
        raise EvidenceError(f"medicines: {name} has no status (checked, secondary or unchecked)")
    readings = [load_readings()[key] for key in row.get("read_in", ())]
    places = [*([Label(**row["where"])] if "where" in row else []), *readings]
    if not places:
        raise EvidenceError(f"medicines: {name} does not say where it stands")
    return Source(
        load_papers()[row["paper"]],
        "; ".join(place.en for place in places),
        cast(Status, row["status"]),
        "；".join(place.zh for place in places),
    )

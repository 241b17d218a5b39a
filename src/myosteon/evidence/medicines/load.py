"""Reads the files of classes and `names.toml`; refuses a class or a listing without a source."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
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
GUIDANCE_FILES = ("classes_guidance.toml", "names.toml")


@cache
def load_guidance_medicines() -> Medicines:
    """The further classes that recommendations and the safety review of a plan ask for.

    Listings may name classes of `load_medicines` too, which are not among the classes here.

    Raises:
        EvidenceError: as for `load_medicines`, or a class is in both files.
    """
    folder = files("myosteon.evidence.medicines")
    classes, names = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in GUIDANCE_FILES)
    return read_medicines(classes, names, load_medicines().classes)


def read_medicines(
    classes: Table, names: Table, known_classes: Mapping[str, MedicineClass] | None = None
) -> Medicines:
    """Medicines from parsed TOML; errors as for `load_medicines`.

    Args:
        classes: the classes and listings.
        names: names by code, products of Chinese medicine, and words that stand beside names.
        known_classes: classes of another file, that listings may name too.
    """
    _source(names.get("source", {}), "names")
    known = _Names(names["names"], names.get("products", {}))
    default = {key: value for key, value in classes.get("default", {}).items() if key in CITED}
    read = {row["id"]: _class(row, default, known) for row in classes["class"]}
    others = known_classes or {}
    for id in read.keys() & others.keys():
        raise EvidenceError(f"medicines: the class {id} is in two files")
    listings = {row["id"]: _listing(row, default, {**others, **read}) for row in classes["listing"]}
    words = names["reading"]
    return Medicines(
        read,
        listings,
        ReadingWords(known.all(), *(tuple(words[key]) for key in ("none", "local", "sprayed", "beside"))),
    )


class _Names:
    """The names of medicines with the codes that each may have, in small letters; products have none."""

    def __init__(self, table: Table, products: Table) -> None:
        self.codes: dict[str, set[str]] = {}
        self._rows: list[tuple[str, ...]] = []
        for given, row in table.items():
            self._add(row, given.lower().split())
        for row in products.values():
            self._add(row, ())
        self._products = {id: (*row["en"], *row["zh"]) for id, row in products.items()}

    def _add(self, row: Table, codes: Iterable[str]) -> None:
        names = tuple(name.lower() for name in (*row["en"], *row["zh"]))
        self._rows.append(names)
        for name in names:
            self.codes.setdefault(name, set()).update(codes)

    def all(self) -> tuple[str, ...]:
        """Every name."""
        return tuple(self.codes)

    def always(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The names all of whose codes begin with one of `prefixes`."""
        return self._where(lambda codes: bool(codes) and all(code.startswith(prefixes) for code in codes))

    def sometimes(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The names some of whose codes, not all, begin with one of `prefixes`."""
        return self._where(lambda codes: len({code.startswith(prefixes) for code in codes}) > 1)

    def any_of(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The names some code of which begins with one of `prefixes`."""
        return self._where(lambda codes: any(code.startswith(prefixes) for code in codes))

    def of_the_entry(self, name: str) -> tuple[str, ...]:
        """A name with those that stand beside it; KeyError where there is none."""
        found = [row for row in self._rows if name.lower() in row]
        if not found:
            raise KeyError(name)
        return tuple(dict.fromkeys(one for row in found for one in row))

    def of_the_product(self, product: str) -> tuple[str, ...]:
        """The names of a product of Chinese medicine; KeyError where there is none."""
        return tuple(name.lower() for name in self._products[product])

    def _where(self, fits: Callable[[set[str]], bool]) -> tuple[str, ...]:
        return tuple(name for name, codes in self.codes.items() if fits(codes))


def _class(row: Table, default: Table, names: _Names) -> MedicineClass:
    prefixes = tuple(code.lower() for code in row.get("prefixes", ()))
    may_contain = tuple(code.lower() for code in row.get("may_contain", ()))
    try:
        named = [name for given in row.get("names", ()) for name in names.of_the_entry(given)]
        named += [name for product in row.get("products", ()) for name in names.of_the_product(product)]
    except KeyError as missing:
        raise EvidenceError(f"medicines: {row['id']} names {missing}, which names.toml lacks") from missing
    if not prefixes and not named:
        raise EvidenceError(f"classes.toml: {row['id']} names no code")
    always = tuple(dict.fromkeys((*names.always(prefixes), *named)))
    possible = dict.fromkeys((*names.sometimes(prefixes), *names.any_of(may_contain)))
    return MedicineClass(
        id=row["id"],
        label=Label(row["label"]["en"], row["label"]["zh"]),
        source=_source({**default, **row}, row["id"]),
        prefixes=prefixes,
        may_contain=may_contain,
        unfinished=_unfinished(prefixes),
        names=always,
        possible_names=tuple(name for name in possible if name not in always),
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
            raise EvidenceError(f"medicines: {row['id']} lists {member['class']}, which is no class")
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

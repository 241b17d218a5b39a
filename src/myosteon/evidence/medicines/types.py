"""The shapes of what is known of medicines: names, classes, and what classes are listed as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.evidence.types import Label, Source


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """Medicines that act alike.

    A code that begins with one of `prefixes`, or a text with one of `names`, is of the class; one that begins with one of
    `may_contain`, or has one of `possible_names`, may be. `^` before a name: it counts only where an item begins with it.
    A code of `unfinished` ends before it tells. Codes and names are in small letters.
    """

    id: str
    label: Label
    source: Source
    prefixes: tuple[str, ...]
    may_contain: tuple[str, ...]
    unfinished: tuple[str, ...]
    names: tuple[str, ...]
    possible_names: tuple[str, ...]

    @property
    def numbers(self) -> tuple[object, ...]:
        """What decides who takes one: codes and names, without the source."""
        return (self.prefixes, self.may_contain, self.unfinished, self.names, self.possible_names)


@dataclass(frozen=True, slots=True)
class ListedClass:
    """A class as a publication lists it."""

    class_id: str
    source: Source
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class MedicineListing:
    """Classes that a publication names together, such as drugs that raise the risk of falls."""

    id: str
    label: Label
    members: tuple[ListedClass, ...]


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """What may stand in a list of medicines beside names, in small letters.

    `names` are all that are known; `none` says that nothing is taken; `local` and `sprayed` tell a form; `beside` are salts,
    forms and doses.
    """

    names: tuple[str, ...]
    none: tuple[str, ...]
    local: tuple[str, ...]
    sprayed: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Medicines:
    """Everything known of medicines. The mappings are shared: read them, do not change them."""

    classes: Mapping[str, MedicineClass]
    listings: Mapping[str, MedicineListing]
    words: ReadingWords

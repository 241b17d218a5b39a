"""What can go wrong with the registry. No message holds a value of a person.

RegistryError
├── NotThere             nothing has that identifier
├── Conflict             somebody else saved the same thing since it was opened; nothing was overwritten
├── IdentifierTaken      another person of the clinic has that identifier
├── ReasonMissing        a correction has to say why
├── StepNotAllowed       a referral cannot go from where it stands to there
├── NotEmpty             an import of everything needs an empty registry
├── BackupUnusable       a backup or an export is damaged, incomplete or of another make
└── DatabaseTrouble      the database itself; the write was not done
    ├── DatabaseGone     it is not there, or does not answer
    ├── DatabaseFull     there is no room left
    ├── DatabaseReadOnly it may be read and not written
    ├── DatabaseBusy     others hold it for too long; the same may be tried again
    └── DatabaseOld      its tables are not those of this program
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from myosteon.errors import MyosteonError


class RegistryError(MyosteonError):
    """Base of what the registry raises on purpose."""


@dataclass(eq=False)
class NotThere(RegistryError):
    """Nothing of that kind has the identifier."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.id}"


@dataclass(eq=False)
class Conflict(RegistryError):
    """The thing was saved by somebody else since it was opened; the new entry was not written.

    Attributes:
        kind: what it is: person, visit, treatment, fracture, organisation, referral.
        id: its identifier.
        seen: the number of the entry that the editor had seen.
        current: the thing as it stands now, in the type that its room's `read_...` gives; its `number` is the one to build on.
        later: the entries that the editor had not seen, in order.
    """

    kind: str
    id: str
    seen: int
    current: object
    later: Sequence[object]

    def __str__(self) -> str:
        return f"the {self.kind} {self.id} was changed since entry {self.seen}; nothing was overwritten"


@dataclass(eq=False)
class IdentifierTaken(RegistryError):
    """Another person of the same clinic has the identifier; `person_id` is who."""

    person_id: str

    def __str__(self) -> str:
        return "another person of this clinic has that identifier"


class ReasonMissing(RegistryError):
    """A correction, or a change of a finished visit, says why it is made."""


@dataclass(eq=False)
class StepNotAllowed(RegistryError):
    """A referral cannot take that step from where it stands, or not from that clinic."""

    state: str
    step: str

    def __str__(self) -> str:
        return f"a referral that is {self.state} cannot be {self.step} here"


class NotEmpty(RegistryError):
    """Everything can only be brought into an empty registry."""


class BackupUnusable(RegistryError):
    """A backup or an export is damaged, incomplete, or of another make."""


class DatabaseTrouble(RegistryError):
    """The database did not do what was asked; what was being saved is not saved, all that was saved before is."""


class DatabaseGone(DatabaseTrouble):
    """The database is not there or does not answer."""


class DatabaseFull(DatabaseTrouble):
    """There is no room left where the database lies."""


class DatabaseReadOnly(DatabaseTrouble):
    """The database may be read and not written."""


class DatabaseBusy(DatabaseTrouble):
    """Others hold the database for too long; the same may be tried again."""


class DatabaseOld(DatabaseTrouble):
    """The tables are not those of this program; `migrate` makes them so."""

"""Everything that Myosteon raises on purpose.

    MyosteonError
    ├── InputError            data that a person or a program gave cannot be used as given
    │   ├── FileUnreadable    the file cannot be opened, or is not what its name says
    │   ├── ColumnError       a column is missing, doubled, or named twice for one measure
    │   └── ValueRefused      a value is impossible, or a word that the measure does not know
    ├── EvidenceError         a data file of the program lacks a source, or contradicts itself
    ├── RuleError             the rules do not form a graph: a cycle, an unknown input, a name taken twice
    └── MissingPart           an optional part of the program is not installed

Every message says what was given, why it cannot be used, and what to do. A value of a patient stands only in
`InputError` and its children, which are shown to the person who gave the file and are never logged.
"""

from __future__ import annotations


class MyosteonError(Exception):
    """Base of everything that this package raises on purpose."""


class InputError(MyosteonError):
    """What was given cannot be used as it is; the message names the remedy."""


class FileUnreadable(InputError):
    """A file cannot be opened, is empty, or is not of the kind that its name says."""


class ColumnError(InputError):
    """A column is missing, stands there twice, or two columns give one measure."""


class ValueRefused(InputError):
    """A value is impossible or is not a word of its measure."""


class EvidenceError(MyosteonError):
    """An evidence or vocabulary file contradicts itself or has a number without a source."""


class RuleError(MyosteonError):
    """The rules do not form a graph: a cycle, an unknown input or a name taken twice."""


class MissingPart(MyosteonError):
    """An optional part is not installed; the message gives the one command that installs it."""

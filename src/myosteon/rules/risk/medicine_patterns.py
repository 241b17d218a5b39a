"""Regular expressions that read a list of medicines: of the kind that Polars, DuckDB and Spark all know (no look-around).

They are made for text in small letters in which `;` stands before and behind every item and no space beside it. Most are
a mere choice of words: that is searched for at the speed of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from myosteon.evidence.medicines.types import MedicineClass, ReadingWords

SEPARATORS = "[ \u3000]*[;；][ \u3000;；]*"
# Take the place of an item that is not systemic, of what is known by name or code, and of what may stand beside a name.
LOCAL = "local"
KNOWN = "✓"
BESIDE = "~"
# What stands beside a name in any language: doses, brackets, signs.
SIGNS = "[ 0-9./,%×+()（）*-]"
# An item that begins with a code of four characters or more: letter, two digits, letter, letter, two digits.
CODE = ";[a-v][0-9][0-9][a-z](?:[a-z](?:[0-9][0-9])?)?"
# An item of which something is known, whatever else stands in it.
KNOWN_IN_PART = f";[^;]*{KNOWN}[^;]*"
# Items of which nothing is known or nothing is left, where every `;` between items stands twice.
UNKNOWN_OR_READ = f";(?:[^;{KNOWN}]+|[{KNOWN}{BESIDE}]+);"
MARKS = f"[{KNOWN}{BESIDE}]+"
EVERY_ITEM_KNOWN = f"^(?:;{BESIDE}*{KNOWN}[{KNOWN}{BESIDE}]*)+;$"


def takes(medicines: MedicineClass) -> str:
    """Finds an item of the class."""
    return _any(chain((";" + code for code in medicines.prefixes), map(_placed, medicines.names)))


def may_take(medicines: MedicineClass) -> str:
    """Finds an item that may be of the class: a combination, a code that ends too early, a name that leaves it open."""
    return _any(
        chain(
            (";" + code for code in medicines.may_contain),
            (f";{code};" for code in medicines.unfinished),
            map(_placed, medicines.possible_names),
        )
    )


def known_in_front(words: ReadingWords) -> str:
    """Finds what is known only where an item begins with it, with the `;` before it: some names, and words for nothing."""
    names = (name.removeprefix("^") for name in words.names if name.startswith("^"))
    return ";(?:" + _any(map(re.escape, _longest_first((*names, *words.none, LOCAL)))) + ")"


def known_anywhere(words: ReadingWords) -> str:
    """Finds any other known name."""
    names = (name for name in words.names if not name.startswith("^"))
    return _any(map(re.escape, _longest_first(names)))


def beside_a_name(words: ReadingWords) -> str:
    """Finds a salt, a form or a dose."""
    return SIGNS + "|" + _any(map(re.escape, _longest_first(words.beside)))


def local_items(words: ReadingWords, glucocorticoids: MedicineClass) -> str:
    """Finds whole items that are of no systemic class: creams and eye drops; glucocorticoids that are sprayed or inhaled."""
    local, sprayed = (_any(map(re.escape, forms)) for forms in (words.local, words.sprayed))
    steroids = (*glucocorticoids.names, *glucocorticoids.possible_names)
    steroid = _any(re.escape(name.removeprefix("^")) for name in steroids)
    both = f"(?:{sprayed})[^;]*(?:{steroid})|(?:{steroid})[^;]*(?:{sprayed})"
    return f"[^;]*(?:{local}|{both})[^;]*"


def nothing_taken(words: ReadingWords) -> str:
    """Finds a whole item that says that nothing is taken, with the `;` on both sides."""
    return ";(?:" + _any(map(re.escape, _longest_first(words.none))) + ");"


def _longest_first(names: Iterable[str]) -> list[str]:
    """Of two that begin alike the longer has to stand first."""
    return sorted(names, key=lambda name: (-len(name), name))


def _placed(name: str) -> str:
    return ";" + re.escape(name[1:]) if name.startswith("^") else re.escape(name)


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)

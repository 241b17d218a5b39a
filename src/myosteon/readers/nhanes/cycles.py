"""The two-year cycles of NHANES and the endings of their file names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from myosteon.errors import InputError


@dataclass(frozen=True, slots=True)
class Cycle:
    """One two-year cycle: name (`2013-2014`), ending of its files (`_H`, none for 1999-2000), top age."""

    name: str
    ending: str
    top_age: int
    """Everybody of this age or older is released with this age."""

    @property
    def first_year(self) -> int:
        """The first calendar year of the cycle."""
        return int(self.name[:4])

    def table(self, file: str) -> str:
        """The CDC's name of `file` in this cycle: `BMX` is `BMX_H` in 2013-2014."""
        return file + self.ending


def _all_cycles() -> tuple[Cycle, ...]:
    endings = ("", "_B", "_C", "_D", "_E", "_F", "_G", "_H", "_I", "_J")
    years = range(1999, 2019, 2)
    # Ages are released up to 85 until 2005-2006 and up to 80 from 2007-2008.
    return tuple(
        Cycle(f"{year}-{year + 1}", ending, 85 if year < 2007 else 80)
        for year, ending in zip(years, endings, strict=True)
    )


CYCLES = _all_cycles()
FIRST_FOUR_YEARS = ("1999-2000", "2001-2002")


def cycles_named(names: Sequence[str]) -> tuple[Cycle, ...]:
    """The cycles of these names, in order of time.

    Raises `InputError` for a name that is not a cycle, a name given twice, and an empty list.
    """
    by_name = {cycle.name: cycle for cycle in CYCLES}
    for name in names:
        if name not in by_name:
            raise InputError(f"{name!r} is not an NHANES cycle. Give one or more of: {', '.join(by_name)}.")
    if len(set(names)) < len(names):
        raise InputError(
            f"A cycle stands twice in {', '.join(names)}: its people would count twice. Name each once."
        )
    if not names:
        raise InputError(f"No cycle was asked for. Give one or more of: {', '.join(by_name)}.")
    return tuple(cycle for cycle in CYCLES if cycle.name in names)


def cycles_between(years: str) -> tuple[str, ...]:
    """The names of the cycles inside `years`: `1999-2002` is 1999-2000 and 2001-2002."""
    first, last = (int(year) for year in years.split("-"))
    return tuple(cycle.name for cycle in CYCLES if first <= cycle.first_year and cycle.first_year + 1 <= last)

"""Units and the only conversion factors of the program, from `vocabulary/units.toml`.

A conversion is one multiplication or division, so that it works alike on numbers and on Polars or Narwhals
expressions. Units are written in UCUM.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import isfinite
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from myosteon.errors import EvidenceError, InputError

STATUSES = ("checked", "secondary", "unchecked")
_KEYS = {"from", "to", "multiply", "divide", "measures", "source", "status"}


class Scalable(Protocol):
    """Anything that can be multiplied and divided by a number: a number, a series, an expression."""

    def __mul__(self, factor: float, /) -> Any: ...
    def __truediv__(self, divisor: float, /) -> Any: ...


Quantity = TypeVar("Quantity", bound=Scalable)


@dataclass(frozen=True, slots=True)
class Conversion:
    """From one unit to another; `measures` empty = for every measure.

    The number is kept as its source prints it: `divides` says that it is a divisor.
    """

    from_unit: str
    to_unit: str
    factor: float
    divides: bool
    measures: tuple[str, ...]
    source: str
    status: str

    def apply(self, quantity: Quantity) -> Quantity:
        """`quantity` in the other unit; null stays null."""
        return cast(Quantity, quantity / self.factor if self.divides else quantity * self.factor)

    def inverse(self) -> Conversion:
        """The way back."""
        return Conversion(
            self.to_unit,
            self.from_unit,
            self.factor,
            not self.divides,
            self.measures,
            self.source,
            self.status,
        )


def convert(quantity: Quantity, from_unit: str, to_unit: str, measure: str | None = None) -> Quantity:
    """A number, series or expression in another unit.

    Args:
        quantity: what is in `from_unit`; unknown (null, NaN) stays unknown.
        from_unit, to_unit: UCUM. Equal units give `quantity` back untouched.
        measure: name of the measure; needed where the factor depends on the substance (mg/dL to umol/L).

    Raises:
        InputError: no such conversion is known for that measure.
    """
    if from_unit == to_unit:
        return quantity
    return find_conversion(from_unit, to_unit, measure).apply(quantity)


def find_conversion(from_unit: str, to_unit: str, measure: str | None = None) -> Conversion:
    """The conversion between two different units; one made for `measure` goes before one for all.

    Raises:
        InputError: no such conversion is known for that measure.
    """
    candidates = [
        conversion
        for conversion in load_conversions()
        if (conversion.from_unit, conversion.to_unit) == (from_unit, to_unit)
    ]
    for conversion in candidates:
        if measure in conversion.measures:
            return conversion
    for conversion in candidates:
        if not conversion.measures:
            return conversion
    known = sorted({name for conversion in candidates for name in conversion.measures})
    only = f"; that pair is known only for {', '.join(known)}" if known else ""
    subject = "" if measure is None else f" for {measure}"
    raise InputError(
        f"no conversion from {from_unit} to {to_unit}{subject} is known{only}. "
        f"Give the value in {to_unit}, or in a unit that the list of measures names"
    )


@cache
def load_conversions() -> tuple[Conversion, ...]:
    """Every conversion of `units.toml` and its way back."""
    there = read_conversions(files("myosteon.vocabulary") / "units.toml")
    return there + tuple(conversion.inverse() for conversion in there)


def read_conversions(file: Traversable | Path) -> tuple[Conversion, ...]:
    """Reads a file of `[[conversion]]` tables.

    Raises:
        EvidenceError: a factor has no source or status, a key is unknown, or a pair of units stands
            there twice.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{file.name} is not valid TOML: {error}") from error
    if set(content) != {"conversion"}:
        raise EvidenceError(
            f"{file.name}: only [[conversion]] tables may stand there, found {sorted(content)}"
        )
    conversions = tuple(_conversion(file.name, row) for row in content["conversion"])
    taken: set[tuple[str, str, str]] = set()
    for conversion in conversions:
        for measure in conversion.measures or ("",):
            key = (*sorted((conversion.from_unit, conversion.to_unit)), measure)
            if key in taken:
                raise EvidenceError(
                    f"{file.name}: {conversion.from_unit} to {conversion.to_unit} stands there twice"
                )
            taken.add((key[0], key[1], key[2]))
    return conversions


def _conversion(file: str, row: Mapping[str, Any]) -> Conversion:
    where = f"{file}, {row.get('from')} to {row.get('to')}"
    if unknown := sorted(set(row) - _KEYS):
        raise EvidenceError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(_KEYS))}")
    for key in ("from", "to", "source"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise EvidenceError(
                f"{where}: {key} is missing; a factor without units and a source does not load"
            )
    if row.get("status") not in STATUSES:
        raise EvidenceError(f"{where}: status is none of {', '.join(STATUSES)}")
    if ("multiply" in row) == ("divide" in row):
        raise EvidenceError(f"{where}: give either multiply or divide")
    factor = row.get("multiply", row.get("divide"))
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not isfinite(factor) or factor <= 0:
        raise EvidenceError(f"{where}: {factor!r} is no factor above 0")
    measures = tuple(row.get("measures", ()))
    return Conversion(
        row["from"], row["to"], float(factor), "divide" in row, measures, row["source"], row["status"]
    )

"""A value of a measure as it lies in an entry of a visit: what it is, what was typed, in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from myosteon.errors import ValueRefused
from myosteon.vocabulary.measures import Measure, load_measures

Value = float | int | bool | str | None
# Who and when stand with the person and the visit.
NOT_ENTERED = ("person_id", "visit_date", "sex")


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the unit of the vocabulary (null: withdrawn), the text as typed and the unit that it was typed in.

    `typed` and `unit` are None where nobody typed it: it came from a file. A date is text, year-month-day.
    """

    value: Value
    typed: str | None = None
    unit: str | None = None


WITHDRAWN = Measured(None)


def write_measures(measures: Mapping[str, Measured]) -> dict[str, Any]:
    """Measures as an entry keeps them.

    Raises:
        ValueRefused: a name that the vocabulary does not have, or a value that its measure cannot have.
    """
    return {name: write_measured(name, measured) for name, measured in measures.items()}


def write_measured(name: str, measured: Measured) -> Any:
    """One measure as an entry keeps it."""
    known = load_measures().get(name)
    if known is None or name in NOT_ENTERED:
        raise ValueRefused(f"{name} is no measure of a visit")
    if measured.value is not None:
        _refuse_impossible(known, measured.value)
    if measured.typed is None and measured.unit is None:
        return measured.value
    return {"value": measured.value, "typed": measured.typed, "unit": measured.unit}


def read_measures(kept: Mapping[str, Any]) -> dict[str, Measured]:
    """The measures of an entry."""
    return {
        name: Measured(one["value"], one["typed"], one["unit"]) if isinstance(one, dict) else Measured(one)
        for name, one in kept.items()
    }


def value_of(kept: Any) -> Value:
    """The value alone."""
    value: Value = kept["value"] if isinstance(kept, dict) else kept
    return value


def _refuse_impossible(measure: Measure, value: Value) -> None:
    if not _fits(measure, value):
        raise ValueRefused(f"{measure.name} cannot have the value that it was given")


def _fits(measure: Measure, value: Value) -> bool:
    if measure.type == "bool":
        return isinstance(value, bool)
    if measure.is_number:
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and (measure.type == "float" or value == int(value))
            and (measure.hard_min is None or measure.hard_min <= value)
            and (measure.hard_max is None or value <= measure.hard_max)
        )
    if not isinstance(value, str):
        return False
    if measure.type == "category":
        return value in measure.words
    return measure.type != "date" or _is_date(value)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

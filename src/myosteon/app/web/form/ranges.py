"""The units in which a measure can be typed, and its ranges as they are said in each of them."""

from __future__ import annotations

from myosteon.app.web.form.slips import with_minus
from myosteon.readers.wording import show_number
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure


def units_of(measure: Measure) -> tuple[str, ...]:
    """The units in which a measure can be typed, its own first; empty where it has none that people speak of."""
    if measure.unit is None:
        return ()
    others = tuple(other.unit for other in measure.alternative_units)
    return (measure.unit, *(unit for unit in others if unit != measure.unit))


def range_in(measure: Measure, unit: str | None, ends: tuple[float, float]) -> tuple[str, str]:
    """Two ends of a range as people write them in a unit: three figures and no further, never a wider range."""
    if unit is None or measure.unit is None or unit == measure.unit:
        return with_minus(show_number(ends[0])), with_minus(show_number(ends[1]))
    low, high = (convert(end, measure.unit, unit, measure.name) for end in ends)
    return _shown(low, up=True), _shown(high, up=False)


def _shown(number: float, *, up: bool) -> str:
    """Rounded to the inside: whatever is said to be accepted is accepted."""
    places = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    step = 10.0**-places
    rounded = round(number, places)
    if up and rounded < number - step / 1e6:
        rounded += step
    if not up and rounded > number + step / 1e6:
        rounded -= step
    return with_minus(show_number(round(rounded, places)))

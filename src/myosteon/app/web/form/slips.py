"""What was perhaps meant by a number that is impossible: a slip of the unit, the decimal point, the sign or the key.

No medicine: a guess is only ever asked about, and only where it lies in the usual range of the measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from myosteon.app.web.form.wording import tell
from myosteon.readers.quantities import hard_range
from myosteon.readers.wording import Sentence, name_unit, show_number
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure

ONE_PLACE, TWO_PLACES = (10.0, 0.1), (100.0, 0.01)
MOST_SLIPS = 2
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
ONE_COMMA = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)
BESIDE_TEXT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[^\d\s.,<>=/~+-][^\d<>=~]*", re.ASCII)
LETTERS_FOR_DIGITS = str.maketrans(
    {"l": "1", "I": "1", "O": "0", "o": "0", "。": ".", "、": ".", "·": ".", "–": "-", "—": "-"}
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that was perhaps meant: the number and its unit (UCUM), and how to say it."""

    number: float
    unit: str | None
    said: Sentence


def likely_slips(measure: Measure, text: str, unit: str | None) -> tuple[Slip, ...]:
    """At most two readings of a refused number, the likelier first; none where more would fit just as well.

    Args:
        measure: a number of the vocabulary.
        text: what was typed, in half-width characters.
        unit: the unit that was chosen; None where the measure has none.
    """
    if not NUMBER.fullmatch(text):
        return _usual(measure, ((float(written), unit) for written in _retyped(text)), unit)
    number = float(text)
    low, high = hard_range(measure)
    if low <= _canonical(measure, number, unit) <= high:
        # It is refused for another reason than its size: half a fall is no tenfold slip.
        return ()
    near = [*((number, other) for other in _other_units(measure, unit)), (-number, unit)]
    near += [(_plain(number * power), unit) for power in ONE_PLACE]
    far = [(_plain(number * power), unit) for power in TWO_PLACES]
    return _usual(measure, near, unit) or _usual(measure, far, unit)


def likely_units(measure: Measure, text: str, unit: str | None) -> tuple[Slip, ...]:
    """The other units in which an unusual number would be usual."""
    if not NUMBER.fullmatch(text):
        return ()
    return _usual(measure, ((float(text), other) for other in _other_units(measure, unit)), unit)


def with_minus(number: str) -> str:
    """A number with the true minus, as it is shown."""
    return number.replace("-", "−")


def _usual(
    measure: Measure, readings: Iterable[tuple[float, str | None]], unit: str | None
) -> tuple[Slip, ...]:
    found: dict[float, Slip] = {}
    for number, meant in readings:
        canonical = _canonical(measure, number, meant)
        if _is_usual(measure, canonical):
            said = _say(measure, number, meant, unit, canonical)
            found.setdefault(round(canonical, 6), Slip(number, meant, said))
    return tuple(found.values()) if len(found) <= MOST_SLIPS else ()


def _retyped(text: str) -> Iterator[str]:
    """The same keys as they were perhaps meant."""
    if comma := ONE_COMMA.fullmatch(text):
        yield f"{comma[1]}.{comma[2]}"
        if len(comma[2]) == 3:
            yield f"{comma[1]}{comma[2]}"
    elif beside := BESIDE_TEXT.fullmatch(text):
        yield beside[1]
    else:
        meant = text.translate(LETTERS_FOR_DIGITS).replace("..", ".").replace(" ", "")
        if meant != text and NUMBER.fullmatch(meant):
            yield meant


def _other_units(measure: Measure, unit: str | None) -> Iterator[str]:
    if measure.unit is not None:
        for one in (measure.unit, *(other.unit for other in measure.alternative_units)):
            if one != unit:
                yield one


def _canonical(measure: Measure, number: float, unit: str | None) -> float:
    if unit is None or measure.unit is None or unit == measure.unit:
        return number
    return convert(number, unit, measure.unit, measure.name)


def _is_usual(measure: Measure, canonical: float) -> bool:
    low, high = hard_range(measure)
    if measure.plausible is not None:
        low, high = measure.plausible.min, measure.plausible.max
    # The range comes first: what is not finite is no whole number either.
    return low <= canonical <= high and (measure.type != "int" or canonical == int(canonical))


def _say(measure: Measure, number: float, meant: str | None, unit: str | None, canonical: float) -> Sentence:
    shown = with_minus(show_number(number))
    if meant == unit:
        return Sentence(shown, shown)
    if meant == measure.unit:
        return Sentence(shown, shown) + name_unit(meant)
    own, whole = name_unit(measure.unit), with_minus(f"{canonical:.4g}")
    return tell("guess.in_unit", number=shown, unit=name_unit(meant), canonical=whole, own=own)


def _plain(number: float) -> float:
    """Without the dust of binary fractions: 15.1 times 10 is 151."""
    return round(number, 9)

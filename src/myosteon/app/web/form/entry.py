"""What was typed into a field becomes the value of its measure, by the code that reads files.

Two things are read more kindly than in a file, because a keyboard makes them by itself: full-width characters (１７．５) and the
true minus sign (−2.5). That they were is said. Nothing else is guessed: a likely slip is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

from myosteon.app.web.form.ranges import range_in, units_of
from myosteon.app.web.form.slips import Slip, likely_slips, likely_units, with_minus
from myosteon.app.web.form.wording import one_after_another, tell
from myosteon.readers.cells import ColumnPlan
from myosteon.readers.columns import UsedColumn
from myosteon.readers.hints import diagnose
from myosteon.readers.quantities import hard_range
from myosteon.readers.values import plan_column
from myosteon.readers.wording import NOTHING, Sentence, name_unit
from myosteon.vocabulary.measures import Measure

Value = float | int | str | bool | None
State = Literal["unknown", "taken", "unusual", "refused"]

OTHER_POINT = "。"
# Signs that no keyboard writes; a database may not be able to keep them.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LINE = re.compile(r"[;；]?\s*[\r\n]+\s*")
LONGEST_TEXT = 4000
"""Characters of a list of medicines or codes; longer ones are refused, not cut."""

# Full-width forms of the ASCII signs lie one block higher; a keyboard for Chinese writes them unasked.
KEYBOARD = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
# Kinds of refusal of the readers that the form says in the words of another.
KINDS_ALIKE = {
    "impossible_converted": "impossible",
    "unknown_word_near": "unknown_word",
    "sex_code": "unknown_word",
    "not_a_value": "unknown_word",
    "full_width_digits": "not_a_number",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as it came: what was typed, in which unit (UCUM; None = that of the measure), and whether an unusual value is to be kept."""

    measure: Measure
    text: str
    unit: str | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What became of it.

    Attributes:
        typed: the field as it came.
        state: `unknown` (left empty), `taken`, `unusual` (possible, but to be measured again unless it is kept), `refused`.
        value: the canonical value; None where it is unknown or refused.
        said: what to tell whoever typed it; empty where there is nothing to tell.
        slips: what was perhaps meant, where the value was refused.
    """

    typed: Typed
    state: State
    value: Value
    said: Sentence = NOTHING
    slips: tuple[Slip, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether it can be saved: not refused, and kept where it is unusual."""
        return self.state in ("unknown", "taken") or (self.state == "unusual" and self.typed.keep)


def read_fields(fields: Sequence[Typed]) -> list[Read]:
    """What became of each field, in their order; no field bears on another."""
    readable = [field for field in fields if _fault(field) is None]
    cells = iter(_read_cells(readable))
    return [
        _refuse(field, fault) if (fault := _fault(field)) else _judge(field, *next(cells)) for field in fields
    ]


def read_field(field: Typed) -> Read:
    """What became of one field."""
    return read_fields([field])[0]


def from_keyboard(text: str) -> str:
    """The text with full-width signs and the true minus as a plain keyboard writes them."""
    return text.translate(KEYBOARD).strip()


def _fault(field: Typed) -> Sentence | None:
    """What keeps a field from being read at all."""
    if len(field.text) > LONGEST_TEXT:
        return tell("refused.too_long", most=LONGEST_TEXT)
    if NO_TEXT.search(field.text):
        return tell("refused.no_text")
    if field.unit is not None and field.unit not in _units_known(field.measure):
        return tell("refused.unknown_unit")
    return None


def _units_known(measure: Measure) -> tuple[str, ...]:
    # The tries of each hand are typed in the units of the dynamometer, which the vocabulary gives for the best of both.
    from_grip = ("[lb_av]", "N") if measure.name in ("grip_left_kg", "grip_right_kg") else ()
    return (*units_of(measure), *from_grip)


def _text_of(field: Typed) -> str:
    """What the readers are given: words people write freely stay as they are; a line of a list is an item of it."""
    if field.measure.type == "list":
        return LINE.sub(";", field.text.strip())
    return field.text.strip() if field.measure.type == "string" else from_keyboard(field.text)


@lru_cache(maxsize=4096)
def _plan(measure: Measure, unit: str | None, place: int) -> ColumnPlan:
    return plan_column(UsedColumn(str(place), measure, unit), pl.String())


def _read_cells(fields: Sequence[Typed]) -> list[tuple[Value, bool, bool]]:
    """Value, refused, unusual of each field: one frame of one row, a column a field."""
    if not fields:
        return []
    asked: dict[str, pl.Expr] = {}
    nothing = pl.lit(None)
    for place, field in enumerate(fields):
        look = _plan(field.measure, _other_unit(field), place).full
        asked[f"value {place}"] = look.value
        asked[f"refused {place}"] = nothing if look.refused is None else look.refused
        asked[f"unusual {place}"] = nothing if look.unusual is None else look.unusual
    row = pl.DataFrame({str(place): [_text_of(field)] for place, field in enumerate(fields)})
    answers = row.select(found.alias(name) for name, found in asked.items()).row(0)
    return [
        (value, bool(refused), bool(unusual))
        for value, refused, unusual in zip(answers[::3], answers[1::3], answers[2::3], strict=True)
    ]


def _other_unit(field: Typed) -> str | None:
    return None if field.unit == field.measure.unit else field.unit


def _judge(field: Typed, value: Value, refused: bool, unusual: bool) -> Read:
    if refused:
        return _diagnose(field)
    if value is None:
        return Read(field, "unknown", None)
    if unusual:
        return Read(field, "unusual", value, _unusual(field))
    return Read(field, "taken", value, _taken(field, value))


def _refuse(field: Typed, reason: Sentence) -> Read:
    return Read(field, "refused", None, one_after_another(reason, tell("refused.unchanged")))


def _diagnose(field: Typed) -> Read:
    measure, text = field.measure, _text_of(field)
    kind = diagnose(UsedColumn(measure.name, measure, _other_unit(field)), text).kind
    kind = KINDS_ALIKE.get(kind, kind)
    parts: dict[str, object] = {"typed": field.text.strip()}
    if kind == "impossible":
        unit = field.unit or measure.unit
        low, high = range_in(measure, unit, hard_range(measure))
        parts |= {"unit": name_unit(unit), "low": low, "high": high}
    slips = likely_slips(measure, text, field.unit or measure.unit) if measure.is_number else ()
    if OTHER_POINT in text and slips:
        kind = "other_point"
    said = one_after_another(tell(f"refused.{kind}", **parts), _ask(slips), tell("refused.unchanged"))
    return Read(field, "refused", None, said, slips)


def _ask(slips: Sequence[Slip]) -> Sentence:
    if not slips:
        return NOTHING
    guesses = [slip.said for slip in slips]
    if len(guesses) == 1:
        return tell("guess.one", guess=guesses[0])
    return tell("guess.two", guess=guesses[0], other=guesses[1])


def _unusual(field: Typed) -> Sentence:
    measure, unit = field.measure, field.unit or field.measure.unit
    assert measure.plausible is not None
    low, high = range_in(measure, unit, (measure.plausible.min, measure.plausible.max))
    text = from_keyboard(field.text)
    asked = tell("unusual.again", typed=with_minus(text), unit=name_unit(unit), low=low, high=high)
    return one_after_another(asked, _ask(likely_units(measure, text, unit)))


def _taken(field: Typed, value: Value) -> Sentence:
    """A number that was read or converted is told as it is kept."""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return NOTHING
    text = from_keyboard(field.text)
    if _other_unit(field) is not None:
        own = name_unit(field.measure.unit)
        return tell("taken.converted", typed=text, unit=name_unit(field.unit), value=f"{value:.4g}", own=own)
    return tell("taken.read_as", value=with_minus(text)) if text != field.text.strip() else NOTHING

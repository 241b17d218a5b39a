"""One measure as an input: what stands in it, what can be chosen, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from myosteon.app.web.form.entry import Read, from_keyboard
from myosteon.app.web.form.questionnaires import Choice
from myosteon.app.web.form.ranges import units_of
from myosteon.app.web.form.show_types import FieldView, Keys, Look, OptionView, UnitView
from myosteon.app.web.form.slips import with_minus
from myosteon.app.web.form.wording import tell
from myosteon.outputs.wording.load import speak
from myosteon.readers.wording import Sentence, name_unit, show_number
from myosteon.readers.words import NO, YES
from myosteon.registry.measured import Measured
from myosteon.units import convert
from myosteon.vocabulary.types import Language, Measure

MOST_WORDS_TO_TAP = 5
YES_WORD, NO_WORD = "yes", "no"
TICKS = ("chair_stand_unable", "walk_unable")
"""Yes is said; what is not ticked is unknown, never no."""


def show_field(
    read: Read,
    language: Language,
    *,
    name: str = "",
    choices: Sequence[Choice] = (),
    last: Mapping[str, str] | None = None,
) -> FieldView:
    """The input of a field as it was read.

    Args:
        read: what became of what stands in it.
        language: `en` or `zh`.
        name: of the input, where it is not that of the measure.
        choices: the answers to tap, where a questionnaire names them.
        last: what each measure was at an earlier visit, in words.
    """
    typed, measure = read.typed, read.typed.measure
    look = _look(measure, choices)
    held = read.state == "unusual"
    return FieldView(
        name=name or measure.name,
        label=measure.label.in_language(language),
        look=look,
        text=typed.text.strip(),
        hint=measure.hint.in_language(language) if measure.hint and not choices else "",
        keys=_keys(measure),
        unit=_only_unit(measure, language),
        units=_units(read, language),
        options=_options(read, look, choices, language),
        problem=_in(read.said, language) if read.state == "refused" else "",
        caution=_in(read.said, language) if held and not typed.keep else "",
        keep=_keep(read, language) if held else "",
        kept=typed.keep,
        told=_in(read.said, language) if read.state == "taken" else "",
        last=(last or {}).get(measure.name, ""),
    )


def in_words(measure: Measure, measured: Measured, language: Language) -> str:
    """A value that is kept, as people read it: "151 cm", "yes", "spring"."""
    value, speech = measured.value, speak(language)
    if isinstance(value, bool):
        return speech.word(YES_WORD if value else NO_WORD)
    if isinstance(value, float | int):
        return speech.quantity(value, measure.unit or "", typed=True)
    if isinstance(value, str) and value in measure.word_labels:
        return measure.word_labels[value].in_language(language)
    return "" if value is None else str(value)


def text_of(measure: Measure, measured: Measured) -> str:
    """What stands in the input of a value that is kept: as it was typed, or as it would be."""
    if measured.value is None:
        return ""
    if isinstance(measured.value, bool):
        return YES_WORD if measured.value else NO_WORD
    if measure.type == "category":
        return str(measured.value)
    if measured.typed is not None:
        return measured.typed
    return show_number(measured.value) if isinstance(measured.value, float | int) else str(measured.value)


def _in(sentence: Sentence, language: Language) -> str:
    return sentence.zh if language == "zh" else sentence.en


def _look(measure: Measure, choices: Sequence[Choice]) -> Look:
    if choices:
        return "choice"
    if measure.type == "bool":
        return "tick" if measure.name in TICKS else "yes_no"
    if measure.type == "category":
        return "words" if len(measure.words) <= MOST_WORDS_TO_TAP else "select"
    if measure.is_number:
        return "number"
    return "lines" if measure.type == "list" else "text"


def _keys(measure: Measure) -> Keys:
    if measure.hard_min is not None and measure.hard_min < 0:
        return "text"
    return "numeric" if measure.type == "int" else "decimal"


def _only_unit(measure: Measure, language: Language) -> str:
    return _in(name_unit(measure.unit), language).strip() if len(units_of(measure)) <= 1 else ""


def _units(read: Read, language: Language) -> tuple[UnitView, ...]:
    measure = read.typed.measure
    own = measure.unit
    units = units_of(measure)
    if len(units) < 2 or own is None:
        return ()
    chosen = read.typed.unit if read.typed.unit in units else own
    return tuple(
        UnitView(
            unit,
            _in(name_unit(unit), language).strip(),
            unit == chosen,
            f"{convert(1.0, unit, own, measure.name):.10g}",
        )
        for unit in units
    )


def _options(read: Read, look: Look, choices: Sequence[Choice], language: Language) -> tuple[OptionView, ...]:
    measure, text = read.typed.measure, from_keyboard(read.typed.text).lower()
    if choices:
        return tuple(
            OptionView(str(c.value), c.label.in_language(language), str(c.value) == text, str(c.value))
            for c in choices
        )
    if look in ("yes_no", "tick"):
        speech = speak(language)
        return tuple(
            OptionView(word, speech.outside(speech.word(word)), text in spellings)
            for word, spellings in ((YES_WORD, YES), (NO_WORD, NO))
        )
    return tuple(
        OptionView(
            word, speak(language).outside(measure.word_labels[word].in_language(language)), word == text
        )
        for word in measure.words
    )


def _keep(read: Read, language: Language) -> str:
    unit = name_unit(read.typed.unit or read.typed.measure.unit)
    text = from_keyboard(read.typed.text) or f"{read.value:.3g}"
    return _in(tell("unusual.keep", typed=with_minus(text), unit=unit), language)

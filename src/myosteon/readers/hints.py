"""Why was this cell refused, and what should one do? Asked only of cells that were refused."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from myosteon.readers.columns import UsedColumn
from myosteon.readers.quantities import DECIMALS_OF_COMPUTED_VALUES, hard_range
from myosteon.readers.values import NOT_A_VALUE
from myosteon.readers.wording import Sentence, name_unit, say_of_refusal, show_number
from myosteon.readers.words import SEX_WORDS
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?inf(?:inity)?", re.ASCII | re.IGNORECASE)
NUMBER_WITH_COMMA = re.compile(r"[+-]?\d+(?:[,，]\d+)+(?:\.\d+)?", re.ASCII)
LIMIT = re.compile(r"[<>≤≥＜＞]=?\s*\d.*")
NUMBER_AND_TEXT = re.compile(r"[+-]?\d+(?:[.,]\d+)?\s*[^\d\s.,<>=/~-][^<>=~]*", re.ASCII)
DASHES = str.maketrans("−–—－", "----")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The kind of a refusal (a section of `wording.toml`) and its two sentences."""

    kind: str
    reason: Sentence
    remedy: Sentence


def diagnose(column: UsedColumn, given: str) -> Diagnosis:
    """Return why a cell was refused and what to do, in both languages."""
    measure = column.measure
    if given == NOT_A_VALUE:
        return word_refusal("not_a_value", measure=measure.name)
    if measure.is_number:
        return _diagnose_number(column, given.strip())
    if measure.type == "bool":
        return word_refusal("not_yes_or_no", measure=measure.name)
    if measure.type == "category":
        return _diagnose_word(measure, given.strip())
    return word_refusal("not_a_date")


def word_refusal(kind: str, **parts: object) -> Diagnosis:
    """Return a diagnosis of one kind with its sentences filled in."""
    return Diagnosis(kind, say_of_refusal(kind, "reason", **parts), say_of_refusal(kind, "remedy", **parts))


def _diagnose_number(column: UsedColumn, given: str) -> Diagnosis:
    measure = column.measure
    if NUMBER.fullmatch(given):
        return _diagnose_readable_number(column, float(given))
    if NUMBER_WITH_COMMA.fullmatch(given):
        return word_refusal("decimal_comma")
    with_hyphen = given.translate(DASHES)
    if with_hyphen != given and NUMBER.fullmatch(with_hyphen):
        return word_refusal("other_minus", suggestion=with_hyphen)
    half_width = unicodedata.normalize("NFKC", given).translate(DASHES).strip()
    if half_width != given and NUMBER.fullmatch(half_width):
        return word_refusal("full_width_digits", suggestion=half_width)
    if LIMIT.fullmatch(given):
        return word_refusal("limit")
    if NUMBER_AND_TEXT.fullmatch(given):
        return word_refusal("unit_in_cell")
    return word_refusal("not_a_number", measure=measure.name)


def _diagnose_readable_number(column: UsedColumn, number: float) -> Diagnosis:
    measure = column.measure
    low, high = hard_range(measure)
    parts = {
        "measure": measure.name,
        "low": show_number(low),
        "high": show_number(high),
        "unit": name_unit(measure.unit),
    }
    if column.unit is not None and measure.unit is not None:
        converted = round(
            convert(number, column.unit, measure.unit, measure.name), DECIMALS_OF_COMPUTED_VALUES
        )
        return word_refusal("impossible_converted", converted=show_number(round(converted, 4)), **parts)
    if low <= number <= high:
        return word_refusal("not_whole", measure=measure.name)
    return word_refusal("impossible", **parts)


def _diagnose_word(measure: Measure, given: str) -> Diagnosis:
    if measure.name == "sex" and NUMBER.fullmatch(given.split(" ", 1)[0]):
        return word_refusal("sex_code")
    spellings = (*measure.words, *(SEX_WORDS if measure.name == "sex" else ()))
    parts = {"measure": measure.name, "words": ", ".join(spellings)}
    near = difflib.get_close_matches(given.lower(), measure.words, n=1, cutoff=0.7)
    if near:
        return word_refusal("unknown_word_near", suggestion=near[0], **parts)
    return word_refusal("unknown_word", **parts)

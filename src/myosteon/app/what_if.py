"""The same person with one thing changed, judged by the same rules: what `explain` of a risk tells of.

All variants go through in one frame. No formula stands here: an answer is what the assessor says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from myosteon.assess import Assessor
from myosteon.evidence.changes import Change, Value, load_changes, load_finer
from myosteon.evidence.types import InputRange, Label
from myosteon.frame import canonical_dtype
from myosteon.outputs.explain_risk_types import Trial
from myosteon.vocabulary.measures import Measure, load_measures

# So many values of an unknown number are tried, ends included: every whole year of a life time.
MOST_VALUES = 71
# Values are tried as people would write them: the wider the range, the fewer decimals.
PLACES = ((20.0, 0), (4.0, 1))
MOST_PLACES = 2
BETWEEN_ITEMS = re.compile(r"[;；]")
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class _Variant:
    id: str
    label: Label | None
    values: Values
    item: str = ""


def try_changes(
    person: pl.DataFrame,
    assessor: Assessor,
    columns: Sequence[str],
    unknown: Sequence[str],
    ranges: Sequence[InputRange] = (),
) -> tuple[Trial, ...]:
    """The answers of a person with one thing changed: what can be changed, and each unknown input in turn.

    Args:
        person: the person's measures, one row of a canonical frame.
        assessor: the rules.
        columns: the columns of the answer, the answer itself first.
        unknown: the inputs that the answer still needs. Of a number up to 71 values over its range are tried.
        ranges: the values that the algorithm was made for; others are not tried.
    """
    read = assessor.graph.measures_read(columns)
    given = {name: value for name, value in person.row(0, named=True).items() if name in read}
    variants = [*_changes(given, read), *_unknowns(given, [name for name in unknown if name in read], ranges)]
    if not variants:
        return ()
    schema = {name: canonical_dtype(measure) for name, measure in load_measures().items() if name in read}
    rows = [{**given, **variant.values} for variant in variants]
    frame = pl.DataFrame(rows, schema=schema)
    results = assessor.plan(tuple(columns)).run_polars(frame.lazy(), list(schema), []).collect()
    return tuple(
        Trial(variant.id, variant.label, dict(variant.values), row, variant.item)
        for variant, row in zip(variants, results.iter_rows(named=True), strict=True)
    )


def _changes(given: Values, read: set[str]) -> Iterator[_Variant]:
    for change in load_changes():
        if _can_be_tried(change, given):
            for values, item in _values_of(change, given):
                told = {name: value for name, value in values.items() if name in read}
                if any(given.get(name) != value for name, value in told.items()):
                    yield _Variant(change.id, change.label, told, item)


def _can_be_tried(change: Change, given: Values) -> bool:
    if change.unless and given.get(change.unless):
        return False
    return not change.where or any(presence.holds(given.get(presence.measure)) for presence in change.where)


def _values_of(change: Change, given: Values) -> Iterator[tuple[Values, str]]:
    if change.sets:
        yield change.sets, ""
    for name, more in change.adds.items():
        measure, value = load_measures()[name], given.get(name)
        if isinstance(value, int | float) and _is_possible(measure, value + more):
            yield {name: value + more}, ""
    written = given.get(change.items) if change.items else None
    items = [item.strip() for item in BETWEEN_ITEMS.split(str(written or "")) if item.strip()]
    for place, item in enumerate(items):
        yield {change.items: ";".join(items[:place] + items[place + 1 :])}, item


def _is_possible(measure: Measure, value: float) -> bool:
    low, high = measure.hard_min, measure.hard_max
    return (low is None or value >= low) and (high is None or value <= high)


def _unknowns(given: Values, unknown: Sequence[str], ranges: Sequence[InputRange]) -> Iterator[_Variant]:
    by_measure = {limits.measure: limits for limits in ranges}
    for name in unknown:
        if given.get(name) is None:
            finer = load_finer().get(name)
            for value in _possible_values(load_measures()[name], by_measure.get(name)):
                if finer is None or finer.agrees(value, given.get(finer.coarser)):
                    yield _Variant(name, None, {name: value})


def _possible_values(measure: Measure, limits: InputRange | None) -> Sequence[Value]:
    """Both answers, every word, or values spread evenly over the usual range; none of a list or a date."""
    if measure.type == "bool":
        return (False, True)
    if measure.type == "category":
        return limits.words if limits and limits.words else measure.words
    return _spread(measure, *_ends(measure, limits)) if measure.is_number else ()


def _ends(measure: Measure, limits: InputRange | None) -> tuple[float, float]:
    """What is usual and what the algorithm was made for, in both of which a value must lie."""
    usual = (
        (measure.plausible.min, measure.plausible.max)
        if measure.plausible
        else (measure.hard_min, measure.hard_max)
    )
    low, high = (float(end) if end is not None else 0.0 for end in usual)
    if limits is not None and limits.low is not None:
        low = max(low, limits.low) if limits.low <= high else limits.low
    if limits is not None and limits.high is not None:
        high = min(high, limits.high) if limits.high >= low else limits.high
    return low, max(low, high)


def _spread(measure: Measure, low: float, high: float) -> Sequence[Value]:
    count = min(MOST_VALUES, int(high - low) + 1) if measure.type == "int" else MOST_VALUES
    step = (high - low) / (count - 1) if count > 1 else 0.0
    values = [low + step * place for place in range(count)]
    if measure.type == "int":
        return list(dict.fromkeys(round(value) for value in values))
    places = next((places for width, places in PLACES if high - low >= width), MOST_PLACES)
    return list(dict.fromkeys(round(value, places) for value in values))

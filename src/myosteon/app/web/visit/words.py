"""What a visit's pages say of the person and of values that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from myosteon.app.web.call import Call
from myosteon.app.web.days import write_day, write_short_day
from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.show_field import in_words
from myosteon.app.web.visit.record import VisitRecord
from myosteon.registry.measured import Measured
from myosteon.vocabulary.measures import load_measures

INSIDE = ("grip_trials", "grip_statistic")
"""What the tries of grip write down about themselves: told with them, not as a line of its own."""


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """One measure as it stands in the visit: its label, its value and what was typed (empty where that says no more)."""

    label: str
    value: str
    typed: str


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """What a visit holds of one step."""

    id: str
    label: str
    values: tuple[WrittenValue, ...]


def kicker(call: Call, record: VisitRecord) -> str:
    """The small line over the title: what it is, who, how old, which day."""
    fields, visit = record.person.fields, record.visit
    return call.say(
        "visit.kicker",
        what=call.say("visit.correction" if record.is_finished else "visit.new"),
        name=fields.name or call.say("visit.no_name"),
        sex=call.say(f"visit.{record.sex}") if record.sex else call.say("visit.sex_unknown"),
        age=age_said(call, record.age),
        day=write_day(visit.day, call.language) if visit.day else call.say("visit.day_unknown"),
    )


def age_said(call: Call, age: float | None) -> str:
    """The age in full years, as people tell it."""
    return call.say("visit.age_unknown") if age is None else call.say("visit.age", years=floor(age))


def last_said(call: Call, record: VisitRecord) -> Mapping[str, str]:
    """What was last known of each measure, in a sentence."""
    measures = load_measures()
    return {
        name: call.say(
            "visit.last_time",
            day=write_short_day(day, call.language),
            value=in_words(measures[name], measured, call.language),
        )
        for name, (day, measured) in record.last_known().items()
        if name in measures
    }


def written(call: Call, record: VisitRecord) -> tuple[WrittenStep, ...]:
    """Everything that the visit holds, step by step; steps without a value are left out."""
    state = record.visit.measures
    steps = []
    for step in load_form().steps.values():
        values = tuple(
            _value(call, measure.name, state[measure.name])
            for measure in step.measures
            if measure.name in state and measure.name not in INSIDE
        )
        if values:
            steps.append(WrittenStep(step.id, step.label.in_language(call.language), values))
    return tuple(steps)


def both_sides(
    call: Call, record: VisitRecord, changes: Mapping[str, Measured]
) -> tuple[tuple[str, str, str], ...]:
    """What stands in the visit now beside what was to be saved: label, there, yours."""
    measures, there = load_measures(), record.visit.measures
    rows = []
    for name, mine in changes.items():
        measure = measures[name]
        now = there.get(name, Measured(None))
        rows.append(
            (
                measure.label.in_language(call.language),
                in_words(measure, now, call.language),
                in_words(measure, mine, call.language),
            )
        )
    return tuple(rows)


def _value(call: Call, name: str, measured: Measured) -> WrittenValue:
    measure = load_measures()[name]
    shown = in_words(measure, measured, call.language)
    typed = (measured.typed or "").strip("; ") if isinstance(measured.value, float | int) else ""
    plain = not typed or typed == f"{measured.value:g}" or isinstance(measured.value, bool)
    unit = f" {measured.unit}" if measured.unit and measured.unit != measure.unit else ""
    return WrittenValue(
        measure.label.in_language(call.language), shown, "" if plain and not unit else f"{typed}{unit}"
    )

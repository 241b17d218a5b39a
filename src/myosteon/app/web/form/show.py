"""A screen of the form as its template needs it, filled with what is kept or with what was just sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from myosteon.app.web.form.entry import Read
from myosteon.app.web.form.parts import KEEP, UNIT, Part
from myosteon.app.web.form.questionnaires import Questionnaire, load_questionnaires
from myosteon.app.web.form.ranges import units_of
from myosteon.app.web.form.show_field import show_field, text_of
from myosteon.app.web.form.show_types import CardView, GroupView, StepLink
from myosteon.app.web.form.submission import Submission
from myosteon.app.web.form.tries import (
    BEST_ONLY,
    FIELD,
    HANDS,
    POSTURE,
    STATISTIC,
    TRIES,
    posture_of,
    tries_of,
    try_name,
)
from myosteon.app.web.form.types import Form, Group, Step
from myosteon.app.web.form.walk import SPEED, TIME, time_of
from myosteon.evidence.clinic import Clinic
from myosteon.registry.measured import Measured
from myosteon.vocabulary.types import Language, Measure

State = Mapping[str, Measured]
INSIDE_GRIP = (*HANDS.values(), "grip_trials", "grip_statistic")
"""Measures that the tries give; they have no input of their own."""


def form_of(state: State, measures: tuple[Measure, ...]) -> dict[str, str]:
    """The fields of a screen as they would be sent unchanged; what is kept though unusual stays kept."""
    form = dict(_plain(state, measures))
    names = {measure.name for measure in measures}
    if "grip_left_kg" in names:
        form |= _tries(state)
    if SPEED in names and (time := time_of(state.get(SPEED))):
        form |= {TIME: time, SPEED: ""}
    return form


def _plain(state: State, measures: tuple[Measure, ...]) -> Iterator[tuple[str, str]]:
    for measure in measures:
        if measure.name in INSIDE_GRIP:
            continue
        kept = state.get(measure.name)
        yield measure.name, "" if kept is None else text_of(measure, kept)
        if kept is not None:
            yield measure.name + KEEP, KEEP
            if kept.unit in units_of(measure):
                yield measure.name + UNIT, kept.unit or ""


def _tries(state: State) -> Iterator[tuple[str, str]]:
    hands = {hand: tries_of(state.get(measure)) for hand, measure in HANDS.items()}
    for hand, tries in hands.items():
        for number, text in zip(TRIES, tries, strict=True):
            yield try_name(hand, number), text
    if any(text for tries in hands.values() for text in tries):
        # The best is taken from the tries, and has no text of its own beside them.
        yield BEST_ONLY, ""
        yield FIELD + KEEP, KEEP
    unit = next((kept.unit for m in HANDS.values() if (kept := state.get(m)) and kept.unit), "")
    yield FIELD + UNIT, unit or ""
    yield POSTURE, posture_of(state.get(STATISTIC))


def show_groups(
    step: Step,
    sent: Submission,
    clinic: Clinic,
    sex: str | None,
    language: Language,
    last: Mapping[str, str],
) -> tuple[GroupView, ...]:
    """The groups of a step that are asked of this person; those that stand open first in the order of the form."""
    opened = step.open_groups(clinic, sex)
    return tuple(
        _group(group, sent.parts.get(group.id, Part()), group in opened, clinic, language, last)
        for group in step.groups
        if group.is_for(sex)
    )


def _group(
    group: Group, part: Part, opened: bool, clinic: Clinic, language: Language, last: Mapping[str, str]
) -> GroupView:
    fields = tuple(show_field(read, language, name=name, last=last) for name, read in _in_order(group, part))
    said = part.said.zh if language == "zh" else part.said.en
    filled = any(field.text for field in fields)
    return GroupView(
        group.id,
        group.kind,
        group.label.in_language(language),
        opened or filled,
        not group.is_measured_at(clinic),
        fields,
        said,
        part.best,
        sum(1 for field in fields if field.text),
    )


def _in_order(group: Group, part: Part) -> Iterator[tuple[str, Read]]:
    """The inputs in the order of the group; those of a tool behind them."""
    order = [measure.name for measure in group.measures]
    place = {name: number for number, name in enumerate(order)}
    yield from sorted(part.fields.items(), key=lambda item: place.get(item[0], len(order)))


def show_cards(
    questionnaire: Questionnaire,
    sent: Submission,
    sex: str | None,
    language: Language,
    last: Mapping[str, str],
) -> tuple[CardView, ...]:
    """The questions that are asked of this person."""
    reads = sent.parts[questionnaire.id].fields
    return tuple(
        CardView(
            card.asks.in_language(language),
            tuple(
                show_field(reads[measure.name], language, choices=card.choices, last=last)
                for measure in card.measures
            ),
        )
        for card in questionnaire.cards_for(sex)
    )


def show_steps(
    form: Form, state: State, clinic: Clinic, sex: str | None, language: Language
) -> tuple[StepLink, ...]:
    """Every step with how much of it is known: of what stands open, and of what was opened besides."""
    return tuple(_link(step, state, clinic, sex, language) for step in form.steps.values())


def _link(step: Step, state: State, clinic: Clinic, sex: str | None, language: Language) -> StepLink:
    opened = step.open_groups(clinic, sex)
    asked = known = 0
    for group in step.groups:
        if group.is_for(sex):
            items = _items(group)
            done = sum(1 for names in items if any(name in state for name in names))
            asked += len(items) if group in opened else done
            known += done
    return StepLink(
        step.id, step.label.in_language(language), step.short.in_language(language), known, asked, step.main
    )


def _items(group: Group) -> list[tuple[str, ...]]:
    """What counts as one thing to know: a test with a tool is one, whatever it writes down."""
    if group.kind in ("grip", "rises", "walk"):
        hearts = tuple(m.name for m in group.measures if m.name not in ("grip_device", "gait_course_m"))
        return [hearts]
    if group.kind == "questions" and group.id in load_questionnaires():
        return [(m.name,) for m in group.measures if not m.name.endswith("_score")]
    return [(measure.name,) for measure in group.measures]

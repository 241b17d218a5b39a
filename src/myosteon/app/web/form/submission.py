"""What a save of one screen says: every field as it was read, what is to be stored, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from myosteon.app.web.form.entry import Read
from myosteon.app.web.form.parts import Part, read_group, read_measures
from myosteon.app.web.form.questionnaires import Questionnaire
from myosteon.app.web.form.tries import read_tries
from myosteon.app.web.form.types import Group, Kind, Step
from myosteon.app.web.form.walk import read_walk
from myosteon.registry.measured import WITHDRAWN, Measured

Form = Mapping[str, str]
State = Mapping[str, Measured]
"""What a visit holds by now, by measure."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent of one screen.

    Attributes:
        parts: what became of each group, by its id.
        settings: what is to be stored, by measure; fields that are refused, or unusual and not kept, are absent.
        held: the fields that were not stored, by the name of the input, in the order of the screen.
    """

    parts: Mapping[str, Part]
    settings: State
    held: Mapping[str, Read]

    def changes(self, now: State) -> State:
        """What differs from what the visit holds; unknown where it was unknown is no change."""
        return {
            name: new for name, new in self.settings.items() if not _is_same(new, now.get(name, WITHDRAWN))
        }

    def after(self, now: State) -> dict[str, object]:
        """The canonical values of the visit as they would be with this save; unknown ones left out."""
        values = {name: setting.value for name, setting in {**now, **self.settings}.items()}
        return {name: value for name, value in values.items() if value is not None}


def read_step(form: Form, step: Step) -> Submission:
    """What was sent of a step."""
    return _submission({group.id: READERS[group.kind](form, group) for group in step.groups})


def read_questionnaire(form: Form, questionnaire: Questionnaire) -> Submission:
    """What was sent of a questionnaire."""
    return _submission({questionnaire.id: read_measures(form, questionnaire.measures)})


def _submission(parts: Mapping[str, Part]) -> Submission:
    fields = {name: read for part in parts.values() for name, read in part.fields.items()}
    return Submission(
        parts,
        {name: setting for part in parts.values() for name, setting in part.settings.items()},
        {name: read for name, read in fields.items() if not read.is_settled},
    )


def _is_same(new: Measured, now: Measured) -> bool:
    """What came from a file was typed by nobody: the same value is no change then."""
    if new.value is None or now.typed is None:
        return new.value == now.value
    return new == now


def _read_grip(form: Form, group: Group) -> Part:
    # A screen without the tool says nothing of it.
    return read_tries(form) if any(name.startswith("grip_") for name in form) else Part()


def _read_walk(form: Form, group: Group) -> Part:
    return read_walk(form)


READERS: Mapping[Kind, Callable[[Form, Group], Part]] = {
    "fields": read_group,
    "rises": read_group,
    "questions": read_group,
    "grip": _read_grip,
    "walk": _read_walk,
}

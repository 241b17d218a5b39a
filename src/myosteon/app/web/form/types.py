"""The shapes of the form: steps of groups of measures, and what nobody types into a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from myosteon.evidence.clinic import Clinic
from myosteon.vocabulary.types import Label, Measure

Kind = Literal["fields", "grip", "rises", "walk", "questions"]
KINDS: tuple[Kind, ...] = ("fields", "grip", "rises", "walk", "questions")


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that stand together on the screen.

    Attributes:
        kind: `fields`, or the tool that measures them: `grip`, `rises`, `walk`, `questions`.
        capability: what a clinic must have to measure them itself; empty: nothing.
        open: whether they stand open at once where the clinic can measure them.
        sex: asked of this sex only; empty: of everybody.
    """

    id: str
    label: Label
    measures: tuple[Measure, ...]
    kind: Kind = "fields"
    capability: str = ""
    open: bool = False
    sex: str = ""

    def is_measured_at(self, clinic: Clinic) -> bool:
        """Whether the clinic can measure it; elsewhere a result from outside can still be typed.

        What asks for no capability by name is measured from the tier of care on that can usually measure one of it.
        """
        if self.capability:
            return clinic.has(self.capability)
        return min(measure.tier for measure in self.measures) <= clinic.tier.id

    def is_for(self, sex: str | None) -> bool:
        """Whether it is asked of people of this sex; where the sex is unknown, every group is."""
        return not self.sex or sex is None or sex == self.sex


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a visit; `main` steps are walked through, the others are opened at will."""

    id: str
    label: Label
    short: Label
    main: bool
    groups: tuple[Group, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure of the step, in the order of the screen."""
        return tuple(measure for group in self.groups for measure in group.measures)

    def open_groups(self, clinic: Clinic, sex: str | None) -> tuple[Group, ...]:
        """The groups that stand open: those that say so, else the first that the clinic can measure."""
        asked = [group for group in self.groups if group.is_for(sex) and group.is_measured_at(clinic)]
        return tuple(group for group in asked if group.open) or tuple(asked[:1])


@dataclass(frozen=True, slots=True)
class NotEntered:
    """Measures that are never typed into a visit, where they come from instead, and why."""

    origin: str
    reason: Label
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form, by the ids of its steps and in their order; `lasting` are measures that a later visit may take over."""

    steps: Mapping[str, Step]
    not_entered: tuple[NotEntered, ...]
    lasting: frozenset[str] = frozenset()

    @property
    def main_steps(self) -> tuple[Step, ...]:
        """The steps that every visit walks through."""
        return tuple(step for step in self.steps.values() if step.main)

    @property
    def further_steps(self) -> tuple[Step, ...]:
        """What can be measured besides."""
        return tuple(step for step in self.steps.values() if not step.main)

    def groups(self) -> Iterator[tuple[Step, Group]]:
        """Every group with its step."""
        for step in self.steps.values():
            for group in step.groups:
                yield step, group

    def step_of(self, measure: str) -> Step | None:
        """The step that asks for a measure; None for what nobody types."""
        for step, group in self.groups():
            if any(one.name == measure for one in group.measures):
                return step
        return None

"""The shapes of the safety review that every plan goes through: steps in a fixed order, what each must have seen, what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from myosteon.evidence.guidance_types import Interaction
from myosteon.evidence.types import Label, Source

# What a finding does: it bars the drugs that it names, it warns, or it asks for something to be done.
Severity = Literal["stop", "warn", "order"]


@dataclass(frozen=True, slots=True)
class MustSee:
    """What a step must have seen: one of `facts` is enough; `when` says of whom it is asked at all (empty = everybody)."""

    facts: tuple[str, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """Something that a step finds where `when` is yes. Its text may name columns in braces. A stop bars the drugs in `blocks`."""

    id: str
    when: str
    severity: Severity
    text: Label
    sources: tuple[Source, ...]
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step. While it has not seen what it must, the drugs that it guards are to be checked first."""

    id: str
    title: Label
    question: Label
    must_have_seen: tuple[MustSee, ...]
    guards: tuple[str, ...]
    findings: tuple[ReviewFinding, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Review:
    """The steps in their order; the medicine classes that each drug with gates is of; pairs that do not go together."""

    steps: tuple[ReviewStep, ...]
    classes_of: Mapping[str, tuple[str, ...]]
    interactions: tuple[Interaction, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the steps in their order."""
        return tuple(step.id for step in self.steps)

    def guarding(self, drug: str) -> tuple[str, ...]:
        """The ids of the steps that guard a drug."""
        return tuple(step.id for step in self.steps if drug in step.guards)

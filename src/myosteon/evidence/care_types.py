"""The shapes of what a plan of care rests on: gates before drugs, and lines of advice. Each carries its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from myosteon.evidence.types import Label, Source

# Why a drug is not given: what its label forbids, what it advises against, what asks for a specialist, what is only a warning.
GateClass = Literal["contraindicated", "not_recommended", "specialist", "warning"]
Category = Literal[
    "nutrition", "exercise", "drug", "drug_clock", "falls", "test", "referral", "follow_up", "education"
]
LineStatus = Literal["do", "offer", "avoid", "check_first", "stop", "refer"]
Urgency = Literal["routine", "soon", "urgent"]
# A part of the plan that a clinic may turn off.
Part = Literal["", "chinese_medicine"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One reason against a drug: `when` is a condition over the person. Only a warning does not block.

    A warning with `must_ask` never bars its drug, but must have been asked: the drug waits while it is unknown. `region`
    names the labels that say so (`EU, HK`); `step` is the step of the safety review that it belongs to; in a region that is not among them the reason has the kind `elsewhere`, where one
    is given.
    """

    drug: str
    id: str
    when: str
    kind: GateClass
    note: Label
    source: Source
    step: str
    region: str = ""
    elsewhere: GateClass | None = None
    must_ask: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the drug may not be offered while it holds, or while it is not known whether it holds."""
        return self.kind != "warning"

    @property
    def forbids(self) -> bool:
        """Whether nobody may offer the drug while it holds, a specialist included."""
        return self.kind in ("contraindicated", "not_recommended")

    @property
    def must_be_known(self) -> bool:
        """Whether the drug waits while it is unknown."""
        return self.blocks or self.must_ask

    def in_region(self, region: str) -> Gate:
        """The reason as it counts in a region; where none is named every label counts in full."""
        named = {word.strip() for word in self.region.split(",")}
        if not region or not self.elsewhere or region in named:
            return self
        return replace(self, kind=self.elsewhere)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan.

    It stands there where `when` is yes and `unless` is no; where that is unknown it is listed as not judged. Texts may name
    number columns in braces. `drug` puts the line behind that drug's gates: the line is there only where the drug is
    allowed. `capability` is what the clinic must have; where it has not, the line becomes a referral. `due` is a column
    of days from the day of the plan, or a number of days. `recommendations` are records of the corpus that say the same;
    a line that `quotes` them says nothing beyond, and is kept out where none of them is about the person. `part` is a part of the
    plan that a clinic may turn off (empty: none).
    """

    id: str
    category: Category
    status: LineStatus
    subject: str
    when: str
    action: Label
    sources: tuple[Source, ...]
    unless: str = ""
    dose: Label | None = None
    reason: Label | None = None
    stop_rule: Label | None = None
    drug: str = ""
    because: tuple[str, ...] = ()
    due: str | float | None = None
    urgency: Urgency = "routine"
    capability: str = ""
    conflicts_with: tuple[str, ...] = ()
    question: str = ""
    recommendations: tuple[str, ...] = ()
    quotes: bool = False
    part: Part = ""


@dataclass(frozen=True, slots=True)
class CareSet:
    """All gates and lines of one file."""

    id: str
    title: Label
    gates: tuple[Gate, ...]
    lines: tuple[Line, ...]
    named_conditions: Mapping[str, str]

    def in_region(self, region: str) -> CareSet:
        """The file as its gates count in a region."""
        return replace(self, gates=tuple(gate.in_region(region) for gate in self.gates))

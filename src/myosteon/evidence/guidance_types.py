"""The shapes of what a safety review reads: interactions, medicines that harm bone or make people fall, Chinese medicine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from myosteon.evidence.types import Label, Source

# What an interaction asks for, the gravest first.
InteractionLevel = Literal["contraindicated", "avoid", "check", "separate"]
# Whether a class is one of the fourteen of STOPPFall, or asked of beside them.
FallRiskKind = Literal["listed", "asked_also"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an interaction: somebody takes one of `classes` (ids of medicine classes), or `drugs` (words of `drug`)."""

    classes: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interaction:
    """Two medicines that do not go together, or one medicine and a state of the person.

    It holds where a medicine of `first` is taken, and one of `second` that is of another class, or `when` is yes (a
    condition over the person). With neither it holds of whoever takes one of `first`.
    """

    id: str
    label: Label
    first: Side
    second: Side
    when: str
    level: InteractionLevel
    consequence: Label
    action: Label
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FallRiskClass:
    """A class of medicines that makes falls likelier; `when` says of whom it is reviewed at all (empty = everybody)."""

    class_id: str
    kind: FallRiskKind
    source: Source
    note: Label | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class BoneHarmingClass:
    """A class of medicines that harms bone; `when` is a condition beside taking it (empty = none)."""

    class_id: str
    source: Source
    note: Label | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class PatternTreatment:
    """How Chinese medicine treats a pattern: its principle, and formulas and patent medicines by name only, never a dose.

    `not_when` is a condition over the person: of whom neither formula nor product is named (empty = everybody may be told).
    `recommendations` are the records of the corpus that say the same.
    """

    pattern: str
    signs: Label
    principle: Label
    formulas: tuple[Label, ...]
    products: tuple[Label, ...]
    cautions: Label | None
    source: Source
    not_when: str = ""
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChineseProduct:
    """A product of Chinese medicine that is recognised by name, and what to watch with it."""

    class_id: str
    product: str
    label: Label
    holds: Label | None
    watch: Label | None
    forbidden_when: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ChineseMedicineRule:
    """A rule that goes for every product."""

    id: str
    text: Label
    source: Source


@dataclass(frozen=True, slots=True)
class ChineseMedicine:
    """Everything known of Chinese medicine for bone."""

    patterns: tuple[PatternTreatment, ...]
    products: tuple[ChineseProduct, ...]
    rules: tuple[ChineseMedicineRule, ...]

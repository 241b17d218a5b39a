"""A risk algorithm: its evidence, the rules that compute it, and the columns that it answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Algorithm:
    """One risk algorithm.

    `columns` are what it answers with, in order: scores, percentages and bands, then `ID_needs` (unknown inputs on which
    the answer depends) and `ID_outside` (inputs outside the range that it was made for; where there is one, no number is given).
    Where it `clamps`, `Settings.clamp_risk_inputs` adds `ID_clamped` (inputs that were replaced by the limit of the range).
    """

    evidence: EvidenceSet
    build: Callable[[Settings], tuple[Rule, ...]]
    columns: tuple[str, ...]
    clamps: bool = False

    def answers(self, settings: Settings) -> tuple[str, ...]:
        """`columns`, and `ID_clamped` where the algorithm can clamp and the settings say that it does."""
        clamped = (f"{self.id}_clamped",) if self.clamps and settings.clamp_risk_inputs else ()
        return (*self.columns, *clamped)

    @property
    def id(self) -> str:
        """The algorithm's id, as in column names."""
        return self.evidence.id

"""A guideline as a plugin: its evidence and the rules built on it.

Our own guidelines and anybody else's are found the same way, by the entry point `myosteon.guidelines`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.formula import Formula
from myosteon.logic.rule import Rule


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices that change how rules read the data. Each is said aloud with the result.

    accept_estimated_mass: a muscle mass estimated from body size is judged by the cut-off made for DXA.
    t_score_reference: where a site has a bone density but no T-score, the T-score by this reference stands in: `nhanes3`
        (Hologic scanners; the maker's reference for the spine) or `china` (women: six cities; men: Changsha). Empty: none does.
    """

    accept_estimated_mass: bool = False
    t_score_reference: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Guideline:
    """One named definition.

    `verdicts` are the columns that it answers with; `things` say which criteria make up strength, mass and performance
    (for comparison and explanation), `stages` the formula of each stage, lowest first.
    """

    evidence: EvidenceSet
    build: Callable[[Settings], tuple[Rule, ...]]
    verdicts: tuple[str, ...]
    stages: Mapping[str, Formula] | None = None

    @property
    def id(self) -> str:
        """The definition's id, as in column names."""
        return self.evidence.id

    @property
    def kind(self) -> str:
        """`sarcopenia`, `osteoporosis`, ..."""
        return self.evidence.kind

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
    clamp_risk_inputs: a value outside the range that a risk algorithm was made for is replaced by the limit of the range.
    t_score_minus_3_very_high: a T-score of exactly -3.0 counts as below -3.0 in the strata whose sources differ in the sign.
    label_region: whose labels limit a drug: `EU`, `HK` or `US`. Empty, or a region whose labels were not read (`CN`): every
        limit counts in full, wherever it was read.
    """

    accept_estimated_mass: bool = False
    t_score_reference: str = ""
    clamp_risk_inputs: bool = False
    t_score_minus_3_very_high: bool = False
    label_region: str = ""


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

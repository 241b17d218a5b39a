"""Bone density by quantitative computed tomography of the spine, by the American College of Radiology."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, category, renamed
from myosteon.logic.three_valued import Expr
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.judge import judge


@category(levels=("normal", "low", "osteoporosis"))
def bone_qct_acr(qct_spine_mg_cm3: Expr, *, osteoporosis: Cutoff, normal: Cutoff) -> FirstTrue:
    """Trabecular bone density of the spine: normal above 120, low from 80 to 120, osteoporosis below 80 mg/cm³."""
    is_normal = judge(qct_spine_mg_cm3, normal)
    return FirstTrue(
        ((judge(qct_spine_mg_cm3, osteoporosis), "osteoporosis"), (is_normal, "normal"), (~is_normal, "low"))
    )


EVIDENCE = load_evidence("cutoffs", "bone_qct_acr")


def _rules(settings: Settings) -> tuple[Rule, ...]:
    rule = bone_qct_acr.rule(
        osteoporosis=EVIDENCE.cutoff("qct_osteoporosis"), normal=EVIDENCE.cutoff("qct_normal")
    )
    return (renamed(rule, definition="bone_qct_acr"),)


GUIDELINE = Guideline(EVIDENCE, _rules, ("bone_qct_acr",))

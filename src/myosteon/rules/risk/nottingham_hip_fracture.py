"""The Nottingham Hip Fracture Score: death within 30 days of a hip fracture, by the equation of 2012 and by that of 2008."""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import DECIMALS, linear
from myosteon.rules.risk.decorators import risk_number
from myosteon.rules.risk.score import additive_score


@risk_number(unit="%")
def nottingham_hip_fracture_percent(nottingham_hip_fracture_score: Expr, *, equation: Coefficients) -> Expr:
    """The risk of dying within 30 days of a hip fracture, from the score by the logistic equation of 2012."""
    odds = linear(equation, {"score": nottingham_hip_fracture_score}).exp()
    return (odds / (odds + nw.lit(1.0)) * 100.0).round(DECIMALS)


@risk_number(unit="%")
def nottingham_hip_fracture_2008_percent(
    nottingham_hip_fracture_score: Expr, *, equation: Coefficients
) -> Expr:
    """The same risk by the equation of 2008, which is too high at high scores."""
    odds = linear(equation, {"score": nottingham_hip_fracture_score}).exp()
    return (odds / (odds + nw.lit(1.0)) * 100.0).round(DECIMALS)


EVIDENCE = load_evidence("risk", "nottingham_hip_fracture")
EQUATIONS = {
    nottingham_hip_fracture_percent: EVIDENCE.coefficients_of("death_30d"),
    nottingham_hip_fracture_2008_percent: EVIDENCE.coefficients_of("death_30d_2008"),
}


def _percentages(_: Settings) -> tuple[Rule, ...]:
    return tuple(template.rule(equation=equation) for template, equation in EQUATIONS.items())


ALGORITHM = additive_score(
    EVIDENCE,
    reads={"fracture_hip": "hip_fracture_on_record"},
    further=_percentages,
    answers=tuple(template.name for template in EQUATIONS),
)

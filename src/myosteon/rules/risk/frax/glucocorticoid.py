"""FRAX asks whether glucocorticoids are taken, not how much: the dose changes the value (Kanis 2011)."""

from __future__ import annotations

from myosteon.evidence.types import Cutoff, EvidenceSet, Points
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import judge, points
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_number
from myosteon.rules.risk.frax.value import CERTAIN

OUTCOMES = ("major", "hip")


@risk_category(levels=("none", "low", "medium", "high"))
def frax_glucocorticoid_dose(glucocorticoid_mg_day: Expr, *, low: Cutoff, high: Cutoff) -> FirstTrue:
    """Prednisone equivalent a day: none, below 2.5 mg, from 2.5 to below 7.5 mg, or 7.5 mg and more."""
    below, above = judge(glucocorticoid_mg_day, low), judge(glucocorticoid_mg_day, high)
    return FirstTrue(
        ((glucocorticoid_mg_day == 0, "none"), (below, "low"), (above, "high"), (~above, "medium"))
    )


@risk_criterion
def frax_lacks_glucocorticoid(glucocorticoid_mg_day: Expr, frax_with_glucocorticoid: Expr) -> Expr:
    """Glucocorticoids are taken, yet FRAX was computed without them: it must be computed again."""
    return (glucocorticoid_mg_day > 0) & ~frax_with_glucocorticoid


@risk_criterion
def frax_glucocorticoid_applies(glucocorticoid_mg_day: Expr, frax_with_glucocorticoid: Expr) -> Expr:
    """Glucocorticoids are taken, and FRAX was computed with them."""
    return (glucocorticoid_mg_day > 0) & frax_with_glucocorticoid


@risk_number
def frax_glucocorticoid_factor(
    frax_glucocorticoid_dose: Expr, frax_age_years: Expr, *, low: Points, high: Points
) -> Expr:
    """Factor for the dose at this age, by the column of the table for the age at or below; 1 at the medium dose."""
    return choose(
        [
            (frax_glucocorticoid_dose == "low", _factor(points(frax_age_years, low))),
            (frax_glucocorticoid_dose == "high", _factor(points(frax_age_years, high))),
            (frax_glucocorticoid_dose == "medium", 1.0),
        ]
    )


def _factor(percent: Expr) -> Expr:
    return (percent + CERTAIN) / CERTAIN


def glucocorticoid_rules(evidence: EvidenceSet) -> tuple[Rule, ...]:
    """The dose, whether the adjustment applies, and its factor for each outcome."""
    low, high = (evidence.cutoff(f"glucocorticoid_{dose}_dose") for dose in ("low", "high"))
    factors = (
        renamed(
            frax_glucocorticoid_factor.rule(
                low=evidence.points_of(f"low_dose_{outcome}"), high=evidence.points_of(f"high_dose_{outcome}")
            ),
            name=f"frax_glucocorticoid_factor_{outcome}",
        )
        for outcome in OUTCOMES
    )
    return (
        frax_glucocorticoid_dose.rule(low=low, high=high),
        frax_lacks_glucocorticoid.rule(),
        frax_glucocorticoid_applies.rule(),
        *factors,
    )

# SPDX-License-Identifier: LGPL-3.0-or-later
"""QFracture-2012 as an algorithm: the risk of any osteoporotic and of hip fracture, its bounds, and its terms.

The percentages are the models' own numbers. The column `display` shows the hip's for any fracture where it is the greater, as the
developers do. Bounds are over what the models were made for: an unknown age is any of 30 to 100.
"""

from __future__ import annotations

from functools import partial

from myosteon.logic.rule import Rule, Template, renamed
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_criterion, risk_number
from myosteon.rules.risk.qfracture2012.fields import COMBINED
from myosteon.rules.risk.qfracture2012.hazards import (
    BOUNDS,
    FRACTURES,
    baseline_rule,
    hazard_rule,
    label_key,
    term_rules,
)
from myosteon.rules.risk.qfracture2012.hazards import USUAL_YEARS as USUAL_YEARS
from myosteon.rules.risk.qfracture2012.hazards import stem_of as stem_of
from myosteon.rules.risk.qfracture2012.inputs import CLAMPED_TEMPLATES, TEMPLATES
from myosteon.rules.risk.qfracture2012.listings import LISTINGS_BY_CLAMP, needs_rule, qfracture2012_clamped
from myosteon.rules.risk.qfracture2012.model import EVIDENCE, OUTCOMES, SEXES, model
from myosteon.rules.risk.qfracture2012.terms import percent


@risk_number(unit="%")
def percent_exact(log_hazard_at_least: Expr, log_hazard_at_most: Expr, qfracture2012_refused: Expr) -> Expr:
    """The risk, in percent; unknown where an input is."""
    known = ~qfracture2012_refused & (log_hazard_at_least == log_hazard_at_most)
    return choose([(known, percent(log_hazard_at_least))])


@risk_number(unit="%")
def percent_bound(log_hazard: Expr, qfracture2012_refused: Expr) -> Expr:
    """The least or the greatest risk that the unknown inputs allow, in percent."""
    return choose([(~qfracture2012_refused, percent(log_hazard))])


@risk_number(unit="%")
def any_display_percent(any_percent: Expr, hip_percent: Expr) -> Expr:
    """The risk to be shown for any fracture, in percent: the hip's where that is the greater."""
    hip_greater = hip_percent > any_percent
    return choose([(hip_greater, hip_percent), (~hip_greater, any_percent)])


@risk_criterion
def any_raised(any_percent: Expr, hip_percent: Expr) -> Expr:
    """The risk of a hip fracture came out greater than that of any fracture, and is shown for both."""
    return hip_percent > any_percent


def qfracture2012_rules(settings: Settings, years: int = USUAL_YEARS) -> tuple[Rule, ...]:
    """Every rule for one horizon of whole years; two horizons share their inputs, so one graph holds one of them.

    Raises:
        RuleError: the models have no such horizon.
    """
    clamp = settings.clamp_risk_inputs
    rules = (
        *(template.rule() for template in (*TEMPLATES, *COMBINED.values())),
        *(template.rule(clamp=clamp) for template in (*CLAMPED_TEMPLATES, *LISTINGS_BY_CLAMP)),
        *((qfracture2012_clamped.rule(),) if clamp else ()),
        needs_rule(),
        *(rule for outcome in OUTCOMES for rule in _rules_of(outcome, years)),
        *_rules_of_both(years),
    )
    return tuple(renamed(rule, evidence=EVIDENCE) for rule in rules)


def _rules_of(outcome: str, years: int) -> tuple[Rule, ...]:
    stem, refused = stem_of(outcome, years), "qfracture2012_refused"
    bounds = {side: f"{stem}_log_hazard_{side}" for side in ("at_least", "at_most")}
    terms = (baseline_rule(outcome, years), *term_rules(outcome, years))
    within = f"The risk of {FRACTURES[outcome]} within {years} years, in percent"
    exact = _named(
        percent_exact, f"{stem}_percent", (*bounds.values(), refused), f"{within}; unknown where an input is."
    )
    return (
        *terms,
        *(hazard_rule(outcome, years, side, name) for side, name in bounds.items()),
        renamed(exact, shown=tuple(rule.name for rule in terms)),
        *(
            _named(
                percent_bound,
                f"{stem}_percent_{side}",
                (name, refused),
                f"{within}: {BOUNDS[side]}.",
            )
            for side, name in bounds.items()
        ),
    )


def _rules_of_both(years: int) -> tuple[Rule, ...]:
    raw = tuple(f"{stem_of(outcome, years)}_percent" for outcome in OUTCOMES)
    stem = stem_of("any", years)
    return (
        _named(any_display_percent, f"{stem}_display_percent", raw),
        _named(any_raised, f"{stem}_raised", raw),
    )


def _named(template: Template, name: str, inputs: tuple[str, ...], sentence: str = "") -> Rule:
    rule = template.rule()
    return renamed(
        rule, name=name, inputs=inputs, template=label_key(name), sentence=sentence or rule.sentence
    )


def qfracture2012(years: int = USUAL_YEARS) -> Algorithm:
    """The algorithm for one horizon of whole years.

    Raises:
        RuleError: the models have no such horizon.
    """
    model(OUTCOMES[0], SEXES[0]).baseline(years)
    sides = ("", "_at_least", "_at_most")
    columns = (
        *(f"{stem_of(outcome, years)}_percent{side}" for outcome in OUTCOMES for side in sides),
        *(f"{stem_of('any', years)}_{shown}" for shown in ("display_percent", "raised")),
        *(f"{EVIDENCE.id}_{said}" for said in ("taken_as_white", "needs", "outside")),
    )
    return Algorithm(EVIDENCE, partial(qfracture2012_rules, years=years), columns, clamps=True)


ALGORITHM = qfracture2012()

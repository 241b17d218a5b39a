"""STEADI: three questions or a questionnaire find who is at risk; walking, rising and standing are tested then."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Done, Expr, any_done, any_of, choose, is_yes, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import judge
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_listing
from myosteon.rules.risk.falls.history import fell_12m
from myosteon.rules.risk.population import Population

EVIDENCE = load_evidence("risk", "fall_risk_steadi")
LEVELS = ("not_at_risk", "at_risk", "at_risk_impaired")


@risk_criterion
def steadi_key_questions(fell_12m: Expr, feels_unsteady: Expr, fear_of_falling: Expr) -> Expr:
    """Fell in the last 12 months, feels unsteady, or worries about falling."""
    return any_of([fell_12m, feels_unsteady, fear_of_falling])


@risk_criterion
def stay_independent_positive(stay_independent_score: Expr, *, cutoff: Cutoff) -> Expr:
    """The Stay Independent questionnaire gives 4 points or more."""
    return judge(stay_independent_score, cutoff)


@risk_criterion
def steadi_screen_positive(steadi_key_questions: Expr, stay_independent_positive: Expr) -> Expr:
    """At risk by the three questions or by the questionnaire, judged on what was asked."""
    return any_done([Done(steadi_key_questions), Done(stay_independent_positive)])


@risk_criterion
def tug_slow_steadi(tug_s: Expr, *, cutoff: Cutoff) -> Expr:
    """Timed up and go takes 12 seconds or more."""
    return judge(tug_s, cutoff)


@risk_criterion
def chair_stands_few(
    chair_stand_30s_count: Expr,
    sex: Expr,
    age_years: Expr,
    chair_rise_arms: Expr,
    chair_stand_unable: Expr,
    *,
    cutoff: Cutoff,
) -> Expr:
    """Fewer chair stands in 30 seconds than usual for sex and age; none count where arms are needed or five rises failed."""
    failed = is_yes(chair_rise_arms) | is_yes(chair_stand_unable)
    return failed | judge(chair_stand_30s_count, cutoff, sex=sex, age_years=age_years)


@risk_criterion
def tandem_short_steadi(
    balance_tandem_s: Expr, balance_semi_tandem_s: Expr, balance_side_by_side_s: Expr, *, cutoff: Cutoff
) -> Expr:
    """The tandem stand, or an easier one before it, is held for less than 10 seconds."""
    easier = [judge(stand, cutoff) for stand in (balance_semi_tandem_s, balance_side_by_side_s)]
    return any_of([is_yes(failed) for failed in easier]) | judge(balance_tandem_s, cutoff)


@risk_criterion
def steadi_problem(
    tug_slow_steadi: Expr,
    chair_stands_few: Expr,
    tandem_short_steadi: Expr,
    walk_unable: Expr,
    chair_stand_30s_count: Expr,
    age_years: Expr,
    *,
    chair_stands: Cutoff,
) -> Expr:
    """A problem of gait, strength or balance, judged on the tests that were done; who cannot walk has one."""
    counted = ~chair_stand_30s_count.is_null() & may_be_yes(age_years < _ages_end(chair_stands))
    return any_done(
        [
            Done(tug_slow_steadi),
            Done(chair_stands_few, counted),
            Done(tandem_short_steadi),
            Done(choose([(walk_unable, True)])),
        ]
    )


def _ages_end(chair_stands: Cutoff) -> float:
    """The age from which no usual range of chair stands was published: a count says nothing there."""
    return max(limit.age_below for limit in chair_stands.limits if limit.age_below is not None)


@risk_category(levels=LEVELS)
def fall_risk_steadi(
    fall_risk_steadi_applies: Expr, steadi_screen_positive: Expr, steadi_problem: Expr
) -> FirstTrue:
    """The highest step of STEADI that is proved: not at risk, at risk, at risk with a problem of gait, strength or balance."""
    applies = fall_risk_steadi_applies
    return FirstTrue(
        (
            (applies & steadi_screen_positive & steadi_problem, "at_risk_impaired"),
            (applies & steadi_screen_positive, "at_risk"),
            (applies & ~steadi_screen_positive, "not_at_risk"),
        )
    )


@risk_category(levels=LEVELS)
def fall_risk_steadi_upto(
    fall_risk_steadi_applies: Expr, steadi_screen_positive: Expr, steadi_problem: Expr
) -> FirstTrue:
    """The highest step of STEADI that is not excluded."""
    applies = fall_risk_steadi_applies
    return FirstTrue(
        (
            (applies & ~steadi_screen_positive, "not_at_risk"),
            (applies & ~steadi_problem, "at_risk"),
            (applies, "at_risk_impaired"),
        )
    )


@risk_listing
def fall_risk_steadi_needs(
    fall_risk_steadi_applies: Expr,
    steadi_screen_positive: Expr,
    steadi_problem: Expr,
    age_years: Expr,
    fell_12m: Expr,
    feels_unsteady: Expr,
    fear_of_falling: Expr,
    stay_independent_score: Expr,
    tug_s: Expr,
    balance_tandem_s: Expr,
    chair_stand_30s_count: Expr,
    sex: Expr,
    *,
    chair_stands: Cutoff,
) -> Listing:
    """The unknown answers on which the step depends: of the questionnaire and the questions one will do, and of the tests one."""
    possible = may_be_yes(fall_risk_steadi_applies)
    screen = possible & steadi_screen_positive.is_null()
    tests = possible & may_be_yes(steadi_screen_positive) & steadi_problem.is_null()
    with_range = tests & may_be_yes(age_years < _ages_end(chair_stands))
    return Listing(
        (
            (age_years.is_null(), ("age_years",)),
            (screen & fell_12m.is_null(), ("falls_12m",)),
            (screen & feels_unsteady.is_null(), ("feels_unsteady",)),
            (screen & fear_of_falling.is_null(), ("fear_of_falling",)),
            (screen & stay_independent_score.is_null(), ("stay_independent_score",)),
            (tests & tug_s.is_null(), ("tug_s",)),
            (tests & balance_tandem_s.is_null(), ("balance_tandem_s",)),
            (with_range & chair_stand_30s_count.is_null(), ("chair_stand_30s_count",)),
            (with_range & sex.is_null(), ("sex",)),
        )
    )


TESTS = (stay_independent_positive, tug_slow_steadi, chair_stands_few, tandem_short_steadi, fell_12m)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    chair_stands = EVIDENCE.cutoff("chair_stands_few")
    screen = renamed(steadi_screen_positive.rule(), evidence=EVIDENCE.finding("steadi_screen_positive"))
    return (
        *Population(EVIDENCE.id, EVIDENCE.ranges, settings, {}).rules(),
        *(template.rule(cutoff=EVIDENCE.cutoff(template.name)) for template in TESTS),
        steadi_key_questions.rule(),
        screen,
        # Its cut-off only tells up to which age a count says something: the criterion is judged by what it reads.
        renamed(steadi_problem.rule(chair_stands=chair_stands), evidence=None),
        fall_risk_steadi.rule(),
        fall_risk_steadi_upto.rule(),
        fall_risk_steadi_needs.rule(chair_stands=chair_stands),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    ("fall_risk_steadi", "fall_risk_steadi_upto", "fall_risk_steadi_needs", "fall_risk_steadi_outside"),
)

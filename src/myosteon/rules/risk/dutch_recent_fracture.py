"""The Dutch recent-fracture tree: five-year risk of a new fracture by an old one, how long ago it was, and bone density."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff, Prediction
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule, criterion
from myosteon.logic.three_valued import Expr, choose, is_yes, may_be_no, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import judge
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_listing, risk_number
from myosteon.rules.risk.population import Population

EVIDENCE = load_evidence("risk", "dutch_recent_fracture")
BY_BAND = {prediction.band: prediction for prediction in EVIDENCE.predictions}
YES, NO = nw.lit(True), nw.lit(False)


@criterion
def past_menopause_or_taken_so(postmenopausal: Expr, taken_as_postmenopausal: Expr) -> Expr:
    """Past the menopause: as recorded; a woman from 50 of whom this is unknown is taken to be."""
    return nw.coalesce(postmenopausal, nw.when(taken_as_postmenopausal).then(YES))


@risk_criterion
def fracture_within_five_years(months_since_last_fracture: Expr, *, cutoff: Cutoff) -> Expr:
    """The last fracture was in the past five years."""
    return judge(months_since_last_fracture, cutoff)


@risk_criterion
def fracture_since_menopause(
    age_at_last_fracture_years: Expr,
    age_at_menopause_years: Expr,
    fracture_since_50: Expr,
    fracture_within_five_years: Expr,
    months_since_last_fracture: Expr,
    any_low_trauma_fracture: Expr,
) -> Expr:
    """Broke a bone since the menopause: by both ages where known; else one after 50, or of the past five years, counts as such."""
    none_on_record = ~any_low_trauma_fracture & months_since_last_fracture.is_null()
    # Nothing after 50, and nothing that is known before: the years between menopause and 50 are left out.
    none_after_50 = ~fracture_since_50 & any_low_trauma_fracture.is_null()
    return nw.coalesce(
        age_at_last_fracture_years >= age_at_menopause_years,
        choose([(fracture_since_50 | fracture_within_five_years, YES)]),
        choose([(none_on_record | none_after_50, NO)]),
    )


@risk_criterion
def t_score_low_for_fracture_tree(t_score_lowest: Expr, *, cutoff: Cutoff) -> Expr:
    """The lowest T-score of spine and hip is below -1.0."""
    return judge(t_score_lowest, cutoff)


@risk_category(levels=tuple(BY_BAND))
def dutch_recent_fracture_band(
    dutch_recent_fracture_applies: Expr,
    fracture_since_menopause: Expr,
    fracture_within_five_years: Expr,
    t_score_low_for_fracture_tree: Expr,
) -> FirstTrue:
    """A fracture in the past five years, an earlier one since the menopause, or none and then bone density."""
    broken = dutch_recent_fracture_applies & fracture_since_menopause
    whole = dutch_recent_fracture_applies & ~fracture_since_menopause
    recent, earlier, low, normal = BY_BAND
    return FirstTrue(
        (
            (broken & fracture_within_five_years, recent),
            (broken & ~fracture_within_five_years, earlier),
            (whole & t_score_low_for_fracture_tree, low),
            (whole & ~t_score_low_for_fracture_tree, normal),
        )
    )


def _figure(band: Expr, figure: Callable[[Prediction], float | None]) -> Expr:
    return choose(
        [
            (band == word, nw.lit(number))
            for word, prediction in BY_BAND.items()
            if (number := figure(prediction)) is not None
        ]
    )


@risk_number(unit="%")
def dutch_recent_fracture_percent(dutch_recent_fracture_band: Expr) -> Expr:
    """The five-year risk of a new clinical fracture in the branch that the woman belongs to."""
    return _figure(dutch_recent_fracture_band, lambda prediction: prediction.percent)


@risk_number(unit="%")
def dutch_recent_fracture_interval_from(dutch_recent_fracture_band: Expr) -> Expr:
    """The lower end of the 95 % interval of the risk of the branch."""
    return _figure(dutch_recent_fracture_band, lambda prediction: (prediction.interval or (None,))[0])


@risk_number(unit="%")
def dutch_recent_fracture_interval_to(dutch_recent_fracture_band: Expr) -> Expr:
    """The upper end of the 95 % interval of the risk of the branch."""
    return _figure(dutch_recent_fracture_band, lambda prediction: (prediction.interval or (None,))[-1])


@risk_listing
def dutch_recent_fracture_needs(
    dutch_recent_fracture_applies: Expr,
    dutch_recent_fracture_band: Expr,
    fracture_since_menopause: Expr,
    fracture_within_five_years: Expr,
    t_score_low_for_fracture_tree: Expr,
    sex: Expr,
    age_years: Expr,
    postmenopausal: Expr,
    past_menopause_or_taken_so: Expr,
    fracture_after_50: Expr,
    any_low_trauma_fracture: Expr,
    age_at_menopause_years: Expr,
) -> Listing:
    """The unknown measures on which the branch depends."""
    is_open = may_be_yes(dutch_recent_fracture_applies) & dutch_recent_fracture_band.is_null()
    bone = may_be_no(fracture_since_menopause) & t_score_low_for_fracture_tree.is_null()
    time = may_be_yes(fracture_since_menopause) & fracture_within_five_years.is_null()
    history = fracture_since_menopause.is_null()
    broken = is_yes(any_low_trauma_fracture)
    menopause = past_menopause_or_taken_so.is_null() & postmenopausal.is_null()
    return Listing(
        (
            (is_open & sex.is_null(), ("sex",)),
            (is_open & age_years.is_null(), ("age_years",)),
            (is_open & menopause, ("postmenopausal",)),
            (is_open & history & fracture_after_50.is_null(), ("fracture_after_50",)),
            # A fracture that may have come before 50: the menopause decides.
            (is_open & history & broken & age_at_menopause_years.is_null(), ("age_at_menopause_years",)),
            (is_open & time, ("months_since_last_fracture",)),
            (is_open & bone, ("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip")),
        )
    )


def _rules(settings: Settings) -> tuple[Rule, ...]:
    reads = {"postmenopausal": past_menopause_or_taken_so.name}
    population = Population(EVIDENCE.id, EVIDENCE.ranges, settings, reads)
    judged = (
        (fracture_within_five_years, "fracture_within_five_years"),
        (t_score_low_for_fracture_tree, "low_t_score"),
    )
    plain = (
        past_menopause_or_taken_so,
        fracture_since_menopause,
        dutch_recent_fracture_band,
        dutch_recent_fracture_percent,
        dutch_recent_fracture_interval_from,
        dutch_recent_fracture_interval_to,
        dutch_recent_fracture_needs,
    )
    return (
        *population.rules(),
        *(template.rule(cutoff=EVIDENCE.cutoff(name)) for template, name in judged),
        *(template.rule() for template in plain),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    (
        dutch_recent_fracture_percent.name,
        dutch_recent_fracture_interval_from.name,
        dutch_recent_fracture_interval_to.name,
        dutch_recent_fracture_band.name,
        dutch_recent_fracture_needs.name,
        f"{EVIDENCE.id}_outside",
    ),
    clamps=True,
)

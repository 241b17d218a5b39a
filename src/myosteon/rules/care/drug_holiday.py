"""Whether a bisphosphonate may be paused, for how long, and what ends the pause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients, Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, choose
from myosteon.rules.care.decorators import care_category, care_criterion, care_number
from myosteon.rules.care.drug_words import BISPHOSPHONATES, WITHOUT_HOLIDAY
from myosteon.rules.judge import DECIMALS, judge


@care_criterion
def hip_t_score_allows_pause(t_score_lowest_hip: Expr, *, cutoff: Cutoff) -> Expr:
    """The lower T-score of femoral neck and total hip is above the limit for a pause."""
    return judge(t_score_lowest_hip, cutoff)


@care_criterion
def pause_allowed(
    review_reached: Expr,
    hip_t_score_allows_pause: Expr,
    fracture_on_treatment: Expr,
    stratum_very_high_china2022: Expr,
) -> Expr:
    """A bisphosphonate may be paused: the review is reached, the hip is not osteoporotic, no fracture on it, not at very high risk."""
    return review_reached & hip_t_score_allows_pause & ~fracture_on_treatment & ~stratum_very_high_china2022


@care_criterion
def older_than_pause_age(age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """Older than the age from which some guidelines would not pause."""
    return judge(age_years, cutoff)


@care_criterion
def reasons_to_continue_nogg(
    older_than_pause_age: Expr,
    fracture_hip: Expr,
    vertebral_fracture: Expr,
    hip_t_score_allows_pause: Expr,
    takes_glucocorticoid_now: Expr,
    fracture_on_treatment: Expr,
) -> Expr:
    """NOGG has a reason to go on rather than pause: age, hip or vertebral fracture, hip T-score, glucocorticoids, fracture on it."""
    return any_of(
        [
            older_than_pause_age,
            fracture_hip,
            vertebral_fracture,
            ~hip_t_score_allows_pause,
            takes_glucocorticoid_now,
            fracture_on_treatment,
        ]
    )


@care_criterion
def takes_glucocorticoid_now(glucocorticoid_mg_day: Expr) -> Expr:
    """Takes a glucocorticoid now, by dose."""
    return glucocorticoid_mg_day > 0


@care_criterion
def on_holiday(last_drug: Expr, off_drug: Expr) -> Expr:
    """Has no bone drug now, and the last one was a bisphosphonate."""
    return last_drug.is_in(list(BISPHOSPHONATES)) & off_drug


@care_criterion
def drug_without_holiday(last_drug: Expr) -> Expr:
    """The bone drug in use or the one before is one that has no holiday."""
    return last_drug.is_in(list(WITHOUT_HOLIDAY))


@care_number(unit="mo")
def holiday_months_low(
    last_drug: Expr,
    *,
    alendronate: Coefficients,
    risedronate: Coefficients,
    ibandronate: Coefficients,
    zoledronate: Coefficients,
) -> Expr:
    """Months of pause after which the risk is to be judged again, at the earliest, by drug."""
    lengths = {"alendronate": alendronate, "risedronate": risedronate, "ibandronate": ibandronate}
    lengths["zoledronate"] = zoledronate
    return choose([(last_drug == drug, length["low_months"]) for drug, length in lengths.items()])


@care_number(unit="mo")
def holiday_months_high(
    last_drug: Expr,
    *,
    alendronate: Coefficients,
    risedronate: Coefficients,
    ibandronate: Coefficients,
    zoledronate: Coefficients,
) -> Expr:
    """Months of pause after which the risk is to be judged again, at the latest, by drug."""
    lengths = {"alendronate": alendronate, "risedronate": risedronate, "ibandronate": ibandronate}
    lengths["zoledronate"] = zoledronate
    return choose([(last_drug == drug, length["high_months"]) for drug, length in lengths.items()])


@care_number(unit="d")
def holiday_end_due_days(
    on_holiday: Expr, holiday_months_low: Expr, months_without_drug: Expr, *, calendar: Coefficients
) -> Expr:
    """Days until a pause is to be judged again, below 0 where that is past."""
    left = ((holiday_months_low - months_without_drug) * calendar["days_in_a_month"]).round(DECIMALS)
    return choose([(on_holiday, left)])


@care_category(levels=("running", "to_reassess", "overlong"))
def holiday_stage(
    on_holiday: Expr, months_without_drug: Expr, holiday_months_low: Expr, holiday_months_high: Expr
) -> FirstTrue:
    """How long a pause has lasted against its length by drug."""
    return FirstTrue(
        (
            (on_holiday & (months_without_drug > holiday_months_high), "overlong"),
            (on_holiday & (months_without_drug >= holiday_months_low), "to_reassess"),
            (on_holiday & (months_without_drug < holiday_months_low), "running"),
        )
    )


@care_criterion
def holiday_should_end(
    on_holiday: Expr,
    months_without_drug: Expr,
    months_since_last_fracture: Expr,
    bmd_loss_beyond_least_change: Expr,
    stratum_very_high_china2022: Expr,
    fracture_on_record_china2022: Expr,
) -> Expr:
    """Something ends the pause: a fracture in it, bone density lost beyond the error of measuring, or a very high risk."""
    since = months_since_last_fracture <= months_without_drug
    fracture = choose([(~fracture_on_record_china2022, False)], since)
    return on_holiday & (fracture | bmd_loss_beyond_least_change | stratum_very_high_china2022)


def drug_holiday_rules() -> Iterator[Rule]:
    """The rules of this module."""
    clock = load_evidence("care_numbers", "drug_clock")
    calendar = load_evidence("care_numbers", "drug_history").coefficients_of("calendar")
    lengths: dict[str, Any] = {drug: clock.coefficients_of(f"holiday_{drug}") for drug in BISPHOSPHONATES}
    yield hip_t_score_allows_pause.rule(cutoff=clock.cutoff("hip_t_score_allows_pause"))
    yield pause_allowed.rule()
    yield older_than_pause_age.rule(cutoff=clock.cutoff("older_than_pause_age"))
    yield takes_glucocorticoid_now.rule()
    yield reasons_to_continue_nogg.rule()
    yield on_holiday.rule()
    yield drug_without_holiday.rule()
    yield holiday_months_low.rule(**lengths)
    yield holiday_months_high.rule(**lengths)
    yield holiday_end_due_days.rule(calendar=calendar)
    yield holiday_stage.rule()
    yield holiday_should_end.rule()

"""The one adjusted value: that of the only adjustment that changes FRAX. No publication multiplies two of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, all_of, any_of, choose, is_yes
from myosteon.rules.risk.decorators import risk_criterion, risk_listing, risk_number
from myosteon.rules.risk.frax.value import frax_percent_adjusted

# Adjustment -> outcomes that it was published for.
ADJUSTMENTS = {"glucocorticoid": ("major", "hip"), "spine": ("major",), "prior_fractures": ("major", "hip")}
# Adjustment -> the column that says whether it changes the value.
COUNTS = {
    "glucocorticoid": "frax_glucocorticoid_counts",
    "spine": "frax_spine_counts",
    "prior_fractures": "frax_prior_fractures_applies",
}


@risk_criterion
def frax_glucocorticoid_counts(frax_glucocorticoid_applies: Expr, factor: Expr) -> Expr:
    """The dose of glucocorticoids changes the value; whether it does stays open while it is unknown how FRAX was computed."""
    return choose([(frax_glucocorticoid_applies, factor != 1), (~frax_glucocorticoid_applies, False)])


@risk_criterion
def frax_spine_counts(frax_spine_applies: Expr, frax_spine_factor: Expr) -> Expr:
    """The spine changes the value."""
    return frax_spine_applies & (frax_spine_factor != 1)


@risk_criterion
def frax_conflict_major(glucocorticoid: Expr, spine: Expr, prior_fractures: Expr) -> Expr:
    """More than one adjustment changes the value."""
    return _two_of((glucocorticoid, spine, prior_fractures))


@risk_criterion
def frax_conflict_hip(glucocorticoid: Expr, prior_fractures: Expr) -> Expr:
    """Both adjustments change the value."""
    return _two_of((glucocorticoid, prior_fractures))


def _two_of(counts: Sequence[Expr]) -> Expr:
    return any_of([first & second for first, second in combinations(counts, 2)])


@risk_number(unit="%")
def frax_major_adjusted_percent(
    frax_major_percent: Expr,
    frax_age_years: Expr,
    frax_lacks_glucocorticoid: Expr,
    glucocorticoid_counts: Expr,
    spine_counts: Expr,
    prior_fractures_counts: Expr,
    glucocorticoid_percent: Expr,
    spine_percent: Expr,
    prior_fractures_percent: Expr,
) -> Expr:
    """Risk of a major fracture by FRAX after the one adjustment that changes it; as given where none does.

    Unknown while it is open which do, where more than one does, and where FRAX was computed without the glucocorticoids
    that are taken.
    """
    return _after_the_one(
        frax_major_percent,
        ~frax_age_years.is_null() & ~is_yes(frax_lacks_glucocorticoid),
        (glucocorticoid_counts, spine_counts, prior_fractures_counts),
        (glucocorticoid_percent, spine_percent, prior_fractures_percent),
    )


@risk_number(unit="%")
def frax_hip_adjusted_percent(
    frax_hip_percent: Expr,
    frax_age_years: Expr,
    frax_lacks_glucocorticoid: Expr,
    glucocorticoid_counts: Expr,
    prior_fractures_counts: Expr,
    glucocorticoid_percent: Expr,
    prior_fractures_percent: Expr,
) -> Expr:
    """Risk of a hip fracture by FRAX after the one adjustment that changes it; as given where none does.

    Unknown as for the major fractures. The spine changes nothing here.
    """
    return _after_the_one(
        frax_hip_percent,
        ~frax_age_years.is_null() & ~is_yes(frax_lacks_glucocorticoid),
        (glucocorticoid_counts, prior_fractures_counts),
        (glucocorticoid_percent, prior_fractures_percent),
    )


def _after_the_one(raw: Expr, judged: Expr, counts: Sequence[Expr], values: Sequence[Expr]) -> Expr:
    branches = [(all_of([judged, *(~count for count in counts)]), raw)]
    for place, value in enumerate(values):
        alone = [count if place == other else ~count for other, count in enumerate(counts)]
        branches.append((all_of([judged, *alone]), value))
    return choose(branches)


@risk_listing
def frax_adjustments_conflict(
    frax_conflict_major: Expr,
    frax_conflict_hip: Expr,
    glucocorticoid_major: Expr,
    glucocorticoid_hip: Expr,
    spine_major: Expr,
    prior_fractures_major: Expr,
    prior_fractures_hip: Expr,
    glucocorticoid_counts: Expr,
    spine_counts: Expr,
    prior_fractures_counts: Expr,
) -> Listing:
    """The adjusted values of which each changes FRAX and which no publication combines: each stands in its own column."""
    conflict = {"major": is_yes(frax_conflict_major), "hip": is_yes(frax_conflict_hip)}
    counts = {
        "glucocorticoid": glucocorticoid_counts,
        "spine": spine_counts,
        "prior_fractures": prior_fractures_counts,
    }
    values = {
        ("major", "glucocorticoid"): glucocorticoid_major,
        ("hip", "glucocorticoid"): glucocorticoid_hip,
        ("major", "spine"): spine_major,
        ("major", "prior_fractures"): prior_fractures_major,
        ("hip", "prior_fractures"): prior_fractures_hip,
    }
    return Listing(
        tuple(
            (
                all_of([conflict[outcome], is_yes(counts[adjustment]), ~value.is_null()]),
                (percent_column(outcome, adjustment),),
            )
            for (outcome, adjustment), value in values.items()
        )
    )


def percent_column(outcome: str, adjustment: str) -> str:
    """The column of the value after one adjustment."""
    return f"frax_{outcome}_{adjustment}_percent"


def adjusted_rules() -> tuple[Rule, ...]:
    """The value after each adjustment, after the only one, and what conflicts."""
    counts = {f"{adjustment}_counts": column for adjustment, column in COUNTS.items()}
    values = {
        f"{adjustment}_{outcome}": percent_column(outcome, adjustment)
        for adjustment, outcomes in ADJUSTMENTS.items()
        for outcome in outcomes
    }
    major, hip = (
        {f"{adjustment}_percent": percent_column(outcome, adjustment) for adjustment in ADJUSTMENTS}
        for outcome in ("major", "hip")
    )
    return (
        *(
            _percent(adjustment, outcome)
            for adjustment, outcomes in ADJUSTMENTS.items()
            for outcome in outcomes
        ),
        frax_glucocorticoid_counts.rule(inputs={"factor": "frax_glucocorticoid_factor_major"}),
        frax_spine_counts.rule(),
        *(
            renamed(template.rule(inputs=COUNTS), shown=())
            for template in (frax_conflict_major, frax_conflict_hip)
        ),
        _shortly_shown(frax_major_adjusted_percent.rule(inputs={**counts, **major}), "major"),
        _shortly_shown(frax_hip_adjusted_percent.rule(inputs={**counts, **hip}), "hip"),
        frax_adjustments_conflict.rule(inputs={**counts, **values}),
    )


def _percent(adjustment: str, outcome: str) -> Rule:
    factor = f"frax_{adjustment}_factor"
    inputs = {
        "frax_percent": f"frax_{outcome}_percent",
        "applies": f"frax_{adjustment}_applies",
        "factor": f"{factor}_{outcome}" if adjustment == "glucocorticoid" else factor,
    }
    rule = frax_percent_adjusted.rule(inputs=inputs)
    return renamed(
        rule, name=percent_column(outcome, adjustment), shown=(inputs["applies"], inputs["factor"])
    )


def _shortly_shown(rule: Rule, outcome: str) -> Rule:
    """Explained by the value as given, by what stands against an adjustment, and by the value after each."""
    after = [percent_column(outcome, name) for name, outcomes in ADJUSTMENTS.items() if outcome in outcomes]
    shown = (f"frax_{outcome}_percent", "frax_lacks_glucocorticoid", *after, f"frax_conflict_{outcome}")
    return renamed(rule, shown=shown)

# SPDX-License-Identifier: LGPL-3.0-or-later
"""Who is refused, what the models still need of a person, what lies outside, and what was moved to a limit."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, is_yes, may_be_yes
from myosteon.rules.risk.decorators import risk_criterion, risk_listing
from myosteon.rules.risk.qfracture2012.fields import FIELDS, Field
from myosteon.rules.risk.qfracture2012.inputs import COARSE
from myosteon.rules.risk.qfracture2012.model import EVIDENCE, OUTCOMES, SEXES, model

DIABETES = ("diabetes_type1", "diabetes_type2")
Part = tuple[Expr, tuple[str, ...]]


@risk_criterion
def qfracture2012_refused(
    qfracture2012_age_outside: Expr,
    qfracture2012_bmi_outside: Expr,
    qfracture2012_two_diabetes_types: Expr,
    *,
    clamp: bool,
) -> Expr:
    """Age or body mass index lies outside what the equations were made for and is not moved to its limit, or both types of diabetes are recorded."""
    if clamp:
        return qfracture2012_two_diabetes_types
    return any_of([qfracture2012_age_outside, qfracture2012_bmi_outside, qfracture2012_two_diabetes_types])


@risk_listing
def qfracture2012_outside(
    qfracture2012_age_outside: Expr,
    qfracture2012_bmi_outside: Expr,
    qfracture2012_two_diabetes_types: Expr,
    *,
    clamp: bool,
) -> Listing:
    """The inputs outside what the equations were made for; where there is one, no risk is given."""
    limits = () if clamp else _beyond_limits(qfracture2012_age_outside, qfracture2012_bmi_outside)
    return Listing((*limits, (qfracture2012_two_diabetes_types, DIABETES)))


@risk_listing
def qfracture2012_clamped(qfracture2012_age_outside: Expr, qfracture2012_bmi_outside: Expr) -> Listing:
    """The inputs that were moved to the limit of what the equations were made for."""
    return Listing(_beyond_limits(qfracture2012_age_outside, qfracture2012_bmi_outside))


def _beyond_limits(age_outside: Expr, bmi_outside: Expr) -> tuple[Part, ...]:
    return ((age_outside, ("age_years",)), (bmi_outside, ("bmi",)))


def needs_rule() -> Rule:
    """`qfracture2012_needs`."""
    asked = dict.fromkeys(
        column for field in FIELDS for column in (field.column, *(ask for ask, _ in field.asks))
    )
    columns = (*OF_THE_PERSON, *asked)
    return Rule(
        name=f"{EVIDENCE.id}_needs",
        inputs=columns,
        body=lambda *values: _needs(dict(zip(columns, values, strict=True))),
        kind="list",
        stratum="risk",
        sentence="The unknown inputs of the person's two models; none where the person is refused.",
        template=f"{EVIDENCE.id}_needs",
        numbers=(__name__, "needs"),
    )


OF_THE_PERSON = (
    "qfracture2012_refused",
    "sex",
    "age_years",
    "height_cm",
    "weight_kg",
    "qfracture2012_ethnicity",
    "qfracture2012_smoking",
    "qfracture2012_alcohol",
)


def _needs(given: Mapping[str, Expr]) -> Listing:
    smoking, ethnicity = given["qfracture2012_smoking"], given["qfracture2012_ethnicity"]
    unknown: list[Part] = [
        *(
            (given[measure].is_null(), (measure,))
            for measure in ("sex", "age_years", "height_cm", "weight_kg")
        ),
        (_is_coarse(ethnicity, "ethnicity"), ("ethnicity_detail",)),
        (smoking.is_null() | _is_coarse(smoking, "smoking"), ("smoking_category",)),
        (given["qfracture2012_alcohol"].is_null(), ("alcohol_units_day",)),
        *(part for field in FIELDS for part in _asked(field, given)),
    ]
    open_ = ~given["qfracture2012_refused"]
    return Listing(tuple((open_ & condition, measures) for condition, measures in unknown))


def _is_coarse(value: Expr, name: str) -> Expr:
    return is_yes(any_of([value == word for word in COARSE[name]]))


def _asked(field: Field, given: Mapping[str, Expr]) -> list[Part]:
    """What to ask where a field is unknown that a model of the person's sex has."""
    sexes = [sex for sex in SEXES if any(field.name in model(outcome, sex).flags for outcome in OUTCOMES)]
    unknown = given[field.column].is_null()
    if len(sexes) == 1:
        unknown = unknown & may_be_yes(given["sex"] == sexes[0])
    if len(field.asks) == 1:
        return [(unknown, field.asks[0][1])]
    return [(unknown & given[column].is_null(), measures) for column, measures in field.asks]


LISTINGS_BY_CLAMP = (qfracture2012_refused, qfracture2012_outside)

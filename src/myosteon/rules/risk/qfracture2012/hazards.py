# SPDX-License-Identifier: LGPL-3.0-or-later
"""The rules of the logarithm of the hazard: what each input adds to it, and the least and the greatest that it may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import narwhals as nw

from myosteon.logic.answers import Answer
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.risk.qfracture2012.fields import FIELDS
from myosteon.rules.risk.qfracture2012.model import CLASSES, EVIDENCE, SEXES, model
from myosteon.rules.risk.qfracture2012.terms import AGE, BMI, log_hazard, term

USUAL_YEARS = int(EVIDENCE.coefficients_of("horizon")["usual"])
# The column of each input, by the name of its term.
INPUTS = {name: f"{EVIDENCE.id}_{name}" for name in (AGE, BMI, *CLASSES)} | {
    field.name: field.column for field in FIELDS
}
FRACTURES = {
    "any": "a fracture of hip, wrist, shoulder or spine from osteoporosis",
    "hip": "a fracture of the hip",
}
BOUNDS = {
    "at_least": "the least that the unknown inputs allow",
    "at_most": "the greatest that the unknown inputs allow",
}


def stem_of(outcome: str, years: int) -> str:
    """How the columns of an outcome begin: with its years where they are not the usual ones."""
    return f"qfracture_{outcome}" if years == USUAL_YEARS else f"qfracture_{outcome}_{years}_years"


def label_key(name: str) -> str:
    """The wording key: the column's name without its years."""
    return re.sub(r"_\d+_years_", "_", name)


def hazard_rule(outcome: str, years: int, side: str, name: str) -> Rule:
    """The rule `name` of a bound of the logarithm of the hazard: the one on the `side` at_least or at_most."""
    names = tuple(INPUTS)

    def body(sex: Expr, *values: Expr) -> Expr:
        inputs = dict(zip(names, values, strict=True))
        return log_hazard(outcome, years, inputs, sex, greatest=side == "at_most")

    sentence = f"The logarithm of the cumulative hazard of {FRACTURES[outcome]} within {years} years: {BOUNDS[side]}."
    return _number(name, ("sex", *INPUTS.values()), body, sentence)


def term_rules(outcome: str, years: int) -> list[Rule]:
    """A rule for what each input of an outcome's models adds to the logarithm of the hazard."""
    asked = {name for sex in SEXES for name in model(outcome, sex).flags}
    return [
        _number(
            f"{stem_of(outcome, years)}_term_{name}",
            ("qfracture2012_refused", "sex", column),
            partial(_term_where_accepted, outcome, name),
            f"What {name} adds to the logarithm of the hazard of {FRACTURES[outcome]}.",
        )
        for name, column in INPUTS.items()
        if name in asked or name in (AGE, BMI, *CLASSES)
    ]


def _term_where_accepted(outcome: str, name: str, refused: Expr, sex: Expr, value: Expr) -> Expr:
    return choose([(~refused, term(outcome, name, value, sex))])


def baseline_rule(outcome: str, years: int) -> Rule:
    """The rule of the logarithm of the hazard where every term is nought, which the terms are added to."""
    baselines = {sex: model(outcome, sex).baseline(years) for sex in SEXES}

    def body(refused: Expr, sex: Expr) -> Expr:
        return choose([(~refused & (sex == word), nw.lit(amount)) for word, amount in baselines.items()])

    return _number(
        f"{stem_of(outcome, years)}_term_baseline",
        ("qfracture2012_refused", "sex"),
        body,
        f"The logarithm of the hazard of {FRACTURES[outcome]} within {years} years where every term is nought.",
    )


def _number(name: str, inputs: tuple[str, ...], body: Callable[..., Answer], sentence: str) -> Rule:
    return Rule(
        name=name,
        inputs=inputs,
        body=body,
        kind="number",
        stratum="risk",
        sentence=sentence,
        template=label_key(name),
        numbers=(__name__, name),
    )

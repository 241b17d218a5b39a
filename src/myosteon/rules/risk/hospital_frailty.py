"""The Hospital Frailty Risk Score: points for the ICD-10 codes of the hospital stays of the last two years.

A code counts by its first three characters and once in a person, however it is written: F00, F00.1, F001, f00. The codes are
looked for chapter by chapter, so that the chapters can be computed side by side.
"""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from operator import add

import narwhals as nw

from myosteon.evidence.load import load_evidence
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, any_of, may_be_yes
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import DECIMALS, compare
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.decorators import risk_category, risk_criterion, risk_listing, risk_number
from myosteon.rules.risk.population import Population

EVIDENCE = load_evidence("risk", "hospital_frailty")
CODES = EVIDENCE.coefficients_of("code_points")
BANDS = {prediction.band: prediction for prediction in EVIDENCE.predictions}
SEPARATOR = ";"
# An item is one code (S72, S72.0, S720, S72.001A, S72.000x001, F00.1*), or a word for none. Two codes in one, a range of codes
# or a word is not read, so that nothing written there is taken to be absent; an empty list is unknown.
CODE = "[A-Z][0-9][0-9A-Z][.]?[0-9X]*[A-Z]?[*+†]?"
ITEM = f"(NONE|无|{CODE})"
READABLE = f"^;+{ITEM}(;+{ITEM})*;*$"


@risk_category
def hospital_frailty_codes(icd10_codes: Expr) -> Expr:
    """The codes in capital letters and without spaces, each behind a semicolon."""
    codes = icd10_codes.str.to_uppercase()
    for written, read in ((" ", ""), ("；", SEPARATOR), (",", SEPARATOR)):
        codes = codes.str.replace_all(written, read, literal=True)
    return nw.concat_str(nw.lit(SEPARATOR), codes)


@risk_criterion
def hospital_frailty_codes_readable(hospital_frailty_codes: Expr) -> Expr:
    """Every item of the list is an ICD-10 code, or the list says that there was none."""
    return hospital_frailty_codes.str.contains(READABLE)


def _code_points(written: Expr, code: str, points: float) -> Expr:
    return written.str.contains(f"{SEPARATOR}{code}", literal=True).cast(nw.Float64) * points


def _chapter_rule(chapter: str, codes: tuple[tuple[str, float], ...]) -> Rule:
    def body(written: Expr) -> Expr:
        return reduce(add, [_code_points(written, code, points) for code, points in codes])

    return Rule(
        name=f"hospital_frailty_points_{chapter.lower()}",
        inputs=(hospital_frailty_codes.name,),
        body=body,
        kind="number",
        stratum="risk",
        sentence=f"The points of the codes of chapter {chapter}, each counted once.",
        template="hospital_frailty_points",
        evidence=CODES,
        numbers=("hospital_frailty_points", codes),
        shown=(),
    )


CHAPTERS = tuple(
    _chapter_rule(chapter, tuple(codes)) for chapter, codes in groupby(CODES.terms, lambda term: term[0][0])
)


def _total(columns: tuple[Expr, ...]) -> Expr:
    # Sums of tenths depend on their order, so the total is rounded before it is compared.
    return reduce(add, columns).round(DECIMALS)


def _at_least_rule() -> Rule:
    def body(applies: Expr, *chapters: Expr) -> Expr:
        return nw.when(may_be_yes(applies)).then(_total(chapters))

    return Rule(
        name="hospital_frailty_score_at_least",
        inputs=("hospital_frailty_applies", *(rule.name for rule in CHAPTERS)),
        body=body,
        kind="number",
        stratum="risk",
        unit="{score}",
        sentence="The points of the codes that could be read.",
        template="hospital_frailty_score_at_least",
        evidence=EVIDENCE,
        numbers=("hospital_frailty_at_least",),
        shown=(hospital_frailty_codes.name, *(rule.name for rule in CHAPTERS)),
    )


@risk_number(unit="{score}")
def hospital_frailty_score_at_most(
    hospital_frailty_score_at_least: Expr, hospital_frailty_codes_readable: Expr
) -> Expr:
    """The same where every code could be read; else unknown."""
    return nw.when(hospital_frailty_codes_readable).then(hospital_frailty_score_at_least)


@risk_number(unit="{score}")
def hospital_frailty_score(
    hospital_frailty_applies: Expr,
    hospital_frailty_codes_readable: Expr,
    hospital_frailty_score_at_least: Expr,
) -> Expr:
    """The points of every code on the list, each counted once; unknown where an item of the list is no code."""
    known = hospital_frailty_applies & hospital_frailty_codes_readable
    return nw.when(known).then(hospital_frailty_score_at_least)


@risk_category(levels=tuple(BANDS))
def hospital_frailty_band(
    hospital_frailty_applies: Expr,
    hospital_frailty_score_at_least: Expr,
    hospital_frailty_score_at_most: Expr,
) -> FirstTrue:
    """Low below 5 points, intermediate from 5 to 15, high above; high also where unread codes could only add to it."""
    branches: list[tuple[Expr, str]] = []
    for word, prediction in BANDS.items():
        condition = hospital_frailty_applies
        if prediction.score_from is not None:
            condition = condition & compare(hospital_frailty_score_at_least, ">=", prediction.score_from)
        if prediction.score_to is not None:
            condition = condition & compare(hospital_frailty_score_at_most, "<=", prediction.score_to)
        branches.append((condition, word))
    return FirstTrue(tuple(branches))


@risk_listing
def hospital_frailty_needs(
    hospital_frailty_applies: Expr,
    hospital_frailty_band: Expr,
    hospital_frailty_codes_readable: Expr,
    age_years: Expr,
) -> Listing:
    """The unknown measures on which the band depends; the codes also where some of them could not be read."""
    is_open = may_be_yes(hospital_frailty_applies) & hospital_frailty_band.is_null()
    unread = any_of([hospital_frailty_codes_readable.is_null(), ~hospital_frailty_codes_readable]).fill_null(
        True
    )
    return Listing(
        (
            (is_open & age_years.is_null(), ("age_years",)),
            (is_open & unread, ("icd10_codes",)),
        )
    )


TEMPLATES = (
    hospital_frailty_codes,
    hospital_frailty_codes_readable,
    hospital_frailty_score_at_most,
    hospital_frailty_score,
    hospital_frailty_band,
    hospital_frailty_needs,
)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    population = Population(EVIDENCE.id, EVIDENCE.ranges, settings, {})
    return (
        *population.rules(),
        *CHAPTERS,
        _at_least_rule(),
        *(template.rule() for template in TEMPLATES),
    )


ALGORITHM = Algorithm(
    EVIDENCE,
    _rules,
    (
        hospital_frailty_score.name,
        "hospital_frailty_score_at_least",
        hospital_frailty_score_at_most.name,
        hospital_frailty_band.name,
        hospital_frailty_needs.name,
        f"{EVIDENCE.id}_outside",
    ),
    clamps=True,
)

"""How much protein: grams for each kg, the weight they are counted on, grams a day, a meal, and as portions of food."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import narwhals as nw

from myosteon.evidence.types import Coefficients, Cutoff
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule, renamed
from myosteon.logic.three_valued import Expr, choose, is_yes
from myosteon.rules.care.decorators import care_category, care_criterion, care_number
from myosteon.rules.care.protein_criteria import EVIDENCE
from myosteon.rules.care.protein_rows import ROWS, held_rows
from myosteon.rules.judge import DECIMALS, judge

# On dialysis the dietitian of the kidney unit sets the target.
WITHOUT_TARGET = "dialysis"
WITH_TARGET = tuple(row for row in ROWS if row != WITHOUT_TARGET)
ENDS = ("low", "high")
BASES = ("actual", "ideal")


@care_number(unit="g/kg/d")
def protein_g_kg_day(
    protein_dialysis: Expr,
    kidney_function_severely_low: Expr,
    kidney_function_low: Expr,
    protein_kidney_raise: Expr,
    protein_cirrhosis: Expr,
    protein_need_raised: Expr,
    *,
    targets: tuple[tuple[str, Coefficients], ...],
) -> Expr:
    """Protein for each kg of weight and day, by the rows of the table that may hold: known where these agree, and never on dialysis."""
    held = held_rows(
        protein_dialysis,
        kidney_function_severely_low,
        kidney_function_low,
        protein_kidney_raise,
        protein_cirrhosis,
        protein_need_raised,
    )
    possible = [(held[row][1], target.number) for row, target in targets]
    least, most = _least(possible), _least(possible, turned=True)
    return choose([(~held[WITHOUT_TARGET][1] & (least == most), least)])


@care_number(unit="g/kg/d")
def protein_g_kg_day_at_least(
    protein_dialysis: Expr,
    kidney_function_severely_low: Expr,
    kidney_function_low: Expr,
    protein_kidney_raise: Expr,
    protein_cirrhosis: Expr,
    protein_need_raised: Expr,
    *,
    targets: tuple[tuple[str, Coefficients], ...],
) -> Expr:
    """The least protein for each kg and day under every row of the table that may hold; unknown where dialysis may be one."""
    held = held_rows(
        protein_dialysis,
        kidney_function_severely_low,
        kidney_function_low,
        protein_kidney_raise,
        protein_cirrhosis,
        protein_need_raised,
    )
    least = _least([(held[row][1], target.number) for row, target in targets])
    return choose([(~held[WITHOUT_TARGET][1], least)])


def _least(possible: Sequence[tuple[Expr, float]], *, turned: bool = False) -> Expr:
    """The lowest (turned: the highest) of the targets that may hold."""
    ordered = sorted(possible, key=lambda one: one[1], reverse=turned)
    return choose([(may_hold, nw.lit(target)) for may_hold, target in ordered])


@care_criterion
def weight_above_ideal(bmi: Expr, *, cutoff: Cutoff) -> Expr:
    """Body mass index from which protein is not counted on the weight as measured."""
    return judge(bmi, cutoff)


@care_criterion
def weight_holds_fluid(ascites: Expr, protein_cirrhosis: Expr) -> Expr:
    """Ascites; where that is not recorded, a person without cirrhosis has none that counts here."""
    return choose([(ascites, True), (~ascites, False), (~protein_cirrhosis, False)])


@care_category(levels=BASES)
def protein_weight_basis(weight_above_ideal: Expr, weight_holds_fluid: Expr) -> FirstTrue:
    """The weight that protein is counted on: ideal with ascites or from a BMI of 30, else actual."""
    ideal = is_yes(weight_above_ideal) | is_yes(weight_holds_fluid)
    actual = is_yes(~weight_above_ideal) & is_yes(~weight_holds_fluid)
    return FirstTrue(((ideal, "ideal"), (actual, "actual")))


@care_number(unit="kg")
def protein_weight_kg(
    protein_weight_basis: Expr,
    weight_kg: Expr,
    ideal_weight_kg: Expr,
    height_squared_m2: Expr,
    *,
    ideal: Coefficients,
) -> Expr:
    """The weight that protein is counted on; the ideal one as given, else by the height."""
    by_height = (height_squared_m2 * ideal["bmi"]).round(DECIMALS)
    return choose(
        [
            (protein_weight_basis == "ideal", nw.coalesce(ideal_weight_kg, by_height)),
            (protein_weight_basis == "actual", weight_kg),
        ]
    )


@care_number(unit="g/d")
def protein_g_day(per_kg: Expr, protein_weight_kg: Expr) -> Expr:
    """Protein a day, in whole grams."""
    return whole((per_kg * protein_weight_kg).round(DECIMALS))


@care_number(unit="g")
def protein_g_meal(g_day: Expr, *, meals: Coefficients) -> Expr:
    """Protein of each meal, spread evenly over the day, in whole grams."""
    return whole((g_day / meals.number).round(DECIMALS))


@care_number
def protein_portions(g_day: Expr, *, grams: Coefficients) -> Expr:
    """Portions of food a day that give the protein, to the nearest portion."""
    return whole((g_day / grams.number).round(DECIMALS))


@care_criterion
def protein_intake_short(protein_intake_g_kg_day: Expr, protein_g_kg_day_low: Expr) -> Expr:
    """Protein eaten lies below the lower end of the target."""
    return protein_intake_g_kg_day < protein_g_kg_day_low


@care_number(unit="g/d")
def protein_gap_g_day(protein_intake_g_kg_day: Expr, weight_kg: Expr, protein_g_day_low: Expr) -> Expr:
    """Protein that is lacking a day to the lower end of the target, in whole grams; none where enough is eaten."""
    lacking = whole((protein_g_day_low - protein_intake_g_kg_day * weight_kg).round(DECIMALS))
    return choose([(lacking > 0, lacking), (lacking <= 0, nw.lit(0.0))])


def whole(value: Expr) -> Expr:
    """The nearest whole number, halves upwards, the same on every engine."""
    return ((value * 2 + 1) / 2).floor()


def _targets(end: str) -> tuple[tuple[str, Coefficients], ...]:
    return tuple((row, EVIDENCE.coefficients_of(f"protein_{row}").only(end)) for row in WITH_TARGET)


def protein_rules() -> Iterator[Rule]:
    """The rules of this module; those of two ends are named `_low` and `_high`."""
    yield weight_above_ideal.rule(cutoff=EVIDENCE.cutoff("weight_above_ideal"))
    yield weight_holds_fluid.rule()
    yield protein_weight_basis.rule()
    yield protein_weight_kg.rule(ideal=EVIDENCE.coefficients_of("ideal_weight"))
    yield protein_g_kg_day_at_least.rule(targets=_targets("low"))
    for end in ENDS:
        yield renamed(protein_g_kg_day.rule(targets=_targets(end)), name=f"protein_g_kg_day_{end}")
        yield from _amounts(end)
    yield protein_intake_short.rule()
    yield protein_gap_g_day.rule()


def _amounts(end: str) -> Iterator[Rule]:
    g_day = f"protein_g_day_{end}"
    yield renamed(protein_g_day.rule(inputs={"per_kg": f"protein_g_kg_day_{end}"}), name=g_day)
    meals = EVIDENCE.coefficients_of("protein_meals")
    for suffix, count in (("", meals.only("three")), ("_of_four", meals.only("four"))):
        rule = protein_g_meal.rule(inputs={"g_day": g_day}, meals=count)
        yield renamed(rule, name=f"protein_g_meal{suffix}_{end}")
    grams = EVIDENCE.coefficients_of("protein_portion").only("grams")
    yield renamed(protein_portions.rule(inputs={"g_day": g_day}, grams=grams), name=f"protein_portions_{end}")

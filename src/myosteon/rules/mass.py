"""Muscle mass: indices of limb lean mass and of muscle area, and which way of measuring a cut-off was made for."""

from __future__ import annotations

import narwhals as nw

from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import criterion
from myosteon.logic.three_valued import Expr, agree, choose
from myosteon.rules.judge import judge


@criterion
def asmi_low(asmi: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Limb lean mass over height squared lies on the low side of the limit for the person's sex."""
    return judge(asmi, cutoff, sex=sex)


@criterion
def asmi_low_for_age(asmi: Expr, sex: Expr, age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """Limb lean mass over height squared lies on the low side of the limit for the person's sex and age."""
    return judge(asmi, cutoff, sex=sex, age_years=age_years)


@criterion
def asm_bmi_low(asm_bmi: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Limb lean mass over body mass index lies below the limit for the person's sex."""
    return judge(asm_bmi, cutoff, sex=sex)


@criterion
def asm_bmi_low_for_age(asm_bmi: Expr, sex: Expr, age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """Limb lean mass over body mass index lies below the limit for the person's sex and age."""
    return judge(asm_bmi, cutoff, sex=sex, age_years=age_years)


@criterion
def either_index_low(asmi_low: Expr, asm_bmi_low: Expr) -> Expr:
    """One of the two indices of the same measurement is low."""
    return asmi_low | asm_bmi_low


@criterion
def smi_l3_low(smi_l3_cm2_m2: Expr, sex: Expr, *, cutoff: Cutoff) -> Expr:
    """Muscle area at the third lumbar vertebra over height squared lies below the limit for the person's sex."""
    return judge(smi_l3_cm2_m2, cutoff, sex=sex)


@criterion
def lean_mass_low_any_method(low: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass is low by a cut-off made for DXA and BIA alike; a mass estimated from body size proves nothing."""
    return nw.when((mass_method != "estimated").fill_null(True)).then(low)


@criterion
def lean_mass_low_by_method(low_dxa: Expr, low_bia: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass is low by the cut-off of the method; method unknown: yes or no only where both cut-offs agree."""
    return choose(
        [
            (mass_method == "dxa", low_dxa),
            (mass_method == "bia", low_bia),
            (mass_method.is_null(), agree(low_dxa, low_bia)),
        ]
    )


@criterion
def lean_mass_low_dxa_only(low: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass measured by DXA is low; the definition has no cut-off for another method."""
    return nw.when(mass_method == "dxa").then(low)


@criterion
def lean_mass_low_bia_only(low: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass measured by BIA is low; the definition has no cut-off for another method."""
    return nw.when(mass_method == "bia").then(low)


@criterion
def lean_mass_low_any_method_or_estimated(low: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass is low by a cut-off made for DXA and BIA alike; an estimated mass is accepted, as was asked."""
    return low


@criterion
def lean_mass_low_by_method_or_estimated(low_dxa: Expr, low_bia: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass is low by the cut-off of the method; an estimated mass is judged by that of DXA, as was asked."""
    return choose(
        [
            (mass_method != "bia", low_dxa),
            (mass_method == "bia", low_bia),
            (mass_method.is_null(), agree(low_dxa, low_bia)),
        ]
    )


@criterion
def lean_mass_low_dxa_only_or_estimated(low: Expr, mass_method: Expr) -> Expr:
    """Limb lean mass by DXA is low; an estimated mass is judged by the cut-off of DXA, as was asked."""
    return nw.when(mass_method != "bia").then(low)


@criterion
def lean_mass_lacking(alm_kg: Expr, mass_method: Expr, *, judged: tuple[str, ...]) -> Expr:
    """Limb lean mass was not measured, or by a method that the definition cannot judge."""
    return alm_kg.is_null() | ~mass_method.is_in(list(judged)).fill_null(True)

"""Quantities computed from measures: indices, best of two hands, heights lost. No cut-offs here."""

from __future__ import annotations

import narwhals as nw

from myosteon.logic.rule import derived
from myosteon.logic.three_valued import Expr, higher_of, lower_of
from myosteon.rules.judge import DECIMALS

CENTIMETRES_IN_A_METRE = 100.0


@derived(unit="m2")
def height_squared_m2(height_cm: Expr) -> Expr:
    """Height in metres, squared."""
    metres = height_cm / CENTIMETRES_IN_A_METRE
    return metres * metres


@derived(unit="kg/m2")
def bmi(weight_kg: Expr, height_squared_m2: Expr) -> Expr:
    """Body mass index: weight over height squared."""
    return (weight_kg / height_squared_m2).round(DECIMALS)


@derived(unit="kg/m2")
def asmi(alm_kg: Expr, height_squared_m2: Expr) -> Expr:
    """Muscle mass index: lean mass of the limbs over height squared, whatever it was measured by."""
    return (alm_kg / height_squared_m2).round(DECIMALS)


@derived(unit="m2")
def asm_bmi(alm_kg: Expr, bmi: Expr) -> Expr:
    """Lean mass of the limbs over body mass index."""
    return (alm_kg / bmi).round(DECIMALS)


@derived(unit="kg")
def grip_best_kg(grip_kg: Expr, grip_left_kg: Expr, grip_right_kg: Expr) -> Expr:
    """The best grip: as given, else the better of the left and the right hand."""
    return nw.coalesce(grip_kg, higher_of(grip_left_kg, grip_right_kg))


@derived(unit="cm")
def height_loss_cm(tallest_height_cm: Expr, height_cm: Expr) -> Expr:
    """Height lost since young adulthood."""
    return (tallest_height_cm - height_cm).round(DECIMALS)


@derived(unit="%")
def weight_loss_12m_percent(weight_loss_12m_kg: Expr, weight_kg: Expr) -> Expr:
    """Weight lost in twelve months, as a share of the weight before."""
    return (weight_loss_12m_kg / (weight_kg + weight_loss_12m_kg) * 100.0).round(DECIMALS)


@derived(unit="%")
def alm_weight_percent(alm_kg: Expr, weight_kg: Expr) -> Expr:
    """Lean mass of the limbs as a share of body weight."""
    return (alm_kg / weight_kg * 100.0).round(DECIMALS)


@derived(unit="cm2/Ohm")
def resistance_index(height_cm: Expr, bia_resistance_ohm: Expr) -> Expr:
    """Height squared over whole-body resistance at 50 kHz, the main term of impedance equations."""
    return height_cm * height_cm / bia_resistance_ohm


@derived(unit="{T-score}")
def t_score_lowest_hip(t_score_femoral_neck: Expr, t_score_total_hip: Expr) -> Expr:
    """The lower T-score of femoral neck and total hip, of those that were measured."""
    return lower_of(t_score_femoral_neck, t_score_total_hip)


@derived(unit="{T-score}")
def t_score_lowest(t_score_lumbar_spine: Expr, t_score_lowest_hip: Expr) -> Expr:
    """The lowest T-score of the sites that were measured: lumbar spine, femoral neck, total hip."""
    return lower_of(t_score_lumbar_spine, t_score_lowest_hip)


@derived(unit="{T-score}")
def t_score_lowest_with_radius(t_score_lowest: Expr, t_score_radius_33: Expr) -> Expr:
    """The lowest T-score of the sites that were measured, the one-third radius among them."""
    return lower_of(t_score_lowest, t_score_radius_33)


TEMPLATES = (
    height_squared_m2,
    bmi,
    asmi,
    asm_bmi,
    grip_best_kg,
    height_loss_cm,
    weight_loss_12m_percent,
    alm_weight_percent,
    resistance_index,
    t_score_lowest_hip,
    t_score_lowest,
    t_score_lowest_with_radius,
)

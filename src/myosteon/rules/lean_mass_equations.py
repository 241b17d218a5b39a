"""Muscle mass estimated from impedance or from body size: separate columns, never a measured lean mass of the limbs."""

from __future__ import annotations

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule, derived
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import DECIMALS, linear

CENTIMETRES_IN_A_METRE = 100.0


def _male(sex: Expr) -> Expr:
    return choose([(sex == "male", 1.0), (sex == "female", 0.0)])


@derived(unit="kg")
def alm_kyle2003_kg(
    resistance_index: Expr,
    weight_kg: Expr,
    sex: Expr,
    age_years: Expr,
    bia_reactance_ohm: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """Lean mass of the limbs from impedance, by Kyle 2003."""
    terms = {
        "resistance_index": resistance_index,
        "weight_kg": weight_kg,
        "male": _male(sex),
        "age_years": age_years,
        "bia_reactance_ohm": bia_reactance_ohm,
    }
    return linear(evidence.coefficients_of("alm_kyle2003_kg"), terms).round(DECIMALS)


@derived(unit="kg")
def alm_sergi2015_kg(
    resistance_index: Expr, weight_kg: Expr, sex: Expr, bia_reactance_ohm: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Lean mass of the limbs from impedance, by Sergi 2015."""
    terms = {
        "resistance_index": resistance_index,
        "weight_kg": weight_kg,
        "male": _male(sex),
        "bia_reactance_ohm": bia_reactance_ohm,
    }
    return linear(evidence.coefficients_of("alm_sergi2015_kg"), terms).round(DECIMALS)


@derived(unit="kg")
def alm_yoshida2014_kg(resistance_index: Expr, weight_kg: Expr, sex: Expr, *, evidence: EvidenceSet) -> Expr:
    """Lean mass of the limbs from impedance in Japanese people from 65, by Yoshida 2014."""
    terms = {"resistance_index": resistance_index, "weight_kg": weight_kg}
    return choose(
        [
            (sex == word, linear(evidence.coefficients_of("alm_yoshida2014_kg", word), terms).round(DECIMALS))
            for word in ("male", "female")
        ]
    )


@derived(unit="kg")
def skeletal_muscle_janssen2000_kg(
    resistance_index: Expr, sex: Expr, age_years: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Skeletal muscle of the whole body from impedance, by Janssen 2000; not to be judged by cut-offs for the limbs."""
    terms = {"resistance_index": resistance_index, "male": _male(sex), "age_years": age_years}
    return linear(evidence.coefficients_of("skeletal_muscle_janssen2000_kg"), terms).round(DECIMALS)


@derived(unit="kg")
def alm_wen2011_kg(
    weight_kg: Expr, height_cm: Expr, sex: Expr, age_years: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Lean mass of the limbs of Chinese adults from body size, by Wen 2011 (used in CHARLS)."""
    terms = {
        "weight_kg": weight_kg,
        "height_cm": height_cm,
        "male_1_female_2": choose([(sex == "male", 1.0), (sex == "female", 2.0)]),
        "age_years": age_years,
    }
    return linear(evidence.coefficients_of("alm_wen2011_kg"), terms).round(DECIMALS)


@derived(unit="kg")
def alm_kawakami2021_kg(
    sex: Expr,
    weight_kg: Expr,
    waist_cm: Expr,
    calf_circumference_cm: Expr,
    height_cm: Expr,
    *,
    evidence: EvidenceSet,
) -> Expr:
    """Lean mass of the limbs of Japanese adults from girths, by Kawakami 2021."""
    terms = {
        "male": _male(sex),
        "weight_kg": weight_kg,
        "waist_cm": waist_cm,
        "calf_circumference_cm": calf_circumference_cm,
        "height_cm": height_cm,
    }
    return linear(evidence.coefficients_of("alm_kawakami2021_kg"), terms).round(DECIMALS)


@derived(unit="kg")
def skeletal_muscle_lee2000_kg(
    weight_kg: Expr, height_cm: Expr, sex: Expr, age_years: Expr, ethnicity: Expr, *, evidence: EvidenceSet
) -> Expr:
    """Skeletal muscle of the whole body from body size, by Lee 2000; only for the ethnic groups that it names."""
    by_ethnicity = evidence.coefficients_of("lee2000_ethnicity").terms
    terms = {
        "weight_kg": weight_kg,
        "height_m": height_cm / CENTIMETRES_IN_A_METRE,
        "male": _male(sex),
        "age_years": age_years,
        "ethnicity": choose([(ethnicity == word, number) for word, number in by_ethnicity]),
    }
    return linear(evidence.coefficients_of("skeletal_muscle_lee2000_kg"), terms).round(DECIMALS)


TEMPLATES = (
    alm_kyle2003_kg,
    alm_sergi2015_kg,
    alm_yoshida2014_kg,
    skeletal_muscle_janssen2000_kg,
    alm_wen2011_kg,
    alm_kawakami2021_kg,
    skeletal_muscle_lee2000_kg,
)


def lean_mass_equation_rules() -> tuple[Rule, ...]:
    """Every equation as a rule, with its coefficients."""
    evidence = load_evidence("equations", "lean_mass")
    return tuple(template.rule(evidence=evidence) for template in TEMPLATES)

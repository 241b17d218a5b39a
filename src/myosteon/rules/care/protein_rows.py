"""Which row of the protein table a person belongs to: the first that holds, in an order that puts kidneys before muscle."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import (
    Expr,
    all_of,
    is_unknown,
    is_yes,
    may_be_no,
    may_be_yes,
)
from myosteon.rules.care.decorators import care_category, care_listing

ROWS = (
    "dialysis",
    "kidney_severe",
    "kidney_moderate_raised",
    "kidney_moderate",
    "cirrhosis",
    "raised",
    "general",
)


def held_rows(
    protein_dialysis: Expr,
    kidney_function_severely_low: Expr,
    kidney_function_low: Expr,
    protein_kidney_raise: Expr,
    protein_cirrhosis: Expr,
    protein_need_raised: Expr,
) -> dict[str, tuple[Expr, Expr]]:
    """For each row whether it is known to be the first that holds, and whether it may be. More protein in kidney disease is proved or not given."""
    moderate = kidney_function_low & ~kidney_function_severely_low
    raise_proved = is_yes(protein_kidney_raise)
    rows = {
        "dialysis": protein_dialysis,
        "kidney_severe": kidney_function_severely_low,
        "kidney_moderate_raised": moderate & raise_proved,
        "kidney_moderate": moderate,
        "cirrhosis": protein_cirrhosis,
        "raised": protein_need_raised,
    }
    held: dict[str, tuple[Expr, Expr]] = {}
    earlier_are_out: list[Expr] = []
    earlier_may_be_out: list[Expr] = []
    for name, row in rows.items():
        held[name] = (
            all_of([is_yes(row), *earlier_are_out]),
            all_of([may_be_yes(row), *earlier_may_be_out]),
        )
        earlier_are_out.append(~may_be_yes(row))
        earlier_may_be_out.append(may_be_no(row))
    held["general"] = (all_of(earlier_are_out), all_of(earlier_may_be_out))
    return held


@care_category(levels=ROWS)
def protein_rule(
    protein_dialysis: Expr,
    kidney_function_severely_low: Expr,
    kidney_function_low: Expr,
    protein_kidney_raise: Expr,
    protein_cirrhosis: Expr,
    protein_need_raised: Expr,
) -> FirstTrue:
    """The first row of the protein table that holds, where no earlier one may hold: dialysis, eGFR below 30, eGFR 30 to 59, cirrhosis, raised need, everybody else."""
    held = held_rows(
        protein_dialysis,
        kidney_function_severely_low,
        kidney_function_low,
        protein_kidney_raise,
        protein_cirrhosis,
        protein_need_raised,
    )
    return FirstTrue(tuple((held[name][0], name) for name in ROWS))


@care_listing
def protein_rule_needs(
    protein_dialysis: Expr,
    kidney_function_severely_low: Expr,
    kidney_function_low: Expr,
    protein_cirrhosis: Expr,
    protein_need_raised: Expr,
    resistance_training_sessions_week: Expr,
    osteoporosis_china2022: Expr,
    sarcopenia_confirmed_awgs2019: Expr,
    mna_sf_score: Expr,
    acute_or_chronic_illness: Expr,
) -> Listing:
    """The measures that are unknown and decide which row of the protein table holds."""
    before_kidney = may_be_no(protein_dialysis)
    before_liver = before_kidney & may_be_no(kidney_function_low)
    before_need = before_liver & may_be_no(protein_cirrhosis)
    need_open = before_need & is_unknown(protein_need_raised)
    return Listing(
        (
            (is_unknown(protein_dialysis), ("dialysis",)),
            (before_kidney & is_unknown(kidney_function_severely_low), ("egfr_ml_min_1_73m2",)),
            (before_liver & is_unknown(protein_cirrhosis), ("cirrhosis",)),
            (
                need_open & is_unknown(resistance_training_sessions_week),
                ("resistance_training_sessions_week",),
            ),
            (
                need_open & is_unknown(osteoporosis_china2022),
                ("t_score_lumbar_spine", "t_score_femoral_neck", "t_score_total_hip"),
            ),
            (need_open & is_unknown(sarcopenia_confirmed_awgs2019), ("grip_kg", "alm_kg")),
            (need_open & is_unknown(mna_sf_score), ("mna_sf_score",)),
            (need_open & is_unknown(acute_or_chronic_illness), ("acute_or_chronic_illness",)),
        )
    )


def protein_row_rules() -> Iterator[Rule]:
    """The rules of this module."""
    yield protein_rule.rule()
    yield protein_rule_needs.rule()

"""Whether a bone drug has failed, by the score of the International Osteoporosis Foundation."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Coefficients
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Done, Expr, any_done
from myosteon.rules.care.decorators import care_criterion


@care_criterion
def treatment_failed(
    fracture_on_treatment: Expr,
    fractures_on_therapy_count: Expr,
    bmd_response: Expr,
    markers_fell: Expr,
    last_drug_years: Expr,
    off_drug: Expr,
    *,
    failure: Coefficients,
) -> Expr:
    """The bone drug in use has failed: two fractures after a year on it, or one with lost bone or unmoved markers, or both of these.

    Bone lost and markers unmoved fail it without a fracture. Markers are told only of drugs that lower them.
    """
    several = fractures_on_therapy_count >= failure["fractures"]
    one = any_done([Done(fracture_on_treatment), Done(fractures_on_therapy_count > 0)])
    lost, unmoved = bmd_response == "lost", ~markers_fell
    failed = several | (one & (lost | unmoved)) | (lost & unmoved)
    return (last_drug_years >= failure["years"]) & ~off_drug & failed


def drug_failure_rules() -> Iterator[Rule]:
    """The rules of this module."""
    clock = load_evidence("care_numbers", "drug_clock")
    yield treatment_failed.rule(failure=clock.coefficients_of("treatment_failure"))

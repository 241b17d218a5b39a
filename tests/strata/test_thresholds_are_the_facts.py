"""Thresholds by age against the tables of the facts, read from their text so that no number is typed twice."""

from __future__ import annotations

import re

import pytest

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import EvidenceSet
from shared import shared_folder

NUMBERS = r"(\d+(?:\.\d+)?)"
Row = tuple[float, ...]


def facts(name: str) -> str:
    return (shared_folder() / "facts" / name).read_text(encoding="utf-8")


def of_age(evidence: EvidenceSet, criterion: str, age: float) -> float | None:
    limit = evidence.cutoff(criterion).limit_for(None, age)
    return limit.value if limit else None


def european(name: str, row: str) -> dict[int, Row]:
    """Intervention, lower and upper threshold by the first age of each band."""
    after = facts(name).partition("European age-specific MOF thresholds")[2] or facts(name)
    found = re.findall(rf"(?:≥)?(\d+)(?:–\d+)? {row}", after)
    return {int(age): tuple(map(float, numbers)) for age, *numbers in found}


@pytest.mark.parametrize(
    ("name", "row", "bands"),
    [
        ("osteoporosis.md", f"{NUMBERS}/{NUMBERS}/{NUMBERS}(?= ·|\\. NOGG)", 9),
        ("fracture-risk.md", f"{NUMBERS}; {NUMBERS}; {NUMBERS}(?= ·|\\. Upper)", 12),
    ],
)
def test_the_european_thresholds_are_those_of_the_facts(name: str, row: str, bands: int) -> None:
    evidence = load_evidence("strata", "stratum_iof2020")
    table = european(name, row)
    assert len(table) == bands
    for age, (intervention, _, upper) in table.items():
        for year in (age, age + 4.9):
            assert of_age(evidence, "frax_above_intervention_major", year) == intervention
            # For 70 to 74 the table breaks its own rule; 1.2 times the intervention threshold is used and said.
            used = round(1.2 * intervention, 1) if age == 70 else upper
            assert of_age(evidence, "frax_above_upper_major", year) == used
            assert used == pytest.approx(1.2 * intervention, abs=0.051)
    assert of_age(evidence, "frax_above_intervention_major", min(table) - 0.1) is None


def test_the_british_thresholds_are_those_of_the_facts() -> None:
    evidence = load_evidence("strata", "stratum_nogg2021")
    text = facts("osteoporosis.md").partition("NOGG 2024 Table 5")[2].partition("Another app")[0]
    three = "/".join([NUMBERS] * 3)
    rows = re.findall(rf"(\d+)(?:–\d+)?(?: fixed\*\*)? {three}, {three}", text)
    assert [int(age) for age, *_ in rows] == [50, 55, 60, 65, 70]
    names = ("lower_assessment", "intervention", "upper_assessment")
    for age, *numbers in rows:
        wanted = list(map(float, numbers))
        for outcome, three_of_outcome in (("major", wanted[:3]), ("hip", wanted[3:])):
            found = [of_age(evidence, f"frax_at_{name}_{outcome}", float(age)) for name in names]
            assert found == three_of_outcome
            very_high = of_age(evidence, f"frax_at_very_high_risk_{outcome}", float(age))
            assert very_high == pytest.approx(1.6 * three_of_outcome[1], abs=0.051)
    stated = re.search(rf"very high at ≥70 = {NUMBERS} / {NUMBERS}", text)
    assert stated is not None
    of_the_old = (
        of_age(evidence, "frax_at_very_high_risk_major", 90.0),
        of_age(evidence, "frax_at_very_high_risk_hip", 90.0),
    )
    assert of_the_old == tuple(map(float, stated.groups()))

"""Osteosarcopenia stands beside the strata with what is published of it, and no stratum reads it."""

from __future__ import annotations

from engines import Polars, assess_on, canonical_people
from myosteon.assess import make_assessor
from myosteon.evidence.load import load_evidence
from strata.people import STRATA, WELL, Person, numbered

MARKER = "osteosarcopenia_risk_marker"
ASSESSOR = make_assessor(STRATA)
WEAK: Person = {
    "height_cm": 160.0,
    "grip_kg": 12.0,
    "gait_speed_m_s": 0.6,
    "alm_kg": 11.0,
    "mass_method": "dxa",
}
STRONG: Person = {**WEAK, "grip_kg": 35.0, "gait_speed_m_s": 1.3, "alm_kg": 20.0, "chair_stand_5x_s": 8.0}


def test_the_marker_says_yes_no_or_unknown() -> None:
    people = numbered(
        [
            {**WELL, **WEAK, "t_score_lumbar_spine": -2.6},
            {**WELL, **WEAK},
            {**WELL, **STRONG, "t_score_lumbar_spine": -2.6},
            {**WELL, "t_score_lumbar_spine": -2.6},
        ]
    )
    rows = assess_on(Polars(), canonical_people(people), definitions=STRATA).to_dicts()
    assert [row[MARKER] for row in rows] == [True, False, False, None]


def test_no_stratum_changes_with_it() -> None:
    """The same bones with weak muscles and with strong ones: every column of every stratum is the same."""
    bones = [{"t_score_lumbar_spine": t} for t in (-0.5, -1.8, -2.6, -3.2)]
    weak, strong = (
        assess_on(
            Polars(),
            canonical_people(numbered([{**WELL, **muscle, **bone} for bone in bones])),
            definitions=STRATA,
        )
        for muscle in (WEAK, STRONG)
    )
    assert weak[MARKER].to_list() == [False, False, True, True]
    assert strong[MARKER].to_list() == [False, False, False, False]
    assert weak.select(columns_of_strata()).equals(strong.select(columns_of_strata()))


def columns_of_strata() -> list[str]:
    return [f"{stratum}{ending}" for stratum in STRATA for ending in ("", "_upto", "_needs")]


def test_no_rule_reads_it() -> None:
    assert ASSESSOR.graph.readers_of(MARKER) == []
    below = ASSESSOR.graph.ancestors(columns_of_strata())
    assert not [name for name in below if "sarcopenia" in name]


def test_its_associations_are_cited_with_their_marks() -> None:
    evidence = load_evidence("strata", MARKER)
    assert ASSESSOR.graph.rules[MARKER].evidence is evidence
    fracture = evidence.coefficients_of("fracture_risk_ratio_of_sarcopenia")
    assert dict(fracture.terms) == {"ratio": 1.37, "low": 1.18, "high": 1.59}
    assert fracture.source.status == "checked"
    both = evidence.coefficients_of("fracture_odds_ratio_of_osteosarcopenia")
    assert (both["ratio"], both.source.status) == (2.71, "unchecked")

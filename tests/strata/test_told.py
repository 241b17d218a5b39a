"""Strata in words: every column is named and explained in both languages, and a scheme is shown with its criteria and marks."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from engines import Polars, assess_on, canonical_people
from myosteon.assess import make_assessor
from myosteon.guidelines import STRATUM, installed_guidelines
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_html import explanation_html
from myosteon.outputs.explain_text import explanation_text
from myosteon.outputs.guideline_comparison import comparison_page
from myosteon.outputs.guidelines import compare_guidelines, list_guidelines, show_guideline
from myosteon.outputs.wording.load import LANGUAGES, label_of
from strata.people import STRATA, WELL, known_people, numbered, with_gaps

ASSESSOR = make_assessor(risk=True, strata=True)
GUIDELINES = installed_guidelines()
HAN = re.compile("[\u4e00-\u9fff]")
COLUMNS = sorted(
    name
    for name, rule in ASSESSOR.graph.rules.items()
    if rule.definition.startswith("stratum_") or name.startswith("iof_")
)


def test_the_strata_are_installed_and_asked_for_by_name_or_by_strata() -> None:
    assert tuple(id for id, guideline in GUIDELINES.items() if guideline.kind == STRATUM) == STRATA
    asked = make_assessor(strata=True).outputs("contract")
    unasked = make_assessor().outputs("contract")
    assert [name for name in unasked if name.startswith("stratum_")] == []
    assert set(STRATA) < set(asked)
    named = make_assessor(["stratum_acr2022"]).outputs("contract")
    assert [name for name in named if name.startswith("stratum_")] == [
        "stratum_acr2022",
        "stratum_acr2022_upto",
        "stratum_acr2022_needs",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_name_of_its_own(language: str) -> None:
    names = [label_of(column, language, ASSESSOR.graph) for column in COLUMNS]  # type: ignore[arg-type]
    assert len(set(names)) == len(names)
    assert all(bool(HAN.search(name)) == (language == "zh") for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_explained(language: str) -> None:
    people = numbered(with_gaps(known_people(12, seed=31), seed=32))
    frame = Polars().bring_back(Polars().hold(canonical_people(people)))
    rows = frame.join(
        assess_on(Polars(), frame, "all", definitions=[*STRATA, "osteoporosis_china2022"]), on="person_id"
    ).to_dicts()
    assessor = make_assessor([*STRATA, "osteoporosis_china2022"])
    for row in rows:
        for column in (name for name in COLUMNS if name in row):
            explanation = explain(row, assessor, column, language)  # type: ignore[arg-type]
            assert explanation_text(explanation).startswith(explanation.headline)
        drawn = explanation_html([explain(row, assessor, stratum, language) for stratum in STRATA])  # type: ignore[arg-type]
        assert drawn.count("<section") == len(STRATA)


@pytest.mark.parametrize("id", STRATA)
def test_a_scheme_is_shown_with_every_criterion_and_how_far_it_was_checked(id: str) -> None:
    evidence = GUIDELINES[id].evidence
    shown = json.loads(show_guideline(GUIDELINES[id], ASSESSOR, format="json"))
    limits = [limit for cutoff in evidence.cutoffs for limit in cutoff.limits]
    assert sorted(number["value"] for number in shown["numbers"]) == sorted(limit.value for limit in limits)
    assert sorted(number["source"]["status"] for number in shown["numbers"]) == sorted(
        limit.source.status for limit in limits
    )
    assert [finding["criterion"] for finding in shown["findings"]] == [f.criterion for f in evidence.findings]
    assert [stage["stage"] for stage in shown["stages"]] == [note.stage for note in evidence.stages]
    for language in LANGUAGES:
        text = show_guideline(GUIDELINES[id], ASSESSOR, language)
        assert "_" not in text.partition("Answers in the columns")[0].partition("结果所在的列")[0]
    chinese = show_guideline(GUIDELINES[id], ASSESSOR, "zh").partition("每个数值的出处")[0]
    assert not re.search(r"\b(the|and|or|below|not|of|by)\b", chinese)


def test_unchecked_criteria_are_shown_as_such() -> None:
    rule = ASSESSOR.graph.rules["fall_risk_high_china2022"]
    row = {"falls_12m": 2, "fall_risk_high_china2022": True}
    source = explain(row, ASSESSOR, rule.name).tree.source
    assert source is not None
    assert source.status == "unchecked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_schemes_can_be_listed_and_laid_side_by_side(language: str) -> None:
    listed = list_guidelines(GUIDELINES.values(), language)  # type: ignore[arg-type]
    assert all(id in listed for id in STRATA)
    for first, second in (
        ("stratum_china2022", "stratum_aace2020"),
        ("stratum_nogg2021", "stratum_iof2020"),
        ("stratum_acr2022", "osteoporosis_china2022"),
        ("stratum_endocrine2019", "awgs2019"),
    ):
        text = compare_guidelines(GUIDELINES[first], GUIDELINES[second], ASSESSOR, language)  # type: ignore[arg-type]
        assert GUIDELINES[first].evidence.label.in_language(language) in text  # type: ignore[arg-type]


def test_two_different_schemes_are_never_said_to_judge_alike() -> None:
    for first, second in combinations(STRATA, 2):
        lead = comparison_page(GUIDELINES[first], GUIDELINES[second], ASSESSOR).lead
        assert lead.startswith("They part at"), (first, second, lead)


def told(person: dict[str, object], stratum: str) -> tuple[str, list[str]]:
    """The headline, and the criteria that stand right below it."""
    judged = assess_on(Polars(), canonical_people(numbered([person])), "all", definitions=STRATA)
    explanation = explain({**person, **judged.row(0, named=True)}, make_assessor(STRATA), stratum)
    return explanation.headline, [child.name for child in explanation.tree.children]


def test_the_highest_stratum_is_told_by_what_proves_it() -> None:
    headline, below = told({**WELL, "t_score_lumbar_spine": -3.4, "falls_12m": 2}, "stratum_china2022")
    assert headline == "China 2022 strata: very high risk of fracture, settled"
    assert below == [
        "osteoporosis_china2022",
        "t_score_very_low_where_bands_apply_china2022",
        "fall_risk_high_china2022",
    ]


def test_an_open_stratum_is_told_by_what_holds_and_what_is_unknown() -> None:
    headline, below = told({**WELL, "t_score_lumbar_spine": -2.6, "falls_12m": None}, "stratum_aace2020")
    assert headline == "AACE 2020 strata: high risk of fracture; very high risk not excluded"
    assert below == ["t_score_bands_apply", "t_score_of_osteoporosis_aace2020", "fall_risk_high_aace2020"]


def test_who_is_not_judged_is_told_why() -> None:
    headline, below = told(WELL, "stratum_acr2022")
    assert headline == "ACR 2022 strata: no verdict"
    assert below == ["glucocorticoid_treated_acr2022"]


def test_frax_taken_to_hold_the_glucocorticoid_is_said_aloud() -> None:
    person = {**WELL, "glucocorticoid_mg_day": 5.0, "glucocorticoid_months": 6.0}
    sentence = "FRAX is taken to have been computed with glucocorticoids"
    for known, said in ((None, True), (True, False)):
        given = {**person, "frax_with_glucocorticoid": known}
        judged = assess_on(Polars(), canonical_people(numbered([given])), "all", definitions=STRATA)
        row = {**given, **judged.row(0, named=True)}
        assert (sentence in explain(row, make_assessor(STRATA), "stratum_acr2022").assumptions) == said
        assert row["stratum_acr2022"] == "low"

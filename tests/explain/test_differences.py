"""Why definitions differ: each cause on a person made for it."""

from __future__ import annotations

import json

import pytest

from explain.people import PEOPLE, Row, assessor, made_up, result, strangers
from myosteon.outputs.differ_render import (
    differences_html,
    differences_json,
    differences_table,
    differences_text,
)
from myosteon.outputs.differ_types import Reason
from myosteon.outputs.explain_next import gaps
from myosteon.outputs.why_differ import explain_differences
from myosteon.outputs.wording.load import LANGUAGES

MAN: Row = {"sex": "male", "age_years": 70.0, "height_cm": 170.0, "weight_kg": 70.0}
WOMAN: Row = {"sex": "female", "age_years": 72.0, "height_cm": 155.0, "weight_kg": 55.0}


def reasons(cause: str, **values: object) -> list[Reason]:
    found = explain_differences(result(accept=False, **values), assessor())
    return [reason for reason in found.reasons if reason.cause == cause]


def test_a_value_between_two_limits() -> None:
    (reason,) = reasons("between", **MAN, grip_kg=27.5, alm_kg=23.0, mass_method="dxa", gait_speed_m_s=1.2)
    assert reason.text == (
        "Best grip 27.5 kg: below 28 (AWGS 2019, AWGS 2025, JSH 2021, China 2021), below 30 (EWGSOP 2010), "
        "below 35.5 (SDOC 2020), not below 27 (EWGSOP2 2019), not below 26 (AWGS 2014, FNIH 2014, JSH 2016)."
    )
    assert reason.columns == ("grip_best_kg",)


def test_one_test_counts_as_strength_here_and_as_performance_there() -> None:
    (reason,) = reasons("same_test", **WOMAN, grip_kg=22.0, chair_stand_5x_s=13.0, gait_speed_m_s=1.2)
    assert reason.text == "Five chair stands: strength in EWGSOP2 2019, performance in AWGS 2019, China 2021."


def test_a_mass_that_was_not_measured() -> None:
    (reason,) = reasons("mass", **WOMAN, grip_kg=15.0, gait_speed_m_s=0.7)
    assert reason.text.startswith("Muscle mass was not measured; waiting for it: ")
    assert "sdoc2020" not in reason.definitions
    assert {"awgs2019", "jsh2021", "fnih2014"} <= set(reason.definitions)


def test_a_mass_by_a_method_without_a_cut_off() -> None:
    (reason,) = reasons("mass", **MAN, grip_kg=25.0, alm_kg=19.0, mass_method="bia", gait_speed_m_s=0.9)
    assert reason.definitions == ("ewgsop2010", "iwgs2011")
    assert "by BIA" in reason.text


def test_a_mass_that_is_estimated() -> None:
    (reason,) = reasons("mass", **MAN, grip_kg=20.0, alm_kg=19.0, mass_method="estimated", gait_speed_m_s=0.7)
    assert reason.text.startswith("Muscle mass was estimated from body size")
    assert "sdoc2020" not in reason.definitions


def test_a_mass_of_an_unknown_method() -> None:
    found = reasons("mass", **WOMAN, grip_kg=15.0, alm_kg=13.2, gait_speed_m_s=0.7)
    assert any("is unknown" in reason.text and "awgs2019" in reason.definitions for reason in found)


def test_another_index_of_the_same_mass() -> None:
    (reason,) = reasons(
        "index",
        sex="male",
        age_years=75.0,
        height_cm=165.0,
        weight_kg=85.0,
        alm_kg=20.5,
        mass_method="dxa",
        grip_kg=25.0,
    )
    assert "muscle mass index 7.53 kg/m² is not low" in reason.text
    assert "limb muscle mass over BMI 0.657 m² is low (AWGS 2025, FNIH 2014)" in reason.text


def test_what_a_definition_leaves_out() -> None:
    found = reasons("leaves_out", **MAN, grip_kg=20.0, alm_kg=24.0, mass_method="dxa", gait_speed_m_s=0.7)
    assert "Muscle mass is not used by SDOC 2020." in [reason.text for reason in found]
    fit_but_slow = reasons(
        "leaves_out", **MAN, grip_kg=40.0, alm_kg=24.0, mass_method="dxa", gait_speed_m_s=0.9
    )
    assert [reason.text for reason in fit_but_slow] == [
        "Physical performance is not used by AWGS 2025, JSH 2016, JSH 2021."
    ]


def test_ages_with_limits_of_their_own() -> None:
    (reason,) = reasons("age", sex="male", age_years=58.0, grip_kg=31.0, gait_speed_m_s=1.1)
    assert reason.text == (
        "AWGS 2025 goes by age: best grip below 34 at 50 to under 65 years, below 28 from 65 years."
    )
    (too_young,) = reasons("age", sex="male", age_years=40.0, grip_kg=20.0)
    assert too_young.text.startswith("AWGS 2025 gives no verdict at this age")
    (unknown,) = reasons("age", sex="male", grip_kg=20.0)
    assert unknown.text == "Age is unknown, and AWGS 2025 judges by age."


def test_where_all_agree_nothing_is_explained() -> None:
    row = result(accept=False, **MAN, grip_kg=45.0, alm_kg=26.0, mass_method="dxa", gait_speed_m_s=1.4)
    found = explain_differences(row, assessor())
    assert len(found.groups) == 1
    assert found.sentence == "All 11 definitions say the same: no sarcopenia, settled."
    assert found.reasons == ()
    assert found.together == ()


def test_every_definition_stands_in_one_group_with_its_own_answer() -> None:
    for row in strangers():
        groups = explain_differences(row, assessor()).groups
        seen = [id for group in groups for id in group.definitions]
        assert sorted(seen) == sorted(g.id for g in assessor().guidelines if g.kind == "sarcopenia")
        for group in groups:
            for id in group.definitions:
                assert (row[f"sarcopenia_{id}"], row[f"sarcopenia_{id}_upto"]) == (group.value, group.upto)


def test_what_brings_them_together_fills_every_gap() -> None:
    for row in (*strangers(), *(made_up(name) for name in PEOPLE)):
        chosen = explain_differences(row, assessor()).together
        have = {
            (name, method) for way in chosen for name in way.measures for method in way.methods or (None,)
        }
        for gap in gaps(row, assessor(), ("sarcopenia",)):
            assert any(
                (name, method) in have
                for alternative in gap.alternatives
                for name in alternative.measures
                for method in alternative.methods or (None,)
            ), gap


def test_two_methods_are_asked_for_only_where_one_does_not_do() -> None:
    row = result(accept=False, **WOMAN, grip_kg=15.0, gait_speed_m_s=0.7)
    labels = [way.label for way in explain_differences(row, assessor()).together]
    assert labels == ["limb muscle mass by DXA", "limb muscle mass by BIA"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_drawn_in_every_form(language: str) -> None:
    for row in strangers()[:20]:
        found = explain_differences(row, assessor(), language)  # type: ignore[arg-type]
        assert differences_text(found).startswith(found.sentence)
        assert json.loads(differences_json(found)) == differences_table(found)
        page = differences_html(found)
        assert page.count("<tr>") == len(found.groups)
        assert "{" not in differences_text(found)

"""What stands beside a verdict: stages, needs, assumptions, contradictions, the limits that were picked."""

from __future__ import annotations

import pytest

from explain.people import Row, assessor, made_up, result, strangers
from myosteon.outputs.explain import explain, what_to_measure_next
from myosteon.outputs.explain_types import Explanation, Node


def node_of(explanation: Explanation, name: str) -> Node:
    return next(node for node in explanation.tree.walk() if node.name == name)


def names(explanation: Explanation) -> set[str]:
    return {node.name for node in explanation.tree.walk()}


def test_stages_stand_as_the_columns_say() -> None:
    explanation = explain(made_up("woman_78_no_mass"), assessor(), "sarcopenia_awgs2019")
    assert (explanation.value, explanation.upto) == ("possible", "severe")
    assert [(rung.stage, rung.state) for rung in explanation.stages] == [
        ("possible", "proved"),
        ("confirmed", "open"),
        ("severe", "open"),
    ]
    assert explanation.stages[1].formula == "low mass and (low strength or low performance)"
    assert explanation.headline == "AWGS 2019: possible sarcopenia; severe not excluded"
    assert explain(made_up("woman_78_no_mass"), assessor(), "sarcopenia_awgs2019", "zh").headline == (
        "AWGS 2019：可能肌少症，严重未排除"
    )


def test_the_limit_is_that_of_the_person() -> None:
    explanation = explain(made_up("woman_78_no_mass"), assessor(), "sarcopenia_awgs2019")
    grip = node_of(explanation, "grip_weak_awgs2019")
    assert (grip.value, grip.comparison, grip.cutoff, grip.unit) == (17.0, "<", 18.0, "kg")
    assert grip.text == "17.0 kg, below 18"
    assert grip.source is not None
    assert (grip.source.id, grip.source.status) == ("chen2020", "checked")


def test_without_a_sex_both_limits_are_shown_and_the_sex_is_missing() -> None:
    explanation = explain(result(grip_kg=17.0, age_years=70.0), assessor(), "grip_weak_awgs2019")
    assert explanation.tree.cutoff is None
    assert [limit.cutoff for limit in explanation.tree.limits] == [28.0, 18.0]
    assert explanation.tree.text == "17.0 kg; below 28 (men) or below 18 kg (women) counts"
    assert "sex" in explanation.needs


def test_a_value_that_rounds_to_its_limit_is_shown_longer() -> None:
    row = result(sex="female", age_years=70.0, height_cm=155.0, alm_kg=12.973, mass_method="dxa")
    node = node_of(explain(row, assessor(), "sarcopenia_awgs2019"), "asmi_low_dxa_awgs2019")
    assert node.answer == "yes"
    assert not node.text.startswith("5.40 kg")


@pytest.mark.parametrize(
    ("method", "shown", "hidden"),
    [
        ("dxa", "asmi_low_dxa_awgs2019", "asmi_low_bia_awgs2019"),
        ("bia", "asmi_low_bia_awgs2019", "asmi_low_dxa_awgs2019"),
    ],
)
def test_only_the_cut_off_of_the_method_is_shown(method: str, shown: str, hidden: str) -> None:
    row = result(sex="female", age_years=70.0, height_cm=155.0, alm_kg=13.2, mass_method=method)
    found = names(explain(row, assessor(), "sarcopenia_awgs2019"))
    assert shown in found
    assert hidden not in found


def test_of_an_unknown_method_both_cut_offs_are_shown_and_said_to_disagree() -> None:
    row = result(sex="female", age_years=70.0, height_cm=155.0, alm_kg=13.2)
    explanation = explain(row, assessor(), "sarcopenia_awgs2019")
    assert {"asmi_low_dxa_awgs2019", "asmi_low_bia_awgs2019", "mass_method"} <= names(explanation)
    assert "method unknown" in node_of(explanation, "mass_low_awgs2019").note
    assert explanation.assumptions == ()
    settled = result(sex="female", age_years=70.0, height_cm=155.0, alm_kg=12.0)
    assert explain(settled, assessor(), "sarcopenia_awgs2019").assumptions == (
        "How muscle mass was measured is unknown: it is taken to be DXA or BIA, never an estimate.",
    )


def test_a_method_without_a_cut_off_is_named() -> None:
    row = result(sex="male", age_years=70.0, height_cm=170.0, alm_kg=19.0, mass_method="bia", grip_kg=20.0)
    explanation = explain(row, assessor(), "sarcopenia_ewgsop2010")
    node = node_of(explanation, "mass_low_ewgsop2010")
    assert node.answer == "unknown"
    assert node.note == "measured by BIA, for which this definition has no cut-off"
    assert "limb muscle mass by DXA" in [item.text for item in explanation.needed]


def test_an_unmeasured_mass_says_what_would_count() -> None:
    leaf = node_of(explain(made_up("woman_78_no_mass"), assessor(), "sarcopenia_awgs2019", "zh"), "alm_kg")
    assert leaf.text == "未测；DXA低于5.4、BIA低于5.7 kg/m²即算"
    assert [(limit.method, limit.cutoff) for limit in leaf.limits] == [("dxa", 5.4), ("bia", 5.7)]


def test_a_flag_that_decides_is_shown_and_the_value_beside_it_is_not_judged() -> None:
    row = result(sex="male", age_years=70.0, walk_unable=True, gait_speed_m_s=1.3)
    explanation = explain(row, assessor(), "gait_slow_awgs2019")
    assert explanation.tree.answer == "yes"
    assert explanation.tree.text == "1.30 m/s"
    assert node_of(explanation, "walk_unable").answer == "yes"
    assert explanation.contradictions == (
        "The person is said to be unable to walk, yet a walk was timed. The inability counts.",
    )


def test_a_flag_that_says_nothing_is_not_shown() -> None:
    row = result(sex="male", age_years=70.0, walk_unable=False, gait_speed_m_s=1.3)
    assert "walk_unable" not in names(explain(row, assessor(), "gait_slow_awgs2019"))


def test_alternatives_are_grouped() -> None:
    row = result(sex="female", age_years=70.0, grip_kg=25.0)
    explanation = explain(row, assessor(), "sarcopenia_awgs2019")
    assert {item.text for item in explanation.needed} == {
        "any one of: gait speed, SPPB total, five chair stands",
        "limb muscle mass by DXA or BIA (with height)",
    }
    assert set(explanation.needs) == {
        name for item in explanation.needed for way in item.ways for name in way.measures
    }


def test_the_needs_are_those_of_the_column() -> None:
    row = result(sex="female", age_years=70.0, grip_kg=25.0)
    held = {
        id: str(row[f"sarcopenia_{id}_needs"] or "")
        for id in ("awgs2019", "ewgsop2010", "jsh2021", "sdoc2020")
    }
    for id, needs in held.items():
        assert ";".join(explain(row, assessor(), f"sarcopenia_{id}").needs) == needs
    assert held["awgs2019"]
    assert not held["jsh2021"]


def test_every_need_stands_in_one_group() -> None:
    verdicts = [column for guideline in assessor().guidelines for column in guideline.verdicts]
    for row in strangers():
        for verdict in verdicts:
            explanation = explain(row, assessor(), verdict)
            grouped = [{name for way in item.ways for name in way.measures} for item in explanation.needed]
            assert set().union(*grouped) == set(explanation.needs), verdict
            assert sum(len(group) for group in grouped) == len(explanation.needs), verdict


def test_sites_of_the_skeleton_are_alternatives() -> None:
    explanation = explain(result(sex="male", age_years=70.0), assessor(), "bone_who")
    assert explanation.headline == "WHO bands: open; severe osteoporosis not excluded"
    assert explanation.needed[0].text == (
        "any one of: T-score, lumbar spine; T-score, femoral neck; T-score, total hip; T-score, one-third radius"
    )


def test_a_verdict_without_a_list_of_needs_names_what_is_unknown_below_it() -> None:
    row = result(sarc_f_strength=1, sarc_f_rise=2)
    explanation = explain(row, assessor(), "sarc_f_positive")
    assert explanation.needs == ("sarc_f_assistance", "sarc_f_climb", "sarc_f_falls")


def test_a_cross_verdict_needs_what_its_open_parts_need() -> None:
    explanation = explain(made_up("woman_78_no_mass"), assessor(), "osteosarcopenia_awgs2019")
    assert explanation.needs == ("alm_kg", "mass_method")


def test_assumptions_are_said_aloud() -> None:
    row = made_up("woman_78_no_mass")
    said = explain(row, assessor(), "bone_who").assumptions
    assert said == ("Menopause is not recorded: a woman from 50 is taken to be past it.",)
    assert explain(row, assessor(), "sarcopenia_awgs2019").assumptions == ()


def test_an_accepted_estimate_is_said_aloud() -> None:
    row = result(
        accept=True,
        sex="male",
        age_years=70.0,
        height_cm=170.0,
        alm_kg=17.0,
        mass_method="estimated",
        grip_kg=20.0,
    )
    explanation = explain(row, assessor(accept=True), "sarcopenia_awgs2019")
    assert explanation.value == "confirmed"
    assert any("accepted, as was asked" in said for said in explanation.assumptions)
    assert "judged by the cut-off for DXA" in node_of(explanation, "mass_low_awgs2019").note


def test_an_estimate_that_was_not_accepted_proves_nothing() -> None:
    row = result(
        sex="male", age_years=70.0, height_cm=170.0, alm_kg=17.0, mass_method="estimated", grip_kg=20.0
    )
    for definition in ("awgs2019", "ewgsop2019", "ewgsop2010"):
        node = node_of(explain(row, assessor(), f"sarcopenia_{definition}"), f"mass_low_{definition}")
        assert node.answer == "unknown"
        assert node.note == "estimated from body size, which proves nothing"


def test_an_age_outside_the_scope_is_said() -> None:
    said = explain(made_up("man_58_by_impedance"), assessor(), "sarcopenia_ewgsop2010").assumptions
    assert said == ("Younger than EWGSOP 2010 was made for (older adults, usually from 65).",)
    under_50 = explain(made_up("woman_47_z_score"), assessor(), "sarcopenia_awgs2025")
    assert under_50.headline == "AWGS 2025: no verdict"
    assert node_of(under_50, "age_judged_awgs2025").answer == "no"
    assert all(rung.state is None for rung in under_50.stages)


def test_what_a_reader_took_as_no_is_said() -> None:
    row = result(
        sex="female", age_years=70.0, t_score_total_hip=-1.5, fracture_hip=False, fracture_pelvis=False
    )
    explanation = explain(row, assessor(), "osteoporosis_china2022", taken_as_no=("fracture_hip", "copd"))
    assert "Not recorded and read as no: hip fracture." in explanation.assumptions


def test_only_contradictions_that_bear_on_the_verdict_are_said() -> None:
    row = made_up("woman_81_contradictions")
    about_bone = explain(row, assessor(), "osteoporosis_china2022").contradictions
    assert len(about_bone) == 1
    assert "vertebra" in about_bone[0]
    about_muscle = explain(row, assessor(), "sarcopenia_ewgsop2019").contradictions
    assert not set(about_bone) & set(about_muscle)
    assert len(about_muscle) == 2


def steps(row: Row) -> list[tuple[str, int, int]]:
    return [
        (step.text, len(step.definitions), step.tier) for step in what_to_measure_next(row, assessor()).steps
    ]


def test_what_to_measure_next_helps_most_first() -> None:
    assert steps(made_up("woman_78_no_mass")) == [
        ("Limb muscle mass by DXA", 7, 2),
        ("Limb muscle mass by BIA, or muscle index by CT at L3", 2, 2),
    ]
    nothing = steps(made_up("nothing_known"))
    assert nothing[0][0] == "Sex"
    assert len(nothing) == 3
    assert [helped for _, helped, _ in nothing] == sorted((helped for _, helped, _ in nothing), reverse=True)


def test_what_to_measure_next_reads_only_what_columns_need() -> None:
    row = made_up("man_58_by_impedance")
    needed = {
        name
        for guideline in assessor().guidelines
        for column in guideline.verdicts
        if column.endswith("_needs")
        for name in str(row[column] or "").split(";")
    }
    for step in what_to_measure_next(row, assessor()).steps:
        assert set(step.way.measures) <= needed


def test_nothing_is_asked_for_where_all_is_settled() -> None:
    settled = {
        **made_up("nothing_known"),
        **{c: None for g in assessor().guidelines for c in g.verdicts if c.endswith("_needs")},
    }
    answer = what_to_measure_next(settled, assessor(), "zh")
    assert answer.steps == ()
    assert answer.sentence == "无需再测：各项均已定。"

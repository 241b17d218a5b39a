"""The form as data: each measure has one place, the village sees twelve, and whatever is named exists."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from myosteon.app.web.form.load import load_form, read_form
from myosteon.app.web.form.questionnaires import load_questionnaires
from myosteon.assess import make_assessor
from myosteon.errors import EvidenceError
from myosteon.evidence.clinic import clinic_of_tier, load_tiers
from myosteon.vocabulary.measures import load_measures

# What belongs to a measure of the village's twelve: the hands and tries of grip, the course of a walk, the five answers of SARC-F.
BELONGS = {
    "grip_left_kg": "grip_kg",
    "grip_right_kg": "grip_kg",
    "grip_device": "grip_kg",
    "grip_trials": "grip_kg",
    "grip_statistic": "grip_kg",
    "chair_stand_unable": "chair_stand_5x_s",
    "gait_course_m": "gait_speed_m_s",
    "walk_unable": "gait_speed_m_s",
    "sarc_f_strength": "sarc_f_score",
    "sarc_f_assistance": "sarc_f_score",
    "sarc_f_rise": "sarc_f_score",
    "sarc_f_climb": "sarc_f_score",
    "sarc_f_falls": "sarc_f_score",
}


def form_file() -> dict[str, Any]:
    text = (files("myosteon.app.web.form") / "form.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_every_measure_of_the_vocabulary_stands_in_exactly_one_place() -> None:
    file = form_file()
    places = Counter(name for step in file["step"] for group in step["group"] for name in group["measures"])
    places.update(name for absent in file["not_entered"] for name in absent["measures"])
    assert set(places) == set(load_measures())
    assert set(places.values()) == {1}


def test_the_192_measures_of_the_contract_are_among_them() -> None:
    text = (files("myosteon.vocabulary") / "measures.toml").read_text(encoding="utf-8")
    contract = [row["name"] for row in tomllib.loads(text)["measure"]]
    assert len(contract) == 192
    form = load_form()
    entered = {measure.name for _, group in form.groups() for measure in group.measures}
    absent = {measure.name: one.reason for one in form.not_entered for measure in one.measures}
    for name in contract:
        assert (name in entered) != (name in absent)
        assert name in entered or (absent[name].en and absent[name].zh)


def test_a_village_sees_the_twelve_essential_measures_in_the_first_four_steps() -> None:
    village = clinic_of_tier(1)
    seen = {
        BELONGS.get(measure.name, measure.name)
        for step in load_form().main_steps[:4]
        for group in step.open_groups(village, "female")
        for measure in group.measures
    }
    from_the_record = {"sex", "age_years"}
    essential = {measure.name for measure in load_measures().values() if measure.essential}
    assert len(essential) == 12
    assert seen | from_the_record == essential


def test_what_a_clinic_cannot_measure_is_closed_and_stays_reachable() -> None:
    village, hospital = clinic_of_tier(1), clinic_of_tier(2)
    bone = load_form().steps["bone"]
    scores = next(group for group in bone.groups if group.id == "t_scores")
    assert not scores.is_measured_at(village)
    assert scores.is_measured_at(hospital)
    assert scores not in bone.open_groups(village, None)
    assert scores in bone.open_groups(hospital, None)
    assert scores in bone.groups


def test_a_county_that_has_no_dxa_does_not_open_it() -> None:
    without = clinic_of_tier(2, cannot=["dxa"])
    opened = {group.id for group in load_form().steps["bone"].open_groups(without, None)}
    assert "t_scores" not in opened


def test_groups_for_one_sex_are_not_shown_to_the_other_but_to_the_unknown() -> None:
    women = next(group for group in load_form().steps["about"].groups if group.id == "women")
    assert women.is_for("female")
    assert not women.is_for("male")
    assert women.is_for(None)


def test_every_capability_is_one_that_clinics_have() -> None:
    named = {
        group["capability"]
        for step in form_file()["step"]
        for group in step["group"]
        if "capability" in group
    }
    assert named <= set(load_tiers().capabilities)
    assert {"dxa", "bia", "laboratory", "bone_markers", "spine_imaging"} <= named


def test_nothing_of_the_last_twelve_months_lasts_but_the_menopause() -> None:
    of_a_time = {name for name in load_form().lasting if name.endswith("_12m") or name.startswith("months_")}
    assert of_a_time == {"amenorrhoea_12m"}, "that one is of the years before the menopause, and lasts"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ('measures = ["height_cm", "weigth_kg"]', "weigth_kg"),
        ('measures = ["height_cm", "height_cm"]', "twice"),
        ('measures = ["height_cm"]\nopened = true', "opened"),
        ('measures = ["height_cm"]\nlabel = {en = "Height"}', "zh"),
    ],
)
def test_a_fault_of_the_file_is_named(fault: str, told: str) -> None:
    label = "" if "label" in fault else 'label = {en = "A", zh = "甲"}\n'
    text = f"""[[step]]
id = "a"
label = {{en = "A", zh = "甲"}}
short = {{en = "A", zh = "甲"}}
[[step.group]]
id = "g"
{label}{fault}
"""
    with pytest.raises(EvidenceError, match=told):
        read_form(text)


def test_a_measure_that_stands_nowhere_stops_the_start() -> None:
    text = """[[step]]
id = "a"
label = {en = "A", zh = "甲"}
short = {en = "A", zh = "甲"}
[[step.group]]
id = "g"
label = {en = "A", zh = "甲"}
measures = ["height_cm"]
"""
    with pytest.raises(EvidenceError, match="stand nowhere"):
        read_form(text)


def test_every_card_asks_a_measure_that_has_its_place_and_every_answer_is_a_rule() -> None:
    entered = {measure.name for _, group in load_form().groups() for measure in group.measures}
    rules = make_assessor(None, risk=True).graph.rules
    for questionnaire in load_questionnaires().values():
        assert {measure.name for measure in questionnaire.measures} <= entered
        assert set(questionnaire.answers) <= set(rules)


def test_what_can_be_tapped_is_every_value_that_the_measure_can_have_in_its_order() -> None:
    tapped = [card for one in load_questionnaires().values() for card in one.cards if card.choices]
    assert len(tapped) == 5
    for card in tapped:
        (measure,) = card.measures
        assert measure.hard_min is not None
        assert measure.hard_max is not None
        values = [choice.value for choice in card.choices]
        assert values == list(range(int(measure.hard_min), int(measure.hard_max) + 1))


def test_the_questionnaires_ask_what_the_instruments_are_made_of() -> None:
    """The items as the papers count them: five, nineteen (age, height and weight from the record), five, seven (age from it)."""
    asked = {id: {measure.name for measure in one.measures} for id, one in load_questionnaires().items()}
    assert asked["sarc_f"] == {
        f"sarc_f_{item}" for item in ("strength", "assistance", "rise", "climb", "falls")
    }
    assert len(asked["frail"]) == 5
    assert len(asked["msra"] | {"age_years"}) == 7
    read = make_assessor(None, risk=True).graph.measures_read(["iof_one_minute_positive"])
    from_the_record = {"sex", "age_years", "height_cm", "weight_kg"}
    # Each is another way to know what a card asks already: the same fracture by its site, milk by the serving, smoking in detail.
    other_ways = {
        name for name in read if name.startswith(("fracture_", "vertebral_", "genant", "months_since"))
    }
    other_ways |= {"milk_daily", "smoking_category"}
    assert read - from_the_record - other_ways <= asked["iof"]

"""The verdict while somebody types: the same as of every other door, and quick."""

from __future__ import annotations

import time

import polars as pl
import pytest

from myosteon.app.web.form.live import live_verdict, questionnaire_answers
from myosteon.app.web.form.questionnaires import load_questionnaires
from myosteon.assess import assess
from myosteon.frame import canonical_dtype
from myosteon.vocabulary.measures import load_measures

DEFINITIONS = ("awgs2019", "bone_who", "osteoporosis_china2022")
WOMAN = {
    "sex": "female",
    "age_years": 78.0,
    "grip_kg": 17.0,
    "chair_stand_5x_s": 16.0,
    "height_cm": 151.0,
    "weight_kg": 52.0,
}
PEOPLE = [
    WOMAN,
    {**WOMAN, "alm_kg": 11.0, "mass_method": "dxa"},
    {**WOMAN, "t_score_femoral_neck": -2.7, "fracture_hip": False},
    {**WOMAN, "fracture_hip": True},
    {
        "sex": "male",
        "age_years": 66.0,
        "grip_kg": 40.0,
        "gait_speed_m_s": 1.3,
        "alm_kg": 25.0,
        "height_cm": 172.0,
    },
    {"sex": "male"},
    {},
]


def by_assess(values: dict[str, object]) -> dict[str, object]:
    schema = {name: canonical_dtype(load_measures()[name]) for name in ("sex", "age_years", *values)}
    frame = pl.DataFrame([{name: values.get(name) for name in schema}], schema=schema)
    return assess(frame, definitions=DEFINITIONS).row(0, named=True)


@pytest.mark.parametrize("values", PEOPLE)
def test_the_ladder_says_what_assess_says(values: dict[str, object]) -> None:
    answer = by_assess(values)
    live = live_verdict(values, DEFINITIONS, "en")
    for verdict, column in zip(live.verdicts, ("sarcopenia_awgs2019", "bone_who"), strict=False):
        proved = [rung.stage for rung in verdict.stages if rung.state == "proved"]
        possible = [rung.stage for rung in verdict.stages if rung.state in ("proved", "open")]
        value, upto = answer[column], answer[f"{column}_upto"]
        assert (proved[-1] if proved else None) == (value if value not in ("none", "normal") else None)
        assert (possible[-1] if possible else None) == (upto if upto not in ("none", "normal") else None)


@pytest.mark.parametrize("values", PEOPLE)
def test_at_most_three_things_are_asked_for_and_none_that_is_known(values: dict[str, object]) -> None:
    steps = live_verdict(values, DEFINITIONS, "zh").next
    assert len(steps) <= 3
    for step in steps:
        assert not set(step.way.measures) <= set(values)


def test_the_sentences_are_in_the_language_that_is_asked_for() -> None:
    assert (
        live_verdict(WOMAN, DEFINITIONS, "en").verdicts[0].sentence
        == "AWGS 2019: possible sarcopenia; severe not excluded"
    )
    assert live_verdict(WOMAN, DEFINITIONS, "zh").verdicts[0].sentence == "AWGS 2019：可能肌少症，严重未排除"


def test_a_total_appears_only_when_all_items_are_known() -> None:
    sarc_f = load_questionnaires()["sarc_f"]
    items = {"sarc_f_strength": 1, "sarc_f_assistance": 0, "sarc_f_rise": 2, "sarc_f_climb": 1}
    assert questionnaire_answers(items, sarc_f, "en") == ("SARC-F total: unknown", "Positive SARC-F: open")
    whole = {**items, "sarc_f_falls": 1}
    assert questionnaire_answers(whole, sarc_f, "en") == ("SARC-F total: 5", "Positive SARC-F: yes")
    assert questionnaire_answers(whole, sarc_f, "zh") == ("SARC-F总分：5分", "SARC-F阳性：是")


def test_seven_answers_settle_the_longer_mini_sarcopenia_score() -> None:
    """By the printed points: 78 years 0, no stay in hospital 10, walks 5, meals 5, milk 0, protein food 5, weight kept 5."""
    answers = {
        "hospital_stays_12m": 0,
        "walks_1000m": True,
        "three_meals_daily": True,
        "milk_daily": False,
        "protein_food_daily": True,
        "weight_loss_12m_kg": 0.0,
    }
    said = questionnaire_answers({**WOMAN, **answers}, load_questionnaires()["msra"], "en")
    assert "MSRA-7 total: 30" in said


def test_an_answer_takes_less_than_thirty_milliseconds() -> None:
    live_verdict(WOMAN, DEFINITIONS, "zh")
    times = []
    for grip in range(20):
        began = time.process_time()
        live_verdict({**WOMAN, "grip_kg": float(grip)}, DEFINITIONS, "zh")
        times.append(time.process_time() - began)
    assert sorted(times)[len(times) // 2] < 0.03


def test_grip_is_said_with_the_limit_of_the_clinics_own_definition() -> None:
    assert (
        live_verdict(WOMAN, DEFINITIONS, "en").grip
        == "Low grip strength, AWGS 2019: yes (17.0 kg, below 18)."
    )
    assert live_verdict(WOMAN, ("ewgsop2019",), "zh").grip.startswith("握力低（EWGSOP2 2019）：否")
    assert live_verdict({**WOMAN, "grip_kg": None}, DEFINITIONS, "en").grip == ""

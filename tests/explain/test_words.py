"""Numbers, units, comparisons and names in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explain.people import assessor
from myosteon.engine.graph import make_graph
from myosteon.errors import EvidenceError
from myosteon.outputs.explain_text import cells, pad
from myosteon.outputs.wording import load
from myosteon.outputs.wording.load import label_of, number, speak

GRAPH = assessor().graph


@pytest.mark.parametrize(
    ("value", "fewest", "most", "text"),
    [
        (17.0, 1, 2, "17.0"),
        (17.25, 1, 2, "17.25"),
        (17.256, 1, 2, "17.26"),
        (-2.5, 1, 2, "−2.5"),
        (-0.001, 1, 2, "0.0"),
        (28.0, 0, 2, "28"),
        (100.0, 0, 0, "100"),
    ],
)
def test_numbers_keep_the_decimals_that_they_need(value: float, fewest: int, most: int, text: str) -> None:
    assert number(value, fewest, most) == text


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (17.0, "kg", "17.0 kg", "17.0 kg"),
        (16.0, "s", "16.0 s", "16.0秒"),
        (0.7, "m/s", "0.70 m/s", "0.70 m/s"),
        (78.0, "a", "78 years", "78岁"),
        (9, "{score}", "9", "9分"),
        (5.4, "%", "5.4 %", "5.4%"),
        (3.0, "mmol/L", "3 mmol/L", "3 mmol/L"),
        (4, "", "4", "4"),
    ],
)
def test_quantities_carry_their_unit(value: float, unit: str, english: str, chinese: str) -> None:
    assert speak("en").quantity(value, unit) == english
    assert speak("zh").quantity(value, unit) == chinese


def test_a_typed_value_is_not_shortened() -> None:
    assert speak("en").quantity(17.125, "kg", typed=True) == "17.125 kg"
    assert speak("en").quantity(17.125, "kg") == "17.12 kg"


def test_a_value_beside_its_limit_is_shown_apart_from_it() -> None:
    assert speak("en").quantity(5.3996, "kg/m2", beside=5.4) == "5.3996 kg/m²"
    assert speak("en").quantity(5.4, "kg/m2", beside=5.4) == "5.40 kg/m²"


def test_comparisons_are_said_both_ways() -> None:
    english, chinese = speak("en"), speak("zh")
    assert [english.limit("<", 18.0, "kg", met=met) for met in (True, False)] == ["below 18", "not below 18"]
    assert [chinese.limit("<", 18.0, "kg", met=met) for met in (True, False)] == ["低于18", "不低于18"]
    assert [chinese.limit("<=", 8.0, "{score}", met=met) for met in (True, False)] == ["不高于8", "高于8"]
    assert chinese.limit(">=", 12.0, "s", bare=False) == "不低于12秒"
    assert english.limit("<", 1.0, "m/s") == "below 1.0"


def test_labels_name_the_definition_unless_it_is_being_spoken_of() -> None:
    assert label_of("grip_weak_awgs2019", "en", GRAPH) == "low grip strength, AWGS 2019"
    assert label_of("grip_weak_awgs2019", "zh", GRAPH) == "握力低（AWGS 2019）"
    assert label_of("grip_weak_awgs2019", "zh", GRAPH, inside="awgs2019") == "握力低"
    assert label_of("asmi_low_dxa_awgs2019", "zh", GRAPH, inside="awgs2019") == "肌量指数低（DXA）"
    assert label_of("strength_low_awgs2019", "zh") == "肌力低（AWGS 2019）"
    assert label_of("gait_speed_m_s", "zh", GRAPH) == "步速"


def test_a_rule_of_somebody_else_is_called_by_its_sentence() -> None:
    theirs = replace(
        GRAPH.rules["bmi"],
        name="theirs",
        inputs=("weight_kg", "height_cm"),
        template="of_theirs",
        sentence="Weight for height. More of it.",
    )
    graph = make_graph([theirs], GRAPH.measures)
    assert label_of("theirs", "zh", graph) == "Weight for height"
    assert speak("zh").level("of_theirs") == "of_theirs"


def test_a_text_in_one_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tomllib.loads", lambda text: {"labels": {"bmi": {"en": "BMI"}}})
    with pytest.raises(EvidenceError, match=r"labels\.bmi"):
        load._checked("rules.toml")


def test_other_parts_in_the_other_language_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tomllib.loads", lambda text: {"x": {"y": {"en": "{a}", "zh": "{b}"}}})
    with pytest.raises(EvidenceError, match=r"x\.y"):
        load._checked("explain.toml")


def test_chinese_takes_two_columns_of_a_terminal() -> None:
    assert cells("可能 a") == 6
    assert pad("可能", 6) == "可能  "

"""What a file gives: unknown and refused values are left out, counted and named; nothing is filled in."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from myosteon.errors import InputError
from myosteon.study.validation.bootstrap import draw_weights
from myosteon.study.validation.columns import read_columns
from myosteon.study.validation.counts import count_warnings
from myosteon.study.validation.given_columns import Asking


def frame(**columns: list[object]) -> pl.DataFrame:
    return pl.DataFrame({"person_id": [f"P{n}" for n in range(len(next(iter(columns.values()))))], **columns})


def test_every_row_is_judged_or_counted_once() -> None:
    people = frame(
        risk=["1", "2.5 %", "NA", "", "101", "-1", "three", "5", "6", "7", "8", "nan", "9"],
        event=["0", "1", "1", "x", "1", "0", "0", "yes", "No", "died", "", "1", "1"],
        years=["1", "2", "3", "1", "1", "1", "1", "-4", "inf", "2", "3", "4", "1"],
    )
    given = read_columns(people, Asking("risk", "event", "years", 2.0))
    assert given.people.risk.tolist() == pytest.approx([0.01, 0.025, 0.07, 0.09])
    assert given.people.fate.tolist() == [0, 1, 2, 1]
    assert given.excluded == {"risk_unknown": 3, "risk_refused": 3, "event_unknown": 1, "time_refused": 2}
    assert given.rows == 13 == given.people.count + sum(given.excluded.values())
    told = {(refusal.person_id, refusal.column, refusal.value) for refusal in given.refusals}
    assert told == {
        ("P4", "risk", "101"), ("P5", "risk", "-1"), ("P6", "risk", "three"), ("P3", "event", "x"),
        ("P7", "years", "-4"), ("P8", "years", "inf"),
    }  # fmt: skip


def test_a_refusal_names_person_column_value_and_remedy_in_both_languages() -> None:
    given = read_columns(frame(risk=[10, 20, 30, 40, 500], event=[1, 0, 1, 0, 1]), Asking("risk", "event"))
    (refusal,) = given.refusals
    for language, remedy in (("en", "2.5 for 2.5 %"), ("zh", "2.5%写作2.5")):
        line = refusal.describe(language)
        assert all(part in line for part in ("P4", "risk", "500", remedy))


def test_why_an_algorithm_gave_no_risk_is_told() -> None:
    people = frame(
        risk=[10.0, 20.0, 30.0, 40.0, None, None, None],
        event=[1, 0, 1, 0, 1, 0, 1],
        a_needs=[None, None, None, None, "falls_12m;age_years", None, None],
        a_outside=[None, None, None, None, None, "bmi", None],
    )
    given = read_columns(people, Asking("risk", "event", needs="a_needs", outside="a_outside"))
    assert given.excluded == {"risk_needs": 1, "risk_outside": 1, "risk_unknown": 1}
    assert given.wanting == {"falls_12m": 1, "age_years": 1}


@pytest.mark.parametrize(
    "words",
    [[0, 1, 2, 0], [0.0, 1.0, 2.0, 0.0], ["no", "Yes", "DIED", "censored"], ["否", "是", "死亡", "无"]],
)
def test_an_outcome_may_be_told_in_many_words(words: list[object]) -> None:
    more = frame(risk=[1, 2, 3, 4, 5], event=[*words, words[1]])
    given = read_columns(more, Asking("risk", "event"))
    assert given.people.fate.tolist() == [0, 1, 2, 0, 1]


def test_yes_and_no_of_a_typed_file() -> None:
    given = read_columns(frame(risk=[1, 2, 3, 4], event=[True, False, True, False]), Asking("risk", "event"))
    assert given.people.fate.tolist() == [1, 0, 1, 0]


def test_points_have_no_range() -> None:
    given = read_columns(
        frame(risk=[-3, 0, 120, 4], event=[1, 0, 1, 0]), Asking("risk", "event", points=True)
    )
    assert given.people.risk.tolist() == [-3, 0, 120, 4]


def test_rows_of_one_person_share_a_number_and_nameless_rows_do_not() -> None:
    people = pl.DataFrame(
        {"person_id": ["A", "A", None, None, "B"], "risk": [1, 2, 3, 4, 5], "event": [1, 0, 1, 0, 1]}
    )
    person = read_columns(people, Asking("risk", "event")).people.person.tolist()
    assert person[0] == person[1]
    assert len(set(person)) == 4


def test_times_in_days_are_refused() -> None:
    people = frame(risk=[1, 2, 3, 4, 5], event=[1, 0, 1, 0, 1], years=[1, 4, 1, 6, 730])
    given = read_columns(people, Asking("risk", "event", "years", 2.0))
    assert [(refusal.column, refusal.value) for refusal in given.refusals] == [("years", "730")]


def test_where_all_is_refused_the_first_values_are_named() -> None:
    people = frame(risk=[1, 2, 3, 4, 5], event=[1, 0, 1, 0, 1], years=[500, 600, 700, 800, 730])
    with pytest.raises(InputError) as error:
        read_columns(people, Asking("risk", "event", "years", 2.0))
    for text, parts in (
        (error.value.args[0].en, ("5 time refused", "P0", "500", "within 0 to 120")),
        (error.value.args[0].zh, ("时间值被拒收5人", "P0", "500", "0～120")),
    ):
        assert all(part in text for part in parts)


def test_an_outcome_coded_one_and_two_is_warned_of() -> None:
    given = read_columns(frame(risk=[1, 2, 3, 4, 5], event=[1, 2, 1, 2, 1]), Asking("risk", "event"))
    assert count_warnings(given.people, False, {}, None)["nobody_free"] == 2


def test_people_who_are_left_out_are_not_drawn() -> None:
    given = read_columns(
        frame(risk=[1, None, 3, None, 5, 6], event=[1, 0, 1, 0, 0, 0]), Asking("risk", "event")
    )
    assert given.people.person.tolist() == [0, 1, 2, 3]
    for seed in range(5):
        assert draw_weights(given.people, np.random.default_rng(seed)).sum() == given.people.count


def test_nobody_left_says_why() -> None:
    with pytest.raises(InputError, match="2 no risk given; 1 outcome not known"):
        read_columns(frame(risk=[None, None, 3.0], event=["1", "0", None]), Asking("risk", "event"))


def test_groups_keep_to_those_who_are_judged() -> None:
    people = frame(
        risk=[1, None, 3, 4, 5], event=[1, 0, 1, 0, 0], sex=["female", "male", None, "male", "female"]
    )
    given = read_columns(people, Asking("risk", "event", subgroups=("sex",)))
    assert given.subgroups == {"sex": ("female", "", "male", "female")}

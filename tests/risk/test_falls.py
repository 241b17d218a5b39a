"""Risk of falls: STEADI, the world guidelines of 2022 and the list of factors; worked cases and a second reading."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engines import Engine, Polars
from myosteon.evidence.load import load_evidence
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.library import risk_algorithm
from risk.answering import answered, answers, named
from risk.falls_reading import LEAST_STANDS, STEADI, WORLD, Verdict, steadi, world2022
from shared import shared_folder
from test_engines_agree import assert_same

COLUMNS = tuple(
    name
    for id in ("fall_risk_steadi", "fall_risk_world2022", "fall_risk_summary")
    for name in risk_algorithm(id).columns
)
Person = dict[str, Any]
NO_COMPLAINT: Person = {"falls_12m": 0, "feels_unsteady": False, "fear_of_falling": False}
ROBUST: Person = {
    "fatigue_most_of_time": False,
    "unable_climb_10_steps": False,
    "unable_walk_block": False,
    "illness_count": 0,
    "weight_loss_12m_kg": 0.0,
    "weight_kg": 60.0,
}


def of(**person: object) -> Person:
    """The columns of one woman of 72, or as said."""
    return answers([{"age_years": 72.0, "sex": "female", **person}], COLUMNS)[0]


STEADI_CASES: list[tuple[Person, str | None, str | None]] = [
    (NO_COMPLAINT, "not_at_risk", "not_at_risk"),
    ({**NO_COMPLAINT, "tug_s": 30.0}, "not_at_risk", "not_at_risk"),
    ({**NO_COMPLAINT, "falls_12m": 1}, "at_risk", "at_risk_impaired"),
    ({**NO_COMPLAINT, "falls_12m": None, "falls_injurious_12m": 1}, "at_risk", "at_risk_impaired"),
    ({"feels_unsteady": True, "tug_s": 11.9}, "at_risk", "at_risk"),
    ({"feels_unsteady": True, "tug_s": 12.0}, "at_risk_impaired", "at_risk_impaired"),
    ({"fear_of_falling": True, "chair_stand_30s_count": 10}, "at_risk", "at_risk"),
    ({"fear_of_falling": True, "chair_stand_30s_count": 9}, "at_risk_impaired", "at_risk_impaired"),
    ({"fear_of_falling": True, "chair_rise_arms": True}, "at_risk_impaired", "at_risk_impaired"),
    ({"fear_of_falling": True, "chair_rise_arms": False}, "at_risk", "at_risk_impaired"),
    ({"fear_of_falling": True, "balance_tandem_s": 10.0}, "at_risk", "at_risk"),
    ({"fear_of_falling": True, "balance_tandem_s": 9.9}, "at_risk_impaired", "at_risk_impaired"),
    ({"fear_of_falling": True, "balance_semi_tandem_s": 9.0}, "at_risk_impaired", "at_risk_impaired"),
    ({"fear_of_falling": True, "balance_semi_tandem_s": 10.0}, "at_risk", "at_risk_impaired"),
    ({"fear_of_falling": True, "walk_unable": True}, "at_risk_impaired", "at_risk_impaired"),
    (
        {"fear_of_falling": True, "tug_s": 11.0, "balance_tandem_s": 5.0},
        "at_risk_impaired",
        "at_risk_impaired",
    ),
    ({"stay_independent_score": 4}, "at_risk", "at_risk_impaired"),
    ({"stay_independent_score": 3}, "not_at_risk", "not_at_risk"),
    ({"stay_independent_score": 3, "falls_12m": 2}, "at_risk", "at_risk_impaired"),
    # One question left open: neither at risk nor not.
    ({"falls_12m": 0, "feels_unsteady": False}, None, "at_risk_impaired"),
    ({"falls_12m": 0, "feels_unsteady": False, "tug_s": 9.0}, None, "at_risk"),
    ({}, None, "at_risk_impaired"),
    # A count without the sex has no answer, and leaves open what the others deny.
    (
        {"sex": None, "feels_unsteady": True, "tug_s": 9.0, "chair_stand_30s_count": 11},
        "at_risk",
        "at_risk_impaired",
    ),
    # From 95 there is no usual range: a count says nothing.
    ({"age_years": 95.0, "feels_unsteady": True, "chair_stand_30s_count": 1}, "at_risk", "at_risk_impaired"),
    (
        {"age_years": 95.0, "feels_unsteady": True, "chair_stand_30s_count": 1, "tug_s": 9.0},
        "at_risk",
        "at_risk",
    ),
]


@pytest.mark.parametrize(("person", "proved", "upto"), STEADI_CASES)
def test_steadi(person: Person, proved: str | None, upto: str | None) -> None:
    found = of(**person)
    assert (found["fall_risk_steadi"], found["fall_risk_steadi_upto"]) == (proved, upto)
    assert (found["fall_risk_steadi_needs"] is None) == (proved == upto)


WORLD_CASES: list[tuple[Person, str | None, str | None]] = [
    ({"falls_12m": 0, "gait_speed_m_s": 0.81}, "low", "low"),
    ({"falls_12m": 0, "gait_speed_m_s": 0.8}, "intermediate", "intermediate"),
    ({"falls_12m": 0, "tug_s": 15.0}, "low", "low"),
    ({"falls_12m": 0, "tug_s": 15.1}, "intermediate", "intermediate"),
    ({"falls_12m": 0, "walk_unable": True}, "intermediate", "intermediate"),
    ({"falls_12m": 2}, "high", "high"),
    ({"falls_12m": 1, "falls_injurious_12m": 1}, "high", "high"),
    ({"falls_injurious_12m": 1}, "high", "high"),
    ({"fall_long_lie_12m": True}, "high", "high"),
    ({"fall_unconscious_12m": True}, "high", "high"),
    # Frail, but no fall: walking decides.
    (
        {
            "falls_12m": 0,
            **ROBUST,
            "fatigue_most_of_time": True,
            "unable_climb_10_steps": True,
            "unable_walk_block": True,
            "gait_speed_m_s": 1.0,
        },
        "low",
        "low",
    ),
    # One fall.
    (
        {
            "falls_12m": 1,
            **ROBUST,
            "fatigue_most_of_time": True,
            "unable_climb_10_steps": True,
            "unable_walk_block": True,
        },
        "high",
        "high",
    ),
    ({"falls_12m": 1, "gait_speed_m_s": 0.7}, "intermediate", "high"),
    ({"falls_12m": 1, "gait_speed_m_s": 1.2}, None, "high"),
    ({"falls_12m": 0}, None, "intermediate"),
    ({"gait_speed_m_s": 1.2}, None, "high"),
    ({}, None, "high"),
]
HARMLESS: Person = {"falls_injurious_12m": 0, "fall_long_lie_12m": False, "fall_unconscious_12m": False}


@pytest.mark.parametrize(("person", "proved", "upto"), WORLD_CASES)
def test_world_guidelines(person: Person, proved: str | None, upto: str | None) -> None:
    found = of(**person)
    assert (found["fall_risk_world2022"], found["fall_risk_world2022_upto"]) == (proved, upto)
    assert (found["fall_risk_world2022_needs"] is None) == (proved == upto)


@pytest.mark.parametrize(("speed", "word"), [(0.7, "intermediate"), (1.2, "low")])
def test_a_single_harmless_fall_of_a_robust_person_is_judged_by_walking(speed: float, word: str) -> None:
    found = of(falls_12m=1, **HARMLESS, **ROBUST, gait_speed_m_s=speed)
    assert found["fall_risk_world2022"] == found["fall_risk_world2022_upto"] == word


def test_the_frailty_of_fried_counts_as_well() -> None:
    fried = {
        "weight_loss_12m_kg": 6.0,
        "exhaustion_3_days_week": True,
        "physical_activity_kcal_week": 100.0,
        "gait_speed_m_s": 0.5,
        "height_cm": 155.0,
        "weight_kg": 50.0,
        "grip_kg": 10.0,
    }
    assert of(falls_12m=1, **fried)["fall_risk_world2022"] == "high"


def test_under_65_nothing_is_said_and_the_age_is_named_even_with_clamping() -> None:
    people = [{"age_years": age, **NO_COMPLAINT, "gait_speed_m_s": 1.0} for age in (64.9, 65.0)]
    for settings in (None, Settings(clamp_risk_inputs=True)):
        young, old = answers(people, COLUMNS, settings)
        for id, word in (("steadi", "not_at_risk"), ("world2022", "low")):
            assert young[f"fall_risk_{id}"] is young[f"fall_risk_{id}_upto"] is None
            assert young[f"fall_risk_{id}_needs"] is None
            assert young[f"fall_risk_{id}_outside"] == "age_years"
            assert old[f"fall_risk_{id}"] == word
            assert old[f"fall_risk_{id}_outside"] is None


def test_the_usual_range_of_chair_stands_is_that_of_the_facts() -> None:
    text = (shared_folder() / "facts" / "fracture-risk.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (Men|Women) \| (\d.+) \|$", text, re.MULTILINE)
    ends = {sex: tuple(int(cell.split("–")[0]) for cell in cells.split("|")) for sex, cells in rows}
    assert {"male": ends["Men"], "female": ends["Women"]} == LEAST_STANDS


@pytest.mark.parametrize("sex", ["male", "female"])
def test_chair_stands_at_every_age_and_on_both_sides_of_the_limit(sex: str) -> None:
    people, expected = [], []
    for place, least in enumerate(LEAST_STANDS[sex]):
        for age in (60.0 + 5 * place, 64.9 + 5 * place):
            for count in (least - 1, least):
                people.append({"sex": sex, "age_years": age, "chair_stand_30s_count": count})
                expected.append(count < least)
    found = answers(
        [*people, {**people[0], "age_years": 59.9}, {**people[0], "age_years": 95.0}], ["chair_stands_few"]
    )
    assert [row["chair_stands_few"] for row in found] == [*expected, None, None]


def test_the_list_of_factors_holds_what_is_known_and_asks_for_the_rest() -> None:
    found = of(
        falls_12m=1,
        tug_s=12.5,
        gait_speed_m_s=1.1,
        dementia=True,
        walking_aid=False,
        vision_impairment=True,
        medications="N05BA01",
    )
    assert named(found["fall_risk_summary"]) == {
        "fell_12m",
        "tug_slow_steadi",
        "cognition_impaired",
        "vision_impairment",
        "takes_fall_risk_drug",
    }
    needs = named(found["fall_risk_summary_needs"])
    assert {"falls_injurious_12m", "home_hazards", "fear_of_falling", "balance_tandem_s"} <= needs
    assert not needs & {
        "falls_12m",
        "tug_s",
        "gait_speed_m_s",
        "walking_aid",
        "cognitive_impairment",
        "medications",
    }


def test_who_did_not_fall_was_not_injured_by_a_fall() -> None:
    assert "falls_injurious_12m" not in named(of(falls_12m=0)["fall_risk_summary_needs"])
    assert "falls_injurious_12m" in named(of(falls_12m=1)["fall_risk_summary_needs"])
    contradicted = of(falls_12m=0, falls_injurious_12m=1)
    assert {"fell_12m", "fell_with_injury_12m"} <= named(contradicted["fall_risk_summary"])
    assert contradicted["fall_risk_world2022"] == "high"


def test_an_unread_medicine_is_not_taken_for_harmless() -> None:
    for given, known in (("C09AA02", True), ("none", True), ("some powder", False), (None, False)):
        found = of(medications=given)
        assert "takes_fall_risk_drug" not in named(found["fall_risk_summary"]), given
        assert ("medications" not in named(found["fall_risk_summary_needs"])) == known, given


def test_marks_say_how_far_numbers_were_checked() -> None:
    steadi, world = (load_evidence("risk", id) for id in ("fall_risk_steadi", "fall_risk_world2022"))
    assert steadi.cutoff("tandem_short_steadi").limits[0].source.status == "unchecked"
    assert world.cutoff("tug_slow_world2022").limits[0].source.status == "unchecked"
    assert world.cutoff("fell_repeatedly_12m").limits[0].source.status == "checked"
    men = [limit for limit in steadi.cutoff("chair_stands_few").limits if limit.sex == "male"]
    assert [limit.source.status for limit in men if limit.age_from == 65] == ["unchecked"]


DRAWS: dict[str, Callable[[random.Random], object]] = {
    "age_years": lambda r: r.choice([60.0, 64.9, 65.0, 69.9, 70.0, 79.0, 88.0, 94.9, 95.0]),
    "sex": lambda r: r.choice(["male", "female"]),
    "falls_12m": lambda r: r.choice([0, 0, 0, 1, 1, 2]),
    "falls_injurious_12m": lambda r: r.choice([0, 0, 0, 1]),
    "fall_long_lie_12m": lambda r: r.random() < 0.1,
    "fall_unconscious_12m": lambda r: r.random() < 0.1,
    "feels_unsteady": lambda r: r.random() < 0.2,
    "fear_of_falling": lambda r: r.random() < 0.2,
    "stay_independent_score": lambda r: r.choice([0, 3, 4, 9]),
    "tug_s": lambda r: r.choice([9.0, 11.9, 12.0, 15.0, 15.1]),
    "chair_stand_30s_count": lambda r: r.choice([3, 4, 7, 8, 9, 10, 11, 12, 14]),
    "chair_rise_arms": lambda r: r.random() < 0.1,
    "chair_stand_unable": lambda r: r.random() < 0.1,
    "balance_tandem_s": lambda r: r.choice([5.0, 9.9, 10.0]),
    "balance_semi_tandem_s": lambda r: r.choice([9.9, 10.0, 10.0]),
    "balance_side_by_side_s": lambda r: 10.0,
    "walk_unable": lambda r: r.random() < 0.05,
    "gait_speed_m_s": lambda r: r.choice([0.5, 0.8, 0.81, 1.2]),
    "fatigue_most_of_time": lambda r: r.random() < 0.5,
    "unable_climb_10_steps": lambda r: r.random() < 0.5,
    "unable_walk_block": lambda r: r.random() < 0.5,
    "illness_count": lambda r: r.choice([0, 4, 5]),
    "weight_loss_12m_kg": lambda r: r.choice([0.0, 2.0, 6.0]),
    "weight_kg": lambda r: r.choice([50.0, 70.0]),
}


def random_people(count: int, seed: int) -> list[Person]:
    """People with few, some and many gaps."""
    rng = random.Random(seed)
    people = []
    for _ in range(count):
        missing = rng.choice([0.05, 0.3, 0.7])
        people.append({name: None if rng.random() < missing else draw(rng) for name, draw in DRAWS.items()})
    return people


def verdict_of(row: Mapping[str, Any], id: str) -> Verdict:
    """What the program says."""
    column = f"fall_risk_{id}"
    return Verdict(row[column], row[f"{column}_upto"], frozenset(named(row[f"{column}_needs"])))


def test_a_second_reading_agrees_about_many_people() -> None:
    people = random_people(3000, seed=21)
    seen: set[str | None] = set()
    for person, row in zip(people, answers(people, COLUMNS), strict=True):
        for id, reading in (("steadi", steadi), ("world2022", world2022)):
            assert verdict_of(row, id) == reading(person), (id, person)
            seen.add(row[f"fall_risk_{id}"])
    assert seen == {*STEADI, *WORLD, None}


@pytest.mark.parametrize(("id", "words"), [("steadi", STEADI), ("world2022", WORLD)])
def test_measuring_what_is_needed_settles_it_between_what_was_proved_and_not_excluded(
    id: str, words: tuple[str, ...]
) -> None:
    rng = random.Random(3)
    column = f"fall_risk_{id}"
    people = random_people(1500, seed=22)
    before = answers(people, COLUMNS)
    filled = [
        {**person, **{name: DRAWS[name](rng) for name in sorted(named(row[f"{column}_needs"]))}}
        for person, row in zip(people, before, strict=True)
    ]
    judged = 0
    for person, old, new in zip(filled, before, answers(filled, COLUMNS), strict=True):
        proved, upto, now = old[column], old[f"{column}_upto"], new[column]
        assert new[f"{column}_needs"] is None, person
        assert new[f"{column}_outside"] == ("age_years" if now is None else None), person
        if now is not None and upto is not None:
            assert proved is None or words.index(now) >= words.index(proved), person
            assert words.index(now) <= words.index(upto), person
            judged += proved != upto
    assert judged > 100


def test_engines_agree(engine: Engine) -> None:
    people = random_people(300, seed=5)
    assert_same(answered(people, COLUMNS, engine=Polars()), answered(people, COLUMNS, engine=engine))

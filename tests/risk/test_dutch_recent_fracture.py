"""The Dutch recent-fracture tree against its four branches and a second reading over random people."""

from __future__ import annotations

import random
import re

import pytest

from risk.facts_tables import numbers_in, section
from risk.score_items import Answer, Person, age_of, any_low_trauma, flag, number, since_50
from risk.score_people import NUMBERS, random_people
from risk.scored import CLAMPING, Row, score, score_one

ID = "dutch_recent_fracture"
WOMAN = {"sex": "female", "age_years": 65.0, "postmenopausal": True}
WHOLE = {**WOMAN, "fracture_after_50": False}
BANDS = ("recent_fracture", "earlier_fracture", "low_bone_density", "normal_bone_density")


def figures() -> dict[str, tuple[float, float, float]]:
    """Percent, lower and upper end of each branch, in the order of the sentence of the facts."""
    printed = re.findall(r"([\d.]+) % \((?:CI )?([\d.]+–[\d.]+)\)", section("2.4"))
    assert len(printed) == 4
    ends = [numbers_in(interval.replace("–", " ")) for _, interval in printed]
    percents = [float(percent) for percent, _ in printed]
    return {band: (p, *e) for band, p, e in zip(BANDS, percents, ends, strict=True)}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("person", "band"),
    [
        ({**WOMAN, "fracture_after_50": True, "months_since_last_fracture": 60.0}, "recent_fracture"),
        ({**WOMAN, "months_since_last_fracture": 10.0}, "recent_fracture"),
        ({**WOMAN, "fracture_after_50": True, "months_since_last_fracture": 60.1}, "earlier_fracture"),
        ({**WOMAN, "months_since_last_fracture": 180.0}, "earlier_fracture"),
        ({**WHOLE, "t_score_total_hip": -1.01}, "low_bone_density"),
        ({**WHOLE, "t_score_total_hip": -0.5, "t_score_lumbar_spine": -1.5}, "low_bone_density"),
        ({**WHOLE, "t_score_total_hip": -1.0}, "normal_bone_density"),
        ({**WHOLE, "postmenopausal": None, "t_score_total_hip": 0.0}, "normal_bone_density"),
        # 55 at the menopause, and nothing broken since: 10 years and a month ago she was not yet 55.
        (
            {
                **WOMAN,
                "months_since_last_fracture": 121.0,
                "age_at_menopause_years": 55.0,
                "t_score_total_hip": -2.0,
            },
            "low_bone_density",
        ),
    ],
)
def test_branches(person: Row, band: str) -> None:
    said = score_one(person, ID)
    assert said["band"] == band
    assert (said["percent"], said["interval_from"], said["interval_to"]) == figures()[band]
    assert (said["needs"], said["outside"]) == (None, None)


@pytest.mark.parametrize(
    ("person", "needs"),
    [
        ({**WOMAN, "fracture_after_50": True}, "months_since_last_fracture"),
        (WHOLE, "t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip"),
        ({**WOMAN, "t_score_total_hip": 0.0}, "months_since_last_fracture;fracture_after_50"),
        ({"t_score_total_hip": 0.0, "fracture_after_50": False}, "sex;age_years;postmenopausal"),
        (
            {**WHOLE, "fracture_hip": True, "t_score_total_hip": 0.0},
            "age_at_menopause_years;months_since_last_fracture",
        ),
    ],
)
def test_what_is_needed(person: Row, needs: str) -> None:
    said = score_one(person, ID)
    assert (said["band"], said["percent"], said["needs"]) == (None, None, needs)


@pytest.mark.parametrize(
    ("change", "outside"),
    [
        ({"sex": "male"}, "sex"),
        ({"age_years": 49.9}, "age_years"),
        ({"age_years": 81.0}, "age_years"),
        ({"postmenopausal": False}, "postmenopausal"),
    ],
)
def test_nobody_outside_gets_a_number(change: Row, outside: str) -> None:
    said = score_one({**WHOLE, "t_score_total_hip": 0.0, **change}, ID)
    assert said.pop("outside") == outside
    assert set(said.values()) == {None}


def test_an_age_outside_is_moved_only_where_asked() -> None:
    old = {**WHOLE, "t_score_total_hip": 0.0, "age_years": 85.0}
    said = score_one(old, ID, CLAMPING)
    assert (said["percent"], said["clamped"], said["outside"]) == (7.0, "age_years", None)
    assert score_one({**old, "age_years": 80.9}, ID)["percent"] == 7.0


def broken_since_menopause(person: Person) -> Answer:
    """By both ages, else after 50 or within five years, else nothing on record."""
    age, months = number(person, "age_years"), number(person, "months_since_last_fracture")
    menopause = number(person, "age_at_menopause_years")
    if None not in (age, months, menopause):
        assert age is not None
        assert months is not None
        assert menopause is not None
        return age - months / 12 >= menopause
    if since_50(person) or (months is not None and months <= 60):
        return True
    if any_low_trauma(person) is False and months is None:
        return False
    return False if since_50(person) is False and any_low_trauma(person) is None else None


def read(person: Person) -> str | None:
    """The branch of one person, None where it is open or she is outside."""
    age, past = age_of(person), flag(person, "postmenopausal")
    if person.get("sex") != "female" or age is None or not 50 <= age <= 80 or past is False:
        return None
    broken, months = broken_since_menopause(person), number(person, "months_since_last_fracture")
    t_score = number(person, "t_score_total_hip")
    if broken and months is not None:
        return BANDS[0] if months <= 60 else BANDS[1]
    if broken is False and t_score is not None:
        return BANDS[2] if t_score < -1 else BANDS[3]
    return None


def test_a_second_reading_says_the_same() -> None:
    people = random_people(3000, seed=21)
    said = score(people, [ID])
    for person, row in zip(people, said, strict=True):
        band = read(person)
        assert row[f"{ID}_band"] == band, person
        assert row[f"{ID}_percent"] == (figures()[band][0] if band else None)
        assert (row[f"{ID}_needs"] is None) == (band is not None or row[f"{ID}_outside"] is not None)
    assert {row[f"{ID}_band"] for row in said} == {*BANDS, None}


def filled(people: list[Row]) -> list[Row]:
    """The people whose answer is open, with all that they need drawn at random."""
    asked: list[Row] = []
    for person, row in zip(people, score(people, [ID]), strict=True):
        if row[f"{ID}_needs"] is not None:
            needed = str(row[f"{ID}_needs"]).split(";")
            assert all(person.get(name) is None for name in needed)
            asked.append({**person, **{name: _drawn(name, len(asked)) for name in needed}})
    return asked


def test_what_is_needed_is_unknown_and_settles_the_question() -> None:
    """In a second round only where the date of a fracture moves it before the menopause."""
    first = filled(random_people(3000, seed=22))
    second = filled(first)
    assert len(first) > 20 * len(second) > 0
    assert filled(second) == []


def _drawn(name: str, seed: int) -> object:
    rng = random.Random(f"{name} {seed}")
    if name.startswith("t_score"):
        return rng.choice((-2.0, 0.0))
    return NUMBERS[name](rng) if name in NUMBERS else rng.random() < 0.5

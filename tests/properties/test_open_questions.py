"""Open and settled questions: what is proved, what is not excluded, what is needed, and what may still change."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from myosteon.vocabulary.measures import load_measures
from oracle.random_people import GROUPS, random_person

from .people import DEFINITIONS, Person, Row, crowds, judge, levels_of, people, seeds

# What stands for a listed measure when it is taken: two values on either side of every cut-off, in the judged range.
LOW_AND_HIGH: dict[str, tuple[object, object]] = {
    "sex": ("female", "male"),
    "age_years": (70.0, 55.0),
    "postmenopausal": (True, False),
    "height_cm": (150.0, 190.0),
    "weight_kg": (45.0, 110.0),
    "grip_kg": (5.0, 70.0),
    "chair_stand_5x_s": (50.0, 5.0),
    "gait_speed_m_s": (0.2, 2.0),
    "sppb_score": (2, 12),
    "tug_s": (50.0, 5.0),
    "walk_400m_s": (900.0, 200.0),
    "alm_kg": (5.0, 40.0),
    "mass_method": ("dxa", "bia"),
    "smi_l3_cm2_m2": (20.0, 70.0),
    "t_score_lumbar_spine": (-3.0, 0.5),
    "t_score_femoral_neck": (-3.0, 0.5),
    "t_score_total_hip": (-3.0, 0.5),
    "t_score_radius_33": (-3.0, 0.5),
    "fracture_hip": (True, False),
    "fracture_vertebral": (True, False),
    "vertebral_fracture_count": (2, 0),
    "genant_max_grade": (2, 0),
    "fracture_proximal_humerus": (True, False),
    "fracture_pelvis": (True, False),
    "fracture_distal_forearm": (True, False),
}
# By what method of measuring a definition judges lean mass.
METHODS = {"jsh2016": "bia", "jsh2021": "bia"}


def listed(row: Row, column: str) -> list[str]:
    text = row[column]
    return str(text).split(";") if text is not None else []


@given(crowd=crowds)
def test_what_is_proved_never_exceeds_what_is_not_excluded(crowd: list[Person]) -> None:
    for row in judge(crowd):
        for id in DEFINITIONS:
            proved, upto, levels = row[f"sarcopenia_{id}"], row[f"sarcopenia_{id}_upto"], levels_of(id)
            if proved is not None:
                assert levels.index(str(proved)) <= levels.index(str(upto))
            if proved == "none":
                assert upto == "none"


@given(crowd=crowds, accept=st.booleans())
def test_needs_is_empty_exactly_where_the_question_is_settled(crowd: list[Person], accept: bool) -> None:
    """Also where estimated masses are accepted."""
    for person, row in zip(crowd, judge(crowd, accept=accept), strict=True):
        for id in DEFINITIONS:
            settled = row[f"sarcopenia_{id}"] == row[f"sarcopenia_{id}_upto"]
            assert (row[f"sarcopenia_{id}_needs"] is None) == settled, (id, person)
        assert (row["osteoporosis_china2022_needs"] is None) == (row["osteoporosis_china2022"] is not None), (
            person
        )


@given(crowd=crowds)
def test_the_band_needs_nothing_exactly_where_it_is_known_or_does_not_apply(crowd: list[Person]) -> None:
    for person, row in zip(crowd, judge(crowd, columns="all"), strict=True):
        settled = row["bone_who"] == row["bone_who_upto"] and row["t_score_bands_apply"] is not None
        assert (row["bone_who_needs"] is None) == settled, person


@given(crowd=crowds)
def test_needs_lists_measures_once_in_their_order(crowd: list[Person]) -> None:
    place = list(load_measures()).index
    for row in judge(crowd):
        for column in (*(f"sarcopenia_{id}_needs" for id in DEFINITIONS), "osteoporosis_china2022_needs"):
            names = listed(row, column)
            assert names == sorted(set(names), key=place)


@given(person=people, seed=seeds)
def test_measuring_all_that_is_needed_settles_the_question(person: Person, seed: int) -> None:
    rng = random.Random(seed)
    (row,) = judge([person])
    for id in DEFINITIONS:
        needed = listed(row, f"sarcopenia_{id}_needs")
        measured = {**person, **{name: rng.choice(LOW_AND_HIGH[name]) for name in needed}}
        if {"alm_kg", "mass_method"} & set(needed):
            measured["mass_method"] = METHODS.get(id, "dxa")
        (after,) = judge([measured], definitions=[id])
        assert after[f"sarcopenia_{id}"] == after[f"sarcopenia_{id}_upto"], (id, needed, measured)
        assert after[f"sarcopenia_{id}_needs"] is None


@given(person=people, seed=seeds)
def test_measuring_all_that_is_needed_settles_osteoporosis(person: Person, seed: int) -> None:
    rng = random.Random(seed)
    (row,) = judge([person])
    needed = listed(row, "osteoporosis_china2022_needs")
    measured = {**person, **{name: rng.choice(LOW_AND_HIGH[name]) for name in needed}}
    (after,) = judge([measured], definitions=["osteoporosis_china2022"])
    assert after["osteoporosis_china2022"] is not None, (needed, measured)


# Measures that are a further alternative test of something, or a further site: they may turn a no into a yes.
ALTERNATIVE_TESTS = {
    "grip_kg",
    "grip_left_kg",
    "grip_right_kg",
    "chair_stand_5x_s",
    "chair_stand_unable",
    "gait_speed_m_s",
    "gait_4m_s",
    "walk_unable",
    "sppb_score",
    "balance_side_by_side_s",
    "balance_semi_tandem_s",
    "balance_tandem_s",
    "tug_s",
    "walk_400m_s",
    "walk_400m_completed",
    "smi_l3_cm2_m2",
    "alm_kg",
    "fracture_vertebral",
    "vertebral_fracture_count",
    "genant_max_grade",
    *GROUPS["spine"],
    *GROUPS["hip"],
    *GROUPS["radius"],
    *GROUPS["z_scores"],
}
# What an assumption said aloud, or a value that stands in, may turn out to be.
ASSUMED = {"postmenopausal", "mass_method"}
# A total or a best value that is given counts more than what it was built from.
TOTALS = {"sarc_f_score"}


def gaps_filled(person: Person, other: Person) -> Iterator[tuple[str, Person]]:
    """The person with one unknown measure taken from another person, for each."""
    for name, value in other.items():
        if person.get(name) is None and value is not None and name not in ("person_id", "visit_date"):
            yield name, {**person, name: value}


@given(person=people, seed=seeds)
def test_filling_a_gap_never_flips_a_settled_answer(person: Person, seed: int) -> None:
    other = random_person(random.Random(seed))
    filled = [
        (name, changed)
        for name, changed in gaps_filled(person, other)
        if name not in ALTERNATIVE_TESTS | ASSUMED | TOTALS
    ]
    before, *after = judge([person, *(changed for _, changed in filled)])
    for (name, _), row in zip(filled, after, strict=True):
        for column, value in settled(before).items():
            assert row[column] == value, (name, other[name], column, person)


def settled(row: Row) -> Row:
    """The answers that are final: settled stages, and every other known answer but the list of needs."""
    stages = {f"sarcopenia_{id}" for id in DEFINITIONS}
    open_stages = {name for name in stages if row[name] != row[f"{name}_upto"]}
    if row["bone_who"] != row["bone_who_upto"]:
        open_stages.add("bone_who")
    unsettled = open_stages | {f"{name}_upto" for name in open_stages}
    return {
        name: value
        for name, value in row.items()
        if value is not None and name not in unsettled and not name.endswith("_needs")
    }


@given(person=people, seed=seeds)
def test_a_further_alternative_test_only_ever_adds_a_yes(person: Person, seed: int) -> None:
    """A further test may say yes where those before said no: a stage that is proved may rise and never falls.

    An excluded sarcopenia may open again, where the thing that was "no" turns yes and another is unknown.
    """
    other = random_person(random.Random(seed))
    filled = [c for name, c in gaps_filled(person, other) if name in further_tests(person)]
    before, *after = judge([person, *filled])
    for row in after:
        for id in DEFINITIONS:
            column, levels = f"sarcopenia_{id}", levels_of(id)
            if before[column] not in (None, "none"):
                assert row[column] is not None, (id, person)
                assert levels.index(str(row[column])) >= levels.index(str(before[column])), (id, person)
        if before["osteoporosis_china2022"] is True:
            assert row["osteoporosis_china2022"] is True


def further_tests(person: Person) -> set[str]:
    """Tests that stand for themselves: not the hands where the best is given, not the parts of a total that is given.

    A lean mass beside a muscle area may be a test done without an answer, which opens a no, and so may a grip without a
    sex; a T-score below -1.0 may call into play fractures that are not known. These are left out.
    """
    tests = {"gait_speed_m_s", "tug_s", "walk_400m_s", "chair_stand_5x_s", "sppb_score", "smi_l3_cm2_m2"}
    if person.get("sex") is None:
        tests -= {"smi_l3_cm2_m2"}
    if person.get("sppb_score") is None:
        tests -= {"chair_stand_5x_s", "sppb_score"}
    return tests


@given(crowd=crowds)
def test_osteosarcopenia_is_the_cross_of_its_halves(crowd: list[Person]) -> None:
    for row in judge(crowd):
        for id in DEFINITIONS:
            levels = levels_of(id)
            confirmed = levels[levels.index("confirmed") :]
            strict, broad = row[f"osteosarcopenia_{id}"], row[f"osteosarcopenia_broad_{id}"]
            if strict is True:
                assert row[f"sarcopenia_{id}"] in confirmed
                assert row["osteoporosis_china2022"] is True
                assert broad is True
            if row[f"sarcopenia_{id}"] in confirmed and row["osteoporosis_china2022"] is True:
                assert strict is True
            if row[f"sarcopenia_{id}_upto"] is not None and row[f"sarcopenia_{id}_upto"] not in confirmed:
                assert strict is False
                assert broad is False
            if broad is False:
                assert strict is False

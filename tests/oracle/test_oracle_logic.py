"""The oracle against itself: three values, all completions, and needs that settle the question when met."""

import random
from itertools import product

import pytest

from .bone_reading import (
    T_SCORE_RANGES,
    China2022Things,
    china2022_deciding,
    china2022_when_all_is_known,
    osteoporosis_china2022,
)
from .contract_reading import assess_person
from .known_people import verdict
from .random_people import random_people
from .sarcopenia_reading import DEFINITIONS, highest_not_excluded, highest_proved
from .three_values import both, done, either, judged_on_those_done, not_done


def test_three_values() -> None:
    assert [both(False, None), both(True, None), both(True, True)] == [False, None, True]
    assert [either(True, None), either(False, None), either(False, False)] == [True, None, False]
    assert judged_on_those_done(not_done("a"), done(False)) == done(False, ["a"])
    assert judged_on_those_done(done(None, ["b"]), done(False)).answer is None
    assert judged_on_those_done(done(None), done(True)).answer is True
    assert judged_on_those_done(not_done("a"), not_done("b")) == not_done("a", "b")


@pytest.mark.parametrize("name", DEFINITIONS)
def test_stages_proved_and_not_excluded_are_the_least_and_the_greatest_of_all_completions(name: str) -> None:
    stages_of = DEFINITIONS[name].stages
    order = ["none", *(stage for stage, _ in stages_of(None, None, None))]
    for answers in product((True, False, None), repeat=3):
        worlds = product(*((answer,) if answer is not None else (True, False) for answer in answers))
        reached = [highest_not_excluded(stages_of(*world)) for world in worlds]
        lowest, highest = min(reached, key=order.index), max(reached, key=order.index)
        proved = highest_proved(stages_of(*answers))
        assert highest_not_excluded(stages_of(*answers)) == highest
        assert proved == (None if lowest == "none" != highest else lowest)


def test_osteoporosis_is_unknown_exactly_where_something_decides() -> None:
    answers = (True, False, None)
    for state in product((*T_SCORE_RANGES, None), *[answers] * 6):
        things = China2022Things._make(state)
        worlds = product(*(possible(name, value) for name, value in things._asdict().items()))
        verdicts = {
            china2022_when_all_is_known(dict(zip(things._fields, world, strict=True))) for world in worlds
        }
        assert bool(china2022_deciding(things)) == (len(verdicts) == 2)
        assert osteoporosis_china2022(person_of(things)) == (None if len(verdicts) == 2 else verdicts.pop())


def possible(name: str, value: object) -> tuple[object, ...]:
    """The answers left to a thing."""
    if value is not None:
        return (value,)
    return T_SCORE_RANGES if name == "t_score" else (True, False)


def person_of(things: China2022Things) -> dict[str, object]:
    """A person in whom the things are as given."""
    t_score = {"to -2.5": -2.5, "between": -1.5, "from -1.0": -1.0, None: None}[things.t_score]
    return {
        "sex": None if things.bands is None else "female",
        "postmenopausal": things.bands,
        "t_score_lumbar_spine": t_score,
        "fracture_hip": things.hip,
        "genant_max_grade": None if things.vertebral is None else int(things.vertebral),
        "fracture_proximal_humerus": things.proximal_humerus,
        "fracture_pelvis": things.pelvis,
        "fracture_distal_forearm": things.distal_forearm,
    }


def test_needs_are_empty_exactly_where_the_question_is_settled() -> None:
    for person in random_people(1500, 11):
        columns = assess_person(person)
        assert (columns["osteoporosis_china2022"] is None) == bool(columns["osteoporosis_china2022_needs"])
        for name in DEFINITIONS:
            stage, upto, needs = (columns[f"sarcopenia_{name}{part}"] for part in ("", "_upto", "_needs"))
            assert (stage == upto) == (needs is None), name


def measured(rng: random.Random, name: str) -> object:
    """A value for a measurement that was needed."""
    if name == "sex":
        return rng.choice(("female", "male"))
    ranges = {"gait_speed_m_s": (0.3, 1.5), "walk_400m_s": (200.0, 500.0), "height_cm": (140.0, 190.0)}
    return rng.uniform(*ranges.get(name, (8.0, 45.0)))


def test_measuring_what_is_needed_settles_the_question_inside_what_was_open() -> None:
    rng = random.Random(13)
    settled = 0
    for person in random_people(1200, 12):
        # Without the balance stands a chair rise cannot complete an SPPB and reopen performance.
        person["balance_side_by_side_s"] = None
        for name, definition in DEFINITIONS.items():
            stage, upto, needs = verdict(name, person)
            if not isinstance(needs, str):
                continue
            values = {measure: measured(rng, measure) for measure in needs.split(";")}
            if {"alm_kg", "mass_method"} & set(values):
                values["mass_method"] = "bia" if name.startswith("jsh") else "dxa"
            after, after_upto, after_needs = verdict(name, {**person, **values})
            order = ["none", *(word for word, _ in definition.stages(None, None, None))]
            assert (after, after_needs) == (after_upto, None), name
            assert order.index(str(stage or "none")) <= order.index(str(after)) <= order.index(str(upto)), (
                name
            )
            settled += 1
    assert settled > 3000

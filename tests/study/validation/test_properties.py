"""What must hold of any validation: right risks are found right, the same seed draws the same, death is not lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from myosteon.study.validation.bootstrap import bootstrap, draw_weights, find_bounds, measure_all
from myosteon.study.validation.brier import Brier
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.concordance import Concordance
from myosteon.study.validation.discrimination import Discrimination
from myosteon.study.validation.links import bend, unbend
from myosteon.study.validation.people import Floats, People, make_people
from myosteon.study.validation.study import Asked, move_to_the_drawing, validate
from study.validation.made import at_a_fixed_time, over_time, random_people

MANY = 30_000


def right_at_a_fixed_time(seed: int = 3) -> People:
    """People whose outcomes come with exactly the risk that they are given."""
    draw = np.random.default_rng(seed)
    risk = unbend(draw.normal(-2, 1, MANY), "logit")
    return make_people(risk, (draw.random(MANY) < risk).astype(int), None, None)


def right_over_time(seed: int = 4) -> People:
    """The same over time: the risk of the outcome by five years where one may die first and half leave before."""
    draw = np.random.default_rng(seed)
    hazard, dying = np.exp(draw.normal(-3.5, 1, MANY)), 0.05
    risk = hazard / (hazard + dying) * (1 - np.exp(-5 * (hazard + dying)))
    event, death = draw.exponential(1 / hazard), draw.exponential(1 / dying, MANY)
    left = draw.uniform(1, 9, MANY)
    years = np.minimum(np.minimum(event, death), left)
    fate = np.where(years == event, 1, np.where(years == death, 2, 0))
    return make_people(risk, fate, years, 5.0)


def found_in(people: People, *, smoothed: bool = True) -> dict[str, float]:
    values = Calibration(people, smoothed).measure(np.ones(people.count))
    return {name: float(value) for name, value in values.items() if value.ndim == 0}


@pytest.mark.parametrize("people", [right_at_a_fixed_time(), right_over_time()], ids=["fixed", "over time"])
def test_right_risks_are_found_right(people: People) -> None:
    found = found_in(people)
    assert found["observed_expected"] == pytest.approx(1, abs=0.05)
    assert found["intercept"] == pytest.approx(0, abs=0.06)
    assert found["slope"] == pytest.approx(1, abs=0.05)
    assert found["ici"] < 0.01


def test_death_as_leaving_would_call_right_risks_too_low() -> None:
    found = found_in(right_over_time(), smoothed=False)
    assert found["observed_expected_without_death"] > 1.05 > found["observed_expected"]


@pytest.mark.parametrize("people", [right_at_a_fixed_time(), right_over_time()], ids=["fixed", "over time"])
def test_a_risk_that_is_bent_is_found_bent(people: People) -> None:
    link = Calibration(people, smoothed=False).link
    bent = people.with_risk(unbend(bend(people.risk, link) / 2 - 0.3, link))
    plain = found_in(people, smoothed=False)["slope"]
    assert found_in(bent, smoothed=False)["slope"] == pytest.approx(2 * plain)


def test_order_alone_decides_discrimination() -> None:
    people = random_people(60, 2)
    bent = people.with_risk(people.risk**3)
    for kind in (Concordance, Discrimination):
        first, second = (kind(group).measure(np.ones(60)) for group in (people, bent))
        assert {k: float(v) for k, v in first.items()} == {k: float(v) for k, v in second.items()}


@pytest.mark.parametrize("people", [at_a_fixed_time(), over_time(True)], ids=["fixed", "over time"])
def test_a_weight_is_a_repetition(people: People) -> None:
    weights = np.random.default_rng(1).integers(0, 3, people.count)
    repeated = np.repeat(np.arange(people.count), weights)
    people_repeated = People(
        people.risk[repeated],
        people.fate[repeated],
        None if people.time is None else people.time[repeated],
        people.horizon,
        np.arange(len(repeated)),
    )
    for kind in (Discrimination, Brier):
        weighted = kind(people).measure(weights.astype(float))
        plain = kind(people_repeated).measure(np.ones(len(repeated)))
        assert {k: float(v) for k, v in weighted.items()} == pytest.approx(
            {k: float(v) for k, v in plain.items()}
        )


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    people = over_time(True)

    def intervals(seed: int) -> dict[str, list[float]]:
        parts = [Discrimination(people), Calibration(people)]
        measure_all(parts, np.ones(people.count))
        return {
            name: bound.low.ravel().tolist() for name, bound in bootstrap(people, parts, 12, seed).items()
        }

    assert intervals(7) == intervals(7)
    assert intervals(7) != intervals(8)


def test_rows_of_one_person_are_drawn_together() -> None:
    people = at_a_fixed_time()
    twice = replace(people, person=np.arange(people.count) // 2)
    weights = draw_weights(twice, np.random.default_rng(0))
    assert (weights[0::2] == weights[1::2]).all()
    assert weights.sum() == people.count


def test_those_drawn_by_outcome_are_drawn_apart() -> None:
    people = at_a_fixed_time()
    weights = draw_weights(people, np.random.default_rng(0), by_outcome=True)
    assert weights[people.event].sum() == people.event.sum()
    assert weights[~people.event].sum() == (~people.event).sum()


def test_an_interval_covers_as_often_as_it_says() -> None:
    """Over a hundred samples of known calibration the 95 % interval of the slope holds 1 in nearly all."""
    held = 0
    for seed in range(60):
        draw = np.random.default_rng(seed)
        risk = unbend(draw.normal(-1, 1, 400), "logit")
        people = make_people(risk, (draw.random(400) < risk).astype(int), None, None)
        parts = [Calibration(people, smoothed=False)]
        measure_all(parts, np.ones(400))
        bounds = bootstrap(people, parts, 100, seed)["slope"]
        held += bool(bounds.low <= 1 <= bounds.high)
    assert 51 <= held <= 60


def test_an_interval_without_enough_draws_is_not_told() -> None:
    values: Floats = np.array([1.0, 2.0, np.nan, np.nan])
    bounds = find_bounds(values)
    assert bounds.failed == 2
    assert np.isnan(bounds.low)
    assert np.isnan(bounds.high)


def test_drawing_by_outcome_keeps_area_and_slope() -> None:
    """A case-control sample of right risks: the slope stays near 1, and nothing is told of the level."""
    people = right_at_a_fixed_time()
    draw = np.random.default_rng(9)
    free = np.flatnonzero(~people.event)
    kept = np.zeros(people.count, bool)
    kept[people.event] = True
    kept[draw.choice(free, int(people.event.sum()), replace=False)] = True
    sample = people.among(kept)
    sample = replace(sample, person=np.arange(sample.count))
    result = validate(sample, Asked("risk", "outcome", draws=0, by_outcome=True))
    assert result.measures["slope"].value == pytest.approx(1, abs=0.08)
    assert set(result.measures) == {"auc", "slope"}
    assert result.decisions is None
    moved = move_to_the_drawing(sample)
    assert moved.risk.mean() == pytest.approx(0.5, abs=1e-6)
    assert found_in(moved, smoothed=False)["intercept"] == pytest.approx(0, abs=1e-6)


def test_subgroups_are_judged_as_if_alone() -> None:
    people = over_time(True)
    labels = tuple("ab"[number % 2] for number in range(people.count))
    result = validate(people, Asked("risk", "outcome", draws=20), subgroups={"half": labels})
    assert [(group.column, group.level, group.people) for group in result.subgroups] == [
        ("half", "a", 200), ("half", "b", 200),
    ]  # fmt: skip
    own = people.among(np.array(labels) == "a")
    alone = validate(replace(own, person=np.arange(own.count)), Asked("risk", "outcome", draws=20))
    for name in ("auc", "observed", "slope"):
        assert result.subgroups[0].measures[name].value == pytest.approx(alone.measures[name].value)


def test_a_subgroup_with_few_outcomes_is_counted_and_not_judged() -> None:
    people = at_a_fixed_time()
    labels = tuple("few" if number < 20 else "rest" for number in range(people.count))
    result = validate(people, Asked("risk", "outcome", draws=0), subgroups={"part": labels})
    assert [(group.level, dict(group.measures) == {}) for group in result.subgroups] == [
        ("few", True),
        ("rest", False),
    ]

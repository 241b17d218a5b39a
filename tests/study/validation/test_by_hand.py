"""Small cases by hand, and the slow definitions written out: everybody compared with everybody."""

from __future__ import annotations

import numpy as np
import pytest

from myosteon.errors import InputError
from myosteon.study.validation.aalen_johansen import incidence_curve, observe, pseudo_values
from myosteon.study.validation.brier import Brier
from myosteon.study.validation.concordance import Concordance
from myosteon.study.validation.discrimination import Discrimination
from myosteon.study.validation.dominance import prepare_dominance
from myosteon.study.validation.people import DIED_FIRST, EVENT, FREE, People, make_people
from myosteon.study.validation.tenths import group_by_risk, place_in_groups
from myosteon.study.validation.timeline import make_timeline
from study.validation.made import random_people


def test_four_people_at_a_fixed_time() -> None:
    """Risks 10, 20, 20, 40 %; the second and the fourth had it: pairs 1-2 right, 3-2 tied, 1-4 and 3-4 right."""
    people = make_people(np.array([0.1, 0.2, 0.2, 0.4]), np.array([0, 1, 0, 1]), None, None)
    ones = np.ones(4)
    assert float(Discrimination(people).measure(ones)["auc"]) == pytest.approx(3.5 / 4)
    brier = Brier(people).measure(ones)
    assert float(brier["brier"]) == pytest.approx((0.01 + 0.64 + 0.04 + 0.36) / 4)
    assert float(brier["brier_scaled"]) == pytest.approx(1 - 1.05 / 4 / 0.25)


def test_death_first_lowers_the_incidence() -> None:
    """Five people: outcome at 1, death at 2, left at 3, outcome at 4, free at 5.

    Aalen-Johansen: 1/5 + (4/5)(3/4)(1/2) = 0.5. Kaplan-Meier with death as leaving: 1 - (4/5)(1/2) = 0.6.
    """
    fate = np.array([EVENT, DIED_FIRST, FREE, EVENT, FREE])
    people = make_people(np.linspace(0.1, 0.5, 5), fate, np.arange(1.0, 6.0), 5.0)
    assert observe(people).estimate == pytest.approx(0.5)
    curve = incidence_curve(people)
    assert curve.aalen_johansen == pytest.approx([0.2, 0.2, 0.2, 0.5, 0.5])
    assert curve.without_death == pytest.approx([0.2, 0.2, 0.2, 0.6, 0.6])
    assert curve.died_first == pytest.approx([0.0, 0.2, 0.2, 0.2, 0.2])


def test_pseudo_values_are_the_outcomes_where_nobody_left() -> None:
    fate = np.array([1, 0, 2, 1, 0, 0, 1, 0])
    time = np.array([1.0, 5.0, 2.0, 2.0, 5.0, 5.0, 4.0, 5.0])
    people = make_people(np.linspace(0.1, 0.8, 8), fate, time, 5.0)
    values = pseudo_values(make_timeline(people), np.ones(8))
    assert values == pytest.approx((fate == 1).astype(float))


def test_follow_up_ends_at_the_horizon() -> None:
    people = make_people(
        np.array([0.1, 0.2, 0.3, 0.4]), np.array([1, 1, 0, 1]), np.array([1.0, 6.0, 9.0, 5.0]), 5.0
    )
    assert people.fate.tolist() == [EVENT, FREE, FREE, EVENT]
    assert people.time is not None
    assert people.time.tolist() == [1.0, 5.0, 5.0, 5.0]


@pytest.mark.parametrize("seed", range(8))
def test_counting_pairs_fast_is_counting_pairs(seed: int) -> None:
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, 70))
    ranks, weights = draw.integers(0, 12, count), draw.random(count)
    before, below = draw.integers(0, count + 1, 40), draw.integers(0, 14, 40)
    slow = [weights[:b][ranks[:b] < r].sum() for b, r in zip(before, below, strict=True)]
    assert prepare_dominance(ranks, before, below).sums(weights) == pytest.approx(slow)


def followed_before(people: People, leaving: tuple[int, ...], weights: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """The chance of still being followed just before each person's time: Kaplan-Meier of leaving, event by event."""
    assert people.time is not None
    chances = []
    for own in people.time:
        chance = 1.0
        for time in sorted(set(people.time[people.time < own])):
            gone = np.isin(people.fate, leaving) & (people.time == time)
            still = (people.time > time) | gone
            if weights[still].sum() > 0:
                chance *= 1 - weights[gone].sum() / weights[still].sum()
        chances.append(chance)
    return np.array(chances)


@pytest.mark.parametrize("seed", range(6))
def test_concordance_is_everybody_compared_with_everybody(seed: int) -> None:
    people = random_people(40, seed)
    assert people.time is not None
    weights = np.random.default_rng(seed).integers(0, 3, 40).astype(float)
    as_leaving = followed_before(people, (FREE, DIED_FIRST), weights)
    followed = followed_before(people, (FREE,), weights)
    sums = dict.fromkeys(("harrell", "uno", "harrell_death_counted", "uno_death_counted"), (0.0, 0.0))

    def add(name: str, weight: float, order: float) -> None:
        right, all_of_them = sums[name]
        sums[name] = (right + weight * order, all_of_them + weight)

    for i in np.flatnonzero(people.event):
        for j in range(people.count):
            order = (
                1.0 if people.risk[i] > people.risk[j] else 0.5 if people.risk[i] == people.risk[j] else 0.0
            )
            pair = weights[i] * weights[j]
            later = people.time[j] > people.time[i] or (
                people.time[j] == people.time[i] and people.fate[j] != EVENT
            )
            if later:
                add("harrell", pair, order)
                add("uno", pair / as_leaving[i] ** 2, order)
                add("harrell_death_counted", pair, order)
                add("uno_death_counted", pair / followed[i] ** 2, order)
            elif people.fate[j] == DIED_FIRST:
                add("harrell_death_counted", pair, order)
                add("uno_death_counted", pair / (followed[i] * followed[j]), order)
    found = Concordance(people).measure(weights)
    for name, (right, all_of_them) in sums.items():
        assert float(found[name]) == pytest.approx(right / all_of_them), name


def test_few_values_are_groups_of_their_own() -> None:
    points = np.array([3.0, 1, 1, 2, 3, 3, 1, 2])
    assert place_in_groups(points).tolist() == [2, 0, 0, 1, 2, 2, 0, 1]
    people = make_people(points, np.array([1, 0, 0, 1, 1, 0, 0, 0]), None, None)
    groups = group_by_risk(people)
    assert [(group.lowest, group.highest, group.people, group.events) for group in groups] == [
        (1, 1, 3, 0), (2, 2, 2, 1), (3, 3, 3, 2),
    ]  # fmt: skip
    assert groups[0].observed.low == 0
    assert groups[0].observed.high > 0


@pytest.mark.parametrize(
    ("risk", "fate", "time", "horizon", "said"),
    [
        ([0.1, 0.2, 0.3], [0, 0, 0], None, None, "0 of 3 people had the outcome"),
        ([0.1, 0.2, 0.3, 0.1], [1, 1, 1, 1], None, None, "4 of 4 people had the outcome"),
        ([0.2, 0.2, 0.2, 0.2], [1, 0, 1, 0], None, None, "the same risk"),
        (
            [0.1, 0.2, 0.3, 0.1],
            [1, 0, 1, 0],
            [1.0, 2.0, 3.0, 4.0],
            10.0,
            "beyond the longest follow-up of 4.00 years",
        ),
        ([0.1, 0.2, 0.3, 0.1], [1, 0, 1, 0], [1.0, 2.0, 3.0, 4.0], None, "--horizon"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    risk: list[float], fate: list[int], time: list[float] | None, horizon: float | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        make_people(np.array(risk), np.array(fate), None if time is None else np.array(time), horizon)

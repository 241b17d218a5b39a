"""What holds of every person: what is proved is not excluded, gaps filled contradict nothing, what is needed settles."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from engines import Polars, assess_on, canonical_people
from myosteon.assess import make_assessor
from myosteon.vocabulary.measures import load_measures
from strata.people import STRATA, Person, known_people, numbered, with_gaps

PEOPLE = 3000
LEVELS = {stratum: make_assessor(STRATA).graph.rules[stratum].levels for stratum in STRATA}


def judge(people: list[Person]) -> pl.DataFrame:
    return assess_on(Polars(), canonical_people(numbered(people)), definitions=STRATA)


@cache
def everybody() -> tuple[list[Person], list[Person], pl.DataFrame, pl.DataFrame]:
    known = known_people(PEOPLE, seed=5)
    gapped = with_gaps(known, seed=6)
    return known, gapped, judge(known), judge(gapped)


@pytest.mark.parametrize("stratum", STRATA)
def test_what_is_proved_is_never_above_what_is_not_excluded(stratum: str) -> None:
    *_, answered = everybody()
    for proved, upto in answered.select(stratum, f"{stratum}_upto").iter_rows():
        assert proved is None or LEVELS[stratum].index(proved) <= LEVELS[stratum].index(upto)


@pytest.mark.parametrize("stratum", STRATA)
def test_where_all_is_known_all_is_settled(stratum: str) -> None:
    _, _, answered, _ = everybody()
    assert answered[stratum].ne_missing(answered[f"{stratum}_upto"]).sum() == 0
    assert answered[f"{stratum}_needs"].null_count() == answered.height
    assert set(answered[stratum].drop_nulls()) == set(LEVELS[stratum])


@pytest.mark.parametrize("stratum", STRATA)
def test_filling_gaps_never_contradicts_what_was_said(stratum: str) -> None:
    _, _, full, gapped = everybody()
    place = LEVELS[stratum].index
    settled = 0
    for (truth,), (proved, upto, needs) in zip(
        full.select(stratum).iter_rows(),
        gapped.select(stratum, f"{stratum}_upto", f"{stratum}_needs").iter_rows(),
        strict=True,
    ):
        if upto is None:
            assert truth is None
        elif truth is None:
            # It was unknown whether the scheme is for this person.
            assert proved is None
        else:
            assert place(truth) <= place(upto)
            assert proved is None or place(proved) <= place(truth)
        settled += needs is None and upto is not None
    assert settled > 100


@pytest.mark.parametrize("stratum", STRATA)
def test_something_is_needed_exactly_where_it_is_not_settled(stratum: str) -> None:
    *_, answered = everybody()
    unsettled = answered[stratum].ne_missing(answered[f"{stratum}_upto"])
    assert (unsettled != answered[f"{stratum}_needs"].is_not_null()).sum() == 0


@pytest.mark.parametrize("stratum", STRATA)
def test_only_what_is_unknown_is_needed_and_finding_it_out_settles_the_stratum(stratum: str) -> None:
    known, gapped, _, answered = everybody()
    order = list(load_measures())
    asked, full = [], []
    for truth, person, needs in zip(known, gapped, answered[f"{stratum}_needs"], strict=True):
        if needs is None:
            continue
        names = needs.split(";")
        assert names == sorted(names, key=order.index)
        assert all(person.get(name) is None for name in names)
        asked.append({**person, **{name: truth.get(name) for name in names}})
        full.append(truth)
    after, whole = judge(asked), judge(full)
    assert after[f"{stratum}_needs"].null_count() == after.height
    assert after[stratum].ne_missing(whole[stratum]).sum() == 0
    assert after.height > 300


@pytest.mark.parametrize("stratum", STRATA)
def test_leaving_out_one_of_the_needs_may_leave_it_open(stratum: str) -> None:
    """What is listed is not more than is needed: for some answer of the others each one matters."""
    known, gapped, _, answered = everybody()
    some = [
        (truth, person, needs.split(";"))
        for truth, person, needs in zip(known, gapped, answered[f"{stratum}_needs"], strict=True)
        if needs
    ][:400]
    tried = [
        {**person, **{name: truth.get(name) for name in needs if name != left_out}}
        for truth, person, needs in some
        for left_out in needs
    ]
    assert judge(tried)[f"{stratum}_needs"].is_not_null().sum() > 0


def test_a_person_alone_is_judged_as_in_a_crowd() -> None:
    _, gapped, _, answered = everybody()
    for place in range(0, PEOPLE, 300):
        alone = judge([gapped[place]])
        assert alone.drop("person_id").row(0) == answered.drop("person_id").row(place)

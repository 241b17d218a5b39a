"""The program against the second reading of the contract, person by person and column by column, exactly.

10,000 people by default; `pytest --people 100000`, or MYOSTEON_ORACLE_PEOPLE=100000, takes as many as named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl
import pytest

from engines import Polars, assess_on, canonical_people
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings

from .contract_reading import assess_person
from .random_people import random_people

# Rounded to nine decimals, a value that lies half-way is rounded up by one and down by another.
TOLERANCE = 1.5e-9
CHUNK = 10_000


def differences(people: Sequence[Mapping[str, object]], accept_estimated_mass: bool) -> list[str]:
    """One line for each value in which the two differ; people are named by their place, made up as they are."""
    settings = Settings(accept_estimated_mass=accept_estimated_mass)
    computed = assess_on(Polars(), canonical_people(people), settings=settings)
    assert computed.height == len(people)
    found = []
    for person, row in zip(people, computed.iter_rows(named=True), strict=True):
        expected = assess_person(person, accept_estimated_mass=accept_estimated_mass)
        assert set(row) - {"person_id"} == set(expected), "the two name other columns"
        found += [
            f"{person['person_id']} {name}: program {row[name]!r}, second reading {value!r}"
            for name, value in expected.items()
            if not same(row[name], value)
        ]
    return found


def same(computed: object, expected: object) -> bool:
    """Equal, numbers but for the ninth decimal; an empty value equals an empty one alone, and yes is not 1."""
    if computed is None or expected is None:
        return computed is expected
    if isinstance(computed, bool) or isinstance(expected, bool):
        return computed is expected
    if isinstance(computed, int | float) and isinstance(expected, int | float):
        return abs(computed - expected) <= TOLERANCE
    return computed == expected


@pytest.mark.parametrize("accept_estimated_mass", [False, True], ids=["as measured", "estimates accepted"])
def test_the_program_reads_the_contract_as_the_second_reading_does(
    how_many_people: int, accept_estimated_mass: bool
) -> None:
    wanted = how_many_people if not accept_estimated_mass else how_many_people // 5
    people = random_people(wanted, seed=20251121 + accept_estimated_mass)
    found = [
        line
        for start in range(0, wanted, CHUNK)
        for line in differences(people[start : start + CHUNK], accept_estimated_mass)
    ]
    columns = Counter(line.split()[1].rstrip(":") for line in found)
    assert not found, f"{len(found)} values differ, in {columns.most_common(12)}; the first: " + "; ".join(
        found[:12]
    )


def test_the_comparison_is_not_blind() -> None:
    """A program that said nothing, or the same of everybody, would not pass: each column has several answers."""
    people = random_people(3000, seed=5)
    computed = assess_on(Polars(), canonical_people(people))
    for name in make_assessor().outputs("contract"):
        assert computed[name].drop_nulls().n_unique() > 1, name


def test_numbers_words_and_gaps_are_told_apart() -> None:
    assert same(0.1 + 0.2, 0.3)
    assert not same(0.30001, 0.3)
    assert not same(None, False)
    assert not same(1, True)
    assert not same("normal", None)
    assert same(None, None)
    assert pl.Series([None]).null_count() == 1

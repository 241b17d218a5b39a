"""The program against the second reading of the contract, person by person and column by column, exactly.

10,000 people by default; `pytest --people 100000`, or MYOSTEON_ORACLE_PEOPLE=100000, takes as many as named. The program
comes in as a fixture, so that this folder goes on standing on its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest

from .contract_reading import assess_person
from .random_people import random_people

# People, and whether estimated masses are accepted; the program's columns for each person, in order.
Program = Callable[[Sequence[Mapping[str, object]], bool], list[dict[str, object]]]

# Rounded to nine decimals, a value that lies half-way is rounded up by one and down by another.
TOLERANCE = 1.5e-9
CHUNK = 10_000


def differences(program: Program, people: Sequence[Mapping[str, object]], accept: bool) -> list[str]:
    """One line for each value in which the two differ; people are named by their place, made up as they are."""
    found = []
    for person, row in zip(people, program(people, accept), strict=True):
        expected = assess_person(person, accept_estimated_mass=accept)
        assert set(row) == set(expected), "the two name other columns"
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


@pytest.mark.parametrize("accept", [False, True], ids=["as measured", "estimates accepted"])
def test_the_program_reads_the_contract_as_the_second_reading_does(
    program: Program, how_many_people: int, accept: bool
) -> None:
    wanted = how_many_people // 5 if accept else how_many_people
    people = random_people(wanted, seed=20251121 + accept)
    found = [
        line
        for start in range(0, wanted, CHUNK)
        for line in differences(program, people[start : start + CHUNK], accept)
    ]
    columns = Counter(line.split()[1].rstrip(":") for line in found)
    assert not found, f"{len(found)} values differ, in {columns.most_common(12)}; the first: " + "; ".join(
        found[:12]
    )


def test_the_comparison_is_not_blind(program: Program) -> None:
    """A program that said nothing, or the same of everybody, would not pass: each column has several answers."""
    rows = program(random_people(3000, seed=5), False)
    for name in rows[0]:
        assert len({row[name] for row in rows} - {None}) > 1, name


def test_numbers_words_and_gaps_are_told_apart() -> None:
    assert same(0.1 + 0.2, 0.3)
    assert not same(0.30001, 0.3)
    assert not same(None, False)
    assert not same(1, True)
    assert not same("normal", None)
    assert same(None, None)

"""Random people with gaps: the program says of each what a reading in plain Python finds by trying every completion."""

from __future__ import annotations

import pytest

from engines import Polars, assess_on, canonical_people
from myosteon.rules.guideline import Settings
from strata.people import STRATA, known_people, numbered, with_gaps
from strata.second_reading import second_reading

PEOPLE = 1200


@pytest.mark.parametrize("at_limit", [False, True])
@pytest.mark.parametrize("stratum", STRATA)
def test_the_program_and_the_second_reading_agree(stratum: str, at_limit: bool) -> None:
    known = known_people(PEOPLE, seed=11)
    people = [*known[: PEOPLE // 3], *with_gaps(known, seed=12)]
    settings = Settings(t_score_minus_3_very_high=at_limit)
    answered = assess_on(
        Polars(), canonical_people(numbered(people)), settings=settings, definitions=[stratum]
    )
    compared, different = 0, []
    for person, row in zip(people, answered.to_dicts(), strict=True):
        reading = second_reading(person, stratum.removeprefix("stratum_"), at_limit)
        if reading is None:
            continue
        compared += 1
        program = (row[stratum], row[f"{stratum}_upto"])
        if program != reading:
            different.append((program, reading, {k: v for k, v in person.items() if v is not None}))
    assert compared > PEOPLE
    assert not different, different[0]

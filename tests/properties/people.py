"""People drawn by Hypothesis: those of the oracle by seed, so that a failing one shrinks to a small number, and changed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl
from hypothesis import strategies as st

from engines import Polars, assess_on, canonical_people
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings
from oracle.random_people import random_person

Person = Mapping[str, object]
Row = dict[str, object]

DEFINITIONS = (
    "ewgsop2010",
    "ewgsop2019",
    "awgs2014",
    "awgs2019",
    "awgs2025",
    "iwgs2011",
    "fnih2014",
    "sdoc2020",
    "jsh2016",
    "jsh2021",
    "china2021",
)

seeds = st.integers(min_value=0, max_value=2**32)


@cache
def person_of(seed: int) -> dict[str, object]:
    """The person of a seed, always the same."""
    return random_person(random.Random(seed))


people = seeds.map(person_of)
crowds = st.lists(seeds, min_size=2, max_size=40, unique=True).map(
    lambda drawn: [person_of(seed) for seed in drawn]
)


def judge(
    persons: Sequence[Person],
    *,
    definitions: Sequence[str] | None = None,
    columns: str = "contract",
    accept: bool = False,
) -> list[Row]:
    """The answers for each person, in order."""
    named = [{**person, "person_id": f"{place:06d}"} for place, person in enumerate(persons)]
    answered = judge_frame(canonical_people(named), definitions=definitions, columns=columns, accept=accept)
    return answered.drop("person_id").to_dicts()


def judge_frame(
    frame: pl.DataFrame,
    *,
    definitions: Sequence[str] | None = None,
    columns: str = "contract",
    accept: bool = False,
) -> pl.DataFrame:
    """The answers for a frame with a `person_id`."""
    assert columns in ("contract", "all")
    kind = "contract" if columns == "contract" else "all"
    return assess_on(Polars(), frame, kind, Settings(accept_estimated_mass=accept), definitions)  # type: ignore[arg-type]


@cache
def levels_of(definition: str) -> tuple[str, ...]:
    """The stages of a definition, lowest first, with `none` before them."""
    return make_assessor().graph.rules[f"sarcopenia_{definition}"].levels

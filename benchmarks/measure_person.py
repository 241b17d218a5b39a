"""One person, warm: all verdicts, these with explanation, and a thousand variants of the person."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import people
import polars as pl
from timing import take_times

from myosteon.assess import assess, make_assessor

SEED = 7
VARIANTS = 1_000
RUNS = 200
WARM_UP = 30
EXPLAIN = "myosteon.outputs.explain"

Report = dict[str, Any]


def somebody() -> pl.DataFrame:
    """One person of whom nine measures of ten are known."""
    return people.make_people(1, SEED)


def one_person(_: int) -> Report:
    """Every column of the contract."""
    person = somebody()
    return {**take_times(lambda: assess(person, columns="contract"), runs=RUNS, warm_up=WARM_UP)}


def one_person_every_column(_: int) -> Report:
    """Every criterion and quantity too: what an explanation reads."""
    person = somebody()
    return {**take_times(lambda: assess(person, columns="all"), runs=RUNS, warm_up=WARM_UP)}


def one_person_explained(_: int) -> Report:
    """Every criterion, the explanation of each definition's verdict, and what to measure next."""
    if find_spec(EXPLAIN) is None:
        return {"skipped": f"{EXPLAIN} is not there yet"}
    module: Any = import_module(EXPLAIN)
    assessor = make_assessor()
    verdicts = [guideline.verdicts[0] for guideline in assessor.guidelines]
    person = somebody()

    def explained() -> Any:
        row = assess(person, columns="criteria").row(0, named=True)
        return (
            [module.explain(row, assessor, verdict, "en") for verdict in verdicts],
            module.what_to_measure_next(row, assessor, "en"),
        )

    return {**take_times(explained, runs=RUNS, warm_up=WARM_UP)}


def thousand_variants(_: int) -> Report:
    """The person with a grip of 5.00 to 54.95 kg: what if they grew stronger."""
    variants = pl.concat([somebody()] * VARIANTS, rechunk=True).with_columns(
        grip_kg=5 + 0.05 * pl.int_range(VARIANTS)
    )
    return {**take_times(lambda: assess(variants, columns="contract"), runs=RUNS, warm_up=WARM_UP)}


CASES: dict[str, Callable[[int], Report]] = {
    case.__name__: case
    for case in (one_person, one_person_every_column, one_person_explained, thousand_variants)
}

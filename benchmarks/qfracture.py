"""QFracture-2012 over raw columns in memory: people a second, beside a careful NumPy script that does the same.

`python benchmarks/qfracture.py [PEOPLE]` prints both alone, with the processor's time, which other work on the machine changes
less than the time of the clock. `benchmarks/run.py` runs each in a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import careful_numpy_qfracture as script
import numpy as np
import polars as pl
from timing import take_times

from myosteon.app.raw_risks import ANSWERS, raw_risks

SEED = 2024
RUNS = 5
USUAL = 1_000_000
SEX = pl.Enum(script.SEXES)
AGREE = 1e-9

Report = dict[str, Any]


def make_raw_people(count: int, seed: int) -> pl.DataFrame:
    """Random raw columns within their ranges, as small as they are: bytes, a float for body mass index, words for sex."""
    random = np.random.default_rng(seed)

    def codes(name: str) -> Any:
        low, high = script.RANGES[name]
        return random.integers(low, high + 1, count).astype(np.int8)

    flags = {flag: (random.random(count) < 0.1).astype(np.int8) for flag in script.FLAGS}
    flags["b_type2"] &= 1 - flags["b_type1"]
    return pl.DataFrame(
        {
            "sex": pl.Series(random.integers(0, 2, count).astype(np.uint8)).cat.to(SEX),
            "age": codes("age"),
            "bmi": np.round(random.uniform(20, 40, count), 2),
            **{name: codes(name) for name in ("ethrisk", "smoke_cat", "alcohol_cat6")},
            **flags,
            "surv": codes("surv"),
        }
    )


def arrays_of(people: pl.DataFrame) -> dict[str, Any]:
    """The same as arrays, sex as 0 and 1."""
    whole = people.with_columns(pl.col("sex").to_physical().cast(pl.Int8))
    return {series.name: series.to_numpy() for series in whole}


def qfracture_package(rows: int) -> Report:
    """This package."""
    people = make_raw_people(rows, SEED)
    return {**take_times(lambda: raw_risks(people), runs=RUNS)}


def qfracture_numpy(rows: int) -> Report:
    """The careful script."""
    columns = arrays_of(make_raw_people(rows, SEED))
    return {**take_times(lambda: script.risks(columns), runs=RUNS)}


CASES: dict[str, Callable[[int], Report]] = {
    case.__name__: case for case in (qfracture_package, qfracture_numpy)
}


def check_agreement(people: pl.DataFrame) -> None:
    """Stops where the script and the package differ."""
    ours, theirs = raw_risks(people), script.risks(arrays_of(people))
    for column, outcome in zip(ANSWERS, script.OUTCOMES, strict=False):
        apart = np.abs(ours[column].to_numpy() - theirs[outcome]).max()
        if not apart <= AGREE:
            raise SystemExit(f"{column}: the script differs by {apart:g}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    people = make_raw_people(count, SEED)
    check_agreement(people)
    columns = arrays_of(people)
    actions: dict[str, Callable[[], Any]] = {
        "this package": lambda: raw_risks(people),
        "careful NumPy": lambda: script.risks(columns),
    }
    worked = {}
    for name, action in actions.items():
        action()
        clock, processor = [], []
        for _ in range(RUNS):
            started, begun = perf_counter(), process_time()
            action()
            clock.append(perf_counter() - started)
            processor.append(process_time() - begun)
        worked[name] = min(processor)
        print(
            f"{name}: {count / min(clock) / 1e6:.1f} million people a second by the clock, "
            f"{count / min(processor) / 1e6:.1f} million a second of one processor"
        )
    ratio = worked["careful NumPy"] / worked["this package"]
    print(f"this package to the careful NumPy script, processor time: {ratio:.2f} times as fast")


if __name__ == "__main__":
    main()

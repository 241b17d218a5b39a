"""The four baselines say what the plain reading of the contract (`tests/oracle`) says, and each the same.

Not among the quick tests of the package: run it with `pytest benchmarks`.
"""

from __future__ import annotations

import csv
import importlib
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import careful_numpy_contract
import careful_pandas_contract
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import people
import polars
import pytest
import tuned_numpy_contract
import tuned_pandas_contract

from myosteon.assess import assess

PROJECT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MYOSTEON_SHARED", PROJECT.parent / "shared"))

sys.path.insert(0, str(PROJECT / "tests"))
oracle: Any = importlib.import_module("oracle.contract_reading")
stress: Any = importlib.import_module("oracle.random_people")

Person: TypeAlias = dict[str, Any]

# A number that lies half-way at the tenth decimal is rounded up by one and down by another.
TOLERANCE = 1.5e-9


def frame_of(persons: list[Person]) -> polars.DataFrame:
    """The measures that the baselines need, as `make_people` types them, from one dict a person."""
    types = people.make_people(1, seed=0).schema
    return polars.DataFrame(
        [
            polars.Series(name, [person.get(name) for person in persons], dtype=dtype, strict=False)
            for name, dtype in types.items()
        ]
    )


def from_numpy(frame: polars.DataFrame, script: ModuleType = tuned_numpy_contract) -> dict[str, list[Any]]:
    """The verdicts of a NumPy script as Python values, None where empty."""
    verdicts = {}
    for name, values in script.assess(people.to_numpy(frame)).items():
        if values.dtype == np.float64:
            verdicts[name] = [None if math.isnan(value) else value for value in values.tolist()]
        else:
            words = tuned_numpy_contract.OUTPUT_WORDS.get(name, (False, True))
            verdicts[name] = [None if code < 0 else words[code] for code in values.tolist()]
    return verdicts


def from_pandas(frame: polars.DataFrame) -> dict[str, list[Any]]:
    """The verdicts of the tuned pandas script as Python values, None where empty."""
    return values_of(tuned_pandas_contract.assess(people.to_pandas(frame)))


def from_careful_pandas(frame: polars.DataFrame) -> dict[str, list[Any]]:
    """The verdicts of the careful pandas script as Python values, None where empty."""
    return values_of(careful_pandas_contract.assess(people.to_nullable_pandas(frame)))


def from_careful_numpy(frame: polars.DataFrame) -> dict[str, list[Any]]:
    """The verdicts of the careful NumPy script as Python values, None where empty."""
    return from_numpy(frame, careful_numpy_contract)


def values_of(verdicts: pd.DataFrame) -> dict[str, list[Any]]:
    return {
        name: [None if pd.isna(value) else value for value in verdicts[name].tolist()] for name in verdicts
    }


Script: TypeAlias = Callable[[polars.DataFrame], dict[str, list[Any]]]
SCRIPTS: tuple[Script, ...] = (from_numpy, from_pandas, from_careful_numpy, from_careful_pandas)


def from_oracle(persons: list[Person]) -> dict[str, list[Any]]:
    """What the plain reading says, without the `_needs` columns."""
    verdicts = [oracle.assess_person(person) for person in persons]
    return {
        name: [verdict[name] for verdict in verdicts] for name in verdicts[0] if not name.endswith("_needs")
    }


def same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return not isinstance(other, bool) and abs(one - other) <= TOLERANCE
    return one is other if one is None or isinstance(one, bool) else bool(one == other)


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, int]:
    """How many people the two judge differently, by column; columns without any are left out."""
    assert set(one) == set(other)
    counts = {name: sum(not same(*pair) for pair in zip(one[name], other[name], strict=True)) for name in one}
    return {name: count for name, count in counts.items() if count}


def people_on_edges() -> list[Person]:
    """Weak and slow people on, or less than 0.01 beside, cut-offs that random people seldom meet."""
    somebody: Person = people.make_people(1, seed=0, missing=0).to_dicts()[0]
    weak = somebody | {"grip_kg": 15.0, "gait_speed_m_s": 0.5}
    # Bodies in which one of the two indices is far from low: asmi = alm / 4 (BMI 20), asm_bmi = alm / 25.
    bodies = [
        {"height_cm": 200.0, "weight_kg": 80.0, "alm_kg": 4 * (asmi + beside)}
        for asmi in (5.5, 5.7, 7.23, 7.26, 7.6)
        for beside in (0.0, 0.005)
    ] + [
        {"height_cm": 100.0, "weight_kg": 25.0, "alm_kg": 25 * (asm_bmi + beside)}
        for asm_bmi in (0.52, 0.55, 0.63)
        for beside in (0.0, 0.005)
    ]
    edges = [
        weak | body | {"sex": sex, "age_years": age, "mass_method": method}
        for sex in ("female", "male")
        for age in (60.0, 70.0)
        for method in ("dxa", "bia", None)
        for body in bodies
    ]
    others: list[Person] = [
        {"weight_kg": 95.0, "weight_loss_12m_kg": 5.0},  # 5 % of the weight before
        {"weight_kg": 57.0, "weight_loss_12m_kg": 3.0},
        {"sex": "male", "age_years": 58.1, "grip_kg": 28.2, "calf_circumference_cm": 33.1},  # Ishii 105
        {"sex": "female", "age_years": 58.9, "grip_kg": 18.0, "calf_circumference_cm": 29.0},  # Ishii 120
        {"sppb_score": None, "walk_unable": False, "gait_4m_s": 8.705},
    ]
    return edges + [somebody | change for change in others]


@pytest.fixture(scope="module")
def stressed() -> list[Person]:
    """People made to lie on cut-offs, with gaps and contradictions."""
    return [*stress.random_people(3_000, seed=20), *people_on_edges()]


@pytest.mark.parametrize("from_script", SCRIPTS)
def test_a_script_says_what_the_oracle_says(from_script: Script, stressed: list[Person]) -> None:
    assert differences(from_script(frame_of(stressed)), from_oracle(stressed)) == {}


def test_the_made_up_people_are_judged_alike_by_all() -> None:
    frame = people.make_people(1_000, seed=5)
    expected = from_oracle(frame.to_dicts())
    for from_script in SCRIPTS:
        assert differences(from_script(frame), expected) == {}, from_script.__name__


def from_engine(frame: polars.DataFrame) -> dict[str, list[Any]]:
    """What this package says, without the `_needs` columns."""
    verdicts = assess(frame, columns="contract", keep_input=False)
    return {name: verdicts[name].to_list() for name in verdicts.columns if not name.endswith("_needs")}


def test_this_package_says_what_the_scripts_say(stressed: list[Person]) -> None:
    for frame in (frame_of(stressed), people.make_people(20_000, seed=12)):
        assert differences(from_engine(frame), from_numpy(frame)) == {}


@pytest.mark.parametrize("missing", [0.0, 0.1, 0.4, 0.9, 1.0])
def test_the_scripts_agree_whatever_is_missing(missing: float) -> None:
    frame = people.make_people(2_000, seed=6, missing=missing)
    expected = from_numpy(frame)
    for from_script in SCRIPTS:
        assert differences(from_script(frame), expected) == {}, from_script.__name__


def test_blocks_change_nothing() -> None:
    columns = people.to_numpy(people.make_people(1_000, seed=7))
    whole = tuned_numpy_contract.assess(columns)
    for rows in (1, 333, 500, 999):
        blocks = tuned_numpy_contract.assess(columns, block_rows=rows)
        assert set(blocks) == set(whole)
        for name, values in whole.items():
            assert np.array_equal(values, blocks[name], equal_nan=values.dtype == np.float64), (
                f"{name} differs in blocks of {rows}"
            )


def test_the_stressed_people_meet_every_answer(stressed: list[Person]) -> None:
    """Agreement is worth something only where each word, yes, no and empty occurs."""
    for name, values in from_numpy(frame_of(stressed)).items():
        words = tuned_numpy_contract.OUTPUT_WORDS.get(name)
        if name == "sarcopenia_awgs2025_upto" or words is None or not name.endswith("_upto"):
            assert None in values, f"{name} is never empty"
        if words is not None:
            assert set(words) <= set(values), f"{name} lacks {set(words) - set(values)}"
        elif not any(isinstance(value, float) for value in values):
            assert {True, False} <= set(values), f"{name} is always the same"


def contract_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / "contract" / name
    if not path.is_file():
        pytest.skip(f"the shared contract/{name} is not here: set MYOSTEON_SHARED")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_of_the_contract_but_the_needs_is_there() -> None:
    names = {row["name"] for row in contract_rows("results.csv") if not row["name"].endswith("_needs")}
    frame = people.make_people(10, seed=8)
    for from_script in SCRIPTS:
        assert set(from_script(frame)) == names, from_script.__name__


def test_the_words_are_those_of_the_contract() -> None:
    rows = {row["name"]: row for row in contract_rows("results.csv")}
    for name, words in tuned_numpy_contract.OUTPUT_WORDS.items():
        assert "|".join(words) == rows[name]["levels_or_unit"], name
    made_up = people.make_people(10, seed=8)
    for verdicts in (
        tuned_pandas_contract.assess(people.to_pandas(made_up)),
        careful_pandas_contract.assess(people.to_nullable_pandas(made_up)),
    ):
        for name, words in tuned_numpy_contract.OUTPUT_WORDS.items():
            assert tuple(verdicts[name].cat.categories) == words, name


def test_the_people_are_such_as_the_contract_describes() -> None:
    """Types, words, whole numbers and hard ranges."""
    frame = people.make_people(20_000, seed=9)
    rows = {row["name"]: row for row in contract_rows("measurements.csv")}
    for series in frame:
        row = rows[series.name]
        if series.dtype == polars.Boolean:
            assert row["type"] == "bool", series.name
        elif series.dtype == polars.Enum:
            words = row["meaning"].split(":")[-1].split("(")[0].split("|")
            assert [word.strip() for word in words] == list(tuned_numpy_contract.INPUT_WORDS[series.name])
        else:
            values = series.drop_nulls().to_numpy()
            assert row["type"] in ("float", "int"), series.name
            assert row["type"] == "float" or np.array_equal(values, np.trunc(values)), series.name
            assert values.min() >= float(row["hard_min"] or -math.inf), series.name
            assert values.max() <= float(row["hard_max"] or math.inf), series.name


def test_about_a_tenth_of_each_measure_is_missing() -> None:
    frame = people.make_people(20_000, seed=10)
    prevented = {"postmenopausal", "chair_stand_5x_s", "gait_speed_m_s", "gait_4m_s", "walk_400m_s"}
    for name in frame.columns:
        share = frame[name].null_count() / len(frame)
        assert 0.09 < share < (0.6 if name in prevented else 0.11), f"{name}: {share:.3f}"


def test_the_same_seed_makes_the_same_people() -> None:
    assert people.make_people(500, seed=1).equals(people.make_people(500, seed=1))
    assert not people.make_people(500, seed=1).equals(people.make_people(500, seed=2))

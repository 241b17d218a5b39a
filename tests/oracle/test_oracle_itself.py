"""The oracle against the files of the contract: columns, words, order, ranges; and what it does with
wrong input.
"""

import ast
import csv
import os
import sys
from pathlib import Path

import pytest

from .contract_reading import assess_person
from .person_values import ORDER_OF_MEASUREMENTS
from .random_people import random_people


def contract_rows(name: str) -> list[dict[str, str]]:
    """Rows of a contract file, found through MYOSTEON_SHARED or ../shared; skips, saying so, where there
    is none.
    """
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    path = Path(os.environ.get("MYOSTEON_SHARED", beside)) / "contract" / name
    if not path.is_file():
        pytest.skip(f"SKIPPED: the shared {name} is not here; set MYOSTEON_SHARED")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_of_the_contract_comes_back_in_order() -> None:
    expected = [row["name"] for row in contract_rows("results.csv")]
    assert list(assess_person({})) == expected


def test_stages_and_categories_are_words_of_the_contract() -> None:
    rows = [row for row in contract_rows("results.csv") if row["type"] in ("stage", "category")]
    results = [assess_person(person) for person in random_people(1500, 3)]
    for row in rows:
        given = {result[row["name"]] for result in results} - {None}
        assert given == set(row["levels_or_unit"].split("|")), row["name"]


def test_needs_are_ordered_as_the_measurements_are() -> None:
    rows = [row["name"] for row in contract_rows("measurements.csv")]
    assert [name for name in rows if name in ORDER_OF_MEASUREMENTS] == list(ORDER_OF_MEASUREMENTS)


def test_random_people_lie_inside_the_hard_ranges_and_types() -> None:
    rows = {row["name"]: row for row in contract_rows("measurements.csv")}
    types = {"float": float, "int": int, "bool": bool, "category": str, "string": str, "date": str}
    for person in random_people(2000, 4):
        for name, value in person.items():
            row = rows[name]
            assert value is None or type(value) is types[row["type"]], name
            if isinstance(value, float) and row["hard_min"]:
                assert float(row["hard_min"]) <= value <= float(row["hard_max"]), name


def test_random_people_are_the_same_for_the_same_seed_and_each_has_an_id() -> None:
    people = random_people(300, 5)
    assert people == random_people(300, 5)
    assert people != random_people(300, 6)
    assert len({person["person_id"] for person in people}) == 300


def test_random_people_meet_every_answer_of_every_verdict() -> None:
    results = [assess_person(person) for person in random_people(1500, 7)]
    for column in results[0]:
        kinds = {result[column] for result in results}
        yes_or_no = any(isinstance(kind, bool) for kind in kinds)
        assert len(kinds) >= (3 if yes_or_no else 2), column


def test_nothing_known_is_nothing_settled() -> None:
    columns = assess_person({})
    filled = {name: value for name, value in columns.items() if value is not None}
    assert all(name.endswith(("_upto", "_needs")) for name in filled)
    assert not [name for name in filled if "awgs2025" in name]
    assert columns["sarcopenia_awgs2019_needs"] == (
        "sex;height_cm;grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg;mass_method"
    )


def test_missing_none_and_not_a_number_are_the_same_unknown() -> None:
    for person in random_people(200, 14):
        absent = {name: value for name, value in person.items() if value is not None}
        not_a_number = {
            name: float("nan") if value is None and name.endswith("_kg") else value
            for name, value in person.items()
        }
        assert assess_person(absent) == assess_person(person) == assess_person(not_a_number)


def test_a_wrong_type_is_refused() -> None:
    with pytest.raises(TypeError, match="grip_kg must be a number"):
        assess_person({"grip_kg": "20"})
    with pytest.raises(TypeError, match="walk_unable must be a bool"):
        assess_person({"walk_unable": "yes"})
    with pytest.raises(TypeError, match="drug must be a text"):
        assess_person({"sex": "female", "drug": 3, "age_years": 70.0, "weight_kg": 60.0})


def test_the_oracle_stands_on_its_own() -> None:
    allowed = {*sys.stdlib_module_names, "pytest"}
    beside_the_program = {"test_oracle_agrees.py"}
    for path in Path(__file__).parent.glob("*.py"):
        if path.name in beside_the_program:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed, path.name
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                assert str(node.module).split(".")[0] in allowed, path.name

"""Anybody's definition, installed beside the program, is found, judged and checked like our own."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from myosteon.guidelines import installed_definitions

from .installing import EXAMPLE, install_example, install_module, run_with

JUDGE = """
import json
import polars as pl
from myosteon.assess import assess, make_assessor
from myosteon.guidelines import installed_definitions, installed_guidelines

people = pl.DataFrame(
    {
        "person_id": ["both low", "weak alone", "weak", "grip 28.0", "nothing known"],
        "sex": ["male", "male", "male", "male", None],
        "age_years": [70.0, 70.0, 70.0, 70.0, None],
        "grip_kg": [27.9, 27.9, 27.9, 28.0, None],
        "gait_speed_m_s": [0.99, 1.0, None, 0.5, None],
        "alm_kg": [40.0, 4.0, 4.0, 4.0, None],
        "height_cm": [160.0, 160.0, 160.0, 160.0, None],
        "mass_method": ["dxa", "dxa", "dxa", "dxa", None],
    },
    schema_overrides={"sex": pl.Enum(["female", "male"]), "mass_method": pl.Enum(["dxa", "bia", "estimated"])},
)
every = assess(people, columns="contract", keep_input=False)
alone = assess(people, columns="contract", keep_input=False, definitions=["kwgs2023"])
new = [c for c in every.columns if c.endswith(("_kwgs2023", "_kwgs2023_upto", "_kwgs2023_needs"))]
print(json.dumps({
    "ids": list(installed_definitions()),
    "columns": new,
    "answers": every.select(new).with_columns(pl.all().cast(pl.String)).rows(),
    "alone": alone.select(new).with_columns(pl.all().cast(pl.String)).rows(),
    "statuses": sorted({l.source.status for c in installed_guidelines()["kwgs2023"].evidence.cutoffs for l in c.limits}),
    "ours": every.drop(new).write_json(),
}))
"""
OURS = JUDGE.replace('"kwgs2023"', '"awgs2019"').replace('"ours": every.drop(new)', '"ours": every')


def test_the_example_is_found_and_judged(tmp_path: Path) -> None:
    installed = install_example(tmp_path)
    done = run_with(installed, JUDGE)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["ids"] == [*installed_definitions(), "kwgs2023"]
    assert said["columns"] == ["sarcopenia_kwgs2023", "sarcopenia_kwgs2023_upto", "sarcopenia_kwgs2023_needs"]
    all_tests = "sex;grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score"
    assert said["answers"] == [
        ["functional", "functional", None],
        ["none", "none", None],
        [None, "functional", "chair_stand_5x_s;gait_speed_m_s;sppb_score"],
        ["none", "none", None],
        [None, "functional", all_tests],
    ]
    assert said["alone"] == said["answers"]
    assert said["statuses"] == ["checked"]


def test_the_example_changes_no_other_answer(tmp_path: Path) -> None:
    with_it, without = run_with(install_example(tmp_path), JUDGE), run_with(tmp_path / "nothing", OURS)
    assert without.returncode == 0, without.stderr
    assert json.loads(with_it.stdout)["ours"] == json.loads(without.stdout)["ours"]


def test_the_example_says_where_its_numbers_come_from() -> None:
    text = (EXAMPLE / "src" / "myosteon_example" / "kwgs2023.toml").read_text(encoding="utf-8")
    assert "10.4235/agmr.23.0009" in text
    assert "baek2023" not in (files("myosteon.evidence") / "papers.toml").read_text(encoding="utf-8")


START = "from myosteon.assess import make_assessor; make_assessor()"

EVIDENCE = """
[definition]
id = "{id}"
kind = "sarcopenia"
label = {{en = "Local", zh = "本地"}}
title = {{en = "A local definition", zh = "本地定义"}}
year = 2025
paper = "chen2020"
where = "abstract"
{status}

[[cutoff]]
criterion = "grip_weak"
measure = "grip_best_kg"
comparison = "{comparison}"
unit = "kg"
male = 28
female = 18
{source}
"""

HEAD = """
from importlib.resources import files
import narwhals as nw
from myosteon.evidence.load import read_evidence
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Guideline
from myosteon.rules.sarcopenia.definition import sarcopenia
from myosteon.rules.sarcopenia.thing import tested_by_grip
from myosteon.rules.strength import grip_weak

EVIDENCE = read_evidence(files(__name__) / "numbers.toml")

def rule(name, *inputs, stratum="criterion"):
    return Rule(name, inputs, lambda *columns: columns[0], "yes_no", stratum, "A sentence.", name, numbers=(name,))
"""
BY_GRIP = (
    'GUIDELINE = sarcopenia(EVIDENCE, strength=(tested_by_grip(grip_weak),), stages={"confirmed": STRENGTH})'
)
BY_RULES = "GUIDELINE = Guideline(EVIDENCE, lambda settings: ({rules},), ())"


def numbers(
    id: str = "local", status: str = 'status = "checked"', comparison: str = "<", source: str = ""
) -> str:
    return EVIDENCE.format(id=id, status=status, comparison=comparison, source=source)


FAULTS = {
    "an id that is taken": (BY_GRIP, numbers("awgs2019"), ["two installed guidelines", "awgs2019"]),
    "a circle": (
        BY_RULES.format(rules='rule("first_local", "second_local"), rule("second_local", "first_local")'),
        numbers(),
        ["circle", "first_local", "second_local"],
    ),
    "an unknown input": (
        BY_RULES.format(rules='rule("verdict_local", "handshake_kg")'),
        numbers(),
        ["verdict_local", "handshake_kg", "neither a measure nor a rule"],
    ),
    "a rule that reads a later stratum": (
        BY_RULES.format(rules='rule("criterion_local", "osteoporosis_china2022")'),
        numbers(),
        ["criterion_local", "osteoporosis_china2022", "earlier stratum"],
    ),
    "the name of another rule": (
        BY_RULES.format(rules='rule("bmi", "weight_kg")'),
        numbers(),
        ["two rules", "bmi"],
    ),
    "a number without a status": (BY_GRIP, numbers(status=""), ["numbers.toml", "grip_weak", "no status"]),
    "a number without a place": (
        BY_GRIP,
        numbers().replace('where = "abstract"', ""),
        ["numbers.toml", "grip_weak", "does not say where"],
    ),
    "a number without a paper": (
        BY_GRIP,
        numbers(source='paper = "nobody1900"'),
        ["numbers.toml", "nobody1900"],
    ),
    "a comparison that is none": (BY_GRIP, numbers(comparison="~"), ["numbers.toml", "'~'", "grip_weak"]),
    "stages that do not follow": (
        BY_GRIP.replace(
            '{"confirmed": STRENGTH}', '{"lower": STRENGTH & PERFORMANCE, "higher": STRENGTH}'
        ).replace("strength=(", "performance=(tested_by_grip(grip_weak),), strength=("),
        numbers(),
        ["local", "lower, higher", "do not follow"],
    ),
    "a stage without a test": (
        BY_GRIP.replace("STRENGTH}", "STRENGTH & MASS}"),
        numbers(),
        ["local", "confirmed", "mass_low", "no test"],
    ),
    "no guideline at all": ("GUIDELINE = 7", numbers(), ["is not a guideline"]),
    "a module that fails": (
        "raise RuntimeError('out of paper')",
        numbers(),
        ["cannot be loaded", "out of paper"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_plugin_stops_the_program_and_is_named(fault: str, tmp_path: Path) -> None:
    code, evidence, said = FAULTS[fault]
    installed = install_module(tmp_path, "faulty_plugin", HEAD + code, numbers=evidence)
    done = run_with(installed, START)
    assert done.returncode != 0, f"a plugin with {fault} was accepted"
    message = done.stderr.strip().splitlines()[-1]
    assert "RuleError" in message
    assert all(part in message for part in said), message


def test_the_same_plugin_without_a_fault_is_accepted(tmp_path: Path) -> None:
    installed = install_module(tmp_path, "faulty_plugin", HEAD + BY_GRIP, numbers=numbers())
    done = run_with(installed, START + '; print("sarcopenia_local" in make_assessor().outputs("contract"))')
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr

"""The public call: which columns it adds, which it keeps, what it refuses."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from engines import canonical_people
from myosteon.assess import assess, make_assessor
from myosteon.errors import RuleError
from myosteon.rules.guideline import Settings
from shared import shared_folder

PERSON = {"person_id": "a", "sex": "male", "age_years": 70.0, "grip_kg": 20.0, "gait_speed_m_s": 0.5}
KINDS = {"bool": "yes_no", "stage": "stage", "number": "number", "category": "category", "list": "list"}


def test_the_columns_are_those_of_the_contract_in_its_order() -> None:
    with (shared_folder() / "contract" / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert make_assessor().outputs("contract") == tuple(row["name"] for row in rows)
    graph = make_assessor().graph
    for row in rows:
        rule = graph.rules[row["name"]]
        assert rule.kind == KINDS[row["type"]], rule.name
        if rule.levels:
            assert rule.levels == tuple(row["levels_or_unit"].split("|")), rule.name


def test_what_is_kept_and_what_is_added() -> None:
    people = canonical_people([PERSON]).with_columns(ward=pl.lit("seven"), visit_date=pl.date(2025, 11, 21))
    contract = make_assessor().outputs("contract")
    kept = assess(people, columns="contract")
    assert kept.columns == [*people.columns, *contract]
    assert assess(people, columns="contract", keep_input=False).columns == [
        "person_id",
        "visit_date",
        *contract,
    ]
    every = assess(people, columns="all").columns
    assert set(every) >= {*people.columns, *make_assessor().graph.rules}
    assert len(every) == len(set(every))


def test_answers_that_a_file_cannot_have_are_not_added_as_verdicts() -> None:
    few = canonical_people([PERSON])
    more = few.with_columns(dxa_maker=pl.lit("hologic"), bmd_femoral_neck_g_cm2=pl.lit(0.7))
    assert "t_score_femoral_neck_nhanes3" not in assess(few).columns
    assert "t_score_total_hip_nhanes3" not in assess(few).columns
    assert "contradictions" in assess(few).columns
    with_sex = set(assess(more).columns) - set(assess(few).columns) - set(more.columns)
    assert with_sex >= {"sbmd_femoral_neck_mg_cm2"}


def test_a_person_alone_a_lazy_frame_and_an_empty_one() -> None:
    people = canonical_people([PERSON])
    eager, lazy = assess(people, columns="contract"), assess(people.lazy(), columns="contract")
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect().equals(eager)
    nobody = assess(people.clear(), columns="contract")
    assert nobody.height == 0
    assert nobody.schema == eager.schema
    assert eager["sarcopenia_sdoc2020"].to_list() == ["confirmed"]


def test_a_definition_that_is_not_installed_is_refused_with_those_that_are() -> None:
    with pytest.raises(RuleError, match="no guideline is called awgs2099") as caught:
        make_assessor(["awgs2099"])
    assert "awgs2019" in str(caught.value)


def test_a_reference_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(RuleError, match="no T-score reference is called looker") as caught:
        make_assessor(settings=Settings(t_score_reference="looker"))
    assert "nhanes3" in str(caught.value)


def test_an_assessor_is_made_once() -> None:
    assert make_assessor() is make_assessor()
    assert make_assessor(["awgs2019"]) is not make_assessor()
    assert make_assessor(settings=Settings(accept_estimated_mass=True)) is not make_assessor()

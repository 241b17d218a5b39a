"""The raw columns of QFracture-2012: what is refused and named, what is ignored, and in which shapes they may come."""

from __future__ import annotations

import polars as pl
import pytest

from myosteon.app.raw_risks import raw_risks
from myosteon.errors import ColumnError
from risk.qfracture_people import FLAGS, random_raw_people, raw_frame, raw_person

PERCENTS = ("qfracture_any_percent", "qfracture_hip_percent")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("age", value) for value in (29, 101, None, 300)),
        *(("bmi", value) for value in (19.99, 40.01, None, float("nan"))),
        *(("ethrisk", value) for value in (0, 10)),
        *(("smoke_cat", value) for value in (-1, 5)),
        *(("alcohol_cat6", value) for value in (-1, 6)),
        *(("surv", value) for value in (0, 19)),
        *((flag, 2) for flag in FLAGS if flag not in ("b_carehome",)),
        ("sex", "unknown"),
        ("sex", None),
    ],
)
def test_a_value_outside_its_range_gets_no_number_and_is_named(field: str, value: object) -> None:
    found = raw_risks(raw_frame([raw_person(), raw_person(**{field: value}), raw_person()]))
    assert found["refused"].to_list() == [None, field, None]
    for column in PERCENTS:
        assert found[column].is_null().to_list() == [False, True, False]
        assert found[column][0] == found[column][2]


def test_every_refused_field_is_named_and_a_fraction_of_a_year_is_no_whole_number() -> None:
    person = raw_person(sex="male", age=65.5, bmi=50.0, b_type1=1, b_type2=1, b_carehome=3)
    found = raw_risks(raw_frame([raw_person(sex="male", age=65.0), person]))
    assert found["refused"][1] == "age;bmi;b_carehome;b_type1;b_type2"
    assert found["qfracture_any_percent"].is_null().to_list() == [False, True]


def test_a_field_that_the_models_of_a_sex_lack_is_ignored() -> None:
    woman, man = raw_person(), raw_person(sex="male")
    odd = [{**woman, "b_carehome": 7}, {**man, "b_hrt_oest": None, "b_endocrine": -1}]
    found = raw_risks(raw_frame([woman, man, *odd]))
    assert found["refused"].null_count() == 4
    assert found.select(PERCENTS)[2:].equals(found.select(PERCENTS)[:2])


def test_raw_columns_may_be_text_flags_or_lazy_and_others_come_through() -> None:
    people = raw_frame(random_raw_people(100, seed=16)).with_columns(case_id=pl.int_range(pl.len()))
    expected = raw_risks(people)
    kinds = {
        "text": people.with_columns(pl.exclude("case_id").cast(pl.String)),
        "float": people.with_columns(pl.exclude("case_id", "sex").cast(pl.Float64)),
        "yes_no": people.with_columns(pl.col(FLAGS).cast(pl.Boolean)),
        "small": people.with_columns(pl.exclude("case_id", "sex", "bmi").cast(pl.Int8)),
        "words": people.with_columns(pl.col("sex").cast(pl.Enum(["male", "female", "other"]))),
    }
    for kind, frame in kinds.items():
        assert (
            raw_risks(frame)
            .select("case_id", *PERCENTS, "refused")
            .equals(expected.select("case_id", *PERCENTS, "refused"))
        ), kind
    lazy = raw_risks(people.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect().equals(expected)


def test_missing_raw_columns_are_named() -> None:
    with pytest.raises(ColumnError, match="columns b_falls are missing"):
        raw_risks(raw_frame([raw_person()]).drop("b_falls", "surv"))
    with pytest.raises(ColumnError, match="refused"):
        raw_risks(raw_risks(raw_frame([raw_person()])))

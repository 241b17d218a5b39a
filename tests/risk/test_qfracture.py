"""QFracture-2012 against published cases, against a second reading of its tables, and by its properties."""

from __future__ import annotations

import random

import polars as pl
import pytest

from myosteon.app.raw_risks import raw_risks
from myosteon.errors import RuleError
from myosteon.rules.risk.library import risk_algorithm
from myosteon.rules.risk.qfracture2012.algorithm import ALGORITHM, qfracture2012
from risk.qfracture_people import (
    FLAGS,
    Person,
    answers,
    as_measures,
    graph,
    random_raw_people,
    raw_frame,
    raw_person,
)
from risk.qfracture_reading import has_field, percent
from shared import shared_folder

PERCENTS = ("qfracture_any_percent", "qfracture_hip_percent")
OUTCOMES = ("any", "hip")
TOLERANCE = 1e-9
YES = 1

# Section 1.10 of the facts: rows 1-5 published in another project's tests, 6-11 by the compiled original.
VECTORS: tuple[tuple[Person, str, str], ...] = (
    (raw_person(age=65, bmi=24.977043158861342), "4.551260935", "1.187593535"),
    (
        raw_person(
            age=75,
            bmi=21.875,
            smoke_cat=4,
            alcohol_cat6=4,
            b_fracture4=1,
            b_ra_sle=1,
            b_corticosteroids=1,
            fh_osteoporosis=1,
        ),
        "45.19435261",
        "35.51412785",
    ),
    (
        raw_person(sex="male", bmi=30.040816326530614, smoke_cat=3, b_type2=1, b_cvd=1, b_asthmacopd=1),
        "4.146911769",
        "2.527955886",
    ),
    (
        raw_person(
            sex="male", age=80, bmi=23.99945916711736, b_falls=1, b_parkinsons=1, b_type1=1, b_carehome=1
        ),
        "47.92464103",
        "80.24771912",
    ),
    (
        raw_person(age=60, bmi=24.034609838166958, ethrisk=2, b_hrt_oest=1, b_antidepressant=1),
        "2.969877854",
        "0.4286205026",
    ),
    (raw_person(ethrisk=8), "4.304964992", "0.9078378377"),
    (raw_person(sex="male", ethrisk=8), "1.629689201", "0.5553209683"),
    (raw_person(), "6.931546262", "2.548771795"),
    (raw_person(sex="male"), "2.075684957", "1.208647516"),
    (raw_person(bmi=25.0), "6.28585434103013", "2.15908889683086"),
    (raw_person(sex="male", bmi=25.0), "1.83769720374871", "0.990156818648391"),
)


def last_digit(printed: str) -> float:
    """How far a number may lie from a printed one: half its last digit, or the tolerance where that is finer."""
    return max(TOLERANCE, 0.5 * 10.0 ** -len(printed.partition(".")[2]))


@pytest.mark.parametrize("by", ["codes", "measures"])
def test_published_cases(by: str) -> None:
    people = [person for person, _, _ in VECTORS]
    found = (
        raw_risks(raw_frame(people))
        if by == "codes"
        else answers([as_measures(person) for person in people], PERCENTS)
    )
    for place, (_, *printed) in enumerate(VECTORS):
        for column, number in zip(PERCENTS, printed, strict=True):
            assert found[column][place] == pytest.approx(float(number), abs=last_digit(number), rel=0), (
                place,
                column,
            )


def test_codes_give_what_the_second_reading_gives_at_every_horizon() -> None:
    people = random_raw_people(5000, seed=11)
    found = raw_risks(raw_frame(people))
    assert found["refused"].null_count() == len(people)
    for outcome, column in zip(OUTCOMES, PERCENTS, strict=True):
        expected = pl.Series([percent(person, outcome) for person in people])
        assert ((found[column] - expected).abs() <= TOLERANCE).fill_null(False).all()
    assert (found["qfracture_hip_percent"] > found["qfracture_any_percent"]).sum() > 100


def test_measures_give_what_the_second_reading_gives() -> None:
    rng = random.Random(5)
    people = random_raw_people(5000, seed=12, years=(10,))
    found = answers([as_measures(person, rng) for person in people])
    for outcome, column in zip(OUTCOMES, PERCENTS, strict=True):
        expected = pl.Series([percent(person, outcome) for person in people])
        assert ((found[column] - expected).abs() <= TOLERANCE).fill_null(False).all()
        assert found[f"{column}_at_least"].equals(found[column])
        assert found[f"{column}_at_most"].equals(found[column])
    assert (
        found["qfracture2012_needs"].null_count()
        == found["qfracture2012_outside"].null_count()
        == len(people)
    )


@pytest.mark.parametrize("years", [1, 7, 18])
def test_another_horizon_has_columns_of_its_own(years: int) -> None:
    people = random_raw_people(200, seed=13, years=(years,))
    columns = [f"qfracture_{outcome}_{years}_years_percent" for outcome in OUTCOMES]
    assert set(columns) < set(qfracture2012(years).columns)
    found = answers([as_measures(person) for person in people], columns, years=years)
    for outcome, column in zip(OUTCOMES, columns, strict=True):
        expected = pl.Series([percent(person, outcome) for person in people])
        assert ((found[column] - expected).abs() <= TOLERANCE).fill_null(False).all()


@pytest.mark.parametrize("years", [0, 19])
def test_a_horizon_that_the_models_lack_is_refused(years: int) -> None:
    with pytest.raises(RuleError, match="1 to 18"):
        qfracture2012(years)
    with pytest.raises(RuleError, match="1 to 18"):
        graph(years=years)
    with pytest.raises(RuleError, match="1 to 18"):
        raw_risks(raw_frame([raw_person()]), years)


def test_every_harmful_field_raises_the_risk_and_oestrogen_lowers_it() -> None:
    shared_folder()
    for sex in ("female", "male"):
        base = raw_person(sex=sex, age=72, bmi=24.5)
        found = raw_risks(raw_frame([base, *({**base, flag: YES} for flag in FLAGS)]))
        for outcome, column in zip(OUTCOMES, PERCENTS, strict=True):
            before = found[column][0]
            for flag, after in zip(FLAGS, found[column][1:], strict=True):
                if not has_field(sex, outcome, flag):
                    assert after == before, (sex, outcome, flag)
                elif flag == "b_hrt_oest":
                    assert after < before
                else:
                    assert after > before, (sex, outcome, flag)


def test_risk_grows_with_the_years() -> None:
    people = [
        {**person, "surv": years} for person in random_raw_people(200, seed=14) for years in range(1, 19)
    ]
    found = raw_risks(raw_frame(people))
    for column in PERCENTS:
        by_person = found[column].reshape((200, 18)).to_numpy()
        assert (by_person[:, 1:] > by_person[:, :-1]).all() or (by_person.max(axis=1) > 100 - 1e-6).any()
        assert (by_person[:, 1:] >= by_person[:, :-1]).all()


def test_years_may_be_given_for_all() -> None:
    people = random_raw_people(50, seed=15)
    ten = raw_risks(raw_frame([{**person, "surv": 3} for person in people]))
    assert raw_risks(raw_frame(people), 3).select(PERCENTS).equals(ten.select(PERCENTS))
    without = raw_risks(raw_frame(people).drop("surv"))
    usual = raw_risks(raw_frame([{**person, "surv": 10} for person in people]))
    assert without.select(PERCENTS).equals(usual.select(PERCENTS))


def test_it_is_among_the_algorithms_and_says_what_its_licence_asks() -> None:
    assert risk_algorithm("qfracture2012") is ALGORITHM
    notice = ALGORITHM.evidence.risk and ALGORITHM.evidence.risk.notice
    assert notice
    for language in (notice.en, notice.zh):
        assert "ClinRisk Ltd." in language
        assert language.count("faithfully implements QFracture-2012.") == 1
        assert "we cannot prevent, for example, someone altering the coefficients." in language
        assert "can lead to wrong patients being given the wrong treatment." in language

"""The Hospital Frailty Risk Score against the table of the facts, however the codes are written."""

from __future__ import annotations

import random
from functools import cache

import pytest

from myosteon.evidence.load import load_evidence
from risk.facts_tables import rows_of, section
from risk.scored import CLAMPING, Row, score, score_one

ID = "hospital_frailty"
OTHER_CODES = ("I10", "Z00", "A00", "K50", "F99", "C50", "E11", "T40")


@cache
def table() -> dict[str, int]:
    """Ten times the points of each code, from the facts."""
    rows = [row for row in rows_of("2.9") if row[0][0].isdigit()]
    return {code.strip(): round(float(points) * 10) for points, codes in rows for code in codes.split(",")}


def patient(codes: str | None, age: float = 80.0) -> Row:
    """A person with these codes."""
    return {"age_years": age, "icd10_codes": codes}


def test_every_code_of_the_facts_is_in_the_evidence_with_its_points() -> None:
    terms = dict(load_evidence("risk", ID).coefficients_of("code_points").terms)
    assert {code: round(points * 10) for code, points in terms.items()} == table()
    assert len(table()) == 109


def test_every_code_alone_gives_its_points() -> None:
    said = score([patient(code) for code in table()], [ID])
    assert [round(float(str(row[f"{ID}_score"])) * 10) for row in said] == list(table().values())


def test_the_example_of_the_facts() -> None:
    assert "10.3, intermediate" in section("2.9")
    said = score_one(patient("F00;W19"), ID)
    assert (said["score"], said["band"]) == (10.3, "intermediate")


@pytest.mark.parametrize(
    "codes",
    [
        "F00;W19",
        "F00.1; w19",
        "f001;W19.0",
        " W19 ; F00 ",
        "F00*;G999+;W19",
        "F00;F00.1;F009;W19",
        "W19;;F00;",
        "F00，W19".replace("，", ","),
        "F00；W19",
    ],
)
def test_codes_may_be_written_in_many_ways_and_count_once(codes: str) -> None:
    assert score_one(patient(codes), ID)["score"] == 10.3


@pytest.mark.parametrize(
    ("codes", "total"),
    [
        ("I10", 0.0),
        ("none", 0.0),
        ("无", 0.0),
        ("XF00", None),
        ("AF00", None),
        ("stroke", None),
        ("", None),
        (" ; ", None),
        ("S72.000x001", 1.4),
        ("s72.001A", 1.4),
        ("M80.08XA", 0.8),
    ],
)
def test_what_is_no_code_of_the_score(codes: str, total: float | None) -> None:
    assert score_one(patient(codes), ID)["score"] == total


@pytest.mark.parametrize(
    "codes", ["A01.W19", "I1.F00", "F00-F03", "W19/F00", "F00.1+W19", "F00、W19", "S72 F00"]
)
def test_two_codes_in_one_item_leave_the_score_unknown(codes: str) -> None:
    """What stands behind the first three characters would be lost: it is not taken to be absent."""
    said = score_one(patient(codes), ID)
    assert (said["score"], said["score_at_most"], said["needs"]) == (None, None, "icd10_codes")


def test_a_code_counts_only_at_the_start_of_an_item() -> None:
    assert score_one(patient("A01.W19;B05"), ID)["score_at_least"] == 0.0


def test_a_list_that_is_not_all_codes_leaves_the_score_open_but_what_is_certain_stands() -> None:
    said = score_one(patient("F00;dementia"), ID)
    assert said == {
        "score": None,
        "score_at_least": 7.1,
        "score_at_most": None,
        "band": None,
        "needs": "icd10_codes",
        "outside": None,
    }
    high = score_one(patient("F00;G81;G30;dementia"), ID)
    assert (high["score"], high["score_at_least"], high["band"], high["needs"]) == (None, 15.5, "high", None)


@pytest.mark.parametrize(
    ("codes", "total", "band"),
    [
        ("Z50;R26;R50", 4.8, "low"),
        ("Z50;R26;R11", 5.0, "intermediate"),
        ("F00;G81;I69;E83", 15.6, "high"),
        ("F00;G81;R31;R13", 15.3, "high"),
        ("F00;G81;R31;R79", 15.1, "high"),
        ("F00;G81;R31;Z91", 15.0, "intermediate"),
    ],
)
def test_limits_of_the_bands(codes: str, total: float, band: str) -> None:
    assert sum(table()[code] for code in codes.split(";")) == round(total * 10)
    said = score_one(patient(codes), ID)
    assert (said["score"], said["band"]) == (total, band)


def test_unknown_codes_and_unknown_age() -> None:
    nothing = score_one(patient(None), ID)
    assert (nothing["score"], nothing["score_at_least"], nothing["needs"]) == (None, None, "icd10_codes")
    ageless = score_one({"icd10_codes": "F00;W19"}, ID)
    assert (ageless["score"], ageless["score_at_least"], ageless["band"]) == (None, 10.3, None)
    assert ageless["needs"] == "age_years"


def test_nobody_under_75_gets_a_number_but_where_asked() -> None:
    young = patient("F00;W19", age=74.9)
    assert set(score_one(young, ID).values()) == {None, "age_years"}
    moved = score_one(young, ID, CLAMPING)
    assert (moved["score"], moved["outside"], moved["clamped"]) == (10.3, None, "age_years")


def written(rng: random.Random, code: str) -> str:
    """The code with a fourth character, a dot, small letters or spaces."""
    longer = rng.choice((code, f"{code}.{rng.randrange(10)}", f"{code}{rng.randrange(10)}", f" {code} "))
    return longer.lower() if rng.random() < 0.3 else longer


def test_random_lists_against_a_plain_sum() -> None:
    rng = random.Random(3)
    lists = [rng.choices([*table(), *OTHER_CODES], k=rng.randrange(1, 40)) for _ in range(1000)]
    said = score([patient(";".join(written(rng, code) for code in codes)) for codes in lists], [ID])
    for codes, row in zip(lists, said, strict=True):
        tenths = sum(table().get(code[:3], 0) for code in set(codes))
        assert row[f"{ID}_score"] == tenths / 10
        band = "low" if tenths < 50 else "intermediate" if tenths <= 150 else "high"
        assert row[f"{ID}_band"] == band
    assert {row[f"{ID}_band"] for row in said} == {"low", "intermediate", "high"}


def test_more_codes_never_lower_the_score() -> None:
    codes = list(table())
    said = score([patient(";".join(codes[:n])) for n in range(1, len(codes) + 1)], [ID])
    totals = [float(str(row[f"{ID}_score"])) for row in said]
    assert totals == sorted(totals)
    assert len(set(totals)) == len(totals)

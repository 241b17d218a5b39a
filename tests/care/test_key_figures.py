"""The key figures of a fracture liaison service, against counts made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line.door import myosteon

# Five people: 1 and 2 in time and late, 3 under 50, 4 without a drug, 5 of whom the fracture is not known.
PEOPLE = """person_id,sex,age_years,fracture_hip,fracture_vertebral,fracture_proximal_humerus,fracture_pelvis,fracture_distal_forearm,fracture_other,months_since_last_fracture,fracture_to_assessment_weeks,fracture_to_dxa_weeks,fall_risk_assessed,bone_drug_recommended,fracture_to_follow_up_weeks,fracture_to_exercise_weeks,fracture_to_drug_weeks,bone_drug_at_52_weeks
1,female,75,yes,no,no,no,no,no,14,12,12,yes,yes,16,20,3,yes
2,male,50,no,yes,no,no,no,no,13,12.1,,yes,yes,17,10,,no
3,female,49,yes,no,no,no,no,no,13,1,1,yes,yes,1,1,1,yes
4,female,80,no,no,no,no,yes,no,5,2,5,no,no,,,,
5,female,66,no,,,,,,5,,,,,,,,
"""
# number: (met, among, unknown), counted by hand.
BY_HAND = {
    1: (2, 4, 0),
    2: (1, None, 0),
    3: (2, 3, 0),
    4: (2, 3, 1),
    5: (2, 3, 0),
    6: (2, 3, 0),
    7: (1, 3, 1),
    8: (1, 2, 0),
    9: (1, 2, 1),
    10: (1, 2, 0),
    11: (18, 24, 0),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("service")
    (made / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return made


def test_every_figure_is_what_was_counted_by_hand(folder: Path) -> None:
    said = myosteon("kpi", "people.csv", "--format", "json", "--expected-non-spine", 4, folder=folder)
    told = json.loads(said.out)
    assert (said.status, told["people"], told["may_belong"]) == (0, 3, 1)
    counted = {one["number"]: (one["met"], one["among"], one["unknown"]) for one in told["figures"]}
    assert counted == BY_HAND


def test_an_unknown_is_not_done_and_is_told_with_what_it_needs(folder: Path) -> None:
    told = json.loads(myosteon("kpi", "people.csv", "--format", "json", folder=folder).out)
    dxa = told["figures"][3]
    assert dxa["needs"] == ["fracture_to_dxa_weeks"]
    assert dxa["estimate"] == pytest.approx(2 / 3)
    # The ends of Wilson's interval solve (p - share)² = z² p (1 - p) / n.
    for end in (dxa["lo"], dxa["hi"]):
        assert (end - 2 / 3) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / 3, rel=1e-5)
    assert dxa["lo"] < 2 / 3 < dxa["hi"]


def test_what_is_expected_is_never_guessed(folder: Path) -> None:
    told = json.loads(myosteon("kpi", "people.csv", "--format", "json", folder=folder).out)
    assert [one["estimate"] for one in told["figures"][:2]] == [None, None]


def test_what_was_not_read_says_that_it_is_unchecked(folder: Path) -> None:
    said = myosteon("kpi", "people.csv", folder=folder)
    assert "Unchecked 8: abstract; among those with a drug recommended: our reading" in said.out
    chinese = myosteon("kpi", "people.csv", "--lang", "zh", folder=folder)
    assert "未核对" in chinese.out
    assert "阴性" not in chinese.out


def test_nobody_of_the_service_gives_no_share(folder: Path) -> None:
    (folder / "young.csv").write_text("person_id,sex,age_years\n1,female,30\n", encoding="utf-8")
    told = json.loads(myosteon("kpi", "young.csv", "--format", "json", folder=folder).out)
    assert told["people"] == 0
    assert {one["estimate"] for one in told["figures"]} == {None}

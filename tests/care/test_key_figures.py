"""The key figures of a fracture liaison service, against counts made by hand."""

from __future__ import annotations

import csv
import json
import random
from io import StringIO
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


def test_who_is_unknown_may_raise_the_share_to_at_most(folder: Path) -> None:
    told = json.loads(myosteon("kpi", "people.csv", "--format", "json", folder=folder).out)
    # By hand, of 1, 2 and 4: DXA 12, unknown and 5 weeks; a drug after 3 weeks and unknown, of the two who were advised one.
    assert [told["figures"][place]["at_most"] for place in (3, 8)] == [1.0, 1.0]
    assert [told["figures"][place]["level_at_most"] for place in (3, 8)] == ["good", "good"]
    assert told["figures"][7]["at_most"] == told["figures"][7]["estimate"] == 0.5


def test_a_fracture_of_a_few_weeks_ago_is_told_as_too_early(folder: Path) -> None:
    head, *rows = PEOPLE.splitlines()
    # 11.9 weeks are 2.737 average months, 12.1 weeks 2.783: of the two only the first is too early for figures 3 and 4.
    fresh = [
        "6,female,80,no,no,no,no,yes,no,2.737,,,no,yes,,,,",
        "7,female,80,no,no,no,no,yes,no,2.783,,,no,yes,,,,",
    ]
    (folder / "fresh.csv").write_text("\n".join((head, *rows, *fresh)) + "\n", encoding="utf-8")
    told = json.loads(myosteon("kpi", "fresh.csv", "--format", "json", folder=folder).out)
    early = {one["number"]: one["too_early"] for one in told["figures"]}
    # 16 weeks are 3.68 months: both are too early for figures 7 to 9; the others broke a bone 5 months or more ago.
    assert early == {1: 0, 2: 0, 3: 1, 4: 1, 5: 0, 6: 0, 7: 2, 8: 2, 9: 2, 10: 0, 11: 0}
    assert [one["among"] for one in told["figures"][2:5]] == [5, 5, 5]


def test_of_several_visits_the_last_counts_once(folder: Path) -> None:
    head, first, *_ = PEOPLE.splitlines()
    name, rest = head.split(",", 1)
    values = first.split(",", 1)[1]
    before = values.replace(",3,yes", ",,no")
    rows = [f"{name},visit_date,{rest}", f"1,2026-05-01,{values}", f"1,2026-02-01,{before}"]
    (folder / "visits.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = myosteon("kpi", "visits.csv", "--format", "json", folder=folder)
    told = json.loads(said.out)
    assert told["people"] == 1
    assert told["figures"][9]["met"] == 1
    assert "Visits: 2, people: 1" in said.err
    early = json.loads(
        myosteon("kpi", "visits.csv", "--format", "json", "--as-of", "2026-03-01", folder=folder).out
    )
    assert (early["people"], early["figures"][9]["met"]) == (1, 0)


def test_only_an_excerpt_was_read_so_that_nothing_is_called_checked(folder: Path) -> None:
    told = json.loads(myosteon("kpi", "people.csv", "--format", "json", folder=folder).out)
    assert {one["status"] for one in told["figures"]} == {"secondary", "unchecked"}


def test_csv_has_a_row_for_each_figure_and_both_languages_the_same_numbers(folder: Path) -> None:
    english, chinese = (
        list(
            csv.DictReader(
                StringIO(myosteon("kpi", "people.csv", "--format", "csv", "--lang", lang, folder=folder).out)
            )
        )
        for lang in ("en", "zh")
    )
    assert [int(row["number"]) for row in english] == list(range(1, 12))
    words = ("label", "where")
    assert [{k: v for k, v in row.items() if k not in words} for row in english] == [
        {k: v for k, v in row.items() if k not in words} for row in chinese
    ]
    for row in english:
        met, among, unknown = BY_HAND[int(row["number"])]
        expected = among if int(row["number"]) != 1 else None
        assert (int(row["met"]), int(row["unknown"])) == (met, unknown)
        assert row["among"] == ("" if expected is None else str(expected))


WEEKS = {
    3: ("fracture_to_assessment_weeks", 12),
    4: ("fracture_to_dxa_weeks", 12),
    7: ("fracture_to_exercise_weeks", 16),
}
AFTER_ADVICE = {8: ("fracture_to_follow_up_weeks", 16), 9: ("fracture_to_drug_weeks", 16)}


def test_a_random_service_is_counted_as_a_plain_reading_counts_it(folder: Path) -> None:
    """Figures 3 to 10 by loops over 300 people, each field of whom may be unknown."""
    rng = random.Random(7)
    people = []
    for number in range(300):
        person: dict[str, object] = {"person_id": f"p{number}", "sex": rng.choice(["male", "female"])}
        person["age_years"] = rng.choice([49, 50, 51, 75])
        person["fracture_hip"] = rng.choice(["yes", "yes", "yes", ""])
        person["months_since_last_fracture"] = rng.choice(["", 2, 11.9, 12, 20])
        for name, limit in (*WEEKS.values(), *AFTER_ADVICE.values()):
            person[name] = rng.choice(["", limit - 1, limit, limit + 1])
        for name in ("fall_risk_assessed", "bone_drug_recommended", "bone_drug_at_52_weeks"):
            person[name] = rng.choice(["yes", "no", ""])
        people.append(person)
    with (folder / "random.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    told = json.loads(myosteon("kpi", "random.csv", "--format", "json", folder=folder).out)
    service = [one for one in people if one["fracture_hip"] == "yes" and int(str(one["age_years"])) >= 50]
    assert told["people"] == len(service)
    assert told["may_belong"] == sum(
        one["fracture_hip"] == "" and int(str(one["age_years"])) >= 50 for one in people
    )
    counted = {one["number"]: one for one in told["figures"]}

    def within(person: dict[str, object], name: str, limit: int) -> bool:
        return person[name] != "" and int(str(person[name])) <= limit

    advised = [one for one in service if one["bone_drug_recommended"] == "yes"]
    long_ago = [one for one in advised if str(one["months_since_last_fracture"]) in ("12", "20")]
    for number, (name, limit) in WEEKS.items():
        assert (counted[number]["met"], counted[number]["among"]) == (sum(within(one, name, limit) for one in service), len(service))  # fmt: skip
    for number, (name, limit) in AFTER_ADVICE.items():
        assert (counted[number]["met"], counted[number]["among"]) == (sum(within(one, name, limit) for one in advised), len(advised))  # fmt: skip
    for number, name in ((5, "fall_risk_assessed"), (6, "bone_drug_recommended")):
        assert counted[number]["met"] == sum(one[name] == "yes" for one in service)
        assert counted[number]["unknown"] == sum(one[name] == "" for one in service)
    assert counted[10]["met"] == sum(one["bone_drug_at_52_weeks"] == "yes" for one in long_ago)
    assert counted[10]["among"] == len(long_ago)

"""Evidence files: every number of ours has a source, and a file that lacks one does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from myosteon.errors import EvidenceError
from myosteon.evidence.load import built_in_evidence, load_evidence, load_papers, read_evidence
from myosteon.evidence.types import COMPARISONS, STATUSES, EvidenceSet, Source
from myosteon.vocabulary.measures import load_measures

GOOD = """
[definition]
id = "local"
kind = "sarcopenia"
label = {en = "Local", zh = "本地"}
title = {en = "A local definition", zh = "本地定义"}
year = 2025
paper = "chen2020"
where = "abstract"
status = "checked"

[[cutoff]]
criterion = "grip_weak"
measure = "grip_best_kg"
comparison = "<"
unit = "kg"
male = {value = 28, status = "secondary"}
female = 18

[[cutoff]]
criterion = "asmi_low"
method = "dxa"
measure = "asmi"
comparison = "<="
unit = "kg/m2"
age_from = 50
age_below = 65
male = 7.2
female = 5.5

[[cutoff]]
criterion = "asmi_low"
method = "dxa"
measure = "asmi"
comparison = "<="
unit = "kg/m2"
age_from = 65
value = 7.0
paper = "local2024"
where = "table 2"

[[points]]
item = "age"
measure = "age_years"
bands = [{comparison = ">=", limit = 75, points = 10}, {points = 0}]

[[coefficients]]
name = "alm_kg"
terms = {intercept = -1.0, weight_kg = 0.2}

[papers.local2024]
citation = "Somebody. A local study. 2024"
doi = "10.1000/local"
year = 2024
"""


def read(folder: Path, text: str) -> EvidenceSet:
    file = folder / "local.toml"
    file.write_text(text, encoding="utf-8")
    return read_evidence(file)


def without(text: str) -> str:
    assert text in GOOD
    return GOOD.replace(text, "", 1)


def instead(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_file_loads_with_its_sources(tmp_path: Path) -> None:
    evidence = read(tmp_path, GOOD)
    men, women = evidence.cutoff("grip_weak").limits
    assert (men.value, men.sex, men.source.status) == (28.0, "male", "secondary")
    assert (women.value, women.sex, women.source.status) == (18.0, "female", "checked")
    assert men.source.paper.id == "chen2020"
    by_age = evidence.cutoff("asmi_low", "dxa")
    assert (by_age.by_age, by_age.by_sex, len(by_age.limits)) == (True, True, 3)
    assert by_age.limits[-1].source.paper.doi == "10.1000/local"
    assert by_age.limits[-1].source.where == "table 2"
    assert evidence.points_of("age").bands[0].points == 10.0
    assert evidence.coefficients_of("alm_kg")["weight_kg"] == 0.2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (without('status = "checked"'), "no status"),
        (instead('status = "secondary"', 'status = "sure"'), "no status"),
        (without('where = "abstract"'), "does not say where"),
        (without('paper = "chen2020"'), "'paper'"),
        (instead('paper = "chen2020"', 'paper = "nobody1900"'), "'nobody1900'"),
        (instead('paper = "local2024"', 'paper = "nobody1900"'), "'nobody1900'"),
        (instead('comparison = "<"', 'comparison = "=<"'), "'=<'"),
        (instead('comparison = ">="', 'comparison = "about"'), "'about'"),
        (without('criterion = "grip_weak"'), "'criterion'"),
        (without('measure = "grip_best_kg"'), "'measure'"),
        (without('unit = "kg"'), "'unit'"),
        (without('zh = "本地"'), "'zh'"),
        (without('id = "local"'), "'id'"),
        (instead("year = 2025", "year = = 2025"), "not valid TOML"),
    ],
)
def test_a_file_with_a_fault_is_refused_and_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        read(tmp_path, text.replace(", }", "}"))
    assert "local.toml" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            'comparison = "<="\nunit = "kg/m2"\nage_from = 65',
            'comparison = "<"\nunit = "kg/m2"\nage_from = 65',
        ),
        ('unit = "kg/m2"\nage_from = 65', 'unit = "m2"\nage_from = 65'),
    ],
    ids=["comparison", "unit"],
)
def test_age_bands_of_one_cut_off_that_differ_are_refused(tmp_path: Path, old: str, new: str) -> None:
    """Only the first band's sign and unit are used: another one further down must not pass unseen."""
    with pytest.raises(EvidenceError, match="asmi_low"):
        read(tmp_path, instead(old, new))


def test_a_cut_off_without_a_number_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('male = {value = 28, status = "secondary"}\nfemale = 18\n', "")
    assert text != GOOD
    with pytest.raises(EvidenceError, match="grip_weak"):
        read(tmp_path, text)


def test_two_limits_for_the_same_people_are_refused(tmp_path: Path) -> None:
    """Which of the two would count is nowhere said."""
    again = GOOD[GOOD.index("[[cutoff]]") : GOOD.index("[[cutoff]]", GOOD.index("[[cutoff]]") + 1)]
    with pytest.raises(EvidenceError, match="grip_weak"):
        read(tmp_path, GOOD + again.replace("female = 18", "female = 20"))


def test_the_limit_of_a_person(tmp_path: Path) -> None:
    evidence = read(tmp_path, GOOD)
    grip, asmi = evidence.cutoff("grip_weak"), evidence.cutoff("asmi_low", "dxa")

    def value(cutoff: object, sex: object, age: object) -> float | None:
        assert cutoff in (grip, asmi)
        limit = (grip if cutoff is grip else asmi).limit_for(sex, age)
        return None if limit is None else limit.value

    assert value(grip, "male", None) == 28.0
    assert value(grip, None, 70.0) is None
    assert value(asmi, "male", 50.0) == 7.2
    assert value(asmi, "male", 64.9) == 7.2
    assert value(asmi, "male", 65.0) == 7.0
    assert value(asmi, "female", 49.9) is None
    assert value(asmi, "female", None) is None
    assert value(asmi, None, 70.0) == 7.0


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    evidence = read(tmp_path, GOOD)
    with pytest.raises(KeyError, match="local has no cut-off for gait_slow"):
        evidence.cutoff("gait_slow")
    with pytest.raises(KeyError, match="asmi_low by bia"):
        evidence.cutoff("asmi_low", "bia")
    with pytest.raises(KeyError, match="no points for weight"):
        evidence.points_of("weight")
    with pytest.raises(KeyError, match="no coefficients called asmi"):
        evidence.coefficients_of("asmi")


def sources_of(evidence: EvidenceSet) -> list[Source]:
    return [
        *(limit.source for cutoff in evidence.cutoffs for limit in cutoff.limits),
        *(points.source for points in evidence.points),
        *(coefficients.source for coefficients in evidence.coefficients),
        *(stage.source for stage in evidence.stages),
        *([evidence.scope.source] if evidence.scope else []),
        *(limits.source for limits in evidence.ranges),
        *(prediction.source for prediction in evidence.predictions),
        *(finding.source for finding in evidence.findings),
    ]


BUILT_IN = list(built_in_evidence())


@pytest.mark.parametrize("evidence", BUILT_IN, ids=lambda evidence: evidence.id)
def test_every_number_of_ours_has_a_source(evidence: EvidenceSet) -> None:
    sources = sources_of(evidence)
    assert sources or evidence.id == "finger_ring"
    for source in sources:
        assert source.status in STATUSES
        assert source.where.strip()
        assert source.paper.citation.strip()
        assert source.paper.id in load_papers()
    for cutoff in evidence.cutoffs:
        assert cutoff.comparison in COMPARISONS
        assert cutoff.limits
    assert evidence.label.en
    assert evidence.label.zh


def test_the_numbers_are_read_from_the_files_and_no_others() -> None:
    assert len({evidence.id for evidence in BUILT_IN}) == len(BUILT_IN) >= 25
    assert load_evidence("cutoffs", "awgs2019") is load_evidence("cutoffs", "awgs2019")


# What a row of contract/measurements.csv cannot know: columns that rules compute.
COMPUTED = {"grip_best_kg", "asmi", "asm_bmi", "bmi", "t_score_for_bone_who", "t_score_lowest_with_radius"}


@pytest.mark.parametrize("evidence", BUILT_IN, ids=lambda evidence: evidence.id)
def test_a_cut_off_is_about_something_that_exists(evidence: EvidenceSet) -> None:
    from myosteon.assess import make_assessor

    known = set(load_measures()) | set(make_assessor(risk=True, strata=True).graph.rules)
    assert known >= COMPUTED
    for cutoff in evidence.cutoffs:
        assert cutoff.measure in known, cutoff.criterion
    for points in evidence.points:
        assert points.measure in known, points.item

"""Evidence of risk algorithms: ranges, predictions and points by word load, and what is incomplete does not."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from myosteon.errors import EvidenceError
from myosteon.evidence.load import built_in_evidence, read_evidence
from myosteon.evidence.types import STATUSES, EvidenceSet
from myosteon.vocabulary.measures import load_measures

GOOD = """
[definition]
id = "local_risk"
kind = "risk"
label = {en = "Local", zh = "本地"}
title = {en = "A local score", zh = "本地评分"}
year = 2025
paper = "lee2006"
where = "table 1"
status = "secondary"

[risk]
population = {en = "people", zh = "人"}
outcome = {en = "fracture", zh = "骨折"}
horizon = {en = "1 year", zh = "1年"}
competing_death = "counted"
purpose = {en = "shows", zh = "说明"}
limits = {en = "few", zh = "少"}

[[range]]
measure = "age_years"
low = 50
high = 90
status = "checked"

[[range]]
measure = "sex"
words = ["female"]
fixed = true

[[points]]
item = "aid"
measure = "morse_aid"
words = {none = 0, furniture = 30}

[[prediction]]
outcome = "fracture"
band = "low"
score_to = 4
percent = 1.5
interval = [1.0, 2.0]

[[prediction]]
outcome = "fracture"
band = "high"
score_from = 5
percent_from = 2.5
"""
RISKS = [evidence for evidence in built_in_evidence() if evidence.kind == "risk"]


def read(tmp_path: Path, text: str) -> EvidenceSet:
    file = tmp_path / "local_risk.toml"
    file.write_text(text, encoding="utf-8")
    return read_evidence(file)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    evidence = read(tmp_path, GOOD)
    age, sex = evidence.ranges
    assert (age.measure, age.low, age.high, age.words, age.fixed) == ("age_years", 50.0, 90.0, (), False)
    assert (age.source.status, age.source.where) == ("checked", "table 1")
    assert (sex.words, sex.fixed, sex.source.status) == (("female",), True, "secondary")
    (aid,) = evidence.points
    assert (aid.words, aid.bands, aid.yes) == ((("none", 0.0), ("furniture", 30.0)), (), None)
    low, high = evidence.predictions
    assert (low.score_from, low.score_to, low.percent, low.interval) == (None, 4.0, 1.5, (1.0, 2.0))
    assert (high.band, high.percent, high.percent_from, high.percent_below) == ("high", None, 2.5, None)
    assert evidence.risk is not None
    assert (evidence.risk.competing_death, evidence.risk.horizon.zh) == ("counted", "1年")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low = 50\nhigh = 90\n", "", "age_years names no limit"),
        ("interval = [1.0, 2.0]", "interval = [1.0]", "needs two ends"),
        ("words = {none = 0, furniture = 30}", "", "aid gives no points"),
        ("words = {none = 0, furniture = 30}", "yes = 3", "aid gives no points"),
        ('"counted"', '"ignored"', "competing_death is none of"),
        ('limits = {en = "few", zh = "少"}', "", "limits"),
        ('outcome = "fracture"\nband = "low"', 'band = "low"', "outcome"),
        ('where = "table 1"\nstatus = "secondary"', 'where = "table 1"', "no status"),
    ],
)
def test_what_is_incomplete_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(EvidenceError, match=message):
        read(tmp_path, GOOD.replace(old, new))


@pytest.mark.parametrize("evidence", RISKS, ids=lambda evidence: str(evidence.id))
def test_every_range_and_prediction_says_paper_place_and_mark(evidence: EvidenceSet) -> None:
    assert evidence.risk is not None
    for part in (*evidence.ranges, *evidence.predictions):
        assert part.source.paper.citation
        assert part.source.where_in("en")
        assert part.source.where_in("zh")
        assert part.source.status in STATUSES
    # Body mass index is a range of one model: a column that is computed, not a measure.
    assert all(limits.measure in {*load_measures(), "bmi"} for limits in evidence.ranges)


@pytest.mark.parametrize("evidence", RISKS, ids=lambda evidence: str(evidence.id))
def test_words_of_a_range_are_words_of_its_measure(evidence: EvidenceSet) -> None:
    measured = [limits for limits in evidence.ranges if limits.measure in load_measures()]
    for limits in measured:
        measure = load_measures()[limits.measure]
        assert set(limits.words) <= ({"yes", "no"} if measure.type == "bool" else set(measure.words))
        if limits.low is not None and measure.hard_min is not None:
            assert limits.low >= measure.hard_min
        if limits.high is not None and measure.hard_max is not None:
            assert limits.high <= measure.hard_max


@pytest.mark.parametrize("evidence", RISKS, ids=lambda evidence: str(evidence.id))
def test_bands_of_one_outcome_do_not_overlap(evidence: EvidenceSet) -> None:
    for outcome in {prediction.outcome for prediction in evidence.predictions}:
        scored = [
            p
            for p in evidence.predictions
            if p.outcome == outcome and (p.score_from, p.score_to) != (None, None)
        ]
        for lower, upper in itertools.pairwise(scored):
            assert lower.score_to is not None
            assert upper.score_from is not None
            assert lower.score_to < upper.score_from

"""Every number has a source and a mark, and is used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from myosteon.assess import make_assessor
from myosteon.evidence.load import built_in_evidence, load_papers, load_readings
from myosteon.evidence.types import STATUSES, Cutoff, EvidenceSet, Source
from myosteon.guidelines import ORDER, installed_guidelines

EVIDENCE = {evidence.id: evidence for evidence in built_in_evidence()}
MEMORY = load_readings()["memory"].en


def sources_of(evidence: EvidenceSet) -> Iterator[Source]:
    for cutoff in evidence.cutoffs:
        yield from (limit.source for limit in cutoff.limits)
    yield from (points.source for points in evidence.points)
    yield from (coefficients.source for coefficients in evidence.coefficients)
    yield from (note.source for note in evidence.stages)
    if evidence.scope:
        yield evidence.scope.source
    yield from (limits.source for limits in evidence.ranges)
    yield from (prediction.source for prediction in evidence.predictions)
    yield from (finding.source for finding in evidence.findings)


@pytest.mark.parametrize("id", EVIDENCE)
def test_every_number_says_paper_place_and_mark(id: str) -> None:
    for source in sources_of(EVIDENCE[id]):
        assert source.paper.citation
        assert source.where_in("en")
        assert source.where_in("zh")
        assert source.status in STATUSES


@pytest.mark.parametrize("id", EVIDENCE)
def test_what_was_only_remembered_is_never_called_checked(id: str) -> None:
    for source in sources_of(EVIDENCE[id]):
        assert not (MEMORY in source.where and source.status == "checked"), source


@pytest.mark.parametrize("id", EVIDENCE)
def test_every_cut_off_has_a_limit_for_each_sex_or_for_both(id: str) -> None:
    for cutoff in EVIDENCE[id].cutoffs:
        assert cutoff.limits
        sexes = {limit.sex for limit in cutoff.limits}
        assert sexes == {None} or sexes == {"male", "female"} or len(sexes) == 1, cutoff.criterion


def test_no_two_papers_are_the_same() -> None:
    dois = [paper.doi for paper in load_papers().values() if paper.doi]
    assert len(dois) == len(set(dois))
    assert len({paper.citation for paper in load_papers().values()}) == len(load_papers())


def test_every_definition_says_whom_it_was_made_for_and_each_stage_where_it_stands() -> None:
    for id in ORDER:
        guideline = installed_guidelines()[id]
        assert guideline.evidence.scope is not None, id
        stages = tuple(note.stage for note in guideline.evidence.stages)
        assert stages == tuple(guideline.stages or ()), id


def test_every_cut_off_of_a_definition_is_used_by_a_rule() -> None:
    rules = make_assessor(strata=True).graph.rules.values()
    used = [cutoff for rule in rules for cutoff in _cutoffs(rule.evidence)]
    for id in ORDER:
        for cutoff in installed_guidelines()[id].evidence.cutoffs:
            assert any(cutoff is one for one in used), (
                f"{id}: no rule uses {cutoff.criterion} {cutoff.method or ''}"
            )


def test_every_finding_of_a_definition_is_used_by_a_rule() -> None:
    used = [rule.evidence for rule in make_assessor(strata=True).graph.rules.values()]
    for id in ORDER:
        for finding in installed_guidelines()[id].evidence.findings:
            assert any(finding is one for one in used), f"{id}: no rule uses {finding.criterion}"


def _cutoffs(evidence: object) -> Iterator[Cutoff]:
    for one in evidence.values() if isinstance(evidence, dict) else (evidence,):
        if isinstance(one, Cutoff):
            yield one
        elif isinstance(one, EvidenceSet):
            yield from one.cutoffs

"""Every number of one guideline, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from myosteon.evidence.types import Language, Paper, Source
from myosteon.outputs.guideline_rows import Place, places, side_of
from myosteon.outputs.guideline_structure import (
    THINGS,
    AssessorLike,
    GuidelineLike,
    Structure,
    Test,
    read_structure,
)
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.outputs.page import Cell, Group, Note, Page, Row, Table
from myosteon.outputs.page_parts import head_of, marks_note, marks_of, sources_note


def guideline_page(guideline: GuidelineLike, assessor: AssessorLike, language: Language = "en") -> Page:
    """Every number with its comparison, sex, ages, method, source and mark; stages in words, scope, remark, columns.

    Args:
        guideline: an installed definition.
        assessor: an assessor that holds its rules.
        language: `en` or `zh`.
    """
    voice = GuidelineVoice(language)
    structure = read_structure(guideline, assessor.graph)
    evidence = guideline.evidence
    places_cited: dict[Source, int] = {}
    groups = tuple(_groups(structure, voice, places_cited))
    remark = (
        ()
        if evidence.remark is None
        else (Note(voice.say("aside.remark"), (("", Cell(voice.text(evidence.remark))),)),)
    )
    alternatives = [voice.say("cell.alternatives")] if structure.tests else []
    return Page(
        language=language,
        kicker=voice.say("page.kicker"),
        title=voice.text(evidence.label),
        lead=voice.text(evidence.title),
        tables=(Table(tuple(voice.say(f"head.{name}") for name in ("number", "value", "where")), groups),),
        notes=(
            *remark,
            _places_note(places_cited, evidence.paper, voice),
            sources_note([evidence], places_cited, voice),
            marks_note(voice, alternatives),
            _columns_note(structure, assessor, voice),
        ),
        foot=voice.say("page.foot"),
        marks=marks_of(voice),
        data=_data(structure, assessor, voice),
    )


def _groups(structure: Structure, voice: GuidelineVoice, cited: dict[Source, int]) -> Iterator[Group]:
    for thing in THINGS:
        rows = tuple(_rows(structure.tests_of(thing), voice, cited))
        if rows:
            yield Group(voice.say(f"group.{thing}"), rows)
    limits = tuple(_rows(structure.limits, voice, cited))
    if limits:
        yield Group(voice.say("group.limits"), limits)
    findings = tuple(_finding_rows(structure, voice, cited))
    if findings:
        yield Group(voice.say("group.findings"), findings)
    if structure.stages:
        yield Group(voice.say("group.stages"), tuple(_stage_rows(structure, voice, cited)))
    scope = structure.guideline.evidence.scope
    if scope:
        row = Row(
            voice.say("cell.scope"),
            (_cell(voice.text(scope.note), scope.source), _where(scope.source, cited)),
        )
        yield Group(voice.say("group.scope"), (row,))


def _rows(tests: tuple[Test, ...], voice: GuidelineVoice, cited: dict[Source, int]) -> Iterator[Row]:
    for test, place in rows_of(tests):
        side = side_of(test, place, voice)
        if side:
            yield Row(_name(test, place, voice), (_cell(side.text, side.source), _where(side.source, cited)))


def rows_of(tests: tuple[Test, ...]) -> Iterator[tuple[Test, Place]]:
    """Each test at each place for which it has a limit of its own."""
    for test in tests:
        for place in places(test.measure, [test]):
            yield test, place


def _name(test: Test, place: Place, voice: GuidelineVoice) -> str:
    name = place.name(voice)
    if test.thing:
        return name
    criterion = voice.criterion(test.criterion)
    if test.measure == "age_years":
        return criterion
    return voice.say("cell.of_measure", measure=criterion, limit=name)


def _stage_rows(structure: Structure, voice: GuidelineVoice, cited: dict[Source, int]) -> Iterator[Row]:
    for stage, formula in structure.stages.items():
        source = structure.stage_source(stage)
        yield Row(voice.stage(stage), (_cell(voice.formula(formula), source), _where(source, cited)))


def _finding_rows(structure: Structure, voice: GuidelineVoice, cited: dict[Source, int]) -> Iterator[Row]:
    for finding in structure.guideline.evidence.findings:
        counts = _cell(voice.say("cell.counts"), finding.source)
        yield Row(voice.criterion(finding.criterion), (counts, _where(finding.source, cited)))


def _cell(text: str, source: Source | None) -> Cell:
    return Cell(text, source.status if source else None)


def _where(source: Source | None, cited: dict[Source, int]) -> Cell:
    """The number under which the place of a source is told; the same place has the same number."""
    if source is None:
        return Cell("", look="quiet")
    key = replace(source, status="checked")  # the mark stands beside the number
    return Cell(f"[{cited.setdefault(key, len(cited) + 1)}]", look="quiet")


def _places_note(cited: Mapping[Source, int], paper: Paper, voice: GuidelineVoice) -> Note:
    """Where each number stands; the paper is named where it is not the definition's own."""
    lines = []
    for source, number in cited.items():
        place = source.where_in(voice.language)
        if source.paper.id != paper.id:
            place = voice.say("cell.place", citation=source.paper.citation, place=place)
        lines.append((f"[{number}]", Cell(place)))
    return Note(voice.say("aside.places"), tuple(lines))


def _columns_note(structure: Structure, assessor: AssessorLike, voice: GuidelineVoice) -> Note:
    lines = tuple((name, Cell(column_says(name, assessor, voice))) for name in structure.guideline.verdicts)
    return Note(voice.say("aside.columns"), lines)


def column_says(name: str, assessor: AssessorLike, voice: GuidelineVoice) -> str:
    """What a column answers: our words for its shape, else the first sentence of the rule."""
    rule = assessor.graph.rules[name]
    return voice.say_or(f"column.{rule.template}", rule.sentence)


def _data(structure: Structure, assessor: AssessorLike, voice: GuidelineVoice) -> dict[str, Any]:
    guideline = structure.guideline
    evidence = guideline.evidence
    return {
        **head_of(guideline, voice),
        "numbers": list(_numbers(structure, voice)),
        "stages": [
            {
                "stage": stage,
                "says": voice.formula(formula),
                "source": source_data(structure.stage_source(stage), voice),
            }
            for stage, formula in structure.stages.items()
        ],
        "findings": [
            {"criterion": finding.criterion, "source": source_data(finding.source, voice)}
            for finding in evidence.findings
        ],
        "scope": None
        if evidence.scope is None
        else {
            "age_from": evidence.scope.age_from,
            "note": voice.text(evidence.scope.note),
            "source": source_data(evidence.scope.source, voice),
        },
        "remark": None if evidence.remark is None else voice.text(evidence.remark),
        "columns": {name: column_says(name, assessor, voice) for name in guideline.verdicts},
        "statement": voice.say("page.foot"),
    }


def _numbers(structure: Structure, voice: GuidelineVoice) -> Iterator[dict[str, Any]]:
    for test, place in rows_of((*structure.tests, *structure.limits)):
        side = side_of(test, place, voice)
        if side is None or test.cutoff is None:
            continue
        yield {
            "name": _name(test, place, voice),
            "says": side.text,
            "counts_as": test.thing or None,
            "criterion": test.criterion,
            "measure": test.measure,
            "method": test.cutoff.method,
            "sex": place.sex,
            "age_from": place.ages[0],
            "age_below": place.ages[1],
            "comparison": test.cutoff.comparison,
            "value": side.limit.value if side.limit else None,
            "unit": test.cutoff.unit,
            "source": source_data(side.source, voice),
        }


def source_data(source: Source | None, voice: GuidelineVoice) -> dict[str, str] | None:
    """A source for JSON."""
    if source is None:
        return None
    return {
        "paper": source.paper.id,
        "citation": source.paper.citation,
        "doi": source.paper.doi,
        "where": source.where_in(voice.language),
        "status": source.status,
    }

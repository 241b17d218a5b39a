"""Every care file: sources and marks, texts whose columns exist, conflicts that are there, plain Chinese, lines that can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from care.caring import cared
from care.living_people import random_people
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.evidence.care_types import CareSet, Line
from myosteon.evidence.clinic import load_tiers
from myosteon.evidence.load import load_readings
from myosteon.evidence.types import Label
from myosteon.outputs.plan_voice import load_plan_words
from myosteon.vocabulary.measures import load_measures

SETS = {one.id: one for one in load_care()}
LINES = [line for one in SETS.values() for line in one.lines]
MEMORY = load_readings()["memory"].en
# The files of food, exercise and everything around them; drugs have tests of their own.
LIVING = ("nutrition", "exercise", "falls", "tests", "special", "tiers", "follow_up")
LIVING_LINES = [line for id in LIVING for line in SETS[id].lines]
# A plan of its own proposal or from memory may not be called checked.
OWN = "myosteon_plan"


def texts_of(line: Line) -> Iterator[Label]:
    yield from (text for text in (line.action, line.dose, line.reason, line.stop_rule) if text)


def columns_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_every_line_says_its_sources_with_their_marks(line: Line) -> None:
    assert line.sources
    for source in line.sources:
        assert source.paper.citation
        assert source.where_in("en")
        assert source.where_in("zh")
        if MEMORY in source.where or source.paper.id == OWN:
            assert source.status == "unchecked", source


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_columns_named_in_a_text_exist_and_stand_in_both_languages(line: Line) -> None:
    graph = make_assessor(care=True).graph
    known = {*graph.rules, *load_measures()}
    for text in texts_of(line):
        assert columns_in(text.en) == columns_in(text.zh)
        assert columns_in(text.en) <= known
    assert set(line.because) <= known
    assert isinstance(line.due, int | float) or line.due is None or line.due in known


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_conflicts_and_capabilities_are_known(line: Line) -> None:
    assert set(line.conflicts_with) <= {other.id for other in LINES} - {line.id}
    assert not line.capability or line.capability in load_tiers().capabilities


@pytest.mark.parametrize("line", LIVING_LINES, ids=lambda line: line.id)
def test_every_subject_has_a_word(line: Line) -> None:
    known = {*load_measures(), *load_measures()["drug"].words}
    assert line.subject in known or f"subjects.{line.subject}" in load_plan_words()


@pytest.mark.parametrize("line", LIVING_LINES, ids=lambda line: line.id)
def test_chinese_is_written_as_chinese(line: Line) -> None:
    for text in texts_of(line):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text.zh), text.zh
        assert not re.search("阴性|进行|您", text.zh), text.zh


@pytest.mark.parametrize("line", LIVING_LINES, ids=lambda line: line.id)
def test_a_text_says_when_its_numbers_are_from_memory_or_ours(line: Line) -> None:
    """Where no source of a line was read, its text may name a dose only with that said or with the mark to show it."""
    assert {source.status for source in line.sources} <= {"checked", "secondary", "unchecked"}
    if "from memory" in " ".join(text.en for text in texts_of(line)):
        assert any(source.status == "unchecked" for source in line.sources)


@pytest.mark.parametrize("id", LIVING)
def test_every_line_holds_for_somebody_and_not_for_everybody(id: str) -> None:
    """A line that never holds is a slip of its condition; so is one that always does."""
    ids = [line.id for line in _of(id).lines]
    found = cared(random_people(12_000, 7), [f"line_{line}" for line in ids])
    never = [line for line in ids if not found[f"line_{line}"].fill_null(False).any()]
    always = [line for line in ids if found[f"line_{line}"].fill_null(False).all()]
    assert (never, always) == ([], [])


@pytest.mark.parametrize("id", LIVING)
def test_no_text_is_left_with_a_gap(id: str) -> None:
    """Where a line stands, every column that its texts name is known."""
    people = random_people(4000, 8)
    for line in _of(id).lines:
        columns = {name for text in texts_of(line) for name in columns_in(text.en)}
        if columns:
            found = cared(people, [f"line_{line.id}", *sorted(columns)])
            standing = found.filter(found[f"line_{line.id}"].fill_null(False))
            assert standing.null_count().select(sorted(columns)).row(0) == (0,) * len(columns), line.id


def _of(id: str) -> CareSet:
    return SETS[id]

"""Nothing in a plan, on a handout or on the due list lacks a source: each line, each number in it, each column it speaks of."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter
from typing import Any, get_args

import polars as pl
import pytest

from engines import canonical_people
from filled_cohort import filled_cohort
from myosteon.app.due_list import SCHEMA, list_due
from myosteon.app.plan_run import Planner
from myosteon.assess import make_assessor
from myosteon.evidence.care_load import load_care
from myosteon.evidence.care_types import Gate, Line
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.load import load_papers
from myosteon.evidence.types import Label, Language, Source, Status
from myosteon.frame import canonical_dtype
from myosteon.history import Treatments, as_of
from myosteon.history.treatments import read_courses
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.handout_words import load_items
from myosteon.outputs.plan_json import plan_table
from myosteon.outputs.plan_line_maker import columns_in
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures
from shared import shared_folder

DAY = date(2026, 11, 20)
PEOPLE = 600
LANGUAGES: tuple[Language, ...] = ("en", "zh")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
LINES = [line for one in load_care() for line in one.lines]
GATES = [gate for one in load_care() for gate in one.gates]


def numbers(text: str) -> set[str]:
    """The numbers of a text, those in braces aside; 1,000 is one number."""
    plain = re.sub(r"\{[^}]*\}", " ", re.sub(r"(?<=\d),(?=\d{3})", "", text))
    return {found.lstrip("0") or "0" for found in NUMBER.findall(plain)}


def labels_of(thing: Line | Gate) -> list[Label]:
    if isinstance(thing, Gate):
        return [thing.note]
    return [label for label in (thing.action, thing.dose, thing.reason, thing.stop_rule) if label]


def says_where(source: Source) -> bool:
    named = source.paper.id in load_papers() and bool(source.paper.citation.strip())
    return (
        named and source.status in get_args(Status) and all(source.where_in(one).strip() for one in LANGUAGES)
    )


# ---- the files


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_every_line_has_sources_that_say_where(line: Line) -> None:
    assert line.sources
    assert all(says_where(source) for source in line.sources)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: f"{gate.drug}-{gate.id}")
def test_every_gate_has_a_source_that_says_where(gate: Gate) -> None:
    assert says_where(gate.source)


@pytest.mark.parametrize(
    "thing", [*LINES, *GATES], ids=lambda thing: f"{getattr(thing, 'drug', '')}-{thing.id}"
)
def test_both_languages_say_the_same_numbers(thing: Line | Gate) -> None:
    """Of one digit some are words in one language (five rises, 5次), which is left to a reader."""
    for label in labels_of(thing):
        chinese = label.zh.replace("25-羟", "").replace("每百", "每100").replace("1RM", "")
        both = [{one for one in numbers(text) if len(one) > 1} for text in (label.en, chinese)]
        words = {"10": "ten", "12": "twelve"}
        spelt = {digits for digits, word in words.items() if word in label.en.lower()}
        assert both[0] == both[1] - (spelt - both[0]), label


def test_every_number_of_a_text_stands_in_the_facts() -> None:
    """Not that it stands there for this; but a number that stands nowhere was made up or mistyped."""
    known = numbers_of_facts()
    for thing in (*LINES, *GATES):
        for label in labels_of(thing):
            assert numbers(label.en) | numbers(label.zh) <= known, (thing.id, label)


def numbers_of_facts() -> set[str]:
    files = [file for kind in ("*.md", "*.csv") for file in (shared_folder() / "facts").glob(kind)]
    return numbers("\n".join(file.read_text(encoding="utf-8") for file in files))


def sources_in(thing: Any) -> Iterator[Source]:
    """Every source within evidence of any shape."""
    if isinstance(thing, Source):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from sources_in(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from sources_in(value)
    elif isinstance(thing, tuple | list | frozenset):
        for value in thing:
            yield from sources_in(value)


def holds_a_number(thing: Any) -> bool:
    """Whether evidence of any shape holds a number, and not words alone."""
    if dataclasses.is_dataclass(thing):
        return any(holds_a_number(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    if isinstance(thing, Mapping):
        return any(holds_a_number(value) for value in thing.values())
    if isinstance(thing, tuple | list | frozenset):
        return any(holds_a_number(value) for value in thing)
    return isinstance(thing, int | float) and not isinstance(thing, bool)


def test_every_number_that_is_computed_for_a_text_rests_on_sources() -> None:
    rules = make_assessor(care=True).graph.rules
    spoken = {
        name
        for line in LINES
        for label in labels_of(line)
        for text in (label.en, label.zh)
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    assert len(spoken) > 5
    waiting, seen, found = list(spoken), set(), 0
    while waiting:
        name = waiting.pop()
        if name in seen or name not in rules:
            assert name in rules or name in load_measures()
            continue
        seen.add(name)
        rule = rules[name]
        if holds_a_number(rule.evidence):
            resting = list(sources_in(rule.evidence))
            assert resting, f"{name} takes numbers from something without a source"
            assert all(says_where(source) for source in resting)
            found += len(resting)
        waiting += [one for one in rule.inputs if one != name]
    assert found > 10


# ---- plans of made-up people


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    """People of whom nearly everything is known, those of whom little is, and those on every drug."""
    filled = filled_cohort(PEOPLE, seed=5)
    gaps = filled.with_row_index("place")
    measures = [
        name for name in filled.columns if name in load_measures() and name not in ("sex", "age_years")
    ]
    thin = gaps.with_columns(
        pl.when((pl.col("place") + number) % 3 > 0).then(pl.col(name)).alias(name)
        for number, name in enumerate(measures)
    ).drop("place")
    both = pl.concat([filled, thin]).with_columns(
        pl.Series("person_id", [f"p{number}" for number in range(2 * PEOPLE)])
    )
    kept = [name for name in both.columns if name in load_measures()]
    return both.select(
        pl.col(name).cast(canonical_dtype(load_measures()[name]), strict=False) for name in kept
    )


def made(people: pl.DataFrame, language: Language, tier: int) -> Iterator[dict[str, Any]]:
    planner = Planner(clinic_of_tier(tier), DAY, language, Settings())
    for plan in planner.plans(people):
        yield json.loads(json.dumps(plan_table(plan), ensure_ascii=False))


def as_pattern(text: str) -> re.Pattern[str]:
    """What a text may read when the numbers of a person are put in."""
    parts = [
        re.escape(literal) + (r"(.+?)" if name else "") for literal, name, _, _ in Formatter().parse(text)
    ]
    return re.compile("".join(parts), re.DOTALL)


PATTERNS = {
    (line.id, part, language): as_pattern(getattr(label, language))
    for line in LINES
    for part in ("action", "dose", "stop_rule")
    if (label := getattr(line, part))
    for language in LANGUAGES
}
BY_ID = {line.id: line for line in LINES}


@pytest.mark.parametrize(("language", "tier"), [("en", 1), ("zh", 2), ("en", 3), ("zh", 1)])
def test_every_line_of_thousands_of_plans_has_its_sources_and_its_numbers(
    people: pl.DataFrame, language: Language, tier: int
) -> None:
    papers, shown, lines = load_papers(), set(), 0
    for plan in made(people, language, tier):
        assert plan["lines"], plan["person_id"]
        for line in plan["lines"]:
            lines += 1
            shown.add(line["id"])
            assert line["sources"], line["id"]
            for source in line["sources"]:
                assert source["citation"] == papers[source["id"]].citation
                assert source["status"] in get_args(Status)
            for part in ("action", "dose", "stop_rule"):
                pattern = PATTERNS.get((line["id"], part, language))
                if line[part] and pattern is not None:
                    # A text is that of its file, with values of the person where the file has braces, and nothing else.
                    assert pattern.fullmatch(line[part]), (line["id"], part, line[part])
                elif line[part]:
                    # Lines about gates are put together from the notes of gates, and have no file of their own.
                    assert line["id"] not in BY_ID, (line["id"], part)
                    assert numbers(line[part]) <= NOTED[language], (line["id"], line[part])
        for gate in plan["gates"]:
            for reason in gate["because"]:
                assert reason["source"]["citation"] == papers[reason["source"]["id"]].citation
                assert reason["source"]["status"] in get_args(Status)
    assert lines > 10 * people.height
    assert len(shown) > 60


# Numbers that notes of gates and names of columns say, in each language.
NOTED = {
    language: set().union(
        *(numbers(getattr(gate.note, language)) for gate in GATES),
        *(numbers(getattr(measure.label, language)) for measure in load_measures().values()),
    )
    for language in LANGUAGES
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_handout_says_stands_in_the_plan(people: pl.DataFrame, language: Language) -> None:
    """Each text of the page is an item of the wording file, for which a line with sources stands in this plan."""
    planner = Planner(clinic_of_tier(1), DAY, language, Settings())
    texts = [(getattr(item.text, language), item) for item in load_items()]
    said = 0
    for plan in planner.plans(people.head(400)):
        page = make_handout(plan)
        for text in (*page.eat, *page.falls, *page.drugs, *((page.top_text,) if page.top_text else ())):
            items = [item for said_of, item in texts if said_of == text]
            of_item = [line for line in plan.lines if any(item.is_for(line) for item in items)]
            assert of_item, text
            assert all(line.sources for line in of_item)
            said += 1
    assert said > 400


def test_every_number_of_a_handout_stands_in_the_facts() -> None:
    known = numbers_of_facts()
    for item in load_items():
        for label in (item.title, item.text):
            if label:
                assert numbers(label.en) | numbers(label.zh) <= known, label


def treatments_of(people: pl.DataFrame) -> Treatments:
    """A course of the drug in use for each, so that what is due has dates."""
    rows = people.filter(pl.col("drug") != "none").select(
        "person_id", pl.col("drug").cast(pl.String), pl.lit("2020-01-05").alias("start_date")
    )
    further = ("stop_date", "doses", "dose", "reason_stopped")
    return read_courses(
        rows.with_columns(
            pl.lit("2026-02-01").alias("last_dose_date"),
            *(pl.lit(None, pl.String).alias(name) for name in further),
        ).with_row_index("row", offset=1)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_what_is_due_is_a_line_with_sources(people: pl.DataFrame, language: Language) -> None:
    treatments = treatments_of(people)
    standing = as_of(people, treatments, DAY)
    found = list_due(standing, treatments, clinic_of_tier(1), DAY, 60, language)
    assert found.columns == list(SCHEMA)
    assert found.height > 100
    values = {row["person_id"]: row for row in standing.iter_rows(named=True)}
    for person, what, reason in found.select("person_id", "what", "reason").iter_rows():
        line = BY_ID[what]
        assert line.sources
        told = {number for label in labels_of(line) for number in numbers(getattr(label, language))}
        if not columns_in(line):
            assert numbers(reason) <= told, (what, reason)
        assert person in values


def test_what_cannot_be_read_makes_no_claim_that_would_need_a_source() -> None:
    unread = Treatments(treatments_of(canonical_people([{"person_id": "a", "drug": "denosumab", "sex": "female", "age_years": 70.0}], drop=())).courses, (), frozenset({"b"}))  # fmt: skip
    empty = canonical_people([{"person_id": "b", "sex": "female", "age_years": 70.0}], drop=())
    (row,) = list_due(empty, unread, clinic_of_tier(1), DAY, 60, "en").rows(named=True)
    assert (row["person_id"], row["what"], numbers(row["reason"])) == ("b", "treatments_unreadable", set())

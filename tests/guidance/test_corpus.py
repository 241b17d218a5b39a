"""Our corpus: what it holds, that its texts are whole in both languages, and that every change from the facts is listed."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from guidance.worked_people import the_corpus
from myosteon.evidence.corpus_types import Record
from shared import shared_folder

FOLDER = files("myosteon.evidence") / "corpus"
HAN = re.compile(r"[一-鿿]")
# A statement in Chinese may be nearly all names of instruments; two characters are the least.
LEAST_HAN = 2
RENAMED = {"dose_or_detail": "dose_en", "where": "where_en", "evidence_grade": "grade_en"}
# Which of the facts' own documents a record was read through is said in words.
OWN_DOCUMENTS = re.compile(r"seed \d{3}")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def changes() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "changes.toml").read_text(encoding="utf-8"))


def test_it_holds_what_the_facts_hold() -> None:
    corpus = the_corpus()
    assert (len(corpus.records), len(corpus.sources), len(corpus.questions)) == (388, 101, 208)
    assert Counter(record.mark for record in corpus.records) == {"V": 143, "V2": 119, "M": 88, "S": 38}
    assert all(corpus.by_question[id] for id in corpus.questions)
    assert {record.source for record in corpus.records} == set(corpus.sources)


@pytest.mark.parametrize("record", the_corpus().records, ids=lambda record: record.id)
def test_a_record_speaks_both_languages(record: Record) -> None:
    assert len(HAN.findall(record.statement.zh)) >= LEAST_HAN
    assert not HAN.search(record.statement.en)
    assert not HAN.search(record.dose.en)
    assert record.statement.zh.endswith("。")
    assert record.statement.en.endswith(".")
    assert not OWN_DOCUMENTS.search(record.where.en + record.where.zh)


def numbers(text: str) -> Counter[str]:
    """The numbers of a text; a cubic centimetre is none, and 1,000 is 1000."""
    plain = re.sub(r"(?<=\d),(?=\d)", "", re.sub(r"cm3|h2|cm2", "", text))
    return Counter(number.rstrip(".") for number in re.findall(r"\d+\.?\d*", plain))


def test_every_number_of_a_dose_stands_in_both_languages() -> None:
    for record in the_corpus().records:
        # The Chinese names the drug of each number, and how often; it may have more numbers, never fewer.
        for label in (record.dose, record.grade):
            assert not numbers(label.en) - numbers(label.zh), record.id


def test_every_number_of_a_statement_stands_in_both_languages() -> None:
    # Inches there are centimetres here.
    for record in the_corpus().records:
        if record.id != "bhof2022.vfa":
            words = record.statement.zh.replace("四周", "4")
            assert not numbers(record.statement.en) - numbers(words), record.id


def test_an_exclusion_that_we_set_is_not_laid_at_the_guidelines_door() -> None:
    """Section 12 of the facts: whose exclusion is it?"""
    by_id = the_corpus().by_id
    for id in (
        "oc2023.bp_first_vh",
        "asbmr2019_sfp.bp_first_vh",
        "acp2023.bp_all",
        "china2022_op.first_high",
    ):
        assert by_id[id].exclusion_by == "gate", id
    for id in ("uspstf2025_op.screen_women65", "ctfphc2023.against_men", "es2024_vitd.no_test_75"):
        assert by_id[id].exclusion_by == "source", id
    assert by_id["espen2014.protein_ill"].exclusion_by == "source"


def test_every_change_from_the_facts_is_listed_with_its_reason() -> None:
    facts = {}
    with (shared_folder() / "facts" / "recommendations.csv").open(encoding="utf-8") as file:
        facts = {row["id"]: row for row in csv.DictReader(file)}
    told = changes()
    listed = {(one["record"], one["field"]): one for one in told["change"]}
    renamed = [(one["was"], one["now"]) for one in told["names"]]
    found = set()
    for row in rows("records.csv"):
        for field, was in facts[row["id"]].items():
            now = row[RENAMED.get(field, field)]
            if field in ("applies_when", "excluded_when") and (row["id"], field) not in listed:
                assert now == _renamed(was, renamed), row["id"]
            elif now != was and not OWN_DOCUMENTS.search(was):
                found.add((row["id"], field))
                assert listed[row["id"], field]["was"] == was
                assert listed[row["id"], field]["now"] == now
    assert found == set(listed)
    assert all(set(one["reason"]) & {"en", "zh"} for one in (*told["change"], *told["names"]))


def _renamed(text: str, renamed: list[tuple[str, str]]) -> str:
    """The condition with the names that the program uses, brackets around a single name left out."""
    for was, now in renamed:
        text = re.sub(rf"\(\b{was}\b\)", now, text) if " or " in was else text
        text = re.sub(rf"\b{was}\b", f"({now})" if " and " in now and text != was else now, text)
    return text


def test_every_action_and_every_reading_of_a_source_is_said_in_both_languages() -> None:
    corpus = the_corpus()
    assert corpus.actions.keys() == {record.action for record in corpus.records}
    for label in (*corpus.actions.values(), *(source.how_read for source in corpus.sources.values())):
        assert HAN.search(label.zh)
        assert not HAN.search(label.en)
    for action, label in corpus.actions.items():
        # It goes on after "Do:", and is no sentence of its own; what stands in one language stands in the other.
        assert label.en[-1] != "."
        assert label.zh[-1] != "。"
        assert not numbers(label.en.replace("three", "3")) - numbers(label.zh.replace("一", "1")), action


def test_relations_are_those_of_the_facts() -> None:
    text = (shared_folder() / "facts" / "recommendations.md").read_text(encoding="utf-8")
    part = text.split("### 6.1")[1].split("### 6.2")[0]
    pairs = re.findall(r"^\| (\w+) \| (\w+) \|$", part, re.MULTILINE)[1:]
    relations = the_corpus().relations
    assert len(pairs) == 36
    assert all(relations.satisfies(narrower, broader) for narrower, broader in pairs)
    aside = re.findall(
        r"^\| ([\w.]+) \| ([\w.]+) \|$", text.split("### 6.3")[1].split("### 6.4")[0], re.MULTILINE
    )
    pairs_of = {(general, specific) for general, all in relations.sets_aside.items() for specific in all}
    assert pairs_of == {pair for pair in aside if "." in pair[0]}
    assert len(pairs_of) == 14

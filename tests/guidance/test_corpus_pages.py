"""The corpus for teachers: a page for every record, the matrix, two sources side by side, a hospital's own corpus."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from command_line.door import Said, myosteon
from guidance.made_up_corpus import corpus_of, write_corpus
from myosteon.app.corpus_pages import near_sources
from myosteon.assess import make_assessor
from myosteon.errors import InputError
from myosteon.evidence.types import Language
from myosteon.guidance.source_difference import compare_sources
from myosteon.outputs.corpus_html import matrix_html
from myosteon.outputs.corpus_matrix import corpus_matrix, matrix_csv
from myosteon.outputs.recommendation_voice import RecommendationVoice, recommendation_words

ASSESSOR = make_assessor(guidance=True)
assert ASSESSOR.corpus is not None
CORPUS = ASSESSOR.corpus
IDS = sorted(record.id for record in CORPUS.records)
LANGUAGES: tuple[Language, ...] = ("en", "zh")
DOCS = Path(__file__).resolve().parents[2] / "docs"
MIRRORED = {
    "differ": "differ",
    "agree": "agree",
    "beside": "beside",
    "first_only": "second_only",
    "second_only": "first_only",
}


def voice(language: Language) -> RecommendationVoice:
    return RecommendationVoice(language, ASSESSOR.graph, CORPUS)


class Page(HTMLParser):
    """The ids of a page, its links within itself, what it fetches, and its table rows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.labels: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))
            self.labels.append(found.get("aria-label") or "")
        if tag in ("script", "link", "img", "iframe") or found.get("src"):
            self.fetched.append(tag)


@pytest.fixture(scope="module")
def manual() -> Mapping[str, str]:
    sys.path.insert(0, str(DOCS))
    try:
        made: dict[str, str] = importlib.import_module("manual.corpus").corpus_pages(ASSESSOR)
    finally:
        sys.path.remove(str(DOCS))
    return made


def test_every_record_stands_once_on_the_page_of_its_question(manual: Mapping[str, str]) -> None:
    for ending in (".md", ".zh.md"):
        for record in CORPUS.records:
            text = manual[f"recommendations/{record.question}{ending}"]
            assert text.count(f'<a id="{record.id}"></a>') == 1
            assert f"`{record.applies.text}`" in text
            if record.excluded:
                assert f"`{record.excluded.text}`" in text


def test_the_indexes_lead_to_every_question_and_every_record(manual: Mapping[str, str]) -> None:
    for ending in (".md", ".zh.md"):
        topics, sources = (manual[f"recommendations/{name}{ending}"] for name in ("index", "sources"))
        assert all(topics.count(f"]({id}{ending})") == 1 for id in CORPUS.questions)
        assert all(sources.count(f"]({one.question}{ending}#{one.id})") == 1 for one in CORPUS.records)
        assert all(f'<a id="{id}"></a>' in sources for id in CORPUS.sources)


def test_every_link_of_the_manual_leads_somewhere(manual: Mapping[str, str]) -> None:
    for name, text in manual.items():
        for file, anchor in re.findall(r"\]\(([a-z0-9_.]+)(?:#([\w.]+))?\)", text):
            target = manual[f"recommendations/{file}"]
            assert not anchor or f'<a id="{anchor}"></a>' in target, f"{name}: {file}#{anchor}"


def test_no_page_of_the_manual_is_an_index_by_chance() -> None:
    assert not {"index", "sources"} & set(CORPUS.questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_has_every_record_once_in_full_and_once_in_a_cell(language: Language) -> None:
    page = Page(matrix_html(corpus_matrix(voice(language))))
    records = [id for id in page.ids if id in CORPUS.by_id]
    assert sorted(records) == IDS
    assert len(page.ids) == len(set(page.ids))
    assert sorted(link[1:] for link in page.links if link[1:] in CORPUS.by_id) == IDS
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.fetched == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_the_matrix_has_every_record_once_where_question_and_source_meet(
    language: Language,
) -> None:
    text = matrix_csv(corpus_matrix(voice(language)), voice(language))
    rows = list(csv.reader(io.StringIO(text)))
    names = {source.name.in_language(language): id for id, source in CORPUS.sources.items()}
    assert [names[name] for name in rows[0][3:]] == list(CORPUS.sources)
    found = [
        (id, row[1], names[name])
        for row in rows[1:]
        for name, cell in zip(rows[0][3:], row[3:], strict=True)
        for id in re.findall(r"\[([\w.]+)\]", cell)
    ]
    assert sorted(found) == sorted((one.id, one.question, one.source) for one in CORPUS.records)


def test_a_cell_says_to_a_screen_reader_who_says_what_and_how_it_was_read() -> None:
    page = Page(matrix_html(corpus_matrix(voice("en"), "drug_choice")))
    labels = dict(zip(page.links, page.labels, strict=True))
    assert labels["#acp2023.bp_women"] == "ACP 2023: Do B, strong, read in the source"


def test_letters_tell_answers_apart_and_only_answers() -> None:
    for topic in corpus_matrix(voice("en")).topics:
        for row in topic.rows:
            by_letter: dict[str, set[str]] = {}
            for entry in row.entries:
                by_letter.setdefault(entry.letter, set()).add(entry.record.action)
            assert all(len(actions) == 1 for actions in by_letter.values())
            actions = {entry.record.action for entry in row.entries}
            assert len(by_letter) == len(actions)
            assert ("" in by_letter) == (len(actions) == 1)


def test_a_topic_shows_every_question_that_one_of_its_records_answers() -> None:
    asked = {record.question for record in CORPUS.records if record.topic == "imaging"}
    matrix = corpus_matrix(voice("en"), "imaging")
    assert {row.id for topic in matrix.topics for row in topic.rows} == asked
    with pytest.raises(InputError, match="no recommendation is about 'x-rays'; the topics are deprescribing"):
        corpus_matrix(voice("en"), "x-rays")


def test_every_topic_of_ours_has_a_name() -> None:
    assert all(f"topic.{record.topic}" in recommendation_words() for record in CORPUS.records)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("china2022_op", "aace2020"),
        ("es2019", "oc2023"),
        ("espen2014", "protage2013"),
        ("wfg2022", "steadi"),
        ("ects2020", "racgp2024"),
        ("acp2023", "nogg2021"),
    ],
)
def test_the_difference_is_the_same_from_either_side(first: str, second: str) -> None:
    there, back = compare_sources(CORPUS, first, second), compare_sources(CORPUS, second, first)
    assert [one.question.id for one in there] == [one.question.id for one in back]
    for one, other in zip(there, back, strict=True):
        assert other.relation == MIRRORED[one.relation]
        assert (other.first, other.second) == (one.second, one.first)
        assert {(b, a) for a, b in other.clashes} == set(one.clashes)
        assert set(other.narrower) == set(one.narrower)
        assert other.unchecked == one.unchecked


def test_the_difference_has_every_record_of_both_once_and_none_of_others() -> None:
    found = compare_sources(CORPUS, "china2022_op", "aace2020")
    records = [record for one in found for record in (*one.first, *one.second)]
    assert Counter(one.id for one in records) == Counter(
        one.id for one in CORPUS.records if one.source in ("china2022_op", "aace2020")
    )


def test_two_guidelines_are_compared_as_a_reader_would(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path,
        [
            # Exclusive: two different drugs contradict each other; the same drug is one answer.
            {"id": "one.a", "question": "first", "action": "alendronate"},
            {"id": "two.a", "question": "first", "action": "denosumab", "source_id": "two", "mark": "M"},
            {"id": "one.b", "question": "second", "action": "alendronate"},
            {"id": "two.b", "question": "second", "action": "alendronate", "source_id": "two"},
            # Not exclusive: two things may both be done, one thing cannot be done and left.
            {"id": "one.c", "question": "diet", "action": "milk"},
            {"id": "two.c", "question": "diet", "action": "protein", "source_id": "two"},
            {"id": "one.d", "question": "smoking", "action": "stop"},
            {
                "id": "two.d",
                "question": "smoking",
                "action": "stop",
                "direction": "against",
                "source_id": "two",
            },
            # No position contradicts nothing.
            {"id": "one.e", "question": "sun", "action": "sun"},
            {"id": "two.e", "question": "sun", "action": "sun", "direction": "neutral", "source_id": "two"},
            # Oral alendronate is a bisphosphonate: who asks for it is narrower.
            {"id": "one.f", "question": "class", "action": "bisphosphonate"},
            {"id": "two.f", "question": "class", "action": "alendronate", "source_id": "two"},
            {"id": "one.g", "question": "alone", "action": "walk"},
            {"id": "three.h", "question": "others", "action": "walk", "source_id": "three"},
        ],
        questions=[
            {"id": id, "exclusive": exclusive}
            for id, exclusive in (
                *(("first", "yes"), ("second", "yes"), ("class", "yes")),
                *((id, "no") for id in ("diet", "smoking", "sun", "alone", "others")),
            )
        ],
        relations='subsumes = [{ narrower = "alendronate", broader = "bisphosphonate" }]',
    )
    found = {one.question.id: one for one in compare_sources(corpus, "one", "two")}
    assert {id: one.relation for id, one in found.items()} == {
        "first": "differ",
        "second": "agree",
        "class": "agree",
        "diet": "beside",
        "smoking": "differ",
        "sun": "beside",
        "alone": "first_only",
    }
    assert {id for id, one in found.items() if one.unchecked} == {"first"}
    assert [record.id for record in found["class"].narrower] == ["two.f"]


def diff(tmp_path: Path, *arguments: str, language: str = "en") -> Said:
    return myosteon("guidelines", "diff", *arguments, folder=tmp_path, language=language)


def test_the_command_tells_two_guidelines_apart(tmp_path: Path) -> None:
    said = diff(tmp_path, "china2022_op", "aace2020")
    assert said.status == 0
    assert said.out.startswith("China osteoporosis guideline 2022 and AACE 2020\n")
    apart, together = said.out.split("They agree (2)")
    assert "What is very high risk? [very_high_definition]" in apart
    assert "For: A woman past the menopause: high risk of fracture (AACE 2020 strata)" in together
    chinese = diff(tmp_path, "china2022_op", "aace2020", language="zh").out
    assert "何为极高风险？ [very_high_definition]" in chinese
    assert "适用：绝经后女性：骨折高风险（AACE 2020分层）" in chinese


def test_machines_get_the_same(tmp_path: Path) -> None:
    table: dict[str, Any] = json.loads(diff(tmp_path, "es2019", "oc2023", "--format", "json").out)
    assert sum(table["counts"].values()) == len(table["questions"])
    rows = list(csv.DictReader(io.StringIO(diff(tmp_path, "es2019", "oc2023", "--format", "csv").out)))
    told = [one["id"] for question in table["questions"] for one in (*question["first"], *question["second"])]
    assert [row["recommendation"] for row in rows] == told
    first = next(one for one in table["questions"] if one["relation"] == "differ")
    assert rows[0]["question"] == first["question"]
    assert rows[0]["relation"] == "They contradict each other"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("china2022", "aace2020"), "Did you mean china2022_op, china2022_fx"),
        (("aace2020", "aace2012"), "Did you mean aace2020"),
        (("awgs2014", "aace2020"), "awgs2014 is a definition: `myosteon guidelines compare`"),
        (("aace2020", "aace2020"), "not compared with itself"),
        (("aace2020", "es2019", "--format", "docx"), "choose one of text, html, json, csv"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_may_have_been_meant(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    refused = diff(tmp_path, *arguments)
    assert refused.status == 2
    assert said in refused.err


def test_a_name_that_is_near_nothing_suggests_nothing() -> None:
    assert near_sources("qqqqqq", CORPUS) == ()
    assert near_sources("canada", CORPUS)[0] == "oc2023"


HOSPITAL = [
    {
        "id": "ward.zol",
        "question": "after_hip",
        "action": "zoledronate",
        "statement_en": "Zoledronate before the ward is left.",
        "statement_zh": "出院前用唑来膦酸。",
        "applies_when": "fracture_hip and age_years >= 65",
        "excluded_when": "creatinine_clearance_ml_min < 35",
        "source_id": "ward",
        "topic": "ward_round",
    },
    {
        "id": "clinic.wait",
        "question": "after_hip",
        "action": "zoledronate",
        "direction": "against",
        "statement_en": "No zoledronate in the first two weeks.",
        "statement_zh": "术后两周内不用唑来膦酸。",
        "applies_when": "fracture_hip and asthma",
        "source_id": "clinic",
        "topic": "ward_round",
    },
]


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    return write_corpus(
        tmp_path,
        HOSPITAL,
        sources=({"id": "ward", "name_en": "Our ward"}, {"id": "clinic", "name_en": "Our clinic"}),
        questions=({"id": "after_hip", "label_en": "Zoledronate on the ward?", "exclusive": "no"},),
    )


def test_a_hospital_puts_its_own_corpus_everywhere(hospital: Path) -> None:
    def ask(*arguments: str) -> Said:
        said = myosteon("guidelines", *arguments, "--corpus", ".", folder=hospital)
        assert said.status == 0, said.err
        return said

    told = ask("diff", "ward", "clinic").out
    assert "They contradict each other (1)" in told
    assert "For: 65 or older and a hip fracture" in told
    assert "Not for (says the source): Creatinine clearance below 35 mL/min" in told
    assert "For: A hip fracture and asthma" in told
    matrix = Page(ask("matrix", "--topic", "ward_round").out)
    assert [id for id in matrix.ids if "." in id] == ["ward.zol", "clinic.wait"]
    rows = list(csv.reader(io.StringIO(ask("matrix", "--format", "csv").out)))
    assert rows[0][3:] == ["Our ward", "Our clinic"]
    assert rows[1][:2] == ["ward round", "after_hip"]
    sources = json.loads(ask("sources", "--format", "json").out)["sources"]
    assert [one["id"] for one in sources] == ["ward", "clinic"]
    questions = json.loads(ask("questions", "--format", "json").out)["questions"]
    assert [one["question"] for one in questions] == ["after_hip"]


def test_a_source_of_ours_is_unknown_in_a_hospitals_corpus(hospital: Path) -> None:
    refused = myosteon("guidelines", "diff", "ward", "aace2020", "--corpus", ".", folder=hospital)
    assert refused.status == 2
    assert "No source of this corpus is called aace2020" in refused.err

"""A corpus that cannot be used stops loading, and says file, place and remedy; a hospital's own stands in place of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.made_up_corpus import FACTS, corpus_of, write_corpus
from myosteon.errors import EvidenceError
from myosteon.evidence.corpus_load import QUESTIONS, RECORDS, RELATIONS, SOURCES, load_corpus

GOOD = {"id": "one.give"}


@pytest.mark.parametrize(
    ("row", "where", "why", "remedy"),
    [
        ({"applies_when": "agee_years >= 50"}, RECORDS, "nobody knows agee_years", "applies_when"),
        ({"excluded_when": "egfr_ml < 30"}, RECORDS, "nobody knows egfr_ml", "excluded_when"),
        ({"applies_when": 'sex == "woman"'}, RECORDS, "never 'woman'", "female, male"),
        ({"applies_when": "age_years + 1 > 50"}, RECORDS, "stands where a name should", "applies_when"),
        ({"applies_when": ""}, RECORDS, "applies_when is empty", "fill it in"),
        ({"question": "drugs"}, RECORDS, "question drugs is not in questions.csv", "add it there"),
        ({"source_id": "four"}, RECORDS, "source_id four is not in sources.csv", "add it there"),
        ({"source_id": ""}, RECORDS, "source_id is empty", "fill it in"),
        ({"statement_en": ""}, RECORDS, "statement_en is empty", "fill it in"),
        ({"statement_zh": ""}, RECORDS, "statement_zh is empty", "fill it in"),
        ({"direction": "pro"}, RECORDS, "direction is 'pro'", "for, against, neutral"),
        ({"strength": "weak"}, RECORDS, "strength is 'weak'", "strong, conditional"),
        ({"mark": "X"}, RECORDS, "mark is 'X'", "V, V2, S, M"),
        ({"action": ""}, RECORDS, "action is empty", "fill it in"),
        ({"excluded_when": "stroke", "exclusion_by": ""}, RECORDS, "exclusion_by is ''", "source, gate"),
        ({"dose_en": "5 mg"}, RECORDS, "dose is there in one language only", "fill in the other"),
        ({"valid_from": "last year"}, RECORDS, "valid_from is 'last year'", "a year such as"),
        ({"id": ""}, RECORDS, "it has no id", "give it one"),
    ],
)
def test_a_record_that_cannot_be_used_stops_loading(
    row: dict[str, str], where: str, why: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(EvidenceError) as refused:
        corpus_of(tmp_path, [{"id": "one.first"}, {**GOOD, **row}])
    message = str(refused.value)
    assert f"{where} line 3" in message
    assert why in message
    assert remedy in message


@pytest.mark.parametrize(
    ("actions", "why"),
    [
        ("[action]", r"the action give \(one\.give\) has no name for people"),
        ('[action]\ngive = {en = "give it"}', r"the action give \(one\.give\) has no name for people"),
        ('[action]\ngive = {en = "give it", zh = ""}', "write one with en and zh"),
        (
            '[action]\ngive = {en = "give it", zh = "给药"}\ngift = {en = "gift", zh = "给"}',
            "no record has the action gift; mend the name",
        ),
        ("[action", "is not valid TOML"),
    ],
)
def test_an_action_without_a_name_in_both_languages_stops_loading(
    actions: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(EvidenceError, match=why) as refused:
        corpus_of(tmp_path, [GOOD], actions=actions)
    assert "actions.toml" in str(refused.value)


def test_two_records_of_one_id_stop_loading(tmp_path: Path) -> None:
    with pytest.raises(
        EvidenceError, match=r"records\.csv line 3 \(one\.give\): line 2 has the same id; rename"
    ):
        corpus_of(tmp_path, [GOOD, GOOD])


def test_two_records_of_one_column_stop_loading(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="the same column recommendation_one_give; rename"):
        corpus_of(tmp_path, [GOOD, {"id": "one_give"}])


@pytest.mark.parametrize(
    ("relations", "why"),
    [
        (
            'subsumes = [{ narrower = "give", broader = "gift" }]',
            "no record has the action gift; mend the name",
        ),
        ('rivals_nothing = ["take"]', "no record has the action take; mend the name"),
        ('sets_aside = [{ general = "one.give", specific = "one.take" }]', "one.take, which is no record"),
        ('sets_aside = [{ general = "one.give", specific = "two.give" }]', "are of two sources"),
        ('superseded = [{ old = "nought", new = "one" }]', "nought, which is not in sources.csv"),
        (
            'subsumes = [{ narrow = "give", broader = "give" }]',
            "subsumes 1 needs exactly narrower and broader",
        ),
        ('subsumes = [{ narrower = "give", broader = "give" }]', "give would be narrower than itself"),
        ('rivals = ["give"]', "rivals means nothing here"),
        ("subsumes = [", "is not valid TOML"),
    ],
)
def test_a_relation_that_cannot_be_used_stops_loading(relations: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"^relations\.toml") as refused:
        corpus_of(tmp_path, [GOOD, {"id": "two.give", "source_id": "two"}], relations=relations)
    assert why in str(refused.value)


@pytest.mark.parametrize("missing", [RECORDS, SOURCES, QUESTIONS, RELATIONS])
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    (write_corpus(tmp_path, [GOOD]) / missing).unlink()
    with pytest.raises(EvidenceError, match=f"^{missing} cannot be read"):
        load_corpus(FACTS, tmp_path)


def test_a_missing_column_and_a_ragged_line_are_named(tmp_path: Path) -> None:
    file = write_corpus(tmp_path, [GOOD]) / QUESTIONS
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("exclusive", "rival"), encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"questions\.csv: the column exclusive is missing; add it"):
        load_corpus(FACTS, tmp_path)
    file.write_text(text + "more,What, then?,什么？,yes\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"questions\.csv line 3: not as many cells as columns"):
        load_corpus(FACTS, tmp_path)


def test_a_source_or_question_without_its_texts_stops_loading(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"sources\.csv line 2 \(one\): citation is empty"):
        corpus_of(tmp_path, [GOOD], sources=[{"id": "one", "citation": ""}])
    with pytest.raises(EvidenceError, match=r"questions\.csv line 2 \(drug\): label_zh is empty"):
        corpus_of(tmp_path, [GOOD], questions=[{"id": "drug", "label_zh": ""}])
    with pytest.raises(EvidenceError, match="exclusive is 'maybe'; write one of yes, no"):
        corpus_of(tmp_path, [GOOD], questions=[{"id": "drug", "exclusive": "maybe"}])


def test_what_satisfies_what_goes_on_over_several_steps(tmp_path: Path) -> None:
    rows = [{"id": f"one.{action}", "action": action} for action in ("low", "mid", "top")]
    pairs = 'subsumes = [{ narrower = "low", broader = "mid" }, { narrower = "mid", broader = "top" }]'
    relations = corpus_of(tmp_path, rows, relations=pairs).relations
    assert relations.satisfies("low", "top")
    assert not relations.satisfies("top", "low")


def test_a_superseded_record_is_kept_but_told(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path,
        [GOOD, {"id": "two.give", "source_id": "two"}],
        relations='superseded = [{ old = "one", new = "two" }, { old = "two", new = "not_loaded" }]',
    )
    assert [corpus.is_superseded(record) for record in corpus.records] == [True, False]

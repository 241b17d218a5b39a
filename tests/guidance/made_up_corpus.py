"""Small made-up corpora: the five files of a folder from rows that say only what matters."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from myosteon.evidence.corpus_load import (
    ACTIONS,
    COLUMNS,
    QUESTIONS,
    RECORDS,
    RELATIONS,
    SOURCES,
    load_corpus,
)
from myosteon.evidence.corpus_types import Corpus
from myosteon.logic.condition import Fact

FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("sex", "word", ("female", "male")),
        Fact("age_years", "number"),
        Fact("diabetes", "yes_no"),
        Fact("stroke", "yes_no"),
        Fact("egfr", "number"),
    )
}
RECORD = {
    "question": "drug",
    "action": "give",
    "direction": "for",
    "strength": "not_graded",
    "statement_en": "Give it.",
    "statement_zh": "给药。",
    "applies_when": "age_years >= 50",
    "source_id": "one",
    "mark": "V",
    "topic": "drug_choice",
    "region": "US",
    "valid_from": "2020",
}
SOURCE = {
    "name_en": "A society",
    "name_zh": "某学会",
    "citation": "A society. A text.",
    "year": "2020",
    "region": "US",
    "how_read_en": "read",
    "how_read_zh": "读过",
}
QUESTION = {"label_en": "Which drug?", "label_zh": "用哪种药？", "exclusive": "yes"}
Row = Mapping[str, str]


def write_corpus(
    folder: Path,
    records: Sequence[Row],
    *,
    sources: Sequence[Row] = ({"id": "one"}, {"id": "two"}, {"id": "three"}),
    questions: Sequence[Row] = ({"id": "drug"},),
    relations: str = "",
    actions: str | None = None,
) -> Path:
    """Writes the five files; what a row does not say is as in `RECORD`, `SOURCE`, `QUESTION`; each action is named by its id."""
    filled = [
        {**RECORD, **({"exclusion_by": "source"} if row.get("excluded_when") else {}), **row}
        for row in records
    ]
    _write(folder / RECORDS, filled)
    _write(folder / SOURCES, [{**SOURCE, **row} for row in sources])
    _write(folder / QUESTIONS, [{**QUESTION, **row} for row in questions])
    (folder / RELATIONS).write_text(relations, encoding="utf-8")
    (folder / ACTIONS).write_text(_actions(filled) if actions is None else actions, encoding="utf-8")
    return folder


def _actions(records: Sequence[Row]) -> str:
    named = sorted({row["action"] for row in records if row["action"]})
    return "".join(["[action]\n", *(f'{action} = {{en = "{action}", zh = "做"}}\n' for action in named)])


def _write(file: Path, rows: Sequence[Row]) -> None:
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, COLUMNS[file.name])
        writer.writeheader()
        writer.writerows(rows)


def corpus_of(folder: Path, records: Sequence[Row], **more: object) -> Corpus:
    """The corpus of these rows."""
    return load_corpus(FACTS, write_corpus(folder, records, **more))  # type: ignore[arg-type]

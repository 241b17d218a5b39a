"""Reads a corpus of recommendations from a folder: ours, or a hospital's own in its place. What cannot be used stops loading.

The folder holds `records.csv`, `sources.csv`, `questions.csv`, `actions.toml` and `relations.toml`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.corpus_types import (
    Corpus,
    CorpusSource,
    Direction,
    ExclusionBy,
    Mark,
    Question,
    Record,
    Relations,
    Strength,
)
from myosteon.evidence.types import Label
from myosteon.logic.bounded import Bounds, bounded
from myosteon.logic.condition import Condition, Fact, Joined, Tree, read_condition

RECORDS, SOURCES, QUESTIONS = "records.csv", "sources.csv", "questions.csv"
ACTIONS, RELATIONS = "actions.toml", "relations.toml"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    RECORDS: (
        "id",
        "question",
        "action",
        "direction",
        "strength",
        "grade_en",
        "grade_zh",
        "statement_en",
        "statement_zh",
        "applies_when",
        "excluded_when",
        "exclusion_by",
        "dose_en",
        "dose_zh",
        "source_id",
        "where_en",
        "where_zh",
        "mark",
        "topic",
        "region",
        "valid_from",
    ),
    SOURCES: ("id", "name_en", "name_zh", "citation", "year", "region", "doi", "how_read_en", "how_read_zh"),
    QUESTIONS: ("id", "label_en", "label_zh", "exclusive"),
}
YES_NO = {"yes": True, "no": False}
Row = Mapping[str, str]


def load_corpus(
    facts: Mapping[str, Fact],
    folder: Path | None = None,
    bounds: Bounds | None = None,
    stand_ins: Mapping[str, str] | None = None,
) -> Corpus:
    """Reads a corpus.

    Args:
        facts: everything that a condition may speak of, by name.
        folder: where the five files are; ours where None.
        bounds: for counts and stages the facts that say what is at least, at most, proved or still possible.
        stand_ins: for measures the fact that is read in their place, because it is known more often.

    Raises:
        EvidenceError: a file is missing or cannot be used; the message names the file, the line or record, and the remedy.
    """
    root: Traversable = folder if folder is not None else files("myosteon.evidence") / "corpus"
    sources = _Sources(_rows(root, SOURCES)).read()
    questions = _Questions(_rows(root, QUESTIONS)).read()
    records = _Records(_rows(root, RECORDS), facts, sources, questions, bounds or {}, stand_ins or {}).read()
    relations = _read_relations(_text(root, RELATIONS), records, sources)
    actions = _read_actions(_text(root, ACTIONS), records)
    return Corpus(records, sources, questions, relations, actions, bounds or {}, stand_ins or {})


def _text(root: Traversable, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvidenceError(
            f"{name} cannot be read in the folder of the corpus; it needs {', '.join(COLUMNS)}, {ACTIONS} and {RELATIONS}"
        ) from error
    except UnicodeDecodeError as error:
        raise EvidenceError(f"{name} is not UTF-8; save it as UTF-8") from error


def _rows(root: Traversable, name: str) -> list[tuple[int, Row]]:
    """The rows of a table with the line on which each stands."""
    reader = csv.DictReader(StringIO(_text(root, name), newline=""), restkey="", strict=True)
    rows: list[tuple[int, Row]] = []
    try:
        missing = [column for column in COLUMNS[name] if column not in (reader.fieldnames or ())]
        if missing:
            raise EvidenceError(
                f"{name}: the column {', '.join(missing)} is missing; add it to the first line"
            )
        for row in reader:
            if "" in row or None in row.values():
                raise EvidenceError(
                    f"{name} line {reader.line_num}: not as many cells as columns; put texts with commas in quotation marks"
                )
            rows.append((reader.line_num, {key: (text or "").strip() for key, text in row.items()}))
    except csv.Error as error:
        raise EvidenceError(f"{name} line {reader.line_num}: no table of cells: {error}") from error
    return rows


class _Table:
    """The rows of one file; knows the file's name for messages."""

    name = ""

    def __init__(self, rows: Sequence[tuple[int, Row]]) -> None:
        self._rows = rows

    def _checked(self) -> Iterable[tuple[str, Row]]:
        """Each row with its place: the file, the line, the id."""
        seen: dict[str, int] = {}
        for line, row in self._rows:
            where = f"{self.name} line {line} ({row['id'] or 'no id'})"
            if not row["id"]:
                raise EvidenceError(f"{where}: it has no id; give it one that no other has")
            if row["id"] in seen:
                raise EvidenceError(f"{where}: line {seen[row['id']]} has the same id; rename one of them")
            seen[row["id"]] = line
            yield where, row

    def _needed(self, row: Row, key: str, where: str) -> str:
        if not row[key]:
            raise EvidenceError(f"{where}: {key} is empty; fill it in")
        return row[key]

    def _one_of(self, row: Row, key: str, words: tuple[Any, ...], where: str) -> Any:
        if row[key] not in words:
            raise EvidenceError(f"{where}: {key} is {row[key]!r}; write one of {', '.join(words)}")
        return row[key]

    def _year(self, row: Row, key: str, where: str) -> int:
        if not row[key].isdigit():
            raise EvidenceError(f"{where}: {key} is {row[key]!r}; write a year such as 2022")
        return int(row[key])

    def _label(self, row: Row, key: str, where: str) -> Label:
        return Label(self._needed(row, f"{key}_en", where), self._needed(row, f"{key}_zh", where))

    def _both_or_none(self, row: Row, key: str, where: str) -> Label:
        label = Label(row[f"{key}_en"], row[f"{key}_zh"])
        if bool(label.en) != bool(label.zh):
            raise EvidenceError(f"{where}: {key} is there in one language only; fill in the other")
        return label


class _Sources(_Table):
    name = SOURCES

    def read(self) -> dict[str, CorpusSource]:
        return {
            row["id"]: CorpusSource(
                id=row["id"],
                name=self._label(row, "name", where),
                citation=self._needed(row, "citation", where),
                year=self._year(row, "year", where),
                region=self._needed(row, "region", where),
                doi=row["doi"],
                how_read=self._label(row, "how_read", where),
            )
            for where, row in self._checked()
        }


class _Questions(_Table):
    name = QUESTIONS

    def read(self) -> dict[str, Question]:
        return {
            row["id"]: Question(
                row["id"],
                self._label(row, "label", where),
                YES_NO[self._one_of(row, "exclusive", tuple(YES_NO), where)],
            )
            for where, row in self._checked()
        }


class _Records(_Table):
    name = RECORDS

    def __init__(
        self,
        rows: Sequence[tuple[int, Row]],
        facts: Mapping[str, Fact],
        sources: Mapping[str, CorpusSource],
        questions: Mapping[str, Question],
        bounds: Bounds,
        stand_ins: Mapping[str, str],
    ) -> None:
        super().__init__(rows)
        self._stand_ins = stand_ins
        self._bounds = bounds
        self._facts = facts
        self._sources = sources
        self._questions = questions

    def read(self) -> tuple[Record, ...]:
        records = tuple(self._record(row, where) for where, row in self._checked())
        columns: dict[str, str] = {}
        for record in records:
            other = columns.setdefault(record.column, record.id)
            if other != record.id:
                raise EvidenceError(
                    f"{RECORDS} ({record.id}): {other} gives the same column {record.column}; rename one of them"
                )
        return records

    def _record(self, row: Row, where: str) -> Record:
        excluded = self._condition(row, "excluded_when", where) if row["excluded_when"] else None
        return Record(
            id=row["id"],
            question=self._listed(row, "question", self._questions, QUESTIONS, where),
            action=self._needed(row, "action", where),
            direction=self._one_of(row, "direction", get_args(Direction), where),
            strength=self._one_of(row, "strength", get_args(Strength), where),
            grade=self._both_or_none(row, "grade", where),
            statement=self._label(row, "statement", where),
            applies=self._condition(row, "applies_when", where),
            excluded=excluded,
            exclusion_by=self._one_of(row, "exclusion_by", get_args(ExclusionBy), where)
            if excluded
            else None,
            dose=self._both_or_none(row, "dose", where),
            source=self._listed(row, "source_id", self._sources, SOURCES, where),
            where=self._both_or_none(row, "where", where),
            mark=self._one_of(row, "mark", get_args(Mark), where),
            topic=self._needed(row, "topic", where),
            region=self._needed(row, "region", where),
            valid_from=self._year(row, "valid_from", where),
        )

    def _condition(self, row: Row, key: str, where: str) -> Condition:
        written = read_condition(self._needed(row, key, where), self._facts, f"{where} {key}")
        read = replace(written, tree=_with_stand_ins(written.tree, self._stand_ins), written=written.tree)
        return bounded(read, self._bounds)

    def _listed(self, row: Row, key: str, known: Mapping[str, Any], file: str, where: str) -> str:
        id = self._needed(row, key, where)
        if id not in known:
            raise EvidenceError(f"{where}: {key} {id} is not in {file}; add it there or mend the name")
        return id


def _with_stand_ins(tree: Tree, stand_ins: Mapping[str, str]) -> Tree:
    """The condition that reads, in place of some facts, those that stand in for them."""
    if isinstance(tree, Joined):
        return replace(tree, parts=tuple(_with_stand_ins(part, stand_ins) for part in tree.parts))
    return replace(tree, name=stand_ins.get(tree.name, tree.name))


def _read_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{name} is not valid TOML: {error}") from error


def _read_actions(text: str, records: Sequence[Record]) -> dict[str, Label]:
    """What each action is called; one that no record has is a misspelt name."""
    labels = _read_toml(text, ACTIONS).get("action", {})
    used = {record.action for record in records}
    for action in labels.keys() - used:
        raise EvidenceError(f"{ACTIONS}: no record has the action {action}; mend the name or take it out")
    read: dict[str, Label] = {}
    for record in records:
        texts = labels.get(record.action)
        if not isinstance(texts, dict) or not (texts.get("en") and texts.get("zh")):
            raise EvidenceError(
                f"{ACTIONS}: the action {record.action} ({record.id}) has no name for people; write one with en and zh"
            )
        read[record.action] = Label(str(texts["en"]), str(texts["zh"]))
    return read


def _read_relations(text: str, records: Sequence[Record], sources: Mapping[str, CorpusSource]) -> Relations:
    table = _read_toml(text, RELATIONS)
    keys = {"subsumes", "rivals_nothing", "sets_aside", "superseded", "gate_sources"}
    for key in table.keys() - keys:
        raise EvidenceError(f"{RELATIONS}: {key} means nothing here; it holds {', '.join(sorted(keys))}")
    actions = {record.action for record in records}
    by_id = {record.id: record for record in records}
    subsumes = _pairs(table, "subsumes", "narrower", "broader")
    for action in (*table.get("rivals_nothing", ()), *(action for pair in subsumes for action in pair)):
        if action not in actions:
            raise EvidenceError(
                f"{RELATIONS}: no record has the action {action}; mend the name or take it out"
            )
    aside = _pairs(table, "sets_aside", "general", "specific")
    for general, specific in aside:
        for id in (general, specific):
            if id not in by_id:
                raise EvidenceError(f"{RELATIONS}: sets_aside names {id}, which is no record; mend the name")
        if by_id[general].source != by_id[specific].source:
            raise EvidenceError(
                f"{RELATIONS}: {general} and {specific} are of two sources; only a source itself sets its text aside"
            )
    superseded = _pairs(table, "superseded", "old", "new")
    for old, _ in superseded:
        if old not in sources:
            raise EvidenceError(
                f"{RELATIONS}: superseded names {old}, which is not in {SOURCES}; mend the name"
            )
    return Relations(
        subsumes=_closed(subsumes),
        rivals_nothing=frozenset(table.get("rivals_nothing", ())),
        sets_aside={general: frozenset(s for g, s in aside if g == general) for general, _ in aside},
        superseded=dict(superseded),
        gate_sources=frozenset(table.get("gate_sources", ())),
    )


def _pairs(table: Mapping[str, Any], key: str, left: str, right: str) -> list[tuple[str, str]]:
    pairs = []
    for number, row in enumerate(table.get(key, ()), 1):
        if not isinstance(row, dict) or set(row) != {left, right}:
            raise EvidenceError(f"{RELATIONS}: {key} {number} needs exactly {left} and {right}")
        pairs.append((str(row[left]), str(row[right])))
    return pairs


def _closed(pairs: Sequence[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each narrower action all that it satisfies, over any number of steps.

    Raises:
        EvidenceError: two actions satisfy each other.
    """
    direct: dict[str, set[str]] = {}
    for narrower, broader in pairs:
        direct.setdefault(narrower, set()).add(broader)
    closed: dict[str, frozenset[str]] = {}
    for start in direct:
        found: set[str] = set()
        waiting = list(direct[start])
        while waiting:
            action = waiting.pop()
            if action == start:
                raise EvidenceError(
                    f"{RELATIONS}: {start} would be narrower than itself; take one pair of subsumes out"
                )
            if action not in found:
                found.add(action)
                waiting.extend(direct.get(action, ()))
        closed[start] = frozenset(found)
    return closed

"""The matrix of a corpus: questions by sources, a topic at a time; every recommendation stands in it once."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from string import ascii_uppercase

from myosteon.errors import InputError
from myosteon.evidence.corpus_types import Corpus, CorpusSource, Record
from myosteon.evidence.types import STATUSES, Language, Status
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.outputs.record_words import RecordTeller, RecordWords


@dataclass(frozen=True, slots=True)
class Entry:
    """One recommendation in a cell; `letter` tells different answers of one question apart, empty where there is one."""

    letter: str
    record: RecordWords


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One question: its entries by source, only sources that speak."""

    id: str
    label: str
    exclusive: bool
    cells: Mapping[str, tuple[Entry, ...]]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the sources."""
        return tuple(entry for entries in self.cells.values() for entry in entries)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One source."""

    id: str
    name: str
    region: str
    year: int


@dataclass(frozen=True, slots=True)
class MatrixTopic:
    """The questions of one topic, and the sources that speak to any of them."""

    id: str
    label: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole page."""

    language: Language
    title: str
    lead: str
    cautions: tuple[str, ...]
    topics: tuple[MatrixTopic, ...]
    words: Mapping[str, str]
    marks: Mapping[Status, str]
    foot: str


WORDS = (
    *("for", "against", "neutral", "question", "key", "key_for", "key_against", "key_neutral"),
    *("key_strong", "key_letter", "topics", "to_top", "one_answer", "none"),
)
RECORD_WORDS = ("applies", "dose", "superseded")


def topics_of(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """The questions of each topic, in the order of the corpus; a question belongs to the topic of most of its recommendations."""
    found: dict[str, list[str]] = {}
    for id, records in corpus.by_question.items():
        topics = [record.topic for record in records]
        if topics:
            found.setdefault(max(topics, key=topics.count), []).append(id)
    return {topic: tuple(found[topic]) for topic in sorted(found)}


def corpus_matrix(voice: RecommendationVoice, topic: str | None = None) -> Matrix:
    """The matrix of a corpus, or of the questions of which some recommendation has the topic.

    Raises:
        InputError: no recommendation has that topic.
    """
    corpus, teller = voice.corpus, RecordTeller(voice)
    questions = dict(topics_of(corpus))
    if topic is not None:
        known = sorted({record.topic for record in corpus.records})
        if topic not in known:
            raise InputError(f"no recommendation is about {topic!r}; the topics are {', '.join(known)}")
        records = corpus.by_question.items()
        questions = {topic: tuple(id for id, own in records if any(one.topic == topic for one in own))}
    topics = tuple(_topic(id, own, teller) for id, own in questions.items())
    asked = [row for one in topics for row in one.rows]
    say = voice.say
    return Matrix(
        language=voice.language,
        title=say("matrix.title_topic", topic=teller.topic(topic)) if topic else say("matrix.title"),
        lead=say(
            "matrix.lead",
            questions=len(asked),
            records=sum(len(row.entries) for row in asked),
            sources=len({column.id for one in topics for column in one.columns}),
        ),
        cautions=(say("matrix.conditions"), say("matrix.menopause")),
        topics=topics,
        words={name: say(f"matrix.{name}") for name in WORDS}
        | {name: say(f"record.{name}") for name in RECORD_WORDS}
        | {"marks": say("section.marks")},
        marks={status: say(f"mark.{status}_means") for status in STATUSES},
        foot=say("line.foot"),
    )


def _topic(id: str, questions: Sequence[str], teller: RecordTeller) -> MatrixTopic:
    corpus = teller.voice.corpus
    speaking = {record.source for question in questions for record in corpus.by_question[question]}
    sources = [source for source in corpus.sources.values() if source.id in speaking]
    return MatrixTopic(
        id,
        teller.topic(id),
        tuple(_column(source, teller.voice) for source in sources),
        tuple(_row(question, [source.id for source in sources], teller) for question in questions),
    )


def _column(source: CorpusSource, voice: RecommendationVoice) -> MatrixColumn:
    return MatrixColumn(source.id, voice.text(source.name), voice.region(source.region), source.year)


def _row(id: str, sources: Sequence[str], teller: RecordTeller) -> MatrixRow:
    corpus = teller.voice.corpus
    question, records = corpus.questions[id], corpus.by_question[id]
    letters = _letters(records)
    cells = {
        source: tuple(
            Entry(letters[record.action], teller.tell(record))
            for record in records
            if record.source == source
        )
        for source in sources
    }
    return MatrixRow(
        id,
        teller.voice.text(question.label),
        question.exclusive,
        {source: entries for source, entries in cells.items() if entries},
    )


def _letters(records: Sequence[Record]) -> dict[str, str]:
    """A letter for each different action of a question; none where all say one action."""
    actions = list(dict.fromkeys(record.action for record in records))
    if len(actions) == 1:
        return {actions[0]: ""}
    return {action: _letter(place) for place, action in enumerate(actions)}


def _letter(place: int) -> str:
    rounds, rest = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[rest] + (str(rounds + 1) if rounds else "")


def matrix_csv(matrix: Matrix, voice: RecommendationVoice) -> str:
    """A row each question, a column each source; a cell names direction, action, strength, mark and id of what the source says."""
    sources = list(
        dict.fromkeys(
            (column.id, column.name)
            for id in voice.corpus.sources
            for topic in matrix.topics
            for column in topic.columns
            if column.id == id
        )
    )
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = [voice.say(f"compare.column_{name}") for name in ("topic", "question", "label")]
    writer.writerow([*head, *(name for _, name in sources)])
    for topic in matrix.topics:
        for row in topic.rows:
            cells = ("; ".join(_told(one.record) for one in row.cells.get(id, ())) for id, _ in sources)
            writer.writerow([topic.label, row.id, row.label, *cells])
    return out.getvalue()


def _told(one: RecordWords) -> str:
    return f"{one.says}: {one.named} ({one.how_strong}, {one.read}) [{one.id}]"

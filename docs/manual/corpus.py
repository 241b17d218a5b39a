"""The recommendations of the corpus: a page a question in both languages, an index by topic, an index by source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from manual.markdown import code, page, table
from myosteon.assess import Assessor
from myosteon.evidence.corpus_types import CorpusSource, Record
from myosteon.evidence.types import STATUSES, Language
from myosteon.outputs.corpus_matrix import topics_of
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.outputs.record_words import RecordTeller, RecordWords

FOLDER = "recommendations"
ENDINGS: Mapping[Language, str] = {"en": ".md", "zh": ".zh.md"}
# What only these pages say; the rest stands in `outputs/wording/recommendations.toml`.
WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "index": "Recommendations by topic",
        "index_lead": "{questions} questions, answered by {records} recommendations of {sources} sources. "
        "By source: [sources](sources.md).",
        "sources": "Recommendations by source",
        "sources_lead": "{sources} sources of {records} recommendations. By topic: [topics](index.md).",
        "question": "Question {id}, topic [{topic}](index.md#{anchor}).",
        "exclusive": "Only one answer can be right: different answers are a dispute where two sources give them for one person.",
        "adds_up": "Different answers add up; for and against one of them is a dispute.",
        "id": "Recommendation",
        "says": "Says",
        "action": "Action",
        "mark": "Mark",
        "strength": "Strength",
        "source": "Source",
        "aside": "Set aside where this holds too",
        "narrower": "Doing this also does",
        "heads": "Question|Recommendations|Sources|Read|Quoted|Not checked",
        "record_heads": "Question|Direction|Strength|Mark|Recommendation",
        "colon": ": ",
        "comma": ", ",
    },
    "zh": {
        "index": "推荐：按主题",
        "index_lead": "共{questions}个问题，{records}条推荐，{sources}个来源。按来源查看：[来源](sources.zh.md)。",
        "sources": "推荐：按来源",
        "sources_lead": "共{sources}个来源，{records}条推荐。按主题查看：[主题](index.zh.md)。",
        "question": "问题编号{id}，主题[{topic}](index.zh.md#{anchor})。",
        "exclusive": "只能选一：两个来源对同一个人给出不同答案，即为争议。",
        "adds_up": "不同答案可并行；对同一做法一家主张、一家反对，才是争议。",
        "id": "推荐编号",
        "says": "主张",
        "action": "做法编号",
        "mark": "核对",
        "strength": "强度",
        "source": "来源",
        "aside": "同时符合时以此为准",
        "narrower": "照做即同时满足",
        "heads": "问题|推荐数|来源数|读过原文|读过转引|未核对",
        "record_heads": "问题|主张|强度|核对|推荐编号",
        "colon": "：",
        "comma": "，",
    },
}


def corpus_pages(assessor: Assessor) -> dict[str, str]:
    """Every page of the corpus by its file, relative to `docs`."""
    assert assessor.corpus is not None, "the manual is made with guidance"
    pages: dict[str, str] = {}
    for language in ENDINGS:
        pages |= _Pages(RecommendationVoice(language, assessor.graph, assessor.corpus)).all()
    return pages


class _Pages:
    """The pages of one language."""

    def __init__(self, voice: RecommendationVoice) -> None:
        self._voice = voice
        self._teller = RecordTeller(voice)
        self._words = WORDS[voice.language]
        self._corpus = voice.corpus
        self._topics = topics_of(voice.corpus)
        self._topic_of = {question: topic for topic, own in self._topics.items() for question in own}

    def all(self) -> dict[str, str]:
        """The index by topic, the index by source, and a page each question that has a recommendation."""
        made = {
            self._file("index"): self._page(self._words["index"], self._index()),
            self._file("sources"): self._page(self._words["sources"], self._sources()),
        }
        for id in self._topic_of:
            label = self._voice.text(self._corpus.questions[id].label)
            made[self._file(id)] = self._page(_plain(label), self._question(id))
        return made

    def _file(self, name: str) -> str:
        return f"{FOLDER}/{self._link(name)}"

    def _link(self, name: str) -> str:
        return name + ENDINGS[self._voice.language]

    def _page(self, title: str, body: Iterator[str]) -> str:
        return page(title, body, self._voice.language)

    def _counts(self, key: str) -> str:
        return self._words[key].format(
            questions=len(self._topic_of),
            records=len(self._corpus.records),
            sources=len(self._corpus.sources),
        )

    def _index(self) -> Iterator[str]:
        yield self._counts("index_lead")
        for topic, questions in self._topics.items():
            yield from ("", f'<a id="{topic}"></a>', "", f"## {self._teller.topic(topic)}", "")
            yield from table(self._words["heads"].split("|"), map(self._row, questions))

    def _row(self, id: str) -> tuple[str, ...]:
        records = self._corpus.by_question[id]
        read = [record.status for record in records]
        label = _plain(self._voice.text(self._corpus.questions[id].label))
        return (
            f"[{label}]({self._link(id)})",
            str(len(records)),
            str(len({record.source for record in records})),
            *(str(read.count(status)) for status in STATUSES),
        )

    def _sources(self) -> Iterator[str]:
        yield self._counts("sources_lead")
        for source in self._corpus.sources.values():
            yield from (
                "",
                f'<a id="{source.id}"></a>',
                "",
                f"## {_plain(self._voice.text(source.name))}",
                "",
            )
            yield from self._source(source)

    def _source(self, source: CorpusSource) -> Iterator[str]:
        say, colon = self._voice.say, self._words["colon"]
        doi = f" doi:{source.doi}" if source.doi else ""
        yield f"- {code(source.id)}{self._words['comma']}{self._voice.region(source.region)}{self._words['comma']}{source.year}"
        yield f"- {say('record.citation')}{colon}{_plain(source.citation)}{doi}"
        yield f"- {say('record.how_read')}{colon}{_plain(self._voice.text(source.how_read))}"
        own = [record for record in self._corpus.records if record.source == source.id]
        if own:
            yield ""
            yield from table(self._words["record_heads"].split("|"), map(self._record_row, own))

    def _record_row(self, record: Record) -> tuple[str, ...]:
        one = self._teller.tell(record)
        label = _plain(self._voice.text(self._corpus.questions[record.question].label))
        return (
            f"[{label}]({self._link(record.question)}#{record.id})",
            one.says,
            one.how_strong,
            one.read,
            code(record.id),
        )

    def _question(self, id: str) -> Iterator[str]:
        question, topic = self._corpus.questions[id], self._topic_of[id]
        yield self._words["question"].format(id=code(id), topic=self._teller.topic(topic), anchor=topic)
        yield ""
        yield self._words["exclusive" if question.exclusive else "adds_up"]
        records = self._corpus.by_question[id]
        cautions = ["conditions"] if len(records) > 1 else []
        cautions += (
            ["menopause"] if any("postmenopausal" in record.applies.text for record in records) else []
        )
        if cautions:
            gap = " " if self._voice.language == "en" else ""
            yield ""
            yield gap.join(self._voice.say(f"matrix.{key}") for key in cautions)
        for record in records:
            one = self._teller.tell(record)
            yield from ("", f'<a id="{one.id}"></a>', "")
            yield f"## {_plain(one.source_name)}"
            yield ""
            yield f"**{one.says}{self._words['colon']}{_plain(one.named)}**"
            yield from ("", f"**{_plain(one.statement)}**", "")
            yield from self._facts(record, one)

    def _facts(self, record: Record, one: RecordWords) -> Iterator[str]:
        say, words = self._voice.say, self._words
        joint = words["comma"]
        yield self._line(say("record.applies"), f"{_plain(one.applies)}  {code(one.applies_when)}")
        if one.excluded:
            yield self._line(one.excluded_title, f"{_plain(one.excluded)}  {code(one.excluded_when)}")
        if one.dose:
            yield self._line(say("record.dose"), _plain(one.dose))
        strength = joint.join(part for part in (one.how_strong, _plain(one.grade)) if part)
        yield self._line(words["strength"], strength)
        place = f"{joint}{_plain(one.where)}" if one.where else ""
        source = f"[{_plain(one.source_name)}]({self._link('sources')}#{one.source})"
        yield self._line(words["source"], f"{source}{joint}{one.region}{joint}{one.year}{place}")
        yield self._line(words["mark"], one.read)
        yield self._line(words["action"], code(one.action))
        yield self._line(words["id"], code(one.id))
        narrower = sorted(self._corpus.relations.subsumes.get(record.action, ()))
        if narrower and record.direction == "for":
            yield self._line(words["narrower"], joint.join(map(code, narrower)))
        aside = sorted(self._corpus.relations.sets_aside.get(record.id, ()))
        if aside:
            yield self._line(words["aside"], joint.join(map(code, aside)))
        if one.superseded:
            yield self._line(say("state.superseded"), say("record.superseded"))

    def _line(self, name: str, text: str) -> str:
        return f"- {name}{self._words['colon']}{text}"


def _plain(text: str) -> str:
    """Text in which Markdown finds no signs of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")

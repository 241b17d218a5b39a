"""Every question that the corpus answers, as a page: who answers it, with how many different answers, how far it was read."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.corpus_types import STATUS_OF, Question
from myosteon.evidence.types import STATUSES
from myosteon.outputs.page import Cell, Group, Page, Row, Table
from myosteon.outputs.recommendation_summary import marks_note
from myosteon.outputs.recommendation_voice import RecommendationVoice

COLUMNS = ("question", "records", "sources", "actions", "exclusive")


def question_page(voice: RecommendationVoice) -> Page:
    """One row a question; JSON also has each recommendation with its conditions."""
    say, corpus = voice.say, voice.corpus
    rows = tuple(_row(question, voice) for question in corpus.questions.values())
    marks = {status: say(f"mark.{status}") for status in STATUSES}
    return Page(
        language=voice.language,
        kicker=say("title.page"),
        title=say("title.questions"),
        lead=say(
            "lead.questions",
            questions=len(corpus.questions),
            records=len(corpus.records),
            sources=len(corpus.sources),
        ),
        tables=(
            Table(("id", *(say(f"table.{name}") for name in COLUMNS), *marks.values()), (Group("", rows),)),
        ),
        notes=(marks_note(voice),),
        foot=say("line.foot"),
        marks=marks,
        data={
            "questions": list(_data(voice)),
            "sources": [
                {"id": one.id, "name": voice.text(one.name), "citation": one.citation, "year": one.year}
                | {"region": one.region, "doi": one.doi or None, "how_read": voice.text(one.how_read)}
                for one in corpus.sources.values()
            ],
        },
    )


def _row(question: Question, voice: RecommendationVoice) -> Row:
    records = voice.corpus.by_question[question.id]
    read = [STATUS_OF[record.mark] for record in records]
    texts = (
        voice.text(question.label),
        str(len(records)),
        str(len({record.source for record in records})),
        str(len({record.action for record in records})),
        voice.plain.speech.word("yes" if question.exclusive else "no"),
        *(str(read.count(status)) for status in STATUSES),
    )
    return Row(question.id, tuple(Cell(text) for text in texts))


def _data(voice: RecommendationVoice) -> Iterator[dict[str, object]]:
    for id, records in voice.corpus.by_question.items():
        question = voice.corpus.questions[id]
        yield {
            "question": id,
            "label": voice.text(question.label),
            "exclusive": question.exclusive,
            "recommendations": [
                {
                    "id": record.id,
                    "action": record.action,
                    "action_label": voice.action(record.action),
                    "direction": record.direction,
                    "strength": record.strength,
                    "statement": voice.text(record.statement),
                    "dose": voice.text(record.dose) or None,
                    "applies_when": record.applies.text,
                    "excluded_when": record.excluded.text if record.excluded else None,
                    "exclusion_by": record.exclusion_by,
                    "source": record.source,
                    "mark": record.mark,
                }
                for record in records
            ],
        }

"""Every source of a corpus, as a page: its id, where and when it speaks, to how many questions, how far it was read."""

from __future__ import annotations

from myosteon.evidence.corpus_types import STATUS_OF, CorpusSource
from myosteon.evidence.types import STATUSES
from myosteon.outputs.page import Cell, Group, Page, Row, Table
from myosteon.outputs.recommendation_summary import marks_note
from myosteon.outputs.recommendation_voice import RecommendationVoice


def source_page(voice: RecommendationVoice) -> Page:
    """One row a source; JSON also has the citation and how it was read."""
    say, corpus = voice.say, voice.corpus
    marks = {status: say(f"mark.{status}") for status in STATUSES}
    heads = (say("sources.name"), say("sources.region"))
    counts = (say("sources.questions"), *marks.values())
    rows = tuple(_row(source, voice) for source in corpus.sources.values())
    return Page(
        language=voice.language,
        kicker=say("title.page"),
        title=say("sources.title"),
        lead=say("sources.lead", sources=len(corpus.sources), records=len(corpus.records)),
        tables=(Table(("id", *heads, *counts), (Group("", rows),)),),
        notes=(marks_note(voice),),
        foot=say("line.foot"),
        marks=marks,
        data={
            "sources": [
                {
                    "id": one.id,
                    "name": voice.text(one.name),
                    "citation": one.citation,
                    "year": one.year,
                    "region": one.region,
                    "doi": one.doi or None,
                    "how_read": voice.text(one.how_read),
                    "recommendations": [record.id for record in corpus.records if record.source == one.id],
                }
                for one in corpus.sources.values()
            ]
        },
    )


def _row(source: CorpusSource, voice: RecommendationVoice) -> Row:
    records = [record for record in voice.corpus.records if record.source == source.id]
    read = [STATUS_OF[record.mark] for record in records]
    texts = (
        voice.text(source.name),
        voice.region(source.region),
        str(len({record.question for record in records})),
        *(str(read.count(status)) for status in STATUSES),
    )
    return Row(source.id, tuple(Cell(text) for text in texts))

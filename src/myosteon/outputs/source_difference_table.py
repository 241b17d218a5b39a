"""Two sources beside each other for machines: JSON, and CSV with a row each recommendation."""

from __future__ import annotations

import csv
import json
from io import StringIO

from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.outputs.record_words import as_table
from myosteon.outputs.source_difference_view import SourceComparison

COLUMNS = (
    "relation",
    "question",
    "label",
    "source",
    "id",
    "direction",
    "action",
    "named",
    "strength",
    "mark",
    "statement",
    "dose",
    "applies",
    "excluded",
)


def source_difference_json(view: SourceComparison) -> str:
    """The comparison as one JSON document."""
    table = {
        "first": view.ids[0],
        "second": view.ids[1],
        "counts": dict(view.counts),
        "questions": [
            {
                "question": question.id,
                "label": question.label,
                "relation": question.relation,
                "rests_on_unchecked": question.unchecked,
                "first": [as_table(record) for record in question.first],
                "second": [as_table(record) for record in question.second],
                "clashes": [list(pair) for pair in question.clashes],
            }
            for section in view.sections
            for question in section.questions
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def source_difference_csv(view: SourceComparison, voice: RecommendationVoice) -> str:
    """A row each recommendation of either source, those that contradict each other first."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([voice.say(f"compare.column_{name}") for name in COLUMNS])
    for section in view.sections:
        for question in section.questions:
            for one in (*question.first, *question.second):
                row = (
                    section.title,
                    question.id,
                    question.label,
                    one.source_name,
                    one.id,
                    one.says,
                    one.action,
                    one.named,
                )
                told = (one.how_strong, one.read, one.statement, one.dose, one.applies, one.excluded)
                writer.writerow((*row, *told))
    return out.getvalue()

"""What a risk algorithm answers about one person, in a short line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from myosteon.app.screen import Language
from myosteon.app.texts import tell
from myosteon.engine.graph import Graph
from myosteon.evidence.risk_catalogue import CatalogueEntry, ShownColumn
from myosteon.outputs.wording.load import label_of, speak

Row = Mapping[str, object]
UNKNOWN = "–"
# What stands behind the last digit: of two ends only the second is written with it.
UNIT = re.compile(r"[^0-9]+$")
# So many measures are named in a line; of more the number is said.
MOST_NAMED = 3


def answer_line(entry: CatalogueEntry, row: Row, graph: Graph, language: Language) -> str:
    """Every answer that there is, with its word; a dash where there is none."""
    return joined(
        [(shown, text) for shown in entry.shown if (text := _answer(shown, row, graph, language))], language
    )


def has_answer(entry: CatalogueEntry, row: Row) -> bool:
    """Whether there is an answer, and not only bounds of one."""
    columns = (name for shown in entry.shown for name in (shown.column, shown.below) if name)
    return any(row.get(name) is not None for name in columns)


def joined(answers: Sequence[tuple[ShownColumn, str]], language: Language) -> str:
    """Answers with their words, in a row; a dash where there is none."""
    texts = (f"{shown.word.in_language(language)} {text}".strip() for shown, text in answers)
    return tell("between", language).join(texts) or UNKNOWN


def _answer(shown: ShownColumn, row: Row, graph: Graph, language: Language) -> str:
    value = row.get(shown.column)
    if value is None:
        return _in_place_of_a_figure(shown, row, graph, language)
    text = value_text(shown.column, value, graph, language)
    if shown.interval:
        text += f" ({_span([row.get(end) for end in shown.interval], shown.column, graph, language)})"
    upto = row.get(shown.upto) if shown.upto else None
    if upto is not None and upto != value:
        text = tell("risk_upto", language, proved=text, upto=value_text(shown.column, upto, graph, language))
    return text


def _in_place_of_a_figure(shown: ShownColumn, row: Row, graph: Graph, language: Language) -> str:
    limit = row.get(shown.below) if shown.below else None
    if limit is not None:
        return f"<{value_text(shown.column, limit, graph, language)}"
    if not shown.bounds:
        return ""
    bounds = [row.get(f"{shown.bounds}_{end}") for end in ("at_least", "at_most")]
    # From nought on nothing is known yet.
    return _span(bounds, shown.column, graph, language) if bounds[0] and bounds[1] is not None else ""


def _span(ends: Sequence[object], column: str, graph: Graph, language: Language) -> str:
    low, high = (value_text(column, end, graph, language) for end in ends)
    return high if low == high else f"{UNIT.sub('', low)}–{high}"


def value_text(column: str, value: object, graph: Graph, language: Language) -> str:
    """A value as people read it: with its unit, as the word of a level, as yes or no, as the labels of a list."""
    rule = graph.rules[column]
    if isinstance(value, bool):
        return tell("yes" if value else "no", language)
    if isinstance(value, int | float):
        return speak(language).quantity(value, rule.unit)
    if rule.kind == "list":
        return named(str(value), graph, language)
    return speak(language).level(str(value), rule.template)


def named(names: object, graph: Graph, language: Language, most: int = MOST_NAMED) -> str:
    """The labels of a list of columns that are separated by `;`, the first of them where they are many; empty for nothing."""
    labels = [label_of(name, language, graph) for name in str(names or "").split(";") if name]
    more = len(labels) - most
    shown = labels if more <= 1 else [*labels[:most], tell("risk_more", language, count=more)]
    return speak(language).list(shown)

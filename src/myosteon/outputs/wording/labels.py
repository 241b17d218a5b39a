"""What a column is called, in both languages at once, for values that are made before the language is chosen."""

from __future__ import annotations

from myosteon.engine.graph import Graph
from myosteon.outputs.wording.load import label_of, speak
from myosteon.vocabulary.types import Label


def both_languages(column: str, graph: Graph) -> Label:
    """The name of a measure or a rule's column as it begins a line; the name of the column where neither is known by it."""
    if column not in graph.rules and column not in graph.measures:
        return Label(column, column)
    return Label(speak("en").outside(label_of(column, "en", graph)), label_of(column, "zh", graph))


def level_label(level: str, template: str) -> Label:
    """The word of a stage or category."""
    return Label(speak("en").level(level, template), speak("zh").level(level, template))


def criterion_label(template: str) -> Label:
    """The noun phrase of a criterion by the template of its rule."""
    return Label(speak("en").criterion(template), speak("zh").criterion(template))


def word_label(name: str) -> Label:
    """One of the words for answers: yes, no, unknown."""
    return Label(speak("en").word(name), speak("zh").word(name))

"""An explanation as plain text: reads the same in a terminal and in a file."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.outputs.explain_fold import fold, repeats_headline
from myosteon.outputs.explain_types import Explanation, NextSteps, Node, NodeSource
from myosteon.outputs.wording.load import Speech, speak

SIGNS = {"yes": "●", "no": "○", "unknown": "◌", None: "·"}
STATES = {"proved": "●", "open": "◌", "excluded": "○", None: "·"}


def explanation_text(explanation: Explanation) -> str:
    """The whole explanation, ending with a line break."""
    speech = speak("zh" if explanation.language == "zh" else "en")
    tree = fold(explanation.tree)
    numbers = number_sources(tree)
    blocks = [
        [_headline(explanation, tree, speech, numbers)],
        ladder_lines(explanation, speech),
        list(tree_lines(tree, speech, numbers)),
        listed_lines("title.assumptions", explanation.assumptions, speech),
        listed_lines("title.contradictions", explanation.contradictions, speech),
        listed_lines("title.needs", [item.text for item in explanation.needed], speech),
        listed_lines("title.scope", [explanation.scope] if explanation.scope else [], speech),
        listed_lines("title.remark", [explanation.remark] if explanation.remark else [], speech),
        source_lines(numbers, speech),
        [speech.say("title.legend")],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def next_steps_text(steps: NextSteps) -> str:
    """What to measure next, one numbered line each, ending with a line break."""
    speech = speak("zh" if steps.language == "zh" else "en")
    lines = [speech.say("title.next")]
    if not steps.steps:
        lines.append("  " + steps.sentence)
    for place, step in enumerate(steps.steps, start=1):
        lines.extend((f"  {place}. {step.text}", f"     {step.detail}"))
    return "\n".join(lines) + "\n"


def number_sources(tree: Node) -> dict[NodeSource, int]:
    """Every source of a tree with the number that it is cited by, in the order of reading."""
    found = dict.fromkeys(node.source for node in tree.walk() if node.source)
    return {source: place for place, source in enumerate(found, start=1) if source}


def _headline(explanation: Explanation, tree: Node, speech: Speech, numbers: dict[NodeSource, int]) -> str:
    if tree.source is None or not repeats_headline(tree):
        return explanation.headline
    return f"{explanation.headline}  {citation(tree.source, speech, numbers)}"


def ladder_lines(explanation: Explanation, speech: Speech) -> list[str]:
    """The stages of a verdict, a line each, with how they stand."""
    width = max((cells(rung.label) for rung in explanation.stages), default=0)
    return [
        f"  {STATES[rung.state]} {pad(rung.label, width)}  {rung.formula}".rstrip()
        for rung in explanation.stages
    ]


def tree_lines(tree: Node, speech: Speech, numbers: dict[NodeSource, int]) -> Iterator[str]:
    """A folded tree, a line a node; where the root only repeats the headline, it begins below it."""
    if not repeats_headline(tree):
        yield _line(tree, speech, numbers)
        yield from _below(tree, "", speech, numbers)
        return
    for child in tree.children:
        yield _line(child, speech, numbers)
        yield from _below(child, "", speech, numbers)


def _below(node: Node, indent: str, speech: Speech, numbers: dict[NodeSource, int]) -> Iterator[str]:
    for place, child in enumerate(node.children):
        last = place == len(node.children) - 1
        yield indent + ("└─ " if last else "├─ ") + _line(child, speech, numbers)
        yield from _below(child, indent + ("   " if last else "│  "), speech, numbers)


def _line(node: Node, speech: Speech, numbers: dict[NodeSource, int]) -> str:
    parts = [f"{SIGNS[node.answer]} {node.label}"]
    said = speech.say("next.list_join").join(part for part in (node.text, node.note) if part)
    if said:
        parts.append(said)
    if node.source:
        parts.append(citation(node.source, speech, numbers))
    return "  ".join(parts)


def citation(source: NodeSource, speech: Speech, numbers: dict[NodeSource, int]) -> str:
    """The number of a source in brackets, with its mark where it was not checked."""
    mark = "" if source.status == "checked" else f" {speech.word(source.status)}"
    return f"[{numbers[source]}{mark}]"


def listed_lines(title: str, items: list[str] | tuple[str, ...], speech: Speech) -> list[str]:
    """A title and its items, a line each; nothing where there is no item."""
    return [speech.say(title), *(f"  {speech.outside(item)}" for item in items)] if items else []


def source_lines(numbers: dict[NodeSource, int], speech: Speech) -> list[str]:
    """Every source with its number, under a title; nothing where there is none."""
    if not numbers:
        return []
    join = speech.say("next.list_join")
    lines = [
        f"  [{place}] {join.join((source.citation.rstrip('.'), source.where, speech.word(source.status)))}"
        for source, place in numbers.items()
    ]
    return [speech.say("title.sources"), *lines]


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if wide(character) else 1 for character in text)


def wide(character: str) -> bool:
    """Whether a character takes two columns of a terminal."""
    # Read from the Unicode blocks of Chinese text and full-width signs; unicodedata would be slower and say the same.
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uff60"
        or "\uf900" <= character <= "\ufaff"
    )


def pad(text: str, width: int) -> str:
    """The text, filled with blanks to a width in terminal columns."""
    return text + " " * (width - cells(text))

"""Explanations as one HTML file that opens anywhere: no network, no script, light and dark, screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from myosteon.outputs.explain_fold import fold, repeats_headline
from myosteon.outputs.explain_text import number_sources
from myosteon.outputs.explain_types import Explanation, NextSteps, Node, NodeSource, Rung
from myosteon.outputs.wording.load import Speech, speak

# How many levels of the tree stand open.
LEVELS_OPEN = 2
STYLES = ("tokens.css", "explain.css", "explain_risk.css")
SPRITE = (
    '<svg class="sprite" aria-hidden="true">'
    '<symbol id="s-yes" viewBox="0 0 16 16"><circle fill="currentColor" cx="8" cy="8" r="6"/></symbol>'
    '<symbol id="s-no" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/></symbol>'
    '<symbol id="s-unknown" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/></symbol>'
    '<symbol id="m-checked" viewBox="0 0 12 12">'
    '<path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" stroke-width="1.6"/></symbol>'
    '<symbol id="m-secondary" viewBox="0 0 12 12">'
    '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.3"/>'
    '<path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor"/></symbol>'
    '<symbol id="m-unchecked" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.5" fill="none" '
    'stroke="currentColor" stroke-width="1.3" stroke-dasharray="2 1.5"/></symbol></svg>'
)


def explanation_html(explanations: Sequence[Explanation], steps: NextSteps | None = None) -> str:
    """A page that explains verdicts on one person, and what to measure next where that is given.

    Raises:
        ValueError: there is nothing to explain.
    """
    if not explanations:
        raise ValueError("give at least one explanation")
    first = explanations[0]
    speech = speak("zh" if first.language == "zh" else "en")
    title = speech.say("title.why")
    body = [page_head(first.person_id, title, speech)]
    if steps is not None:
        body.append(next_steps_section(steps))
    body.extend(
        explanation_section(explanation, f"v{place}") for place, explanation in enumerate(explanations, 1)
    )
    return page(title, "\n".join(body), speech)


def page(title: str, body: str, speech: Speech) -> str:
    """A whole page around a body; the person stands in the page, never in its title."""
    language = "zh-Hans" if speech.language == "zh" else "en"
    disclaimer, unchecked = escape(speech.say("title.disclaimer")), escape(speech.say("title.unchecked"))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - Myosteon</title>\n<style>\n{_style()}</style></head>\n<body>\n{SPRITE}\n"
        f'<main class="page">\n{body}\n</main>\n'
        f'<footer class="foot"><p>{unchecked} {disclaimer}</p></footer>\n</body>\n</html>\n'
    )


def page_head(person: str | None, title: str, speech: Speech) -> str:
    """The head of a page: who it is about, and its title."""
    said = speech.say("title.person", person=person) if person else ""
    above = f'<p class="small">{escape(said)}</p>' if said else ""
    return f'<header class="page-head">{above}<h1>{escape(title)}</h1></header>'


def explanation_section(explanation: Explanation, id: str = "v1") -> str:
    """One explanation as a section of a page; `id` begins the ids within it."""
    speech = speak("zh" if explanation.language == "zh" else "en")
    tree = fold(explanation.tree)
    numbers = number_sources(tree)
    drawing = Drawing(speech, numbers, id)
    mark = drawing.mark(tree.source) if repeats_headline(tree) else ""
    parts = [
        f'<h2 id="{id}">{escape(explanation.headline)} {mark}</h2>',
        ladder(explanation, speech),
        drawing.tree(tree),
        facts(explanation, speech),
        drawing.sources(),
    ]
    inner = "\n".join(part for part in parts if part)
    return f'<section class="verdict" aria-labelledby="{id}">\n{inner}\n</section>'


def next_steps_section(steps: NextSteps) -> str:
    """What to measure next as a section of a page."""
    speech = speak("zh" if steps.language == "zh" else "en")
    title = f'<h2 id="next">{escape(speech.say("title.next"))}</h2>'
    if not steps.steps:
        inner = f'<p class="small">{escape(steps.sentence)}</p>'
    else:
        items = "".join(
            f'<li><span class="ord" aria-hidden="true">{place}</span><div><h3>{escape(step.text)}</h3>'
            f'<p class="small">{escape(step.detail)}</p></div></li>'
            for place, step in enumerate(steps.steps, 1)
        )
        inner = f'<ol class="next">{items}</ol>'
    return f'<section class="verdict" aria-labelledby="next">{title}{inner}</section>'


def items_block(title: str, items: Sequence[str], speech: Speech, look: str = "") -> str:
    """A titled list, empty text where there is nothing to list."""
    if not items:
        return ""
    lines = "".join(f"<li>{escape(speech.outside(item))}</li>" for item in items)
    attribute = f' class="{look}"' if look else ""
    return f"<div{attribute}><h3>{escape(speech.say(title))}</h3><ul>{lines}</ul></div>"


def ladder(explanation: Explanation, speech: Speech) -> str:
    """The stages of a verdict as a ladder, with the same in words; empty where there are none."""
    if not explanation.stages:
        return ""
    proved = [rung.label for rung in explanation.stages if rung.state == "proved"]
    upto = [rung.label for rung in explanation.stages if rung.state in ("proved", "open")]
    nothing = speech.say("node.nothing")
    said = speech.say(
        "ladder_said.full", proved=proved[-1] if proved else nothing, upto=upto[-1] if upto else nothing
    )
    rungs = "".join(_rung(rung) for rung in explanation.stages)
    return f'<ol class="ladder" aria-label="{escape(said)}">{rungs}</ol>'


def _rung(rung: Rung) -> str:
    look = f"rung rung-{rung.state}" if rung.state else "rung"
    formula = f"<small>{escape(rung.formula)}</small>" if rung.formula else ""
    return f'<li class="{look}"><b>{escape(rung.label)}</b>{formula}</li>'


def facts(explanation: Explanation, speech: Speech) -> str:
    """What is said beside the tree: contradictions, assumptions, needs, scope, remark."""
    blocks = [
        items_block("title.contradictions", explanation.contradictions, speech, "notice"),
        items_block("title.assumptions", explanation.assumptions, speech),
        items_block("title.needs", [item.text for item in explanation.needed], speech),
        items_block("title.scope", [explanation.scope] if explanation.scope else [], speech),
        items_block("title.remark", [explanation.remark] if explanation.remark else [], speech),
    ]
    inner = "".join(blocks)
    return f'<div class="facts">{inner}</div>' if inner else ""


class Drawing:
    """Draws a tree and its sources in one language, with ids that begin alike."""

    def __init__(self, speech: Speech, numbers: dict[NodeSource, int], id: str) -> None:
        self.speech = speech
        self.numbers = numbers
        self.id = id

    def tree(self, tree: Node) -> str:
        """The tree as nested lists; where the root only repeats the headline, it begins below it."""
        roots = tree.children if repeats_headline(tree) else (tree,)
        return f'<ul class="tree">{"".join(self._item(node, 1) for node in roots)}</ul>'

    def _item(self, node: Node, level: int) -> str:
        if not node.children:
            look = "node leaf-unknown" if node.answer == "unknown" else "node"
            return f"<li>{self._line(node, look)}</li>"
        inner = "".join(self._item(child, level + 1) for child in node.children)
        state = " open" if level <= LEVELS_OPEN else ""
        return f"<li><details{state}><summary>{self._line(node, 'node')}</summary><ul>{inner}</ul></details></li>"

    def _line(self, node: Node, look: str) -> str:
        text = f' <span class="val">{escape(node.text)}</span>' if node.text else ""
        note = f' <span class="note">{escape(node.note)}</span>' if node.note else ""
        return (
            f'<span class="{look}">{self._sign(node)}<span><b>{escape(node.label)}</b>{text}{note}</span>'
            f"{self.mark(node.source)}</span>"
        )

    def _sign(self, node: Node) -> str:
        if node.answer is None:
            return '<span aria-hidden="true"></span>'
        name = escape(self.speech.word(node.answer))
        return (
            f'<svg class="sign sign-{node.answer}" role="img" aria-label="{name}" viewBox="0 0 16 16">'
            f'<use href="#s-{node.answer}"/></svg>'
        )

    def mark(self, source: NodeSource | None) -> str:
        """How far the source of a number was checked, leading to the source."""
        if source is None:
            return ""
        return (
            f'<a class="mark mark-{source.status}" href="#{self.id}-s{self.numbers[source]}">'
            f'<svg aria-hidden="true" viewBox="0 0 12 12"><use href="#m-{source.status}"/></svg>'
            f"{self.numbers[source]} {escape(self.speech.word(source.status))}</a>"
        )

    def sources(self) -> str:
        """Every source once, in the order of reading."""
        if not self.numbers:
            return ""
        join = self.speech.say("next.list_join")
        items = "".join(
            f'<li id="{self.id}-s{place}">{place}. '
            f"{escape(join.join((source.citation.rstrip('.'), source.where, self.speech.word(source.status))))}</li>"
            for source, place in self.numbers.items()
        )
        return (
            f'<div><h3>{escape(self.speech.say("title.sources"))}</h3><ol class="sources">{items}</ol></div>'
        )


@cache
def _style() -> str:
    folder = files("myosteon.outputs") / "html"
    return "".join((folder / name).read_text(encoding="utf-8") for name in STYLES)

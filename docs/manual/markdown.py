"""Markdown that every page of the manual shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from myosteon.evidence.types import Language
from myosteon.outputs.guideline_wording import GuidelineVoice

MADE = {
    "en": "Made by `docs/generate.py`; change what it is made from, then run `make docs`.",
    "zh": "由`docs/generate.py`生成；请修改其来源，再运行`make docs`。",
}


def page(title: str, body: Iterable[str], language: Language = "en") -> str:
    """A page with its title, its body and the statement under every page; it ends with one newline."""
    statement = GuidelineVoice(language).say("page.foot")
    lines = [f"# {title}", "", *body, "", "---", "", f"{statement} {MADE[language]}"]
    return "\n".join(lines) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A pipe table; bars and line breaks inside cells are kept from breaking it."""
    return [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def code(name: str) -> str:
    """A name as code."""
    return f"`{name}`"


def codes(names: Iterable[str]) -> str:
    """Names as code, parted by commas."""
    return ", ".join(map(code, names))


def plain(number: float) -> str:
    """A number without needless decimals."""
    return f"{number:.10g}"

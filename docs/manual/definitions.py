"""One page a definition, in both languages: its numbers in words, its rules as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from manual.markdown import MADE, code, codes, table
from manual.rules import our_rules
from myosteon.assess import Assessor
from myosteon.evidence.types import Language
from myosteon.guidelines import ORDER, installed_guidelines
from myosteon.outputs.guideline_page import guideline_page
from myosteon.outputs.page_markdown import page_as_markdown
from myosteon.outputs.wording.load import label_of
from myosteon.rules.guideline import Guideline

RULES = {"en": "## Rules", "zh": "## 规则"}
HEAD = {"en": ("Column", "Name", "What it says", "Reads"), "zh": ("列名", "名称", "规则原文（英文）", "读取")}


def our_guidelines() -> list[Guideline]:
    """The guidelines of the package itself, in its order; plugins of this machine stay out of the manual."""
    installed = installed_guidelines()
    return [installed[id] for id in ORDER]


def definition_page(guideline: Guideline, assessor: Assessor, language: Language) -> str:
    """Every number of a definition and every rule that belongs to it."""
    made = guideline_page(guideline, assessor, language)
    # The statement comes last, below the rules.
    words = page_as_markdown(replace(made, foot="")).rstrip()
    lines = [words, "", RULES[language], "", *_rules(guideline, assessor, language), "", "---", ""]
    return "\n".join(lines) + f"\n{made.foot} {MADE[language]}\n"


def _rules(guideline: Guideline, assessor: Assessor, language: Language) -> Iterator[str]:
    own = [rule for rule in our_rules(assessor) if rule.definition == guideline.id]
    rows = [
        (code(rule.name), _label(rule.name, guideline, assessor, language), rule.sentence, codes(rule.inputs))
        for rule in own
    ]
    yield from table(HEAD[language], rows)


def _label(column: str, guideline: Guideline, assessor: Assessor, language: Language) -> str:
    return label_of(column, language, assessor.graph, inside=guideline.id)

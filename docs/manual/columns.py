"""The page of columns: everything that an assessment can answer."""

from __future__ import annotations

from collections.abc import Iterator

from manual.markdown import code, codes, page, table
from manual.rules import our_rules
from myosteon.assess import Assessor, make_assessor
from myosteon.guidelines import ORDER, installed_guidelines
from myosteon.logic.rule import Rule
from myosteon.outputs.guideline_wording import LANGUAGES
from myosteon.outputs.wording.load import label_of

KINDS = {
    "yes_no": "yes/no",
    "number": "number",
    "stage": "stage (in order)",
    "category": "category",
    "list": "list of measures",
}
OPENING = (
    "Every column that an assessment adds (`--columns all`, with `--risk --strata`), in the order in which the rules are made. An empty cell is "
    "unknown. A stage has its words from the lowest to the highest. The columns marked * are given by default."
)


def columns_page(assessor: Assessor) -> str:
    """Every output column: kind, unit, levels, sentence, what it reads."""
    return page("Columns", _body(assessor))


def _body(assessor: Assessor) -> Iterator[str]:
    usual = set(make_assessor().outputs("verdicts"))
    rules = our_rules(assessor)
    yield OPENING
    yield from ("", "## Shared by all definitions", "")
    yield from _table([rule for rule in rules if not rule.definition], usual, assessor)
    for id in ORDER:
        yield from ("", f"## {installed_guidelines()[id].evidence.label.en} ({code(id)})", "")
        yield from _table([rule for rule in rules if rule.definition == id], usual, assessor)


def _table(rules: list[Rule], usual: set[str], assessor: Assessor) -> list[str]:
    head = ("Column", "Name", "名称", "Kind", "Unit", "Levels", "What it says", "Reads")
    return table(head, (_row(rule, usual, assessor) for rule in rules))


def _row(rule: Rule, usual: set[str], assessor: Assessor) -> tuple[str, ...]:
    remark = " An assumption, said aloud." if rule.assumption else ""
    return (
        code(rule.name) + ("*" if rule.name in usual else ""),
        *(label_of(rule.name, language, assessor.graph, inside=rule.definition) for language in LANGUAGES),
        KINDS[rule.kind],
        rule.unit,
        codes(rule.levels),
        rule.sentence + remark,
        codes(rule.inputs),
    )

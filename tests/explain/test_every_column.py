"""Every column of the graph can be explained for anybody, and the explanation never disagrees with the columns."""

from __future__ import annotations

import json
from operator import ge, gt, le, lt
from pathlib import Path

import pytest

from explain.people import PEOPLE, Row, assessor, made_up, strangers
from myosteon.errors import ColumnError
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_fold import fold
from myosteon.outputs.explain_html import explanation_html
from myosteon.outputs.explain_json import explanation_json, explanation_table
from myosteon.outputs.explain_text import explanation_text
from myosteon.outputs.explain_types import Explanation, Node
from myosteon.outputs.wording.load import LANGUAGES, speak

GRAPH = assessor().graph
COLUMNS = sorted(GRAPH.rules)
COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}
ANSWERS = {True: "yes", False: "no", None: "unknown"}
SCHEMA = json.loads((Path(__file__).parent / "explain.schema.json").read_text(encoding="utf-8"))
EVERYBODY = (*(made_up(name) for name in PEOPLE), *strangers())


def deepest(node: Node) -> int:
    return 1 + max((deepest(child) for child in node.children), default=0)


def check_leaves(explanation: Explanation) -> None:
    for node in explanation.tree.walk():
        if not node.children:
            assert node.name in GRAPH.measures, f"{explanation.verdict}: the leaf {node.name} is no measure"


def check_answers(row: Row, explanation: Explanation) -> None:
    for node in explanation.tree.walk():
        held = row.get(node.name)
        rule = GRAPH.rules.get(node.name)
        if isinstance(held, bool) or (rule is not None and rule.kind == "yes_no"):
            assert node.answer == ANSWERS[held], node.name  # type: ignore[index]
        elif held is None and not (rule is not None and rule.kind == "list"):
            assert node.answer == "unknown", node.name
        else:
            assert node.answer is None, node.name


def check_limits(explanation: Explanation) -> None:
    """What a line says of a value and its limit holds: the only place where the two are compared is this test."""
    speech = speak("en")
    for node in explanation.tree.walk():
        if node.cutoff is None or node.comparison is None or not isinstance(node.value, int | float):
            continue
        side = COMPARE[node.comparison](node.value, node.cutoff)
        wrong = speech.limit(node.comparison, node.cutoff, node.unit or "", met=not side)
        assert not node.text.endswith(f", {wrong}"), f"{node.name}: {node.text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_explained_for_anybody(language: str) -> None:
    for row in EVERYBODY:
        for column in COLUMNS:
            explanation = explain(row, assessor(), column, language)  # type: ignore[arg-type]
            assert deepest(explanation.tree) < 12, column
            assert explanation.headline
            check_leaves(explanation)
            if language == "en":
                check_answers(row, explanation)
                check_limits(explanation)


def test_a_measure_is_explained_as_itself() -> None:
    explanation = explain(made_up("woman_78_no_mass"), assessor(), "gait_speed_m_s")
    assert explanation.tree.is_measure
    assert explanation.headline == "Gait speed: 0.72 m/s"


def test_an_unknown_column_is_refused_by_name() -> None:
    with pytest.raises(ColumnError, match="sarcopenia_of_mine"):
        explain(made_up("nothing_known"), assessor(), "sarcopenia_of_mine")


def test_results_without_the_column_are_refused() -> None:
    with pytest.raises(ColumnError, match="all columns"):
        explain({"sex": "male"}, assessor(), "sarcopenia_awgs2019")


def test_the_json_has_the_shape_that_the_contract_fixes() -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
    for row in EVERYBODY[:16]:
        for column in COLUMNS[::3]:
            table = explanation_table(explain(row, assessor(), column, "zh"))
            faults = [error.message for error in validator.iter_errors(table)]
            assert not faults, f"{column}: {faults[:3]}"


def test_the_json_is_read_back_as_it_was() -> None:
    explanation = explain(made_up("woman_78_no_mass"), assessor(), "sarcopenia_awgs2019")
    assert json.loads(explanation_json(explanation)) == explanation_table(explanation)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_are_drawn_for_every_column(language: str) -> None:
    for row in EVERYBODY[:12]:
        explanations = [explain(row, assessor(), column, language) for column in COLUMNS[::5]]  # type: ignore[arg-type]
        for explanation in explanations:
            assert explanation_text(explanation).startswith(explanation.headline)
        drawn = explanation_html(explanations)
        assert drawn.count("<section") == drawn.count("</section>") == len(explanations)
        assert drawn.count("<details") == drawn.count("</details>")
        assert "<script" not in drawn
        assert "style=" not in drawn


def test_nothing_that_is_typed_becomes_markup() -> None:
    row = {**made_up("woman_78_no_mass"), "person_id": "<b>&"}
    drawn = explanation_html([explain(row, assessor(), "bmi")])
    assert "<b>&" not in drawn.replace("<b>&lt;", "")
    assert "&lt;b&gt;&amp;" in drawn
    assert "<title>Why - Myosteon</title>" in drawn


def test_folding_says_nothing_twice() -> None:
    for row in EVERYBODY[:12]:
        for column in COLUMNS[::3]:
            tree = fold(explain(row, assessor(), column).tree)
            opened = [node.name for node in tree.walk() if node.children]
            assert len(opened) == len(set(opened)), column

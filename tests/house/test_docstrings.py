"""Every module says what it is for; every public function and class says what it does; every rule is a clinical sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from myosteon.assess import make_assessor

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "myosteon"
FILES = sorted(PACKAGE.rglob("*.py"))
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(nodes: list[ast.stmt]) -> Iterator[Documented]:
    """Public functions and classes, with the public methods of public classes."""
    for node in nodes:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_and_everything_public_in_it_is_documented(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module does not say what it is for"
    silent = [node.name for node in public(tree.body) if not ast.get_docstring(node)]
    assert silent == []


def test_every_rule_is_a_sentence() -> None:
    for rule in make_assessor(care=True).graph.rules.values():
        assert rule.sentence.endswith("."), rule.name
        assert rule.sentence[0].isupper(), rule.name

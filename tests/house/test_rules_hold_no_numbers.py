"""Cut-offs, doses and coefficients live in evidence files, never in a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "src" / "myosteon" / "rules"
# Counting, halving, squaring.
PLAIN = (0, 1, 2, -1)
# Powers of ten that turn a unit or a share into another.
OF_UNITS = (100, 1000)
# How computed values are rounded before they are compared (contract), and what a byte holds; no limit of anything.
NAMED = {"DECIMALS", "MOST_IN_A_BYTE"}


def numbers_in(source: str) -> Iterator[tuple[int, float, str]]:
    """Line, value and the name that it is given (empty for none) of every number that might be a cut-off."""
    tree = ast.parse(source)
    names = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float) and node.value not in PLAIN:
            yield node.lineno, node.value, names.get(id(node), "")


def allowed(value: float, name: str) -> bool:
    """A named rounding, or a power of ten of a conversion."""
    return name in NAMED or value in OF_UNITS


@pytest.mark.parametrize("file", sorted(RULES.rglob("*.py")), ids=lambda file: str(file.relative_to(RULES)))
def test_no_number_in_a_rule_looks_like_a_cut_off(file: Path) -> None:
    found = [
        entry for entry in numbers_in(file.read_text(encoding="utf-8")) if not allowed(entry[1], entry[2])
    ]
    assert found == [], f"{file.name} holds numbers; move them to an evidence file with their source"


def test_a_cut_off_in_a_rule_would_be_noticed() -> None:
    source = "def grip_weak(grip_best_kg):\n    return grip_best_kg < 28\n"
    assert [(line, value) for line, value, name in numbers_in(source) if not allowed(value, name)] == [
        (2, 28)
    ]


def test_a_cut_off_behind_a_name_would_be_noticed() -> None:
    assert [value for _, value, name in numbers_in("LIMIT = 7.26\n") if not allowed(value, name)] == [7.26]

"""Every rule is named in both languages, no name is left over, and every sentence of the explanation is used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from myosteon.assess import make_assessor
from myosteon.outputs.wording.load import LANGUAGES, label_of, rule_words
from myosteon.rules.guideline import Settings

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "myosteon" / "outputs"
GRAPHS = [
    make_assessor(None, Settings(accept_estimated_mass=other, clamp_risk_inputs=other), guidance=True).graph
    for other in (False, True)
]
# Columns that care files make: many have one label, and what they say stands in the files.
MADE_OF_FILES = {
    "named_condition",
    "gate_reason",
    "gate",
    "gate_because",
    "plan_line",
    "plan_line_wanted",
    "review_step",
    "review_finding",
    "interaction",
    "care_needs",
    "recommendation",
    "recommendation_needs",
    "recommendation_out",
}
RULES = [rule for graph in GRAPHS for rule in graph.rules.values()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names that are written alike in both languages.
ALIKE = {"FRAX", "QCT"}


def test_every_rule_has_a_label_in_both_languages() -> None:
    words = rule_words()
    missing = {
        rule.name
        for rule in RULES
        if rule.template not in words["labels"] and rule.name not in words["columns"]
    }
    assert not missing


def test_no_label_is_left_over() -> None:
    words = rule_words()
    templates = {rule.template for rule in RULES}
    assert set(words["labels"]) <= templates
    assert set(words["columns"]) <= {rule.name for rule in RULES}
    assert set(words["alone"]["templates"]) <= templates


def test_labels_tell_columns_apart() -> None:
    """Two columns with one name could not be told apart by who reads them; those of the columns themselves are shown."""
    graph = GRAPHS[0]
    for language in LANGUAGES:
        by_label: dict[str, list[str]] = {}
        for name in (name for name, rule in graph.rules.items() if rule.template not in MADE_OF_FILES):
            by_label.setdefault(label_of(name, language, graph), []).append(name)
        doubled = {label: found for label, found in by_label.items() if len(found) > 1}
        assert not doubled, language


def test_chinese_labels_are_chinese_and_english_ones_are_not() -> None:
    graph = GRAPHS[0]
    for name in graph.rules:
        assert not CHINESE.search(label_of(name, "en", graph)), name
        assert CHINESE.search(label_of(name, "zh", graph)), name


def test_every_level_has_a_word() -> None:
    words = tomllib.loads((PACKAGE / "wording" / "words.toml").read_text(encoding="utf-8"))
    used = {(rule.template, level) for rule in RULES for level in rule.levels}
    for template, level in used:
        assert level in words["levels"] or level in words["levels_of"].get(template, {}), (template, level)
    levels = {level for _, level in used}
    assert set(words["levels"]) <= levels
    for template, found in words["levels_of"].items():
        assert {(template, level) for level in found} <= used


def test_every_unit_of_a_rule_can_be_written() -> None:
    words = tomllib.loads((PACKAGE / "wording" / "words.toml").read_text(encoding="utf-8"))
    assert {rule.unit for rule in RULES if rule.unit} <= set(words["units"])


# Sections whose sentences the code picks by a word of the data, and that word's home.
PICKED = {
    "headline": {"settled", "open", "open_from_nothing", "no_verdict"},
    "standing": {"settled", "open", "open_from_nothing", "no_verdict"},
    "name": {"dxa", "bia", "estimated"},
    "formula": {"strength_low", "mass_low", "performance_low"},
    "node": {"male", "female"},
    "contradiction": {rule.name for rule in RULES if rule.contradiction},
    "next": {"tier_1", "tier_2", "tier_3"},
    "differ": {
        *("strength_low", "mass_low", "performance_low"),
        *("mass_missing", "mass_method", "mass_estimated", "mass_method_unknown", "mass_incomplete"),
    },
}


def test_every_sentence_of_the_explanation_is_used() -> None:
    table = tomllib.loads((PACKAGE / "wording" / "explain.toml").read_text(encoding="utf-8"))
    code = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    said = {f"{section}.{name}" for section, sentences in table.items() for name in sentences}
    picked = {f"{section}.{name}" for section, names in PICKED.items() for name in names}
    assert picked <= said
    assert {key for key in said - picked if f'"{key}"' not in code} == set()


def test_every_contradiction_has_a_sentence() -> None:
    table = tomllib.loads((PACKAGE / "wording" / "explain.toml").read_text(encoding="utf-8"))
    assert set(table["contradiction"]) == PICKED["contradiction"]


@pytest.mark.parametrize("file", ["rules.toml", "words.toml", "explain.toml"])
def test_chinese_is_punctuated_as_chinese(file: str) -> None:
    """Full-width signs in Chinese; a half-width comma or colon between Chinese characters is a slip."""
    text = (PACKAGE / "wording" / file).read_text(encoding="utf-8")
    for chinese in re.findall(r'zh = "([^"]*)"', text):
        assert not re.search(r"[\u4e00-\u9fff][,:;()?]|[,:;()?][\u4e00-\u9fff]", chinese), chinese

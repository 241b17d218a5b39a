"""The pages in `docs` are what `docs/generate.py` makes; a change of a rule, a number or a label has to show there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from myosteon.assess import make_assessor
from myosteon.evidence.load import load_papers
from myosteon.guidelines import ORDER
from myosteon.vocabulary.measures import load_measures

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("definitions/*.md")])
STATEMENTS = (
    "Decision support for clinicians; not a diagnosis by itself.",
    "供医生决策参考，本身不构成诊断。",
)


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "random"},
        check=False,
    )


def test_the_manual_is_current() -> None:
    done = generate("--check")
    assert done.returncode == 0, done.stderr


def test_an_unknown_argument_is_refused() -> None:
    done = generate("--frobnicate")
    assert done.returncode == 2
    assert "--check" in done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_a_title_and_ends_with_the_statement(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert any(statement in text.splitlines()[-1] for statement in STATEMENTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_of_a_page_lead_somewhere_and_its_tables_are_whole(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (page.parent / target).exists(), target
    for table in re.findall(r"(?:^\|.*\|\n)+", text, flags=re.M):
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(bars) == 1, table[:200]


def test_every_measure_column_paper_and_definition_stands_in_the_manual() -> None:
    pages = {
        name: (DOCS / name).read_text(encoding="utf-8")
        for name in ("measures.md", "measures.zh.md", "columns.md")
    }
    sources = (DOCS / "evidence-sources.md").read_text(encoding="utf-8")
    assert all(
        f"| `{name}` |" in pages[page]
        for name in load_measures()
        for page in ("measures.md", "measures.zh.md")
    )
    ours = [
        rule
        for rule in make_assessor().graph.rules.values()
        if not rule.definition or rule.definition in ORDER
    ]
    assert [rule.name for rule in ours if f"| `{rule.name}`" not in pages["columns.md"]] == []
    assert [id for id in load_papers() if f"| `{id}` |" not in sources] == []
    assert {page.name.partition(".")[0] for page in DOCS.glob("definitions/*.md")} == set(ORDER)

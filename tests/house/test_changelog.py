"""Every change tells whom it touches: the fragments of `changelog.d`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myosteon.guidelines import installed_guidelines

FOLDER = Path(__file__).resolve().parents[2] / "changelog.d"
FRAGMENTS = sorted(file for file in FOLDER.glob("*.md") if file.name != "README.md")
NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md")
KINDS = ("added", "changed", "fixed", "removed")
DATES = re.compile(r"none|all|from \d{4}-\d{2}-\d{2}")
EVERYTHING = ("all", "none")


def header_of(text: str) -> tuple[dict[str, str], str]:
    """The lines `key: value` before the first empty line, and the rest."""
    head, _, body = text.partition("\n\n")
    pairs = [line.partition(":") for line in head.splitlines()]
    return {key.strip(): value.strip() for key, _, value in pairs}, body.strip()


def test_there_is_a_fragment() -> None:
    assert FRAGMENTS


@pytest.mark.parametrize("file", FRAGMENTS, ids=lambda file: file.stem)
def test_a_fragment_says_its_kind_the_definitions_and_dates_that_it_affects(file: Path) -> None:
    assert NAME.fullmatch(file.name)
    header, body = header_of(file.read_text(encoding="utf-8"))
    assert list(header) == ["kind", "definitions", "dates"]
    assert header["kind"] in KINDS
    definitions = [name.strip() for name in header["definitions"].split(",")]
    assert definitions[0] in EVERYTHING or set(definitions) <= set(installed_guidelines())
    assert DATES.fullmatch(header["dates"])
    assert (header["definitions"] == "none") == (header["dates"] == "none")
    assert body.endswith(".")

"""The explanation of six made-up people, word for word."""

from __future__ import annotations

import pytest

from explain.golden import FOLDER, VERDICTS, texts

TEXTS = dict(texts())


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_as_it_was(name: str) -> None:
    """To take a change over: python tests/explain/golden.py, then read the difference."""
    assert TEXTS[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_text_too_many() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(TEXTS)
    assert len(TEXTS) == 2 * len(VERDICTS)

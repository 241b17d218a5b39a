"""A choice of many words is searched for faster, and finds what it found."""

from __future__ import annotations

import random
import re

import polars as pl
import pytest

from myosteon.engine.word_search import SEARCHED_AT_ONCE, for_search
from myosteon.evidence.medicines.load import load_medicines
from myosteon.rules.risk.medicine_patterns import beside_a_name, known_anywhere


def test_the_names_of_medicines_are_searched_for_as_words_and_the_same_is_found() -> None:
    words = load_medicines().words
    plain = known_anywhere(words)
    fast = for_search(plain)
    assert fast != plain
    names = [name.removeprefix("^") for name in words.names]
    draw = random.Random(3)
    texts = [" 5 mg;".join(draw.choices([*names, "unheard of", "阿x"], k=4)) for _ in range(300)]
    found = pl.Series(texts).str.replace_all(fast, "✓").to_list()
    assert found == [re.sub(plain, "✓", text) for text in texts]


@pytest.mark.parametrize(
    "pattern", ["a|b", beside_a_name(load_medicines().words), r"\d|" + "|".join("ab" * 400)]
)
def test_few_words_and_true_patterns_stay_as_they_are(pattern: str) -> None:
    assert for_search(pattern) == pattern


def test_a_bar_that_is_a_sign_parts_no_words() -> None:
    word = re.escape("a|b")
    assert for_search("|".join([word] * 299)) == "|".join([word] * 299)
    assert for_search("|".join([word] * 300)).count(word) >= SEARCHED_AT_ONCE

"""Whether a text holds patterns, as Polars says: every pattern that was ever asked for is looked for in a new text at once."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

# Rules hold some dozens of patterns. More come only from data, and are asked for one by one.
MOST_PATTERNS = 512
Pattern = tuple[str, bool]

_asked: dict[Pattern, None] = {}


def contains(text: str, pattern: str, literal: bool) -> bool:
    """Whether a text holds a pattern, or plain text where `literal`."""
    one = (pattern, literal)
    answers = _answers(text)
    if one not in answers:
        if len(_asked) < MOST_PATTERNS:
            _asked[one] = None
        # To start the engine takes far longer than to look for a pattern.
        answers.update(_look(text, [asked for asked in _asked if asked not in answers] or [one]))
        if one not in answers:
            answers.update(_look(text, [one]))
    return answers[one]


@lru_cache(maxsize=4096)
def _answers(text: str) -> dict[Pattern, bool]:
    """What is known of a text so far; filled by `contains`."""
    return {}


def _look(text: str, patterns: list[Pattern]) -> dict[Pattern, bool]:
    column = pl.col("text").str
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    found = frame.select(
        column.contains(pattern, literal=literal).alias(str(place))
        for place, (pattern, literal) in enumerate(patterns)
    )
    return dict(zip(patterns, found.row(0), strict=True))

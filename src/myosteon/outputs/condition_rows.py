"""Rows of statements joined by `and` or `or`: made flat, drawn together where they speak of one fact, told apart from mere words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from myosteon.logic.condition import Atom, Joined, Tree
from myosteon.outputs.condition_who import SEX, who_of

NONE = "none"
# What an age or a count holds of "or" joins nothing.
IDIOMS = re.compile(r"\bor (older|younger|more|less)\b")
IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
JOINTS = re.compile(r"[,;:，；：、或且]| or | and ")


def flat(tree: Joined) -> Iterator[Tree]:
    """The parts of a row, with those of a like row within it."""
    for part in tree.parts:
        if isinstance(part, Joined) and part.by == tree.by and tree.by != "not" and not who_of(part):
            yield from flat(part)
        else:
            yield part


def words_together(parts: Sequence[Tree]) -> Iterator[Tree]:
    """The parts of a row joined by `or`, the words of one fact in one statement."""
    words: dict[str, list[str]] = {}
    for part in parts:
        words.setdefault(_named(part), []).extend(_words_of(part))
    for part in parts:
        if not _words_of(part):
            yield part
        elif found := tuple(dict.fromkeys(words.pop(_named(part), ()))):
            yield Atom(_named(part), "in", found) if len(found) > 1 else part


def _named(part: Tree) -> str:
    return part.name if isinstance(part, Atom) else ""


def _words_of(part: Tree) -> tuple[str, ...]:
    """The words of which a statement says that the fact is one; sex, and that there is none, are said otherwise."""
    if not isinstance(part, Atom) or part.sign not in ("==", "in") or part.name == SEX:
        return ()
    values = part.value if isinstance(part.value, tuple) else (part.value,)
    found = tuple(value for value in values if isinstance(value, str))
    return found if len(found) == len(values) and NONE not in found else ()


def ranges(parts: Sequence[Tree]) -> Iterator[tuple[Any, Any]]:
    """Each part with the other limit of the same number, or None; a pair is given once."""
    left = list(parts)
    while left:
        part = left.pop(0)
        second = next((one for one in left if _are_range(part, one)), None)
        if second is not None:
            left.remove(second)
            low, high = (part, second) if part.sign in (">", ">=") else (second, part)  # type: ignore[union-attr]
            yield low, high
        else:
            yield part, None


def _are_range(first: Tree, second: Tree) -> bool:
    if not (isinstance(first, Atom) and isinstance(second, Atom) and first.name == second.name):
        return False
    signs = {first.sign, second.sign}
    return len(signs & {"<", "<="}) == 1 and len(signs & {">", ">="}) == 1


def is_busy(part: str, by: str) -> bool:
    """Whether a part holds a joint of its own outside brackets, so that a plain joint would be misread."""
    bare = part
    while bare != (bare := IN_BRACKETS.sub("", bare)):
        pass
    return bool(JOINTS.search(IDIOMS.sub("", bare) if by == "and" else bare))

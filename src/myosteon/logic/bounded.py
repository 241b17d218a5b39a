"""Conditions on facts of which bounds are known: what a count is at least and at most, what word is proved and what still possible.

Yes where every value that is still possible says yes, no where every one says no, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from myosteon.logic.condition import Atom, Condition, Joined, Tree

RISING, FALLING = (">", ">="), ("<", "<=")


@dataclass(frozen=True, slots=True)
class BoundedNumber:
    """The facts that say what a count is at least and at most; both are known wherever the count is."""

    at_least: str
    at_most: str


@dataclass(frozen=True, slots=True)
class BoundedWord:
    """The facts that say which word is proved, which is the highest possible, and the word where both agree.

    `words` are all words, the lowest first. `applies` says whom the words are for; of anybody else none is true.
    """

    proved: str
    possible: str
    settled: str
    words: tuple[str, ...]
    applies: str = ""


Bounds = Mapping[str, BoundedNumber | BoundedWord]


def bounded(condition: Condition, bounds: Bounds) -> Condition:
    """The same condition, with the same text, that reads the bounds of every fact that has some."""
    return replace(condition, tree=_bounded(condition.tree, bounds))


def _bounded(tree: Tree, bounds: Bounds) -> Tree:
    if isinstance(tree, Joined):
        return Joined(tree.by, tuple(_bounded(part, bounds) for part in tree.parts))
    of = bounds.get(tree.name)
    if of is None or tree.sign in ("", "known", "unknown"):
        return tree
    if isinstance(of, BoundedNumber):
        return _number(tree, of)
    among = _word(tree, of)
    return Joined("not", (among,)) if tree.sign in ("!=", "not in") else among


def _number(atom: Atom, of: BoundedNumber) -> Tree:
    if atom.sign in (*RISING, *FALLING):
        # Yes where the bound that is farther from the limit is past it; no where the nearer one is not.
        sure, open_ = (of.at_least, of.at_most) if atom.sign in RISING else (of.at_most, of.at_least)
        reached = Joined("and", (Atom(open_, atom.sign, atom.value), atom))
        return Joined("or", (Atom(sure, atom.sign, atom.value), reached))
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    equal = [
        Joined(
            "and",
            (Atom(of.at_least, "<=", value), Atom(of.at_most, ">=", value), Atom(atom.name, "==", value)),
        )
        for value in values
    ]
    among: Tree = equal[0] if len(equal) == 1 else Joined("or", tuple(equal))
    return Joined("not", (among,)) if atom.sign in ("!=", "not in") else among


def _word(atom: Atom, of: BoundedWord) -> Tree:
    wanted = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    inside = [_within(run, of) for run in _runs(of.words, [word in wanted for word in of.words])]
    outside = [_within(run, of) for run in _runs(of.words, [word not in wanted for word in of.words])]
    settled: Tree = Atom(of.settled, "in", tuple(word for word in of.words if word in wanted))
    if outside:
        settled = Joined("and", (Joined("not", (_any(outside),)), settled))
    among = Joined("or", (*inside, settled))
    return Joined("and", (Atom(of.applies), among)) if of.applies else among


def _within(run: tuple[str, ...], of: BoundedWord) -> Tree:
    """Every possible word lies in a run of words. Below the lowest word there is none, whatever is proved."""
    possible = Atom(of.possible, "in", run)
    return possible if run[0] == of.words[0] else Joined("and", (Atom(of.proved, "in", run), possible))


def _runs(words: Sequence[str], kept: Sequence[bool]) -> Iterator[tuple[str, ...]]:
    """The words that are kept, in groups that stand side by side."""
    run: list[str] = []
    for word, keep in zip(words, kept, strict=True):
        if keep:
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _any(trees: Sequence[Tree]) -> Tree:
    return trees[0] if len(trees) == 1 else Joined("or", tuple(trees))

"""A condition over the values of one person: its answer, what decided it, and for what it waits.

The same three answers as `Condition.answer` gives over columns. Values are plain: True, False, a number, a word, or None (unknown).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from myosteon.logic.condition import COMPARE, Atom, Tree

Facts = Mapping[str, Any]
Ways = tuple[frozenset[str], ...]
Answering = Callable[[Facts], "bool | None"]
# Further ways to settle one condition than these are not looked for.
MOST_WAYS = 32


def value(tree: Tree, facts: Facts) -> bool | None:
    """Yes, no or unknown (None); a fact that `facts` lacks is unknown."""
    if isinstance(tree, Atom):
        return _atom(tree, facts.get(tree.name))
    if tree.by == "not":
        inside = value(tree.parts[0], facts)
        return None if inside is None else not inside
    settling = tree.by == "or"
    open_ = False
    for part in tree.parts:
        answer = value(part, facts)
        if answer is settling:
            return settling
        open_ = open_ or answer is None
    return None if open_ else not settling


def _atom(atom: Atom, known: Any) -> bool | None:
    if atom.sign == "known":
        return known is not None
    if atom.sign == "unknown":
        return known is None
    if known is None:
        return None
    if atom.sign == "":
        return bool(known)
    if isinstance(atom.value, tuple):
        return (known in atom.value) is (atom.sign == "in")
    compare: Any = COMPARE[atom.sign]
    return bool(compare(known, atom.value))


def answering(tree: Tree) -> Answering:
    """`value` of one condition as a function of the facts, for conditions that are asked of many people."""
    if isinstance(tree, Atom):
        atom, name = tree, tree.name
        if atom.sign == "":
            return lambda facts: facts.get(name)
        return lambda facts: _atom(atom, facts.get(name))
    parts = tuple(answering(part) for part in tree.parts)
    if tree.by == "not":
        inside = parts[0]
        return lambda facts: None if (answer := inside(facts)) is None else not answer
    return _joined(parts, tree.by == "or")


def _joined(parts: tuple[Answering, ...], settling: bool) -> Answering:
    def answer(facts: Facts) -> bool | None:
        result: bool | None = not settling
        for part in parts:
            found = part(facts)
            if found is settling:
                return settling
            if found is None:
                result = None
        return result

    return answer


def blame(tree: Tree, facts: Facts) -> tuple[Atom, ...]:
    """The statements that made the answer what it is, each once, in their order; none where the answer is unknown.

    Of a false `and` the false parts, of a true `or` the true parts; of a true `and` and a false `or` every part, since each
    was needed; of `not` the inside. Never the whole condition.
    """
    answer = value(tree, facts)
    return () if answer is None else tuple(dict.fromkeys(_blamed(tree, facts, answer)))


def _blamed(tree: Tree, facts: Facts, answer: bool) -> Iterator[Atom]:
    if isinstance(tree, Atom):
        yield tree
        return
    wanted = not answer if tree.by == "not" else answer
    for part in tree.parts:
        if value(part, facts) is wanted:
            yield from _blamed(part, facts, wanted)


def waits_for(tree: Tree, facts: Facts) -> tuple[str, ...]:
    """The unknown facts on which an open condition depends, each once, in their order; none where it is settled."""
    return tuple(dict.fromkeys(_open(tree, facts)[1]))


def _open(tree: Tree, facts: Facts) -> tuple[bool | None, list[str]]:
    """The answer, and what it waits for."""
    if isinstance(tree, Atom):
        answer = _atom(tree, facts.get(tree.name))
        return answer, [tree.name] if answer is None else []
    if tree.by == "not":
        inside, names = _open(tree.parts[0], facts)
        return None if inside is None else not inside, names
    settling = tree.by == "or"
    waiting: list[str] = []
    for part in tree.parts:
        answer, names = _open(part, facts)
        if answer is settling:
            return settling, []
        waiting += names
    return (None, waiting) if waiting else (not settling, [])


def ways_to(tree: Tree, facts: Facts, answer: bool) -> Ways:
    """The smallest sets of unknown facts of which some values would make the condition answer so; one empty set where it does.

    Whether the values of one fact in two statements can both be is not looked at: `age > 65 and age < 50` counts as possible.
    """
    return _ways(tree, facts, answer)[1]


def _ways(tree: Tree, facts: Facts, wanted: bool) -> tuple[bool | None, Ways]:
    """The answer, and the ways to the wanted one."""
    if isinstance(tree, Atom):
        answer = _atom(tree, facts.get(tree.name))
        return answer, (frozenset((tree.name,)),) if answer is None else _settled(answer, wanted)
    if tree.by == "not":
        inside, ways = _ways(tree.parts[0], facts, not wanted)
        return None if inside is None else not inside, ways
    settling = tree.by == "or"
    each: list[Ways] = []
    open_ = False
    for part in tree.parts:
        answer, ways = _ways(part, facts, wanted)
        if answer is settling:
            return settling, _settled(settling, wanted)
        open_ = open_ or answer is None
        each.append(ways)
    if not open_:
        return not settling, _settled(not settling, wanted)
    if wanted is settling:
        return None, smallest(way for ways in each for way in ways)
    return None, smallest(frozenset[str]().union(*chosen) for chosen in product(*each))


def _settled(answer: bool, wanted: bool) -> Ways:
    return (frozenset(),) if answer is wanted else ()


def smallest(sets: Iterable[frozenset[str]]) -> Ways:
    """The sets that hold no other of them, smaller ones first."""
    found: list[frozenset[str]] = []
    different = set(sets)
    if len(different) == 1:
        return tuple(different)
    for one in sorted(different, key=lambda names: (len(names), sorted(names))):
        if not any(other <= one for other in found):
            found.append(one)
    return tuple(found[:MOST_WAYS])

"""On what a settled verdict hangs: for each deciding fact the statement that, turned, would change the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from myosteon.evidence.corpus_types import Corpus
from myosteon.guidance.answer_types import Flip, Verdict, VerdictKind
from myosteon.logic.bounded import BoundedNumber, BoundedWord
from myosteon.logic.condition import Atom
from myosteon.logic.condition_value import Facts, value

# A verdict and its positions (action and direction).
Outcome = tuple[VerdictKind, frozenset[tuple[str, str]]]
# A number is moved this far past a limit.
STEP = 1e-6


def find_flips(
    verdict: Verdict, facts: Facts, corpus: Corpus, judge: Callable[[Facts], Outcome]
) -> tuple[Flip, ...]:
    """The statements about this person that alone would change the verdict if they were otherwise.

    Args:
        verdict: the verdict and what removed the other positions.
        facts: what is known of the person.
        corpus: knows which facts are bounds of another.
        judge: the verdict on the same question, and its positions, with other facts.
    """
    present = judge(facts)
    found: dict[tuple[str, str], Flip] = {}
    for removed in verdict.removed:
        for atom in removed.because:
            name = corpus.meant.get(atom.name, atom.name)
            if (name, atom.sign) in found:
                continue
            for changed, statement in _otherwise(name, atom, facts, corpus):
                outcome = judge({**facts, **changed})
                if outcome != present and outcome[0] != "undetermined":
                    holds = bool(value(statement, changed))
                    now = facts.get(atom.name) if facts.get(name) is None else facts.get(name)
                    found[name, atom.sign] = Flip(name, now, statement, holds, *outcome)
                    break
    return tuple({flip.statement: flip for flip in found.values()}.values())


def _otherwise(
    name: str, atom: Atom, facts: Facts, corpus: Corpus
) -> Iterator[tuple[Mapping[str, Any], Atom]]:
    """Facts that turn a statement, the nearest first, and what they make it say; the bounds of a fact go with it."""
    of = corpus.bounds.get(name)
    if isinstance(of, BoundedWord):
        for word in of.words:
            if word != facts.get(of.settled):
                changed = dict.fromkeys((name, of.proved, of.possible, of.settled), word)
                yield changed, Atom(name, "==", word)
        return
    parts = (of.at_least, of.at_most) if isinstance(of, BoundedNumber) else (atom.name,)
    for other in _other_values(atom, facts.get(atom.name), bool(value(atom, facts))):
        yield dict.fromkeys((name, *parts), other), Atom(name, atom.sign, atom.value)


def _other_values(atom: Atom, now: Any, holds: bool) -> Iterator[Any]:
    if atom.sign == "":
        yield not now
    elif isinstance(atom.value, tuple | str):
        among = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        # Some other word of the fact: which, does not matter to this statement.
        yield from among if holds is (atom.sign in ("not in", "!=")) else ("",)
    elif isinstance(atom.value, int | float):
        near = (atom.value, atom.value - STEP, atom.value + STEP)
        yield from (one for one in near if value(atom, {atom.name: one}) is not holds)

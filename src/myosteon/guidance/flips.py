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
    found: dict[Atom, Flip] = {}
    for removed in verdict.removed:
        for atom in removed.because:
            statement = _about_the_fact_itself(atom, facts, corpus)
            if statement in found:
                continue
            for changed in _otherwise(statement, facts, corpus):
                outcome = judge({**facts, **changed})
                if outcome != present and outcome[0] != "undetermined":
                    holds = value(statement, {**facts, **changed})
                    now = facts.get(statement.name)
                    found[statement] = Flip(statement.name, now, statement, bool(holds), *outcome)
                    break
    return tuple(found.values())


def _about_the_fact_itself(atom: Atom, facts: Facts, corpus: Corpus) -> Atom:
    """A statement about a bound as one about the count or stage itself."""
    name = corpus.meant.get(atom.name)
    if name is None:
        return atom
    if isinstance(corpus.bounds[name], BoundedNumber):
        return Atom(name, atom.sign, atom.value)
    return Atom(name, "==", facts.get(name))


def _otherwise(statement: Atom, facts: Facts, corpus: Corpus) -> Iterator[Mapping[str, Any]]:
    """Facts that turn a statement, the nearest first; the bounds of a fact go with it."""
    of = corpus.bounds.get(statement.name)
    if isinstance(of, BoundedWord):
        for word in of.words:
            if word != facts.get(statement.name):
                yield dict.fromkeys((statement.name, of.proved, of.possible, of.settled), word)
        return
    for other in _other_values(statement, facts.get(statement.name), bool(value(statement, facts))):
        yield {statement.name: other}
        if isinstance(of, BoundedNumber):
            yield dict.fromkeys((statement.name, of.at_least, of.at_most), other)


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

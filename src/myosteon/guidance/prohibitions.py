"""What labels and regulators forbid a person, whatever the verdict: as things are, or once a certain drug is thought of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from myosteon.evidence.corpus_types import Corpus, Record
from myosteon.guidance.answer_types import QuestionAnswer, RecordState
from myosteon.guidance.record_state import state_of
from myosteon.logic.condition import Atom, Tree

# The fact that says which drug is about to be begun.
PLANNED = "planned_drug"


@dataclass(frozen=True, slots=True)
class Prohibition:
    """A hard gate that holds, or that cannot be judged.

    `drugs` are those that it would forbid if they were begun, none where that does not matter. `needs` are the unknown facts
    for which it waits, none where it holds.
    """

    record: Record
    drugs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def prohibitions(corpus: Corpus, answers: Sequence[QuestionAnswer]) -> Iterator[Prohibition]:
    """The hard gates of a corpus that hold for a person, and those that cannot be judged.

    Where it is not known which drug is to be begun, each drug that a gate names is tried: a recommendation that says "begin
    this" must not stand without the label that forbids it, or that nobody could judge.
    """
    gates = {record.id for record in corpus.hard_gates}
    for answer in answers:
        for one in answer.states:
            if one.record.id in gates:
                yield from _of(one)


def _of(one: RecordState) -> Iterator[Prohibition]:
    if one.state == "applies":
        yield Prohibition(one.record)
        return
    named = tuple(dict.fromkeys(_named(one.record.applies.tree)))
    if not named or one.facts.get(PLANNED) is not None:
        if one.state == "cannot_be_judged":
            yield Prohibition(one.record, needs=one.needs())
        return
    tried = {drug: state_of(one.record, {**one.facts, PLANNED: drug}) for drug in named}
    if forbidden := tuple(drug for drug, state in tried.items() if state.state == "applies"):
        yield Prohibition(one.record, forbidden)
    if waiting := tuple(drug for drug, state in tried.items() if state.state == "cannot_be_judged"):
        needs = dict.fromkeys(name for drug in waiting for name in tried[drug].needs())
        yield Prohibition(one.record, waiting, tuple(needs))


def _named(tree: Tree) -> Iterator[str]:
    """The drugs of which a condition asks whether they are about to be begun."""
    if not isinstance(tree, Atom):
        for part in tree.parts:
            yield from _named(part)
    elif tree.name == PLANNED and tree.sign in ("==", "in"):
        values = tree.value if isinstance(tree.value, tuple) else (tree.value,)
        yield from (str(value) for value in values)

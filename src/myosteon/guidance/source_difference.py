"""Where two sources of a corpus agree, contradict each other, or only one of them speaks; question by question, for nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from myosteon.evidence.corpus_types import Corpus, Question, Record, Relations
from myosteon.guidance.disagreement import disagree

Relation = Literal["differ", "agree", "beside", "first_only", "second_only"]
RELATIONS: tuple[Relation, ...] = ("differ", "agree", "beside", "first_only", "second_only")


@dataclass(frozen=True, slots=True)
class OnQuestion:
    """What two sources say to one question.

    `clashes` are the pairs that contradict each other, `narrower` the recommendations of either that ask for more than one of the
    other: doing them does that too. `unchecked` says that the texts that were read do not give this relation by themselves.
    """

    question: Question
    relation: Relation
    first: tuple[Record, ...]
    second: tuple[Record, ...]
    clashes: tuple[tuple[Record, Record], ...] = ()
    narrower: tuple[Record, ...] = ()
    unchecked: bool = False


def compare_sources(corpus: Corpus, first: str, second: str) -> tuple[OnQuestion, ...]:
    """Every question that either source answers, in the order of the corpus.

    A contradiction counts where any two of their recommendations contradict each other. They may still be about different
    people: who that is stands in their conditions.
    """
    found = []
    for id, records in corpus.by_question.items():
        ours = tuple(record for record in records if record.source == first)
        theirs = tuple(record for record in records if record.source == second)
        if ours or theirs:
            found.append(_with_marks(corpus.questions[id], ours, theirs, corpus.relations))
    return tuple(found)


def _with_marks(
    question: Question, first: tuple[Record, ...], second: tuple[Record, ...], relations: Relations
) -> OnQuestion:
    every = _on_question(question, first, second, relations)
    if every.relation not in ("differ", "agree"):
        return every
    read = [tuple(record for record in side if record.verified) for side in (first, second)]
    alone = _on_question(question, read[0], read[1], relations)
    return replace(every, unchecked=alone.relation != every.relation)


def _on_question(
    question: Question, first: tuple[Record, ...], second: tuple[Record, ...], relations: Relations
) -> OnQuestion:
    if not first or not second:
        return OnQuestion(question, "first_only" if first else "second_only", first, second)
    pairs = [(one, other) for one in first for other in second]
    clashes = tuple(pair for pair in pairs if disagree(*pair, question.exclusive, relations))
    same = [pair for pair in pairs if _say_the_same(*pair, relations)]
    narrower = dict.fromkeys(
        one if relations.satisfies(one.action, other.action) else other
        for one, other in same
        if one.action != other.action
    )
    relation: Relation = "differ" if clashes else "agree" if same else "beside"
    return OnQuestion(question, relation, first, second, clashes, tuple(narrower))


def _say_the_same(one: Record, other: Record, relations: Relations) -> bool:
    """Whether two recommendations come to one position, or doing one does the other too."""
    if one.direction != other.direction:
        return False
    if one.action == other.action:
        return True
    either = relations.satisfies(one.action, other.action) or relations.satisfies(other.action, one.action)
    return one.direction == "for" and either

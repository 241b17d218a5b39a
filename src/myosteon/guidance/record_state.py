"""The state of one recommendation for one person; an exclusion wins, and unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable

from myosteon.evidence.corpus_types import WHO, Record
from myosteon.guidance.answer_types import RecordState, State
from myosteon.logic.condition import Atom
from myosteon.logic.condition_value import Facts, blame


def state_of(record: Record, facts: Facts) -> RecordState:
    """The state of a recommendation.

    Excluded where `excluded_when` is true, whatever `applies_when` says; else it does not apply where `applies_when` is
    false; else it cannot be judged where either is unknown; else it applies.
    """
    return RecordState(record, _state(record, facts), facts)


def _state(record: Record, facts: Facts) -> State:
    excluded = record.excludes(facts)
    if excluded:
        return "excluded"
    applies = record.applies_to(facts)
    if applies is False:
        return "does_not_apply"
    return "cannot_be_judged" if applies is None or excluded is None else "applies"


def removed_by_clinical_facts(one: RecordState) -> bool:
    """Whether at least one clinical fact put a recommendation out.

    One that is excluded and would not apply either is out twice: a clinical fact has to be among the reasons each time.
    """
    if one.state == "excluded" and one.record.applies_to(one.facts) is False:
        return _clinical(one.because()) and _clinical(blame(one.record.applies.tree, one.facts))
    return _clinical(one.because())


def all_reasons(one: RecordState) -> tuple[Atom, ...]:
    """Every statement that keeps a recommendation out: of its exclusion, and of its condition where that fails too."""
    if one.state != "excluded":
        return one.because()
    further = blame(one.record.applies.tree, one.facts) if one.record.applies_to(one.facts) is False else ()
    return tuple(dict.fromkeys((*one.because(), *further)))


def _clinical(atoms: Iterable[Atom]) -> bool:
    return any(atom.name not in WHO for atom in atoms)

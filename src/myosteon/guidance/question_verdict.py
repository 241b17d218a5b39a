"""The verdict on each question for one person: on the recommendations that were read, and on all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from myosteon.evidence.corpus_types import CHINESE_MEDICINE, WHO, Corpus, Record
from myosteon.guidance.answer_types import (
    Flip,
    QuestionAnswer,
    RecordState,
    Removed,
    SetAside,
    Verdict,
    WhyNone,
)
from myosteon.guidance.combinations import Settling
from myosteon.guidance.flips import Outcome, find_flips
from myosteon.guidance.question_logic import Judged, QuestionLogic
from myosteon.guidance.record_state import all_reasons, removed_by_clinical_facts, state_of
from myosteon.logic.condition_value import Facts, smallest, ways_to

MOST_WAYS_SHOWN = 6


class Guidance:
    """Asks the corpus about people; made once, used for any number of them.

    Args:
        corpus: the recommendations.
        order: the place of a fact among what is missing, such as that of the vocabulary; unlisted ones come last.
    """

    def __init__(self, corpus: Corpus, order: Mapping[str, int] | None = None) -> None:
        self.corpus = corpus
        self._order = order or {}
        self._all = {id: self._made(id, checked=False) for id in corpus.questions}
        self._verified = {id: self._made(id, checked=True) for id in corpus.questions}

    def _made(self, id: str, *, checked: bool) -> QuestionLogic:
        taking_part = [
            record
            for record in self.corpus.by_question[id]
            if not self.corpus.is_superseded(record) and (record.verified or not checked)
        ]
        return QuestionLogic(self.corpus.questions[id], taking_part, self.corpus.relations)

    def logic(self, id: str) -> QuestionLogic:
        """What judges a question on the recommendations that were read."""
        return self._verified[id]

    def logic_of_all(self, id: str) -> QuestionLogic:
        """What judges a question on all recommendations, unchecked ones among them."""
        return self._all[id]

    def answers(self, facts: Facts, questions: Iterable[str] | None = None) -> tuple[QuestionAnswer, ...]:
        """What guidelines say to each question (all where None) for a person of whom `facts` are known."""
        return tuple(
            self.answer(id, facts) for id in (self.corpus.questions if questions is None else questions)
        )

    def answer(self, id: str, facts: Facts) -> QuestionAnswer:
        """What guidelines say to one question."""
        states = {record.id: state_of(record, facts) for record in self.corpus.by_question[id]}
        records = self.corpus.by_question[id]
        verified = self._verdict(self._verified[id], states, facts, settle=True)
        every_one_read = len(self._all[id].records) == len(self._verified[id].records)
        return QuestionAnswer(
            question=self.corpus.questions[id],
            states=tuple(states.values()),
            verified=verified,
            all_records=verified if every_one_read else self._verdict(self._all[id], states, facts),
            flips=self._flips(id, verified, facts),
            only_chinese_medicine=all(record.topic == CHINESE_MEDICINE for record in records)
            and bool(records),
            superseded=frozenset(record.id for record in records if self.corpus.is_superseded(record)),
        )

    def verdict(self, id: str, facts: Facts) -> Verdict:
        """The verdict on the recommendations that were read, without what is missing or would turn it."""
        logic = self._verified[id]
        states = {record.id: state_of(record, facts) for record in logic.records}
        return self._verdict(logic, states, facts)

    def outcome(self, id: str, facts: Facts) -> Outcome:
        """The verdict on the checked recommendations alone, and its positions."""
        logic = self._verified[id]
        judged = judge(logic, [state_of(record, facts) for record in logic.records])
        return judged.kind, logic.positions(judged.left)

    def _flips(self, id: str, verdict: Verdict, facts: Facts) -> tuple[Flip, ...]:
        if verdict.kind != "resolved_by_facts":
            return ()
        return find_flips(verdict, facts, self.corpus, lambda changed: self.outcome(id, changed))

    def _verdict(
        self, logic: QuestionLogic, states: Mapping[str, RecordState], facts: Facts, *, settle: bool = False
    ) -> Verdict:
        own = [states[record.id] for record in logic.records]
        judged = judge(logic, own)
        kept, satisfied = logic.answers(judged.left, judged.kind == "disputed")
        return Verdict(
            kind=judged.kind,
            answers=kept,
            satisfied=satisfied,
            set_aside=tuple(_set_aside(logic, own)),
            removed=tuple(_removed(own[place]) for place in judged.removed),
            about_others=tuple(_removed(own[place]) for place in judged.about_others),
            undecided=tuple(one.record for one in own if one.state == "cannot_be_judged"),
            needs=() if judged.tried.stays else self._needs(own, judged),
            could_settle=self._could_settle(logic, judged, facts)
            if settle and not judged.tried.stays
            else (),
            why_none=_why_none(own) if judged.kind == "not_applicable" else "",
            deciding_facts=self._deciding(own, judged),
        )

    def _deciding(self, states: Sequence[RecordState], judged: Judged) -> tuple[str, ...]:
        if not judged.removed:
            return ()
        names = {atom.name for place in judged.removed for atom in all_reasons(states[place])} - WHO
        return tuple(sorted({self._meant(name) for name in names}, key=self._place))

    def _meant(self, name: str) -> str:
        """The fact itself, where a name is that of a bound."""
        return self.corpus.meant.get(name, name)

    def _needs(self, states: Sequence[RecordState], judged: Judged) -> tuple[str, ...]:
        names = {self._meant(name) for place in judged.tried.deciding for name in states[place].needs()}
        return tuple(sorted(names, key=self._place))

    def _could_settle(
        self, logic: QuestionLogic, judged: Judged, facts: Facts
    ) -> tuple[tuple[str, ...], ...]:
        ways = (
            frozenset(map(self._meant, way))
            for one in judged.tried.settling
            for way in _ways(logic.records, one, facts)
        )
        found = [tuple(sorted(way, key=self._place)) for way in smallest(ways) if way]
        fewest = min(map(len, found), default=0)
        least = [way for way in found if len(way) == fewest]
        return tuple(sorted(least, key=lambda way: [self._place(name) for name in way])[:MOST_WAYS_SHOWN])

    def _place(self, name: str) -> tuple[int, str]:
        return self._order.get(name, len(self._order)), name


def judge(logic: QuestionLogic, states: Sequence[RecordState]) -> Judged:
    """The verdict from the states of a question's recommendations."""
    applying = undecided = clinical = others = 0
    for place, one in enumerate(states):
        bit = 1 << place
        if one.state == "applies":
            applying |= bit
        elif one.state == "cannot_be_judged":
            undecided |= bit
        elif logic.rivals[place]:
            # Why it is out matters only where its return could bring disagreement.
            if removed_by_clinical_facts(one):
                clinical |= bit
            else:
                others |= bit
    return logic.judge(applying, undecided, clinical, others)


def _set_aside(logic: QuestionLogic, states: Sequence[RecordState]) -> Iterable[SetAside]:
    if not logic.sets_aside:
        return
    applies = [one.state == "applies" for one in states]
    for place, mask in enumerate(logic.specifics):
        for other in range(len(states)):
            if applies[place] and mask >> other & 1 and applies[other]:
                yield SetAside(logic.records[place], logic.records[other])
                break


def _removed(one: RecordState) -> Removed:
    return Removed(one.record, one.state, all_reasons(one))


def _why_none(states: Sequence[RecordState]) -> WhyNone:
    if not states:
        return "none_checked"
    about = [one for one in states if one.record.applies_to(one.facts) is not False]
    return "all_excluded" if about else "about_others"


def _ways(records: Sequence[Record], one: Settling, facts: Facts) -> Iterable[frozenset[str]]:
    """The sets of unknown facts of which some values decide the recommendations as `one` says."""
    each = [ways_to(records[place].holds, facts, True) for place in one.applying]
    each += [ways_to(records[place].holds, facts, False) for place in one.not_applying]
    return (frozenset[str]().union(*chosen) for chosen in product(*each))

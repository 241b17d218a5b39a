"""The verdict on one question from the states of its recommendations alone; each combination of states is judged once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from myosteon.evidence.corpus_types import Direction, Question, Record, Relations
from myosteon.guidance.answer_types import Answer, VerdictKind
from myosteon.guidance.combinations import Tried, try_all
from myosteon.guidance.disagreement import any_disagree, rivals
from myosteon.guidance.thin_out import satisfied_by_others, specifics, thin_out

MARKS = ("V", "V2", "S", "M")
MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict by places of recommendations: those left of the applying, those whose return would bring disagreement."""

    kind: VerdictKind
    left: tuple[int, ...]
    removed: tuple[int, ...]
    about_others: tuple[int, ...]
    tried: Tried


class QuestionLogic:
    """Judges one question; knows its recommendations, superseded ones not among them."""

    def __init__(self, question: Question, records: Sequence[Record], relations: Relations) -> None:
        self.question = question
        self.records = tuple(records)
        self.relations = relations
        self.rivals = rivals(self.records, question.exclusive, relations)
        self.specifics = specifics(self.records, relations)
        self.can_disagree = any(self.rivals)
        self._sources = [record.source for record in self.records]
        self._spoken = sum(1 << i for i, record in enumerate(self.records) if record.direction != "neutral")
        self._strong = sum(1 << i for i, record in enumerate(self.records) if record.strength == "strong")
        self.sets_aside = any(self.specifics)
        self.judge = lru_cache(maxsize=MOST_KEPT)(self._judge)
        self.answers = lru_cache(maxsize=MOST_KEPT)(self._answers)

    def _judge(self, applying: int, undecided: int, clinical: int, others: int) -> Judged:
        """The verdict.

        Args:
            applying: the mask of those that apply.
            undecided: of those that cannot be judged.
            clinical: of those that a clinical fact put out.
            others: of those that are about people of another sex, age or menopause.
        """
        left = thin_out(applying, self.specifics)
        kind = self._kind(applying, clinical)
        tried = Tried(stays=True)
        if undecided:
            places = sorted(_places(undecided), key=lambda place: MARKS.index(self.records[place].mark))
            tried = try_all(applying, places, lambda mask: self._signature(mask, clinical))
            if not tried.stays:
                kind = "undetermined"
        return Judged(
            kind,
            tuple(_places(left)),
            tuple(self._would_disagree(applying, clinical)) if kind == "resolved_by_facts" else (),
            () if kind == "disputed" else tuple(self._would_disagree(applying, others)),
            tried,
        )

    def _kind(self, applying: int, clinical: int) -> VerdictKind:
        left = thin_out(applying, self.specifics)
        if not left:
            return "not_applicable"
        if any_disagree(left, self.rivals):
            return "disputed"
        if any(True for _ in self._would_disagree(applying, clinical)):
            return "resolved_by_facts"
        spoken = left & self._spoken
        sources = {self._sources[place] for place in _places(spoken)}
        return "agreed" if len(sources) >= 2 or spoken & self._strong else "conditional"

    def _would_disagree(self, applying: int, removed: int) -> Iterator[int]:
        """Those of `removed` whose return alone would make the others disagree."""
        if not applying or not self.can_disagree:
            return
        for place in _places(removed):
            if any_disagree(thin_out(applying | 1 << place, self.specifics), self.rivals):
                yield place

    def _signature(self, applying: int, clinical: int) -> Hashable:
        """What has to stay the same for a verdict to be final: its kind and, where only one answer can be right, the answer."""
        kind = self._kind(applying, clinical)
        if not self.question.exclusive or kind in ("disputed", "not_applicable"):
            return kind
        return kind, self.positions(tuple(_places(thin_out(applying, self.specifics))))

    def positions(self, left: Sequence[int]) -> frozenset[tuple[str, str]]:
        """What recommendations that agree come to: each action with its direction, without what a narrower one satisfies."""
        records = [self.records[place] for place in left]
        broader = self.satisfied([record.action for record in records if record.direction == "for"])
        return frozenset(
            (record.action, record.direction)
            for record in records
            if record.direction != "for" or record.action not in broader
        )

    def _answers(
        self, left: tuple[int, ...], disputed: bool
    ) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
        """The positions, and those that a narrower one satisfies; in a dispute every position stands for itself."""
        by_position: dict[tuple[str, Direction], list[Record]] = {}
        for place in left:
            record = self.records[place]
            by_position.setdefault((record.action, record.direction), []).append(record)
        answers = tuple(Answer(*position, tuple(records)) for position, records in by_position.items())
        if disputed:
            return answers, ()
        broader = self.satisfied([answer.action for answer in answers if answer.direction == "for"])
        kept = tuple(a for a in answers if a.direction != "for" or a.action not in broader)
        return kept, tuple(a for a in answers if a not in kept)

    def satisfied(self, actions: Sequence[str]) -> frozenset[str]:
        """The actions that a narrower one among them satisfies."""
        return satisfied_by_others(actions, self.relations)


def _places(mask: int) -> Iterator[int]:
    place = 0
    while mask:
        if mask & 1:
            yield place
        mask >>= 1
        place += 1

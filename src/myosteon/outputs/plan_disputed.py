"""The questions on which guidelines disagree for people: from the states of their recommendations, each combination judged once."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from myosteon.engine.graph import Graph
from myosteon.evidence.corpus_disputes import Dispute, load_disputes
from myosteon.evidence.corpus_types import Corpus, Question, Record, RecordStateName
from myosteon.guidance.question_logic import QuestionLogic
from myosteon.guidance.question_verdict import Guidance
from myosteon.outputs.plan_line_recommendations import told_of
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_rows import Rows, keys
from myosteon.outputs.plan_types import DisputedQuestion, DisputedSide, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

APPLIES: RecordStateName = "applies"
UNDECIDED: RecordStateName = "cannot_be_judged"
MARKS = ("V", "V2", "S", "M")
# What care hangs on stands before what only definitions hang on.
ABOUT = ("care", "definition")
Disputed = tuple[DisputedQuestion, ...]


class Offered:
    """Makes of what is to be done, at a dose on which guidelines disagree, what may be done: no side is taken."""

    def __init__(self, voice: PlanVoice) -> None:
        self._why = voice.say("disputed.offered")
        self._join = voice.say("line.because_join")
        self._made: Memory[PlanLine, PlanLine] = Memory()

    def name(self, lines: Sequence[PlanLine], disputed: Disputed) -> list[PlanLine]:
        """The lines of a person, as `disputed` leaves them."""
        records = {
            one.id
            for question in disputed
            if question.verified and question.about == "care"
            for side in question.sides
            for one in side.said_by
        }
        if not records:
            return list(lines)
        return [self._offered(line) if _is_disputed(line, records) else line for line in lines]

    def _offered(self, line: PlanLine) -> PlanLine:
        made = self._made.get(line)
        if made is None:
            reason = self._join.join(part.rstrip(".。") for part in (line.reason, self._why) if part)
            made = self._made[line] = replace(line, status="offer", reason=reason)
        return made


def _is_disputed(line: PlanLine, records: Container[str]) -> bool:
    """Whether a line orders a dose that one side of a dispute says."""
    if line.status != "do" or not line.dose:
        return False
    return any(one.state == APPLIES and one.id in records for one in line.recommendations)


class DisputedMaker:
    """Finds disputed questions; the same states of recommendations give the same object.

    Args:
        guidance: what answers questions, by one corpus.
        graph: the rules; a question of which a recommendation has no column is left out.
        voice: the language.
    """

    def __init__(self, guidance: Guidance, graph: Graph, voice: PlanVoice) -> None:
        corpus = guidance.corpus
        asked = [
            _Asked(corpus, question, guidance.logic(id), guidance.logic_of_all(id), voice)
            for id, question in corpus.questions.items()
            if guidance.logic_of_all(id).can_disagree
        ]
        self._asked = [one for one in asked if all(column in graph.rules for column in one.columns)]
        self.columns = tuple(dict.fromkeys(column for one in self._asked for column in one.columns))

    def make(self, rows: Rows) -> list[Disputed]:
        """The disputed questions of each row: care before definitions, verified before unchecked."""
        found: list[list[DisputedQuestion]] = [[] for _ in range(rows.height)]
        for one in self._asked:
            for of_person, disputed in zip(found, one.of(rows), strict=True):
                if disputed is not None:
                    of_person.append(disputed)
        return [tuple(sorted(of_person, key=_place)) for of_person in found]


def _place(one: DisputedQuestion) -> tuple[bool, int]:
    return not one.verified, ABOUT.index(one.about)


class _Asked:
    """One question on which guidelines can disagree."""

    def __init__(
        self,
        corpus: Corpus,
        question: Question,
        verified: QuestionLogic,
        every: QuestionLogic,
        voice: PlanVoice,
    ) -> None:
        self._corpus = corpus
        self._question = question
        self._logics = (verified, every)
        self._voice = voice
        self.columns = tuple(record.column for record in every.records)
        self._made: Memory[bytes, tuple[DisputedQuestion | None]] = Memory()

    def of(self, rows: Rows) -> list[DisputedQuestion | None]:
        """Whether it is disputed, of each row."""
        states = [rows.texts(column) for column in self.columns]

        def judge(place: int) -> tuple[DisputedQuestion | None]:
            by_column = {column: text.text(place) for column, text in zip(self.columns, states, strict=True)}
            return (self._judge(by_column),)

        return [one for (one,) in self._made.each(keys([text.codes for text in states]), judge)]

    def _judge(self, states: Mapping[str, str]) -> DisputedQuestion | None:
        for logic, verified in zip(self._logics, (True, False), strict=True):
            left = _disputed(logic, states)
            if left:
                return self._write(logic, left, verified)
        return None

    def _write(self, logic: QuestionLogic, left: tuple[int, ...], verified: bool) -> DisputedQuestion:
        known = load_disputes().get(self._question.id)
        answers, _ = logic.answers(left, True)
        return DisputedQuestion(
            id=self._question.id,
            question=self._voice.text(self._question.label),
            about=known.of if known else "care",
            sides=tuple(
                self._side(answer.action, answer.direction, answer.records)
                for answer in answers
                if answer.direction != "neutral"
            ),
            settled_by=self._settling(known) if known else self._voice.say("disputed.settles_nothing_known"),
            verified=verified,
        )

    def _settling(self, known: Dispute) -> str:
        """What would settle it, and what has to be read with any answer."""
        gap = "" if self._voice.language == "zh" else " "
        texts = (known.settles, known.caution)
        return gap.join(self._voice.text(text) for text in texts if text)

    def _side(self, action: str, direction: str, records: Sequence[Record]) -> DisputedSide:
        best_read = sorted(records, key=lambda record: MARKS.index(record.mark))
        return DisputedSide(
            action=action,
            label=self._voice.text(self._corpus.actions[action]),
            direction=direction,
            statement=self._voice.text(best_read[0].statement),
            said_by=tuple(told_of(record, APPLIES, self._corpus, self._voice) for record in best_read),
        )


def _disputed(logic: QuestionLogic, states: Mapping[str, str]) -> tuple[int, ...]:
    """The recommendations that disagree, by place; none where the question is not disputed whatever is still unknown."""
    if not logic.can_disagree:
        return ()
    applying = undecided = 0
    for place, record in enumerate(logic.records):
        state = states[record.column] or UNDECIDED
        if state == APPLIES:
            applying |= 1 << place
        elif state == UNDECIDED:
            undecided |= 1 << place
    # Why a recommendation is out tells resolved from agreed, never disputed from either.
    judged = logic.judge(applying, undecided, 0, 0)
    return judged.left if judged.kind == "disputed" else ()

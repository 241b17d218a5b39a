"""What guidelines say for one person as JSON, with the field names of the contract and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from myosteon.evidence.corpus_types import Corpus
from myosteon.evidence.types import Language
from myosteon.guidance.answer_types import Flip, QuestionAnswer, RecordState, Removed
from myosteon.guidance.prohibitions import prohibitions
from myosteon.logic.condition import Atom

Needs = Callable[[Iterable[str]], Sequence[str]]


def recommendation_table(
    person_id: str | None,
    answers: Sequence[QuestionAnswer],
    corpus: Corpus,
    language: Language,
    measures: Needs,
    *,
    not_applied: bool = True,
) -> dict[str, Any]:
    """One person as plain values.

    Args:
        person_id: who it is, None where the file does not say.
        answers: the questions.
        corpus: the recommendations.
        language: of labels and statements.
        measures: turns unknown facts into the measurements beneath them, in the order of the vocabulary.
        not_applied: whether recommendations that do not apply and questions that none answers are there too.
    """
    writer = _Writer(corpus, language, measures, not_applied)
    shown = [answer for answer in answers if not_applied or writer.says_something(answer)]
    return {
        "person_id": person_id,
        "questions": [writer.question(answer) for answer in shown],
        "prohibitions": [
            {"id": one.record.id, "if_begun": list(one.drugs), "needs": list(measures(one.needs))}
            for one in prohibitions(corpus, answers)
        ],
    }


class _Writer:
    def __init__(self, corpus: Corpus, language: Language, measures: Needs, not_applied: bool) -> None:
        self._corpus = corpus
        self._language = language
        self._measures = measures
        self._not_applied = not_applied

    def says_something(self, answer: QuestionAnswer) -> bool:
        return {answer.verified.kind, answer.all_records.kind} != {"not_applicable"}

    def question(self, answer: QuestionAnswer) -> dict[str, Any]:
        verdict = answer.verified
        return {
            "question": answer.question.id,
            "label": answer.question.label.in_language(self._language),
            "exclusive": answer.question.exclusive,
            "verdict": verdict.kind,
            "verdict_all_records": answer.all_records.kind,
            "deciding_facts": list(verdict.deciding_facts),
            "needs": list(self._measures(verdict.needs)),
            "could_settle": [list(way) for way in verdict.could_settle],
            "answers": [
                {
                    "action": a.action,
                    "action_label": self._named(a.action),
                    "direction": a.direction,
                    "recommendations": [r.id for r in a.records],
                }
                for a in verdict.answers
            ],
            "removed": [self._removed(one) for one in verdict.removed],
            "about_others": [one.record.id for one in verdict.about_others],
            "set_aside": [
                {"general": one.general.id, "specific": one.specific.id} for one in verdict.set_aside
            ],
            "flips": [_flip(flip) for flip in answer.flips],
            "why_none": verdict.why_none or None,
            "only_chinese_medicine": answer.only_chinese_medicine,
            "recommendations": [
                self._record(one, answer)
                for one in answer.states
                if self._not_applied or one.state in ("applies", "cannot_be_judged")
            ],
        }

    def _removed(self, one: Removed) -> dict[str, Any]:
        return {
            "id": one.record.id,
            "action": one.record.action,
            "state": one.state,
            "exclusion_by": one.record.exclusion_by if one.state == "excluded" else None,
            "because": [
                _statement(Atom(self._meant(atom.name), atom.sign, atom.value)) for atom in one.because
            ],
        }

    def _named(self, action: str) -> str:
        return self._corpus.actions[action].in_language(self._language)

    def _meant(self, name: str) -> str:
        return self._corpus.meant.get(name, name)

    def _record(self, one: RecordState, answer: QuestionAnswer) -> dict[str, Any]:
        record, source = one.record, self._corpus.sources[one.record.source]
        return {
            "id": record.id,
            "action": record.action,
            "action_label": self._named(record.action),
            "direction": record.direction,
            "strength": record.strength,
            "grade": record.grade.in_language(self._language) or None,
            "statement": record.statement.in_language(self._language),
            "dose": record.dose.in_language(self._language) or None,
            "state": one.state,
            "because": list(dict.fromkeys(self._meant(atom.name) for atom in one.because())),
            "needs": list(self._measures(dict.fromkeys(map(self._meant, one.needs())))),
            "mark": record.mark,
            "status": record.status,
            "superseded": record.id in answer.superseded,
            "region": record.region,
            "source": {
                "id": source.id,
                "name": source.name.in_language(self._language),
                "citation": source.citation,
                "year": source.year,
                "where": record.where.in_language(self._language) or None,
            },
        }


def _flip(flip: Flip) -> dict[str, Any]:
    return {
        "fact": flip.name,
        "now": flip.now,
        "statement": _statement(flip.statement),
        "holds": flip.holds,
        "verdict": flip.verdict,
        "answers": [{"action": action, "direction": way} for action, way in sorted(flip.positions)],
    }


def _statement(atom: Atom) -> dict[str, Any]:
    value = list(atom.value) if isinstance(atom.value, tuple) else atom.value
    return {"fact": atom.name, "sign": atom.sign or "is yes", "value": value}

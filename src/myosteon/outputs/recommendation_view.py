"""Puts what guidelines say for one person into words, in the order in which a clinician reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

from myosteon.evidence.corpus_types import Record
from myosteon.evidence.types import STATUSES
from myosteon.guidance.answer_types import VERDICTS, Answer, QuestionAnswer, RecordState, Removed, Verdict
from myosteon.guidance.prohibitions import PLANNED, Prohibition, prohibitions
from myosteon.logic.condition_value import Facts
from myosteon.outputs.recommendation_view_types import (
    NotApplied,
    QuestionSection,
    QuestionView,
    RecommendationView,
    SaidBy,
    Side,
)
from myosteon.outputs.recommendation_voice import RecommendationVoice

SECTIONS = ("disputed", "resolved_by_facts", "agreed", "conditional", "undetermined", "unchecked")
HEADINGS = ("gates", "open_gates", "first", "not_applied", "marks", "not_applicable")
MOST_FIRST = 8
MOST_WAYS_SAID = 3
# What needs no saying where a text speaks of women or of men.
PLAIN = ("sex", "postmenopausal", "past_menopause_or_taken_so")
MARK_ORDER = ("V", "V2", "S", "M")


class RecommendationViewer:
    """Makes views; `region` comes first among sources."""

    def __init__(self, voice: RecommendationVoice, region: str) -> None:
        self._voice = voice
        self._region = region

    def view(
        self,
        person: str,
        answers: Sequence[QuestionAnswer],
        facts: Facts,
        measures: Callable[[Iterable[str]], Sequence[str]],
        *,
        not_applied: bool = False,
    ) -> RecommendationView:
        """The page of one person; `measures` turns unknown facts into the measurements beneath them."""
        say = self._voice.say
        sections = tuple(self._sections(answers, facts))
        left_out = sum(_section_of(answer) == "not_applicable" for answer in answers)
        gates = tuple(prohibitions(self._voice.corpus, answers))
        return RecommendationView(
            language=self._voice.language,
            title=say("title.page"),
            person=person,
            about=self._about(facts),
            lead=self._lead(answers),
            explained=say("lead.asked", sources=len(self._voice.corpus.sources)),
            gates=tuple(self._gate(one) for one in gates if not one.needs),
            open_gates=tuple(self._gate(one) for one in gates if one.needs),
            sections=sections,
            first=tuple(self._first(answers, measures)),
            not_applied=tuple(self._not_applied(answers)) if not_applied else (),
            more=say("line.not_applied_more", count=left_out) if left_out and not not_applied else "",
            headings={key: say(f"section.{key}") for key in HEADINGS},
            marks={status: say(f"mark.{status}_means") for status in STATUSES},
            foot=say("line.foot"),
        )

    def _about(self, facts: Facts) -> str:
        plain = self._voice.plain
        sex = {"female": "woman", "male": "man"}.get(str(facts.get("sex")), "sex_unknown")
        age = facts.get("age_years")
        years = (
            plain.say("title.age_unknown")
            if age is None
            else plain.say("title.years", years=plain.bare("age_years", age, self._voice.graph))
        )
        return plain.say("title.about_join").join((plain.say(f"title.{sex}"), years))

    def _lead(self, answers: Sequence[QuestionAnswer]) -> str:
        say = self._voice.say
        counts = Counter(answer.verified.kind for answer in answers)
        told = [
            say("lead.count", name=say(f"verdict.{kind}"), count=counts[kind])
            for kind in VERDICTS
            if counts[kind]
        ]
        return say("lead.counts", questions=len(answers), list=say("lead.join").join(told))

    def _gate(self, one: Prohibition) -> SaidBy:
        voice = self._voice
        named = (voice.plain.value(PLANNED, drug, voice.graph) for drug in one.drugs)
        drugs = voice.say("line.either").join(named)
        told = [
            voice.say("line.if_begun", drugs=drugs) if drugs else "",
            voice.say("line.not_judged", items=voice.names(one.needs, "line.join")) if one.needs else "",
        ]
        said = voice.plain.outside(voice.say("line.join").join(filter(None, told)))
        return replace(self._said(one.record), drugs=said)

    def _sections(self, answers: Sequence[QuestionAnswer], facts: Facts) -> Iterator[QuestionSection]:
        for id in SECTIONS:
            own = tuple(self._question(answer, facts) for answer in answers if _section_of(answer) == id)
            if own:
                yield QuestionSection(id, self._voice.say(f"section.{id}"), own)

    def _question(self, answer: QuestionAnswer, facts: Facts) -> QuestionView:
        verdict = answer.verified
        more = _more(answer)
        changed = verdict.kind != answer.all_records.kind
        say = self._voice.say
        if changed:
            unchecked = say("line.unchecked_change", verdict=say(f"verdict.{answer.all_records.kind}"))
        else:
            unchecked = say("line.unchecked_more") if more else ""
        return QuestionView(
            id=answer.question.id,
            label=self._voice.text(answer.question.label),
            verdict=say(
                "verdict.unchecked" if _section_of(answer) == "unchecked" else f"verdict.{verdict.kind}"
            ),
            kind=verdict.kind,
            sides=tuple(self._sides(verdict.answers, facts, disputed=verdict.kind == "disputed")),
            notes=tuple(self._notes(answer, facts)),
            unchecked=unchecked,
            unchecked_sides=tuple(self._sides(more, facts, disputed=False)),
        )

    def _sides(self, answers: Sequence[Answer], facts: Facts, *, disputed: bool) -> Iterator[Side]:
        for letter, answer in zip(ascii_uppercase, answers, strict=False):
            rests = [
                atom
                for record in answer.records
                for atom in RecordState(record, "applies", facts).because()
                if atom.name not in PLAIN
            ]
            yield Side(
                tag=self._voice.say(f"direction.{answer.direction}"),
                action=self._voice.action(answer.action),
                direction=answer.direction,
                said_by=tuple(self._said(record) for record in self._ordered(answer.records)),
                title=self._voice.say("line.side", letter=letter) if disputed else "",
                rests=self._voice.say("line.rests", facts=self._voice.facts(rests, facts))
                if disputed and rests
                else "",
            )

    def _ordered(self, records: Iterable[Record]) -> list[Record]:
        """The user's region first, then international texts; within a region the best read first."""

        def place(record: Record) -> tuple[bool, bool, str, int]:
            mine = record.region == self._region
            return not mine, record.region != "INTL", record.region, MARK_ORDER.index(record.mark)

        return sorted(records, key=place)

    def _said(self, record: Record) -> SaidBy:
        voice = self._voice
        year = str(voice.corpus.sources[record.source].year)
        details = [
            voice.region(record.region),
            "" if year in voice.source(record) else year,
            voice.say(f"strength.{record.strength}"),
            voice.text(record.grade),
            voice.text(record.where),
        ]
        return SaidBy(
            id=record.id,
            source=voice.source(record),
            details=voice.say("line.comma").join(dict.fromkeys(part for part in details if part)),
            statement=voice.text(record.statement),
            dose=_unless_said(voice.text(record.dose), voice.text(record.statement)),
            status=record.status,
        )

    def _notes(self, answer: QuestionAnswer, facts: Facts) -> Iterator[str]:
        verdict, say = answer.verified, self._voice.say
        if verdict.kind == "disputed":
            yield say("line.both_sides")
        yield from self._removed(verdict.removed, facts)
        if verdict.kind == "resolved_by_facts":
            yield from self._flips(answer)
        for one in verdict.about_others:
            told = self._voice.facts(one.because, facts)
            yield say("line.others", source=self._voice.source(one.record), facts=told)
        for aside in verdict.set_aside:
            yield say("line.set_aside", source=self._voice.source(aside.general))
        if verdict.satisfied:
            records = [record for one in verdict.satisfied for record in one.records]
            yield say("line.satisfied", sources=self._voice.sources(records))
        yield from self._missing(verdict)
        if answer.only_chinese_medicine:
            yield say("line.only_chinese_medicine")

    def _removed(self, removed: Iterable[Removed], facts: Facts) -> Iterator[str]:
        """What is out and why; several texts that are out for one reason share a sentence."""
        say = self._voice.say
        by_reason: dict[tuple[str, str], list[Record]] = {}
        for one in removed:
            why = f"by_{one.record.exclusion_by}" if one.state == "excluded" else "not_applying"
            by_reason.setdefault((why, self._voice.facts(one.because, facts)), []).append(one.record)
        for (why, told), records in by_reason.items():
            yield say(f"line.removed_{why}", source=self._voice.sources(records), facts=told)
            texts = dict.fromkeys(self._voice.text(record.statement) for record in records)
            yield say("line.it_says", text=(" " if self._voice.language == "en" else "").join(texts))

    def _flips(self, answer: QuestionAnswer) -> Iterator[str]:
        say = self._voice.say
        for flip in answer.flips:
            fact = self._voice.flip(flip)
            if flip.verdict == answer.verified.kind:
                yield say("line.flip_answer", fact=fact)
            else:
                yield say("line.flip", fact=fact, verdict=say(f"verdict.{flip.verdict}"))
        if not answer.flips:
            yield say("line.flip_together")

    def _missing(self, verdict: Verdict) -> Iterator[str]:
        say = self._voice.say
        if verdict.needs:
            yield say("line.needs", items=self._voice.names(verdict.needs, "line.join"))
        fewer = [way for way in verdict.could_settle if set(way) != set(verdict.needs)]
        if fewer:
            ways = say("line.ways").join(self._voice.names(way, "line.and") for way in fewer[:MOST_WAYS_SAID])
            yield say("line.enough", items=ways)

    def _first(
        self, answers: Sequence[QuestionAnswer], measures: Callable[[Iterable[str]], Sequence[str]]
    ) -> Iterator[tuple[str, str]]:
        """The measurements for which most questions wait; which drug is to be begun is a decision, and stands last."""
        say = self._voice.say
        waiting = Counter(name for answer in answers for name in measures(answer.verified.needs))
        planned = waiting.pop(PLANNED, 0)
        for name, count in waiting.most_common(MOST_FIRST):
            said = self._voice.plain.outside(self._voice.name(name))
            yield said, say("line.waiting", count=count) if count > 1 else say("line.waiting_one")
        if planned:
            yield self._voice.plain.outside(self._voice.name(PLANNED)), say("line.decision", count=planned)

    def _not_applied(self, answers: Sequence[QuestionAnswer]) -> Iterator[NotApplied]:
        for answer in answers:
            for one in answer.states:
                superseded = one.record.id in answer.superseded
                if one.state == "applies" and not superseded:
                    continue
                yield NotApplied(
                    question=self._voice.text(answer.question.label),
                    said_by=self._said(one.record),
                    state=self._voice.say("state.superseded" if superseded else f"state.{one.state}"),
                    why=self._why(one),
                )

    def _why(self, one: RecordState) -> str:
        if one.state == "cannot_be_judged":
            return self._voice.say("line.needs", items=self._voice.names(one.needs(), "line.join"))
        return self._voice.facts(one.because(), one.facts)


def _unless_said(dose: str, statement: str) -> str:
    """A dose that the statement does not name already."""
    return "" if dose.replace(" ", "") in statement.replace(" ", "") else dose


def _section_of(answer: QuestionAnswer) -> str:
    kind = answer.verified.kind
    if kind == "not_applicable" and answer.all_records.kind not in ("not_applicable", "undetermined"):
        return "unchecked"
    return kind


def _more(answer: QuestionAnswer) -> list[Answer]:
    """The positions of unchecked texts that no text that was read has."""
    have = {(one.action, one.direction) for one in (*answer.verified.answers, *answer.verified.satisfied)}
    found: list[Answer] = []
    for one in answer.all_records.answers:
        unread: tuple[Any, ...] = tuple(record for record in one.records if not record.verified)
        if (one.action, one.direction) not in have and unread:
            found.append(Answer(one.action, one.direction, unread))
    return found

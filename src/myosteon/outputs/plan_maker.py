"""Turns the columns of care into plans: which lines stand, what keeps others out, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import numpy as np
import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import CareSet, Gate, Line
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.load import load_papers
from myosteon.evidence.review_load import load_review
from myosteon.evidence.review_types import Review
from myosteon.evidence.types import Language
from myosteon.guidance.question_verdict import Guidance
from myosteon.outputs.plan_about import say_about
from myosteon.outputs.plan_contradictions import Contradictions, disputes_among
from myosteon.outputs.plan_disputed import Disputed, DisputedMaker, Offered
from myosteon.outputs.plan_exits import Exits
from myosteon.outputs.plan_gate_maker import ALLOWED, SPECIALIST, GateMaker
from myosteon.outputs.plan_gates import Gates, Judged
from myosteon.outputs.plan_line_maker import LineMaker
from myosteon.outputs.plan_memory import Memory, much_is_kept
from myosteon.outputs.plan_needs import NEEDS, Unknowns
from myosteon.outputs.plan_not_judged import AskedLine, NotJudgedMaker
from myosteon.outputs.plan_order import rank
from myosteon.outputs.plan_review import SafetyReview, where_failed
from myosteon.outputs.plan_rows import FewRows, Rows, TextCodes, WordCodes, rows_of
from myosteon.outputs.plan_settled import Settled, SettledMaker
from myosteon.outputs.plan_specialists import SpecialistLines
from myosteon.outputs.plan_trace import Trace
from myosteon.outputs.plan_types import (
    DrugGate,
    LineSource,
    NotJudged,
    Plan,
    PlanLine,
    ReviewedStep,
    Suppressed,
)
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.outputs.recommendation_voice import RecommendationVoice

PERSON = ("person_id", "visit_date", "sex", "age_years", "height_cm", "weight_kg")
IN_USE = "drug"
PROPOSAL = "myosteon_plan"
# Rows are taken from a frame in parts, so that a large cohort never stands in memory as Python values.
ROWS_AT_ONCE = 5_000


@dataclass(slots=True)
class _Found:
    """What was found for one person; `wanted` are the lines that stand behind the gates of a drug.

    `without_exit` are the drugs that the plan would give without saying how they end, with the gate that now holds them up.
    """

    lines: list[PlanLine] = field(default_factory=list)
    wanted: dict[str, list[PlanLine]] = field(default_factory=dict)
    suppressed: list[Suppressed] = field(default_factory=list)
    without_exit: dict[str, DrugGate] = field(default_factory=dict)


# A person's values of PERSON, the lines, what waits, the gates, the steps of the safety review, the disputed and settled
# questions.
_Person = tuple[
    tuple[object, ...],
    _Found,
    tuple[NotJudged, ...],
    tuple[DrugGate, ...],
    Sequence[ReviewedStep],
    tuple[Disputed | None, Settled | None],
]


class PlanMaker:
    """Makes plans in one language, for one clinic, on one day.

    Args:
        graph: the rules, those of care included.
        sets: the care files that these rules were made from.
        clinic: where the plan is to be carried out.
        as_of: the day from which dates are counted.
        language: `en` or `zh`.
        review: the safety review that these rules were made from; no plan is made without one.
        guidance: answers the questions of a corpus, whose recommendations lines name; None: nothing is said of any.
    """

    def __init__(
        self,
        graph: Graph,
        sets: Sequence[CareSet],
        clinic: Clinic,
        as_of: date,
        language: Language,
        review: Review | None = None,
        guidance: Guidance | None = None,
    ) -> None:
        review = review or load_review()
        self._graph = graph
        self._clinic = clinic
        self._as_of = as_of
        self._voice = PlanVoice(language)
        lines = [line for one in sets for line in one.lines if clinic.offers(line.part)]
        self._asked = [
            AskedLine(line, place, _wanted(line), _wanted(line) + NEEDS) for place, line in enumerate(lines)
        ]
        corpus = guidance.corpus if guidance else None
        self._makers = [LineMaker(line, graph, clinic, self._voice, as_of, corpus) for line in lines]
        self._disputed = DisputedMaker(guidance, graph, self._voice) if guidance else None
        self._settled = (
            SettledMaker(guidance, graph, RecommendationVoice(language, graph, guidance.corpus))
            if guidance
            else None
        )
        self._offered = Offered(self._voice)
        gates: dict[str, list[Gate]] = {}
        for one in sets:
            for gate in one.gates:
                gates.setdefault(gate.drug, []).append(gate)
        makers = [GateMaker(drug, found, graph, self._voice, clinic, review) for drug, found in gates.items()]
        self._review = SafetyReview(review, graph, self._voice)
        self._exits = Exits(review, self._voice)
        listings = [asked.needs for asked in self._asked] + [maker.columns[2] for maker in makers]
        listings += self._review.needs()
        self._unknowns = Unknowns(graph, [fact for name in listings for fact in graph.rules[name].inputs])
        self._gates = {maker.drug: Gates(maker, self._unknowns) for maker in makers}
        self._not_judged = NotJudgedMaker(graph, self._unknowns, self._voice, self._asked)
        self._read = self._columns_told() | self._unknowns.columns
        self._codes = TextCodes()
        self._abouts: Memory[tuple[object, ...], str] = Memory()
        self._contradictions = Contradictions()
        self._specialists = SpecialistLines(self._voice)

    def columns(self) -> tuple[str, ...]:
        """The columns of rules that a frame must have."""
        return tuple(sorted(name for name in self._read if name in self._graph.rules))

    def measures(self) -> tuple[str, ...]:
        """The measures that a frame must have, as far as they were recorded."""
        return tuple(sorted(name for name in self._read if name not in self._graph.rules))

    def _columns_told(self) -> set[str]:
        """What a plan tells, beside what it follows to tell what is unknown."""
        said = {name for maker in self._makers for name in maker.columns}
        answers = {name for asked in self._asked for name in (asked.holds, asked.needs)}
        gates = {name for gate in self._gates.values() for name in gate.maker.columns}
        asked = (*self._disputed.columns, *self._settled.columns) if self._disputed and self._settled else ()
        return {*PERSON, IN_USE, *said, *answers, *gates, *asked, *self._review.columns()}

    def plans(self, frame: pl.DataFrame) -> Iterator[Plan]:
        """The plan of each row of a frame that has `columns` and, where they were recorded, `measures`."""
        words: WordCodes = {}
        for part in frame.iter_slices(ROWS_AT_ONCE):
            yield from self._plans(rows_of(part, self._codes, words))

    def plan(self, row: Mapping[str, object], *, waiting: bool = True) -> Plan:
        """The plan of one person, whose columns are given by name.

        Without `waiting` it does not list what could not be judged (`not_judged` is empty): for who tells only the lines.
        """
        return next(self._plans(FewRows([row], self._codes), waiting=waiting))

    def _plans(self, rows: Rows, *, waiting: bool = True) -> Iterator[Plan]:
        with much_is_kept():
            people = self._people(rows, waiting=waiting)
        for person in people:
            yield self._plan(*person)

    def _people(self, rows: Rows, *, waiting: bool) -> list[_Person]:
        """What the plan of each row is made of."""
        trace = Trace(self._unknowns, rows)
        reviewed = self._review.of(rows, trace, self._unknowns)
        failed = where_failed(reviewed, self._review.ids)
        gates = {drug: gate.of(rows, trace, failed) for drug, gate in self._gates.items()}
        found = self._find(rows)
        for drug, judged in gates.items():
            self._put_behind(drug, judged, found, rows)
        not_judged = self._not_judged.make(rows, trace) if waiting else [()] * rows.height
        disputed = self._disputed.make(rows) if self._disputed else None
        settled = self._settled.make(rows) if self._settled else None
        people = rows.values(PERSON, range(rows.height))
        nothing = [None] * rows.height
        questions = zip(disputed or nothing, settled or nothing, strict=True)
        of_drugs = [[gate for gate, _ in judged] for judged in gates.values()]
        of_people = zip(*of_drugs, strict=True) if of_drugs else [()] * rows.height
        return list(zip(people, found, not_judged, of_people, reviewed, questions, strict=True))

    def _plan(
        self,
        person: tuple[object, ...],
        found: _Found,
        not_judged: tuple[NotJudged, ...],
        gates: tuple[DrugGate, ...],
        reviewed: Sequence[ReviewedStep],
        questions: tuple[Disputed | None, Settled | None],
    ) -> Plan:
        held = found.without_exit
        disputed, settled = questions
        if held:
            gates = tuple(held.get(gate.drug, gate) for gate in gates)
        offered = self._offered.name(self._specialists.join(found.lines), disputed or ())
        lines = self._contradictions.name(sorted(offered, key=rank)) or [self._fallback()]
        name, day, *about = person
        return Plan(
            person_id=None if name is None else str(name),
            visit_date=cast("date | None", day),
            as_of=self._as_of,
            clinic=self._clinic,
            language=self._voice.language,
            about=self._about(tuple(about)),
            lines=tuple(lines),
            disputes=disputes_among(lines),
            not_judged=not_judged,
            gates=gates,
            suppressed=tuple(found.suppressed),
            disputed=disputed,
            settled=settled,
            review=self._exits.told(self._review.with_stops(reviewed, gates), tuple(held)),
        )

    def _find(self, rows: Rows) -> list[_Found]:
        """The lines that stand, of each row; those of drugs aside."""
        found = [_Found() for _ in range(rows.height)]
        for asked, maker in zip(self._asked, self._makers, strict=True):
            places = np.flatnonzero(rows.yes(asked.holds)).tolist()
            if not places:
                continue
            drug, decides = asked.line.drug, maker.recommended.decide
            lines = maker.make_each(rows.values(maker.columns, places))
            if not (drug or decides):
                for place, line in zip(places, lines, strict=True):
                    found[place].lines.append(line)
                continue
            for place, line in zip(places, lines, strict=True):
                of_person = found[place]
                if decides and (kept := maker.recommended.kept_out(line, drug)):
                    of_person.suppressed.append(kept)
                    continue
                into = of_person.wanted.setdefault(drug, []) if drug else of_person.lines
                into.append(line)
        return found

    def _put_behind(self, drug: str, judged: Sequence[Judged], found: Sequence[_Found], rows: Rows) -> None:
        """Lines of an allowed drug stand; for any other drug that is wanted, or in use, one line says why not."""
        maker = self._gates[drug].maker
        in_use = rows.texts(IN_USE).where(drug).tolist()
        for (gate, row), of_person, has_it in zip(judged, found, in_use, strict=True):
            wanted = of_person.wanted.get(drug, ())
            if not (wanted or has_it):
                continue
            if gate.state == ALLOWED and self._exits.lacking(drug, wanted, of_person.lines):
                gate = of_person.without_exit[drug] = maker.held_up(gate, self._exits.title)
            if gate.state == ALLOWED:
                of_person.lines.extend(wanted)
                if not gate.because:
                    continue
            else:
                of_person.suppressed.extend(
                    Suppressed(line.id, drug, line.action, gate.state) for line in wanted
                )
            own = maker.said_by(of_person.lines) if gate.state in (ALLOWED, SPECIALIST) else None
            if own is not None:
                of_person.lines[own] = maker.joined(of_person.lines[own], gate)
                continue
            of_person.lines.append(maker.blocked(gate, wanted, has_it, row))

    def _fallback(self) -> PlanLine:
        """A plan is never empty: where nothing holds, the person is at least seen again."""
        paper, voice = load_papers()[PROPOSAL], self._voice
        return PlanLine(
            id="see_again",
            category="follow_up",
            status="do",
            subject="next_visit",
            heading=voice.subject("next_visit"),
            action=voice.say("fallback.action"),
            sources=(LineSource(paper.id, paper.citation, voice.say("fallback.where"), "unchecked"),),
            reason=voice.say("fallback.reason"),
        )

    def _about(self, values: tuple[object, ...]) -> str:
        said = self._abouts.get(values)
        if said is None:
            said = self._abouts[values] = say_about(values, self._voice, self._graph)
        return said


def _wanted(line: Line) -> str:
    return f"line_{line.id}_wanted" if line.drug else f"line_{line.id}"

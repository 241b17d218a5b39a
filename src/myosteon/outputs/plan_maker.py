"""Turns the columns of care into plans: which lines stand, what keeps others out, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import CareSet, Gate, Line
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.load import load_papers
from myosteon.evidence.types import Language
from myosteon.outputs.plan_about import say_about
from myosteon.outputs.plan_contradictions import Contradictions, disputes_among
from myosteon.outputs.plan_gate_maker import ALLOWED, GateMaker
from myosteon.outputs.plan_line_maker import LineMaker
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import NEEDS, Row, Unknowns
from myosteon.outputs.plan_not_judged import NotJudgedMaker, subject_of
from myosteon.outputs.plan_order import rank
from myosteon.outputs.plan_types import DrugGate, LineSource, Plan, PlanLine, Suppressed
from myosteon.outputs.plan_voice import PlanVoice

PERSON = ("person_id", "visit_date", "sex", "age_years", "height_cm", "weight_kg")
IN_USE = "drug"
PROPOSAL = "myosteon_plan"
# Rows are taken from a frame in parts, so that a large cohort never stands in memory as Python values.
ROWS_AT_ONCE = 5_000
# From so many rows on it is quicker to ask whole columns what is unknown.
ROWS_OF_A_CROWD = 200


@dataclass(slots=True)
class _Found:
    """What was found for one person."""

    lines: list[PlanLine] = field(default_factory=list)
    waiting: list[tuple[Line, str]] = field(default_factory=list)
    wanted: dict[str, list[PlanLine]] = field(default_factory=dict)


class PlanMaker:
    """Makes plans in one language, for one clinic, on one day.

    Args:
        graph: the rules, those of care included.
        sets: the care files that these rules were made from.
        clinic: where the plan is to be carried out.
        as_of: the day from which dates are counted.
        language: `en` or `zh`.
    """

    def __init__(
        self, graph: Graph, sets: Sequence[CareSet], clinic: Clinic, as_of: date, language: Language
    ) -> None:
        self._graph = graph
        self._clinic = clinic
        self._as_of = as_of
        self._voice = PlanVoice(language)
        self._lines = [
            LineMaker(line, graph, clinic, self._voice, as_of) for one in sets for line in one.lines
        ]
        self._answers = [
            (maker, maker.line, _wanted(maker.line), _needs_of(maker.line)) for maker in self._lines
        ]
        gates: dict[str, list[Gate]] = {}
        for one in sets:
            for gate in one.gates:
                gates.setdefault(gate.drug, []).append(gate)
        self._gates = {drug: GateMaker(drug, found, graph, self._voice) for drug, found in gates.items()}
        waits: dict[str, list[str]] = {}
        for _, line, _, needs in self._answers:
            waits.setdefault(subject_of(line), []).extend(graph.rules[needs].inputs)
        asked = [fact for facts in waits.values() for fact in facts]
        asked += [fact for gate in self._gates.values() for fact in graph.rules[gate.columns[2]].inputs]
        self._unknowns = Unknowns(graph, asked)
        self._not_judged = NotJudgedMaker(graph, self._unknowns, self._voice, waits)
        self._told = self._columns_told()
        self._read = self._told | self._unknowns.columns
        self._abouts: Memory[tuple[object, ...], str] = Memory()
        self._contradictions = Contradictions()

    def columns(self) -> tuple[str, ...]:
        """The columns of rules that a frame must have."""
        return tuple(sorted(name for name in self._read if name in self._graph.rules))

    def measures(self) -> tuple[str, ...]:
        """The measures that a frame must have, as far as they were recorded."""
        return tuple(sorted(name for name in self._read if name not in self._graph.rules))

    def _columns_told(self) -> set[str]:
        """What is looked up by name in a row; of other columns it is only asked whether they are unknown."""
        said = {name for maker in self._lines for name in maker.columns}
        answers = {name for _, _, holds, needs in self._answers for name in (holds, needs)}
        gates = {name for gate in self._gates.values() for name in gate.columns}
        listings = {name for name in self._unknowns.columns if name.endswith(NEEDS)}
        return {*PERSON, IN_USE, *said, *answers, *gates, *listings}

    def plans(self, frame: pl.DataFrame) -> Iterator[Plan]:
        """The plan of each row of a frame that has `columns` and, where they were recorded, `measures`."""
        for part in frame.iter_slices(ROWS_AT_ONCE):
            if part.height < ROWS_OF_A_CROWD:
                yield from map(self.plan, part.iter_rows(named=True))
                continue
            names = [name for name in part.columns if name in self._told]
            rows = (dict(zip(names, values, strict=True)) for values in part.select(names).rows())
            yield from map(self.plan, rows, self._unknowns.unknown_in(part))

    def plan(self, row: Row, unknown_columns: int | None = None) -> Plan:
        """The plan of one person.

        Args:
            row: the person's columns by name.
            unknown_columns: which of them are unknown, as `Unknowns.unknown_in` tells; else they are looked up.
        """
        if unknown_columns is None:
            unknown_columns = self._unknowns.unknown_of(row)
        unknown = self._unknowns.about(row, unknown_columns)
        gates = {drug: maker.make(row, unknown) for drug, maker in self._gates.items()}
        found = self._find(row)
        suppressed = self._put_behind_gates(found, gates, row)
        lines = self._contradictions.name(sorted(found.lines, key=rank)) or [self._fallback()]
        return Plan(
            person_id=None if row.get("person_id") is None else str(row["person_id"]),
            visit_date=cast("date | None", row.get("visit_date")),
            as_of=self._as_of,
            clinic=self._clinic,
            language=self._voice.language,
            about=self._about(row),
            lines=tuple(lines),
            disputes=disputes_among(lines),
            not_judged=self._not_judged.make(found.waiting, unknown),
            gates=tuple(gates.values()),
            suppressed=suppressed,
        )

    def _find(self, row: Row) -> _Found:
        found = _Found()
        for maker, line, name, needs in self._answers:
            holds = row[name]
            if holds is None:
                found.waiting.append((line, str(row[needs] or "")))
            elif holds and line.drug:
                found.wanted.setdefault(line.drug, []).append(maker.make(row))
            elif holds:
                found.lines.append(maker.make(row))
        return found

    def _put_behind_gates(
        self, found: _Found, gates: Mapping[str, DrugGate], row: Row
    ) -> tuple[Suppressed, ...]:
        """Lines of an allowed drug stand; for any other drug that is wanted, or in use, one line says why not."""
        suppressed: list[Suppressed] = []
        in_use = row.get(IN_USE)
        for drug, gate in gates.items():
            wanted = found.wanted.get(drug, [])
            if gate.state == ALLOWED:
                found.lines.extend(wanted)
            elif wanted or in_use == drug:
                found.lines.append(self._gates[drug].blocked(gate, wanted, in_use == drug, row))
                suppressed.extend(Suppressed(line.id, drug, line.action, gate.state) for line in wanted)
        return tuple(suppressed)

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

    def _about(self, row: Row) -> str:
        key = tuple(row.get(name) for name in PERSON[2:])
        said = self._abouts.get(key)
        if said is None:
            said = self._abouts[key] = say_about(key, self._voice, self._graph)
        return said


def _wanted(line: Line) -> str:
    return f"line_{line.id}_wanted" if line.drug else f"line_{line.id}"


def _needs_of(line: Line) -> str:
    return f"{_wanted(line)}_needs"

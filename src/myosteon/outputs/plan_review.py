"""The safety review of people: each step in its order, what it saw, found and stopped. Every plan goes through it.

A step that breaks down is reported as failed, and the drugs that it guards wait; it never takes the plan with it, and is
never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Final

import numpy as np

from myosteon.engine.graph import Graph
from myosteon.evidence.guidance_types import Interaction, InteractionLevel
from myosteon.evidence.review_gates import INTERACTIONS, say_interaction
from myosteon.evidence.review_types import Review, ReviewFinding, ReviewStep, Severity
from myosteon.evidence.types import Source
from myosteon.outputs.plan_gate_maker import step_column
from myosteon.outputs.plan_line_maker import line_source
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import NEEDS, Unknowns, listed
from myosteon.outputs.plan_rows import Flags, Rows, Texts, keys, packed
from myosteon.outputs.plan_trace import Trace
from myosteon.outputs.plan_types import DrugGate, LineSource, ReviewedStep, ReviewFound
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.vocabulary.measures import load_measures

RAN: Final = "ran"
NOT_JUDGED: Final = "not_judged"
FAILED: Final = "failed"
LEVELS: Mapping[InteractionLevel, Severity] = {
    "contraindicated": "stop",
    "avoid": "warn",
    "check": "order",
    "separate": "order",
}
Values = tuple[object, ...]


class StepReviewer:
    """Reads the columns of one step; the same values give the same object."""

    def __init__(self, step: ReviewStep, review: Review, graph: Graph, voice: PlanVoice) -> None:
        self.step = step
        self._graph = graph
        self._voice = voice
        self._measures = graph.measures - graph.rules.keys()
        self._title = voice.text(step.title)
        self.column, self.needs = step_column(step.id), step_column(step.id) + NEEDS
        self._saw = tuple(dict.fromkeys(fact for seen in step.must_have_seen for fact in seen.facts))
        pairs = review.interactions if step.id == INTERACTIONS else ()
        self._found: dict[str, ReviewFinding | Interaction] = {
            **{f"review_{finding.id}": finding for finding in step.findings},
            **{f"interaction_{pair.id}": pair for pair in pairs},
        }
        told = [name for finding in step.findings for name in _columns_in(finding)]
        read = dict.fromkeys((*self._saw, *self._found, *told))
        self._flags = tuple(name for name in read if _is_yes_no(name, graph))
        self._values = tuple(name for name in read if name not in self._flags)
        self._made: Memory[tuple[bytes, Values], ReviewedStep] = Memory()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column, self.needs, *self._flags, *self._values)

    def failed(self) -> ReviewedStep:
        """That the step broke down."""
        return ReviewedStep(self.step.id, self._title, FAILED)

    def look(self, rows: Rows, trace: Trace, unknowns: Unknowns) -> list[ReviewedStep]:
        """What it saw and found, of each row."""
        state, waits = rows.texts(self.column), rows.texts(self.needs)
        followed = self._to_follow(waits)
        bits = (
            trace.of(followed, followed.codes > 0)
            if followed.known
            else np.zeros((0, rows.height), np.uint64)
        )
        yes, unknown = [rows.yes(name) for name in self._flags], [rows.unknown(name) for name in self._flags]
        alike = keys([state.codes, waits.codes, *bits, *packed([*yes, *unknown], rows.height)])
        told = rows.values(self._values, range(rows.height))

        def make(place: int) -> ReviewedStep:
            measures = unknowns.names(bits[:, place]) if followed.known else ()
            needs = measures or _by_name(waits.text(place))
            values = dict(zip(self._values, told[place], strict=True)) | {
                name: None if open_[place] else bool(holds[place])
                for name, holds, open_ in zip(self._flags, yes, unknown, strict=True)
            }
            return self._safely(state.text(place), needs, values)

        return self._made.each(list(zip(alike, told, strict=True)), make)

    def _to_follow(self, waits: Texts) -> Texts:
        """What it waits for, where that is not measures alone: only computed facts have to be followed to what they rest on."""
        known = {
            code: text
            for code, text in waits.known.items()
            if not all(name in self._measures for name in listed(text))
        }
        if not known:
            return Texts(waits.codes, known)
        where = np.isin(waits.codes, np.array(list(known), dtype=np.uint64))
        return Texts(waits.codes * where, known)

    def _safely(self, state: str, needs: tuple[str, ...], values: Mapping[str, object]) -> ReviewedStep:
        try:
            return self.write(state, needs, values)
        except Exception:
            # Whatever breaks here must not take the plan with it, and must not pass for a step that ran.
            return self.failed()

    def write(self, state: str, needs: tuple[str, ...], values: Mapping[str, object]) -> ReviewedStep:
        """The step for a person with these values; one whose column is not there has failed."""
        if state not in (RAN, NOT_JUDGED):
            return self.failed()
        return ReviewedStep(
            step=self.step.id,
            title=self._title,
            state=RAN if state == RAN else NOT_JUDGED,
            saw=tuple((name, values[name]) for name in self._saw if values[name] is not None),
            needs=needs if state == NOT_JUDGED else (),
            findings=tuple(self._say(one, values) for name, one in self._found.items() if values[name]),
            open=tuple(one.id for name, one in self._found.items() if values[name] is None),
        )

    def _say(self, found: ReviewFinding | Interaction, values: Mapping[str, object]) -> ReviewFound:
        if isinstance(found, Interaction):
            text = self._voice.text(say_interaction(found))
            return ReviewFound(found.id, LEVELS[found.level], text, (), self._sources(found.sources))
        text = self._fill(self._voice.text(found.text), values)
        return ReviewFound(found.id, found.severity, text, found.blocks, self._sources(found.sources))

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        return text.format_map({name: self._bare(name, value) for name, value in values.items()})

    def _bare(self, name: str, value: object) -> str:
        rule = self._graph.rules.get(name)
        if rule is None or rule.kind != "list" or value is None:
            return self._voice.bare(name, value, self._graph)
        # A listing of columns is told by their names, one of medicines as the person's list has them.
        return self._voice.names(listed(str(value)), self._graph)

    def _sources(self, sources: Sequence[Source]) -> tuple[LineSource, ...]:
        return tuple(line_source(source, self._voice.language) for source in sources)


class SafetyReview:
    """All steps, in their order."""

    def __init__(self, review: Review, graph: Graph, voice: PlanVoice) -> None:
        self.steps = [StepReviewer(step, review, graph, voice) for step in review.steps]
        self._joined: Memory[tuple[int, tuple[str, ...]], tuple[ReviewedStep, ReviewedStep]] = Memory()
        self._barred: Memory[tuple[int, ...], tuple[Sequence[DrugGate], dict[str, tuple[str, ...]]]] = (
            Memory()
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The steps in their order."""
        return tuple(step.step.id for step in self.steps)

    def columns(self) -> set[str]:
        """The columns that it reads."""
        return {name for step in self.steps for name in step.columns}

    def needs(self) -> list[str]:
        """The columns that say what steps have not seen."""
        return [step.needs for step in self.steps]

    def of(self, rows: Rows, trace: Trace, unknowns: Unknowns) -> list[tuple[ReviewedStep, ...]]:
        """The steps of each row."""
        return list(zip(*(self._look(step, rows, trace, unknowns) for step in self.steps), strict=True))

    def _look(self, step: StepReviewer, rows: Rows, trace: Trace, unknowns: Unknowns) -> list[ReviewedStep]:
        try:
            return step.look(rows, trace, unknowns)
        except Exception:
            # As above: the step failed for all of these people, and says so.
            return [step.failed()] * rows.height

    def with_stops(
        self, steps: Sequence[ReviewedStep], gates: Sequence[DrugGate]
    ) -> tuple[ReviewedStep, ...]:
        """The steps of one person, each with the drugs that its gates bar."""
        held = [gate for gate in gates if gate.because]
        if not held:
            return tuple(steps)
        # By identity: to compare what the gates say would take longer than to look at them.
        key = tuple(map(id, held))
        known = self._barred.get(key)
        if known is None or any(one is not other for one, other in zip(known[0], held, strict=True)):
            known = self._barred[key] = (held, _by_step(held))
        barred = known[1]
        return tuple([self._stopping(one, barred[one.step]) if one.step in barred else one for one in steps])

    def _stopping(self, one: ReviewedStep, drugs: tuple[str, ...]) -> ReviewedStep:
        key = (id(one), drugs)
        kept = self._joined.get(key)
        # The identity holds only as long as the step itself is kept.
        if kept is None or kept[0] is not one:
            made = ReviewedStep(
                one.step, one.title, one.state, one.saw, one.needs, one.findings, drugs, one.open
            )
            kept = self._joined[key] = (one, made)
        return kept[1]


def _by_step(gates: Sequence[DrugGate]) -> dict[str, tuple[str, ...]]:
    """The drugs that each step bars."""
    barred: dict[str, list[str]] = {}
    for gate in gates:
        for step in dict.fromkeys(reason.step for reason in gate.because):
            barred.setdefault(step, []).append(gate.drug)
    return {step: tuple(drugs) for step, drugs in barred.items()}


def where_failed(reviewed: Sequence[Sequence[ReviewedStep]], steps: Sequence[str]) -> dict[str, Flags]:
    """For each step that failed for anybody, of whom it did."""
    failed = {
        step: np.array([of_person[place].state == FAILED for of_person in reviewed], dtype=np.bool_)
        for place, step in enumerate(steps)
    }
    return {step: flags for step, flags in failed.items() if flags.any()}


@lru_cache(maxsize=4096)
def _by_name(text: str) -> tuple[str, ...]:
    """The names of a listing, measures in the order of the vocabulary."""
    names, places = listed(text), _places()
    return tuple(sorted(names, key=lambda name: places.get(name, len(places))))


@lru_cache(maxsize=1)
def _places() -> Mapping[str, int]:
    return {name: place for place, name in enumerate(load_measures())}


def _is_yes_no(name: str, graph: Graph) -> bool:
    rule, measure = graph.rules.get(name), load_measures().get(name)
    return rule.kind == "yes_no" if rule else measure is not None and measure.type == "bool"


def _columns_in(finding: ReviewFinding) -> list[str]:
    texts = (finding.text.en, finding.text.zh)
    return [name for text in texts for _, name, _, _ in Formatter().parse(text) if name]

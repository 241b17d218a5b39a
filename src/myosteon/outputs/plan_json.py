"""Plans as JSON with the field names of the contract, and more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from myosteon.outputs.plan_memory import MOST
from myosteon.outputs.plan_types import (
    DisputedQuestion,
    DrugGate,
    GateReason,
    LineRecommendation,
    LineSource,
    NotApplied,
    NotJudged,
    Plan,
    PlanLine,
    ReviewedStep,
    ReviewFound,
    SettledQuestion,
    Suppressed,
)

Thing = TypeVar("Thing", PlanLine, NotJudged, DrugGate, ReviewedStep, DisputedQuestion, SettledQuestion)


class PlanWriter:
    """Writes plans as JSON in UTF-8, one a line.

    Plans of one maker share their lines, so each line is turned into text once.
    """

    def __init__(self, *, suppressed: bool = False) -> None:
        self._suppressed = suppressed
        # Texts by the identity of what they say, which holds as long as that is kept too; to compare what they say would
        # take as long as to write it.
        self._texts: dict[int, bytes] = {}
        self._things: list[object] = []

    def write(self, plan: Plan) -> bytes:
        """The plan as one line of JSON, without a line's end."""
        parts = [
            _text(plan_head(plan))[:-1],
            b', "lines": [',
            self._once_each(plan.lines, line_table),
            b'], "not_judged": [',
            self._once_each(plan.not_judged, not_judged_table),
            b'], "gates": [',
            self._once_each(plan.gates, gate_table),
            b'], "review": [',
            self._once_each(plan.review, review_table),
            b'], "disputed": ',
            b"null"
            if plan.disputed is None
            else b"[" + self._once_each(plan.disputed, disputed_table) + b"]",
            b', "settled": ',
            b"null" if plan.settled is None else b"[" + self._once_each(plan.settled, settled_table) + b"]",
        ]
        if plan.not_applied is not None:
            parts += [b', "not_applied": ', _text([not_applied_table(one) for one in plan.not_applied])]
        if self._suppressed:
            parts += [b', "suppressed": ', _text([suppressed_table(one) for one in plan.suppressed])]
        parts.append(b"}")
        return b"".join(parts)

    def _once_each(self, things: Sequence[Thing], table: Callable[[Thing], Mapping[str, Any]]) -> bytes:
        texts = list(map(self._texts.get, map(id, things)))
        if None in texts:
            return b", ".join(
                [text or self._once(thing, table) for thing, text in zip(things, texts, strict=True)]
            )
        return b", ".join(cast("list[bytes]", texts))

    def _once(self, thing: Thing, table: Callable[[Thing], Mapping[str, Any]]) -> bytes:
        text = self._texts.get(id(thing))
        if text is None:
            if len(self._texts) >= MOST:
                self._texts.clear()
                self._things.clear()
            self._things.append(thing)
            text = self._texts[id(thing)] = _text(table(thing))
        return text


def plan_table(plan: Plan, *, suppressed: bool = False) -> dict[str, Any]:
    """The plan as plain values."""
    table = {
        **plan_head(plan),
        "lines": [line_table(line) for line in plan.lines],
        "not_judged": [not_judged_table(one) for one in plan.not_judged],
        "gates": [gate_table(gate) for gate in plan.gates],
        "review": [review_table(step) for step in plan.review],
        "disputed": None if plan.disputed is None else [disputed_table(one) for one in plan.disputed],
        "settled": None if plan.settled is None else [settled_table(one) for one in plan.settled],
    }
    if plan.not_applied is not None:
        table["not_applied"] = [not_applied_table(one) for one in plan.not_applied]
    if suppressed:
        table["suppressed"] = [suppressed_table(one) for one in plan.suppressed]
    return table


def plan_head(plan: Plan) -> dict[str, Any]:
    """Who the plan is for, when and where; and what contradicts what."""
    return {
        "person_id": plan.person_id,
        "as_of": plan.as_of.isoformat(),
        "visit_date": plan.visit_date.isoformat() if plan.visit_date else None,
        "tier": plan.clinic.tier.id,
        "language": plan.language,
        "disputes": [list(group) for group in plan.disputes],
    }


def line_table(line: PlanLine) -> dict[str, Any]:
    """One line; what it has nothing to say of is null."""
    return {
        "id": line.id,
        "category": line.category,
        "status": line.status,
        "subject": line.subject,
        "action": line.action,
        "dose": line.dose or None,
        "due": line.due.isoformat() if line.due else None,
        "reason": line.reason or None,
        "sources": [source_table(source) for source in line.sources],
        "stop_rule": line.stop_rule or None,
        "conflicts_with": list(line.conflicts_with),
        "urgency": line.urgency,
        "needs": list(line.needs),
        "recommendations": [recommendation_table(one) for one in line.recommendations],
    }


def recommendation_table(one: LineRecommendation) -> dict[str, Any]:
    """A recommendation behind a line."""
    return {"id": one.id, "state": one.state, "source": one.source}


def disputed_table(one: DisputedQuestion) -> dict[str, Any]:
    """A question on which guidelines disagree for the person, with both sides."""
    return {
        "question": one.id,
        "label": one.question,
        "about": one.about,
        "verified": one.verified,
        "sides": [
            {
                "action": side.action,
                "action_label": side.label,
                "direction": side.direction,
                "statement": side.statement,
                "recommendations": [{"id": said.id, "source": said.source} for said in side.said_by],
            }
            for side in one.sides
        ],
        "settled_by": one.settled_by,
    }


def settled_table(one: SettledQuestion) -> dict[str, Any]:
    """A question that facts of the person settled: what is left, what they took out, and which facts they were."""
    return {
        "question": one.id,
        "label": one.question,
        "about": one.about,
        "answers": [
            {
                "action": answer.action,
                "action_label": answer.label,
                "direction": answer.direction,
                "recommendations": [{"id": said.id, "source": said.source} for said in answer.said_by],
            }
            for answer in one.answers
        ],
        "removed": [recommendation_table(said) for said in one.removed],
        "because": one.because,
        "deciding_facts": list(one.deciding_facts),
        "caution": one.caution or None,
    }


def not_applied_table(one: NotApplied) -> dict[str, Any]:
    """A recommendation that was not applied, and why."""
    return {
        **recommendation_table(one.recommendation),
        "question": one.question,
        "because": one.because or None,
        "needs": list(one.needs),
    }


def source_table(source: LineSource) -> dict[str, Any]:
    """One source."""
    return {
        "id": source.id,
        "citation": source.citation,
        "where": source.where,
        "status": source.status,
    }


def not_judged_table(one: NotJudged) -> dict[str, Any]:
    """What was not judged, why, and what it needs."""
    return {"subject": one.subject, "why": one.why, "needs": list(one.needs), "lines": list(one.lines)}


def gate_table(gate: DrugGate) -> dict[str, Any]:
    """What stands before one drug."""
    return {
        "drug": gate.drug,
        "state": gate.state,
        "because": [_reason(reason) for reason in gate.because],
        "needs": list(gate.needs),
        "warnings": [_reason(reason) for reason in gate.warnings],
    }


def review_table(step: ReviewedStep) -> dict[str, Any]:
    """A step of the safety review: whether it ran, what it saw by name and value, what it lacks, found and bars."""
    return {
        "step": step.step,
        "title": step.title,
        "ran": step.ran,
        "broke_down": step.state == "failed",
        "saw": [{"name": name, "value": value} for name, value in step.saw],
        "needs": list(step.needs),
        "findings": [_finding(one) for one in step.findings],
        "stops": list(step.stops),
        "open": list(step.open),
    }


def _finding(found: ReviewFound) -> dict[str, Any]:
    return {
        "id": found.id,
        "severity": found.severity,
        "text": found.text,
        "blocks": list(found.blocks),
        "sources": [source_table(source) for source in found.sources],
    }


def suppressed_table(one: Suppressed) -> dict[str, Any]:
    """A line that a gate keeps out."""
    return {
        "id": one.id,
        "drug": one.drug or None,
        "action": one.action,
        "state": one.state,
        "reason": one.reason or None,
    }


def _reason(reason: GateReason) -> dict[str, Any]:
    return {
        "id": reason.id,
        "kind": reason.kind,
        "note": reason.note,
        "region": reason.region or None,
        "source": source_table(reason.source),
    }


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _text(value: object) -> bytes:
    return _ENCODER.encode(value).encode()

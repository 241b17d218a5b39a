"""Plans as JSON with the field names of the contract, and more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_types import (
    DrugGate,
    GateReason,
    LineSource,
    NotJudged,
    Plan,
    PlanLine,
    Suppressed,
)


class PlanWriter:
    """Writes plans as JSON, one a line.

    Plans of one maker share their lines, so each line is turned into text once.
    """

    def __init__(self, *, suppressed: bool = False) -> None:
        self._suppressed = suppressed
        self._known: Memory[int, tuple[object, str]] = Memory()

    def write(self, plan: Plan) -> str:
        """The plan as one line of JSON, without a line's end."""
        head = _text(plan_head(plan))[:-1]
        parts = [
            head,
            f', "lines": [{", ".join(self._once(line, line_table) for line in plan.lines)}]',
            f', "not_judged": [{", ".join(self._once(one, not_judged_table) for one in plan.not_judged)}]',
            f', "gates": [{", ".join(self._once(gate, gate_table) for gate in plan.gates)}]',
        ]
        if self._suppressed:
            parts.append(f', "suppressed": {_text([suppressed_table(one) for one in plan.suppressed])}')
        return "".join([*parts, "}"])

    def _once(self, thing: Any, table: Callable[[Any], Mapping[str, Any]]) -> str:
        # Known by identity, which holds as long as the thing is kept beside its text; to compare texts would take as long
        # as to write them.
        known = self._known.get(id(thing))
        if known is None:
            known = self._known[id(thing)] = (thing, _text(table(thing)))
        return known[1]


def plan_table(plan: Plan, *, suppressed: bool = False) -> dict[str, Any]:
    """The plan as plain values."""
    table = {
        **plan_head(plan),
        "lines": [line_table(line) for line in plan.lines],
        "not_judged": [not_judged_table(one) for one in plan.not_judged],
        "gates": [gate_table(gate) for gate in plan.gates],
    }
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


def suppressed_table(one: Suppressed) -> dict[str, Any]:
    """A line that a gate keeps out."""
    return {"id": one.id, "drug": one.drug, "action": one.action, "state": one.state}


def _reason(reason: GateReason) -> dict[str, Any]:
    return {
        "id": reason.id,
        "kind": reason.kind,
        "note": reason.note,
        "region": reason.region or None,
        "source": source_table(reason.source),
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

"""An explanation as JSON: the fields of the contract, and more beside them."""

from __future__ import annotations

import json
from typing import Any

from myosteon.outputs.explain_types import Explanation, LimitShown, Needed, NextSteps, Node, NodeSource, Way

Table = dict[str, Any]


def explanation_json(explanation: Explanation) -> str:
    """The explanation as JSON text, ending with a line break."""
    return json.dumps(explanation_table(explanation), ensure_ascii=False, indent=1) + "\n"


def explanation_table(explanation: Explanation) -> Table:
    """The explanation as plain objects, with the contract's field names; unknown is null."""
    return {
        "person_id": explanation.person_id,
        "verdict": explanation.verdict,
        "value": _value(explanation.value),
        "upto": explanation.upto,
        "language": explanation.language,
        "label": explanation.label,
        "headline": explanation.headline,
        "stages": [
            {"stage": rung.stage, "label": rung.label, "formula": rung.formula, "state": rung.state}
            for rung in explanation.stages
        ],
        "needs": list(explanation.needs),
        "needed": [_needed(item) for item in explanation.needed],
        "assumptions": list(explanation.assumptions),
        "contradictions": list(explanation.contradictions),
        "scope": explanation.scope,
        "remark": explanation.remark,
        "tree": node_table(explanation.tree),
    }


def node_table(node: Node) -> Table:
    """One node and all below it."""
    return {
        "name": node.name,
        "label": node.label,
        "value": _value(node.value),
        "answer": node.answer,
        "text": node.text,
        "judges": node.judges or None,
        "comparison": node.comparison,
        "cutoff": node.cutoff,
        "unit": node.unit,
        "limits": [_limit(limit) for limit in node.limits],
        "note": node.note,
        "source": source_table(node.source),
        "children": [node_table(child) for child in node.children],
    }


def next_steps_table(steps: NextSteps) -> Table:
    """What to measure next as plain objects."""
    return {
        "language": steps.language,
        "sentence": steps.sentence,
        "steps": [
            {
                "measure": way_table(step.way),
                "instead": [way_table(way) for way in step.instead],
                "definitions": list(step.definitions),
                "tier": step.tier,
                "text": step.text,
                "detail": step.detail,
            }
            for step in steps.steps
        ],
    }


def way_table(way: Way) -> Table:
    """One way to measure as plain objects."""
    return {"measures": list(way.measures), "methods": list(way.methods), "label": way.label}


def _needed(item: Needed) -> Table:
    return {"text": item.text, "any_one_of": [way_table(way) for way in item.ways]}


def _limit(limit: LimitShown) -> Table:
    return {
        "comparison": limit.comparison,
        "cutoff": limit.cutoff,
        "unit": limit.unit,
        "who": limit.who,
        "method": limit.method or None,
    }


def source_table(source: NodeSource | None) -> Table | None:
    """Where a number stands as plain objects."""
    if source is None:
        return None
    return {
        "id": source.id,
        "citation": source.citation,
        "where": source.where,
        "status": source.status,
        "doi": source.doi or None,
    }


def _value(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value

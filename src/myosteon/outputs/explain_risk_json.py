"""The explanation of a risk as JSON: the fields of any explanation, and beside them the risk's own."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.outputs.explain_json import Table, explanation_table, source_table
from myosteon.outputs.explain_risk_types import (
    Answer,
    Band,
    Contribution,
    RiskExplanation,
    RiskPart,
    Waterfall,
    WhatIf,
)


def risk_explanation_table(explained: RiskExplanation) -> Table:
    """The explanation as plain objects; unknown is null. Nodes that add to the figure carry what they add."""
    table = explanation_table(explained.explanation)
    fall = explained.risk.waterfall
    if fall is not None:
        _Amounts(fall).write_on(table["tree"])
    return {
        **table,
        "risk": _risk(explained.risk),
        "what_if": [_what_if(one) for one in explained.risk.what_if],
    }


@dataclass(frozen=True, slots=True)
class _Amounts:
    fall: Waterfall

    def write_on(self, node: Table) -> None:
        """Writes on a node, and on all below it, what they add."""
        step = next((step for step in self.fall.steps if step.column == node["name"]), None)
        if step is not None:
            node["contribution"] = step.amount
            node["hazard_ratio"] = step.hazard_ratio
            node["points"] = step.amount if self.fall.scale == "points" else None
            node["source"] = source_table(step.source)
        for child in node["children"]:
            self.write_on(child)


def _risk(part: RiskPart) -> Table:
    return {
        "algorithm": part.algorithm,
        "label": part.label,
        "unit": part.unit or None,
        **_answer(part.answer),
        "refusals": list(part.refusals),
        "notes": [{"title": title, "text": text} for title, text in part.notes],
        "notice": part.notice or None,
        "others": list(part.others),
        "waterfall": None if part.waterfall is None else _waterfall(part.waterfall),
        "bands": [_band(band) for band in part.bands],
        "remarks": list(part.remarks),
    }


def _answer(answer: Answer) -> Table:
    """The figure, its bounds, and the points behind it; `text` says all of it."""
    return {
        "value": answer.value,
        "at_least": answer.low,
        "at_most": answer.high,
        "upto": answer.upto,
        "score": answer.score,
        "score_at_least": answer.score_low,
        "score_at_most": answer.score_high,
        "outside": list(answer.outside),
        "text": answer.text,
    }


def _waterfall(fall: Waterfall) -> Table:
    return {
        "scale": fall.scale,
        "unit": fall.unit,
        "start": {
            "label": fall.start_label,
            "contribution": fall.start_amount,
            "after": fall.start,
            "source": source_table(fall.start_source),
        },
        "steps": [_step(step, fall) for step in fall.steps],
        "end": fall.end,
        "at_least": fall.low,
        "at_most": fall.high,
        "nothing": list(fall.nothing),
        "unknown": list(fall.unknown),
    }


def _step(step: Contribution, fall: Waterfall) -> Table:
    return {
        "name": step.column,
        "input": step.input or None,
        "label": step.label,
        "text": step.value,
        "contribution": step.amount,
        "hazard_ratio": step.hazard_ratio,
        "points": step.amount if fall.scale == "points" else None,
        "before": step.before,
        "after": step.after,
        "source": source_table(step.source),
    }


def _band(band: Band) -> Table:
    return {
        "points": band.points,
        "risk": band.risk,
        "own": band.is_own,
        "source": source_table(band.source),
    }


def _what_if(one: WhatIf) -> Table:
    return {
        "id": one.id,
        "kind": one.kind,
        "measures": list(one.measures),
        "label": one.label,
        "difference": one.difference,
        "options": [
            {"text": option.text, "values": dict(option.values), "answer": _answer(option.answer)}
            for option in one.options
        ],
    }

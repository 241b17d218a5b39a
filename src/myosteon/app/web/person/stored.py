"""A verdict as it is kept: what the page said of one person on one day, as plain objects."""

from __future__ import annotations

from typing import Any

from myosteon.app.web.person.view import MedicalView
from myosteon.outputs.explain_json import explanation_table, next_steps_table


def assessment_content(view: MedicalView) -> dict[str, Any]:
    """What `keep_result(..., ASSESSMENT, ...)` takes: sentences, explanations, next steps, definitions, risks and gates."""
    return {
        "about": view.about,
        "headlines": [view.bone.headline, view.muscle.headline],
        "explanations": [explanation_table(one.explanation) for one in view.trees],
        "next": next_steps_table(view.next),
        "definitions": [
            {
                "definition": row.id,
                "label": row.label,
                "said": row.said,
                "strength": row.strength,
                "mass": row.mass,
                "performance": row.performance,
                "both": row.both,
            }
            for row in view.definitions.rows
        ],
        "risks": [{"column": row.column, "label": row.label, "text": row.text} for row in view.risks],
        "gates": [
            {"state": group.state, "drugs": [drug.name for drug in group.drugs]} for group in view.gates
        ],
        "alarm": [item.action for item in view.alarm.items] if view.alarm else [],
    }

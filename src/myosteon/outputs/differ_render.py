"""Why definitions differ: as plain text, as plain objects and JSON, as a page."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from myosteon.outputs.differ_types import Differences
from myosteon.outputs.explain_html import items_block, page, page_head
from myosteon.outputs.explain_json import way_table
from myosteon.outputs.explain_text import cells, pad
from myosteon.outputs.wording.load import Speech, definition_label, speak


def differences_text(differences: Differences) -> str:
    """The comparison as plain text, ending with a line break."""
    speech = _speech(differences)
    width = max((cells(group.text) for group in differences.groups), default=0)
    blocks = [
        [differences.sentence],
        [
            speech.say("title.groups"),
            *(
                f"  {pad(group.text, width)}  {_names(group.definitions, speech)}"
                for group in differences.groups
            ),
        ],
        _listed("title.causes", [reason.text for reason in differences.reasons], speech),
        _listed("title.together", together_lines(differences), speech),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def together_lines(differences: Differences) -> list[str]:
    """What would settle the open ones; said where nothing would, though they differ."""
    if differences.together:
        return [way.label for way in differences.together]
    return [_speech(differences).say("differ.no_gap")] if len(differences.groups) > 1 else []


def differences_table(differences: Differences) -> dict[str, Any]:
    """The comparison as plain objects."""
    return {
        "person_id": differences.person_id,
        "language": differences.language,
        "sentence": differences.sentence,
        "groups": [
            {"value": g.value, "upto": g.upto, "text": g.text, "definitions": list(g.definitions)}
            for g in differences.groups
        ],
        "reasons": [
            {"cause": r.cause, "text": r.text, "columns": list(r.columns), "definitions": list(r.definitions)}
            for r in differences.reasons
        ],
        "together": [way_table(way) for way in differences.together],
    }


def differences_json(differences: Differences) -> str:
    """The comparison as JSON text, ending with a line break."""
    return json.dumps(differences_table(differences), ensure_ascii=False, indent=1) + "\n"


def differences_html(differences: Differences) -> str:
    """The comparison as a page of its own."""
    speech = _speech(differences)
    title = speech.say("title.differences")
    body = f"{page_head(differences.person_id, title, speech)}\n{differences_section(differences)}"
    return page(title, body, speech)


def differences_section(differences: Differences) -> str:
    """The comparison as a section of a page."""
    speech = _speech(differences)
    rows = "".join(
        f'<tr><th scope="row">{escape(speech.outside(group.text))}</th>'
        f"<td>{escape(_names(group.definitions, speech))}</td></tr>"
        for group in differences.groups
    )
    caption = escape(speech.say("title.groups"))
    parts = [
        f'<h2 id="differ">{escape(differences.sentence)}</h2>',
        f'<div><h3>{caption}</h3><table class="groups"><tbody>{rows}</tbody></table></div>',
        items_block("title.causes", [reason.text for reason in differences.reasons], speech, "reasons"),
        items_block("title.together", together_lines(differences), speech),
    ]
    return f'<section class="verdict" aria-labelledby="differ">{"".join(parts)}</section>'


def _speech(differences: Differences) -> Speech:
    return speak("zh" if differences.language == "zh" else "en")


def _names(definitions: tuple[str, ...], speech: Speech) -> str:
    return speech.list([definition_label(id, speech.language) for id in definitions])


def _listed(title: str, items: list[str], speech: Speech) -> list[str]:
    return [speech.say(title), *(f"  {speech.outside(item)}" for item in items)] if items else []

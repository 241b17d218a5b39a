"""Explanations of risks as one HTML file that opens anywhere: no network, no script, light and dark, screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from myosteon.outputs.explain_fold import fold
from myosteon.outputs.explain_html import Drawing, facts, items_block, ladder, page, page_head
from myosteon.outputs.explain_risk_bars import sentences_beneath
from myosteon.outputs.explain_risk_drawing import PATTERN, waterfall_drawing
from myosteon.outputs.explain_risk_text import answers_text, label_of_what_if
from myosteon.outputs.explain_risk_types import RiskExplanation, RiskPart, Waterfall, WhatIf
from myosteon.outputs.wording.load import Speech, speak

# A longer table of what-ifs is folded away.
MOST_ROWS_OPEN = 10


def risk_explanation_html(explanations: Sequence[RiskExplanation]) -> str:
    """A page that explains risks of one person.

    Raises:
        ValueError: there is nothing to explain.
    """
    if not explanations:
        raise ValueError("give at least one explanation")
    first = explanations[0].explanation
    speech = speak("zh" if first.language == "zh" else "en")
    title = speech.say("risk_title.page")
    sections = [_section(explained, f"r{place}", speech) for place, explained in enumerate(explanations, 1)]
    body = "\n".join([PATTERN, page_head(first.person_id, title, speech), *sections])
    return page(title, body, speech)


def _section(explained: RiskExplanation, id: str, speech: Speech) -> str:
    plain, part = explained.explanation, explained.risk
    tree = fold(plain.tree)
    drawing = Drawing(speech, explained.sources(tree), id)
    parts = [
        f'<h2 id="{id}">{escape(plain.headline)}</h2>',
        ladder(plain, speech),
        items_block("risk_title.refused", part.refusals, speech, "notice"),
        _about(part, speech),
        _waterfall(part.waterfall, drawing, speech),
        f"<div>{drawing.tree(tree)}</div>" if part.tells_tree else "",
        _bands(part, drawing, speech),
        f'<div class="facts">{items_block("risk_title.others", part.others, speech)}</div>'
        if part.others
        else "",
        _tried("risk_title.changes", part.changes, part, speech),
        _tried("risk_title.unknowns", part.unknowns, part, speech),
        facts(replace(plain, needed=explained.further_needs), speech),
        drawing.sources(),
    ]
    inner = "\n".join(one for one in parts if one)
    return f'<section class="verdict" aria-labelledby="{id}">\n{inner}\n</section>'


def _about(part: RiskPart, speech: Speech) -> str:
    rows = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in part.notes)
    if not rows:
        return ""
    notice = (
        f'<h3>{escape(speech.say("risk_title.notice"))}</h3><p class="licence">{escape(part.notice)}</p>'
        if part.notice
        else ""
    )
    return (
        f'<div class="about"><h3>{escape(speech.say("risk_title.about"))}</h3><dl>{rows}</dl>{notice}</div>'
    )


def _waterfall(fall: Waterfall | None, drawing: Drawing, speech: Speech) -> str:
    if fall is None:
        return ""
    sources = {step.source for step in fall.steps} | {fall.start_source}
    marks: dict[object, str] = {source: drawing.mark(source) for source in sources if source}
    beneath = "".join(f'<p class="small">{escape(line)}</p>' for line in sentences_beneath(fall, speech))
    title = escape(speech.say("risk_title.how"))
    return f"<div><h3>{title}</h3>{waterfall_drawing(fall, marks, speech)}{beneath}</div>"


def _bands(part: RiskPart, drawing: Drawing, speech: Speech) -> str:
    if not part.bands:
        return ""
    own = f' <span class="own">← {escape(speech.say("risk_bands.own"))}</span>'
    rows = "".join(
        f'<tr{" class=own-row" if band.is_own else ""}><th scope="row">{escape(band.points)}</th>'
        f"<td>{escape(band.risk)} {drawing.mark(band.source)}{own if band.is_own else ''}</td></tr>"
        for band in part.bands
    )
    return (
        f'<div><h3>{escape(part.bands_title)}</h3><table class="groups"><tbody>{rows}</tbody></table></div>'
    )


def _tried(title: str, tried: Sequence[WhatIf], part: RiskPart, speech: Speech) -> str:
    if not tried:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(label_of_what_if(one, speech))}</th>'
        f"<td>{escape(answers_text(one, speech))}</td></tr>"
        for one in tried
    )
    said = tried[0].kind == "change" or not part.changes
    remarks = "".join(f'<p class="small">{escape(remark)}</p>' for remark in part.remarks) if said else ""
    table = f'<table class="groups"><tbody>{rows}</tbody></table>'
    heading = f"<h3>{escape(speech.say(title))}</h3>"
    if len(tried) <= MOST_ROWS_OPEN:
        return f"<div>{heading}{remarks}{table}</div>"
    return f'<details class="many"><summary>{heading} ({len(tried)})</summary>{remarks}{table}</details>'

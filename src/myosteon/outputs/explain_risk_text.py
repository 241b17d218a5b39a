"""The explanation of a risk as plain text: the figure, whom it is for, a waterfall of characters, what changing one thing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myosteon.outputs.explain_fold import fold
from myosteon.outputs.explain_risk_bars import Bar, bars, sentences_beneath, top_of
from myosteon.outputs.explain_risk_types import RiskExplanation, RiskPart, Waterfall, WhatIf
from myosteon.outputs.explain_text import citation, ladder_lines, listed_lines, source_lines, tree_lines
from myosteon.outputs.explain_types import NodeSource
from myosteon.outputs.text_width import pad, width, wrap
from myosteon.outputs.wording.load import Speech, speak

LINE = 100
LABELS, BAR_CELLS = 42, 20
FILLS = {"total": "█", "raises": "█", "lowers": "▒", "open": "?"}
SIGNS = {"total": " ", "raises": "▲", "lowers": "▼", "open": "◌"}


def risk_explanation_text(explained: RiskExplanation) -> str:
    """The whole explanation, ending with a line break."""
    plain, part = explained.explanation, explained.risk
    speech = speak("zh" if plain.language == "zh" else "en")
    tree = fold(plain.tree)
    numbers = explained.sources(tree)
    needs = [item.text for item in explained.further_needs]
    blocks = [
        wrap(plain.headline, LINE),
        ladder_lines(plain, speech),
        listed_lines("risk_title.refused", part.refusals, speech),
        _about(part, speech),
        _wrapped_list("risk_title.notice", [part.notice] if part.notice else [], speech),
        _waterfall(part.waterfall, speech, numbers),
        list(tree_lines(tree, speech, numbers)) if part.tells_tree else [],
        _bands(part, speech, numbers),
        listed_lines("risk_title.others", part.others, speech),
        _tried("risk_title.changes", part.changes, part, speech),
        _tried("risk_title.unknowns", part.unknowns, part, speech),
        _wrapped_list("title.assumptions", plain.assumptions, speech),
        _wrapped_list("title.contradictions", plain.contradictions, speech),
        listed_lines("title.needs", needs, speech),
        _wrapped_list("title.remark", [plain.remark] if plain.remark else [], speech),
        source_lines(numbers, speech),
        [speech.say("title.legend")] if part.tells_tree else [],
        [speech.say("title.disclaimer")],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _wrapped_list(title: str, items: Sequence[str], speech: Speech) -> list[str]:
    lines = [f"  {line}" for item in items for line in wrap(speech.outside(item), LINE - 2)]
    return [speech.say(title), *lines] if lines else []


def _about(part: RiskPart, speech: Speech) -> list[str]:
    heads = max((width(title) for title, _ in part.notes), default=0) + 2
    lines = [speech.say("risk_title.about")] if part.notes else []
    for title, text in part.notes:
        for place, line in enumerate(wrap(text, LINE - heads - 2)):
            lines.append("  " + pad(title if place == 0 else "", heads) + line)
    return lines


# --- the waterfall ------------------------------------------------------------------------------------------


def _waterfall(fall: Waterfall | None, speech: Speech, numbers: dict[NodeSource, int]) -> list[str]:
    if fall is None:
        return []
    rows = bars(fall, speech)
    lines = [speech.say("risk_title.how"), *_rows(rows, speech, numbers), ""]
    for sentence in sentences_beneath(fall, speech):
        lines.extend("  " + line for line in wrap(sentence, LINE - 2))
    return lines if lines[-1] else lines[:-1]


def _rows(rows: tuple[Bar, ...], speech: Speech, numbers: dict[NodeSource, int]) -> Iterator[str]:
    top = top_of(rows)
    ratios, changes, sums = (max(width(text) for text in column) for column in _columns(rows))
    cited: NodeSource | None = None
    for bar in rows:
        *above, label = wrap(bar.label, LABELS)
        for line in above:
            yield f"  {SIGNS[bar.look] if line is above[0] else ' '} {line}"
        sign = " " if above else SIGNS[bar.look]
        cells = (
            pad(label, LABELS),
            pad(bar.ratio, ratios),
            _right(bar.change, changes),
            _right(bar.after, sums),
        )
        # A source is cited where it begins to hold, not again on every line below.
        mark = f" {citation(bar.source, speech, numbers)}" if bar.source and bar.source != cited else ""
        cited = bar.source or cited
        yield f"  {sign} {'  '.join(cells)}  {_drawn(bar, top)}".rstrip() + mark


def _columns(rows: tuple[Bar, ...]) -> tuple[list[str], list[str], list[str]]:
    return [bar.ratio for bar in rows], [bar.change for bar in rows], [bar.after for bar in rows]


def _right(text: str, cells: int) -> str:
    return " " * (cells - width(text)) + text


def _drawn(bar: Bar, top: float) -> str:
    """A bar of characters on a scale from nought to the top; a step that is too small for a cell still gets one."""
    begin, end = (round(BAR_CELLS * value / top) for value in (bar.low, bar.high))
    begin = min(begin, BAR_CELLS - 1) if end == begin else begin
    length = max(end - begin, 1) if bar.high > bar.low else 0
    return "│" + " " * begin + FILLS[bar.look] * length


# --- bands and what-ifs -------------------------------------------------------------------------------------


def _bands(part: RiskPart, speech: Speech, numbers: dict[NodeSource, int]) -> list[str]:
    lines = [part.bands_title] if part.bands else []
    for band in part.bands:
        own = f"  ← {speech.say('risk_bands.own')}" if band.is_own else ""
        row = speech.say("risk_bands.row", points=band.points, risk=band.risk)
        lines.append(f"  {row}  {citation(band.source, speech, numbers)}{own}")
    return lines


def _tried(title: str, tried: Sequence[WhatIf], part: RiskPart, speech: Speech) -> list[str]:
    if not tried:
        return []
    labels = [label_of_what_if(one, speech) for one in tried]
    room = min(max(map(width, labels)), LABELS) + 2
    lines = [speech.say(title)]
    for label, one in zip(labels, tried, strict=True):
        *above, last = wrap(label, LABELS)
        lines.extend("  " + line for line in above)
        said = wrap(answers_text(one, speech), LINE - room - 2)
        lines.append("  " + pad(last, room) + said[0])
        lines.extend(" " * (room + 2) + line for line in said[1:])
    if one.kind == "change" or not part.changes:
        lines.extend("  " + line for remark in part.remarks for line in wrap(remark, LINE - 2))
    return lines


def label_of_what_if(one: WhatIf, speech: Speech) -> str:
    """What was tried; with the number that a change leads to."""
    value = one.options[0].text if one.kind == "change" else ""
    return speech.say("risk_change.with_value", label=one.label, value=value) if value else one.label


def answers_text(one: WhatIf, speech: Speech) -> str:
    """What would come of it: the answer and how far it moves, or the best and the worst."""
    if one.kind == "change":
        answer = one.options[0].answer.text
        if not one.difference_text:
            return answer
        return speech.say("risk_change.instead", answer=answer, change=one.difference_text)
    return speech.say("next.list_join").join(
        speech.say("risk_change.option", value=option.text, answer=option.answer.text)
        for option in one.options
    )

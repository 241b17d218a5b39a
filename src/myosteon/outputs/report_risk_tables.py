"""The tables behind the part of the report on risks: the same numbers in full."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.outputs.report_risk_answers import (
    answer_name,
    level_name,
    level_sexes,
    quartile_texts,
    spread_sexes,
)
from myosteon.outputs.report_risks import sexes_told
from myosteon.outputs.report_tables import Table
from myosteon.outputs.report_view import View
from myosteon.outputs.risk_summary import LevelAnswer, NumberAnswer, RiskSummary


def _table(head: Sequence[str], rows: Sequence[tuple[str, ...]], view: View) -> Table:
    return Table(tuple(str(view.voice.say(key)) for key in head), tuple(rows))


def states_table(risks: Sequence[RiskSummary], view: View) -> Table:
    """People with an answer, unknown and outside, by algorithm and sex."""
    voice, rows = view.voice, []
    for risk in risks:
        for sex in sexes_told(risk, view):
            states = risk.states[sex]
            parts = [states.answered, states.unknown, states.outside]
            share = voice.percent(states.shares[0]) if states.people else "–"
            hidden = view.hidden_parts(parts)[0]
            rows.append(
                (
                    view.text(risk.asked.evidence.label),
                    str(voice.say(f"bone.{sex}")),
                    view.number(states.people),
                    *view.numbers(parts),
                    "" if hidden else share,
                )
            )
    names = ("people", "answered", "unknown", "outside", "share")
    head = ("risks.algorithm", "prevalence.col_sex", *(f"risks.col_{name}" for name in names))
    return _table(head, rows, view)


def spread_table(risks: Sequence[RiskSummary], view: View) -> Table:
    """Median and quartiles of every number, by algorithm and sex."""
    rows = []
    for risk in risks:
        for answer in risk.answers:
            if not isinstance(answer, NumberAnswer):
                continue
            for sex in spread_sexes(answer, view):
                spread = answer.by_sex[sex]
                low, middle, high = quartile_texts(spread, answer.unit, view)
                named = (view.text(risk.asked.evidence.label), answer_name(answer, view))
                rows.append(
                    (
                        *named,
                        str(view.voice.say(f"bone.{sex}")),
                        view.number(spread.people),
                        low,
                        middle,
                        high,
                    )
                )
    names = ("with_number", "lower_quartile", "median", "upper_quartile")
    head = ("risks.algorithm", "risks.answer", "prevalence.col_sex", *(f"risks.{name}" for name in names))
    return _table(head, rows, view)


def levels_table(risks: Sequence[RiskSummary], view: View) -> Table:
    """People and shares of every level, by algorithm and sex."""
    voice, rows = view.voice, []
    for risk in risks:
        for answer in risk.answers:
            if not isinstance(answer, LevelAnswer) or not answer.answered:
                continue
            for sex in level_sexes(answer, view):
                parts = answer.parts[sex]
                hidden = view.hidden_parts([part.people for part in parts])
                named = (view.text(risk.asked.evidence.label), answer_name(answer, view))
                for part, is_hidden in zip(parts, hidden, strict=True):
                    people = str(voice.say("page.suppressed")) if is_hidden else voice.count(part.people)
                    share = "" if is_hidden else voice.percent(part.share)
                    rows.append(
                        (*named, str(voice.say(f"bone.{sex}")), level_name(part, answer, view), people, share)
                    )
    names = ("level", "people", "level_share")
    head = ("risks.algorithm", "risks.answer", "prevalence.col_sex", *(f"risks.col_{name}" for name in names))
    return _table(head, rows, view)


def reasons_table(risks: Sequence[RiskSummary], view: View) -> Table:
    """Everything that is outside or lacking, with how many people, by algorithm."""
    rows = [
        (
            view.text(risk.asked.evidence.label),
            str(view.voice.say(f"risks.col_{why}")),
            view.text(lack.what),
            view.number(lack.people),
        )
        for risk in risks
        for why, lacks in (("outside", risk.outside), ("unknown", risk.lacks))
        for lack in lacks
    ]
    return _table(("risks.algorithm", "risks.col_why", "risks.col_what", "risks.col_people"), rows, view)

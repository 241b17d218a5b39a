"""The first sentence of the report: the answer."""

from __future__ import annotations

from markupsafe import Markup

from myosteon.outputs.cohort_summary import CohortSummary, DefinitionSummary, Who
from myosteon.outputs.report_view import View

ONE_DECIMAL_BELOW = 0.1


def first_sentence(summary: CohortSummary, view: View) -> Markup:
    """How many have sarcopenia, by definition, and how many stay open for want of what under the leading one."""
    say, lead, rows = view.voice.say, summary.lead, summary.who.rows
    if not rows:
        return say("sentence.nobody")
    counted: dict[str, object] = {"strong_people": view.voice.count(rows), "noun": _noun(summary.who, view)}
    if lead is None:
        return say("sentence.no_definition", **counted)
    shares = _shares_shown(summary, view)
    if not shares:
        return say("sentence.hidden", **counted)
    gap = "" if view.voice.language == "zh" else " "
    return _shares_sentence(summary, lead, shares, counted, view) + gap + _open_sentence(summary, lead, view)


def _noun(who: Who, view: View) -> Markup:
    """What is counted: people where each has one row, else visits."""
    if who.people != who.rows:
        return view.voice.say("page.visits")
    return view.voice.say("page.person" if who.rows == 1 else "page.people")


def _shares_shown(summary: CohortSummary, view: View) -> list[float]:
    prevalences = [definition.prevalence for definition in summary.definitions]
    shown = [by_sex["all"].proved for by_sex in prevalences if "all" not in view.hidden(by_sex)]
    return [share.estimate for share in shown if share is not None]


def _shares_sentence(
    summary: CohortSummary,
    lead: DefinitionSummary,
    shares: list[float],
    counted: dict[str, object],
    view: View,
) -> Markup:
    say = view.voice.say
    kind = "weighted_" if summary.who.method != "wilson" else ""
    digits = 1 if min(shares) < ONE_DECIMAL_BELOW else 0
    low, high = (view.voice.percent(share, digits) for share in (min(shares), max(shares)))
    if len(summary.definitions) == 1:
        return say(f"sentence.{kind}one", strong_low=low, lead=view.label(lead), **counted)
    if len(shares) < len(summary.definitions):
        return say(f"sentence.{kind}some", strong_low=low, strong_high=high, count=len(shares), **counted)
    if low == high:
        return say(f"sentence.{kind}same", strong_low=low, **counted)
    return say(f"sentence.{kind}range", strong_low=low, strong_high=high, **counted)


def _open_sentence(summary: CohortSummary, lead: DefinitionSummary, view: View) -> Markup:
    """What stays open under the leading definition; it is not named again where it is the only one."""
    share, say = lead.prevalence["all"], view.voice.say
    if "all" in view.hidden(lead.prevalence) or share.open_share is None:
        return Markup("")
    only = len(summary.definitions) == 1
    kind = "sentence.also_" if only else "sentence."
    named: dict[str, object] = {} if only else {"lead": view.label(lead)}
    if not share.open:
        return say(f"{kind}settled", **named)
    named["strong_open"] = view.voice.percent(
        share.open_share, 1 if share.open_share < ONE_DECIMAL_BELOW else 0
    )
    if not lead.needs:
        return say(f"{kind}open", **named)
    measure = view.voice.inside(view.voice.measure(lead.needs[0].measure))
    return say(f"{kind}open_for", measure=measure, **named)

"""The first sentence of the report: the answer."""

from __future__ import annotations

from markupsafe import Markup

from myosteon.outputs.cohort_summary import CohortSummary, DefinitionSummary
from myosteon.outputs.report_view import View

ONE_DECIMAL_BELOW = 0.1


def first_sentence(summary: CohortSummary, view: View) -> Markup:
    """How many have sarcopenia, by definition, and how many stay open for want of what under the leading one."""
    say, lead = view.voice.say, summary.lead
    people = view.voice.count(summary.who.rows if summary.who.people is None else summary.who.people)
    if not summary.who.rows:
        return say("sentence.nobody")
    if lead is None:
        return say("sentence.no_definition", strong_people=people)
    shares = [
        definition.prevalence["all"].proved.estimate
        for definition in summary.definitions
        if definition.prevalence["all"].proved and "all" not in view.hidden(definition.prevalence)
    ]
    if not shares:
        return say("sentence.hidden", strong_people=people)
    low, high = min(shares), max(shares)
    digits = 1 if low < ONE_DECIMAL_BELOW else 0
    weighted = "weighted_" if summary.who.method != "wilson" else ""
    low_text, high_text = (view.voice.percent(share, digits) for share in (low, high))
    parts: dict[str, object] = {"strong_people": people, "strong_low": low_text}
    if len(summary.definitions) == 1:
        first = say(f"sentence.{weighted}one", lead=view.label(lead), **parts)
    elif low_text == high_text:
        first = say(f"sentence.{weighted}same", **parts)
    else:
        first = say(f"sentence.{weighted}range", strong_high=high_text, **parts)
    gap = "" if view.voice.language == "zh" else " "
    return first + gap + _open_sentence(lead, view)


def _open_sentence(lead: DefinitionSummary, view: View) -> Markup:
    share = lead.prevalence["all"]
    if "all" in view.hidden(lead.prevalence) or share.open_share is None:
        return Markup("")
    if not share.open:
        return view.voice.say("sentence.settled", lead=view.label(lead))
    digits = 1 if share.open_share < ONE_DECIMAL_BELOW else 0
    parts = {"lead": view.label(lead), "strong_open": view.voice.percent(share.open_share, digits)}
    if not lead.needs:
        return view.voice.say("sentence.open", **parts)
    measure = view.voice.inside(view.voice.measure(lead.needs[0].measure))
    return view.voice.say("sentence.open_for", measure=measure, **parts)

"""The part of the report on risks: for each algorithm who has an answer, how the answers lie, and who has none for what reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.evidence.sources import sources_in, weakest_status
from myosteon.evidence.types import Status
from myosteon.outputs.cohort_summary import SEXES, Sex
from myosteon.outputs.report_charts import Segment, stacked_drawing, swatch_drawing
from myosteon.outputs.report_distribution import quartiles_key
from myosteon.outputs.report_risk_answers import AnswerShown, show_answer
from myosteon.outputs.report_strata import BarRow, lacks_shown
from myosteon.outputs.report_tables import Key
from myosteon.outputs.report_view import View
from myosteon.outputs.risk_summary import RiskSummary, States
from myosteon.outputs.small_cells import is_small
from myosteon.outputs.strata_summary import Lack

STATE_LOOKS = {"answered": "yes", "unknown": "open", "outside": "no"}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why people have no answer: the commonest things with their number, and how many things more there are."""

    title: str
    items: tuple[tuple[str, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class RiskBlock:
    """One algorithm as the report shows it."""

    id: str
    name: str
    status: Status
    facts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]
    states: tuple[BarRow, ...]
    reasons: tuple[Reasons, ...]
    answers: tuple[AnswerShown, ...]
    notice: str


def risks_sentence(risks: Sequence[RiskSummary], view: View) -> str:
    """How many algorithms have an answer for somebody."""
    answered = sum(1 for risk in risks if risk.states["all"].answered)
    return str(view.voice.say("risks.read", answered=answered, count=len(risks)))


def state_keys(view: View) -> tuple[Key, ...]:
    """What the looks of the bars mean."""
    return tuple(
        Key(swatch_drawing(look), str(view.voice.say(f"risks.{name}"))) for name, look in STATE_LOOKS.items()
    )


def distribution_keys(blocks: Sequence[RiskBlock], view: View) -> tuple[Key, ...]:
    """What the looks of the distributions mean; none where none is drawn."""
    if not any(answer.drawing for block in blocks for answer in block.answers):
        return ()
    drawings = {
        "women": swatch_drawing("women"),
        "men": swatch_drawing("men"),
        "quartiles": quartiles_key(),
    }
    return tuple(
        Key(drawing, str(view.voice.say(f"risks.legend_{name}"))) for name, drawing in drawings.items()
    )


def risk_block(risk: RiskSummary, view: View) -> RiskBlock:
    """One algorithm: what it predicts in whom, how far to trust it, and what it said of this cohort."""
    entry, evidence = risk.asked.entry, risk.asked.evidence
    name, note = view.text(evidence.label), evidence.risk
    reasons = [
        _reasons(key, lacks, view)
        for key, lacks in (("outside_of", risk.outside), ("lacking", risk.lacks))
        if lacks
    ]
    more = [view.text(note.purpose), view.text(note.limits)] if note else []
    if evidence.remark:
        more.append(view.text(evidence.remark))
    return RiskBlock(
        id=entry.id,
        name=name,
        status=trust_status(risk),
        facts=tuple(_facts(risk, view)),
        more=tuple(more),
        states=tuple(_state_bar(name, sex, risk.states[sex], view) for sex in sexes_told(risk, view)),
        reasons=tuple(reasons),
        answers=tuple(
            shown for answer in risk.answers if (shown := show_answer(answer, name, view)) is not None
        ),
        notice=view.text(note.notice) if note and note.notice else "",
    )


def _facts(risk: RiskSummary, view: View) -> list[tuple[str, str]]:
    say, entry, note = view.voice.say, risk.asked.entry, risk.asked.evidence.risk
    facts = []
    if note is not None:
        facts += [("predicts", view.text(note.outcome)), ("within", view.text(note.horizon))]
        facts.append(("population", view.text(note.population)))
        if note.competing_death != "does_not_apply":
            facts.append(("death", str(say(f"risks.death_{note.competing_death}"))))
    else:
        facts.append(("within", view.text(entry.within)))
    facts.append(("trust", _trust(risk, view)))
    if entry.reason is not None:
        facts.append(("part", view.text(entry.reason)))
    return [(str(say(f"risks.{key}")), text) for key, text in facts]


def _trust(risk: RiskSummary, view: View) -> str:
    """How far its numbers were checked; where parts of it differ, each, and how many entries are unchecked."""
    say, trust = view.voice.say, risk.asked.entry.trust
    marks = [str(say(f"risks.trust_{mark}")) for mark in trust]
    told = str(say("risks.trust_join")).join(marks)
    if len(marks) > 1:
        told = str(say("risks.trust_several", marks=told))
    statuses = [source.status for source in sources_in(risk.asked.evidence)]
    unchecked = statuses.count("unchecked")
    if not unchecked:
        return told
    return str(say("risks.trust_unchecked", trust=told, count=unchecked, all=len(statuses)))


def trust_status(risk: RiskSummary) -> Status:
    """The mark of an algorithm: checked only where all of it was read in the paper or executed, and every entry is checked."""
    well = set(risk.asked.entry.trust) <= {"A", "B"}
    return weakest_status(sources_in(risk.asked.evidence)) if well else "unchecked"


def _reasons(key: str, lacks: Sequence[Lack], view: View) -> Reasons:
    shown = lacks_shown(lacks, view)
    more = len(lacks) - len(shown)
    return Reasons(
        str(view.voice.say(f"risks.{key}")),
        shown,
        str(view.voice.say("risks.and_more", count=more)) if more > 0 else "",
    )


# --- who has an answer ----------------------------------------------------------------------------------------------


def sexes_told(risk: RiskSummary, view: View) -> tuple[Sex, ...]:
    """Everybody, women and men; everybody alone where telling more would tell of fewer than 10 people."""
    if not view.suppress:
        return SEXES
    everybody, women, men = (_counts(risk.states[sex]) for sex in SEXES)
    others = [a - b - c for a, b, c in zip(everybody, women, men, strict=True)]
    return ("all",) if any(is_small(people) for people in (*women, *men, *others)) else SEXES


def _counts(states: States) -> tuple[int, int, int]:
    return states.answered, states.unknown, states.outside


def _state_bar(name: str, sex: Sex, states: States, view: View) -> BarRow:
    say = view.voice.say
    answered, outside, unknown = states.shares
    shares = {"answered": answered, "unknown": unknown, "outside": outside}
    people = dict(zip(STATE_LOOKS, _counts(states), strict=True))
    hidden = view.hidden_looks(people)
    segments = [
        Segment(
            "hidden" if state in hidden else STATE_LOOKS[state],
            shares[state],
            None if state in hidden else f"{100 * shares[state]:.0f}",
        )
        for state in STATE_LOOKS
        if people[state]
    ]
    numbers = dict(zip(STATE_LOOKS, view.numbers(list(people.values())), strict=True))
    alt = say(
        "risks.state_alt",
        algorithm=name,
        sex=say(f"bone.{sex}"),
        people=view.number(states.people),
        **numbers,
    )
    drawn: Markup = stacked_drawing(segments, str(alt), height=20)
    return BarRow(str(say(f"bone.{sex}")), drawn, numbers["answered"], total=sex == "all")

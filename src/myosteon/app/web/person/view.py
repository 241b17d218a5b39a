"""The person page as plain values: every text made, nothing left to compute in the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from myosteon.app.web.person.alarm import AlarmView, alarm
from myosteon.app.web.person.clock import ClockView, clock
from myosteon.app.web.person.definitions import DefinitionsView, definitions
from myosteon.app.web.person.history import PersonHistory
from myosteon.app.web.person.judge import Judged, PersonJudge
from myosteon.app.web.person.measured_sites import RulerView, ruler
from myosteon.app.web.person.risks import GateGroup, RiskRow, gates, risks
from myosteon.app.web.person.trend_types import TrendView
from myosteon.app.web.person.trends import never_measured, trends
from myosteon.app.web.person.verdicts import VerdictView, next_steps, verdicts
from myosteon.app.web.person.voice import Voice, number_of
from myosteon.outputs.explain_types import NextSteps
from myosteon.outputs.plan_about import say_about


@dataclass(frozen=True, slots=True)
class MedicalView:
    """What the rules say of a person as of a day. `visit` is the day of the visit judged, None where it has none.

    `bone` and `muscle` are the two ladders; `trees` every verdict that is explained. `refused` is what of the courses could
    not be used.
    """

    about: str
    visit: date | None
    alarm: AlarmView | None
    bone: VerdictView
    muscle: VerdictView
    trees: tuple[VerdictView, ...]
    next: NextSteps
    definitions: DefinitionsView
    ruler: RulerView | None
    risks: tuple[RiskRow, ...]
    gates: tuple[GateGroup, ...]
    trends: tuple[TrendView, ...]
    never_measured: tuple[str, ...]
    clock: ClockView | None
    refused: tuple[str, ...]


def medical_view(
    history: PersonHistory, judge: PersonJudge, definition: str, voice: Voice
) -> tuple[MedicalView | None, Judged | None]:
    """Everything of a person that is medicine, and what was judged; None where there is no visit by the day.

    Args:
        history: visits and courses.
        judge: the judge of the clinic and the day, in the language of `voice`.
        definition: the clinic's own definition of sarcopenia.
        voice: speaks.
    """
    # What is to be measured next is told by the explanations: the plan's own list has its page.
    judged = judge.judge(history, waiting=False)
    if judged is None:
        return None, None
    row, visits = judged.row, history.sorted().to_dicts()
    explained = verdicts(row, judge, definition)
    grips = judge.best_grips(history.sorted())
    drawn = trends(visits, grips, judge, definition, voice)
    view = MedicalView(
        about=_about(row, judge, voice),
        visit=judged.plan.visit_date,
        alarm=alarm(judged, voice),
        bone=explained[0],
        muscle=explained[1],
        # What is open is explained first, bone behind muscle.
        trees=tuple(
            sorted((explained[1], explained[0], *explained[2:]), key=lambda one: one.settled is not False)
        ),
        next=next_steps(row, judge),
        definitions=definitions(row, judge, definition, voice),
        ruler=ruler(visits, row, judge, voice),
        risks=risks(row, judge, voice),
        gates=gates(judged, voice),
        trends=drawn,
        never_measured=never_measured(drawn, voice),
        clock=clock(history.courses, judged, judge, voice),
        refused=tuple(refusal.describe(voice.language) for refusal in history.treatments.refusals),
    )
    return view, judged


def _about(row: Mapping[str, object], judge: PersonJudge, voice: Voice) -> str:
    """Sex, age in whole years, height and weight, as far as they are known."""
    age = number_of(row, "age_years")
    values = (row.get("sex"), None if age is None else floor(age), row.get("height_cm"), row.get("weight_kg"))
    return say_about(values, voice.plan, judge.planner.assessor.graph)

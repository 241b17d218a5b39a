"""Judges one person as of a day: the columns of every definition, risk and line, and the plan made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache

import polars as pl

from myosteon.app.plan_run import Planner
from myosteon.app.visits import no_courses
from myosteon.app.web.person.history import PersonHistory, every_measure, with_every_measure, with_measures
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.engine.prepared import PreparedPlan
from myosteon.engine.python_code import NotJudged
from myosteon.evidence.clinic import Clinic
from myosteon.history import Treatments, as_of
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_view import view_plan
from myosteon.outputs.plan_view_types import PlanView
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.types import Language

# What the page tells beside what definitions and plans are made of.
BESIDES = (
    "grip_best_kg",
    "frail_score",
    "frail_status",
    "creatinine_clearance_cockcroft_gault_ml_min",
    "fall_risk_world2022",
    "fall_risk_world2022_upto",
)
GRIP = ("grip_best_kg",)
ALWAYS = ("person_id", "visit_date", "sex", "age_years")


@dataclass(frozen=True, slots=True)
class Judged:
    """The columns of one person as of a day by name, and her plan in its language."""

    row: Mapping[str, object]
    plan: Plan
    view: PlanView


@dataclass(frozen=True, eq=False)
class PersonJudge:
    """Judges people for one clinic, on one day, in one language; made once, used for any number of people."""

    clinic: Clinic
    day: date
    language: Language

    @cached_property
    def settings(self) -> Settings:
        """The choices of the clinic."""
        return replace(Settings(), label_region=self.clinic.region)

    @cached_property
    def planner(self) -> Planner:
        """What makes the plan."""
        return Planner(self.clinic, self.day, self.language, self.settings)

    @cached_property
    def definitions(self) -> Assessor:
        """The definitions alone: they say what to measure next."""
        return make_assessor(None, self.settings)

    @cached_property
    def explained(self) -> Assessor:
        """The definitions and the strata of risk, for explanations."""
        return make_assessor(None, self.settings, strata=True)

    def judge(self, history: PersonHistory, *, waiting: bool = True) -> Judged | None:
        """The person as of the day; None where no visit is known by then.

        Without `waiting` the plan does not list what it could not judge: a fifth of the time, for a page that does not tell it.
        """
        rows = as_of(_known(history.visits), history.treatments, self.day)
        return None if rows.is_empty() else self.judge_row(rows, waiting=waiting)

    def judge_row(self, person: pl.DataFrame, *, waiting: bool = True) -> Judged:
        """A person of whom one row says all, as `as_of` gives it."""
        row = _columns(self.planner.assessor, self._outputs).row(with_every_measure(person))
        plan = self.planner.maker.plan(row, waiting=waiting)
        return Judged(row, plan, view_plan(plan, self.planner.assessor.graph))

    def best_grips(self, visits: pl.DataFrame) -> list[float | None]:
        """The best grip of each visit, from either hand."""
        assessor = self.planner.assessor
        return (
            _hands(assessor).run(with_measures(visits, assessor.graph.measures_read(GRIP)))[GRIP[0]].to_list()
        )

    def make_ready(self) -> None:
        """Prepares what the first person would otherwise wait for."""
        nobody = pl.DataFrame({"person_id": ["0"], "visit_date": [self.day]})
        self.judge(PersonHistory(nobody, no_courses()))
        self.best_grips(nobody)

    @cached_property
    def _outputs(self) -> tuple[str, ...]:
        graph = self.planner.assessor.graph
        # A measure that a rule completes is told as the rule has it.
        completed = [name for name, _ in every_measure() if name in graph.rules]
        wanted = (*self.planner.outputs, *self.explained.outputs("criteria"), *completed, *BESIDES)
        return tuple(name for name in dict.fromkeys(wanted) if name in graph.rules)


def _known(visits: pl.DataFrame) -> pl.DataFrame:
    """The visits without measures that none of them has: what was never measured needs no column, and costs time."""
    return visits.select(
        column for column in visits if column.null_count() < visits.height or column.name in ALWAYS
    )


@lru_cache(maxsize=4)
def _hands(assessor: Assessor) -> PreparedPlan:
    """The best grip of frames that hold what was measured of it."""
    read = assessor.graph.measures_read(GRIP)
    schema = pl.Schema([(name, dtype) for name, dtype in every_measure() if name in read])
    return PreparedPlan(assessor.plan(GRIP), schema, [])


class _Columns:
    """Some columns of people, for frames that hold every measure."""

    def __init__(self, assessor: Assessor, outputs: tuple[str, ...]) -> None:
        self._plan = assessor.plan(outputs)
        self._schema = pl.Schema(every_measure())
        self._kept = [name for name in self._schema.names() if name not in assessor.graph.rules]
        self._alone = OnePerson(self._plan, self._schema, self._kept)

    def row(self, person: pl.DataFrame) -> Mapping[str, object]:
        try:
            return self._alone.row(person)
        except NotJudged:
            # A number that is not finite: the frame's engine knows what comes of it.
            return self.frame(person).row(0, named=True)

    def frame(self, people: pl.DataFrame) -> pl.DataFrame:
        return self._slower.run(people)

    @cached_property
    def _slower(self) -> PreparedPlan:
        return PreparedPlan(self._plan, self._schema, self._kept)


@lru_cache(maxsize=16)
def _columns(assessor: Assessor, outputs: tuple[str, ...]) -> _Columns:
    return _Columns(assessor, outputs)


@lru_cache(maxsize=32)
def person_judge(clinic: Clinic, day: date, language: Language) -> PersonJudge:
    """The judge of a clinic on a day, kept for the next person."""
    return PersonJudge(clinic, day, language)


@cache
def nobody_treated() -> Treatments:
    """Treatments of nobody, for a person of whom none is written down."""
    return no_courses()

"""Makes plans of people: judges them, and hands what was judged to whoever writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.engine.prepared import PreparedPlan
from myosteon.engine.python_code import NotJudged
from myosteon.evidence.care_load import load_care
from myosteon.evidence.clinic import Clinic
from myosteon.outputs.plan_maker import PlanMaker
from myosteon.outputs.plan_types import Plan
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.types import Language

# The level of training chooses the pictures of the page for the person.
TRAINING_LEVEL = "vivifrail_level"


@dataclass(frozen=True, eq=False)
class Planner:
    """Makes plans for one clinic, on one day, in one language; made once, used for any number of people."""

    clinic: Clinic
    as_of: date
    language: Language
    settings: Settings

    @cached_property
    def assessor(self) -> Assessor:
        """The rules."""
        return make_assessor(None, self.settings, care=True)

    @cached_property
    def maker(self) -> PlanMaker:
        """What turns columns into plans."""
        return PlanMaker(self.assessor.graph, load_care(), self.clinic, self.as_of, self.language)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The columns that are computed."""
        level = (TRAINING_LEVEL,) if TRAINING_LEVEL in self.assessor.graph.rules else ()
        return tuple(dict.fromkeys((*self.maker.columns(), *level)))

    def judge(self, people: pl.DataFrame) -> pl.DataFrame:
        """The columns that plans are made of, for canonical people."""
        kept = tuple(name for name in self.maker.measures() if name in people.columns)
        if people.height == 1:
            return _judge_one(self.assessor, self.outputs, tuple(people.schema.items()), kept)(people)
        plan = self.assessor.plan(self.outputs)
        return plan.run_polars(people.lazy(), people.columns, kept).collect()

    def plans(self, people: pl.DataFrame) -> Iterator[Plan]:
        """The plan of each row."""
        return self.maker.plans(self.judge(people))


@lru_cache(maxsize=64)
def _judge_one(
    assessor: Assessor, outputs: tuple[str, ...], schema: tuple[tuple[str, Any], ...], kept: Sequence[str]
) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """What judges one person with these columns, the sooner of two ways."""
    plan = assessor.plan(outputs)
    slower = lru_cache(maxsize=1)(lambda: PreparedPlan(plan, pl.Schema(schema), kept))
    try:
        alone = OnePerson(plan, pl.Schema(schema), kept)
    except NotJudged:
        return lambda people: slower().run(people)

    def judge(people: pl.DataFrame) -> pl.DataFrame:
        try:
            return alone.run(people)
        except NotJudged:
            # A number that is not finite: the frame's engine knows what comes of it.
            return slower().run(people)

    return judge

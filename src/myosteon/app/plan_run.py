"""Makes plans of people: judges them, and hands what was judged to whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.app.guidance_run import GuidanceRunner
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.engine.prepared import PreparedPlan
from myosteon.engine.python_code import NotJudged
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.clinic import Clinic
from myosteon.outputs.plan_maker import PlanMaker
from myosteon.outputs.plan_types import Plan
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.types import Language

# The level of training chooses the pictures of the page for the person.
TRAINING_LEVEL = "vivifrail_level"


@dataclass(frozen=True, eq=False)
class Planner:
    """Makes plans for one clinic, on one day, in one language; made once, used for any number of people.

    `corpus` is the folder of a corpus of recommendations in place of ours.
    """

    clinic: Clinic
    as_of: date
    language: Language
    settings: Settings
    corpus: Path | None = None

    @cached_property
    def assessor(self) -> Assessor:
        """The rules."""
        return make_assessor(None, self.settings, guidance=True, corpus=self.corpus)

    @cached_property
    def guidance(self) -> GuidanceRunner:
        """What asks the recommendations behind the plan."""
        return GuidanceRunner(self.settings, self.corpus)

    @cached_property
    def maker(self) -> PlanMaker:
        """What turns columns into plans."""
        return PlanMaker(
            self.assessor.graph,
            care_of_region(self.settings.label_region),
            self.clinic,
            self.as_of,
            self.language,
            guidance=self.guidance.guidance,
        )

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The columns that are computed."""
        level = (TRAINING_LEVEL,) if TRAINING_LEVEL in self.assessor.graph.rules else ()
        return tuple(dict.fromkeys((*self.maker.columns(), *level)))

    @cached_property
    def _measures(self) -> tuple[str, ...]:
        return self.maker.measures()

    def anew(self) -> Planner:
        """The same planner with nothing made yet, to be sent to another process."""
        return replace(self)

    def judge(self, people: pl.DataFrame) -> pl.DataFrame:
        """The columns that plans are made of, for canonical people."""
        if people.height == 1:
            return self._one_by_one(people).frame(people)
        plan = self.assessor.plan(self.outputs)
        return plan.run_polars(people.lazy(), people.columns, self._kept(people)).collect()

    def plans(self, people: pl.DataFrame) -> Iterator[Plan]:
        """The plan of each row."""
        row = self._one_by_one(people).row(people) if people.height == 1 else None
        return self.maker.plans(self.judge(people)) if row is None else iter((self.maker.plan(row),))

    def _kept(self, people: pl.DataFrame) -> tuple[str, ...]:
        have = set(people.columns)
        return tuple(name for name in self._measures if name in have)

    def _one_by_one(self, people: pl.DataFrame) -> _OneByOne:
        return _one_by_one(self.assessor, self.outputs, tuple(people.schema.items()), self._kept(people))


class _OneByOne:
    """Judges people with the same columns one after another, the sooner of two ways."""

    def __init__(
        self, assessor: Assessor, outputs: Sequence[str], schema: pl.Schema, kept: Sequence[str]
    ) -> None:
        self._plan = assessor.plan(outputs)
        self._schema = schema
        self._kept = kept
        try:
            self._alone: OnePerson | None = OnePerson(self._plan, schema, kept)
        except NotJudged:
            self._alone = None

    def row(self, people: pl.DataFrame) -> dict[str, Any] | None:
        """The columns of one person by name, None where only a frame's engine can tell them."""
        if self._alone is None:
            return None
        try:
            return self._alone.row(people)
        except NotJudged:
            # A number that is not finite: the frame's engine knows what comes of it.
            return None

    def frame(self, people: pl.DataFrame) -> pl.DataFrame:
        """The columns of one person as a frame."""
        if self._alone is not None:
            try:
                return self._alone.run(people)
            except NotJudged:
                pass
        return self._slower.run(people)

    @cached_property
    def _slower(self) -> PreparedPlan:
        return PreparedPlan(self._plan, self._schema, self._kept)


@lru_cache(maxsize=64)
def _one_by_one(
    assessor: Assessor, outputs: tuple[str, ...], schema: tuple[tuple[str, Any], ...], kept: tuple[str, ...]
) -> _OneByOne:
    return _OneByOne(assessor, outputs, pl.Schema(schema), kept)

"""Works out what stands open for people of one clinic on one day, for one person or for thousands at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from myosteon.app.web.person.history import every_measure, with_every_measure
from myosteon.app.web.standing.lines import lines_of
from myosteon.app.web.standing.rows import standing_rows
from myosteon.app.web.standing.screened import screened_rows
from myosteon.app.web.standing.screens import load_screens
from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.engine.prepared import PreparedPlan
from myosteon.engine.python_code import NotJudged
from myosteon.evidence.care_types import Line
from myosteon.evidence.clinic import Clinic
from myosteon.history import Treatments, as_of
from myosteon.outputs.plan_line_maker import columns_in
from myosteon.registry.standing import Standing
from myosteon.rules.guideline import Settings

PERSON, VISIT = "person_id", "visit_date"


@dataclass(frozen=True, eq=False)
class StandingJudge:
    """Judges people for one clinic on one day; made once, used for any number of people.

    `definition` is the clinic's own definition of sarcopenia: it settles what screenings of muscle ask.
    """

    clinic: Clinic
    day: date
    definition: str

    def stands(
        self, visits: pl.DataFrame, treatments: Treatments, decided: Mapping[str, Collection[date]]
    ) -> dict[str, tuple[Standing, ...]]:
        """What stands for each person of the visits or the treatments; those for whom nothing does are left out.

        Args:
            visits: canonical visits, finished ones only.
            treatments: the courses of these people.
            decided: the days on which a next step was written down or a referral made, by person.
        """
        people = as_of(visits, treatments, self.day, without_visit=True)
        rows = self._rows(people)
        by_person = self._visits_by_person(visits)
        found = {}
        for row in rows:
            person = str(row[PERSON])
            unreadable = person in treatments.incomplete
            own = (
                *standing_rows(row, self.lines, self.day, unreadable=unreadable),
                *screened_rows(
                    by_person.get(person, ()), row, self.definition, self.day, decided.get(person, ())
                ),
            )
            if own:
                found[person] = own
        for person in treatments.incomplete - {str(row[PERSON]) for row in rows}:
            found[person] = standing_rows({}, (), self.day, unreadable=True)
        return found

    def make_ready(self) -> None:
        """Prepares what the first save would otherwise wait for."""
        nobody = with_every_measure(pl.DataFrame({PERSON: ["0"], VISIT: [self.day]}))
        _one(self.assessor, self.outputs).row(nobody)
        self._screen_rows(nobody)

    @cached_property
    def assessor(self) -> Assessor:
        """The rules."""
        return make_assessor(None, replace(Settings(), label_region=self.clinic.region), care=True)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that may stand in the worklist."""
        return lines_of(self.clinic)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The columns of rules that are computed of a person as of the day."""
        named = (
            name
            for line in self.lines
            for name in (f"line_{line.id}", f"line_{line.id}_wanted", *columns_in(line))
        )
        under_way = (about.under_way for about in load_screens().abouts)
        return tuple(
            sorted(name for name in dict.fromkeys((*named, *under_way)) if name in self.assessor.graph.rules)
        )

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures that the lines name."""
        named = {name for line in self.lines for name in columns_in(line)} | {PERSON, VISIT}
        return tuple(sorted(named - self.assessor.graph.rules.keys()))

    def _rows(self, people: pl.DataFrame) -> list[dict[str, Any]]:
        if people.height == 1:
            return [dict(_one(self.assessor, self.outputs).row(with_every_measure(people)))]
        kept = [name for name in self.measures if name in people.columns]
        plan = self.assessor.plan(self.outputs)
        return plan.run_polars(people.lazy(), people.columns, kept).collect().to_dicts()

    def _visits_by_person(self, visits: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
        """The answers of every visit, the earliest first, by person."""
        found: dict[str, list[dict[str, Any]]] = {}
        if visits.is_empty():
            return found
        for row in self._screen_rows(visits.sort(VISIT, nulls_last=False, maintain_order=True)):
            found.setdefault(str(row[PERSON]), []).append(row)
        return found

    def _screen_rows(self, visits: pl.DataFrame) -> Iterator[dict[str, Any]]:
        outputs = tuple(
            name for name in load_screens().columns(self.definition) if name in self.assessor.graph.rules
        )
        if visits[PERSON].n_unique() == 1:
            judged = _several(self.assessor, outputs).run(with_every_measure(visits))
        else:
            plan = self.assessor.plan(outputs)
            kept = [name for name in (PERSON, VISIT, *load_screens().measures()) if name in visits.columns]
            judged = plan.run_polars(visits.lazy(), visits.columns, kept).collect()
        return judged.iter_rows(named=True)


class _One:
    """One person with a column for every measure."""

    def __init__(self, assessor: Assessor, outputs: tuple[str, ...]) -> None:
        plan, schema = assessor.plan(outputs), pl.Schema(every_measure())
        kept = [name for name in schema.names() if name not in assessor.graph.rules]
        self._alone = OnePerson(plan, schema, kept)
        self._slower = PreparedPlan(plan, schema, kept)

    def row(self, person: pl.DataFrame) -> Mapping[str, Any]:
        try:
            return self._alone.row(person)
        except NotJudged:
            # A number that is not finite: the frame's engine knows what comes of it.
            return self._slower.run(person).row(0, named=True)


@lru_cache(maxsize=8)
def _one(assessor: Assessor, outputs: tuple[str, ...]) -> _One:
    return _One(assessor, outputs)


@lru_cache(maxsize=8)
def _several(assessor: Assessor, outputs: tuple[str, ...]) -> PreparedPlan:
    return PreparedPlan(
        assessor.plan(outputs), pl.Schema(every_measure()), (PERSON, VISIT, *load_screens().measures())
    )


@lru_cache(maxsize=32)
def standing_judge(clinic: Clinic, day: date, definition: str) -> StandingJudge:
    """The judge of a clinic on a day, kept for the next person."""
    return StandingJudge(clinic, day, definition)

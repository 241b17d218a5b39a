"""Asks the corpus of recommendations about people: judges the facts they speak of, then the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.assess import Assessor, make_assessor
from myosteon.engine.one_person import OnePerson
from myosteon.engine.prepared import PreparedPlan
from myosteon.engine.python_code import NotJudged
from myosteon.evidence.corpus_types import Corpus
from myosteon.guidance.answer_types import QuestionAnswer
from myosteon.guidance.question_verdict import Guidance
from myosteon.outputs.plan_needs import Unknowns
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.measures import load_measures

Facts = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class GuidanceRunner:
    """Judges people by one corpus: ours, or that of `folder`; made once, used for any number of them."""

    settings: Settings
    folder: Path | None = None

    @cached_property
    def assessor(self) -> Assessor:
        """The rules, recommendations among them."""
        return make_assessor(None, self.settings, guidance=True, corpus=self.folder)

    @property
    def corpus(self) -> Corpus:
        """The recommendations."""
        corpus = self.assessor.corpus
        assert corpus is not None, "an assessor with guidance has a corpus"
        return corpus

    @cached_property
    def guidance(self) -> Guidance:
        """What answers questions."""
        return Guidance(self.corpus, self._order())

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact that a recommendation speaks of; of a bound also the count or stage whose bound it is."""
        meant = (self.corpus.meant[name] for name in self.corpus.names if name in self.corpus.meant)
        return tuple(sorted({*self.corpus.names, *meant}))

    @cached_property
    def unknowns(self) -> Unknowns:
        """What traces an unknown fact to the measurements beneath it."""
        return Unknowns(self.assessor.graph, self.facts)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The computed columns that recommendations speak of, and those beneath that tell what is missing."""
        rules = self.assessor.graph.rules
        return tuple(sorted(name for name in {*self.facts, *self.unknowns.columns} if name in rules))

    def _order(self) -> dict[str, int]:
        """The place of a fact: a measure's own, a computed one's that of the first measure beneath it."""
        graph, places = self.assessor.graph, {name: place for place, name in enumerate(load_measures())}
        return {
            name: min((places[one] for one in graph.measures_read([name])), default=len(places))
            if name in graph.rules
            else places[name]
            for name in self.facts
        }

    def judge(self, people: pl.DataFrame) -> pl.DataFrame:
        """The facts of people, one row each."""
        read = {*self.facts, *self.unknowns.columns}
        kept = tuple(name for name in people.columns if name in read or name == "person_id")
        kept = tuple(name for name in kept if name not in self.outputs)
        if not self.outputs:
            # A corpus of somebody's own may speak of measures only.
            return people.select(kept)
        if people.height == 1:
            return _judging_one(self.assessor, self.outputs, tuple(people.schema.items()), kept)(people)
        plan = self.assessor.plan(self.outputs)
        return plan.run_polars(people.lazy(), people.columns, kept).collect()

    def answers(self, facts: Facts, questions: Sequence[str] | None = None) -> tuple[QuestionAnswer, ...]:
        """What guidelines say to each question, all where None."""
        return self.guidance.answers(facts, questions)

    def measures_beneath(self, facts: Facts) -> Callable[[Iterable[str]], tuple[str, ...]]:
        """What turns unknown facts of one person into the measurements that they wait for."""
        about = self.unknowns.about(facts)
        return lambda names: about.measures(";".join(names))


@lru_cache(maxsize=64)
def _judging_one(
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

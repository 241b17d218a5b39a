"""The public call: a frame of people in, the same frame with every verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import polars as pl

from myosteon.engine.evaluate import Plan, make_plan
from myosteon.engine.graph import Graph, make_graph
from myosteon.engine.prepared import PreparedPlan
from myosteon.errors import RuleError
from myosteon.frame import canonical_dtype
from myosteon.guidelines import STRATUM, choose_guidelines
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.library import CONTRACT_COLUMNS, FURTHER_COLUMNS, REMARK_COLUMNS, library_rules
from myosteon.rules.obesity import obesity_rules
from myosteon.vocabulary.measures import load_measures

if TYPE_CHECKING:
    from pathlib import Path

    from myosteon.engine.one_person import OnePerson
    from myosteon.evidence.corpus_types import Corpus
    from myosteon.logic.condition import Fact

Columns = Literal["contract", "verdicts", "criteria", "all"]


@dataclass(frozen=True, slots=True)
class Further:
    """What is asked for beyond diagnoses: risk algorithms, the strata of risk that decide treatment, care, and guidance.

    `corpus` is the folder of a corpus of recommendations that stands in place of ours.
    """

    risk: bool = False
    strata: bool = False
    care: bool = False
    guidance: bool = False
    corpus: Path | None = None


# A file without these may still hold all that a further column needs: flags, and parts of which the whole is enough.
SELDOM_RECORDED = ("grip_left_kg", "grip_right_kg", "walk_unable", "chair_stand_unable")

# What tells rows apart stays with the results. `myosteon_row` is the place of a row in a file, for engines without order.
KEPT_ALWAYS = ("myosteon_row", "person_id", "visit_date")


@dataclass(frozen=True, slots=True, eq=False)
class Assessor:
    """The rules, put in order for a choice of guidelines and settings; made once, used for any number of frames."""

    guidelines: tuple[Guideline, ...]
    settings: Settings
    graph: Graph
    further: Further = Further()
    corpus: Corpus | None = None

    def outputs(self, columns: Columns, measures_present: Sequence[str] | None = None) -> tuple[str, ...]:
        """The names of the columns that are added, in order.

        Args:
            columns: `contract` (the names of the contract), `verdicts` (these, remarks, and what else a file allows),
                `criteria` (the contract's, remarks, and every criterion on the way to them) or `all` (whatever there is a
                rule for).
            measures_present: the measures of the file, for `verdicts`.
        """
        verdicts = tuple(name for guideline in self.guidelines for name in guideline.verdicts)
        contract = tuple(dict.fromkeys((*verdicts, *CONTRACT_COLUMNS)))
        if columns == "contract":
            return tuple(name for name in contract if not name.startswith("bone_who_needs"))
        remarked = (*contract, *self.risk_columns(), *self._completed(), *REMARK_COLUMNS)
        if columns == "criteria":
            return tuple(dict.fromkeys((*remarked, *self._on_the_way(remarked))))
        further = (*remarked, *self._possible(measures_present or ()))
        if columns == "verdicts":
            return further
        return tuple(dict.fromkeys((*further, *sorted(self.graph.rules))))

    def risk_columns(self) -> tuple[str, ...]:
        """What every risk algorithm answers with, and what they are computed from; empty where risks were not asked for."""
        if not self.further.risk:
            return ()
        # Only a call that asks for risks loads them: a single person is judged sooner than they load.
        from myosteon.rules.risk.inputs import INPUT_COLUMNS
        from myosteon.rules.risk.library import risk_algorithms

        algorithms = risk_algorithms().values()
        answers = (name for algorithm in algorithms for name in algorithm.answers(self.settings))
        return (*answers, *INPUT_COLUMNS)

    def _on_the_way(self, columns: Sequence[str]) -> list[str]:
        """Every rule that `columns` rest on, and what repeats one of these."""
        needed = self.graph.ancestors(columns)
        return sorted(name for name in self.graph.rules if self.graph.computed(name) in needed)

    def _completed(self) -> tuple[str, ...]:
        """The measures that a setting lets a rule complete, beyond those of the contract."""
        own = {name for name in self.graph.rules if name in self.graph.measures}
        return tuple(sorted(own - set(CONTRACT_COLUMNS)))

    def _possible(self, present: Sequence[str]) -> tuple[str, ...]:
        have = {*present, *SELDOM_RECORDED}
        return tuple(name for name in FURTHER_COLUMNS if self.graph.measures_read([name]) <= have)

    def plan(self, outputs: Sequence[str]) -> Plan:
        """The rules for `outputs`, translated."""
        return _plan(self, tuple(outputs))


@cache
def _plan(assessor: Assessor, outputs: tuple[str, ...]) -> Plan:
    dtypes = {name: canonical_dtype(measure) for name, measure in load_measures().items()}
    return make_plan(assessor.graph, outputs, dtypes)


@cache
def _assessor(guidelines: tuple[str, ...] | None, settings: Settings, further: Further) -> Assessor:
    chosen = choose_guidelines(guidelines, strata=further.strata)
    further = replace(further, strata=any(guideline.kind == STRATUM for guideline in chosen))
    every = choose_guidelines(None, strata=further.strata)
    rules = (
        *library_rules(settings),
        *obesity_rules(),
        *(rule for guideline in every for rule in guideline.build(settings)),
        *_risk_rules(settings, further),
    )
    if further.care:
        rules = (*rules, *_care_rules(rules, settings.label_region))
    corpus = None
    if further.guidance:
        own, corpus = _guidance(rules, further.corpus)
        rules = (*rules, *own)
    graph = make_graph(rules, load_measures())
    for guideline in every:
        for verdict in guideline.verdicts:
            if verdict not in graph.rules:
                raise RuleError(f"{guideline.id} answers with {verdict}, but none of its rules is called so")
    return Assessor(chosen, settings, graph, further, corpus)


def _risk_rules(settings: Settings, further: Further) -> tuple[Rule, ...]:
    """Strata rest on what risk algorithms compute (falls, adjusted probabilities), so both need these rules."""
    if not (further.risk or further.strata):
        return ()
    from myosteon.rules.risk.library import risk_rules

    return risk_rules(settings)


def _care_rules(rules: Sequence[Rule], region: str) -> tuple[Rule, ...]:
    from myosteon.rules.care.library import all_care_rules
    from myosteon.rules.guidance.library import derived_guidance_rules

    return all_care_rules(rules, _measures_as_facts(), region, derived_guidance_rules())


def _guidance(rules: Sequence[Rule], folder: Path | None) -> tuple[tuple[Rule, ...], Corpus]:
    from myosteon.rules.guidance.from_corpus import guidance_rules

    return guidance_rules(rules, _measures_as_facts(), folder)


def _measures_as_facts() -> dict[str, Fact]:
    from myosteon.logic.condition import Fact, FactKind

    kinds: dict[str, FactKind] = {"bool": "yes_no", "category": "word", "float": "number", "int": "number"}
    return {
        name: Fact(name, kinds[measure.type], measure.words)
        for name, measure in load_measures().items()
        if measure.type in kinds
    }


def make_assessor(
    definitions: Sequence[str] | None = None,
    settings: Settings | None = None,
    *,
    risk: bool = False,
    strata: bool = False,
    care: bool = False,
    guidance: bool = False,
    corpus: Path | None = None,
) -> Assessor:
    """The rules for some definitions (all where none are named); kept for the next call.

    Args:
        definitions: ids of definitions; all where None.
        settings: choices that change how rules read the data.
        risk: whether every risk algorithm is computed too.
        strata: whether the strata of fracture risk are among the definitions where none are named.
        care: whether gates and lines of a plan are computed too; they rest on risks and strata.
        guidance: whether the recommendations of a corpus are computed too; they rest on care.
        corpus: the folder of a corpus in place of ours.

    Raises:
        RuleError: an unknown definition, or rules that do not form a graph.
        EvidenceError: the corpus cannot be used.
    """
    return _assessor(
        tuple(definitions) if definitions else None,
        settings or Settings(),
        Further(risk or care or guidance, strata or care or guidance, care or guidance, guidance, corpus),
    )


def assess(
    frame: Any,
    *,
    definitions: Sequence[str] | None = None,
    settings: Settings | None = None,
    columns: Columns = "verdicts",
    keep_input: bool = True,
    risk: bool = False,
    strata: bool = False,
) -> Any:
    """Judges every person of a canonical frame under every definition.

    Args:
        frame: canonical people (see `myosteon.frame`), one row each: a Polars DataFrame or LazyFrame, a DuckDB relation or
            a Spark DataFrame. Measures that it lacks are unknown.
        definitions: ids of definitions; all where None.
        settings: choices that change how rules read the data.
        columns: which columns to add, see `Assessor.outputs`.
        keep_input: whether the columns of `frame` stand before the added ones; else only `person_id` and `visit_date`.
        risk: whether every risk algorithm is computed too.
        strata: whether the strata of fracture risk are judged too.

    Returns:
        A frame of the same engine. Unknown is null; words are an Enum in Polars, text elsewhere.
    """
    assessor = make_assessor(definitions, settings, risk=risk, strata=strata)
    return assess_frame(assessor, frame, columns, keep_input)


def assess_frame(
    assessor: Assessor, frame: Any, columns: Columns = "verdicts", keep_input: bool = True
) -> Any:
    """`assess` with an assessor made before."""
    if isinstance(frame, pl.DataFrame):
        return _assess_eager(assessor, frame, columns, keep_input)
    if isinstance(frame, pl.LazyFrame):
        return _assess_lazy(assessor, frame, columns, keep_input)
    return _assess_native(assessor, frame, columns, keep_input)


def _assess_lazy(assessor: Assessor, frame: pl.LazyFrame, columns: Columns, keep_input: bool) -> pl.LazyFrame:
    present = frame.collect_schema().names()
    outputs = assessor.outputs(columns, present)
    kept = _kept(present, outputs, keep_input)
    return assessor.plan(outputs).run_polars(frame, present, kept)


# Up to so many rows the plan costs more than the work, and is kept ready.
MOST_ROWS_PREPARED = 20_000


def _assess_eager(
    assessor: Assessor, frame: pl.DataFrame, columns: Columns, keep_input: bool
) -> pl.DataFrame:
    if frame.height > MOST_ROWS_PREPARED:
        return _assess_lazy(assessor, frame.lazy(), columns, keep_input).collect()
    schema = tuple(frame.schema.items())
    from myosteon.engine.python_code import NotJudged

    alone = _one_person(assessor, schema, columns, keep_input) if frame.height == 1 else None
    if alone is not None:
        try:
            return alone.run(frame)
        except NotJudged:
            # A number that is not finite: the frame's engine knows what comes of it.
            pass
    return _prepared(assessor, schema, columns, keep_input).run(frame)


@lru_cache(maxsize=64)
def _one_person(
    assessor: Assessor, schema: tuple[tuple[str, Any], ...], columns: Columns, keep_input: bool
) -> OnePerson | None:
    """None where a rule does what only an engine of frames can do."""
    # The command judges frames that are lazy, and starts sooner without this.
    from myosteon.engine.one_person import OnePerson
    from myosteon.engine.python_code import NotJudged

    present = [name for name, _ in schema]
    outputs = assessor.outputs(columns, present)
    try:
        return OnePerson(assessor.plan(outputs), pl.Schema(schema), _kept(present, outputs, keep_input))
    except NotJudged:
        return None


@lru_cache(maxsize=64)
def _prepared(
    assessor: Assessor, schema: tuple[tuple[str, Any], ...], columns: Columns, keep_input: bool
) -> PreparedPlan:
    present = [name for name, _ in schema]
    outputs = assessor.outputs(columns, present)
    return PreparedPlan(assessor.plan(outputs), pl.Schema(schema), _kept(present, outputs, keep_input))


def _assess_native(assessor: Assessor, frame: Any, columns: Columns, keep_input: bool) -> Any:
    people = nw.from_native(frame)
    present = people.collect_schema().names()
    outputs = assessor.outputs(columns, present)
    kept = _kept(present, outputs, keep_input)
    return nw.to_native(assessor.plan(outputs).run_native(people, present, kept))


def _kept(present: Sequence[str], outputs: Sequence[str], keep_input: bool) -> list[str]:
    given = set(outputs)
    if keep_input:
        return [name for name in present if name not in given]
    return [name for name in KEPT_ALWAYS if name in present]

"""Builds the columns of one definition of sarcopenia from its tests, its stages and its numbers.

For a definition `ID` these are, besides the criteria: `strength_low_ID`, `mass_low_ID`, `performance_low_ID` (those that
it uses), `sarcopenia_STAGE_ID`, `sarcopenia_ID` (highest stage proved), `sarcopenia_ID_upto` (highest not excluded),
`strength_decides_ID` ... (unknown, and on it the verdict depends) and `sarcopenia_ID_needs` (what to measure).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from myosteon.errors import RuleError
from myosteon.evidence.types import EvidenceSet
from myosteon.logic.answers import Answer, FirstTrue, Listing
from myosteon.logic.formula import Formula, fewest_conditions
from myosteon.logic.rule import SAME, Rule
from myosteon.logic.three_valued import Done, Expr, all_of, any_done, any_of, is_yes, may_be_no, may_be_yes
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.osteosarcopenia import cross_with_bone
from myosteon.rules.sarcopenia.age import age_judged, age_outside_scope
from myosteon.rules.sarcopenia.thing import Lacking, Test, TestMaker

THINGS = ("strength_low", "mass_low", "performance_low")
DECIDES = {
    "strength_low": "strength_decides",
    "mass_low": "mass_decides",
    "performance_low": "performance_decides",
}
NONE = "none"
CONFIRMED = "confirmed"


def sarcopenia(
    evidence: EvidenceSet,
    *,
    strength: tuple[TestMaker, ...] = (),
    mass: tuple[TestMaker, ...] = (),
    performance: tuple[TestMaker, ...] = (),
    stages: Mapping[str, Formula],
    gated_by_age: bool = False,
) -> Guideline:
    """A definition of sarcopenia.

    Args:
        evidence: its numbers.
        strength, mass, performance: the tests of each thing; several tests of one thing are alternatives.
        stages: the formula of each stage over `STRENGTH`, `MASS`, `PERFORMANCE`, lowest first; each stage must imply the one before.
        gated_by_age: whether the definition gives no verdict at ages for which it has no cut-offs (its cut-off `age_judged`).

    Raises:
        RuleError: a stage does not imply the lower one, or speaks of a thing that has no test.
    """
    makers = {"strength_low": strength, "mass_low": mass, "performance_low": performance}
    used = {thing: tests for thing, tests in makers.items() if tests}
    _check_stages(evidence.id, stages, used)

    def build(settings: Settings) -> tuple[Rule, ...]:
        tests = {thing: tuple(make(evidence, settings) for make in made) for thing, made in used.items()}
        return tuple(_Definition(evidence, tests, stages, gated_by_age).rules())

    name = f"sarcopenia_{evidence.id}"
    with_bone = (f"osteosarcopenia_{evidence.id}", f"osteosarcopenia_broad_{evidence.id}")
    verdicts = (name, f"{name}_upto", f"{name}_needs", *(with_bone if CONFIRMED in stages else ()))
    return Guideline(evidence, build, verdicts, stages)


def _check_stages(id: str, stages: Mapping[str, Formula], used: Mapping[str, object]) -> None:
    for stage, formula in stages.items():
        for thing in sorted(formula.things - set(used)):
            raise RuleError(f"{id}: stage {stage} speaks of {thing}, for which the definition has no test")
    for values in _completions(tuple(used)):
        reached = [formula.holds(values) for formula in stages.values()]
        if any(later and not earlier for earlier, later in pairwise(reached)):
            raise RuleError(f"{id}: the stages {', '.join(stages)} do not follow from one another")


def _completions(things: tuple[str, ...]) -> Iterator[dict[str, bool]]:
    for answers in product((False, True), repeat=len(things)):
        yield dict(zip(things, answers, strict=True))


@dataclass(frozen=True, slots=True)
class _Definition:
    """The rules of one definition, in the order in which they are read."""

    evidence: EvidenceSet
    tests: Mapping[str, tuple[Test, ...]]
    stages: Mapping[str, Formula]
    gated: bool

    @property
    def id(self) -> str:
        return self.evidence.id

    @property
    def things(self) -> tuple[str, ...]:
        return tuple(thing for thing in THINGS if thing in self.tests)

    @property
    def gate(self) -> tuple[str, ...]:
        """The column without which there is no verdict at all, where the definition has one."""
        return (f"age_judged_{self.id}",) if self.gated else ()

    def rules(self) -> Iterator[Rule]:
        for tests in self.tests.values():
            for test in tests:
                yield from test.rules
        for thing in self.things:
            yield self._thing(thing)
        yield from self._age_rules()
        for stage, formula in self.stages.items():
            yield self._stage(stage, formula)
        yield self._proved()
        yield self._upto()
        for thing in self.things:
            yield self._decides(thing)
        yield self._needs()
        if CONFIRMED in self.stages:
            yield from cross_with_bone(self.id, self.gate)

    def _column(self, name: str) -> str:
        return f"{name}_{self.id}"

    def _rule(self, template: str, inputs: tuple[str, ...], body: object, **fields: object) -> Rule:
        defaults = {"kind": "yes_no", "stratum": "diagnosis", "template": template, "definition": self.id}
        return Rule(**{"name": self._column(template), "inputs": inputs, "body": body, **defaults, **fields})  # type: ignore[arg-type]

    def _thing(self, thing: str) -> Rule:
        tests = self.tests[thing]
        answers = tuple(test.answer for test in tests)
        if len(tests) == 1:
            return self._rule(
                thing,
                answers,
                lambda answer: answer,
                stratum="criterion",
                numbers=(SAME,),
                sentence=SENTENCES[thing],
            )
        done = tuple(dict.fromkeys(column for test in tests for column in test.done_reads))
        inputs = tuple(dict.fromkeys((*answers, *done)))

        def body(*columns: Expr) -> Answer:
            by_name = dict(zip(inputs, columns, strict=True))
            return any_done(
                [Done(by_name[test.answer], test.done(by_name) if test.done else None) for test in tests]
            )

        return self._rule(
            thing,
            inputs,
            body,
            stratum="criterion",
            numbers=("any_done", tuple(test.done is not None for test in tests)),
            shown=answers,
            sentence=SENTENCES[thing],
        )

    def _age_rules(self) -> Iterator[Rule]:
        if self.gated:
            yield age_judged.rule(self.id, cutoff=self.evidence.cutoff("age_judged"))
        if self.evidence.scope and self.evidence.scope.age_from is not None:
            yield age_outside_scope.rule(self.id, age_from=self.evidence.scope.age_from)

    def _stage(self, stage: str, formula: Formula) -> Rule:
        inputs = tuple(self._column(thing) for thing in self.things if thing in formula.things)
        things = tuple(thing for thing in self.things if thing in formula.things)

        def body(*columns: Expr) -> Answer:
            values = dict(zip(things, columns, strict=True))
            return formula.evaluate(values, lambda a, b: a & b, lambda a, b: a | b)

        return self._rule(
            f"sarcopenia_{stage}",
            inputs,
            body,
            numbers=(SAME,) if formula.joined_by == "thing" else ("formula", formula),
            sentence=f"The stage {stage} is reached.",
        )

    @property
    def _stage_columns(self) -> tuple[str, ...]:
        return tuple(self._column(f"sarcopenia_{stage}") for stage in self.stages)

    @property
    def _levels(self) -> tuple[str, ...]:
        return (NONE, *self.stages)

    def _proved(self) -> Rule:
        def body(*columns: Expr) -> Answer:
            highest_first = [(answer, stage) for stage, answer in zip(self.stages, columns, strict=True)][
                ::-1
            ]
            return FirstTrue((*highest_first, (~columns[0], NONE)))

        return self._rule(
            "sarcopenia",
            self._stage_columns,
            body,
            kind="stage",
            levels=self._levels,
            numbers=("proved", *self.stages),
            shown=tuple(self._column(thing) for thing in self.things),
            sentence="The highest stage of sarcopenia that is proved.",
        )

    def _upto(self) -> Rule:
        gated = len(self.gate)

        def body(*columns: Expr) -> Answer:
            judged, reached = columns[:gated], columns[gated:]
            # From below: the first stage that is excluded leaves the one beneath it.
            *below, highest = (NONE, *self.stages)
            excluded = tuple(
                (all_of([*judged, ~answer]), stage) for stage, answer in zip(below, reached, strict=True)
            )
            return FirstTrue(
                (*excluded, (all_of([*judged]), highest)) if judged else excluded, None if judged else highest
            )

        return self._rule(
            "sarcopenia_upto",
            (*self.gate, *self._stage_columns),
            body,
            name=f"sarcopenia_{self.id}_upto",
            kind="stage",
            levels=self._levels,
            numbers=("upto", *self.stages),
            shown=tuple(self._column(thing) for thing in self.things),
            sentence="The highest stage of sarcopenia that is not excluded.",
        )

    def _decides(self, thing: str) -> Rule:
        others = tuple(other for other in self.things if other != thing)
        deciding = fewest_conditions(
            values for values in _completions(others) if self._differs(thing, values)
        )
        inputs = (*self.gate, *(self._column(name) for name in (thing, *others)))

        def body(*columns: Expr) -> Answer:
            judged = [is_yes(column) for column in columns[: len(self.gate)]]
            answer, *rest = columns[len(self.gate) :]
            named = dict(zip(others, rest, strict=True))
            ways = [
                all_of([may_be_yes(named[o]) if yes else may_be_no(named[o]) for o, yes in values.items()])
                for values in deciding
                if values
            ]
            matters = [any_of(ways)] if ways else []
            return all_of([*judged, answer.is_null(), *matters])

        return self._rule(
            DECIDES[thing],
            inputs,
            body,
            numbers=("decides", tuple(tuple(values.items()) for values in deciding)),
            sentence="The answer is unknown, and for some answer to the other unknowns the verdict depends on it.",
        )

    def _differs(self, thing: str, others: dict[str, bool]) -> bool:
        return self._reached({**others, thing: True}) != self._reached({**others, thing: False})

    def _reached(self, values: dict[str, bool]) -> int:
        return sum(formula.holds(values) for formula in self.stages.values())

    def _needs(self) -> Rule:
        parts: dict[Lacking, list[str]] = {}
        by_measures: dict[tuple[str, ...], Lacking] = {}
        for thing in self.things:
            for lacks in self._lacks(thing):
                first = by_measures.setdefault(lacks.measures, lacks)
                parts.setdefault(first, []).append(self._column(DECIDES[thing]))
        inputs = tuple(
            dict.fromkeys(
                [column for columns in parts.values() for column in columns]
                + [c for p in parts for c in p.reads]
            )
        )

        def body(*columns: Expr) -> Answer:
            by_name = dict(zip(inputs, columns, strict=True))
            return Listing(
                tuple(
                    (
                        all_of(
                            [
                                any_of([by_name[d] for d in decides]),
                                *([lacks.unknown(by_name)] if lacks.unknown else []),
                            ]
                        ),
                        lacks.measures,
                    )
                    for lacks, decides in parts.items()
                )
            )

        return Rule(
            name=f"sarcopenia_{self.id}_needs",
            inputs=inputs,
            body=body,
            kind="list",
            stratum="diagnosis",
            template="sarcopenia_needs",
            definition=self.id,
            numbers=("needs", tuple(lacks.measures for lacks in parts)),
            shown=(),
            sentence="The unknown measurements on which the verdict depends; measuring them settles it.",
        )

    def _lacks(self, thing: str) -> list[Lacking]:
        """What the tests of a thing lack; where an unknown thing means that no test was done, one entry names them all."""
        tests = self.tests[thing]
        if all(test.done is None for test in tests):
            return [Lacking(tuple(m for test in tests for lacks in test.lacks for m in lacks.measures))]
        return [lacks for test in tests for lacks in test.lacks]


SENTENCES = {
    "strength_low": "Muscle strength is low, judged on the tests that were done.",
    "mass_low": "Muscle mass is low, judged on the measurements that were made.",
    "performance_low": "Physical performance is low, judged on the tests that were done.",
}

"""Builds the columns of one scheme of strata from its criteria, the formula of each stratum and whom it is for.

For a scheme `stratum_ID` these are, besides the criteria: `stratum_LEVEL_ID` (this stratum or a higher one is reached),
`stratum_ID` (highest stratum proved), `stratum_ID_upto` (highest not excluded) and `stratum_ID_needs` (what to find out).
A scheme for some people only gives nothing to others; where it is unknown whether a person is one of them, nothing is
proved, and what would settle that is named too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.answers import Answer, FirstTrue, Listing
from myosteon.logic.formula import Formula
from myosteon.logic.rule import SAME, Rule, renamed
from myosteon.logic.three_valued import Expr, all_of, any_of, may_be_yes
from myosteon.rules.guideline import Guideline, Settings
from myosteon.rules.sarcopenia.thing import Lacking
from myosteon.rules.strata.criterion import CriteriaMaker, Criterion, scheme_of
from myosteon.rules.strata.osteosarcopenia_marker import MARKER
from myosteon.rules.strata.terms import decisions, terms_of

TEMPLATE = "stratum"


def named(name: str) -> Formula:
    """A criterion in a formula."""
    return Formula("thing", name)


def any_named(*names: str) -> Formula:
    """Any one of several criteria."""
    return reduce(or_, (named(name) for name in names))


def strata(
    evidence: EvidenceSet,
    *,
    base: str,
    levels: Mapping[str, Formula],
    criteria: CriteriaMaker,
    applies: CriteriaMaker | None = None,
    follows: Mapping[str, Formula] | None = None,
) -> Guideline:
    """A scheme of strata.

    Args:
        evidence: its numbers and findings.
        base: the stratum of whoever reaches no other.
        levels: the formula of each stratum over the names of `criteria`, lowest first; a higher one includes the lower.
        criteria: what the formulas speak of.
        follows: for a stratum what follows from the formulas and would be missed where a criterion is unknown that leads
            to the stratum either way (an age on which only the way depends); it is computed with them, and not shown.
        applies: the one criterion that says for whom the scheme is (the last where it needs others before); None = everybody.
    """

    def build(settings: Settings) -> tuple[Rule, ...]:
        every = criteria(evidence, settings)
        gate = applies(evidence, settings)[-1] if applies else None
        of_criteria = (rule for criterion in (*((gate,) if gate else ()), *every) for rule in criterion.rules)
        # Criteria may share a rule that they read.
        before = {rule.name: rule for rule in of_criteria}.values()
        computed = {level: reduce(or_, _with(level, levels, follows)) for level in levels}
        rules = (*before, *_Scheme(evidence, base, computed, every, gate).rules())
        return tuple(renamed(rule, definition=evidence.id) for rule in rules)

    name = evidence.id
    return Guideline(evidence, build, (name, f"{name}_upto", f"{name}_needs", MARKER), levels)


def _with(level: str, levels: Mapping[str, Formula], follows: Mapping[str, Formula] | None) -> list[Formula]:
    return [levels[level], *([follows[level]] if follows else [])]


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The rules of one scheme, in the order in which they are read."""

    evidence: EvidenceSet
    base: str
    levels: Mapping[str, Formula]
    criteria: tuple[Criterion, ...]
    applies: Criterion | None

    @property
    def gate(self) -> tuple[str, ...]:
        return (self.applies.column,) if self.applies else ()

    @property
    def cumulative(self) -> dict[str, Formula]:
        """For each stratum what reaches it or a higher one."""
        names = tuple(self.levels)
        return {
            level: reduce(or_, (self.levels[higher] for higher in names[place:]))
            for place, level in enumerate(names)
        }

    def _column(self, level: str) -> str:
        return f"stratum_{level}_{scheme_of(self.evidence)}"

    def _rule(self, name: str, inputs: tuple[str, ...], body: object, **fields: object) -> Rule:
        defaults = {"stratum": "risk", "levels": (), "shown": None}
        return Rule(**{"name": name, "inputs": inputs, "body": body, **defaults, **fields})  # type: ignore[arg-type]

    def rules(self) -> Iterator[Rule]:
        for level, formula in self.cumulative.items():
            yield self._level(level, formula)
        yield self._proved()
        yield self._upto()
        yield self._needs()

    def _level(self, level: str, formula: Formula) -> Rule:
        own = tuple(criterion for criterion in self.criteria if criterion.name in formula.things)
        names = tuple(criterion.name for criterion in own)

        def body(*columns: Expr) -> Answer:
            values = dict(zip(names, columns, strict=True))
            return formula.evaluate(values, lambda a, b: a & b, lambda a, b: a | b)

        return self._rule(
            self._column(level),
            tuple(criterion.column for criterion in own),
            body,
            kind="yes_no",
            template=f"stratum_{level}",
            numbers=(SAME,) if formula.joined_by == "thing" else ("formula", formula),
            sentence=f"The stratum {level.replace('_', ' ')}, or a higher one, is reached.",
        )

    @property
    def _shown(self) -> tuple[str, ...]:
        return (*self.gate, *(criterion.column for criterion in self.criteria))

    def _staged(self, name: str, template: str, body: object, sentence: str) -> Rule:
        return self._rule(
            name,
            (*self.gate, *(self._column(level) for level in self.levels)),
            body,
            kind="stage",
            template=template,
            levels=(self.base, *self.levels),
            numbers=(template, bool(self.gate), self.base, *self.levels),
            shown=self._shown,
            sentence=sentence,
        )

    def _proved(self) -> Rule:
        gated = len(self.gate)

        def body(*columns: Expr) -> Answer:
            judged, reached = list(columns[:gated]), columns[gated:]
            highest_first = [
                (all_of([*judged, answer]), level) for level, answer in zip(self.levels, reached, strict=True)
            ][::-1]
            return FirstTrue((*highest_first, (all_of([*judged, ~reached[0]]), self.base)))

        return self._staged(
            self.evidence.id, TEMPLATE, body, "The highest stratum of fracture risk that is proved."
        )

    def _upto(self) -> Rule:
        gated = len(self.gate)

        def body(*columns: Expr) -> Answer:
            judged = [may_be_yes(column) for column in columns[:gated]]
            open_levels = tuple(
                (all_of([*judged, may_be_yes(answer)]), level)
                for level, answer in zip(self.levels, columns[gated:], strict=True)
            )[::-1]
            if not judged:
                return FirstTrue(open_levels, self.base)
            return FirstTrue((*open_levels, (all_of(judged), self.base)))

        return self._staged(
            f"{self.evidence.id}_upto",
            f"{TEMPLATE}_upto",
            body,
            "The highest stratum of fracture risk that is not excluded.",
        )

    def _asked(self) -> dict[Lacking, list[str]]:
        """What criteria lack, each once, with the names of the criteria that lack it."""
        first: dict[tuple[object, ...], Lacking] = {}
        asked: dict[Lacking, list[str]] = {}
        for criterion in self.criteria:
            for lacking in criterion.lacks:
                same = first.setdefault((lacking.measures, lacking.reads), lacking)
                asked.setdefault(same, []).append(criterion.name)
        return asked

    def _needs(self) -> Rule:
        levels = {level: terms_of(formula) for level, formula in self.cumulative.items()}
        deciding = {criterion.name: decisions(criterion.name, levels) for criterion in self.criteria}
        asked = self._asked()
        for_whom = self.applies.lacks if self.applies else ()
        columns_of_levels = {level: self._column(level) for level in self.levels}
        reads = [column for lacking in (*for_whom, *asked) for column in lacking.reads]
        inputs = tuple(dict.fromkeys((*self._shown, *columns_of_levels.values(), *reads)))

        def body(*columns: Expr) -> Answer:
            known = dict(zip(inputs, columns, strict=True))
            answers = {criterion.name: known[criterion.column] for criterion in self.criteria}
            reached = {level: known[column] for level, column in columns_of_levels.items()}
            judged = [may_be_yes(known[column]) for column in self.gate]
            waits = {
                name: all_of(
                    [*judged, answers[name].is_null(), any_of([way.holds(answers, reached) for way in ways])]
                )
                for name, ways in deciding.items()
            }
            parts = [(known[column].is_null(), lacking) for column in self.gate for lacking in for_whom]
            parts += [(any_of([waits[name] for name in names]), lacking) for lacking, names in asked.items()]
            return Listing(
                tuple((_unknown(lacking, wait, known), lacking.measures) for wait, lacking in parts)
            )

        return self._rule(
            f"{self.evidence.id}_needs",
            inputs,
            body,
            kind="list",
            template=f"{TEMPLATE}_needs",
            numbers=("needs", self.evidence.id),
            shown=(),
            sentence="What is unknown of the person and decides the stratum; finding it out settles the stratum.",
        )


def _unknown(lacking: Lacking, wait: Expr, known: dict[str, Expr]) -> Expr:
    return wait & lacking.unknown(known) if lacking.unknown else wait

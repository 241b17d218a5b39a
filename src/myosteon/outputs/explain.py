"""Explains one verdict on one person, and says what to measure next. It reads results and judges nothing anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from myosteon.errors import ColumnError
from myosteon.guidelines import find_guideline
from myosteon.logic.formula import Formula
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_needs import base_of, needed, needs_of
from myosteon.outputs.explain_next import what_to_measure_next
from myosteon.outputs.explain_node import make_builder, plain
from myosteon.outputs.explain_remarks import assumptions, contradictions, remark_of, scope_of
from myosteon.outputs.explain_shape import value_in
from myosteon.outputs.explain_types import Assessor, Explanation, Node, Row, Rung, State
from myosteon.outputs.wording.load import Language, Speech, definition_label, label_of, speak, stands_alone

__all__ = ["explain", "formula_text", "rung_states", "stage_sentence", "what_to_measure_next"]

# Stages that are the absence of what the others are about: they have no rung.
BASE_LEVELS = frozenset({"none", "normal", "below", "low"})


def explain(
    row: Row,
    assessor: Assessor,
    verdict: str,
    language: Language = "en",
    *,
    taken_as_no: Collection[str] = (),
) -> Explanation:
    """Why a column of a person's results is what it is.

    Args:
        row: one person's measures and results, of `assess(..., columns="all")`. Unknown is None; measures that the
            file lacked may be absent.
        assessor: the one that made the results.
        verdict: any column of the graph, or a measure.
        language: `en` or `zh`.
        taken_as_no: measures of this person that were not recorded and were read as no.

    Raises:
        ColumnError: the column is no rule and no measure, or the row does not hold its result.
    """
    graph = assessor.graph
    if verdict not in graph.rules and verdict not in graph.measures:
        raise ColumnError(f"there is no column {verdict}; name a verdict, a criterion or a measure")
    if verdict in graph.rules and verdict not in row and graph.computed(verdict) not in row:
        raise ColumnError(f'the results hold no {verdict}; explain needs all columns (columns="all")')
    return _Explaining(row, assessor, verdict, speak(language), taken_as_no).explanation()


@dataclass(frozen=True, slots=True)
class _Explaining:
    row: Row
    assessor: Assessor
    verdict: str
    speech: Speech
    taken_as_no: Collection[str]

    @property
    def rule(self) -> Rule | None:
        return self.assessor.graph.rules.get(self.verdict)

    @property
    def definition(self) -> str:
        return self.rule.definition if self.rule else ""

    @property
    def spoken_of(self) -> str:
        """The definition whose scope and remark hold for the verdict; none where it only borrows the definition."""
        return "" if self.rule and stands_alone(self.rule) else self.definition

    def value(self, column: str) -> object:
        return value_in(self.row, self.assessor.graph, column)

    def explanation(self) -> Explanation:
        row, assessor, verdict, speech = self.row, self.assessor, self.verdict, self.speech
        tree = make_builder(row, assessor, speech, verdict).node(verdict, self.definition)
        needs = needs_of(row, assessor.graph, verdict) or self._unknown_leaves(tree)
        person = self.value("person_id")
        return Explanation(
            person_id=None if person is None else str(person),
            verdict=verdict,
            value=tree.value
            if tree.name == verdict and not _has_cutoff(tree)
            else plain(self.value(verdict)),
            upto=self.upto,
            language=speech.language,
            label=label_of(verdict, speech.language, assessor.graph),
            headline=self.headline(tree),
            stages=self.rungs(),
            needs=needs,
            needed=needed(row, assessor.graph, verdict, needs, speech),
            assumptions=assumptions(row, assessor, verdict, speech, self.taken_as_no),
            contradictions=contradictions(row, assessor, verdict, speech),
            scope=scope_of(self.spoken_of, speech),
            remark=remark_of(self.spoken_of, speech),
            tree=tree,
        )

    def _unknown_leaves(self, tree: Node) -> tuple[str, ...]:
        """What an answer that has no `_needs` column lacks: the unknown measures below it."""
        base = base_of(self.verdict)
        if f"{base}_needs" in self.assessor.graph.rules or tree.answer != "unknown":
            return ()
        return tuple(dict.fromkeys(n.name for n in tree.walk() if n.is_measure and n.value is None))

    # --- stages ---------------------------------------------------------------------------------------------

    @property
    def staged(self) -> Rule | None:
        """The staged verdict that is explained, also where its `_upto` or `_needs` was asked for."""
        rule = self.assessor.graph.rules.get(base_of(self.verdict))
        return rule if rule and rule.kind == "stage" else None

    @property
    def upto(self) -> str | None:
        column = f"{base_of(self.verdict)}_upto"
        upto = self.value(column) if column in self.assessor.graph.rules else None
        return None if upto is None else str(upto)

    def rungs(self) -> tuple[Rung, ...]:
        rule = self.staged
        if rule is None:
            return ()
        states = rung_states(rule.levels, self.value(rule.name), self.upto)
        return tuple(
            Rung(level, self.speech.level(level, rule.template), self.formula(rule, level), states[level])
            for level in rule.levels
            if level not in BASE_LEVELS
        )

    def formula(self, rule: Rule, stage: str) -> str:
        """What a stage asks for, in words; empty where the definition has no formula."""
        guideline = find_guideline(rule.definition)
        stages = guideline.stages if guideline else None
        if not stages or stage not in stages:
            return ""
        return formula_text(stages[stage], self.speech)

    # --- headline -------------------------------------------------------------------------------------------

    def headline(self, tree: Node) -> str:
        """The answer in one sentence."""
        speech = self.speech
        rule = self.staged
        if rule is None:
            return speech.say(
                "headline.answer",
                name=speech.outside(label_of(self.verdict, speech.language, self.assessor.graph)),
                answer=self._answer(tree),
            )
        name = definition_label(rule.definition, speech.language)
        value = self.value(rule.name)
        return stage_sentence(
            "headline", speech, rule.template, None if value is None else str(value), self.upto, name
        )

    def _answer(self, tree: Node) -> str:
        value = self.value(self.verdict)
        if value is None and self.rule and self.rule.stratum == "diagnosis" and self.rule.kind != "list":
            return self.speech.word("open")
        if tree.answer is not None and (value is None or isinstance(value, bool)):
            return self.speech.word(tree.answer)
        return tree.text


def formula_text(formula: Formula, speech: Speech) -> str:
    """What a stage asks for: "low mass and (low strength or low performance)"; a plain row of things where all are asked."""
    names = {thing: _thing(thing, speech) for thing in formula.things}
    row = _all_of(formula)
    if row and len(row) > 2:
        *first, last = (names[thing] for thing in row)
        return speech.say("formula.and").join((speech.list(first), last))
    text = formula.in_words(names, speech.say("formula.and"), speech.say("formula.or"))
    return text.replace("(", "（").replace(")", "）") if speech.language == "zh" else text


def _thing(thing: str, speech: Speech) -> str:
    """What a thing of a formula is called; a criterion by the label of its rule."""
    return speech.say(f"formula.{thing}") if speech.has(f"formula.{thing}") else speech.criterion(thing)


def _all_of(formula: Formula) -> list[str] | None:
    """The things of a formula that joins them by `and` alone, None for another."""
    if formula.joined_by == "thing":
        return [formula.name]
    inner = [_all_of(part) for part in formula.parts]
    if formula.joined_by == "or" or any(things is None for things in inner):
        return None
    return [thing for things in inner if things for thing in things]


def _has_cutoff(tree: Node) -> bool:
    return tree.comparison is not None


def stage_sentence(
    section: str, speech: Speech, template: str, value: str | None, upto: str | None, name: str
) -> str:
    """A stage and what is not excluded above it, in words; of the sentences of `section`."""
    if value is None and upto is None:
        return speech.say(f"{section}.no_verdict", name=name)
    ceiling = "" if upto is None else speech.level(upto, template)
    if value is None:
        return speech.say(f"{section}.open_from_nothing", name=name, upto=ceiling)
    stage = speech.stage_said(value, template)
    if value == upto or upto is None:
        return speech.say(f"{section}.settled", name=name, stage=stage)
    return speech.say(f"{section}.open", name=name, stage=stage, upto=ceiling)


def rung_states(levels: Sequence[str], value: object, upto: str | None) -> dict[str, State | None]:
    """How each stage stands: proved up to the value, open up to what is not excluded, else excluded; None without a verdict."""
    if value is None and upto is None:
        return dict.fromkeys(levels)
    proved = levels.index(str(value)) if value is not None else -1
    possible = levels.index(upto) if upto is not None else proved
    return {
        level: "proved" if place <= proved else "open" if place <= possible else "excluded"
        for place, level in enumerate(levels)
    }

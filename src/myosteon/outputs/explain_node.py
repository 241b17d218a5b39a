"""Builds the tree of an explanation from one person's results; answers come from the columns, limits from the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from myosteon.evidence.types import Cutoff, Source
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_limits import (
    Limits,
    lean_mass_lows,
    methods_with_cutoff,
    node_source,
    source_of,
)
from myosteon.outputs.explain_remarks import evidence_of
from myosteon.outputs.explain_shape import (
    LEAN_MASS,
    THINGS,
    WHO,
    Shape,
    is_flag,
    judged_column,
    listed,
    measures_read,
)
from myosteon.outputs.explain_types import Answer, Assessor, LimitShown, Node, Row, Value
from myosteon.outputs.wording.load import Speech, label_of
from myosteon.vocabulary.measures import load_measures

ANSWERS: dict[object, Answer] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds nodes for one person."""

    row: Row
    assessor: Assessor
    speech: Speech
    shape: Shape
    limits: Limits

    def node(self, column: str, inside: str) -> Node:
        """The node of a column, with everything below it; `inside` is the definition that is being spoken of."""
        rule = self.assessor.graph.rules.get(column)
        if rule is None:
            return self._measure(column)
        children = tuple(
            self._child(rule, name, rule.definition or inside) for name in self.shape.children(rule)
        )
        if isinstance(rule.evidence, Cutoff) and rule.kind == "yes_no":
            return self._criterion(rule, rule.evidence, children, inside)
        if rule.name in self.assessor.graph.measures:
            return replace(self._measure(column), is_measure=not children, children=children)
        return self._quantity_or_word(rule, children, inside)

    def label(self, column: str, inside: str = "") -> str:
        """What the column is called at the start of a line."""
        return self.speech.outside(label_of(column, self.speech.language, self.assessor.graph, inside=inside))

    # --- measures -------------------------------------------------------------------------------------------

    def _measure(self, column: str) -> Node:
        value = plain(self.shape.value(column))
        measure = load_measures()[column]
        answer: Answer | None = "unknown" if value is None else None
        if isinstance(value, bool):
            answer = ANSWERS[value]
        return Node(
            name=column,
            label=self.label(column),
            value=value,
            answer=answer,
            text=self._measure_text(column, value),
            unit=measure.unit,
            is_measure=True,
        )

    def _measure_text(self, column: str, value: Value) -> str:
        measure = load_measures()[column]
        if value is None:
            return self.speech.word("not_measured" if measure.is_number else "unknown")
        if isinstance(value, bool):
            return self.speech.word("yes" if value else "no")
        if isinstance(value, int | float):
            unit = self.speech.unit_of(column, measure.unit)
            return self.speech.quantity(value, unit, typed=True)
        if isinstance(value, str) and value in measure.word_labels:
            return measure.word_labels[value].in_language(self.speech.language)
        return self.speech.list(value) if isinstance(value, tuple) else str(value)

    # --- rules ----------------------------------------------------------------------------------------------

    def _child(self, rule: Rule, column: str, inside: str) -> Node:
        node = self.node(column, inside)
        if column == "alm_kg" and node.value is None and self._judges_lean_mass(rule):
            return self._lean_mass_not_measured(rule, node)
        scale = self.limits.scale(rule, column) if rule.evidence is not None else ""
        return replace(node, note=scale) if scale and not node.note else node

    def _judges_lean_mass(self, rule: Rule) -> bool:
        return rule.template == "mass_low" or rule.template.startswith(LEAN_MASS)

    def _lean_mass_not_measured(self, rule: Rule, node: Node) -> Node:
        limits, source = self.limits.of_lean_mass(
            self.assessor.graph, lean_mass_lows(self.assessor.graph, rule)
        )
        phrase = self.limits.phrase(limits, by_method=True)
        return replace(
            node,
            text=self.speech.say("node.unmeasured", limits=phrase),
            limits=limits,
            source=node_source(source, self.speech.language) if source else None,
        )

    def _criterion(self, rule: Rule, cutoff: Cutoff, children: tuple[Node, ...], inside: str) -> Node:
        main = judged_column(rule)
        assert main is not None
        others = [name for name in rule.inputs if name != main and name not in WHO]
        several = any(not is_flag(name) and name in self.assessor.graph.measures for name in others)
        value = None if several else plain(self.shape.value(main))
        answer = ANSWERS[self.shape.value(rule.name)]
        limit = cutoff.limit_for(self.limits.sex, self.limits.age)
        possible = self.limits.possible(cutoff)
        by_flag = any(child.name in others and is_flag(child.name) for child in children)
        alone = not by_flag and all(is_flag(name) for name in others)
        if several:
            text = self.speech.say("node.counts", limits=self.limits.phrase(possible))
        elif by_flag:
            text = self._bare_text(main, value, cutoff)
        else:
            text = self._criterion_text(main, value, cutoff, answer if alone else "unknown", possible)
        return Node(
            name=rule.name,
            label=self.label(rule.name, inside),
            value=value,
            answer=answer,
            text=text,
            judges=main,
            comparison=cutoff.comparison,
            cutoff=limit.value if limit else None,
            unit=cutoff.unit,
            limits=() if limit else possible,
            source=node_source((limit or cutoff.limits[0]).source, self.speech.language),
            children=children,
        )

    def _bare_text(self, main: str, value: Value, cutoff: Cutoff) -> str:
        """The value alone: a flag decided, and whatever the value is to the limit, it was not what counted."""
        typed = main in self.assessor.graph.measures
        return self.speech.quantity(value, cutoff.unit, typed=typed) if isinstance(value, int | float) else ""

    def _criterion_text(
        self, main: str, value: Value, cutoff: Cutoff, answer: Answer, possible: Sequence[LimitShown]
    ) -> str:
        limits = self.limits.phrase(possible)
        if not isinstance(value, int | float):
            return self.speech.say("node.unmeasured", limits=limits)
        single = possible[0].cutoff if len(possible) == 1 else None
        typed = main in self.assessor.graph.measures
        quantity = self.speech.quantity(value, cutoff.unit, typed=typed, beside=single)
        if answer == "unknown" or single is None:
            return self.speech.say("node.value_open", value=quantity, limits=limits)
        limit = self.speech.limit(cutoff.comparison, single, cutoff.unit, met=answer == "yes")
        return self.speech.say("node.value", value=quantity, limit=limit)

    def _quantity_or_word(self, rule: Rule, children: tuple[Node, ...], inside: str) -> Node:
        value = self._value(rule)
        source = None if rule.kind == "list" else source_of(rule.evidence) or self._stage_source(rule, value)
        answer: Answer | None = "unknown" if value is None else None
        if rule.kind == "yes_no":
            answer = ANSWERS[value]
        elif rule.kind == "list":
            answer = None
        return Node(
            name=rule.name,
            label=self.label(rule.name, inside),
            value=value,
            answer=answer,
            text=self._rule_text(rule, value),
            unit=rule.unit or None,
            note=self._note(rule, answer),
            source=node_source(source, self.speech.language) if source else None,
            children=children,
        )

    def _value(self, rule: Rule) -> Value:
        if rule.kind == "list":
            return listed(self.shape.row, self.assessor.graph, rule.name)
        return plain(self.shape.value(rule.name))

    def _stage_source(self, rule: Rule, value: Value) -> Source | None:
        if rule.kind != "stage" and not rule.template.startswith("sarcopenia_"):
            return None
        evidence = evidence_of(rule.definition)
        if evidence is None:
            return None
        stage = value if isinstance(value, str) else rule.template.removeprefix("sarcopenia_")
        notes = evidence.stages
        return next(
            (note.source for note in notes if note.stage == stage), notes[0].source if notes else None
        )

    def _rule_text(self, rule: Rule, value: Value) -> str:
        speech = self.speech
        if rule.kind == "list":
            names = value if isinstance(value, tuple) else ()
            return speech.list([self._listed(name) for name in names]) or speech.say("node.nothing")
        if rule.template in THINGS:
            return self._tests_text(rule)
        if rule.kind == "yes_no":
            return ""
        if value is None and rule.kind == "stage":
            return speech.word("open") if self._is_judged(rule) else speech.say("standing.no_verdict")
        if value is None:
            return speech.word("unknown")
        if isinstance(value, int | float):
            return speech.quantity(value, rule.unit)
        return speech.level(str(value), rule.template)

    def _listed(self, name: str) -> str:
        """An item of a list: a column by its label, another (a medicine) as it was written."""
        graph = self.assessor.graph
        is_column = name in graph.rules or name in graph.measures
        return self.speech.inside(self.label(name)) if is_column else name

    def _is_judged(self, rule: Rule) -> bool:
        """Whether a staged verdict says at least what is not excluded."""
        upto = f"{rule.name.removesuffix('_upto')}_upto"
        return upto not in self.assessor.graph.rules or self.shape.value(upto) is not None

    def _tests_text(self, rule: Rule) -> str:
        tests = rule.explained_by
        if len(tests) == 1:
            return ""
        done = sum(self.shape.value(test) is not None for test in tests)
        if done == 0:
            return (
                self.speech.word("not_measured")
                if self._nothing_known(tests)
                else self.speech.word("unknown")
            )
        return self.speech.say("node.tests_done", done=done, all=len(tests))

    def _nothing_known(self, tests: Sequence[str]) -> bool:
        graph = self.assessor.graph
        read = {name for test in tests for name in measures_read(graph, test)}
        known = (name for name in read if self.shape.value(name) is not None)
        return not any(not is_flag(name) and name not in BODY for name in known)

    def _note(self, rule: Rule, answer: Answer | None) -> str:
        if rule.template == "chair_stand_failed" and answer == "unknown":
            return self.speech.say("note.failure_only")
        if self._judges_lean_mass(rule) and self.shape.value("alm_kg") is not None:
            return self._method_note(rule, answer)
        return ""

    def _method_note(self, rule: Rule, answer: Answer | None) -> str:
        if len(rule.explained_by) > 1 and rule.template in THINGS:
            return ""
        method = self.shape.value("mass_method")
        methods = methods_with_cutoff(self.assessor.graph, lean_mass_lows(self.assessor.graph, rule))
        if method == "estimated":
            accepted = self.assessor.settings.accept_estimated_mass and (not methods or "dxa" in methods)
            return self.speech.say("note.estimated_accepted" if accepted else "note.estimated")
        if method is None and answer == "unknown" and methods:
            if len(methods) == 1:
                return self.speech.say("note.method_unknown_one", method=self.speech.method(methods[0]))
            return self.speech.say("note.method_unknown")
        if isinstance(method, str) and methods and method not in methods:
            return self.speech.say("note.method_without_cutoff", method=self.speech.method(method))
        return ""


# Known of nearly everybody; that they are known does not mean that a test was begun.
BODY = frozenset({"sex", "age_years", "height_cm", "weight_kg", "mass_method"})


def make_builder(row: Row, assessor: Assessor, speech: Speech, root: str) -> Builder:
    """A builder for one person; `root` is the column that is explained."""
    shape = Shape(row, assessor.graph, root)
    limits = Limits(speech, shape.value("sex"), shape.value("age_years"), shape.value("ethnicity"))
    return Builder(row, assessor, speech, shape, limits)


def plain(value: object) -> Value:
    """A cell as text, number, yes/no or tuple of texts."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    return str(value)

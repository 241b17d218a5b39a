"""The causes for which definitions of sarcopenia disagree about one person. Each reads answers; none judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from myosteon.evidence.types import Limit
from myosteon.outputs.differ_heights import height, height_reached
from myosteon.outputs.differ_types import Reason, Standing
from myosteon.outputs.differ_uses import Answered, answered, sarcopenia_definitions, things_of
from myosteon.outputs.explain_limits import Limits
from myosteon.outputs.explain_needs import measure_inside
from myosteon.outputs.explain_remarks import scope_of
from myosteon.outputs.explain_shape import value_in
from myosteon.outputs.explain_types import Assessor, Definition, Row
from myosteon.outputs.wording.load import Speech, definition_label, label_of

MASS_INDICES = ("asmi", "asm_bmi")
THINGS = ("strength_low", "mass_low", "performance_low")


@dataclass(frozen=True, slots=True)
class Reasons:
    """Finds the causes for one person."""

    row: Row
    assessor: Assessor
    speech: Speech
    uses: Sequence[Answered]

    def find(self, groups: Sequence[Standing]) -> Iterator[Reason]:
        """Every cause, from what a value says to what a definition leaves out; none where all agree."""
        if len(groups) < 2:
            return
        yield from self._between()
        yield from self._same_test()
        yield from self._mass()
        yield from self._index()
        yield from self._age()
        yield from self._left_out(groups)

    # --- (a) a value between two limits ------------------------------------------------------------------------

    def _between(self) -> Iterator[Reason]:
        for column, uses in self._by_column().items():
            if len({use.low for use in uses}) == 2 and self._quantity(column, uses) is not None:
                text = self.speech.say(
                    "differ.between",
                    measure=self._label(column),
                    value=self._quantity(column, uses),
                    sides=self._sides(uses),
                )
                yield Reason("between", text, (column,), _definitions(uses))

    def _by_column(self) -> dict[str, list[Answered]]:
        found: dict[str, list[Answered]] = {}
        for use in self.uses:
            found.setdefault(use.use.column, []).append(use)
        return found

    def _sides(self, uses: Sequence[Answered]) -> str:
        sides: dict[tuple[bool, str], list[Answered]] = {}
        for use in sorted(uses, key=self._nearest_first):
            limit = self._limit(use)
            if limit is not None:
                words = self.speech.limit(
                    use.use.cutoff.comparison, limit.value, use.use.cutoff.unit, met=use.low
                )
                sides.setdefault((use.low, words), []).append(use)
        return self.speech.say("node.who_join").join(
            self.speech.say("differ.side", limit=words, definitions=self._names(_definitions(found)))
            for (_, words), found in sides.items()
        )

    def _nearest_first(self, use: Answered) -> tuple[bool, float]:
        """Limits that make the value low, then the others; each from the nearest to the value on."""
        limit, value = self._limit(use), self._value(use.use.column)
        far = abs(limit.value - value) if limit and isinstance(value, int | float) else 0.0
        return (not use.low, far)

    # --- (b) one test, two things ------------------------------------------------------------------------------

    def _same_test(self) -> Iterator[Reason]:
        for column, uses in self._by_column().items():
            by_thing = {
                thing: [u for u in uses if u.use.thing == thing]
                for thing in ("strength_low", "performance_low")
            }
            if all(by_thing.values()) and any(use.low for use in uses):
                text = self.speech.say(
                    "differ.same_test",
                    measure=self._label(column),
                    strength=self._names(_definitions(by_thing["strength_low"])),
                    performance=self._names(_definitions(by_thing["performance_low"])),
                )
                yield Reason("same_test", text, (column,), _definitions(uses))

    # --- (c) muscle mass that is missing, or cannot be judged --------------------------------------------------

    def _mass(self) -> Iterator[Reason]:
        waiting = [
            definition.id
            for definition in sarcopenia_definitions(self.assessor)
            if self._value(f"mass_decides_{definition.id}") is True
        ]
        causes: dict[str, list[str]] = {}
        for id in waiting:
            causes.setdefault(self._mass_cause(id), []).append(id)
        for cause, ids in causes.items():
            method = self._value("mass_method")
            parts: dict[str, object] = {"definitions": self._names(ids)}
            if cause == "mass_method":
                parts["method"] = self.speech.method(str(method))
            if cause == "mass_incomplete":
                parts["measures"] = self.speech.list(
                    [measure_inside(name, self.speech) for name in self._unknown_sizes(ids)]
                )
            yield Reason(
                "mass", self.speech.say(f"differ.{cause}", **parts), ("alm_kg", "mass_method"), tuple(ids)
            )

    def _mass_cause(self, definition: str) -> str:
        method = self._value("mass_method")
        if self._value("alm_kg") is None:
            return "mass_missing"
        if self._value(f"lean_mass_lacking_{definition}") is True:
            return "mass_estimated" if method == "estimated" else "mass_method"
        if self._unknown_sizes([definition]):
            return "mass_incomplete"
        return "mass_method_unknown" if method is None else "mass_incomplete"

    def _unknown_sizes(self, definitions: Sequence[str]) -> list[str]:
        read = self.assessor.graph.measures_read([f"mass_low_{id}" for id in definitions])
        sizes = ("sex", "age_years", "height_cm", "weight_kg")
        return [name for name in sizes if name in read and self._value(name) is None]

    # --- (d) two indices of one mass ---------------------------------------------------------------------------

    def _index(self) -> Iterator[Reason]:
        by_column = self._by_column()
        indices = {column: by_column[column] for column in MASS_INDICES if column in by_column}
        answers = {column: {use.low for use in uses} for column, uses in indices.items()}
        if len(answers) < 2 or len(set.union(*answers.values())) < 2:
            return
        sides = [
            self.speech.say(
                "differ.index_low" if low else "differ.index_not_low",
                index=self.speech.inside(self._label(column)),
                value=self._quantity(column, uses),
                definitions=self._names(_definitions([use for use in uses if use.low is low])),
            )
            for column, uses in indices.items()
            for low in (True, False)
            if low in answers[column]
        ]
        text = self.speech.say("differ.index", sides=self.speech.say("next.list_join").join(sides))
        uses = [use for found in indices.values() for use in found]
        yield Reason("index", text, tuple(indices), _definitions(uses))

    # --- (e) what a definition leaves out ----------------------------------------------------------------------

    def _left_out(self, groups: Sequence[Standing]) -> Iterator[Reason]:
        standing = {id: group for group in groups for id in group.definitions}
        for thing in THINGS:
            users = {
                definition.id: definition
                for definition in sarcopenia_definitions(self.assessor)
                if thing in things_of(self.assessor.graph, definition.id)
            }
            without = [
                definition.id
                for definition in sarcopenia_definitions(self.assessor)
                if definition.id not in users
                and any(
                    self._lifts_apart(standing[definition.id], standing[user.id], user, thing)
                    for user in users.values()
                )
            ]
            if without:
                text = self.speech.say(
                    "differ.leaves_out",
                    thing=self.speech.say(f"differ.{thing}"),
                    definitions=self._names(without),
                )
                yield Reason("leaves_out", text, tuple(f"{thing}_{id}" for id in users), tuple(without))

    def _lifts_apart(self, without: Standing, using: Standing, user: Definition, thing: str) -> bool:
        """Whether another answer to the thing would bring a definition that uses it nearer to one that does not."""
        answers = {
            name: value if isinstance(value := self._value(column), bool) else None
            for name, column in things_of(self.assessor.graph, user.id).items()
        }
        mine, theirs = height(without.value, without.upto), height(using.value, using.upto)
        if mine == theirs or not user.stages:
            return False
        otherwise = height_reached(user.stages, {**answers, thing: mine > theirs})
        reached = height_reached(user.stages, answers)
        return otherwise > reached if mine > theirs else otherwise < reached

    # --- (f) ages ----------------------------------------------------------------------------------------------

    def _age(self) -> Iterator[Reason]:
        for definition in sarcopenia_definitions(self.assessor):
            gate = f"age_judged_{definition.id}"
            label = definition_label(definition.id, self.speech.language)
            if gate in self.assessor.graph.rules and self._value(gate) is not True:
                if self._value("age_years") is None:
                    text = self.speech.say("differ.age_unknown", definition=label)
                else:
                    note = scope_of(definition.id, self.speech)
                    text = self.speech.say("differ.age_not_judged", definition=label, note=note)
                yield Reason("age", text, ("age_years",), (definition.id,))
        by_column = self._by_column()
        for use in self.uses:
            others = by_column[use.use.column]
            if self._is_of_a_band(use) and any(other.low is not use.low for other in others):
                yield self._age_band(use)

    def _is_of_a_band(self, use: Answered) -> bool:
        """Whether the person is of an age for which the definition has a limit of its own, below its oldest band."""
        limit = self._limit(use)
        if limit is None or limit.age_below is None:
            return False
        return any(other.value != limit.value for other in self._of_sex(use))

    def _of_sex(self, use: Answered) -> list[Limit]:
        sex = self._value("sex")
        return [limit for limit in use.use.cutoff.limits if limit.sex in (None, sex)]

    def _age_band(self, use: Answered) -> Reason:
        limits = Limits(self.speech, self._value("sex"), self._value("age_years"))
        cutoff = use.use.cutoff
        said = [
            self.speech.say(
                "differ.age_band_limit",
                limit=self.speech.limit(cutoff.comparison, limit.value, cutoff.unit),
                who=limits.ages(limit),
            )
            for limit in self._of_sex(use)
        ]
        text = self.speech.say(
            "differ.age_band",
            definition=definition_label(use.use.definition, self.speech.language),
            measure=self.speech.inside(self._label(use.use.column)),
            limits=self.speech.say("node.who_join").join(said),
        )
        return Reason("age", text, (use.use.column,), (use.use.definition,))

    # --- words -------------------------------------------------------------------------------------------------

    def _value(self, column: str) -> object:
        return value_in(self.row, self.assessor.graph, column)

    def _limit(self, use: Answered) -> Limit | None:
        return use.use.cutoff.limit_for(self._value("sex"), self._value("age_years"))

    def _label(self, column: str) -> str:
        return self.speech.outside(label_of(column, self.speech.language, self.assessor.graph))

    def _quantity(self, column: str, uses: Sequence[Answered]) -> str | None:
        value = self._value(column)
        if not isinstance(value, int | float):
            return None
        typed = column in self.assessor.graph.measures
        limits = [limit.value for use in uses if (limit := self._limit(use))]
        nearest = min(limits, key=lambda limit: abs(limit - value), default=None)
        return self.speech.quantity(value, uses[0].use.cutoff.unit, typed=typed, beside=nearest)

    def _names(self, definitions: Sequence[str]) -> str:
        return self.speech.list([definition_label(id, self.speech.language) for id in definitions])


def _definitions(uses: Sequence[Answered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use.use.definition for use in uses))


def find_reasons(
    row: Row, assessor: Assessor, speech: Speech, groups: Sequence[Standing]
) -> tuple[Reason, ...]:
    """Why the groups differ; of reasons in the same words one."""
    found = Reasons(row, assessor, speech, answered(row, assessor)).find(groups)
    return tuple({reason.text: reason for reason in found}.values())

"""Which columns stand below a column in an explanation: structure only, and what is not said for a person.

Intermediate columns that no clinician would name (height squared) are passed over, tests by the wrong method are left out,
and of sites or ways of recording only those that were used are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.evidence.types import Cutoff
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_types import Row
from myosteon.outputs.wording.load import method_of
from myosteon.vocabulary.measures import load_measures

THINGS = ("strength_low", "mass_low", "performance_low")
# Passed over: the columns below them stand in their place.
PASSED_OVER = frozenset({"height_squared_m2", "t_score_lowest_hip", "lean_mass_lacking"})
# Any one of the inputs will do; those that are known were used.
ALTERNATIVES = frozenset(
    {"t_score_lowest", "t_score_lowest_hip", "t_score_lowest_with_radius", "vertebral_fracture"}
)
# The first input that is known was used.
FIRST_KNOWN = frozenset({"t_score_for_bone_who"})
# Flags that say something only in one of their two answers.
FAILURE_FLAGS = frozenset({"chair_stand_unable", "walk_unable", "walk_400m_completed"})
SAYS_FAILED_WHEN_NO = frozenset({"walk_400m_completed"})
LEAN_MASS = "lean_mass_low"
# Totals that are one test among others: while unknown they are shown as one test that was not done.
TESTS_WITH_PARTS = frozenset({"sppb_score"})
GRIP_HANDS = ("grip_left_kg", "grip_right_kg")
WHO = ("sex", "age_years")


def value_in(row: Row, graph: Graph, column: str) -> object:
    """What a column holds for a person; None where it is unknown. A column that only repeats another may be absent."""
    if column in row:
        return row[column]
    return row.get(graph.computed(column))


@lru_cache(maxsize=1024)
def measures_read(graph: Graph, verdict: str) -> frozenset[str]:
    """The measures that a column rests on, directly or not."""
    return frozenset(graph.measures_read([verdict]) or {verdict})


def listed(row: Row, graph: Graph, column: str) -> tuple[str, ...]:
    """The names in a column that holds a list, or a text with `;` between them; none where it is empty."""
    value = value_in(row, graph, column)
    if isinstance(value, str):
        return tuple(name for name in value.split(";") if name)
    return tuple(str(name) for name in value) if isinstance(value, list | tuple) else ()


def is_flag(column: str) -> bool:
    """Whether a measure is a yes or no."""
    measure = load_measures().get(column)
    return measure is not None and measure.type == "bool"


def judged_column(rule: Rule) -> str | None:
    """The column that a rule with one cut-off compares, None for other rules."""
    if not isinstance(rule.evidence, Cutoff):
        return None
    if rule.evidence.measure in rule.inputs:
        return rule.evidence.measure
    others = [name for name in rule.inputs if name not in WHO and not is_flag(name)]
    return others[0] if others else rule.inputs[0]


@dataclass(frozen=True, slots=True)
class Shape:
    """The children of columns for one person; `root` is the column that is explained."""

    row: Row
    graph: Graph
    root: str

    def value(self, column: str) -> object:
        """What the column holds."""
        return value_in(self.row, self.graph, column)

    def children(self, rule: Rule) -> tuple[str, ...]:
        """The columns to show below a rule's column, in order and each once."""
        return tuple(dict.fromkeys(name for column in self._columns(rule) for name in self._through(column)))

    def _columns(self, rule: Rule) -> tuple[str, ...]:
        if rule.name in self.graph.measures:
            return self._parts_that_were_used(rule)
        verdict = rule.name.removesuffix("_needs")
        if rule.kind == "list" and verdict != rule.name and verdict in self.graph.rules:
            return (verdict,)
        if rule.template in BY_TEMPLATE:
            return BY_TEMPLATE[rule.template](self, rule)
        if rule.template in THINGS:
            return self._tests(rule)
        if rule.template.startswith(LEAN_MASS):
            return self._lean_mass(rule)
        if rule.template in ALTERNATIVES:
            return self._known_or_first(rule)
        if rule.template in FIRST_KNOWN:
            known = tuple(name for name in rule.inputs if self.value(name) is not None)
            return (known or rule.inputs)[:1]
        if isinstance(rule.evidence, Cutoff) and not rule.assumption:
            return self._criterion(rule, rule.evidence)
        if rule.contradiction:
            return rule.explained_by
        return tuple(name for name in rule.explained_by if self._is_said(name)) or rule.explained_by

    def _is_said(self, column: str) -> bool:
        """Whether a column is worth a line: a flag of a failed test only where it says so."""
        return column not in FAILURE_FLAGS or self.speaks(column)

    def _through(self, column: str) -> tuple[str, ...]:
        rule = self.graph.rules.get(column)
        if rule is None or rule.template not in PASSED_OVER:
            return (column,)
        inner = self._known_or_first(rule) if rule.template in ALTERNATIVES else rule.inputs
        return tuple(name for inside in inner for name in self._through(inside))

    def _parts_that_were_used(self, rule: Rule) -> tuple[str, ...]:
        """Of a total: the parts, if all are known. Of an unknown one: all parts, if any is known and they are asked about."""
        parts = tuple(name for name in rule.inputs if name != rule.name)
        known = tuple(name for name in parts if self.value(name) is not None)
        if self.value(rule.name) is not None:
            # With a part unknown the total was given, and the parts are not what it rests on.
            return known if len(known) == len(parts) else ()
        if not known:
            return ()
        return parts if rule.name == self.root or rule.template not in TESTS_WITH_PARTS else ()

    def _known_or_first(self, rule: Rule) -> tuple[str, ...]:
        known = tuple(name for name in rule.inputs if self.value(name) is not None)
        if known:
            return known
        return rule.inputs[:1] if rule.template == "vertebral_fracture" else rule.inputs

    def _criterion(self, rule: Rule, cutoff: Cutoff) -> tuple[str, ...]:
        main = judged_column(rule)
        assert main is not None
        flags = [name for name in rule.inputs if name != main and is_flag(name) and self.speaks(name)]
        picks = {"sex": cutoff.by_sex, "age_years": cutoff.by_age}
        shown: list[str] = []
        for name in rule.inputs:
            if name == main:
                if not (flags and self.value(main) is None):
                    shown.append(name)
            elif is_flag(name):
                if name in flags:
                    shown.append(name)
            elif not (picks.get(name) and self.value(name) is not None):
                shown.append(name)
        return tuple(shown)

    def speaks(self, flag: str) -> bool:
        """Whether a yes or no says something here: that a test was tried and failed."""
        return self.value(flag) is (flag not in SAYS_FAILED_WHEN_NO)

    def _tests(self, rule: Rule) -> tuple[str, ...]:
        tests = rule.explained_by
        only = self.graph.rules[tests[0]] if len(tests) == 1 else None
        return self._lean_mass(only) if only and only.template.startswith(LEAN_MASS) else tests

    def _lean_mass(self, rule: Rule) -> tuple[str, ...]:
        """The cut-offs that served the person's method; where none did, the mass and the method that stood in the way."""
        lows = [name for name in rule.inputs if name != "mass_method"]
        method = self.value("mass_method")
        if self.value("alm_kg") is None:
            sizes = {"height_cm", "weight_kg"} & {
                name for low in lows for name in measures_read(self.graph, low)
            }
            return ("alm_kg", *sorted(name for name in sizes if self.value(name) is None))
        by_method = any(method_of(self.graph.rules[name], self.graph) for name in lows)
        if method is None:
            return (*lows, "mass_method") if by_method else tuple(lows)
        if method == "estimated" and rule.template.endswith("_or_estimated"):
            method = "dxa"
        fitting = [name for name in lows if method_of(self.graph.rules[name], self.graph) in (None, method)]
        if fitting and method != "estimated":
            return tuple(fitting)
        indices = dict.fromkeys(index for name in lows for index in mass_indices(self.graph, name))
        return (*indices, "mass_method")


@lru_cache(maxsize=256)
def mass_indices(graph: Graph, low: str) -> tuple[str, ...]:
    """The mass indices that a criterion, or a pair of criteria, judges."""
    rule = graph.rules[low]
    main = judged_column(rule)
    return (main,) if main else tuple(index for name in rule.inputs for index in mass_indices(graph, name))


def _grip(shape: Shape, rule: Rule) -> tuple[str, ...]:
    if shape.value("grip_kg") is not None:
        return ("grip_kg",)
    return tuple(name for name in GRIP_HANDS if shape.value(name) is not None) or ("grip_kg",)


def _bands_apply(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """A man's menopause is not asked for."""
    return WHO if shape.value("sex") == "male" else rule.inputs


def _bone_bands(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """A lower band is shown where the higher is excluded, fractures where they bear on it."""
    apply, osteoporotic, below_normal, fracture = rule.explained_by
    if shape.value(apply) is False:
        return (apply,)
    if shape.value(osteoporotic) is False:
        return (apply, osteoporotic, below_normal)
    return (apply, osteoporotic, fracture)


def _timed_or_failed(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """Points for a time: the flag stands there only where it says failed, and then in place of a time that is missing."""
    time, flag = rule.inputs
    if not shape.speaks(flag):
        return (time,)
    return (flag,) if shape.value(time) is None else (time, flag)


def _any_of(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """Where some prove it, these alone; else all that were asked for."""
    yes = tuple(name for name in rule.inputs if shape.value(name) is True)
    return yes or rule.inputs


def _all_of(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """Where some exclude it, these alone; else all that must hold."""
    no = tuple(name for name in rule.inputs if shape.value(name) is False)
    return no or rule.inputs


def _sarcopenia(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """The things; the age alone where the definition has no cut-offs for it, and before them where it is unknown."""
    gate = f"age_judged_{rule.definition}"
    if gate not in shape.graph.rules or shape.value(gate) is True:
        return rule.explained_by
    return (gate, *rule.explained_by) if shape.value("age_years") is None else (gate,)


def _stratum(shape: Shape, rule: Rule) -> tuple[str, ...]:
    """Whom the scheme is for, where it is not for this person; at the top what proves it; where it is open what may raise it."""
    criteria = rule.explained_by
    for gate in (name for name in criteria if name in rule.inputs):
        if shape.value(gate) is False:
            return (gate,)
    verdict = rule.name.removesuffix("_upto")
    proved, upto = shape.value(verdict), shape.value(f"{verdict}_upto")
    if proved == upto == rule.levels[-1]:
        return tuple(name for name in criteria if shape.value(name) is True)
    if proved != upto:
        return tuple(name for name in criteria if shape.value(name) is not False)
    return criteria


BY_TEMPLATE: Mapping[str, Callable[[Shape, Rule], tuple[str, ...]]] = {
    "grip_best_kg": _grip,
    "t_score_bands_apply": _bands_apply,
    "bone_who": _bone_bands,
    "bone_who_upto": _bone_bands,
    "any_low_trauma_fracture": _any_of,
    "humerus_pelvis_or_forearm_fracture": _any_of,
    "osteoporosis_china2022": _any_of,
    "osteoporosis_by_t_score": _all_of,
    "osteoporosis_by_low_bone_mass": _all_of,
    "low_bone_mass": _all_of,
    "sppb_gait_points": _timed_or_failed,
    "sppb_chair_points": _timed_or_failed,
    "sarcopenia": _sarcopenia,
    "sarcopenia_upto": _sarcopenia,
    "stratum": _stratum,
    "stratum_upto": _stratum,
}

"""Strength, mass and performance: the things of which a definition of sarcopenia is made, and the tests of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet
from myosteon.logic.rule import Rule, Template, renamed
from myosteon.logic.three_valued import Expr
from myosteon.rules import mass as mass_rules
from myosteon.rules.guideline import Settings

Unknown = Callable[[dict[str, Expr]], Expr]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Measures that are named as needed when `unknown` holds of the columns `reads` (always, where it is None)."""

    measures: tuple[str, ...]
    reads: tuple[str, ...] = ()
    unknown: Unknown | None = None


def lacking(measure: str, column: str = "") -> Lacking:
    """`measure` is named where its column is unknown."""
    name = column or measure
    return Lacking((measure,), (name,), lambda columns: columns[name].is_null())


@dataclass(frozen=True, slots=True)
class Test:
    """One way to judge a thing: its rules, of which the last gives the answer, and what it lacks when unknown.

    `done` tells whether the test was done, where that is not the same as having an answer.
    """

    rules: tuple[Rule, ...]
    lacks: tuple[Lacking, ...]
    done_reads: tuple[str, ...] = ()
    done: Unknown | None = None

    @property
    def answer(self) -> str:
        """The column with the answer."""
        return self.rules[-1].name


TestMaker = Callable[[EvidenceSet, Settings], Test]


def tested_by(template: Template, measure: str) -> TestMaker:
    """A test that is done where it has an answer, and lacks one measure where not."""

    def make(evidence: EvidenceSet, settings: Settings) -> Test:
        rule = template.rule(evidence.id, cutoff=evidence.cutoff(template.name))
        return Test((rule,), (lacking(measure),))

    return make


def tested_by_flag(template: Template) -> TestMaker:
    """A test that speaks only when it says failed, and so is never named as needed."""

    def make(evidence: EvidenceSet, settings: Settings) -> Test:
        return Test((template.rule(evidence.id),), ())

    return make


def tested_by_grip(template: Template) -> TestMaker:
    """Grip strength: done where a grip is known, though without the sex it has no answer."""

    def make(evidence: EvidenceSet, settings: Settings) -> Test:
        rule = renamed(
            template.rule(evidence.id, cutoff=evidence.cutoff("grip_weak")), name=f"grip_weak_{evidence.id}"
        )
        return Test(
            (rule,),
            (lacking("sex"), lacking("grip_kg", "grip_best_kg")),
            ("grip_best_kg",),
            lambda columns: ~columns["grip_best_kg"].is_null(),
        )

    return make


def tested_by_muscle_area(template: Template) -> TestMaker:
    """Muscle area by CT: done where the area is known, though without the sex it has no answer."""

    def make(evidence: EvidenceSet, settings: Settings) -> Test:
        rule = template.rule(evidence.id, cutoff=evidence.cutoff(template.name))
        return Test(
            (rule,),
            (lacking("sex"), lacking("smi_l3_cm2_m2")),
            ("smi_l3_cm2_m2",),
            lambda columns: ~columns["smi_l3_cm2_m2"].is_null(),
        )

    return make


def tested_by_lean_mass(*indices: str, by_age: bool = False) -> TestMaker:
    """Limb lean mass by one index, or by either of two, judged for the method that it was measured by.

    The evidence decides: a cut-off without a method serves DXA and BIA alike; cut-offs by method serve theirs alone.
    """

    def make(evidence: EvidenceSet, settings: Settings) -> Test:
        return _LeanMass(evidence, settings, indices, by_age).test()

    return make


INDEX_TEMPLATES = {
    ("asmi_low", False): mass_rules.asmi_low,
    ("asmi_low", True): mass_rules.asmi_low_for_age,
    ("asm_bmi_low", False): mass_rules.asm_bmi_low,
    ("asm_bmi_low", True): mass_rules.asm_bmi_low_for_age,
}


class _LeanMass:
    """Builds the rules that judge limb lean mass under one definition."""

    def __init__(
        self, evidence: EvidenceSet, settings: Settings, indices: tuple[str, ...], by_age: bool
    ) -> None:
        self.evidence = evidence
        self.estimated = settings.accept_estimated_mass
        self.indices = indices
        self.by_age = by_age
        cutoffs = [cutoff for cutoff in evidence.cutoffs if cutoff.criterion in indices]
        self.methods = tuple(dict.fromkeys(cutoff.method for cutoff in cutoffs))

    def test(self) -> Test:
        lows = {method: self._low(method) for method in self.methods}
        rules = tuple(rule for chain in lows.values() for rule in chain)
        answer = self._template().rule(
            self.evidence.id,
            inputs={
                argument: lows[method][-1].name
                for argument, method in zip(
                    ("low", "low_dxa", "low_bia"), self._methods_by_argument(), strict=True
                )
                if method in lows
            },
        )
        answer = renamed(answer, name=f"lean_mass_low_{self.evidence.id}")
        absent = mass_rules.lean_mass_lacking.rule(self.evidence.id, judged=self._judged_methods)
        return Test(
            (absent, *rules, answer),
            self._lacks(absent.name),
            (absent.name,),
            lambda columns: ~columns[absent.name],
        )

    def _methods_by_argument(self) -> tuple[str | None, ...]:
        only = self.methods[0] if len(self.methods) == 1 else "none"
        return (only, "dxa", "bia")

    def _low(self, method: str | None) -> tuple[Rule, ...]:
        rules = []
        for index in self.indices:
            template = INDEX_TEMPLATES[index, self.by_age]
            rule = template.rule(
                self.evidence.id, suffix=method or "", cutoff=self.evidence.cutoff(index, method)
            )
            rules.append(renamed(rule, name=_column(index, method, self.evidence.id)))
        if len(rules) == 1:
            return tuple(rules)
        either = mass_rules.either_index_low.rule(
            self.evidence.id,
            suffix=method or "",
            inputs={"asmi_low": rules[0].name, "asm_bmi_low": rules[1].name},
        )
        return (*rules, either)

    def _template(self) -> Template:
        by_method: dict[tuple[str | None, ...], tuple[Template, Template]] = {
            (None,): (mass_rules.lean_mass_low_any_method, mass_rules.lean_mass_low_any_method_or_estimated),
            ("dxa", "bia"): (
                mass_rules.lean_mass_low_by_method,
                mass_rules.lean_mass_low_by_method_or_estimated,
            ),
            ("dxa",): (mass_rules.lean_mass_low_dxa_only, mass_rules.lean_mass_low_dxa_only_or_estimated),
            ("bia",): (mass_rules.lean_mass_low_bia_only, mass_rules.lean_mass_low_bia_only),
        }
        return by_method[self.methods][self.estimated]

    @property
    def _judged_methods(self) -> tuple[str, ...]:
        judged = (
            ("dxa", "bia")
            if self.methods in ((None,), ("dxa", "bia"))
            else tuple(m for m in self.methods if m)
        )
        return (*judged, "estimated") if self.estimated and "dxa" in judged else judged

    def _lacks(self, absent: str) -> tuple[Lacking, ...]:
        lacks = [lacking("sex"), lacking("height_cm")]
        if "asm_bmi_low" in self.indices:
            lacks.append(lacking("weight_kg"))
        lacks.append(Lacking(("alm_kg",), (absent,), lambda columns: columns[absent]))
        if self.methods != (None,):
            lacks.append(lacking("mass_method"))
        return tuple(lacks)


def _column(index: str, method: str | None, definition: str) -> str:
    return "_".join(part for part in (index, method, definition) if part)

"""A rule: a named column computed from named columns, with the clinical sentence that it stands for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, overload

from myosteon.errors import RuleError
from myosteon.logic.answers import Answer

Kind = Literal["yes_no", "number", "stage", "category", "list"]
Stratum = Literal["derived", "criterion", "diagnosis", "risk", "care"]
# Marks a rule that only gives another column a further name.
SAME = "same"
STRATA: tuple[Stratum, ...] = ("derived", "criterion", "diagnosis", "risk", "care")


@dataclass(frozen=True, slots=True)
class Rule:
    """One column.

    `inputs` are the columns it reads, in the order of `body`'s arguments. A rule that reads its own name completes that
    measure: it reads the measure as given. `identity` says what makes two rules the same computation. `evidence` is what
    the rule took its numbers from (a cut-off, points, coefficients). `shown` names the columns that explain it, where
    these are not its inputs. `template` is the wording key that all rules of this shape share; `definition` the id of
    the definition that it belongs to.
    """

    name: str
    inputs: tuple[str, ...]
    body: Callable[..., Answer]
    kind: Kind
    stratum: Stratum
    sentence: str
    template: str
    levels: tuple[str, ...] = ()
    unit: str = ""
    definition: str = ""
    evidence: Any = None
    numbers: tuple[object, ...] = ()
    shown: tuple[str, ...] | None = None
    assumption: bool = False
    contradiction: bool = False

    @property
    def explained_by(self) -> tuple[str, ...]:
        """The columns that explain this one."""
        return self.inputs if self.shown is None else self.shown


@dataclass(frozen=True, slots=True)
class Template:
    """A function that becomes a rule once it is given its evidence, and a definition where it belongs to one."""

    function: Callable[..., Answer]
    kind: Kind
    stratum: Stratum
    levels: tuple[str, ...] = ()
    unit: str = ""
    assumption: bool = False
    contradiction: bool = False
    arguments: tuple[str, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        parameters = inspect.signature(self.function).parameters.values()
        names = tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)
        object.__setattr__(self, "arguments", names)
        if not (self.function.__doc__ or "").strip():
            raise RuleError(f"{self.function.__name__} has no clinical sentence (docstring)")

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    def rule(
        self,
        definition: str = "",
        *,
        inputs: Mapping[str, str] | None = None,
        suffix: str = "",
        **evidence: Any,
    ) -> Rule:
        """The rule for one definition: its column is the function's name and the definition's id.

        Args:
            definition: id of the definition, empty for a rule that stands alone.
            inputs: which column an argument reads, where that is not the column of its own name.
            suffix: told apart within a definition, e.g. a method of measuring.
            evidence: the keyword-only arguments of the function.
        """
        name = "_".join(part for part in (self.name, suffix, definition) if part)
        columns = tuple((inputs or {}).get(argument, argument) for argument in self.arguments)
        function = self.function
        return Rule(
            name=name,
            inputs=columns,
            body=(lambda *columns: function(*columns, **evidence)) if evidence else function,
            kind=self.kind,
            stratum=self.stratum,
            sentence=inspect.cleandoc(function.__doc__ or ""),
            template=self.name,
            levels=self.levels,
            unit=self.unit,
            definition=definition,
            evidence=next(iter(evidence.values()), None) if len(evidence) == 1 else (evidence or None),
            numbers=(function.__module__, self.name, *(numbers_of(value) for value in evidence.values())),
            assumption=self.assumption,
            contradiction=self.contradiction,
        )


def numbers_of(evidence: Any) -> object:
    """What decides of a piece of evidence, for telling two rules alike: its numbers where it has them, else itself."""
    return evidence.numbers if hasattr(evidence, "numbers") else evidence


@dataclass(frozen=True, slots=True)
class Decorator:
    """Makes templates of one kind: `@derived`, or `@derived(unit="kg")` with the fields of `Template`."""

    kind: Kind
    stratum: Stratum

    @overload
    def __call__(self, function: Callable[..., Answer]) -> Template: ...
    @overload
    def __call__(
        self,
        *,
        levels: tuple[str, ...] = (),
        unit: str = "",
        assumption: bool = False,
        contradiction: bool = False,
    ) -> Callable[[Callable[..., Answer]], Template]: ...
    def __call__(self, function: Callable[..., Answer] | None = None, **options: Any) -> Any:
        """A template, or what makes one."""
        if function is not None:
            return Template(function, self.kind, self.stratum)
        return lambda function: Template(function, self.kind, self.stratum, **options)


derived = Decorator("number", "derived")
criterion = Decorator("yes_no", "criterion")
verdict = Decorator("yes_no", "diagnosis")
category = Decorator("category", "diagnosis")
stage = Decorator("stage", "diagnosis")
listing = Decorator("list", "diagnosis")


def renamed(rule: Rule, **changes: Any) -> Rule:
    """The rule with other fields."""
    return replace(rule, **changes)

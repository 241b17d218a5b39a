"""The safety review as columns: whether each step has seen what it must, what it found, and which medicines do not go together.

For a step: `review_STEP` (ran, not_judged) and `review_STEP_needs` (what it has not seen). For a finding: `review_FINDING`
(yes: it stands). For a pair of medicines: `interaction_ID` (yes: both are taken).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from myosteon.errors import EvidenceError
from myosteon.evidence.medicines.load import load_medicines
from myosteon.evidence.review_gates import INTERACTIONS, taken_together
from myosteon.evidence.review_types import MustSee, Review, ReviewStep
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.condition import Condition, Fact, read_condition
from myosteon.logic.rule import Kind, Rule
from myosteon.logic.three_valued import Expr, all_of, any_of, is_unknown, is_yes, may_be_yes
from myosteon.rules.risk.medications import FALL_RISK, column_of

RAN, NOT_JUDGED = "ran", "not_judged"
STEP_LEVELS = (RAN, NOT_JUDGED)
FALL_RISK_TAKEN = "fall_risk_classes_taken"


def step_column(step: str) -> str:
    """The column that says whether a step has seen what it must."""
    return f"review_{step}"


@dataclass(frozen=True, slots=True)
class _Seen:
    """One thing that a step must have seen, with its condition read."""

    facts: tuple[str, ...]
    when: Condition | None

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.facts, *(self.when.names if self.when else ()))

    def lacking(self, columns: Mapping[str, Expr]) -> Expr:
        """Whether none of the facts is known, of a person of whom they are or may be asked; never unknown."""
        unseen = [is_unknown(columns[fact]) for fact in self.facts]
        asked = [may_be_yes(self.when.answer(columns))] if self.when else []
        return all_of([*unseen, *asked])

    def waits(self, columns: Mapping[str, Expr]) -> Iterator[tuple[str, Expr]]:
        """Each fact with whether it has to be known; where it is not known whether it is asked for, what decides that."""
        unseen = all_of([is_unknown(columns[fact]) for fact in self.facts])
        if self.when is None:
            yield from ((fact, unseen) for fact in self.facts)
            return
        asked = is_yes(self.when.answer(columns))
        yield from ((fact, unseen & asked) for fact in self.facts)
        yield from ((fact, unseen & open_) for fact, open_ in self.when.deciding(columns).items())


@dataclass(frozen=True, slots=True)
class StepSeen:
    """Everything that a step must have seen. It waits like a condition that is never yes."""

    step: ReviewStep
    parts: tuple[_Seen, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that it looks at."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names))

    @property
    def text(self) -> str:
        """What tells it from another."""
        return repr(self.step.must_have_seen)

    def lacking(self, columns: Mapping[str, Expr]) -> Expr:
        """Whether something was not seen; never unknown."""
        return any_of([part.lacking(columns) for part in self.parts])

    def deciding(self, columns: Mapping[str, Expr]) -> dict[str, Expr]:
        """Each fact with whether it has to be known and is not."""
        found: dict[str, list[Expr]] = {}
        for part in self.parts:
            for fact, waiting in part.waits(columns):
                found.setdefault(fact, []).append(waiting)
        return {fact: any_of(waiting) for fact, waiting in found.items()}


def read_steps(review: Review, facts: Mapping[str, Fact]) -> dict[str, StepSeen]:
    """What each step must have seen, read.

    Raises:
        EvidenceError: a condition of a step cannot be read.
    """
    return {
        step.id: StepSeen(step, tuple(_seen(step, one, facts) for one in step.must_have_seen))
        for step in review.steps
    }


def _seen(step: ReviewStep, one: MustSee, facts: Mapping[str, Fact]) -> _Seen:
    # A list, such as that of medicines, is no fact of a condition; the graph refuses names that nobody knows.
    where = f"review step {step.id}"
    return _Seen(one.facts, read_condition(one.when, facts, where) if one.when else None)


def review_rules(review: Review, steps: Mapping[str, StepSeen], facts: Mapping[str, Fact]) -> Iterator[Rule]:
    """The rules of every step, finding and pair of medicines; what steps need is a rule of `from_conditions`.

    Raises:
        EvidenceError: a condition cannot be read or speaks of something that nobody knows.
    """
    for step in review.steps:
        yield _step_rule(steps[step.id])
        for finding in step.findings:
            where = f"review finding {finding.id}"
            yield _answer(
                f"review_{finding.id}", read_condition(finding.when, facts, where), finding, "review_finding"
            )
    if INTERACTIONS in review.ids:
        yield _classes_taken()
        for pair in review.interactions:
            where = f"interaction {pair.id}"
            condition = read_condition(taken_together(pair, review), facts, where)
            yield _answer(f"interaction_{pair.id}", condition, pair, "interaction")


def _step_rule(seen: StepSeen) -> Rule:
    names = seen.names

    def body(*columns: Expr) -> FirstTrue:
        held = dict(zip(names, columns, strict=True))
        return FirstTrue(((seen.lacking(held), NOT_JUDGED),), RAN)

    if not names:
        raise EvidenceError(f"review step {seen.step.id} must have seen nothing")
    column = step_column(seen.step.id)
    return _rule(column, names, body, "category", "review_step", seen.step, (seen.text,), levels=STEP_LEVELS)


def _classes_taken() -> Rule:
    members = load_medicines().listings[FALL_RISK].members
    columns = tuple(column_of(member.class_id) for member in members)

    def body(*taken: Expr) -> Listing:
        return Listing(tuple((is_yes(one), (name,)) for name, one in zip(columns, taken, strict=True)))

    return _rule(FALL_RISK_TAKEN, columns, body, "list", "fall_risk_classes_taken", None, ("taken",))


def _answer(name: str, condition: Condition, evidence: Any, template: str) -> Rule:
    names = condition.names

    def body(*columns: Expr) -> Expr:
        return condition.answer(dict(zip(names, columns, strict=True)))

    return _rule(name, names, body, "yes_no", template, evidence, ("condition", condition.text))


def _rule(
    name: str,
    inputs: tuple[str, ...],
    body: Any,
    kind: Kind,
    template: str,
    evidence: Any,
    numbers: Sequence[object],
    *,
    levels: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        name=name,
        inputs=inputs,
        body=body,
        kind=kind,
        stratum="care",
        sentence=SENTENCES[template],
        template=template,
        levels=levels,
        evidence=evidence,
        numbers=(template, *numbers),
    )


SENTENCES = {
    "review_step": "Whether a step of the safety review has seen what it must.",
    "review_finding": "A finding of the safety review stands.",
    "interaction": "Medicines are taken that do not go together.",
    "fall_risk_classes_taken": "The classes of medicines that are taken and raise the risk of falls.",
}

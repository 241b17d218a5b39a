"""Turns gates and lines of care files into columns: what is allowed, what is advised, and for what each waits.

For a gate of a drug: `gate_DRUG_ID` (yes: it stands against the drug). For a drug: `gate_DRUG` (allowed, check_first,
specialist, avoid), `gate_DRUG_because` (the gates that are yes) and `gate_DRUG_needs` (what is unknown and decides). For a line:
`line_ID` (yes: it stands in the plan) and `line_ID_needs`; where it is behind a drug's gates also `line_ID_wanted` and
`line_ID_wanted_needs`: whether it would stand there if these were open. For a named condition: a column of its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from myosteon.evidence.care_types import CareSet, Gate, Line
from myosteon.evidence.review_types import Review
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.condition import Condition, Fact, read_condition
from myosteon.logic.rule import Kind, Rule
from myosteon.logic.three_valued import Expr, all_of, any_of, is_unknown, is_yes
from myosteon.rules.care.review import RAN, STEP_LEVELS, StepSeen, read_steps, review_rules, step_column

GATE_LEVELS = ("allowed", "check_first", "specialist", "avoid")
ALLOWED = "allowed"
NAME = re.compile(r"\w+")
GATE_NAME = re.compile(r"\bgate_")


def care_rules(sets: Iterable[CareSet], facts: Mapping[str, Fact], review: Review) -> Iterator[Rule]:
    """The rules of every gate and line, and of the safety review.

    Args:
        sets: the care files.
        facts: every measure and every column of other rules that a condition may speak of.
        review: the safety review; a drug waits for the steps that guard it.

    Raises:
        EvidenceError: a condition cannot be read or speaks of something that nobody knows.
    """
    sets = tuple(sets)
    known = dict(facts)
    before, after = _by_gates(sets)
    for file, name, text in before:
        yield _answering(name, read_condition(text, known, f"{file} {name}"), None, "named_condition")
        known[name] = Fact(name, "yes_no")
    steps = read_steps(review, known)
    yield from review_rules(review, steps, known)
    for id, seen in steps.items():
        yield _needs_rule(f"{step_column(id)}_needs", [seen])
        known[step_column(id)] = Fact(step_column(id), "word", STEP_LEVELS)
    by_drug: dict[str, list[Gate]] = {}
    for one in sets:
        for gate in one.gates:
            by_drug.setdefault(gate.drug, []).append(gate)
    for drug, gates in by_drug.items():
        guarding = [steps[id] for id in review.guarding(drug)]
        yield from _drug_rules(drug, gates, guarding, known)
        known[f"gate_{drug}"] = Fact(f"gate_{drug}", "word", GATE_LEVELS)
    for file, name, text in after:
        yield _answering(name, read_condition(text, known, f"{file} {name}"), None, "named_condition")
        known[name] = Fact(name, "yes_no")
    for one in sets:
        for line in one.lines:
            yield from _line_rules(line, known, one.id)


def _by_gates(sets: Iterable[CareSet]) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Named conditions (file, name, text): those that gates may speak of, and those that speak of gates, read after them."""
    before: list[tuple[str, str, str]] = []
    after: list[tuple[str, str, str]] = []
    late: set[str] = set()
    for one in sets:
        for name, text in one.named_conditions.items():
            of_gates = GATE_NAME.search(text) or late & set(NAME.findall(text))
            (after if of_gates else before).append((one.id, name, text))
            late |= {name} if of_gates else set()
    return before, after


def _drug_rules(
    drug: str, gates: Sequence[Gate], guarding: Sequence[StepSeen], facts: Mapping[str, Fact]
) -> Iterator[Rule]:
    conditions = {gate: read_condition(gate.when, facts, f"gate {drug} {gate.id}") for gate in gates}
    for gate, condition in conditions.items():
        yield _answering(f"gate_{drug}_{gate.id}", condition, gate, "gate_reason")
    asked = [gate for gate in gates if gate.must_be_known]
    names = {gate: f"gate_{drug}_{gate.id}" for gate in asked}
    kinds = ("kinds", *(_bars(gate) for gate in asked))
    steps = tuple(step_column(seen.step.id) for seen in guarding)
    yield _rule(
        f"gate_{drug}",
        (*names.values(), *steps),
        _gate_of_drug(asked),
        "category",
        "gate",
        tuple(gates),
        levels=GATE_LEVELS,
        numbers=kinds,
    )
    blocking = tuple(names[gate] for gate in asked if gate.blocks)
    yield _rule(f"gate_{drug}_because", blocking, _because(blocking), "list", "gate_because", None)
    forbidding = [conditions[gate] for gate in asked if gate.forbids]
    waited: list[Condition | StepSeen] = [*(conditions[gate] for gate in asked), *guarding]
    yield _needs_rule(f"gate_{drug}_needs", waited, settled_by=forbidding)


def _bars(gate: Gate) -> str:
    return "avoid" if gate.forbids else "specialist" if gate.blocks else "ask"


def _gate_of_drug(gates: Sequence[Gate]) -> Callable[..., FirstTrue]:
    """What a drug's reasons make of it, in the order of `gates`.

    To be avoided where one that forbids holds; the specialist's to decide where one that asks for him holds, whatever is
    still unknown; to be checked first where one is unknown, or where a step of the safety review that guards the drug did
    not run (the columns after the reasons); else allowed.
    """

    def body(*columns: Expr) -> FirstTrue:
        reasons, steps = columns[: len(gates)], columns[len(gates) :]
        not_run = [~is_yes(step == RAN) for step in steps]
        open_ = any_of([*(is_unknown(reason) for reason in reasons), *not_run])
        branches: list[tuple[Expr, str]] = []
        for state in ("avoid", "specialist"):
            held = [
                is_yes(reason) for gate, reason in zip(gates, reasons, strict=True) if _bars(gate) == state
            ]
            branches += [(any_of(held), state)] if held else []
        return FirstTrue((*branches, (open_, "check_first")), ALLOWED)

    return body


def _because(names: Sequence[str]) -> Callable[..., Listing]:
    def listing(*reasons: Expr) -> Listing:
        return Listing(tuple((is_yes(reason), (name,)) for name, reason in zip(names, reasons, strict=True)))

    return listing


def _line_rules(line: Line, facts: Mapping[str, Fact], where: str) -> Iterator[Rule]:
    text = f"({line.when}) and not ({line.unless})" if line.unless else line.when
    if line.drug:
        wanted = read_condition(text, facts, f"{where} line {line.id}")
        yield _answering(f"line_{line.id}_wanted", wanted, line, "plan_line_wanted")
        yield _needs_rule(f"line_{line.id}_wanted_needs", [wanted])
        text = f"({text}) and gate_{line.drug} == '{ALLOWED}'"
    condition = read_condition(text, facts, f"{where} line {line.id}")
    yield _answering(f"line_{line.id}", condition, line, "plan_line")
    yield _needs_rule(f"line_{line.id}_needs", [condition])


def _answering(name: str, condition: Condition, evidence: Any, template: str) -> Rule:
    names = condition.names

    def body(*columns: Expr) -> Expr:
        return condition.answer(dict(zip(names, columns, strict=True)))

    return _rule(name, names, body, "yes_no", template, evidence, numbers=("condition", condition.text))


def _needs_rule(
    name: str, conditions: Sequence[Condition | StepSeen], *, settled_by: Sequence[Condition] = ()
) -> Rule:
    """What is unknown and decides; nothing where one of `settled_by`, which are among the conditions, holds."""
    names = tuple(dict.fromkeys(fact for condition in conditions for fact in condition.names))

    def body(*columns: Expr) -> Listing:
        held = dict(zip(names, columns, strict=True))
        waits: dict[str, list[Expr]] = {}
        for condition in conditions:
            for fact, deciding in condition.deciding(held).items():
                waits.setdefault(fact, []).append(deciding)
        # Where one reason already decides, nothing need be measured for the others.
        decided = [is_yes(condition.answer(held)) for condition in settled_by]
        open_ = [~any_of(decided)] if decided else []
        parts = tuple((all_of([any_of(found), *open_]), (fact,)) for fact, found in waits.items())
        if not parts:
            # A condition that only asks whether something is known waits for nothing; a list still needs a part.
            known = is_unknown(columns[0])
            parts = ((known & ~known, (names[0],)),)
        return Listing(parts)

    texts = tuple(condition.text for condition in conditions)
    settling = tuple(condition.text for condition in settled_by)
    return _rule(name, names, body, "list", "care_needs", None, numbers=("needs", settling, *texts))


def _rule(
    name: str,
    inputs: tuple[str, ...],
    body: Callable[..., Any],
    kind: Kind,
    template: str,
    evidence: Any,
    *,
    levels: tuple[str, ...] = (),
    numbers: tuple[object, ...] = (),
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
        numbers=numbers or (template, name),
    )


SENTENCES = {
    "named_condition": "A condition of care that several lines share.",
    "gate_reason": "A reason against a drug.",
    "gate": "Whether a drug is allowed, has to be checked first, is for a specialist to decide, or is to be avoided.",
    "gate_because": "The reasons that stand against a drug.",
    "plan_line": "A line of the plan holds for this person.",
    "plan_line_wanted": "A line of the plan would hold for this person if its drug were allowed.",
    "care_needs": "What is unknown and decides.",
}

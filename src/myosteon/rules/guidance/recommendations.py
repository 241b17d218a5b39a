"""Turns the recommendations of a corpus into columns, so that a cohort can be asked too.

For a recommendation `ID` (dots as underscores): `recommendation_ID` (applies, excluded, does_not_apply, cannot_be_judged),
`recommendation_ID_needs` (what is unknown and decides), and `recommendation_ID_out_by_clinical_facts` (yes where something
else than sex, age or menopause put it out).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from myosteon.evidence.corpus_types import STATES, WHO, Record
from myosteon.logic.answers import FirstTrue, Listing
from myosteon.logic.condition import Atom, Condition, Tree, answer_of_tree
from myosteon.logic.rule import Kind, Rule
from myosteon.logic.three_valued import Expr, all_of, any_of, is_unknown, is_yes

CLINICAL = "_out_by_clinical_facts"
NEEDS = "_needs"


def recommendation_rules(records: Iterable[Record]) -> Iterator[Rule]:
    """The rules of every recommendation, of which the conditions have been read."""
    for record in records:
        yield _rule(record, "", _state, "category", levels=STATES)
        yield _rule(record, NEEDS, _needs, "list")
        yield _rule(record, CLINICAL, _out_by_clinical_facts, "yes_no")


def _state(record: Record, columns: Mapping[str, Expr]) -> FirstTrue:
    """An exclusion wins; a condition that fails comes next; what is unknown is said to be unknown."""
    applies = record.applies.answer(columns)
    if record.excluded is None:
        branches = ((is_yes(applies), "applies"), (is_yes(~applies), "does_not_apply"))
        return FirstTrue(branches, "cannot_be_judged")
    excluded = record.excluded.answer(columns)
    return FirstTrue(
        (
            (is_yes(excluded), "excluded"),
            (is_yes(~applies), "does_not_apply"),
            (is_yes(all_of([applies, ~excluded])), "applies"),
        ),
        "cannot_be_judged",
    )


def _needs(record: Record, columns: Mapping[str, Expr]) -> Listing:
    """The facts for which it waits; a list needs a part also where nothing can be waited for."""
    waits = Condition("", record.holds).deciding(columns)
    parts = tuple((waiting, (name,)) for name, waiting in waits.items())
    if not parts:
        name, column = next(iter(columns.items()))
        parts = ((is_unknown(column) & ~is_unknown(column), (name,)),)
    return Listing(parts)


def _out_by_clinical_facts(record: Record, columns: Mapping[str, Expr]) -> Expr:
    """Whether a clinical fact is among what put it out; where it is out twice, each time."""
    applies = record.applies.answer(columns)
    fails = _blamed(record.applies.tree, columns, False)
    if record.excluded is None:
        return fails
    excluded = is_yes(record.excluded.answer(columns))
    stopped = _blamed(record.excluded.tree, columns, True)
    # Excluded and failing are two obstacles; excluded alone is one.
    once = ~is_yes(~applies) | fails
    return (excluded & stopped & once) | (~excluded & fails)


def _blamed(tree: Tree, columns: Mapping[str, Expr], wanted: bool) -> Expr:
    found = _by_clinical_facts(tree, columns, wanted)
    if found is not None:
        return found
    column = next(iter(columns.values()))
    return is_unknown(column) & ~is_unknown(column)


def _by_clinical_facts(tree: Tree, columns: Mapping[str, Expr], wanted: bool) -> Expr | None:
    """Whether the answer is `wanted` and a clinical fact is to blame for it; None where that can never be."""
    if isinstance(tree, Atom):
        return None if tree.name in WHO else _is(tree, columns, wanted)
    if tree.by == "not":
        return _by_clinical_facts(tree.parts[0], columns, not wanted)
    found = [one for part in tree.parts if (one := _by_clinical_facts(part, columns, wanted)) is not None]
    if not found:
        return None
    # One part settles a true `or` and a false `and`; for the others every part has to be so.
    settles = wanted is (tree.by == "or")
    return any_of(found) if settles else all_of([any_of(found), _is(tree, columns, wanted)])


def _is(tree: Tree, columns: Mapping[str, Expr], wanted: bool) -> Expr:
    answer = answer_of_tree(tree, columns)
    return is_yes(answer if wanted else ~answer)


def _rule(
    record: Record,
    suffix: str,
    answer: Callable[[Record, Mapping[str, Expr]], Any],
    kind: Kind,
    *,
    levels: tuple[str, ...] = (),
) -> Rule:
    names = record.names
    texts = (record.applies.text, record.excluded.text if record.excluded else "")
    template = TEMPLATES[suffix]
    return Rule(
        name=record.column + suffix,
        inputs=names,
        body=lambda *columns: answer(record, dict(zip(names, columns, strict=True))),
        kind=kind,
        stratum="care",
        sentence=SENTENCES[template],
        template=template,
        levels=levels,
        numbers=(template, *texts),
    )


TEMPLATES = {"": "recommendation", NEEDS: "recommendation_needs", CLINICAL: "recommendation_out"}
SENTENCES = {
    "recommendation": "Whether a recommendation applies to this person, is excluded, does not apply, or cannot be judged.",
    "recommendation_needs": "What is unknown and decides whether a recommendation applies.",
    "recommendation_out": "A clinical fact keeps a recommendation from applying.",
}

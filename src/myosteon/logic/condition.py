"""Conditions written as text in data files, such as `age_years >= 65 and not (dialysis or egfr_ml_min_1_73m2 < 30)`.

The syntax is a small part of Python's: names, numbers, words in quotation marks, `and or not`, one comparison, tuples and brackets.
A condition has three answers: a comparison with an unknown is unknown, and `and`, `or`, `not` follow `logic.three_valued`. Only
`is None` (unknown) and `is not None` (known) have two. Whatever else stands there, and every name or word that nobody knows, stops loading.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal

from myosteon.errors import EvidenceError
from myosteon.logic.three_valued import Expr, all_of, any_of, is_unknown, may_be_no, may_be_yes

FactKind = Literal["yes_no", "number", "word"]
Value = float | str
SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
OF_WORDS = ("==", "!=", "in", "not in")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a condition may speak of: a column that answers yes or no, a number, or one of `words`."""

    name: str
    kind: FactKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Atom:
    """A statement about one fact: that it is yes (no sign), how it compares with `value`, or whether it is known."""

    name: str
    sign: str = ""
    value: Value | tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Statements joined by `and` or `or`, or one that is denied by `not`."""

    by: Literal["and", "or", "not"]
    parts: tuple[Tree, ...]


Tree = Atom | Joined


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was written, and read.

    `written` is what the text says where `tree` reads other facts in place of some: bounds, or what stands in.
    """

    text: str
    tree: Tree
    written: Tree | None = None

    @property
    def as_written(self) -> Tree:
        """What the text says, for people."""
        return self.written or self.tree

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that it speaks of, each once, in the order in which they stand there."""
        return tuple(dict.fromkeys(atom.name for atom in atoms(self.tree)))

    def answer(self, columns: Mapping[str, Expr]) -> Expr:
        """Yes, no or unknown, where `columns` holds each fact."""
        return answer_of_tree(self.tree, columns)

    def deciding(self, columns: Mapping[str, Expr]) -> dict[str, Expr]:
        """For each fact whether it is unknown and the condition, being open, waits for it; never unknown itself.

        A fact that stands in two statements may be said to decide where the other statement has settled the matter.
        """
        waits: dict[str, list[Expr]] = {}
        for atom, open_ in _waits_for(self.tree, columns, []):
            waits.setdefault(atom.name, []).append(all_of([is_unknown(columns[atom.name]), *open_]))
        return {name: any_of(found) for name, found in waits.items()}


def atoms(tree: Tree) -> Iterator[Atom]:
    """The statements of a condition, in their order."""
    if isinstance(tree, Atom):
        yield tree
        return
    for part in tree.parts:
        yield from atoms(part)


def read_condition(text: str, facts: Mapping[str, Fact], where: str) -> Condition:
    """Reads one condition.

    Args:
        text: the condition.
        facts: everything that may be spoken of, by name.
        where: the place of the text, for messages.

    Raises:
        EvidenceError: it is no condition, or speaks of a fact or word that nobody knows.
    """
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise EvidenceError(f"{where}: {text!r} is no condition: {error.msg}") from error
    return Condition(text, _Reader(facts, f"{where}: {text!r}").tree(body))


class _Reader:
    """Turns Python's syntax tree into a condition; knows the facts, and the place for messages."""

    def __init__(self, facts: Mapping[str, Fact], where: str) -> None:
        self._facts = facts
        self._where = where

    def tree(self, node: ast.expr) -> Tree:
        if isinstance(node, ast.BoolOp):
            by: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
            return Joined(by, tuple(self.tree(part) for part in node.values))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Joined("not", (self.tree(node.operand),))
        if isinstance(node, ast.Name):
            return Atom(self._fact(node, "yes_no").name)
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        raise self._refused(f"{ast.unparse(node)} is not allowed")

    def _comparison(self, node: ast.Compare) -> Atom:
        if len(node.ops) != 1:
            raise self._refused("one comparison at a time; join two by `and`")
        sign, right = type(node.ops[0]), node.comparators[0]
        if sign in (ast.Is, ast.IsNot):
            if not (isinstance(right, ast.Constant) and right.value is None):
                raise self._refused("`is` asks only for None")
            return Atom(self._fact(node.left).name, "unknown" if sign is ast.Is else "known")
        return self._compared(self._fact(node.left), SIGNS[sign], right)

    def _compared(self, fact: Fact, sign: str, right: ast.expr) -> Atom:
        if fact.kind == "yes_no":
            raise self._refused(f"{fact.name} is yes or no: write the name alone, or `not {fact.name}`")
        if sign in ("in", "not in"):
            if not isinstance(right, ast.Tuple) or not right.elts:
                raise self._refused(f"`{sign}` needs several values in brackets")
            return Atom(fact.name, sign, tuple(self._value(fact, sign, part) for part in right.elts))
        return Atom(fact.name, sign, self._value(fact, sign, right))

    def _value(self, fact: Fact, sign: str, node: ast.expr) -> Value:
        minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
        constant = node.operand if isinstance(node, ast.UnaryOp) and minus else node
        value = constant.value if isinstance(constant, ast.Constant) else None
        if fact.kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
            return -value if minus else value
        if fact.kind == "word" and isinstance(value, str) and not minus:
            if sign not in OF_WORDS:
                raise self._refused(f"{fact.name} is a word, which is not {sign} another")
            if value not in fact.words:
                raise self._refused(f"{fact.name} is never {value!r}; its words are {', '.join(fact.words)}")
            return value
        raise self._refused(f"{fact.name} ({fact.kind}) cannot be compared with {ast.unparse(node)}")

    def _fact(self, node: ast.expr, kind: FactKind | None = None) -> Fact:
        if not isinstance(node, ast.Name):
            raise self._refused(f"{ast.unparse(node)} stands where a name should")
        fact = self._facts.get(node.id)
        if fact is None:
            raise self._refused(f"nobody knows {node.id}")
        if kind is not None and fact.kind != kind:
            raise self._refused(f"{fact.name} is no yes or no: compare it with something")
        return fact

    def _refused(self, why: str) -> EvidenceError:
        return EvidenceError(f"{self._where}: {why}")


def answer_of_tree(tree: Tree, columns: Mapping[str, Expr]) -> Expr:
    """Yes, no or unknown of a part of a condition, where `columns` holds each fact."""
    if isinstance(tree, Joined):
        answers = [answer_of_tree(part, columns) for part in tree.parts]
        return ~answers[0] if tree.by == "not" else all_of(answers) if tree.by == "and" else any_of(answers)
    column = columns[tree.name]
    if tree.sign == "":
        return column
    if tree.sign in ("unknown", "known"):
        return is_unknown(column) if tree.sign == "unknown" else ~is_unknown(column)
    if isinstance(tree.value, tuple):
        among = column.is_in(list(tree.value))
        return among if tree.sign == "in" else ~among
    compare: Any = COMPARE[tree.sign]
    compared: Expr = compare(column, tree.value)
    return compared


def _waits_for(
    tree: Tree, columns: Mapping[str, Expr], beside: list[Expr]
) -> Iterator[tuple[Atom, list[Expr]]]:
    """Each statement that can be unknown, with what must be open beside it for the condition to depend on it."""
    if isinstance(tree, Atom):
        if tree.sign not in ("unknown", "known"):
            yield tree, beside
        return
    for place, part in enumerate(tree.parts):
        others = [answer_of_tree(other, columns) for at, other in enumerate(tree.parts) if at != place]
        may_be = may_be_yes if tree.by == "and" else may_be_no
        yield from _waits_for(part, columns, [*beside, *(may_be(other) for other in others)])

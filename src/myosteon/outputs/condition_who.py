"""Whom a condition is about: sex, menopause and age of a person, where a part of it says nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.logic.condition import Atom, Tree

SEX, MENOPAUSE, AGE = "sex", "postmenopausal", "age_years"
ORDERED = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Who:
    """A person: `sex` and `menopause` (after, before) may be empty; `ages` are limits in years."""

    sex: str = ""
    menopause: str = ""
    ages: tuple[tuple[str, float], ...] = ()


def who_of(tree: Tree) -> Who | None:
    """The person that a part of a condition describes; None where it says more, or can be put in no such words."""
    if isinstance(tree, Atom):
        return _of_atom(tree)
    if tree.by == "not":
        inside = tree.parts[0]
        return Who(menopause="before") if inside == Atom(MENOPAUSE) else None
    if tree.by == "or":
        return None
    found = [who_of(part) for part in tree.parts]
    parts = [one for one in found if one]
    if len(parts) < len(found):
        return None
    sexes, states = {one.sex for one in parts if one.sex}, {one.menopause for one in parts if one.menopause}
    if len(sexes) > 1 or len(states) > 1 or (states and sexes == {"male"}):
        return None
    ages = tuple(dict.fromkeys(age for one in parts for age in one.ages))
    return Who(next(iter(sexes), ""), next(iter(states), ""), ages)


def _of_atom(atom: Atom) -> Who | None:
    if atom.name == SEX and atom.sign == "==":
        return Who(sex=str(atom.value))
    if atom == Atom(MENOPAUSE):
        return Who(menopause="after")
    if atom.name == AGE and atom.sign in ORDERED and isinstance(atom.value, int | float):
        return Who(ages=((atom.sign, atom.value),))
    return None

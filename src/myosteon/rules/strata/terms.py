"""What a formula comes to: the sets of criteria that each suffice, and when one unknown criterion decides.

The formulas of strata know no "not": a criterion more never lowers the stratum. So a formula is the same as its least
sufficient sets, and an unknown criterion decides where it completes one of these sets while no other is complete without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from myosteon.logic.formula import Formula
from myosteon.logic.three_valued import Expr, all_of, any_of, may_be_no, may_be_yes

Term = frozenset[str]
Terms = frozenset[Term]


def terms_of(formula: Formula) -> Terms:
    """The least sets of criteria of which each suffices for the formula."""
    if formula.joined_by == "thing":
        return frozenset({frozenset({formula.name})})
    left, right = (terms_of(part) for part in formula.parts)
    if formula.joined_by == "or":
        return least(left | right)
    return least(one | other for one, other in product(left, right))


def least(terms: Iterable[Term]) -> Terms:
    """The sets that hold no other of them."""
    every = frozenset(terms)
    return frozenset(term for term in every if not any(other < term for other in every))


@dataclass(frozen=True, slots=True)
class Decision:
    """A criterion decides where a level is open, all of `others` may be fulfilled and of each of `rivals` one criterion may not be.

    Of sets that share nothing with `others` none is fulfilled while the level is open, so these are no rivals.
    """

    level: str
    others: Term
    rivals: Terms

    def holds(self, answers: Mapping[str, Expr], levels: Mapping[str, Expr]) -> Expr:
        """The condition over the answers of the criteria and of the levels; never unknown."""
        conditions = [levels[self.level].is_null()]
        conditions += [may_be_yes(answers[name]) for name in sorted(self.others)]
        conditions += [
            any_of([may_be_no(answers[name]) for name in sorted(rival)])
            for rival in sorted(self.rivals, key=sorted)
        ]
        return all_of(conditions)


def decisions(name: str, levels: Mapping[str, Terms]) -> tuple[Decision, ...]:
    """Every way in which the unknown criterion `name` decides one of the levels."""
    found: list[Decision] = []
    for level, terms in levels.items():
        for term in sorted((term for term in terms if name in term), key=sorted):
            others = term - {name}
            rivals = least(other - others for other in terms if name not in other and other & others)
            found.append(Decision(level, others, rivals))
    return tuple(found)

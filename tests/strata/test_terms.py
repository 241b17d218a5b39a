"""When an unknown criterion decides: the conditions against trying every answer of the others."""

from __future__ import annotations

from itertools import product
from random import Random

from myosteon.logic.formula import Formula
from myosteon.rules.strata.terms import Decision, decisions, least, terms_of

NAMES = ("a", "b", "c", "d", "e")
Answers = dict[str, bool | None]


def random_formula(random: Random, depth: int) -> Formula:
    if depth == 0 or random.random() < 0.25:
        return Formula("thing", random.choice(NAMES))
    left, right = random_formula(random, depth - 1), random_formula(random, depth - 1)
    return left & right if random.random() < 0.5 else left | right


def completions(answers: Answers) -> list[dict[str, bool]]:
    worlds = [(False, True) if answer is None else (answer,) for answer in answers.values()]
    return [dict(zip(answers, world, strict=True)) for world in product(*worlds)]


def decides(name: str, formula: Formula, answers: Answers) -> bool:
    others = {other: answer for other, answer in answers.items() if other != name}
    return answers[name] is None and any(
        formula.holds({**world, name: True}) != formula.holds({**world, name: False})
        for world in completions(others)
    )


def says(decision: Decision, formula: Formula, answers: Answers) -> bool:
    if len({formula.holds(world) for world in completions(answers)}) == 1:
        return False
    may = all(answers[name] is not False for name in decision.others)
    return may and all(any(answers[name] is not True for name in rival) for rival in decision.rivals)


def test_the_conditions_hold_exactly_where_the_criterion_decides() -> None:
    random = Random(7)
    decided = 0
    for _ in range(150):
        formula = random_formula(random, 4)
        terms = terms_of(formula)
        ways = {name: decisions(name, {"level": terms}) for name in NAMES}
        for _ in range(20):
            answers: Answers = {name: random.choice((False, True, None, None)) for name in NAMES}
            for name in NAMES:
                found = answers[name] is None and any(says(way, formula, answers) for way in ways[name])
                assert found == decides(name, formula, answers), (formula, answers, name)
                decided += found
    assert decided > 500


def test_the_least_sets_mean_the_same_as_the_formula() -> None:
    random = Random(8)
    for _ in range(100):
        formula = random_formula(random, 4)
        terms = terms_of(formula)
        for world in completions(dict.fromkeys(NAMES)):
            assert formula.holds(world) == any(all(world[name] for name in term) for term in terms)
        assert least(terms) == terms

"""Every risk algorithm that can be run, in the order of a report."""

from __future__ import annotations

from functools import cache

from myosteon.errors import RuleError
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Settings
from myosteon.rules.risk.algorithm import Algorithm


@cache
def risk_algorithms() -> dict[str, Algorithm]:
    """Every algorithm by id."""
    algorithms: tuple[Algorithm, ...] = ()
    return {algorithm.id: algorithm for algorithm in algorithms}


def risk_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of every algorithm."""
    return tuple(rule for algorithm in risk_algorithms().values() for rule in algorithm.build(settings))


def risk_algorithm(id: str) -> Algorithm:
    """The algorithm `id`.

    Raises:
        RuleError: there is none of that name; the message lists those that there are.
    """
    algorithms = risk_algorithms()
    if id not in algorithms:
        raise RuleError(f"no risk algorithm is called {id}; there are {', '.join(algorithms)}")
    return algorithms[id]

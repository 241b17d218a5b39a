"""Every risk algorithm that can be run, in the order of a report."""

from __future__ import annotations

from functools import cache

from myosteon.errors import RuleError
from myosteon.logic.rule import Rule
from myosteon.rules.guideline import Settings
from myosteon.rules.risk import (
    dutch_dxa,
    dutch_recent_fracture,
    fracture_index,
    framo,
    frax_adjustments,
    hospital_frailty,
    iof_one_minute,
    lee,
    morse,
    nottingham_hip_fracture,
    sof_hip,
)
from myosteon.rules.risk.algorithm import Algorithm
from myosteon.rules.risk.falls import steadi, summary, world2022
from myosteon.rules.risk.inputs import input_rules
from myosteon.rules.risk.qfracture2012 import algorithm as qfracture2012
from myosteon.rules.risk.readings import reading_rules
from myosteon.rules.strata.osteosarcopenia_marker import osteosarcopenia_marker_rules


@cache
def risk_algorithms() -> dict[str, Algorithm]:
    """Every algorithm by id."""
    algorithms: tuple[Algorithm, ...] = (
        qfracture2012.ALGORITHM,
        sof_hip.ALGORITHM,
        fracture_index.WITH_BONE_DENSITY,
        fracture_index.WITHOUT_BONE_DENSITY,
        framo.ALGORITHM,
        dutch_dxa.ALGORITHM,
        dutch_recent_fracture.ALGORITHM,
        nottingham_hip_fracture.ALGORITHM,
        lee.ALGORITHM,
        hospital_frailty.ALGORITHM,
        frax_adjustments.ALGORITHM,
        steadi.ALGORITHM,
        world2022.ALGORITHM,
        summary.ALGORITHM,
        morse.ALGORITHM,
        iof_one_minute.ALGORITHM,
    )
    return {algorithm.id: algorithm for algorithm in algorithms}


def risk_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of every algorithm, of the inputs that these share, and the remark on osteosarcopenia."""
    built = (rule for algorithm in risk_algorithms().values() for rule in algorithm.build(settings))
    return (*input_rules(), *reading_rules(), *built, *osteosarcopenia_marker_rules())


def risk_algorithm(id: str) -> Algorithm:
    """The algorithm `id`.

    Raises:
        RuleError: there is none of that name; the message lists those that there are.
    """
    algorithms = risk_algorithms()
    if id not in algorithms:
        raise RuleError(f"no risk algorithm is called {id}; there are {', '.join(algorithms)}")
    return algorithms[id]

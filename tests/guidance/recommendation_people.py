"""Random people for the recommendations: every measure that one of them rests on, with gaps, and numbers on and beside limits."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from guidance.worked_people import the_corpus
from myosteon.assess import make_assessor
from myosteon.logic.condition import Atom, atoms
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Measure

MEDICINES = ("M05BA04", "A02BC01", "N05BA01;C03AA03;A12AA04", "H02AB06", "仙灵骨葆胶囊", "")


@cache
def measures_beneath() -> tuple[str, ...]:
    """The measures on which the recommendations rest."""
    graph = make_assessor(guidance=True).graph
    return tuple(sorted(graph.measures_read([record.column for record in the_corpus().records])))


@cache
def limits() -> dict[str, tuple[float, ...]]:
    """The numbers with which each fact is compared."""
    trees = [
        tree
        for r in the_corpus().records
        for tree in (r.applies.tree, *([r.excluded.tree] if r.excluded else []))
    ]
    found: dict[str, set[float]] = {}
    for atom in (atom for tree in trees for atom in atoms(tree)):
        for value in _numbers(atom):
            found.setdefault(atom.name, set()).add(value)
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _numbers(atom: Atom) -> tuple[float, ...]:
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    return tuple(value for value in values if isinstance(value, int | float))


def random_person(draw: random.Random, known: float) -> dict[str, Any]:
    """One person of whom each measure is known with the chance `known`."""
    measures = load_measures()
    person: dict[str, Any] = {
        name: _value(measures[name], draw) for name in measures_beneath() if draw.random() < known
    }
    return person | {"sex": draw.choice(("female", "male")), "age_years": float(draw.randint(40, 92))}


def _value(measure: Measure, draw: random.Random) -> Any:
    if measure.type == "bool":
        return draw.random() < 0.3
    if measure.type == "category":
        return draw.choice(measure.words)
    if measure.is_number:
        plausible = measure.plausible
        low, high = (plausible.min, plausible.max) if plausible else (measure.hard_min, measure.hard_max)
        value = draw.choice(
            (*limits().get(measure.name, ()), draw.uniform(float(low or 0), float(high or 10)))
        )
        return int(value) if measure.type == "int" else round(float(value), 1)
    return draw.choice(MEDICINES) if measure.name == "medications" else None


def random_people(count: int, seed: int) -> list[dict[str, Any]]:
    """People from nearly unknown to fully known."""
    draw = random.Random(seed)
    return [random_person(draw, draw.choice((0.2, 0.6, 0.9, 1.0))) for _ in range(count)]

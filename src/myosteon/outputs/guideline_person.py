"""A made-up person on whom two definitions disagree: the plainest one of a small grid around their limits.

The engine judges the grid. Nothing here compares a measure with a limit; limits only say where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

import polars as pl

from myosteon.frame import canonical_dtype
from myosteon.outputs.guideline_structure import AssessorLike, Structure, Test
from myosteon.vocabulary.measures import load_measures

Person = Mapping[str, object]
AGE = 72
HEIGHT_CM = {"male": 168.0, "female": 155.0}
WEIGHT_KG = {"male": 66.0, "female": 55.0}
# Age, for definitions whose limits differ below 65.
YOUNGER = 58
MOST_TESTS = 4
MOST_PEOPLE = 6000
# How far beyond a limit a value is put, so that nobody wonders about rounding.
BEYOND = 0.1
# A T-score that no definition calls low, for asking what a fracture decides by itself.
SOUND_T_SCORE = -0.2
# How much a word says, so that words of two definitions can be told apart: nothing, an early stage, the disease, worse.
WEIGHT_OF_WORD = {
    "none": 0,
    "no": 0,
    "normal": 0,
    "possible": 1,
    "probable": 1,
    "presarcopenia": 1,
    "weak": 1,
    "low": 1,
    "low_bone_mass": 1,
    "confirmed": 2,
    "osteoporosis": 2,
    "yes": 2,
    "severe": 3,
    "severe_osteoporosis": 3,
}
UNKNOWN = "unknown"
FOUND = WEIGHT_OF_WORD["yes"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both definitions say of one made-up person: proved and not excluded by definition, and every other column."""

    person: Person
    proved: Mapping[str, str]
    upto: Mapping[str, str]
    columns: Mapping[str, object]

    @property
    def distance(self) -> int:
        """How far the two verdicts lie apart; below 0 where one is unknown."""
        weights = [weight_of(word) for word in self.proved.values()]
        return max(weights) - min(weights) if min(weights) >= 0 else -1

    @property
    def settled(self) -> bool:
        """Whether nothing is left open."""
        return all(self.upto.get(id, word) == word for id, word in self.proved.items())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the made-up person should show.

    measure: where the two part; None where it is no measure.
    both_fail: the person fails it under both, so that only what it counts as differs.
    alike: every single test comes out alike under both, so that only the way of joining them differs.
    """

    measure: str | None = None
    both_fail: bool = False
    alike: bool = False


def find_disagreement(
    first: Structure, second: Structure, assessor: AssessorLike, wanted: Wanted
) -> Outcome | None:
    """The plainest person of the grid on whom the two disagree most.

    Returns:
        The person and both verdicts, and among the disagreements one that shows what is wanted, if there is one; None where
        the grid holds no disagreement.
    """
    people = list(islice(_grid(first, second, wanted.measure), MOST_PEOPLE))
    disagree = [o for o in judge_people(people, first, second, assessor) if o.distance > 0]
    if not disagree:
        return None

    def merit(outcome: Outcome) -> tuple[object, ...]:
        shows = _shows(outcome, wanted, first, second)
        quarrels = _quarrels(outcome, first, second) if wanted.alike else 0
        return (shows, -quarrels, outcome.distance, outcome.settled, -len(outcome.person))

    return max(disagree, key=merit)


def _shows(outcome: Outcome, wanted: Wanted, first: Structure, second: Structure) -> bool:
    if wanted.measure is None:
        return True
    if not wanted.both_fail:
        return _given_as(wanted.measure) in outcome.person
    columns = [test.column for s in (first, second) for test in s.tests if test.measure == wanted.measure]
    return all(outcome.columns.get(column) is True for column in columns)


def _quarrels(outcome: Outcome, first: Structure, second: Structure) -> int:
    """How many single tests come out otherwise under the other definition."""
    method = outcome.person.get("mass_method")
    answers: dict[str, set[object]] = {}
    for structure in (first, second):
        for test in structure.tests:
            if test.cutoff is None or test.cutoff.method in (None, method):
                answers.setdefault(test.measure, set()).add(outcome.columns.get(test.column))
    return sum(len(given - {None}) > 1 for given in answers.values())


def enough_alone(first: Structure, second: Structure, assessor: AssessorLike) -> dict[str, list[str]]:
    """For each definition the yes/no findings that prove the disease by themselves in a man with a sound T-score."""
    measures = load_measures()
    read = first.measures_read | second.measures_read
    findings = [name for name in measures if name in read and measures[name].type == "bool"]
    if not findings:
        return {}
    sound = {"sex": "male", "age_years": AGE, "t_score_femoral_neck": SOUND_T_SCORE}
    outcomes = judge_people([{**sound, name: True} for name in findings], first, second, assessor)
    return {
        id: [
            name
            for name, outcome in zip(findings, outcomes, strict=True)
            if weight_of(outcome.proved[id]) >= FOUND
        ]
        for id in (first.id, second.id)
    }


def judge_people(
    people: Sequence[Person], first: Structure, second: Structure, assessor: AssessorLike
) -> list[Outcome]:
    """Both verdicts for made-up people."""
    if not people:
        return []
    measures = load_measures()
    names = list(dict.fromkeys(name for person in people for name in person))
    frame = pl.DataFrame(
        {
            name: pl.Series(name, [p.get(name) for p in people], dtype=canonical_dtype(measures[name]))
            for name in names
        }
    )
    wanted = [
        name
        for s in (first, second)
        for name in (s.verdict, s.upto, *(t.column for t in (*s.tests, *s.limits)))
    ]
    wanted += [
        t.measure for s in (first, second) for t in (*s.tests, *s.limits) if t.measure in assessor.graph.rules
    ]
    outputs = tuple(dict.fromkeys(name for name in wanted if name))
    rows = assessor.plan(outputs).run_polars(frame.lazy(), names, []).collect().to_dicts()
    return [
        Outcome(person, _words(row, first, second, "verdict"), _words(row, first, second, "upto"), row)
        for person, row in zip(people, rows, strict=True)
    ]


def _words(row: Mapping[str, object], first: Structure, second: Structure, which: str) -> dict[str, str]:
    columns = {s.id: getattr(s, which) for s in (first, second)}
    return {id: word_of(row[column]) for id, column in columns.items() if column}


def weight_of(word: str) -> int:
    """How much a verdict says; below 0 where it is unknown. A stage that only a plugin knows counts as the disease."""
    return -1 if word == UNKNOWN else WEIGHT_OF_WORD.get(word, FOUND)


def word_of(answer: object) -> str:
    """A verdict as a word: stages as they are, yes and no as such, `unknown` where there is none."""
    if answer is None:
        return UNKNOWN
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)


def _grid(first: Structure, second: Structure, measure: str | None) -> Iterable[Person]:
    ages = [AGE, YOUNGER] if _limits_by_age(first, second) else [AGE]
    for sex, age in product(("male", "female"), ages):
        axes = _axes(first, second, sex, age, measure)
        for values in product(*axes):
            person: dict[str, object] = {"sex": sex, "age_years": age}
            for value in values:
                person.update(value)
            yield person


def _limits_by_age(first: Structure, second: Structure) -> bool:
    return any(test.cutoff is not None and test.cutoff.by_age for s in (first, second) for test in s.tests)


def _axes(
    first: Structure, second: Structure, sex: str, age: int, measure: str | None
) -> list[list[dict[str, object]]]:
    """What may be measured, each with values around the limits and `not measured`: of each thing one test, then a second."""
    tests = [test for s in (first, second) for test in (*s.tests, *s.limits) if test.measure != "age_years"]
    used: dict[str, list[Test]] = {}
    of_thing: dict[str, list[str]] = {}
    for test in tests:
        given = _given_as(test.measure)
        used.setdefault(given, []).append(test)
        if given not in of_thing.setdefault(test.thing, []):
            of_thing[test.thing].append(given)
    turn = {given: min(row.index(given) for row in of_thing.values() if given in row) for given in used}
    order = sorted(used, key=lambda given: (given != measure, turn[given]))
    axes = [_values(given, used[given], sex, age) for given in order]
    axes = [axis for axis in axes if len(axis) > 1][:MOST_TESTS]
    return axes + _finding_axes(first, second)


def _finding_axes(first: Structure, second: Structure) -> list[list[dict[str, object]]]:
    if first.tests or second.tests:
        return []
    measures = load_measures()
    read = first.measures_read | second.measures_read
    findings = [
        name
        for name in measures
        if name in read and measures[name].type == "bool" and name.startswith("fracture")
    ]
    return [[{}, {name: True}] for name in findings[:MOST_TESTS]]


def _given_as(measure: str) -> str:
    """The measure that one records for a quantity that is derived."""
    if measure in ("asmi", "asm_bmi"):
        return "alm_kg"
    if measure == "grip_best_kg":
        return "grip_kg"
    return "t_score_femoral_neck" if measure.startswith("t_score") else measure


def _values(given: str, tests: Sequence[Test], sex: str, age: int) -> list[dict[str, object]]:
    known = load_measures().get(given)
    limits = sorted({limit for test in tests for limit in _limits(test, sex, age)})
    if known is None or not limits:
        return [{}]
    whole = known.type == "int"
    rounded = dict.fromkeys(
        float(round(level)) if whole else float(f"{level:.3g}") for level in _around(limits)
    )
    values: list[dict[str, object]] = [{given: int(level) if whole else level} for level in rounded]
    if given != "alm_kg":
        return [{}, *values]
    body = {"height_cm": HEIGHT_CM[sex], "weight_kg": WEIGHT_KG[sex]}
    return [
        {},
        *({**body, **value, "mass_method": method} for value, method in product(values, ("dxa", "bia"))),
    ]


def _limits(test: Test, sex: str, age: int) -> Iterable[float]:
    limit = test.cutoff.limit_for(sex, age) if test.cutoff else None
    if limit is None:
        return
    metres = HEIGHT_CM[sex] / 100
    if test.measure == "asmi":
        yield limit.value * metres**2
    elif test.measure == "asm_bmi":
        yield limit.value * WEIGHT_KG[sex] / metres**2
    else:
        yield limit.value


def _around(limits: Sequence[float]) -> Iterable[float]:
    """One value below all limits, one between each two, one above all."""
    beyond = max(abs(limit) for limit in limits) * BEYOND
    yield limits[0] - beyond
    for low, high in pairwise(limits):
        yield (low + high) / 2
    yield limits[-1] + beyond

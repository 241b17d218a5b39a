"""A second reading of the two pathways for falls in plain Python, written from their text and not from the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from oracle.three_values import (
    Answer,
    Finding,
    both,
    done,
    either,
    judged_on_those_done,
    not_done,
    things_that_decide,
)

Person = Mapping[str, object]
# Rikli and Jones, lower ends of the usual range, men and women, from the age of 60 in steps of five years.
LEAST_STANDS = {"male": (14, 12, 12, 11, 10, 8, 7), "female": (12, 11, 10, 10, 9, 8, 4)}
STEADI = ("not_at_risk", "at_risk", "at_risk_impaired")
WORLD = ("low", "intermediate", "high")
FRAIL_ITEMS = (
    "fatigue_most_of_time",
    "unable_climb_10_steps",
    "unable_walk_block",
    "illness_count",
    "weight_loss_12m_kg",
    "weight_kg",
)


@dataclass(frozen=True)
class Verdict:
    """The step proved, the highest not excluded, and what is needed; all empty where nothing is judged."""

    proved: str | None
    upto: str | None
    needs: frozenset[str]


def beyond(person: Person, name: str, holds: Callable[[float], bool]) -> Answer:
    """Whether a measured value fulfils a condition."""
    value = person.get(name)
    return holds(float(value)) if isinstance(value, int | float) else None


def yes_no(person: Person, name: str) -> Answer:
    """A flag."""
    value = person.get(name)
    return value if isinstance(value, bool) else None


def only_yes(answer: Answer) -> Answer:
    """A flag that speaks only when it says yes."""
    return True if answer else None


def fell(person: Person) -> Answer:
    """Any fall: counted, or known because of what happened in it."""
    recorded = (
        beyond(person, "falls_injurious_12m", lambda n: n >= 1),
        yes_no(person, "fall_long_lie_12m"),
        yes_no(person, "fall_unconscious_12m"),
    )
    return True if True in recorded else beyond(person, "falls_12m", lambda n: n >= 1)


def steadi(person: Person) -> Verdict:
    """Screen, then tests."""
    age = person.get("age_years")
    if isinstance(age, float) and age < 65:
        return Verdict(None, None, frozenset())
    questions = {
        "falls_12m": fell(person),
        "feels_unsteady": yes_no(person, "feels_unsteady"),
        "fear_of_falling": yes_no(person, "fear_of_falling"),
    }
    key = either(*questions.values())
    questionnaire = beyond(person, "stay_independent_score", lambda n: n >= 4)
    screen = judged_on_those_done(*(asked(answer) for answer in (key, questionnaire))).answer
    problem = judged_on_those_done(
        asked(beyond(person, "tug_s", lambda t: t >= 12)),
        chair_stands(person),
        asked(tandem(person)),
        asked(only_yes(yes_no(person, "walk_unable"))),
    ).answer

    def step(world: Mapping[str, object]) -> int:
        return 0 if not world["screen"] else 2 if world["problem"] else 1

    things = {"screen": screen, "problem": problem}
    deciding = things_that_decide(things, dict.fromkeys(things, (False, True)), step)
    needs: set[str] = set()
    if "screen" in deciding:
        needs |= {name for name, answer in questions.items() if answer is None}
        needs |= {"stay_independent_score"} if questionnaire is None else set()
    if "problem" in deciding:
        has_range = not isinstance(age, float) or age < 95
        tests = ("tug_s", "balance_tandem_s", *(("chair_stand_30s_count", "sex") if has_range else ()))
        needs |= {name for name in tests if person.get(name) is None}
    return stages(STEADI, things, step, needs, age)


def asked(answer: Answer) -> Finding:
    """A test that was done where it has an answer."""
    return not_done() if answer is None else done(answer)


def chair_stands(person: Person) -> Finding:
    """Stands in 30 seconds against the usual range; arms used, or five rises failed, count as none."""
    if yes_no(person, "chair_rise_arms") or yes_no(person, "chair_stand_unable"):
        return done(True)
    count, age, sex = (person.get(name) for name in ("chair_stand_30s_count", "age_years", "sex"))
    if not isinstance(count, int) or (isinstance(age, float) and age >= 95):
        return not_done()
    if not isinstance(sex, str) or not isinstance(age, float):
        return done(None)
    return done(count < LEAST_STANDS[sex][int(age) // 5 - 12])


def tandem(person: Person) -> Answer:
    """Less than 10 s on one foot before the other, or in an easier stand."""
    short = [
        beyond(person, f"balance_{stand}_s", lambda t: t < 10)
        for stand in ("semi_tandem", "side_by_side", "tandem")
    ]
    return True if True in short else short[-1]


def frail(person: Person) -> Answer:
    """FRAIL: three or more of five."""
    loss, weight = person.get("weight_loss_12m_kg"), person.get("weight_kg")
    share = (
        100 * loss / (loss + weight) > 5 if isinstance(loss, float) and isinstance(weight, float) else None
    )
    items = [
        *(yes_no(person, name) for name in FRAIL_ITEMS[:3]),
        beyond(person, "illness_count", lambda n: n >= 5),
        share,
    ]
    return None if None in items else items.count(True) >= 3


def world2022(person: Person) -> Verdict:
    """Severe fall, else walking."""
    age = person.get("age_years")
    if isinstance(age, float) and age < 65:
        return Verdict(None, None, frozenset())
    injured = beyond(person, "falls_injurious_12m", lambda n: n >= 1)
    marks = {
        "falls_12m": beyond(person, "falls_12m", lambda n: n >= 2),
        "falls_injurious_12m": False if not injured and person.get("falls_12m") == 0 else injured,
        "fall_long_lie_12m": yes_no(person, "fall_long_lie_12m"),
        "fall_unconscious_12m": yes_no(person, "fall_unconscious_12m"),
        "frail": frail(person),
    }
    slow = [
        only_yes(yes_no(person, "walk_unable")) or beyond(person, "gait_speed_m_s", lambda v: v <= 0.8),
        beyond(person, "tug_s", lambda t: t > 15),
    ]
    things = {
        "fell": fell(person),
        **marks,
        "walking": judged_on_those_done(*map(asked, slow)).answer,
    }

    def step(world: Mapping[str, object]) -> int:
        severe = both(bool(world["fell"]), either(*(bool(world[mark]) for mark in marks)))
        return 2 if severe else 1 if world["walking"] else 0

    needs: set[str] = set()
    for thing in things_that_decide(things, dict.fromkeys(things, (False, True)), step):
        measures: Sequence[str] = {
            "fell": ("falls_12m",),
            "frail": FRAIL_ITEMS,
            "walking": ("gait_speed_m_s", "tug_s"),
        }.get(thing, (thing,))
        needs |= {name for name in measures if person.get(name) is None}
    return stages(WORLD, things, step, needs, age)


def stages(
    words: Sequence[str],
    things: Mapping[str, Answer],
    step: Callable[[Mapping[str, object]], int],
    needs: set[str],
    age: object,
) -> Verdict:
    """The lowest and the highest step over all answers to what is unknown; the lowest step of all is proved only alone."""
    if age is None:
        return Verdict(None, None, frozenset({"age_years", *needs}))
    unknown = [thing for thing, answer in things.items() if answer is None]
    reached = [
        step({**things, **dict(zip(unknown, given, strict=True))})
        for given in product((False, True), repeat=len(unknown))
    ]
    least, most = min(reached), max(reached)
    return Verdict(words[least] if least or not most else None, words[most], frozenset(needs))

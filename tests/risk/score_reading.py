"""What each additive score answers, read a second time: the totals that are possible, and the risks that the facts print.

A person is inside, outside or unknown; an answer stands where every possible total gives the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from risk import score_items
from risk.score_items import Answer, Person, Possible, age_of, flag, number, sums

ITEMS: Mapping[str, Callable[[Person], list[Possible]]] = {
    "sof_hip": score_items.sof_hip,
    "fracture_index": score_items.fracture_index,
    "fracture_index_without_bmd": score_items.fracture_index_without_bmd,
    "framo": score_items.framo,
    "dutch_dxa": score_items.dutch_dxa,
    "nottingham_hip_fracture": score_items.nottingham_hip_fracture,
    "lee": score_items.lee,
    "morse": score_items.morse,
}


def _both(*answers: Answer) -> Answer:
    return False if False in answers else None if None in answers else True


def _woman(person: Person) -> Answer:
    sex = person.get("sex")
    return None if sex is None else sex == "female"


def _from(person: Person, age_from: float) -> Answer:
    age = age_of(person)
    return None if age is None else age >= age_from


def inside(id: str, person: Person) -> Answer:
    """Whether the score is for the person."""
    if id == "sof_hip":
        t_score = number(person, "t_score_total_hip")
        return _both(_woman(person), _from(person, 65), None if t_score is None else t_score <= -2.5)
    if id.startswith("fracture_index"):
        return _both(_woman(person), _from(person, 65))
    if id == "framo":
        return _both(_woman(person), _from(person, 70))
    if id == "lee":
        return _from(person, 50)
    if id == "nottingham_hip_fracture":
        months = number(person, "months_since_hip_fracture")
        broken = True if months is not None else flag(person, "fracture_hip")
        return _both(broken, None if months is None else months <= 1)
    return True


# What a total means, by the texts of sections 2.1 to 2.7 and 6.1: band, and the figures by column.
Meaning = tuple[str | None, dict[str, float | None]]


def _sof(total: int) -> Meaning:
    limits = ((0, None, 0.5), (15, 0.5, 1.5), (21, 1.5, 2.5), (28, 2.5, 5.0), (34, 5.0, None))
    words = ("below_half", "half_to_one", "one_and_a_half", "two_and_a_half", "five")
    for (most, low, high), word in zip(limits, words, strict=True):
        if total <= most:
            return word, {"percent_at_least": low, "percent_below": high}
    raise AssertionError(total)


def _fracture(total: int) -> Meaning:
    rows = (
        (0, None, None, None),
        (2, 8.6, 0.4, 1.2),
        (4, 13.1, 0.9, 2.5),
        (5, 16.5, 1.9, 5.3),
        (7, 19.8, 3.9, 7.1),
        (15, 27.5, 8.7, 11.2),
    )
    words = ("below_table", "points_1_2", "points_3_4", "points_5", "points_6_7", "points_8_15")
    for (most, *percents), word in zip(rows, words, strict=True):
        if total <= most:
            outcomes = ("nonvertebral_fracture", "hip_fracture", "vertebral_fracture")
            return word, {f"{o}_percent": p for o, p in zip(outcomes, percents, strict=True)}
    raise AssertionError(total)


def _framo(total: int) -> Meaning:
    high = total >= 2
    figures = {"hip_fracture_percent": 5.4 if high else 0.8, "death_percent": 23.7 if high else 3.2}
    return "high" if high else "low", dict(figures)


def _nottingham(total: int) -> Meaning:
    return None, {
        "percent": 100 / (1 + math.exp(5.012 - 0.481 * total)),
        "2008_percent": 100 / (1 + math.exp(4.718 - total / 2)),
    }


def _lee(total: int) -> Meaning:
    band = (
        "points_0_5"
        if total <= 5
        else "points_6_9"
        if total <= 9
        else "points_10_13"
        if total <= 13
        else "points_14_up"
    )
    four_years = {"points_6_9": 15.0, "points_10_13": 42.0, "points_14_up": 64.0}
    return band, {
        "death_4y_percent": four_years.get(band),
        "death_4y_percent_below": 4.0 if band == "points_0_5" else None,
        "death_10y_percent": 2.5 if total == 0 else 96.0 if total >= 14 else None,
    }


MEANINGS: Mapping[str, Callable[[int], Meaning]] = {
    "sof_hip": _sof,
    "fracture_index": _fracture,
    "fracture_index_without_bmd": lambda total: (None, {}),
    "framo": _framo,
    "dutch_dxa": lambda total: ("measure" if total >= 4 else "not_yet", {}),
    "nottingham_hip_fracture": _nottingham,
    "lee": _lee,
    "morse": lambda total: ("low" if total < 25 else "moderate" if total <= 45 else "high", {}),
}


def read(id: str, person: Person) -> dict[str, object]:
    """The score, its bounds, its band and its figures; SOF's band by the start of its word."""
    applies = inside(id, person)
    totals = sums(ITEMS[id](person))
    meanings = [MEANINGS[id](total) for total in totals]
    answer: dict[str, object] = {
        "score_at_least": None if applies is False else min(totals),
        "score_at_most": None if applies is False else max(totals),
        "score": min(totals) if applies and len(totals) == 1 else None,
    }
    if id != "nottingham_hip_fracture" and meanings[0][0] is not None:
        words = {word for word, _ in meanings}
        answer["band"] = words.pop() if applies and len(words) == 1 else None
    for name in meanings[0][1]:
        answer[name] = _figure(name, applies, totals, [figures[name] for _, figures in meanings])
    return answer


def _figure(name: str, applies: Answer, totals: set[int], figures: list[float | None]) -> float | None:
    by_total = dict(zip(totals, figures, strict=True))
    if not applies:
        return None
    if name.endswith("percent_at_least"):
        return by_total[min(totals)]
    if name.endswith("percent_below"):
        return by_total[max(totals)]
    return figures[0] if len(set(figures)) == 1 else None

"""The strata once more, in plain Python from the facts: a level for a person of whom all is known, and every completion for gaps.

What a person's record says of a single question (was there a recent fracture?) is yes, no or None by the readings that the
evidence files state. Of what is None every answer is tried, of an unknown T-score, FRAX, dose or age several values; the
stratum that is reached in all of them is proved, the highest that is reached in one of them is not excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from oracle.bone_reading import bands_apply

Person = Mapping[str, Any]
Answer = bool | None
MOST_COMPLETIONS = 2_000

T_WORLDS = (-5.0, -2.7, -1.8, 0.0)
FRAX_WORLDS = (0.0, 100.0)
AGE_WORLDS = (30.0, 42.0, 47.0, 52.0, 61.0, 68.0, 73.0, 93.0)
DOSE_WORLDS = (0.0, 5.0, 10.0, 40.0)
BOTH = (False, True)


def either(*answers: Answer) -> Answer:
    """The three-valued or."""
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def both(*answers: Answer) -> Answer:
    """The three-valued and."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def at_least(value: float | None, limit: float) -> Answer:
    return None if value is None else value >= limit


def at_most(value: float | None, limit: float) -> Answer:
    return None if value is None else value <= limit


# ---- what a record says of one question


def vertebra(p: Person) -> Answer:
    records = (p.get("fracture_vertebral"), at_least(p.get("vertebral_fracture_count"), 1))
    known = [record for record in records if record is not None]
    return any(known) if known else None


def sites(p: Person) -> tuple[Answer, ...]:
    others = ("hip", "proximal_humerus", "pelvis", "distal_forearm", "other")
    return (vertebra(p), *(p.get(f"fracture_{site}") for site in others))


def broke(p: Person) -> Answer:
    """Any fracture: by the sites, by the count, by a date."""
    dates = ("last", "vertebral", "hip")
    by_date = True if any(p.get(f"months_since_{one}_fracture") is not None for one in dates) else None
    records = (either(*sites(p)), at_least(p.get("fracture_count"), 1), by_date)
    known = [record for record in records if record is not None]
    return any(known) if known else None


def recent(p: Person, months: float) -> Answer:
    by_site = (p.get("months_since_vertebral_fracture"), p.get("months_since_hip_fracture"))
    if any(at_most(value, months) for value in by_site):
        return True
    return False if broke(p) is False else at_most(p.get("months_since_last_fracture"), months)


def several(p: Person) -> Answer:
    counts = (p.get("fracture_count"), p.get("vertebral_fracture_count"))
    if any(at_least(count, 2) for count in counts) or sum(site is True for site in sites(p)) >= 2:
        return True
    return False if broke(p) is False else at_least(counts[0], 2)


def several_vertebrae(p: Person) -> Answer:
    count = p.get("vertebral_fracture_count")
    if count is not None:
        return bool(count >= 2)
    few = p.get("fracture_count")
    return False if vertebra(p) is False or broke(p) is False or (few is not None and few < 2) else None


def hip_or_vertebra(p: Person) -> Answer:
    answer = either(p.get("fracture_hip"), vertebra(p))
    return False if broke(p) is False and answer is not True else answer


def recent_vertebra(p: Person, months: float) -> Answer:
    known = p.get("months_since_vertebral_fracture")
    if known is not None:
        return bool(known <= months)
    last = p.get("months_since_last_fracture")
    return (
        False if vertebra(p) is False or broke(p) is False or (last is not None and last > months) else None
    )


def under(p: Person, drug: str) -> Answer:
    answer: Answer = p.get(f"fracture_on_{drug}")
    return False if broke(p) is False and answer is not True else answer


def falls_much(p: Person) -> Answer:
    falls, hurt = p.get("falls_12m"), at_least(p.get("falls_injurious_12m"), 1)
    return either(at_least(falls, 2), False if falls == 0 and hurt is not True else hurt)


def falls_and_ill(p: Person) -> Answer:
    return both(at_least(p.get("falls_12m"), 1), at_least(p.get("illness_count"), 1))


def long_high_dose(p: Person, months: Callable[[float], bool]) -> Answer:
    time = p.get("glucocorticoid_months")
    return both(at_least(p.get("glucocorticoid_mg_day"), 7.5), None if time is None else months(time))


# ---- levels where all is known: 0 is the base; None is not judged


def china2022(w: Person) -> int:
    t, counts = w["t"], w["bands"]
    thin = counts and -2.5 < t < -1.0
    osteoporosis = (counts and t <= -2.5) or w["hip"] or w["vertebra"] or (thin and w["lesser"])
    more = (
        *(w["recent"], w["treated"], w["several"], w["high_dose"], w["harmed"], w["falls"], w["falls_ill"]),
        counts and (t <= -3.0 if w["at_limit"] else t < -3.0),
        w["major"] > 30 or w["hip_risk"] > 4.5,
    )
    if osteoporosis and any(more):
        return 2
    return int(osteoporosis or (thin and (w["major"] >= 20 or w["hip_risk"] >= 3)))


def aace2020(w: Person) -> int | None:
    if not w["bands"]:
        return None
    t = w["t"]
    high = w["broke"] or t <= -2.5 or w["major"] >= 20 or w["hip_risk"] >= 3
    very_low = t <= -3.0 if w["at_limit"] else t < -3.0
    very_high = w["recent"] or w["several"] or very_low or w["major"] > 30 or w["hip_risk"] > 4.5
    if very_high or w["treated"] or w["harmed"] or (high and w["falls"]):
        return 2
    return int(high)


def endocrine2019(w: Person) -> int | None:
    if not w["bands"]:
        return None
    t = w["t"]
    if w["several_vertebrae"] and t <= -2.5:
        return 3
    if w["hip_or_vertebra"] or t <= -2.5 or w["major"] >= 20 or w["hip_risk"] >= 3:
        return 2
    return int(t <= -1.0)


EUROPE = {  # intervention and upper threshold from an age on
    45: (5.4, 6.5),
    50: (6.3, 7.6),
    55: (7.6, 9.1),
    60: (9.9, 11.9),
    65: (13.4, 16.1),
    70: (17.6, 21.1),
    75: (23.0, 27.6),
    80: (29.1, 34.9),
    85: (31.8, 38.2),
    90: (31.7, 38.0),
    95: (32.2, 38.6),
    100: (32.5, 39.0),
}
BRITAIN = {  # lower, intervention, upper: major, then hip
    50: ((3.4, 7.3, 8.8), (0.23, 0.91, 1.1)),
    55: ((4.5, 9.5, 11.4), (0.43, 1.5, 1.7)),
    60: ((6.0, 12.2, 14.6), (0.80, 2.3, 2.8)),
    65: ((8.6, 16.5, 19.8), (1.4, 3.5, 4.2)),
    70: ((11.1, 20.3, 24.4), (2.6, 5.4, 6.5)),
}


def row_for(table: Mapping[int, Any], age: float) -> Any:
    below = [start for start in table if start <= age]
    return table[max(below)] if below else None


def iof2020(w: Person) -> int | None:
    row = row_for(EUROPE, w["age"])
    if not w["bands"] or row is None:
        return None
    return 2 if w["major"] > row[1] else int(w["major"] >= row[0])


def nogg2021(w: Person) -> int | None:
    row = row_for(BRITAIN, w["age"])
    if not w["bands"] or row is None:
        return None
    reached = max(
        _nogg_risk(w["major"], row[0], w["with_bmd"]), _nogg_risk(w["hip_risk"], row[1], w["with_bmd"])
    )
    signs = w["recent_vertebra"] or w["several_vertebrae"] or w["t"] <= -3.5 or w["high_dose"]
    return 3 if signs else reached


def _nogg_risk(risk: float, row: tuple[float, float, float], with_bmd: bool) -> int:
    lower, intervention, upper = row
    if risk >= round(1.6 * intervention + 1e-9, 1):
        return 3
    if risk >= (intervention if with_bmd else upper):
        return 2
    return 0 if with_bmd else int(risk >= lower)


def acr2022(w: Person) -> int | None:
    dose = w["dose"]
    if dose < 2.5:
        return None
    if w["broke"] or w["high_for_a_month"] or w["cumulative"]:
        return 3
    if w["age"] < 40:
        if dose >= 30:
            return 3
        return int(w["half_a_year"] and w["bone_lost"])
    factors = (1.15, 1.2) if dose > 7.5 and w["with_gc"] is not False else (1.0, 1.0)
    major = min(100.0, round(w["major"] * factors[0], 9))
    hip = min(100.0, round(w["hip_risk"] * factors[1], 9))
    t = w["t"] if w["bands"] else 0.0
    if t <= -3.5 or major >= 30 or hip >= 4.5:
        return 3
    if t <= -2.5 or major >= 20 or hip >= 3:
        return 2
    return int(t <= -1.0 or major >= 10 or hip > 1)


LEVELS = {
    "china2022": (china2022, ("below", "high", "very_high")),
    "aace2020": (aace2020, ("below", "high", "very_high")),
    "endocrine2019": (endocrine2019, ("low", "moderate", "high", "very_high")),
    "iof2020": (iof2020, ("low", "high", "very_high")),
    "nogg2021": (nogg2021, ("low", "intermediate", "high", "very_high")),
    "acr2022": (acr2022, ("low", "moderate", "high", "very_high")),
}


# ---- the questions of each scheme, and the worlds that an unknown answer leaves


def known(value: Any, worlds: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(worlds) if value is None else (value,)


def questions(p: Person, scheme: str, at_limit: bool) -> dict[str, tuple[Any, ...]]:
    """Every question of a scheme with the answers that are possible."""
    answers: dict[str, Answer] = {"bands": bands_apply(p)}
    worlds: dict[str, tuple[Any, ...]] = {"at_limit": (at_limit,)}
    t = known(p.get("t_score_lumbar_spine"), T_WORLDS)
    frax = {
        "major": known(p.get("frax_major_percent"), FRAX_WORLDS),
        "hip_risk": known(p.get("frax_hip_percent"), FRAX_WORLDS),
    }
    age = {"age": known(p.get("age_years"), AGE_WORLDS)}
    if scheme != "iof2020":
        worlds["t"] = t
    worlds |= {"major": frax["major"]} if scheme == "iof2020" else frax
    if scheme in ("iof2020", "nogg2021", "acr2022"):
        worlds |= age
    if scheme in ("china2022", "aace2020"):
        answers |= {
            "recent": recent(p, 24 if scheme == "china2022" else 12),
            "several": several(p),
            "treated": under(p, "treatment"),
            "harmed": under(p, "bone_harming_drug"),
            "falls": falls_much(p),
        }
    if scheme == "china2022":
        answers |= {
            "hip": p.get("fracture_hip"),
            "vertebra": vertebra(p),
            "lesser": either(
                *(p.get(f"fracture_{s}") for s in ("proximal_humerus", "pelvis", "distal_forearm"))
            ),
            "high_dose": long_high_dose(p, lambda months: months > 3),
            "falls_ill": falls_and_ill(p),
        }
    if scheme in ("aace2020", "acr2022"):
        answers["broke"] = broke(p)
    if scheme in ("endocrine2019", "nogg2021"):
        answers["several_vertebrae"] = several_vertebrae(p)
    if scheme == "endocrine2019":
        answers["hip_or_vertebra"] = hip_or_vertebra(p)
    if scheme == "nogg2021":
        answers["recent_vertebra"] = recent_vertebra(p, 24)
        answers["high_dose"] = long_high_dose(p, lambda months: months >= 3)
        answers["with_bmd"] = p.get("frax_with_bmd")
    if scheme == "acr2022":
        worlds |= _of_acr2022(p, answers)
    return worlds | {name: known(answer, BOTH) for name, answer in answers.items()}


def _of_acr2022(p: Person, answers: dict[str, Answer]) -> dict[str, tuple[Any, ...]]:
    dose, months = p.get("glucocorticoid_mg_day"), p.get("glucocorticoid_months")
    now = both(at_least(dose, 30), at_least(months, 1))
    z = p.get("z_score_lumbar_spine")
    flag = p.get("glucocorticoid_high_dose_over_30_days")
    answers["high_for_a_month"] = True if now else flag
    answers["cumulative"] = at_least(p.get("glucocorticoid_cumulative_g_year"), 5)
    answers["half_a_year"] = both(at_least(dose, 7.5), at_least(months, 6))
    answers["bone_lost"] = either(None if z is None else z < -3.0, p.get("bmd_loss_beyond_least_change"))
    without = p.get("frax_with_glucocorticoid") is False
    found: dict[str, tuple[Any, ...]] = {
        "dose": known(dose, DOSE_WORLDS),
        "with_gc": (p.get("frax_with_glucocorticoid"),),
    }
    for name, measure in (("major", "frax_major_percent"), ("hip_risk", "frax_hip_percent")):
        value = p.get(measure)
        if value is not None and (dose is None or without):
            # Of FRAX for an unknown dose nothing is said; one computed without glucocorticoids is the least that it can be.
            found[name] = (value, 100.0) if without and dose is not None else FRAX_WORLDS
    return found


def second_reading(p: Person, scheme: str, at_limit: bool = False) -> tuple[str | None, str | None] | None:
    """What is proved and what is not excluded; None where there are too many completions to try."""
    possible = questions(p, scheme, at_limit)
    if prod(len(worlds) for worlds in possible.values()) > MOST_COMPLETIONS:
        return None
    level, words = LEVELS[scheme]
    reached = {
        level(dict(zip(possible, answers, strict=True)))  # type: ignore[operator]
        for answers in product(*possible.values())
    }
    judged = [place for place in reached if place is not None]
    if not judged:
        return None, None
    upto = max(judged)
    least = None if None in reached else min(judged)
    proved = least if least or least == upto else None
    return (None if proved is None else words[proved]), words[upto]

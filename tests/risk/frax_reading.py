"""A second reading of the FRAX adjustments in plain Python, written from the literature's tables and not from the program."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

FRACTURES = (
    "fracture_hip",
    "fracture_vertebral",
    "fracture_proximal_humerus",
    "fracture_pelvis",
    "fracture_distal_forearm",
    "fracture_other",
)
# Kanis 2011: percent change for ages 40, 50, 60, 70, 80, 90.
CHANGES = {
    ("low", "hip"): (-40, -40, -40, -40, -30, -30),
    ("high", "hip"): (25, 25, 25, 20, 10, 10),
    ("low", "major"): (-20, -20, -15, -20, -20, -20),
    ("high", "major"): (20, 20, 15, 15, 10, 10),
}
# Kanis 2022: mean ratio for 1, 2, 3 and at least 4 fractures.
RATIOS = (0.95, 1.08, 1.21, 1.35)


@dataclass
class Reading:
    """What must come out for one person."""

    values: dict[str, float | None] = field(default_factory=dict)
    conflict: set[str] = field(default_factory=set)
    needs: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)


def read(person: Mapping[str, object]) -> Reading:
    """Every column of the adjustments for one person."""
    reading = Reading()
    age, dose = person.get("age_years"), person.get("glucocorticoid_mg_day")
    with_dose = person.get("frax_with_glucocorticoid")
    years = math.floor(age) if isinstance(age, float) else None
    if years is not None and not 40 <= years <= 90:
        reading.outside.add("age_years")
    if isinstance(dose, float) and dose > 0 and with_dose is False:
        reading.outside.add("frax_with_glucocorticoid")
    factors = {
        "major": {
            "glucocorticoid": glucocorticoid(dose, with_dose, years, "major"),
            "spine": spine(person),
            "prior_fractures": prior(person),
        },
        "hip": {
            "glucocorticoid": glucocorticoid(dose, with_dose, years, "hip"),
            "prior_fractures": prior(person),
        },
    }
    for outcome, found in factors.items():
        raw = person.get(f"frax_{outcome}_percent")
        assert raw is None or isinstance(raw, float)
        judged = years is not None and not reading.outside
        for name, factor in found.items():
            known = raw is not None and isinstance(factor, float)
            reading.values[f"frax_{outcome}_{name}_percent"] = (
                changed(raw, factor) if judged and known else None
            )
        reading.values[f"frax_{outcome}_adjusted_percent"] = None
        if reading.outside:
            continue
        changing = [name for name, factor in found.items() if isinstance(factor, float) and factor != 1]
        if raw is not None and years is not None and len(changing) > 1:
            reading.conflict |= {f"frax_{outcome}_{name}_percent" for name in changing}
            continue
        lacking = {measure for factor in found.values() if isinstance(factor, set) for measure in factor}
        if outcome == "major" and isinstance(found["spine"], set) and spine_is_level(person):
            lacking -= found["spine"]
        lacking |= {"age_years"} if years is None else set()
        lacking |= {f"frax_{outcome}_percent"} if raw is None else set()
        reading.needs |= lacking
        if not lacking:
            only = changing[0] if changing else ""
            reading.values[f"frax_{outcome}_adjusted_percent"] = (
                reading.values[f"frax_{outcome}_{only}_percent"] if only else raw
            )
    return reading


# A factor is a number, None where the adjustment does not apply, or the unknown measures on which that depends.
Factor = float | None | set[str]


def glucocorticoid(dose: object, with_dose: object, years: int | None, outcome: str) -> Factor:
    """The factor for the dose."""
    if dose == 0 or with_dose is False:
        return None
    lacking = {
        name
        for name, value in (("glucocorticoid_mg_day", dose), ("frax_with_glucocorticoid", with_dose))
        if value is None
    }
    if lacking:
        return lacking
    assert isinstance(dose, float)
    if 2.5 <= dose < 7.5:
        return 1.0
    if years is None:
        return {"age_years"}
    if not 40 <= years <= 90:
        return None
    return 1 + CHANGES["low" if dose < 2.5 else "high", outcome][years // 10 - 4] / 100


def offset_of(person: Mapping[str, object]) -> int | None:
    """Spine minus neck, halves away from nought, in decimal arithmetic."""
    spine_t, neck_t = person.get("t_score_lumbar_spine"), person.get("t_score_femoral_neck")
    if spine_t is None or neck_t is None:
        return None
    return int((Decimal(str(spine_t)) - Decimal(str(neck_t))).quantize(Decimal(1), ROUND_HALF_UP))


def spine_is_level(person: Mapping[str, object]) -> bool:
    """The two sites do not differ by a whole T-score: nothing would change however FRAX was computed."""
    return offset_of(person) == 0


def spine(person: Mapping[str, object]) -> Factor:
    """The factor for the spine."""
    with_bmd, offset = person.get("frax_with_bmd"), offset_of(person)
    if person.get("t_score_lumbar_spine") is None or with_bmd is False:
        return None
    lacking = {"frax_with_bmd"} if with_bmd is None else set()
    lacking |= {"t_score_femoral_neck"} if offset is None else set()
    return lacking or 1 - offset / 10  # type: ignore[operator]


def prior(person: Mapping[str, object]) -> Factor:
    """The factor for the number of fractures."""
    count, kinds = person.get("fracture_count"), [person.get(kind) for kind in FRACTURES]
    if isinstance(count, int) and count > 0:
        return RATIOS[min(count, 4) - 1]
    if all(kind is False for kind in kinds) or (count == 0 and True not in kinds):
        return None
    return {"fracture_count"}


def changed(raw: object, factor: object) -> float:
    """The value times the factor, between nothing and certain."""
    assert isinstance(raw, float)
    assert isinstance(factor, float)
    return min(100.0, max(0.0, round(raw * factor, 9)))

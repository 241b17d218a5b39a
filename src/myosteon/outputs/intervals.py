"""95 % intervals of a share: Wilson where everybody counts the same, Taylor linearisation where people carry weights.

No medicine here: counts and weights in, an estimate with its interval out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

UPPER_TAIL = 0.975
Z_95 = NormalDist().inv_cdf(UPPER_TAIL)
MOST_DEGREES_IN_SERIES = 200
"""Up to here Student's t is exact; beyond, its expansion around the normal distribution is right to 1e-9."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with the ends of its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Linearised:
    """A weighted share with its standard error and the degrees of freedom of the design.

    `lonely_strata` counts strata with one sampling unit: their spread cannot be seen, so that unit is set against
    the mean of all units (as R survey does under `lonely.psu = "adjust"`).
    """

    estimate: float
    standard_error: float
    degrees_of_freedom: int
    lonely_strata: int = 0


def wilson(yes: int, judged: int) -> Interval | None:
    """Wilson's score interval of `yes` among `judged` people; None where nobody was judged."""
    if judged <= 0:
        return None
    share = yes / judged
    spread = Z_95 * Z_95 / judged
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * math.sqrt(share * (1 - share) / judged + spread / (4 * judged))
    low = 0.0 if yes == 0 else centre - half
    high = 1.0 if yes == judged else centre + half
    return Interval(share, low, high)


def linearise(strata: Sequence[int], yes: Sequence[float], judged: Sequence[float]) -> Linearised | None:
    """A weighted share and its standard error by Taylor linearisation over strata and sampling units.

    Args:
        strata: the stratum of each sampling unit.
        yes: sum of the weights of those who say yes, per unit.
        judged: sum of the weights of those who were judged, per unit. A unit without any stays in with 0, because
            a part of the population must be judged within the whole design.

    Returns:
        None where nobody was judged. Units are taken as drawn with replacement within their stratum (no correction
        for a finite population); degrees of freedom are units less strata.
    """
    total = math.fsum(judged)
    if total <= 0:
        return None
    share = math.fsum(yes) / total
    residuals: dict[int, list[float]] = {}
    for stratum, says_yes, was_judged in zip(strata, yes, judged, strict=True):
        residuals.setdefault(stratum, []).append((says_yes - share * was_judged) / total)
    variance, lonely = 0.0, 0
    overall = math.fsum(math.fsum(units) for units in residuals.values()) / len(strata)
    for units in residuals.values():
        alone = len(units) == 1
        lonely += alone
        mean = overall if alone else math.fsum(units) / len(units)
        scale = 1.0 if alone else len(units) / (len(units) - 1)
        variance += scale * math.fsum((unit - mean) ** 2 for unit in units)
    return Linearised(share, math.sqrt(variance), len(strata) - len(residuals), lonely)


def linearise_people(
    yes: float, judged: float, yes_squared: float, judged_squared: float, people: int
) -> Linearised | None:
    """The same where only weights are known: every person is a sampling unit, all in one stratum.

    Args:
        yes, judged: sums of the weights of those who say yes, and of those judged.
        yes_squared, judged_squared: sums of the squared weights of the same people.
        people: how many people the sample holds, whether judged or not.
    """
    if judged <= 0:
        return None
    share = yes / judged
    squares = (yes_squared * (1 - 2 * share) + judged_squared * share**2) / judged**2
    scale = people / (people - 1) if people > 1 else 1.0
    return Linearised(share, math.sqrt(max(0.0, scale * squares)), people - 1)


def interval_on_logit(share: Linearised, judged: int) -> Interval:
    """The interval of a weighted share, drawn on the logit scale with Student's t.

    A share of 0 or 1 has no spread to linearise; it gets Wilson's interval of the people judged (plain number).
    """
    if not 0 < share.estimate < 1 or share.degrees_of_freedom < 1 or share.standard_error == 0:
        plain = wilson(round(share.estimate * judged), judged)
        return (
            Interval(share.estimate, plain.low, plain.high) if plain else Interval(share.estimate, 0.0, 1.0)
        )
    half = student_t(share.degrees_of_freedom) * share.standard_error
    half /= share.estimate * (1 - share.estimate)
    centre = math.log(share.estimate / (1 - share.estimate))
    return Interval(share.estimate, _from_logit(centre - half), _from_logit(centre + half))


def _from_logit(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))


@cache
def student_t(degrees: int) -> float:
    """The 97.5 % point of Student's t."""
    if degrees > MOST_DEGREES_IN_SERIES:
        return _student_t_expanded(degrees)
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < 2 * UPPER_TAIL - 1 else (low, middle)
    return (low + high) / 2


def _within(t: float, degrees: int) -> float:
    """Probability that Student's t lies between -t and t (Abramowitz and Stegun 26.7.3 and 26.7.4, exact)."""
    angle = math.atan(t / math.sqrt(degrees))
    odd = degrees % 2 == 1
    term = math.cos(angle) if odd else 1.0
    total = term if degrees > 1 else 0.0
    for k in range(3 if odd else 2, degrees - 1, 2):
        term *= math.cos(angle) ** 2 * (k - 1) / k
        total += term
    series = math.sin(angle) * total
    return 2 / math.pi * (angle + series) if odd else series


def _student_t_expanded(degrees: int) -> float:
    """The same point for many degrees of freedom (Abramowitz and Stegun 26.7.5)."""
    z, n = Z_95, degrees
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return math.fsum((z, *(term / n ** (power + 1) for power, term in enumerate(terms))))

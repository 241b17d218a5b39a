"""95 % intervals of a share: Wilson where everybody counts the same, Taylor linearisation where people carry weights.

No medicine here: counts and weights in, an estimate with its interval out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

Z_95 = 1.959963984540054  # 97.5 % point of the standard normal distribution
UPPER_TAIL = 0.975


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with the ends of its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Linearised:
    """A weighted share with its standard error and the degrees of freedom of the design.

    `lonely_strata` counts strata with one sampling unit: their spread cannot be seen, so that unit is set against the
    mean of all units (as R survey's `lonely.psu = "adjust"` does).
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


def linearise(strata: npt.NDArray[np.int64], yes: Numbers, judged: Numbers) -> Linearised | None:
    """A weighted share and its standard error by Taylor linearisation over strata and sampling units.

    Args:
        strata: the stratum of each sampling unit, as a number from 0; one entry per unit.
        yes: sum of the weights of those who say yes, per unit.
        judged: sum of the weights of those who were judged, per unit. Units without any stay in with 0, as a part of the
            population must be judged within the whole design.

    Returns:
        None where nobody was judged. Units are taken as drawn with replacement within their stratum (no correction for
        a finite population); degrees of freedom are units less strata.
    """
    total = float(judged.sum())
    if total <= 0:
        return None
    share = float(yes.sum()) / total
    residual = (yes - share * judged) / total
    units = np.bincount(strata)
    sums = np.bincount(strata, weights=residual)
    squares = np.bincount(strata, weights=residual**2)
    held = units > 1
    within = squares[held] - sums[held] ** 2 / units[held]
    variance = float(np.sum(units[held] / (units[held] - 1) * within))
    lonely = units == 1
    variance += float(np.sum((sums[lonely] - residual.mean()) ** 2))
    freedom = int(units.sum() - np.count_nonzero(units))
    return Linearised(share, math.sqrt(max(0.0, variance)), freedom, int(np.count_nonzero(lonely)))


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
    spread = people / (people - 1) if people > 1 else 1.0
    return Linearised(share, math.sqrt(max(0.0, spread * squares)), people - 1)


def interval_on_logit(share: Linearised, judged: int) -> Interval:
    """The interval of a weighted share, drawn on the logit scale with Student's t.

    A share of 0 or 1 has no spread to linearise; it gets Wilson's interval of the people judged (unweighted number).
    """
    if not 0 < share.estimate < 1 or share.degrees_of_freedom < 1 or share.standard_error == 0:
        plain = wilson(round(share.estimate * judged), judged)
        return (
            Interval(share.estimate, plain.low, plain.high) if plain else Interval(share.estimate, 0.0, 1.0)
        )
    # Imported here: only weighted cohorts need it, and loading it is slow.
    from scipy.special import stdtrit  # type: ignore[import-untyped, unused-ignore]

    half = float(stdtrit(share.degrees_of_freedom, UPPER_TAIL)) * share.standard_error
    half /= share.estimate * (1 - share.estimate)
    centre = math.log(share.estimate / (1 - share.estimate))
    return Interval(share.estimate, _from_logit(centre - half), _from_logit(centre + half))


def _from_logit(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0

"""A whole validation, from people to a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from myosteon.study.validation.aalen_johansen import incidence_curve, observe, observe_without_death
from myosteon.study.validation.bootstrap import Bounds, Progress, bootstrap, measure_all
from myosteon.study.validation.brier import Brier
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.concordance import Concordance
from myosteon.study.validation.counts import count_people, count_warnings
from myosteon.study.validation.cox import CoxSlope
from myosteon.study.validation.decision_curve import DecisionCurve, choose_thresholds
from myosteon.study.validation.discrimination import Discrimination, standard_error_of_auc
from myosteon.study.validation.estimates import make_estimate, make_estimates
from myosteon.study.validation.histogram import draw_up
from myosteon.study.validation.links import bend, unbend
from myosteon.study.validation.measurement import Measurement
from myosteon.study.validation.people import Floats, People
from myosteon.study.validation.recalibration import Recalibration
from myosteon.study.validation.result import About, Curve, Decisions, Estimate, Result
from myosteon.study.validation.subgroups import Drawing, judge_subgroups
from myosteon.study.validation.tenths import group_by_risk

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
TOLD_EVERY = 5
"""Of the thresholds drawn, each fifth stands in the table with its interval."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged: names of the risk and the outcome for people, how often to draw, what the column is.

    `thresholds` are those at which the worth of acting is told (shares; else a few even ones).
    `points`: a score and no percentage. `by_outcome`: people were drawn by their outcome (case-control).
    """

    risk: str
    outcome: str
    draws: int = 200
    seed: int = 1
    points: bool = False
    by_outcome: bool = False
    note: str = ""
    applied: Recalibration | None = None
    found: Recalibration | None = None
    about: About | None = None
    absent_means_no: bool = False
    thresholds: tuple[float, ...] = ()


def validate(
    people: People,
    asked: Asked,
    *,
    rows: int | None = None,
    excluded: Mapping[str, int] | None = None,
    wanting: Mapping[str, int] | None = None,
    subgroups: Mapping[str, Sequence[str]] | None = None,
    progress: Progress | None = None,
) -> Result:
    """Judges a risk by what became of people.

    Args:
        people: made by `make_people`.
        asked: what is to be judged.
        rows: how many rows the file held; as many as people where None.
        excluded: how many of them were left out, by reason.
        wanting: how many risks were unknown for want of which input.
        subgroups: for each column the label of every person.
        progress: told how many draws of how many are done; counts anew for each subgroup.
    """
    seen = move_to_the_drawing(people) if asked.by_outcome and not asked.points else people
    discrimination, calibration, curve = _measurements(seen, asked)
    measurements = [*discrimination, *calibration, *([curve] if curve is not None else [])]
    values = measure_all(measurements, np.ones(people.count))
    # The curve's every point costs a running sum over people; the draws take only those that are told.
    told = _told(seen, curve, asked.thresholds)
    drawn = [*discrimination, *calibration, *([told] if told is not None else [])]
    bounds = bootstrap(seen, drawn, asked.draws, asked.seed, progress, asked.by_outcome)
    estimates = make_estimates(values, bounds)
    whole = next((part for part in calibration if isinstance(part, Calibration)), None)
    return Result(
        risk=asked.risk,
        outcome=asked.outcome,
        horizon_years=people.horizon,
        over_time=people.time is not None,
        competing=people.competing,
        points=asked.points,
        by_outcome=asked.by_outcome,
        counts=count_people(people, rows, excluded or {}, wanting or {}),
        quantiles=tuple(float(value) for value in np.quantile(people.risk, QUANTILES)),
        measures=_tellable(_with_errors(estimates, seen, whole), asked),
        observed=observe(people),
        observed_without_death=(
            observe_without_death(people) if people.time is not None and people.competing else None
        ),
        groups=tuple(group_by_risk(seen)),
        histogram=draw_up(seen),
        curve=_curve(whole, values, bounds),
        decisions=_decisions(curve, told, values, bounds),
        incidence=None if people.time is None else incidence_curve(people),
        subgroups=judge_subgroups(
            people,
            subgroups or {},
            Drawing(asked.draws, asked.seed, asked.by_outcome),
            asked.points,
            progress,
        ),
        warnings=count_warnings(people, asked.points, bounds, whole),
        draws=asked.draws,
        seed=asked.seed,
        applied=asked.applied,
        found=asked.found,
        note=asked.note,
        about=asked.about,
        absent_means_no=asked.absent_means_no,
    )


OF_A_DRAWING = frozenset({"auc", "slope"})
"""What may be told where people were drawn by their outcome: all else would be that of the drawing."""


def move_to_the_drawing(people: People) -> People:
    """The same people, their risks moved by one constant on the link's scale so that the drawing is right on the whole.

    Drawing by outcome moves every risk so and leaves the slope; what is seen of the moved risks is their shape.
    """
    calibration = Calibration(people, smoothed=False)
    shift, _ = calibration.fits()
    if shift is None:
        return people
    moved = bend(people.risk, calibration.link) + shift.coefficients[0]
    return people.with_risk(unbend(moved, calibration.link))


def _tellable(estimates: dict[str, Estimate], asked: Asked) -> dict[str, Estimate]:
    if not asked.by_outcome:
        return estimates
    return {name: estimate for name, estimate in estimates.items() if name in OF_A_DRAWING}


def _measurements(
    people: People, asked: Asked
) -> tuple[list[Measurement], list[Measurement], DecisionCurve | None]:
    discrimination: list[Measurement] = [Discrimination(people)]
    if people.time is not None:
        discrimination.append(Concordance(people))
    if asked.points:
        return discrimination, [], None
    calibration: list[Measurement] = [Calibration(people), Brier(people)]
    if people.time is not None:
        calibration.append(CoxSlope(people))
    # Where people were drawn by outcome, true and false positives are as many as were drawn: no benefit can be told.
    curve = None if asked.by_outcome else DecisionCurve(people, choose_thresholds(people, asked.thresholds))
    return discrimination, calibration, curve


def _told(people: People, curve: DecisionCurve | None, asked: tuple[float, ...]) -> DecisionCurve | None:
    """The thresholds of the table: those asked for, else a few even ones."""
    if curve is None:
        return None
    every = max(1, min(TOLD_EVERY, len(curve.thresholds) // 4))
    chosen = np.unique(asked) if asked else curve.thresholds[every - 1 :: every]
    return DecisionCurve(people, chosen)


def _with_errors(
    estimates: dict[str, Estimate], people: People, calibration: Calibration | None
) -> dict[str, Estimate]:
    errors: dict[str, float] = {}
    if people.time is None:
        errors["auc"] = standard_error_of_auc(people)
    if calibration is not None:
        shift, line = calibration.fits()
        if shift is not None:
            errors["intercept"] = shift.error(0)
        if line is not None:
            errors["slope_intercept"], errors["slope"] = line.error(0), line.error(1)
    return {name: replace(estimate, error=errors.get(name)) for name, estimate in estimates.items()}


def _curve(
    calibration: Calibration | None, values: Mapping[str, Floats], bounds: Mapping[str, Bounds]
) -> Curve | None:
    if calibration is None or not np.all(np.isfinite(values["curve"])):
        return None
    band = bounds.get("curve")
    low, high = (None, None) if band is None else (band.low, band.high)
    return Curve(calibration.grid, values["curve"], low, high, calibration.is_bent)


def _decisions(
    curve: DecisionCurve | None,
    told: DecisionCurve | None,
    values: Mapping[str, Floats],
    bounds: Mapping[str, Bounds],
) -> Decisions | None:
    if curve is None or told is None:
        return None
    places = np.searchsorted(curve.thresholds, told.thresholds)
    estimates = {
        float(threshold): make_estimate(float(values["gain"][place]), bounds.get("gain"), number)
        for number, (threshold, place) in enumerate(zip(told.thresholds, places, strict=True))
    }
    return Decisions(curve.thresholds, values["net_benefit"], values["treat_all"], estimates)

"""Against R (survival, riskRegression, rms, pROC, pec; `r/regenerate.R`) on the same made-up people.

Same formula, another program: equal to nine significant digits, but for `pec`, which weighs pairs by another convention.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from myosteon.outputs.intervals import Z_95
from myosteon.study.validation.aalen_johansen import influence_of_each, observe, pseudo_values
from myosteon.study.validation.bootstrap import bootstrap, measure_all
from myosteon.study.validation.brier import Brier
from myosteon.study.validation.calibration import GRID_POINTS, Calibration
from myosteon.study.validation.concordance import Concordance
from myosteon.study.validation.cox import CoxSlope
from myosteon.study.validation.decision_curve import DecisionCurve
from myosteon.study.validation.discrimination import Discrimination, standard_error_of_auc
from myosteon.study.validation.measurement import Measurement
from myosteon.study.validation.people import People, make_people
from myosteon.study.validation.tenths import group_by_risk
from myosteon.study.validation.timeline import make_timeline
from study.validation.made import at_a_fixed_time, column, expected, over_time

R = expected("expected.csv")
SIGNIFICANT = 1e-8
# glm and our scoring stop at different last steps.
OF_A_FIT = 1e-6


def measured(people: People) -> dict[str, float]:
    """Every single measure of some people."""
    parts: list[Measurement] = [Discrimination(people), Calibration(people), Brier(people)]
    if people.time is not None:
        parts += [Concordance(people), CoxSlope(people)]
    found = measure_all(parts, np.ones(people.count))
    return {name: float(value) for name, value in found.items() if value.ndim == 0}


FIXED = (
    "auc",
    "observed_expected",
    "brier",
    "brier_scaled",
    "intercept",
    "slope",
    "slope_intercept",
    "ici",
    "e50",
    "e90",
)
OVER_TIME = (
    "auc", "harrell", "uno", "observed", "observed_expected", "brier", "brier_scaled", "intercept", "slope",
    "slope_intercept", "cox_slope", "ici",
)  # fmt: skip


@pytest.mark.parametrize("name", FIXED)
def test_an_outcome_at_a_fixed_time(name: str) -> None:
    assert measured(at_a_fixed_time())[name] == pytest.approx(R[f"fixed.{name}"], rel=OF_A_FIT)


@pytest.mark.parametrize("name", OVER_TIME)
@pytest.mark.parametrize("death", [True, False], ids=["death", "alone"])
def test_an_outcome_over_time(death: bool, name: str) -> None:
    prefix = "death" if death else "alone"
    assert measured(over_time(death))[name] == pytest.approx(R[f"{prefix}.{name}"], rel=OF_A_FIT)


def test_concordance_with_death_counted() -> None:
    found = measured(over_time(True))
    assert found["harrell_death_counted"] == pytest.approx(R["death.harrell_death_counted"], rel=SIGNIFICANT)
    # pec takes the chance of being followed up to and at the event, we twice up to just before it.
    assert found["uno_death_counted"] == pytest.approx(R["death.pec_cindex"], abs=2e-4)


def test_death_as_leaving_is_what_is_found_where_death_is_not_told_apart() -> None:
    found = measured(over_time(True))
    assert found["observed_without_death"] == pytest.approx(R["alone.observed"], rel=SIGNIFICANT)
    assert found["observed_expected_without_death"] == pytest.approx(
        R["alone.observed_expected"], rel=SIGNIFICANT
    )


def test_standard_errors() -> None:
    fixed = at_a_fixed_time()
    assert standard_error_of_auc(fixed) == pytest.approx(R["fixed.auc_error"], rel=SIGNIFICANT)
    for prefix, people in (("fixed", fixed), ("death", over_time(True)), ("alone", over_time(False))):
        shift, line = Calibration(people).fits()
        assert shift is not None
        assert line is not None
        assert shift.error(0) == pytest.approx(R[f"{prefix}.intercept_error"], rel=OF_A_FIT)
        assert line.error(1) == pytest.approx(R[f"{prefix}.slope_error"], rel=OF_A_FIT)


@pytest.mark.parametrize("death", [True, False], ids=["death", "alone"])
def test_incidence_its_error_and_pseudo_values(death: bool) -> None:
    people, prefix = over_time(death), "death" if death else "alone"
    timeline, ones = make_timeline(people), np.ones(people.count)
    share, influence = influence_of_each(timeline, ones)
    assert share == pytest.approx(R[f"{prefix}.observed"], rel=SIGNIFICANT)
    assert np.sqrt(np.sum(influence**2)) == pytest.approx(R[f"{prefix}.observed_error"], rel=SIGNIFICANT)
    values = pseudo_values(timeline, ones)
    assert values[0] == pytest.approx(R[f"{prefix}.pseudo_1"], rel=SIGNIFICANT)
    assert values[99] == pytest.approx(R[f"{prefix}.pseudo_100"], rel=SIGNIFICANT)


def test_the_smoothed_curve() -> None:
    people = at_a_fixed_time()
    calibration = Calibration(people)
    curve = calibration.measure(np.ones(people.count))["curve"]
    assert len(curve) == GRID_POINTS
    for place in (0.1, 0.5, 0.9):
        at = float(np.quantile(np.log(people.risk / (1 - people.risk)), place))
        grid = np.log(calibration.grid / (1 - calibration.grid))
        between = np.interp(at, grid, np.log(curve / (1 - curve)))
        # A straight line between two of 61 points, not the curve itself.
        assert 1 / (1 + np.exp(-between)) == pytest.approx(R[f"fixed.curve_at_{place}"], abs=5e-4)


def test_groups_and_their_wilson_intervals() -> None:
    for number, group in enumerate(group_by_risk(at_a_fixed_time())):
        prefix = f"fixed.group_{number}_"
        assert group.people == R[f"{prefix}people"]
        assert group.expected == pytest.approx(R[f"{prefix}expected"], rel=SIGNIFICANT)
        told = (group.observed.estimate, group.observed.low, group.observed.high)
        assert told == pytest.approx(
            [R[prefix + key] for key in ("observed", "low", "high")], rel=SIGNIFICANT
        )


@pytest.mark.parametrize("death", [True, False], ids=["death", "alone"])
def test_groups_over_time(death: bool) -> None:
    groups, prefix = group_by_risk(over_time(death)), "death" if death else "alone"
    for number, group in enumerate(groups):
        assert group.observed.estimate == pytest.approx(
            R[f"{prefix}.group_{number}_observed"], rel=SIGNIFICANT
        )
    if death:
        alone = [group.observed_without_death for group in groups]
        told = [R[f"alone.group_{number}_observed"] for number in range(len(groups))]
        assert [share.estimate for share in alone if share] == pytest.approx(told, rel=SIGNIFICANT)


@pytest.mark.parametrize(
    ("prefix", "people"),
    [("fixed", at_a_fixed_time), ("death", lambda: over_time(True)), ("alone", lambda: over_time(False))],
)
def test_net_benefit(prefix: str, people: Callable[[], People]) -> None:
    judged = people()
    found = DecisionCurve(judged, np.array([0.05, 0.1, 0.2])).measure(np.ones(judged.count))
    told = [R[f"{prefix}.net_benefit_{threshold}"] for threshold in ("0.05", "0.1", "0.2")]
    assert found["net_benefit"] == pytest.approx(told, rel=SIGNIFICANT)
    if prefix == "fixed":
        told = [R[f"fixed.treat_all_{threshold}"] for threshold in ("0.05", "0.1", "0.2")]
        assert found["treat_all"] == pytest.approx(told, rel=SIGNIFICANT)


def test_points() -> None:
    people = make_people(column("points"), column("fixed").astype(int), None, None)
    assert measured_auc(people) == pytest.approx(R["points.auc"], rel=SIGNIFICANT)


def measured_auc(people: People) -> float:
    return float(Discrimination(people).measure(np.ones(people.count))["auc"])


def test_the_interval_of_an_incidence_is_on_the_log_log_scale() -> None:
    share = observe(over_time(True))
    low, high = (np.log(-np.log(1 - end)) for end in (share.low, share.high))
    centre = np.log(-np.log(1 - share.estimate))
    assert (low + high) / 2 == pytest.approx(centre)
    half = Z_95 * R["death.observed_error"] / abs((1 - share.estimate) * np.log(1 - share.estimate))
    assert high - centre == pytest.approx(half, rel=SIGNIFICANT)


def test_the_bootstrap_spreads_as_widely_as_the_formulas_of_r() -> None:
    """Half the width of a percentile interval against 1.96 standard errors: DeLong, jackknife and influence functions."""
    fixed, followed = at_a_fixed_time(), over_time(True)
    found: dict[str, float] = {}
    for prefix, people in (("fixed", fixed), ("death", followed)):
        parts: list[Measurement] = [
            Discrimination(people),
            Calibration(people, smoothed=False),
            Brier(people),
        ]
        if people.time is not None:
            parts.append(Concordance(people))
        measure_all(parts, np.ones(people.count))
        for name, bound in bootstrap(people, parts, 400, seed=11).items():
            found[f"{prefix}.{name}_error"] = float(bound.high - bound.low) / (2 * Z_95)
    compared = [name for name in found if name in R]
    assert len(compared) == 9
    for name in compared:
        assert found[name] == pytest.approx(R[name], rel=0.2), name

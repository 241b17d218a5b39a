"""Against lifelines (pinned, `r/regenerate_lifelines.py`), statsmodels and SciPy."""

from __future__ import annotations

import numpy as np
import pytest

from myosteon.study.validation.aalen_johansen import observe, observe_without_death
from myosteon.study.validation.calibration import Calibration
from myosteon.study.validation.concordance import Concordance
from myosteon.study.validation.discrimination import Discrimination
from myosteon.study.validation.links import bend
from study.validation.made import at_a_fixed_time, expected, over_time

LIFELINES = expected("expected_lifelines.csv")


def test_concordance_of_lifelines() -> None:
    people = over_time(True)
    found = Concordance(people).measure(np.ones(people.count))
    assert float(found["harrell"]) == pytest.approx(LIFELINES["harrell"], rel=1e-9)


def test_incidence_of_lifelines() -> None:
    people = over_time(True)
    assert observe_without_death(people).estimate == pytest.approx(LIFELINES["without_death"], rel=1e-9)
    # lifelines has the tied people one after another.
    assert observe(people).estimate == pytest.approx(LIFELINES["aalen_johansen"], abs=1e-3)


def test_the_area_is_mann_whitneys_statistic() -> None:
    stats = pytest.importorskip("scipy.stats")
    people = at_a_fixed_time()
    statistic = stats.mannwhitneyu(people.risk[people.event], people.risk[~people.event]).statistic
    pairs = int(people.event.sum()) * int((~people.event).sum())
    found = Discrimination(people).measure(np.ones(people.count))
    assert float(found["auc"]) == pytest.approx(statistic / pairs, rel=1e-12)


def test_slope_with_weights_is_that_of_statsmodels() -> None:
    """A bootstrap's weights are repetitions of people."""
    api = pytest.importorskip("statsmodels.api")
    people = at_a_fixed_time()
    weights = np.random.default_rng(5).integers(0, 4, people.count).astype(float)
    bent = api.add_constant(bend(people.risk, "logit"))
    model = api.GLM(people.event.astype(float), bent, family=api.families.Binomial(), freq_weights=weights)
    calibration = Calibration(people)
    # The first fit is that of everybody; a drawn sample starts there and stops sooner.
    calibration.measure(np.ones(people.count))
    found = calibration.measure(weights)
    told = model.fit(tol=1e-12).params
    assert [float(found["slope_intercept"]), float(found["slope"])] == pytest.approx(list(told), rel=1e-4)

"""The careful script of QFracture-2012 says what the package says, of people whose values are refused too."""

from __future__ import annotations

import numpy as np
import polars as pl
import qfracture

from myosteon.app.raw_risks import raw_risks


def test_the_script_says_what_the_package_says() -> None:
    people = qfracture.make_raw_people(100_000, seed=1)
    qfracture.check_agreement(people)
    odd = people.with_columns(
        age=pl.col("age") - 2,
        bmi=pl.col("bmi") + 0.5,
        b_type2=pl.Series(np.ones(people.height, dtype=np.int8)),
    )
    ours = raw_risks(odd)
    theirs = qfracture.script.risks(qfracture.arrays_of(odd))
    refused = ours["refused"].is_not_null().to_numpy()
    assert 0 < refused.sum() < len(refused)
    for column, outcome in zip(qfracture.ANSWERS, qfracture.script.OUTCOMES, strict=False):
        assert (np.isnan(theirs[outcome]) == refused).all()
        assert np.abs(ours[column].to_numpy()[~refused] - theirs[outcome][~refused]).max() <= qfracture.AGREE

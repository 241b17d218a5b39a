"""The guidelines of strata together: who is at high risk under which, and osteosarcopenia beside them, of people from 50."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from myosteon.outputs.cohort_ages import age_group, is_in, known_sex, older
from myosteon.outputs.cohort_answers import cohen_kappa
from myosteon.outputs.cohort_counts import Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_summary import SEXES, Sex
from myosteon.outputs.strata_summary import (
    AGE_GROUPS,
    HIGH,
    AgeGroup,
    MarkerGroup,
    MarkerSummary,
    Pair,
    StratumAsked,
)

MARKER = "osteosarcopenia_risk_marker"
# Where a person stands to "high or very high" under one guideline.
NOT_FOR, NO, OPEN, YES = range(4)


def count_together(
    frame: pl.LazyFrame, strata: Sequence[StratumAsked], with_marker: bool, design: Design
) -> Groups:
    """People from 50 by where they stand under every guideline, and by osteosarcopenia where the results hold it."""
    by = {asked.id: _standing(asked) for asked in strata}
    if with_marker:
        by[MARKER] = pl.col(MARKER)
    return count_groups(older(frame), by or {"nobody": pl.lit(0)}, design, units=False)


def _standing(asked: StratumAsked) -> pl.Expr:
    levels = tuple(asked.levels)
    high = levels[levels.index(HIGH) :] if HIGH in levels else levels[1:]
    proved, upto = (pl.col(f"{asked.id}{end}").cast(pl.String) for end in ("", "_upto"))
    return (
        pl.when(upto.is_null())
        .then(NOT_FOR)
        .when(proved.is_in(high).fill_null(False))
        .then(YES)
        .when(upto.is_in(high))
        .then(OPEN)
        .otherwise(NO)
        .cast(pl.Int8)
    )


def people_answering(together: Groups, place: int, answer: int) -> Tally:
    """People with one answer under the guideline of that place."""
    return together.where(lambda key: key[place] == answer)


def pair_of(together: Groups, names: Sequence[str], first: int, second: int) -> Pair:
    """How far two guidelines, by their places, find the same people to be at high or very high risk."""

    def of(*answers: tuple[int, int]) -> Tally:
        return together.where(lambda key: (key[first], key[second]) in answers)

    both, left, right = of((YES, YES)), of((YES, NO)), of((NO, YES))
    settled = add((both, left, right, of((NO, NO))))
    kappa = cohen_kappa(both.weight, both.weight + left.weight, both.weight + right.weight, settled.weight)
    return Pair(names[first], names[second], settled.people, both.people, left.people, right.people, kappa)


def marker_of(frame: pl.LazyFrame, together: Groups, names: Sequence[str], design: Design) -> MarkerSummary:
    """Osteosarcopenia by age and sex, and among the people at high or very high risk under each guideline."""
    groups = count_groups(frame, {"age": age_group(), "sex": known_sex(), "marker": pl.col(MARKER)}, design)

    def group(age: AgeGroup, sex: Sex) -> MarkerGroup:
        def of(answer: bool | None) -> Tally:
            return groups.where(lambda key: is_in(age, sex, key[0], key[1]) and key[2] is answer)

        return _marker_group(groups, of(True), of(None), of(False))

    def among(place: int) -> MarkerGroup:
        def of(answer: bool | None) -> Tally:
            return together.where(lambda key: key[place] == YES and key[-1] is answer)

        return _marker_group(None, of(True), of(None), of(False))

    return MarkerSummary(
        groups={(age, sex): group(age, sex) for age in AGE_GROUPS for sex in SEXES},
        among_high={name: among(place) for place, name in enumerate(names)},
    )


def _marker_group(groups: Groups | None, yes: Tally, open_: Tally, no: Tally) -> MarkerGroup:
    """With intervals where the groups tell sampling units apart."""
    everybody = add((yes, open_, no))
    return MarkerGroup(
        everybody.people,
        yes.people,
        open_.people,
        groups.share(yes, everybody) if groups else None,
        groups.share(add((yes, open_)), everybody) if groups else None,
    )

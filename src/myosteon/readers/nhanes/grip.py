"""Grip strength: three tries with either hand, and whether each was made with all effort."""

from __future__ import annotations

import polars as pl

from myosteon.readers.nhanes.recodes import Given

HANDS = (1, 2)
TRIES = (1, 2, 3)
MAXIMAL = 1
# MGATHAND, the hand that the test began with: hand 1 of the file.
RIGHT, LEFT = 1, 2


def best_grip(given: Given) -> pl.Expr:
    """Best try of either hand, in kg."""
    return pl.max_horizontal(_best(hand) for hand in HANDS)


def best_grip_of_hand(given: Given) -> pl.Expr:
    """Best try of the right (1) or left (2) hand, in kg; unknown where it is not told which hand began."""
    hand = given.origin.parameters["hand"]
    other = LEFT if hand == RIGHT else RIGHT
    began = pl.col("MGATHAND")
    return pl.when(began == hand).then(_best(1)).when(began == other).then(_best(2))


def grip_trials(given: Given) -> pl.Expr:
    """How many tries the best one was taken from; unknown where there was none."""
    counted = pl.sum_horizontal(
        _full_try(hand, attempt).is_not_null().cast(pl.Int64) for hand in HANDS for attempt in TRIES
    )
    return pl.when(counted > 0).then(counted)


def _best(hand: int) -> pl.Expr:
    return pl.max_horizontal(_full_try(hand, attempt) for attempt in TRIES)


def _full_try(hand: int, attempt: int) -> pl.Expr:
    """One try, where the technician saw maximal effort."""
    name = f"MGXH{hand}T{attempt}"
    return pl.when(pl.col(f"{name}E") == MAXIMAL).then(pl.col(name))

"""Low-trauma fractures since 40 from the osteoporosis questionnaire, and vertebrae from the scan.

For hip, wrist and spine every fracture has an age (OSD030), under or over 50 (OSQ040) and, asked only from
50, a cause (OSD050). Other bones come in a list of fractures after 20: severe trauma or not (OSQ090), place
(OSQ100), age (OSD110), any more (OSQ120).
"""

from __future__ import annotations

from string import ascii_uppercase

import polars as pl

from myosteon.readers.nhanes.recodes import Given, answer, any_yes_of, is_one_of

NOTHING = pl.lit(None, dtype=pl.Float64)
# OSD050: 1 a fall from standing height or less, 2 a hard fall, 3 a car accident or other severe trauma.
LOW_TRAUMA = 1
OTHER_CAUSES = (2, 3)
# Refused and don't know are 777, 999, 77777 and 99999, 7777 and 9999 for numbers of times.
OLDEST = 120
MOST_TIMES = 100
GRADES_OF_FRACTURE = 1
# DXXVFAST: 1 normal, 2 fractured, 3 not to be judged.
JUDGED = (1, 2)


def low_trauma_fracture(given: Given) -> pl.Expr:
    """A fracture of hip (A), wrist (B) or spine (C) by a fall from standing height or less since `since_age`.

    Yes where one such is told. No where there never was one, or where as many are described as were counted
    and each was before that age or had another cause. Else unknown.
    """
    site, since_age = given.origin.parameters["site"], given.origin.parameters["since_age"]
    ever = answer(f"OSQ010{site}")
    fractures = [_Fracture(given, site, letter) for letter in ascii_uppercase[:10]]
    one_is = any_yes_of([fracture.low_trauma(since_age).fill_null(False) for fracture in fractures])
    none_is = ~any_yes_of([fracture.may_be_low_trauma(since_age) for fracture in fractures])
    described = pl.sum_horizontal(fracture.described.cast(pl.Int64) for fracture in fractures)
    times = _column(given, f"OSQ020{site}")
    all_described = (times <= MOST_TIMES) & (described >= times)
    return (
        pl.when(~ever)
        .then(False)
        .when(ever & one_is)
        .then(True)
        .when(ever & none_is & all_described)
        .then(False)
    )


class _Fracture:
    """One fracture of one site: the expressions of its age, half of life and cause."""

    def __init__(self, given: Given, site: str, letter: str) -> None:
        self._age = _column(given, f"OSD030{site}{letter}")
        half = _column(given, f"OSQ040{site}{letter}")
        self._cause = pl.coalesce(
            _column(given, f"OSD050{site}{letter}"), _column(given, f"OSQ050{site}{letter}")
        )
        self.described = self._age.is_not_null() | half.is_not_null()

    def low_trauma(self, since_age: int) -> pl.Expr:
        """Yes, no or unknown; the cause was asked only of fractures from 50, so 40 to 49 stays unknown."""
        return (
            pl.when(self._age < since_age)
            .then(False)
            .when(is_one_of(self._cause, OTHER_CAUSES))
            .then(False)
            .when(self._cause == LOW_TRAUMA)
            .then(True)
        )

    def may_be_low_trauma(self, since_age: int) -> pl.Expr:
        """Described, and not known to be before that age or of another cause."""
        return self.described & self.low_trauma(since_age).fill_null(True)


def other_fracture(given: Given) -> pl.Expr:
    """A fracture of a bone of `sites_yes` since `since_age` and not by severe trauma or a hard fall.

    A fracture of `sites_unknown`, of unknown place, age or cause makes the answer unknown unless another one
    says yes.
    """
    ever = answer("OSQ080")
    there: pl.Expr = ever
    answers = []
    for letter in ascii_uppercase[:10]:
        answers.append(_listed_fracture(given, letter, there))
        there = _one_more(given, letter, there)
    # A list that goes on beyond its last letter leaves one fracture undescribed.
    answers.append(pl.when(~there).then(False))
    return pl.when(~ever).then(False).when(ever).then(any_yes_of(answers))


def _one_more(given: Given, letter: str, there: pl.Expr) -> pl.Expr:
    more = _column(given, f"OSQ120{letter}")
    return pl.when(~there).then(False).when(more == 1).then(True).when(more == 2).then(False)


def _listed_fracture(given: Given, letter: str, there: pl.Expr) -> pl.Expr:
    parameters = given.origin.parameters
    severe, place = _column(given, f"OSQ090{letter}"), _column(given, f"OSQ100{letter}")
    told_age = _column(given, f"OSD110{letter}")
    age = pl.when(told_age <= OLDEST).then(told_age)
    counts = pl.when(age >= parameters["since_age"]).then(True)
    at_place = (
        pl.when(is_one_of(place, parameters["sites_yes"]))
        .then(counts)
        .when(place.is_not_null() & ~is_one_of(place, parameters["sites_unknown"]))
        .then(False)
    )
    too_young = age < parameters["since_age"]
    return (
        pl.when(~there)
        .then(False)
        .when(severe == 1)
        .then(False)
        .when((severe == 2) & too_young)
        .then(False)
        .when(severe == 2)
        .then(at_place)
    )


def fractured_vertebrae(given: Given) -> pl.Expr:
    """How many of T4-L4 have Genant grade 1 or more, where the scan can be judged."""
    broken = pl.sum_horizontal((pl.col(name) >= GRADES_OF_FRACTURE).cast(pl.Int64) for name in _grades(given))
    return pl.when(is_one_of(pl.col("DXXVFAST"), JUDGED)).then(broken)


def worst_vertebra(given: Given) -> pl.Expr:
    """The highest Genant grade of T4-L4, where the scan can be judged."""
    return pl.when(is_one_of(pl.col("DXXVFAST"), JUDGED)).then(pl.max_horizontal(_grades(given)))


def _grades(given: Given) -> list[str]:
    return [name for name in given.origin.variables if name.endswith("FX")]


def valid_vertebrae_density(given: Given) -> pl.Expr:
    """Bone mineral over area of the valid vertebrae of L1-L4, where at least `at_least` are valid."""
    contents, areas = [], []
    for vertebra in ("L1", "L2", "L3", "L4"):
        invalid = f"DXX{vertebra}BCC"
        content, area = pl.col(f"DXX{vertebra}BMC"), pl.col(f"DXX{vertebra}A")
        usable = content.is_not_null() & area.is_not_null()
        if invalid in given.present:
            usable = usable & (pl.col(invalid) == 0)
        contents.append(pl.when(usable).then(content))
        areas.append(pl.when(usable).then(area))
    enough = pl.sum_horizontal(area.is_not_null().cast(pl.Int64) for area in areas)
    density = pl.sum_horizontal(contents) / pl.sum_horizontal(areas)
    return pl.when(enough >= given.origin.parameters["at_least"]).then(density)


def _column(given: Given, name: str) -> pl.Expr:
    """A variable that the file of this cycle may not have."""
    return pl.col(name) if name in given.present else NOTHING

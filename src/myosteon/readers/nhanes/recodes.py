"""How one canonical column is made from the variables of an NHANES table.

A recode takes the row of `variables.toml` and gives a Polars expression over the variables, in the unit of
the file. Refused, don't know and missing are null in, and null out: no recode turns null into a no. Yes and
no join by three-valued logic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from myosteon.readers.nhanes.cycles import Cycle
from myosteon.readers.nhanes.variables import Origin
from myosteon.units import convert

AGE = "RIDAGEYR"
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Given:
    """What a recode works from: its row, the variables that are there, and the cycle."""

    origin: Origin
    present: frozenset[str]
    cycle: Cycle


Recode = Callable[[Given], pl.Expr]


def known(given: Given, name: str) -> pl.Expr:
    """The number in `name`, null where it means refused or don't know."""
    column = pl.col(name)
    return pl.when(~is_one_of(column, given.origin.unknown)).then(column)


def is_one_of(column: pl.Expr, codes: Iterable[float]) -> pl.Expr:
    """Whether a number is one of `codes`; null where it is unknown."""
    return column.is_in([float(code) for code in codes])


def answer(name: str) -> pl.Expr:
    """1 is yes, 2 is no; every other code is unknown."""
    return pl.when(pl.col(name) == 1).then(True).when(pl.col(name) == 2).then(False)


def any_yes_of(answers: Sequence[pl.Expr]) -> pl.Expr:
    """Yes where one is yes, no where all are no, else unknown."""
    return reduce(or_, answers)


def number(given: Given) -> pl.Expr:
    """The number as it stands."""
    return known(given, given.origin.variables[0])


def as_read(given: Given) -> pl.Expr:
    """A value that the reading of the table has already made."""
    return pl.col(given.origin.variables[0])


def code(given: Given) -> pl.Expr:
    """A word or an answer for each listed code; a code that is not listed is unknown."""
    codes = given.origin.codes
    dtype = pl.Boolean if all(isinstance(value, bool) for value in codes.values()) else pl.String
    return pl.col(given.origin.variables[0]).replace_strict(
        list(codes), list(codes.values()), default=None, return_dtype=dtype
    )


def total(given: Given) -> pl.Expr:
    """The sum; unknown where one part is."""
    parts = [known(given, name) for name in given.origin.variables]
    return reduce(lambda left, right: left + right, parts)


def highest(given: Given) -> pl.Expr:
    """The highest that is known; unknown where none is."""
    return pl.max_horizontal(known(given, name) for name in given.origin.variables)


def valid_number(given: Given) -> pl.Expr:
    """The number where the invalidity code is 0, or where the file has no such code."""
    value = number(given)
    validity = given.origin.parameters["validity"]
    return pl.when(pl.col(validity) == 0).then(value) if validity in given.present else value


def any_yes(given: Given) -> pl.Expr:
    """Three-valued or of 1/2 answers."""
    return any_yes_of([answer(name) for name in given.origin.variables])


def still_has(given: Given) -> pl.Expr:
    """Ever told, and still there; no where never told or no longer."""
    ever, still = (answer(name) for name in given.origin.variables)
    return pl.when(~ever).then(False).when(ever).then(still)


def gated_count(given: Given) -> pl.Expr:
    """A number that was asked only after a yes; 0 after a no."""
    gate, count = given.origin.variables
    return pl.when(answer(gate)).then(known(given, count)).when(~answer(gate)).then(0.0)


def sessions_a_week(given: Given) -> pl.Expr:
    """Times in the last `days` days, for a week."""
    days = float(given.origin.parameters["days"])
    return gated_count(given) * 7 / days


def hours(given: Given) -> pl.Expr:
    """Minutes as hours."""
    return number(given) / 60


def speed(given: Given) -> pl.Expr:
    """Metres a second over a course of `course_ft` feet timed in seconds; no time, no speed."""
    seconds = number(given)
    metres = convert(float(given.origin.parameters["course_ft"]), "[ft_i]", "m")
    return pl.when(seconds > 0).then(metres / seconds)


def this_year(given: Given) -> pl.Expr:
    """An event within 12 months, from the age at the first one; below the top age only."""
    event = answer(given.origin.parameters["event"])
    event_age = pl.col(given.origin.parameters["event_age"])
    same_age = (event_age == pl.col(AGE)) & (pl.col(AGE) < given.cycle.top_age)
    return pl.when(~event).then(False).when(event & same_age).then(True)


def rheumatoid(given: Given) -> pl.Expr:
    """Rheumatoid arthritis by the kind that the person names; no where there is no arthritis."""
    arthritis = answer("MCQ160A")
    kind = pl.col(given.origin.parameters["kind_variable"])
    return (
        pl.when(~arthritis)
        .then(False)
        .when(arthritis & (kind == given.origin.parameters["rheumatoid"]))
        .then(True)
        .when(arthritis & is_one_of(kind, given.origin.parameters["others"]))
        .then(False)
    )


def copd(given: Given) -> pl.Expr:
    """Yes where a proving disease is told; no where all, the hinting ones too, are denied."""
    proved = any_yes_of([answer(name) for name in given.origin.parameters["proves"]])
    hinted = any_yes_of([answer(name) for name in given.origin.parameters["hints"]])
    return pl.when(proved).then(True).when(~proved & ~hinted).then(False)


def smoking(given: Given) -> pl.Expr:
    """Smokes now, every day or some days; no where never 100 cigarettes."""
    hundred, now = answer(given.origin.variables[0]), pl.col(given.origin.variables[1])
    return pl.when(~hundred).then(False).when(is_one_of(now, (1, 2))).then(True).when(now == 3).then(False)


def walk_difficulty(given: Given) -> pl.Expr:
    """Difficulty with the walk, or with walking without equipment (then the walk was not asked)."""
    equipment = answer(given.origin.parameters["equipment"])
    difficulty = pl.col(given.origin.parameters["difficulty"])
    return pl.when(equipment | is_one_of(difficulty, (2, 3, 4))).then(True).when(difficulty == 1).then(False)


def months_ever(given: Given) -> pl.Expr:
    """Months of use in a lifetime; 0 where never for a month. Units: 1 month, 2 year."""
    ever, length, unit = given.origin.variables
    per_unit = pl.when(pl.col(unit) == 1).then(1.0).when(pl.col(unit) == 2).then(12.0)
    return pl.when(~answer(ever)).then(0.0).when(answer(ever)).then(known(given, length) * per_unit)


def recreation_minutes(given: Given) -> pl.Expr:
    """Minutes a week of vigorous and moderate recreation: gate, days a week, minutes a day, twice."""
    names = given.origin.variables
    return _weekly_minutes(given, *names[:3]) + _weekly_minutes(given, *names[3:])


def _weekly_minutes(given: Given, gate: str, days: str, minutes: str) -> pl.Expr:
    spent = known(given, days) * known(given, minutes)
    return pl.when(~answer(gate)).then(0.0).when(answer(gate)).then(spent)


def alcohol(given: Given) -> pl.Expr:
    """Units a day from days a week, month or year and drinks on such a day."""
    twelve_in_a_life, how_often, per, _ = given.origin.variables
    often = pl.when(pl.col(how_often) <= DAYS_A_YEAR + 1).then(pl.col(how_often))
    times = (
        pl.when(pl.col(per) == 1)
        .then(52.0)
        .when(pl.col(per) == 2)
        .then(12.0)
        .when(pl.col(per) == 3)
        .then(1.0)
    )
    never = (pl.col(twelve_in_a_life) == 2) | (often == 0)
    return pl.when(never).then(0.0).otherwise(_units_a_day(given, often * times))


def alcohol_by_card(given: Given) -> pl.Expr:
    """Units a day from a card of frequencies (2017-2018) and drinks on such a day."""
    ever, how_often, _ = given.origin.variables
    card = given.origin.parameters["days_per_year"]
    days = pl.col(how_often).replace_strict(
        [float(code) for code in card],
        [float(days) for days in card.values()],
        default=None,
        return_dtype=pl.Float64,
    )
    never = (pl.col(ever) == 2) | (pl.col(how_often) == 0)
    return pl.when(never).then(0.0).otherwise(_units_a_day(given, days))


def _units_a_day(given: Given, days_a_year: pl.Expr) -> pl.Expr:
    drinks = known(given, given.origin.variables[-1])
    units_a_drink = float(given.origin.parameters["drink_g"]) / float(given.origin.parameters["unit_g"])
    return days_a_year * drinks * units_a_drink / DAYS_A_YEAR


def frax(given: Given) -> pl.Expr:
    """The CDC's probability with or without previous fracture, by the person's own answer (DXXPRVFX)."""
    with_fracture = pl.col(given.origin.parameters["with_fracture"])
    without_fracture = pl.col(given.origin.parameters["without_fracture"])
    fracture = answer("DXXPRVFX")
    return pl.when(fracture).then(with_fracture).when(~fracture).then(without_fracture)


def menopause(given: Given) -> pl.Expr:
    """RHQ031 a period within 12 months; RHD043 why none: 1 pregnancy, 2 breast feeding, 7 menopause.

    Other reasons, hysterectomy among them, leave it unknown.
    """
    period, reason = answer("RHQ031"), pl.col("RHD043")
    none_and = pl.when(period).then(False).when(~period & is_one_of(reason, (1, 2))).then(False)
    return none_and.when(~period & (reason == 7)).then(True)


def age_at_menopause(given: Given) -> pl.Expr:
    """Age at the last period where menopause is the reason that there is none."""
    return pl.when(menopause(given)).then(known(given, "RHQ060"))


def albumin_corrected_calcium(given: Given) -> pl.Expr:
    """Total calcium in mmol/L as it would be at the reference albumin."""
    calcium, albumin = (known(given, name) for name in given.origin.variables)
    per_g_l = float(given.origin.parameters["per_g_l"])
    reference = float(given.origin.parameters["albumin_g_l"])
    return calcium + (reference - albumin) * per_g_l


def albumin_creatinine_ratio(given: Given) -> pl.Expr:
    """mg/g from ug/mL (the same as mg/L) of albumin and mg/dL of creatinine."""
    albumin, creatinine = (known(given, name) for name in given.origin.variables)
    return pl.when(creatinine > 0).then(100 * albumin / creatinine)

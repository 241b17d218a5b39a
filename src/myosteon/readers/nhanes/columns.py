"""From a recoded value to a canonical column: calibration, unit, type and range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import polars as pl

from myosteon.readers.nhanes import fractures, grip, recodes
from myosteon.readers.nhanes.recodes import Given, Recode
from myosteon.readers.nhanes.variables import Column, Companion
from myosteon.units import convert

RECODES: Mapping[str, Recode] = MappingProxyType(
    {
        "age_at_menopause": recodes.age_at_menopause,
        "albumin_corrected_calcium": recodes.albumin_corrected_calcium,
        "albumin_creatinine_ratio": recodes.albumin_creatinine_ratio,
        "alcohol": recodes.alcohol,
        "alcohol_by_card": recodes.alcohol_by_card,
        "any_yes": recodes.any_yes,
        "as_read": recodes.as_read,
        "best_grip": grip.best_grip,
        "best_grip_of_hand": grip.best_grip_of_hand,
        "code": recodes.code,
        "copd": recodes.copd,
        "fractured_vertebrae": fractures.fractured_vertebrae,
        "frax": recodes.frax,
        "gated_count": recodes.gated_count,
        "grip_trials": grip.grip_trials,
        "highest": recodes.highest,
        "hours": recodes.hours,
        "low_trauma_fracture": fractures.low_trauma_fracture,
        "menopause": recodes.menopause,
        "months_ever": recodes.months_ever,
        "number": recodes.number,
        "other_fracture": fractures.other_fracture,
        "recreation_minutes": recodes.recreation_minutes,
        "rheumatoid": recodes.rheumatoid,
        "sessions_a_week": recodes.sessions_a_week,
        "smoking": recodes.smoking,
        "speed": recodes.speed,
        "still_has": recodes.still_has,
        "sum": recodes.total,
        "this_year": recodes.this_year,
        "valid_number": recodes.valid_number,
        "valid_vertebrae_density": fractures.valid_vertebrae_density,
        "walk_difficulty": recodes.walk_difficulty,
        "worst_vertebra": fractures.worst_vertebra,
    }
)
TYPES: Mapping[str, type[pl.DataType]] = MappingProxyType(
    {"float": pl.Float64, "int": pl.Int16, "bool": pl.Boolean, "string": pl.String, "list": pl.String}
)


def dtype_of(column: Column) -> pl.DataType:
    """Float64, Int16, Boolean, Enum of the words, or String."""
    return pl.Enum(column.words) if column.words else TYPES[column.type]()


def canonical_value(column: Column, given: Given) -> pl.Expr:
    """The column in canonical unit and type; calibrated first where the CDC asks for it."""
    value = RECODES[given.origin.recode](given)
    calibration = given.origin.calibration
    if calibration is not None:
        value = calibration.intercept + calibration.slope * value
    if given.origin.unit:
        value = convert(value, given.origin.unit, column.unit, column.name)
    return value.cast(dtype_of(column)).alias(column.name)


def companion_value(companion: Companion, present: Sequence[str]) -> pl.Expr:
    """A value that goes without saying wherever one of the columns beside it is known."""
    beside = [pl.col(name).is_not_null() for name in companion.beside if name in present]
    value = pl.lit(companion.value, dtype=dtype_of(companion.column))
    return pl.when(recodes.any_yes_of(beside)).then(value).alias(companion.column.name)

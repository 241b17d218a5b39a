"""A made-up cohort in which nearly every measure has a value for nearly everybody, so that risks and strata have answers."""

from __future__ import annotations

import numpy as np
import polars as pl

from myosteon.app.demo_cohort import make_demo_cohort
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.types import Measure

UNKNOWN = 0.08
YES = 0.12
# Codes of hospital stays and an ethnicity are words of their own; half of these people broke a hip lately.
CODES = (None, "", "R29.6;W19", "F00;G30;R41", "I10")


def filled_cohort(people: int, seed: int = 1) -> pl.DataFrame:
    """The demonstration's people, with random values of the other measures, and a survey's weight, stratum and unit."""
    rng = np.random.default_rng(seed)
    frame = make_demo_cohort(people, seed)
    columns = [
        pl.Series(name, values)
        for name, measure in load_measures().items()
        if name not in frame.columns and (values := _values(measure, people, rng)) is not None
    ]
    survey = [
        pl.Series("survey_weight", rng.uniform(0.2, 3.0, people)),
        pl.Series("survey_stratum", rng.integers(0, 5, people)),
        pl.Series("survey_psu", rng.integers(0, 3, people)),
        pl.Series("icd10_codes", [CODES[place] for place in rng.integers(0, len(CODES), people)]),
    ]
    kept = [series for series in columns if series.name not in {own.name for own in survey}]
    return frame.with_columns(*kept, *survey)


def _values(measure: Measure, people: int, rng: np.random.Generator) -> list[object] | None:
    """Random values, some of them unknown; None for a measure that is no yes/no, no word and no number."""
    values: list[object]
    if measure.group == "identity":
        return None
    if measure.type == "bool":
        values = [bool(yes) for yes in rng.random(people) < YES]
    elif measure.type == "category":
        values = [str(word) for word in rng.choice(list(measure.words), people)]
    elif measure.type in ("int", "float") and measure.plausible is not None:
        numbers = rng.uniform(measure.plausible.min, measure.plausible.max, people)
        whole = measure.type == "int"
        values = [int(number) if whole else round(float(number), 2) for number in numbers]
    else:
        return None
    gaps = rng.random(people) < UNKNOWN
    return [None if gap else value for value, gap in zip(values, gaps, strict=True)]

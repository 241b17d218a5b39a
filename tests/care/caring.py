"""Columns of care for a few people, on any engine: people as measure -> value in, one row each out, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from engines import Engine, Polars, canonical_people, words_as_text
from myosteon.assess import make_assessor
from myosteon.rules.guideline import Settings

Person = Mapping[str, object]

# A woman of 70 about whom everything that food and exercise ask for is known, and nothing is wrong.
WELL: Person = {
    "sex": "female",
    "age_years": 70.0,
    "postmenopausal": True,
    "height_cm": 160.0,
    "weight_kg": 60.0,
    "ckd": False,
    "dialysis": False,
    "cirrhosis": False,
    "chronic_liver_disease": False,
    "ascites": False,
    "egfr_ml_min_1_73m2": 80.0,
    "mna_sf_score": 13,
    "acute_or_chronic_illness": False,
    "resistance_training_sessions_week": 0.0,
    "t_score_lumbar_spine": 0.0,
    "t_score_femoral_neck": 0.0,
    "t_score_total_hip": 0.0,
    "fracture_hip": False,
    "fracture_vertebral": False,
    "fracture_proximal_humerus": False,
    "fracture_pelvis": False,
    "fracture_distal_forearm": False,
    "fracture_other": False,
    "grip_kg": 30.0,
    "gait_speed_m_s": 1.2,
    "alm_kg": 20.0,
    "mass_method": "dxa",
    "tug_s": 8.0,
    "dementia": False,
    "falls_12m": 0,
    "falls_injurious_12m": 0,
    "unstable_heart_disease": False,
    "uncontrolled_hypertension": False,
    "acute_illness": False,
    "bone_metastasis": False,
    "hypercalcaemia": False,
    "calcium_mmol_l": 2.3,
    "kidney_stones": False,
    "hyperparathyroidism": False,
    "sarcoidosis": False,
}
# Muscle mass and grip below every cut-off of AWGS 2019.
SARCOPENIC: Person = {"grip_kg": 14.0, "alm_kg": 10.0}


def cared(
    people: Sequence[Person], columns: Sequence[str], engine: Engine | None = None, *, region: str = ""
) -> pl.DataFrame:
    """The columns for each person, in order, with labels of a region."""
    named = [{**person, "person_id": f"{place:06d}"} for place, person in enumerate(people)]
    frame = canonical_people(named)
    plan = make_assessor(None, Settings(label_region=region), care=True).plan(tuple(columns))
    if engine is None or isinstance(engine, Polars):
        out = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()
    else:
        native = nw.from_native(engine.hold(frame))
        out = engine.bring_back(nw.to_native(plan.run_native(native, frame.columns, ["person_id"])))
    return words_as_text(out).sort("person_id").drop("person_id")


def rows(
    people: Sequence[Person], columns: Sequence[str], engine: Engine | None = None, *, region: str = ""
) -> list[dict[str, Any]]:
    """`cared` as rows."""
    return cared(people, columns, engine, region=region).to_dicts()


def one(person: Person, *columns: str) -> tuple[Any, ...]:
    """The columns of one person."""
    return tuple(rows([person], columns)[0][name] for name in columns)


def lines_of(person: Person, ids: Sequence[str]) -> set[str]:
    """Those of the lines that stand in the person's plan."""
    found = rows([person], [f"line_{id}" for id in ids])[0]
    return {id for id in ids if found[f"line_{id}"] is True}


def named(listing: object) -> set[str]:
    """The entries of a listing; none where it is empty."""
    return set(listing.split(";")) if isinstance(listing, str) else set()

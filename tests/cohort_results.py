"""Made-up results frames for the tests of the cohort summary and its report: random verdicts, no medicine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

STAGES = {
    "awgs2019": ("possible", "confirmed", "severe"),
    "awgs2014": ("confirmed",),
    "fnih2014": ("weak", "confirmed", "severe"),
}
BONE = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")
NEEDS = ("grip_kg", "alm_kg", "grip_kg;alm_kg", "gait_speed_m_s")


@dataclass(frozen=True)
class MadeUpDefinition:
    id: str
    label_en: str
    label_zh: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class MadeUpRefusal:
    person_id: str | None
    column: str
    value: str
    reason_en: str
    reason_zh: str


DEFINITIONS = (
    MadeUpDefinition("awgs2019", "AWGS 2019", "AWGS 2019", STAGES["awgs2019"]),
    MadeUpDefinition("awgs2014", "AWGS 2014", "AWGS 2014", STAGES["awgs2014"]),
    MadeUpDefinition("fnih2014", "FNIH 2014", "FNIH 2014", ("none", *STAGES["fnih2014"])),
)


def random_results(people: int, seed: int = 1) -> pl.DataFrame:
    """Random people with random verdicts that keep the contract's shape (proved never above not excluded)."""
    rng = np.random.default_rng(seed)
    columns: dict[str, list[object]] = {
        "person_id": [f"P{row}" for row in range(people)],
        "sex": [("female", "male", None)[k] for k in rng.choice(3, people, p=[0.6, 0.37, 0.03])],
        "age_years": [
            None if gap else float(age)
            for gap, age in zip(rng.random(people) < 0.03, rng.integers(45, 97, people), strict=True)
        ],
        "grip_kg": [None if gap else 20.0 for gap in rng.random(people) < 0.4],
        "alm_kg": [None if gap else 15.0 for gap in rng.random(people) < 0.7],
    }
    for id, stages in STAGES.items():
        columns |= _verdict(
            f"sarcopenia_{id}", ("none", *stages), people, rng, some_not_judged=id == "awgs2014"
        )
        for name in (f"osteosarcopenia_{id}", f"osteosarcopenia_broad_{id}"):
            columns[name] = _yes_no(people, rng)
    columns |= _verdict("bone_who", BONE, people, rng, some_not_judged=True)
    columns["osteoporosis_china2022"] = _yes_no(people, rng)
    columns["sarc_f_positive"] = _yes_no(people, rng)
    columns["frail_status"] = [(None, "robust", "prefrail", "frail")[k] for k in rng.integers(0, 4, people)]
    columns["osta_risk"] = [(None, "low", "medium", "high")[k] for k in rng.integers(0, 4, people)]
    columns["contradictions"] = [
        "contradiction_grip" if k == 0 else "contradiction_grip;contradiction_walk" if k == 1 else None
        for k in rng.integers(0, 20, people)
    ]
    columns["taken_as_postmenopausal"] = [bool(k == 0) for k in rng.integers(0, 10, people)]
    columns["survey_weight"] = [float(weight) for weight in rng.uniform(0.2, 3.0, people)]
    columns["survey_stratum"] = [int(stratum) for stratum in rng.integers(0, 5, people)]
    columns["survey_psu"] = [int(unit) for unit in rng.integers(0, 3, people)]
    schema = {
        name: pl.String
        for name in columns
        if name.startswith(("sarcopenia_", "bone_who")) or name in ("sex", "contradictions")
    }
    return pl.DataFrame(columns, schema_overrides=schema)


def _verdict(
    name: str, levels: tuple[str, ...], people: int, rng: np.random.Generator, *, some_not_judged: bool
) -> dict[str, list[object]]:
    proved: list[object] = []
    upto: list[object] = []
    needs: list[object] = []
    for _ in range(people):
        low = int(rng.integers(-1, len(levels)))
        high = int(rng.integers(max(low, 1 if low < 0 else 0), len(levels)))
        if some_not_judged and rng.random() < 0.2:
            proved.append(None)
            upto.append(None)
            needs.append(None)
            continue
        settled = rng.random() < 0.5 and low >= 0
        high = low if settled else high
        proved.append(None if low < 0 else levels[low])
        upto.append(levels[high])
        needs.append(None if low == high else NEEDS[int(rng.integers(len(NEEDS)))])
    return {name: proved, f"{name}_upto": upto, f"{name}_needs": needs}


def _yes_no(people: int, rng: np.random.Generator) -> list[object]:
    return [(None, True, False)[k] for k in rng.integers(0, 3, people)]

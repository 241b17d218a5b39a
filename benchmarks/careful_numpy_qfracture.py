"""QFracture-2012 over raw columns as a careful NumPy script: what a good programmer would write in an afternoon.

The sexes are taken apart, the yes/no fields of both outcomes are one product of matrices, the classes are looked up, powers are
multiplied out, and the work is cut into blocks that stay in the processor's cache. Values outside their range give NaN. It reads
the numbers of the evidence file and nothing else of the package.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]

FILE = Path(__file__).parents[1] / "src" / "myosteon" / "evidence" / "risk" / "qfracture2012.toml"
ROWS_AT_ONCE = 32_768
SEXES = ("female", "male")
OUTCOMES = ("any", "hip")
RANGES = {
    "age": (30, 100),
    "bmi": (20, 40),
    "ethrisk": (1, 9),
    "smoke_cat": (0, 4),
    "alcohol_cat6": (0, 5),
    "surv": (1, 18),
}
FLAGS = (
    *(
        "b_antidepressant",
        "b_anycancer",
        "b_asthmacopd",
        "b_carehome",
        "b_corticosteroids",
        "b_cvd",
        "b_dementia",
    ),
    *("b_endocrine", "b_epilepsy2", "b_falls", "b_fracture4", "b_hrt_oest", "b_liver", "b_malabsorption"),
    *("b_parkinsons", "b_ra_sle", "b_renal", "b_type1", "b_type2", "fh_osteoporosis"),
)
NOT_FOR = {"female": ("b_carehome",), "male": ("b_endocrine", "b_hrt_oest")}


class Model:
    """The numbers of one outcome in one sex, as arrays."""

    def __init__(self, outcome: str, sex: str) -> None:
        tables = {row["name"]: row for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["coefficients"]}

        def of(name: str) -> dict[str, float]:
            found: dict[str, float] = tables[f"{outcome}_{name}"][sex]
            return found

        self.sex, self.outcome = sex, outcome
        self.flags = np.array([of("flags").get(flag, 0.0) for flag in FLAGS])
        self.ethnicity, self.smoking, self.alcohol = (
            np.array(list(of(name).values())) for name in ("ethnicity", "smoking", "alcohol")
        )
        self.hazard = np.array([0.0, *(-math.log(share) for share in of("survival").values())])
        self.coefficients = tuple(of("continuous").values())
        centres = of("centre").values()
        self.centred = sum(c * m for c, m in zip(self.coefficients, centres, strict=True))


MODELS = {sex: tuple(Model(outcome, sex) for outcome in OUTCOMES) for sex in SEXES}
Curve: TypeAlias = Callable[[tuple[float, ...], Array, Array], Array]


def _female_any(c: tuple[float, ...], age: Array, bmi: Array) -> Array:
    return age * age * (c[0] + c[1] * age) + c[2] / bmi


def _female_hip(c: tuple[float, ...], age: Array, bmi: Array) -> Array:
    return age * age * (c[0] + c[1] * age) + c[2] / (bmi * bmi)


def _male_any(c: tuple[float, ...], age: Array, bmi: Array) -> Array:
    return c[0] * np.sqrt(age) + c[1] * age + c[2] / bmi + c[3] / np.sqrt(bmi)


def _male_hip(c: tuple[float, ...], age: Array, bmi: Array) -> Array:
    return age * age * age * (c[0] + c[1] * np.log(age)) + c[2] / (bmi * bmi)


CURVES: dict[str, tuple[Curve, Curve]] = {
    "female": (_female_any, _female_hip),
    "male": (_male_any, _male_hip),
}


def risks(people: Columns) -> dict[str, Array]:
    """The two risks of everybody, in percent; `sex` is 0 for women and 1 for men."""
    count = len(people["sex"])
    found = {outcome: np.full(count, np.nan) for outcome in OUTCOMES}
    for start in range(0, count, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        block = {name: values[rows] for name, values in people.items()}
        for code, sex in enumerate(SEXES):
            chosen = np.flatnonzero((block["sex"] == code) & _acceptable(block, sex))
            part = {name: values[chosen] for name, values in block.items()}
            for outcome, risk in zip(OUTCOMES, _of_sex(part, sex), strict=True):
                found[outcome][rows][chosen] = risk
    return found


def _acceptable(block: Columns, sex: str) -> Array:
    good = np.ones(len(block["sex"]), dtype=bool)
    for name, (low, high) in RANGES.items():
        good &= (block[name] >= low) & (block[name] <= high)
    for flag in FLAGS:
        if flag not in NOT_FOR[sex]:
            good &= (block[flag] == 0) | (block[flag] == 1)
    good &= ~((block["b_type1"] == 1) & (block["b_type2"] == 1))
    return good


def _of_sex(part: Columns, sex: str) -> list[Array]:
    models = MODELS[sex]
    fields = np.empty((len(FLAGS), len(part["sex"])))
    for place, flag in enumerate(FLAGS):
        fields[place] = part[flag]
    from_fields = np.stack([of.flags for of in models]) @ fields
    age, bmi = part["age"] / 10, part["bmi"] / 10
    found = []
    for of, curve, total in zip(models, CURVES[sex], from_fields, strict=True):
        total += curve(of.coefficients, age, bmi) - of.centred
        total += of.ethnicity[part["ethrisk"] - 1]
        total += of.smoking[part["smoke_cat"]]
        total += of.alcohol[part["alcohol_cat6"]]
        found.append(100 * (1 - np.exp(-of.hazard[part["surv"]] * np.exp(total))))
    return found

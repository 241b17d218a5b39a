"""A second reading of QFracture-2012, in plain Python from the text and tables of the facts; nothing of the package is used.

The tables of sections 1.3 to 1.8 are read from the facts file itself, so that no number is typed twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shared import shared_folder

# How the columns of a table follow each other.
MODELS = (("female", "any"), ("female", "hip"), ("male", "any"), ("male", "hip"))
NOT_THERE = "not in model"


@dataclass(frozen=True)
class Facts:
    """The tables, each as rows of cells without the heading."""

    tables: Mapping[str, list[list[str]]]

    def column(self, section: str, sex: str, outcome: str, *, first: int) -> dict[str, str]:
        """The cells of one model by the first cell of their row; `first` is the place of the first model."""
        place = first + MODELS.index((sex, outcome))
        return {row[0]: row[place] for row in self.tables[section]}


@cache
def facts() -> Facts:
    """The facts, read once; the test is skipped, and says so, where they are not there."""
    text = (shared_folder() / "facts" / "fracture-risk.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### (1\.\d+) .*?\n(.*?)(?=^###? )", text, flags=re.S | re.M)
    return Facts({number: _rows(body) for number, body in sections})


def _rows(body: str) -> list[list[str]]:
    lines = [line for line in body.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def transform(text: str, age: float, bmi: float) -> float:
    """The value of a transform as the table writes it, such as "(age/10)^3 × ln(age/10)"."""
    value = 1.0
    for factor in text.split(" × "):
        part = re.fullmatch(r"(ln)?\(?(age|BMI)/10\)?(?:\^(-?[\d.]+))?", factor)
        assert part, factor
        tenth = (age if part[2] == "age" else bmi) / 10
        value *= math.log(tenth) if part[1] else tenth ** float(part[3] or 1)
    return value


def percent(person: Mapping[str, object], outcome: str) -> float:
    """Section 1.2: the risk, in percent, of a person given by the raw columns of section 1.11."""
    sex = str(person["sex"])
    age, bmi = float(str(person["age"])), float(str(person["bmi"]))
    predictor = 0.0
    for model, _, how, centre, coefficient in facts().tables["1.3"]:
        if model.lower() == f"{sex}, {outcome}":
            predictor += float(coefficient) * (transform(how, age, bmi) - float(centre))
    for section, field in (("1.5", "ethrisk"), ("1.6", "smoke_cat"), ("1.7", "alcohol_cat6")):
        predictor += float(facts().column(section, sex, outcome, first=2)[str(person[field])])
    for field, coefficient in facts().column("1.4", sex, outcome, first=2).items():
        if coefficient != NOT_THERE and person[field]:
            predictor += float(coefficient)
    survival = float(facts().column("1.8", sex, outcome, first=1)[str(person["surv"])])
    return 100 * (1 - math.pow(survival, math.exp(predictor)))


def has_field(sex: str, outcome: str, field: str) -> bool:
    """Whether a model has a yes/no field."""
    return facts().column("1.4", sex, outcome, first=2)[field] != NOT_THERE

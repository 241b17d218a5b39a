"""Prescription drugs of the last month: one line per drug in the file, one row per person here.

Gives the variables DRUG, DRUG_YEARS, MEDICATIONS, WARFARIN and NO_GLUCOCORTICOID that `variables.toml` names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from myosteon.errors import ColumnError, EvidenceError
from myosteon.readers.nhanes.cycles import Cycle
from myosteon.readers.nhanes.files import PERSON

WANTED = ("RXD030", "RXD240B", "RXD260", "RXDUSE", "RXDDRUG", "RXDDAYS")
TEXTS = ("RXD240B", "RXDDRUG")
# Use, name and days in 1999-2002 and from 2003-2004 on.
NAMES_OF_1999 = ("RXD030", "RXD240B", "RXD260")
NAMES_OF_2003 = ("RXDUSE", "RXDDRUG", "RXDDAYS")
DAYS_A_YEAR = 365
NO_DRUG = "none"
UNNAMED = "unnamed drug"
# 77777 refused, 99999 don't know.
MOST_DAYS = 70_000


@dataclass(frozen=True, slots=True)
class Medicines:
    """The names of `medicines.toml`, in capitals."""

    nameless: tuple[str, ...]
    vague: tuple[str, ...]
    antiosteoporosis: tuple[tuple[str, tuple[str, ...]], ...]
    """Drug of the vocabulary and its ingredients, most telling first."""
    hormones: tuple[str, ...]
    hormones_from_2003: tuple[str, ...]
    warfarin: tuple[str, ...]
    glucocorticoid_words: tuple[str, ...]
    salts: tuple[str, ...]
    kept_first_words: tuple[str, ...]


@cache
def load_medicines() -> Medicines:
    """The names that ship with the program. Raises `EvidenceError` where the file names no source."""
    text = (files("myosteon.readers.nhanes") / "medicines.toml").read_text(encoding="utf-8")
    return read_medicines(tomllib.loads(text))


def read_medicines(table: Mapping[str, Any]) -> Medicines:
    """Names of medicines from parsed TOML. Raises `EvidenceError` where no source or status is given."""
    if not table.get("source") or table.get("status") not in ("checked", "secondary", "unchecked"):
        raise EvidenceError("medicines.toml needs a source and a status: without them it does not load.")
    hormones = table["hormone_therapy"]
    return Medicines(
        nameless=tuple(table["nameless"]),
        vague=tuple(table["vague"]),
        antiosteoporosis=tuple(
            (entry["drug"], tuple(entry["ingredients"])) for entry in table["antiosteoporosis"]
        ),
        hormones=tuple(hormones["any_year"]),
        hormones_from_2003=tuple(hormones["from_2003"]),
        warfarin=tuple(table["warfarin"]["ingredients"]),
        glucocorticoid_words=tuple(table["glucocorticoid"]["words"]),
        salts=tuple(table["salts"]["endings"]),
        kept_first_words=tuple(table["salts"]["kept_first_words"]),
    )


def one_row_per_person(lines: pl.DataFrame, cycle: Cycle) -> pl.DataFrame:
    """The drugs of each person in one row, from the lines of RXQ_RX.

    `DRUG` and `DRUG_YEARS`: an antiosteoporosis drug in use, `none` only where no prescription drug was taken
    at all. `MEDICATIONS`: names joined by `;`, `none` where no drug was taken, null where nothing is known. `WARFARIN`: no only where the list
    is complete. `NO_GLUCOCORTICOID`: 0 where the list is complete and names no corticosteroid, else null.

    Raises `ColumnError` where the file has not the names of its years.
    """
    medicines = load_medicines()
    described = _describe(_renamed(lines), medicines, cycle)
    people = described.group_by(PERSON, maintain_order=True).agg(
        (pl.col("use") == 1).fill_null(False).any().alias("takes"),
        (pl.col("use") == 2).fill_null(False).all().alias("takes_none"),
        pl.col("ingredients")
        .explode()
        .drop_nulls()
        .unique(maintain_order=True)
        .str.join(";")
        .alias("MEDICATIONS"),
        pl.col("nameless").any(),
        pl.col("is_warfarin").any(),
        pl.col("may_be_glucocorticoid").any(),
        pl.col("drug").sort_by("rank").drop_nulls().first().alias("found"),
        pl.col("years")
        .sort_by("rank")
        .filter(pl.col("drug").sort_by("rank").is_not_null())
        .first()
        .alias("DRUG_YEARS"),
    )
    complete = pl.col("takes_none") | (pl.col("takes") & ~pl.col("nameless"))
    return people.select(
        PERSON,
        pl.coalesce("found", pl.when("takes_none").then(pl.lit("none"))).alias("DRUG"),
        "DRUG_YEARS",
        _listed().alias("MEDICATIONS"),
        pl.when("is_warfarin").then(True).when(complete).then(False).alias("WARFARIN"),
        pl.when(complete & ~pl.col("may_be_glucocorticoid")).then(0.0).alias("NO_GLUCOCORTICOID"),
    )


def _listed() -> pl.Expr:
    """The names; a drug without a name stands there as one that nobody knows, so that the list is not taken for complete."""
    unnamed = pl.when("nameless").then(pl.lit(UNNAMED))
    named = pl.when(pl.col("MEDICATIONS") != "").then("MEDICATIONS")
    listed = pl.concat_str([named, unnamed], separator=";", ignore_nulls=True)
    return pl.when("takes_none").then(pl.lit(NO_DRUG)).when(listed != "").then(listed)


def _renamed(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with the columns `use`, `name` and `days`, whatever the years call them."""
    for names in (NAMES_OF_2003, NAMES_OF_1999):
        if set(names) <= set(lines.columns):
            return lines.select(
                PERSON,
                *(pl.col(old).alias(new) for old, new in zip(names, ("use", "name", "days"), strict=True)),
            )
    raise ColumnError(
        f"The prescription drugs (RXQ_RX) have neither {', '.join(NAMES_OF_2003)} "
        f"nor {', '.join(NAMES_OF_1999)}. Take the file from the CDC again."
    )


def _describe(lines: pl.DataFrame, medicines: Medicines, cycle: Cycle) -> pl.DataFrame:
    """What each line says; a name is looked at once however often it stands there."""
    drugs = [drug for drug, _ in medicines.antiosteoporosis] + ["hormone_therapy"]
    names = lines["name"].drop_nulls().unique()
    descriptions = pl.DataFrame(
        [{"name": name, **_description(name, medicines, cycle)} for name in names],
        schema={
            "name": pl.String,
            "ingredients": pl.List(pl.String),
            "nameless": pl.Boolean,
            "drug": pl.String,
            "is_warfarin": pl.Boolean,
            "may_be_glucocorticoid": pl.Boolean,
        },
    )
    # Somebody who takes drugs and names none has an incomplete list, as has one whose name says nothing.
    without_name = (pl.col("use") == 1) & pl.col("name").is_null()
    days = pl.when(pl.col("days") < MOST_DAYS).then(pl.col("days"))
    return lines.join(descriptions, on="name", how="left", maintain_order="left").with_columns(
        pl.col("nameless").fill_null(False) | without_name,
        pl.col("is_warfarin").fill_null(False),
        pl.col("may_be_glucocorticoid").fill_null(False),
        pl.col("drug")
        .replace_strict(drugs, range(len(drugs)), default=len(drugs), return_dtype=pl.Int64)
        .alias("rank"),
        (days / DAYS_A_YEAR).alias("years"),
    )


def _description(name: str, medicines: Medicines, cycle: Cycle) -> dict[str, Any]:
    nameless = name in medicines.nameless
    parts = [] if nameless else [_without_salt(part.strip(), medicines) for part in name.split(";")]
    return {
        "ingredients": [part.lower() for part in parts],
        "nameless": nameless or any(word in name for word in medicines.vague),
        "drug": _antiosteoporosis_drug(name, parts, medicines, cycle),
        "is_warfarin": any(part in medicines.warfarin for part in parts),
        "may_be_glucocorticoid": any(word in name for word in medicines.glucocorticoid_words),
    }


def _antiosteoporosis_drug(name: str, parts: list[str], medicines: Medicines, cycle: Cycle) -> str | None:
    for drug, ingredients in medicines.antiosteoporosis:
        if any(part in ingredients for part in parts):
            return drug
    tells_creams_apart = cycle.first_year >= 2003
    if name in medicines.hormones or (tells_creams_apart and name in medicines.hormones_from_2003):
        return "hormone_therapy"
    return None


def _without_salt(ingredient: str, medicines: Medicines) -> str:
    """ALENDRONATE SODIUM is ALENDRONATE; POTASSIUM CHLORIDE keeps its name."""
    words = ingredient.split()
    while len(words) > 1 and words[-1] in medicines.salts and words[0] not in medicines.kept_first_words:
        words.pop()
    return " ".join(words)

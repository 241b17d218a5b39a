"""The clinic that a plan is made for: a tier, or a file that says what the clinic can do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from myosteon.errors import InputError
from myosteon.evidence.care_load import LABEL_REGIONS
from myosteon.evidence.clinic import Clinic, clinic_of_tier, load_tiers

KEYS = ("tier", "name", "telephone", "region", "can", "cannot", "chinese_medicine")
# China's own labels were not read; a clinic there may say so all the same, and every limit then counts in full.
REGIONS = ("CN", *LABEL_REGIONS)
# Where nothing is said, the plan is for the clinic that can do least: it refers rather than leaves out.
USUAL_TIER = 1


def clinic_for(tier: int | None, file: Path | None) -> Clinic:
    """The clinic of a tier (1 where none is named), or that of a file.

    Raises:
        InputError: both are given, there is no such tier, or the file cannot be used.
    """
    if file is not None:
        if tier is not None:
            raise InputError("give --tier or --clinic, not both: the file of a clinic names its tier")
        return read_clinic(file)
    return _clinic({"tier": USUAL_TIER if tier is None else tier}, "--tier")


def read_clinic(file: Path) -> Clinic:
    """Reads a TOML file with `tier`, and where wanted more.

    `name`, `telephone`, `region`; `can` and `cannot` (lists of capabilities); `chinese_medicine = false` where none is offered.

    Raises:
        InputError: the file cannot be read, or names a key, a tier or a capability that nobody knows.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file} cannot be read as a clinic (TOML): {error}") from error
    return _clinic(table, str(file))


def _clinic(table: dict[str, Any], where: str) -> Clinic:
    known = load_tiers()
    for key in table:
        if key not in KEYS:
            raise InputError(f"{where}: nobody knows {key}; a clinic has {', '.join(KEYS)}")
    if type(table.get("tier")) is not int or table["tier"] not in known.tiers:
        raise InputError(f"{where}: tier is one of {', '.join(map(str, known.tiers))}")
    if table.get("region", "") not in ("", *REGIONS):
        raise InputError(f"{where}: region is one of {', '.join(REGIONS)}: whose labels limit a drug")
    if type(table.get("chinese_medicine", True)) is not bool:
        raise InputError(f"{where}: chinese_medicine is true or false")
    for key in ("can", "cannot"):
        for capability in _list(table, key, where):
            if capability not in known.capabilities:
                raise InputError(
                    f"{where}: nobody knows the capability {capability}; choose among {', '.join(known.capabilities)}"
                )
    return clinic_of_tier(
        table["tier"],
        can=_list(table, "can", where),
        cannot=_list(table, "cannot", where),
        name=str(table.get("name", "")),
        telephone=str(table.get("telephone", "")),
        region=str(table.get("region", "")),
        chinese_medicine=table.get("chinese_medicine", True),
    )


def _list(table: dict[str, Any], key: str, where: str) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise InputError(f"{where}: {key} is a list of words")
    return found

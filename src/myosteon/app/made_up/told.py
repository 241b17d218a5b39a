"""The made-up clinics and people as `clinics.toml` and `people.toml` tell them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.errors import EvidenceError


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is made up by hand: `clinics`, `accounts` and `people` as tables; `crowd` and `names` for those drawn."""

    password: str
    clinics: Sequence[Mapping[str, Any]]
    accounts: Sequence[Mapping[str, Any]]
    people: Sequence[Mapping[str, Any]]
    crowd: Mapping[str, Any]
    names: Mapping[str, Any]


@cache
def told() -> Told:
    """What the two files hold.

    Raises:
        EvidenceError: the file does not say that it is made up.
    """
    folder = files("myosteon.app.made_up")
    clinics = tomllib.loads((folder / "clinics.toml").read_text(encoding="utf-8"))
    people = tomllib.loads((folder / "people.toml").read_text(encoding="utf-8"))
    if clinics["source"]["status"] != "made up":
        raise EvidenceError("people to try the clinic with have to be made up")
    return Told(
        clinics["accounts"]["password"],
        clinics["clinic"],
        clinics["account"],
        people["person"],
        clinics["crowd"],
        clinics["names"],
    )

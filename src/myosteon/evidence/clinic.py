"""What a clinic can do: tiers of care, capabilities, and the clinic that a plan is made for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.evidence.load import load_papers, source_of
from myosteon.evidence.types import Label, Source

FILE = "clinic.toml"


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that a clinic has or has not; `tier` is the lowest tier of care that usually has it."""

    id: str
    tier: int
    label: Label


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of care, and whereto it refers up."""

    id: int
    label: Label
    up: Label


@dataclass(frozen=True, slots=True)
class Tiers:
    """Every tier and capability, with the source of what is usual."""

    tiers: Mapping[int, Tier]
    capabilities: Mapping[str, Capability]
    source: Source


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic that a plan is made for: its tier, what it can do, and its name and telephone where it gave them.

    `region` says whose labels limit a drug there; empty: every limit counts in full. `chinese_medicine` says whether it may be
    offered there; what a person takes is judged all the same.
    """

    tier: Tier
    capabilities: frozenset[str]
    name: str = ""
    telephone: str = ""
    region: str = ""
    chinese_medicine: bool = True

    def offers(self, part: str) -> bool:
        """Whether a part of the plan that a clinic may turn off stands in its plans."""
        return part != "chinese_medicine" or self.chinese_medicine

    def has(self, capability: str) -> bool:
        """Whether the clinic can do it; what needs nothing can be done everywhere."""
        return not capability or capability in self.capabilities


@cache
def load_tiers() -> Tiers:
    """The tiers of care and what each usually can do."""
    text = (files("myosteon.evidence") / FILE).read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    tiers = [Tier(row["id"], Label(**row["label"]), Label(**row["up"])) for row in table["tier"]]
    capabilities = [Capability(row["id"], row["tier"], Label(**row["label"])) for row in table["capability"]]
    return Tiers(
        {tier.id: tier for tier in tiers},
        {capability.id: capability for capability in capabilities},
        source_of({"id": "tiers"}, table["source"], load_papers(), FILE),
    )


def clinic_of_tier(
    tier: int,
    *,
    can: Iterable[str] = (),
    cannot: Iterable[str] = (),
    name: str = "",
    telephone: str = "",
    region: str = "",
    chinese_medicine: bool = True,
) -> Clinic:
    """A clinic with what its tier usually has, and what it can and cannot besides.

    Raises:
        KeyError: there is no such tier.
    """
    known = load_tiers()
    usual = {capability.id for capability in known.capabilities.values() if capability.tier <= tier}
    return Clinic(
        known.tiers[tier],
        frozenset((usual | set(can)) - set(cannot)),
        name,
        telephone,
        region,
        chinese_medicine,
    )

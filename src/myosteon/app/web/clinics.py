"""An organisation of the registry as the clinic that a plan is made for."""

from __future__ import annotations

from myosteon.evidence.clinic import Clinic, clinic_of_tier
from myosteon.registry.organisations import Organisation


def clinic_of(organisation: Organisation) -> Clinic:
    """The clinic with what its tier usually has, and what it said that it can and cannot."""
    known = organisation.fields
    return clinic_of_tier(
        known.tier,
        can=known.can,
        cannot=known.cannot,
        name=known.name,
        telephone=known.telephone,
        region=known.region,
        chinese_medicine=known.chinese_medicine,
    )

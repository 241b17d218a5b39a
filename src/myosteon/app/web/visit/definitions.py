"""Which definitions are judged while somebody types: the clinic's own of sarcopenia, and those of osteoporosis."""

from __future__ import annotations

from dataclasses import replace

from myosteon.app.web.call import Call
from myosteon.app.web.definition_choice import own_definition
from myosteon.rules.guideline import Settings

BONE = ("bone_who", "osteoporosis_china2022")


def own_definitions(call: Call) -> tuple[str, ...]:
    """Ids, the clinic's own definition of sarcopenia first."""
    return (own_definition(call.organisation), *BONE)


def own_settings(call: Call) -> Settings:
    """The choices of the clinic that change how rules read the data."""
    return replace(Settings(), label_region=call.clinic.region)

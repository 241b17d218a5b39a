"""Which definitions are judged while somebody types: the clinic's own of sarcopenia, and those of osteoporosis."""

from __future__ import annotations

from dataclasses import replace

from myosteon.app.web.call import Call
from myosteon.app.web.person.definitions import usual_definition
from myosteon.guidelines import installed_definitions
from myosteon.rules.guideline import Settings

BONE = ("bone_who", "osteoporosis_china2022")
CHOSEN = "definition"
"""The key of an organisation's settings that names its own definition of sarcopenia."""


def own_definitions(call: Call) -> tuple[str, ...]:
    """Ids, the clinic's own definition of sarcopenia first."""
    chosen = call.organisation.fields.settings.get(CHOSEN)
    own = chosen if chosen in installed_definitions() else usual_definition(call.clinic.region)
    return (str(own), *BONE)


def own_settings(call: Call) -> Settings:
    """The choices of the clinic that change how rules read the data."""
    return replace(Settings(), label_region=call.clinic.region)

"""Which definition of sarcopenia is a clinic's own."""

from __future__ import annotations

from myosteon.app.web.person.definitions import usual_definition
from myosteon.guidelines import installed_definitions
from myosteon.registry.organisations import Organisation

CHOSEN = "definition"
"""The key of an organisation's settings that names it."""


def own_definition(organisation: Organisation) -> str:
    """The one that the clinic chose; where it chose none, or one that is not installed any more, the usual one of its region."""
    chosen = organisation.fields.settings.get(CHOSEN)
    return str(chosen) if chosen in installed_definitions() else usual_definition(organisation.fields.region)

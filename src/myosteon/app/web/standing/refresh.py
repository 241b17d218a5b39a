"""What every page that saves something about a person calls afterwards: the worklist follows."""

from __future__ import annotations

import logging

from myosteon.app.web.call import Call
from myosteon.app.web.standing.keeping import Keeper

LOG = logging.getLogger(__name__)


def refresh_standing(call: Call, person_id: str) -> None:
    """Works out anew what stands for a person, after the save.

    What was saved is safe whatever happens here: where the registry cannot be written just now, the worklist is one save behind
    until it is worked out for everybody, which is done each day.
    """
    try:
        Keeper(call.database, call.settings.time_zone).keep((person_id,))
    except Exception as error:
        # The save is done: no fault here may look as if it were not. Only the kind is told, never what is recorded.
        LOG.warning("the worklist is behind by a save: %s", type(error).__name__)

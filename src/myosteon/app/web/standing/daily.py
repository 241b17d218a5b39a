"""Works the worklist out for everybody when a new day has begun, or when the rules or the evidence are others, beside the pages."""

from __future__ import annotations

import logging
from threading import Event, Thread

from myosteon.app.web.clinics import clinic_of
from myosteon.app.web.person.judge import person_judge
from myosteon.app.web.standing.keeping import Keeper
from myosteon.app.web.wording import LANGUAGES
from myosteon.registry.organisations import organisations

LOG = logging.getLogger(__name__)
# How often is looked whether a day has begun, and how long pages have the processor between two parts; in seconds.
LOOK = 60.0
PAUSE = 0.2


def keep_daily(keeper: Keeper) -> Event:
    """Begins to look, in a thread of its own; it ends when the event is set."""
    stop = Event()
    Thread(target=_watch, args=(keeper, stop), name="worklist", daemon=True).start()
    return stop


def _watch(keeper: Keeper, stop: Event) -> None:
    ready = False
    while True:
        ready = look(keeper) or ready or _begin(keeper)
        if stop.wait(LOOK):
            return


def look(keeper: Keeper) -> bool:
    """Works everybody out unless that was done today by these rules; returns whether it was done now."""
    try:
        if keeper.is_current():
            return False
        make_ready(keeper)
        people = keeper.rebuild(PAUSE)
    except Exception as error:
        # Whatever it is, it must not end the looking: it is tried again, and the page says from which day its dates are. Only
        # the kind is told, for a text may hold what is recorded of somebody.
        LOG.warning("the worklist could not be worked out: %s", type(error).__name__)
        return False
    LOG.info("the worklist was worked out for %d people", people)
    return True


def _begin(keeper: Keeper) -> bool:
    """At a start where everybody was worked out already; returns whether the judges are ready."""
    try:
        make_ready(keeper)
    except Exception as error:
        LOG.warning("the worklist's rules could not be made ready: %s", type(error).__name__)
        return False
    return True


def make_ready(keeper: Keeper) -> None:
    """Prepares the judges that the first page of the day would wait for."""
    with keeper.database.read() as connection:
        known = organisations(connection)
    for organisation in known:
        for language in LANGUAGES:
            person_judge(clinic_of(organisation), keeper.day, language).make_ready()

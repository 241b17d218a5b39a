"""Works the worklist out for everybody when a new day has begun, or when the rules or the evidence are others, beside the pages."""

from __future__ import annotations

import logging
from threading import Event, Thread

from myosteon.app.web.clinics import clinic_of
from myosteon.app.web.person.judge import person_judge
from myosteon.app.web.standing.keeping import Keeper
from myosteon.app.web.wording import LANGUAGES
from myosteon.registry.errors import DatabaseTrouble
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
    _make_ready(keeper)
    while True:
        look(keeper)
        if stop.wait(LOOK):
            return


def look(keeper: Keeper) -> bool:
    """Works everybody out unless that was done today by these rules; returns whether it was done now."""
    try:
        if keeper.is_current():
            return False
        people = keeper.rebuild(PAUSE)
    except DatabaseTrouble as error:
        # It is tried again at the next look; the page says from which day its dates are.
        LOG.warning("the worklist could not be worked out: %s", type(error).__name__)
        return False
    LOG.info("the worklist was worked out for %d people", people)
    return True


def _make_ready(keeper: Keeper) -> None:
    """Prepares the judges that the first page of the day would wait for."""
    try:
        with keeper.database.read() as connection:
            known = organisations(connection)
    except DatabaseTrouble:
        return
    for organisation in known:
        for language in LANGUAGES:
            person_judge(clinic_of(organisation), keeper.day, language).make_ready()

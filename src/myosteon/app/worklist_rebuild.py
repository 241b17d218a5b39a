"""Answers `myosteon rebuild-worklist`: works out anew what stands open for everybody of a registry."""

from __future__ import annotations

import os

from myosteon.app.screen import Language, say
from myosteon.app.serving import DATABASE, USUAL_FILE, time_zone
from myosteon.app.texts import both, tell
from myosteon.errors import MissingPart


def rebuild_worklist(database: str | None, zone_name: str, language: Language) -> None:
    """Works it out, also while the clinic is served.

    Raises:
        InputError: there is no such time zone.
        MissingPart: the web's libraries are not installed.
        DatabaseTrouble: the database cannot be opened or written.
    """
    zone = time_zone(zone_name)
    try:
        from myosteon.app.web.standing.keeping import Keeper
        from myosteon.registry.database import open_database
    except ModuleNotFoundError as error:
        raise MissingPart(both("serve_missing", library=error.name)) from error
    opened = open_database(database or os.environ.get(DATABASE) or USUAL_FILE)
    try:
        people = Keeper(opened, zone).rebuild()
    finally:
        opened.close()
    say(tell("worklist_rebuilt", language, people=people))

"""Backups: when the last one was made, and one more. They stay on the server: no page hands the whole registry out."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Unusable
from myosteon.app.web.routing import Asked, Pages
from myosteon.registry.audit import record
from myosteon.registry.backup import backups, make_backup

SHOWN = 30
BYTES_A_MEGABYTE = 1_000_000
pages = Pages()


@pages.get("/settings/backups", permission="backup.write")
def list_backups(call: Asked) -> Response:
    """The newest backups, and whether this server makes any."""
    return _list(call)


@pages.post("/settings/backups", permission="backup.write")
def add_backup(call: Asked) -> Response:
    """Makes a backup while others go on working."""
    folder = call.settings.backups
    if folder is None:
        raise Unusable("backups.off")
    try:
        made = make_backup(call.database, folder)
    except OSError:
        # The error's own text names a folder of the server.
        raise Unusable("backups.no_folder") from None
    with call.write() as write:
        record(write, "backed_up", "registry", None, detail={"bytes": made.size})
    return call.to("/settings/backups", done="backups.made")


def _list(call: Call) -> Response:
    folder = call.settings.backups
    found = backups(folder)[:SHOWN] if folder is not None and folder.is_dir() else ()
    rows = [(one.made_at, f"{one.size / BYTES_A_MEGABYTE:.1f}", one.path.name) for one in found]
    return call.page("settings/backups.html", rows=rows, on=folder is not None)

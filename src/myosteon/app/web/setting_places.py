"""The pages of the settings, by what the role may change."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.app.web.call import Call
from myosteon.app.web.days import write_moment
from myosteon.registry.accounts import accounts_of
from myosteon.registry.backup import backups
from myosteon.registry.organisations import organisations


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the settings: its address, name, and what it says now."""

    path: str
    name: str
    now: str


def places(call: Call) -> tuple[Place, ...]:
    """The pages that may be opened, with what each says now."""
    found = []
    if call.may("clinic.write"):
        tier = getattr(call.clinic.tier.label, call.language)
        can = call.say("settings.can", count=len(call.clinic.capabilities))
        now = call.say("settings.clinic_now", name=call.organisation.fields.name, tier=tier, can=can)
        found.append(Place("/settings/clinic", call.say("settings.clinic"), now))
    with call.read() as connection:
        if call.may("users.write"):
            accounts = accounts_of(connection, call.organisation.id)
            count = sum(account.disabled_at is None for account in accounts)
            now = call.say("settings.users_now", count=count)
            found.append(Place("/settings/users", call.say("settings.users"), now))
        if call.may("clinic.write"):
            now = call.say("settings.organisations_now", count=len(organisations(connection)))
            found.append(Place("/settings/organisations", call.say("settings.organisations"), now))
    if call.may("backup.write"):
        found.append(Place("/settings/backups", call.say("settings.backups"), _last_backup(call)))
    if call.may("audit.read"):
        found.append(Place("/settings/record", call.say("settings.record"), call.say("settings.record_now")))
    own = call.say("settings.password_now")
    found.append(Place("/settings/password", call.say("settings.password"), own))
    return tuple(found)


def _last_backup(call: Call) -> str:
    folder = call.settings.backups
    if folder is None:
        return call.say("settings.backups_off")
    found = backups(folder) if folder.is_dir() else ()
    if not found:
        return call.say("settings.backups_never")
    moment = write_moment(found[0].made_at, call.language, call.settings.time_zone)
    return call.say("settings.backups_last", moment=moment)

"""The first start of a clinic: an organisation of its own, and an administrator with a password for one sign-in."""

from __future__ import annotations

from myosteon.app.clinic_file import USUAL_TIER
from myosteon.app.web.passwords import Passwords, one_time_password
from myosteon.app.web.wording import say
from myosteon.evidence.types import Language
from myosteon.registry.accounts import has_accounts, make_account
from myosteon.registry.database import PROGRAM, Database
from myosteon.registry.organisations import OrganisationFields, add_organisation, organisations

ADMINISTRATOR = "admin"


def make_first_administrator(database: Database, passwords: Passwords, language: Language) -> str | None:
    """Makes the first account where there is none; gives its password, which is kept nowhere else. None: there are accounts.

    The clinic is a new one of the lowest tier unless the registry already has one; both are changed in the settings.
    """
    with database.read() as connection:
        if has_accounts(connection):
            return None
    password = one_time_password()
    kept = passwords.hash(password)
    with database.write(PROGRAM) as write:
        if has_accounts(write.connection):
            return None
        known = organisations(write.connection)
        organisation_id = (
            known[0].id
            if known
            else add_organisation(write, OrganisationFields(say("first.clinic", language), USUAL_TIER))
        )
        make_account(
            write,
            organisation_id=organisation_id,
            login=ADMINISTRATOR,
            shown_name=say("role.administrator", language),
            role="administrator",
            password_hash=kept,
        )
    return password

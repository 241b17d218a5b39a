"""The clinics and hospitals of this registry: where a referral can go. Each has an administrator of its own."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.account_names import login_problems, name_problems
from myosteon.app.web.call import Call
from myosteon.app.web.passwords import one_time_password
from myosteon.app.web.refusals import Problem, Unusable
from myosteon.app.web.routing import Asked, Pages
from myosteon.evidence.clinic import load_tiers
from myosteon.registry.accounts import LoginTaken, make_account
from myosteon.registry.organisations import OrganisationFields, add_organisation, organisations

pages = Pages()


@pages.get("/settings/organisations", permission="clinic.write")
def list_organisations(call: Asked) -> Response:
    """Every clinic with its tier."""
    with call.read() as connection:
        found = organisations(connection)
    tiers = {tier.id: getattr(tier.label, call.language) for tier in load_tiers().tiers.values()}
    return call.page("settings/organisations.html", organisations=found, tiers=tiers)


@pages.get("/settings/organisations/new", permission="clinic.write")
def ask_for_organisation(call: Asked) -> Response:
    """The form of a clinic that joins the registry."""
    return _form(call)


@pages.post("/settings/organisations/new", permission="clinic.write", fields=("name", "tier", "login"))
def join_organisation(call: Asked) -> Response:
    """Adds a clinic with its first administrator, whose password for one sign-in is shown on this page only."""
    name, login = call.form.get("name", "").strip(), call.form.get("login", "").strip().lower()
    tier = call.form.get("tier", "")
    if tier not in map(str, load_tiers().tiers):
        raise Unusable()
    problems = [*name_problems(call, name, "name", "clinic.name_missing"), *login_problems(call, login)]
    if problems:
        return _form(call, tuple(problems))
    password = one_time_password()
    hashed = call.settings.passwords.hash(password)
    try:
        with call.write() as write:
            account = make_account(
                write,
                organisation_id=add_organisation(write, OrganisationFields(name, int(tier))),
                login=login,
                shown_name=call.say("role.administrator"),
                role="administrator",
                password_hash=hashed,
            )
    except LoginTaken:
        return _form(call, (Problem("login", call.say("users.login_taken")),))
    return call.page("settings/user_made.html", account=account, password=password)


def _form(call: Call, problems: tuple[Problem, ...] = ()) -> Response:
    return call.page(
        "settings/organisation_new.html",
        status=422 if problems else 200,
        problems=problems,
        form=call.form,
        tiers=[(tier.id, getattr(tier.label, call.language)) for tier in load_tiers().tiers.values()],
    )

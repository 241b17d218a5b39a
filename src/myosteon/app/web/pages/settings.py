"""The list of settings, and those of one's own account."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.access import SELF
from myosteon.app.web.call import Call
from myosteon.app.web.cookies import set_session_cookie
from myosteon.app.web.passwords import weakness_of
from myosteon.app.web.refusals import Problem
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.setting_places import places
from myosteon.registry.accounts import kept_password, set_password
from myosteon.registry.sessions import end_sessions_of, start_session

pages = Pages()


@pages.get("/settings", permission="settings.read")
def show_settings(call: Asked) -> Response:
    """The settings that the role may change."""
    return call.page("settings/settings.html", places=places(call))


@pages.get("/settings/password", permission=SELF)
def show_password(call: Asked) -> Response:
    """The form to change one's own password."""
    return _form(call, ())


@pages.post("/settings/password", permission=SELF, fields=("old_password", "new_password", "again_password"))
def change_password(call: Asked) -> Response:
    """A new password; every other session of the account ends, and this one gets a new token."""
    form = call.form
    old, new = form.get("old_password", ""), form.get("new_password", "")
    with call.read() as connection:
        kept = kept_password(connection, call.account.id)
    if not call.settings.passwords.fits(kept, old):
        return _form(call, (Problem("old_password", call.say("password.wrong")),))
    weakness = weakness_of(new, call.account.login, old)
    if weakness:
        return _form(call, (Problem("new_password", call.say(weakness)),))
    if new != form.get("again_password", ""):
        return _form(call, (Problem("again_password", call.say("password.not_alike")),))
    hashed = call.settings.passwords.hash(new)
    with call.write() as write:
        set_password(write, call.account.id, hashed, must_change=False)
        end_sessions_of(write, call.account.id)
        token, _ = start_session(write, call.account.id, call.settings.limits.session)
    answer = call.to("/", done="password.done")
    set_session_cookie(answer, token, call.settings)
    return answer


def _form(call: Call, problems: tuple[Problem, ...]) -> Response:
    return call.page("settings/password.html", status=422 if problems else 200, problems=problems)

"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.access import PUBLIC, SELF
from myosteon.app.web.addresses import own_path
from myosteon.app.web.call import Call
from myosteon.app.web.cookies import forget_session_cookie, session_token_of, set_session_cookie
from myosteon.app.web.refusals import TooMany
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.signing_in import SignInRefused, sign_in
from myosteon.registry.sessions import end_session

pages = Pages()


@pages.get("/sign-in", permission=PUBLIC)
def show_sign_in(call: Asked) -> Response:
    """The name and the password are asked for."""
    if call.signed_in:
        return call.to("/")
    return _form(call, own_path(call.request.query_params.get("to", "")))


@pages.post("/sign-in", permission=PUBLIC, fields=("login", "password", "to"))
def do_sign_in(call: Asked) -> Response:
    """Starts a session, or says why not."""
    client = call.request.client
    if not call.request.app.state.rates.take("sign_in", client.host if client else ""):
        raise TooMany()
    login, to = call.form.get("login", ""), own_path(call.form.get("to", ""))
    try:
        token = sign_in(
            call.settings,
            call.request.app.state.strangers,
            login,
            call.form.get("password", ""),
            session_token_of(call.request, call.settings),
        )
    except SignInRefused as refusal:
        return _form(call, to, login, refusal.reason, refusal.status)
    answer = call.to(to)
    set_session_cookie(answer, token, call.settings)
    return answer


@pages.post("/sign-out", permission=SELF)
def sign_out(call: Asked) -> Response:
    """Ends the session."""
    with call.write() as write:
        end_session(write, session_token_of(call.request, call.settings))
    answer = call.to("/sign-in", done="sign_in.signed_out")
    forget_session_cookie(answer, call.settings)
    return answer


def _form(call: Call, to: str, login: str = "", refused: str = "", status: int = 200) -> Response:
    openid = call.settings.openid
    minutes = int(call.settings.limits.locked_for.total_seconds() // 60)
    return call.page(
        "sign_in/sign_in.html",
        status=status,
        to=to,
        login=login,
        refused=call.say(f"{refused}.title", minutes=minutes) if refused else "",
        after=call.say(f"{refused}.next") if refused else "",
        openid=(openid.label or openid.issuer) if openid else "",
    )

"""Signing in with a service that keeps the accounts elsewhere (OpenID Connect)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from myosteon.app.web.access import PUBLIC
from myosteon.app.web.call import Call
from myosteon.app.web.cookies import session_token_of, set_session_cookie
from myosteon.app.web.openid_cookie import Attempt, attempt_of, forget_attempt, remember_attempt
from myosteon.app.web.openid_subjects import account_of_claims
from myosteon.app.web.refusals import NotFound, OpenIdRefused
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.signing_in import SignInRefused, start_signed_in

BACK = "/openid/back"
if TYPE_CHECKING:
    from myosteon.app.web.openid_provider import Provider

pages = Pages()


@pages.get("/openid", permission=PUBLIC)
def go_to_provider(call: Asked) -> Response:
    """Sends the browser to the provider, with what will show that the answer belongs to this browser."""
    provider, attempt = _provider(call), Attempt.new()
    try:
        address = provider.address(attempt, _back(call))
    except OpenIdRefused:
        return _refused(call)
    answer = Response(status_code=303, headers={"Location": address})
    remember_attempt(answer, attempt, call.settings)
    return answer


@pages.get("/openid/back", permission=PUBLIC)
def come_back(call: Asked) -> Response:
    """Takes the provider's word for who it is; an account here says what the person may do."""
    provider, attempt = _provider(call), attempt_of(call.request)
    query = call.request.query_params
    if attempt is None or not attempt.fits(query.get("state", "")) or not query.get("code"):
        return _refused(call)
    try:
        claims = provider.claims(attempt, query["code"], _back(call))
        account = account_of_claims(call.settings, claims)
        token = start_signed_in(call.settings, account, session_token_of(call.request, call.settings))
    except (OpenIdRefused, SignInRefused):
        return _refused(call)
    answer = call.to("/")
    set_session_cookie(answer, token, call.settings)
    forget_attempt(answer, call.settings)
    return answer


def _provider(call: Call) -> Provider:
    if call.settings.openid is None:
        raise NotFound()
    # Its libraries are an optional part: a clinic with accounts of its own does without them.
    from myosteon.app.web.openid_provider import Provider

    return Provider(call.settings.openid, call.settings.clock)


def _back(call: Call) -> str:
    base = call.settings.public_url or str(call.request.base_url).rstrip("/")
    return base + BACK


def _refused(call: Call) -> Response:
    answer = call.page(
        "sign_in/sign_in.html",
        status=422,
        to="/",
        login="",
        refused=call.say("sign_in.openid_failed.title"),
        after=call.say("sign_in.openid_failed.next"),
        openid=call.settings.openid.label or call.settings.openid.issuer if call.settings.openid else "",
    )
    forget_attempt(answer, call.settings)
    return answer

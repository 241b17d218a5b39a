"""The other language, for this page and all that follow."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.access import PUBLIC
from myosteon.app.web.addresses import own_path
from myosteon.app.web.cookies import set_language_cookie
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.wording import LANGUAGES
from myosteon.registry.accounts import set_language

pages = Pages()


@pages.post("/language/{language}", permission=PUBLIC, fields=("to",))
def switch_language(call: Asked, language: str) -> Response:
    """Keeps the choice with the account, or with the browser, and shows the page again."""
    if language not in LANGUAGES:
        raise NotFound()
    if call.signed_in:
        with call.write() as write:
            set_language(write, call.account.id, language)
    answer = call.to(own_path(call.form.get("to", "")))
    set_language_cookie(answer, language, call.settings)
    return answer

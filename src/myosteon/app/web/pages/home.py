"""The way in: each role begins its day on another page. And the rest of the menu, for a phone."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.access import PUBLIC
from myosteon.app.web.menu import home, menu
from myosteon.app.web.routing import Asked, Pages

pages = Pages()


@pages.get("/", permission="home.read")
def go_home(call: Asked) -> Response:
    """On to the page that the role begins with."""
    return call.to(home(call.may, call.request.app.state.served))


@pages.get("/more", permission="settings.read")
def show_more(call: Asked) -> Response:
    """Every place that may be opened: a phone's bar has no room for all."""
    return call.page("home/more.html", items=menu(call.may, call.request.app.state.served, ""))


@pages.get("/health", permission=PUBLIC)
def tell_health(call: Asked) -> Response:
    """Whether the database answers, for whoever watches over the server."""
    with call.read():
        return call.answer({"status": "well"})

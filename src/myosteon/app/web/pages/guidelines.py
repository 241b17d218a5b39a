"""The guidelines: every definition, number and source; two side by side; one made-up person under both."""

from __future__ import annotations

from starlette.responses import Response

from myosteon.app.web.guidelines.show import choices, is_installed, show_list, show_one, show_two
from myosteon.app.web.person.definitions import ASIA, EUROPE
from myosteon.app.web.refusals import NotFound
from myosteon.app.web.routing import Asked, Pages

pages = Pages()


@pages.get("/guidelines", permission="guidelines.read")
def list_guidelines(call: Asked) -> Response:
    """Every definition, and how far its numbers were checked."""
    return call.page(
        "guidelines/list.html",
        shown=show_list(call.language),
        choices=choices(call.language),
        first=ASIA,
        second=EUROPE,
    )


@pages.get("/guidelines/compare", permission="guidelines.read")
def compare_guidelines(call: Asked) -> Response:
    """Two definitions number by number; which two stands in the address, so that it can be sent on."""
    asked = call.request.query_params
    first, second = asked.get("first", ASIA), asked.get("second", EUROPE)
    if not (is_installed(first) and is_installed(second)):
        raise NotFound()
    return call.page(
        "guidelines/compare.html",
        shown=show_two(first, second, call.language),
        choices=choices(call.language),
        first=first,
        second=second,
    )


@pages.get("/guidelines/{guideline}", permission="guidelines.read")
def show_guideline(call: Asked, guideline: str) -> Response:
    """One definition: every number with its source, stages, scope, columns."""
    if not is_installed(guideline):
        raise NotFound()
    return call.page(
        "guidelines/one.html",
        shown=show_one(guideline, call.language),
        choices=choices(call.language),
        first=guideline,
        second=ASIA if guideline != ASIA else EUROPE,
    )

"""Makes the application: routes, what surrounds them, and the pages of errors. All is checked before the first request."""

from __future__ import annotations

from fastapi import FastAPI

from myosteon.app.web.failures import add_failures, on_fault
from myosteon.app.web.page_list import routers, served_paths
from myosteon.app.web.rates import Rates
from myosteon.app.web.rendering import check_templates
from myosteon.app.web.shell import Shell
from myosteon.app.web.signing_in import Strangers
from myosteon.app.web.static_files import serve_static
from myosteon.app.web.web_settings import WebSettings


def make_web(settings: WebSettings) -> FastAPI:
    """The application over an open and migrated database.

    Raises:
        EvidenceError: a sentence is missing, or lacks a language.
        RuleError: a page names no permission, or one that nobody declared.
    """
    check_templates()
    app = FastAPI(title="Myosteon", openapi_url=None, docs_url=None, redoc_url=None)
    for router in routers():
        app.include_router(router)
    app.add_route("/static/{name}", serve_static)
    app.state.settings = settings
    app.state.strangers = Strangers()
    app.state.rates = Rates(
        {
            "address": settings.limits.requests,
            "account": settings.limits.requests,
            "sign_in": settings.limits.sign_ins,
        },
        settings.limits.window.total_seconds(),
    )
    app.state.served = served_paths()
    add_failures(app)
    app.add_middleware(Shell, secure=settings.secure_cookies, on_fault=on_fault)
    return app

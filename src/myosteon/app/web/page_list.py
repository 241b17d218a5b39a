"""Every module of `pages`, found by itself."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter
from fastapi.routing import APIRoute

from myosteon.app.web import pages
from myosteon.app.web.routing import Pages
from myosteon.errors import RuleError


def routers() -> Iterator[APIRouter]:
    """The routers of every module of `pages`, by name.

    Raises:
        RuleError: a module has no `pages`.
    """
    for module in sorted(iter_modules(pages.__path__), key=lambda module: module.name):
        found = getattr(import_module(f"{pages.__name__}.{module.name}"), "pages", None)
        if not isinstance(found, Pages):
            raise RuleError(f"{pages.__name__}.{module.name} has no pages = Pages()")
        yield found.router


def routes() -> Iterator[APIRoute]:
    """Every page that is served, with its method and permission."""
    for router in routers():
        yield from (route for route in router.routes if isinstance(route, APIRoute))


def served_paths() -> frozenset[str]:
    """The addresses that a browser may open, as patterns."""
    return frozenset(route.path for route in routes() if "GET" in (route.methods or ()))

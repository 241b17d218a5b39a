"""Where one can go from every page: what the role may open, and what this program serves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Where each role begins its day, in order of preference.
HOMES = ("/worklist", "/cohorts", "/settings", "/guidelines", "/settings/own")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place: its wording key, address, permission and sign; `here` where the page belongs to it."""

    key: str
    path: str
    permission: str
    icon: str
    here: bool = False


ITEMS = (
    MenuItem("menu.worklist", "/worklist", "worklist.read", "list"),
    MenuItem("menu.people", "/people", "person.read", "people"),
    MenuItem("menu.cohorts", "/cohorts", "cohort.read", "cohort"),
    MenuItem("menu.guidelines", "/guidelines", "guidelines.read", "book"),
    MenuItem("menu.settings", "/settings", "settings.read", "settings"),
)
# A phone has room for four; the rest is reached by the last.
ON_PHONE = 4
NEW_VISIT = MenuItem("menu.new_visit", "/visits/new", "visit.write", "plus")
MORE = MenuItem("menu.more", "/more", "settings.read", "more")


def menu(may: Callable[[str], bool], served: frozenset[str], at: str) -> tuple[MenuItem, ...]:
    """The places that may be opened, in order."""
    return tuple(_marked(ITEMS, may, served, at))


def tabs(may: Callable[[str], bool], served: frozenset[str], at: str) -> tuple[MenuItem, ...]:
    """The same for the bar of a phone, with a new visit in it; what has no room stands on the page of the rest."""
    worklist, people, *others = ITEMS
    found = list(_marked((worklist, NEW_VISIT, people, *others), may, served, at))
    if len(found) <= ON_PHONE:
        return tuple(found)
    return (*found[: ON_PHONE - 1], *_marked((MORE,), may, served, at))


def home(may: Callable[[str], bool], served: frozenset[str]) -> str:
    """The page that whoever signs in sees first."""
    permissions = {item.path: item.permission for item in ITEMS}
    return next(path for path in HOMES if path in served and may(permissions.get(path, "settings.read")))


def _marked(
    items: tuple[MenuItem, ...], may: Callable[[str], bool], served: frozenset[str], at: str
) -> Iterator[MenuItem]:
    for item in items:
        if item.path in served and may(item.permission):
            here = at == item.path or at.startswith(f"{item.path}/")
            yield MenuItem(item.key, item.path, item.permission, item.icon, here)

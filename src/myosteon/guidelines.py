"""Finds the guidelines that are installed, ours and anybody's, by entry points: `myosteon.guidelines` for what makes a
diagnosis, `myosteon.strata` for what says who is treated. Strata are loaded only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from myosteon.errors import RuleError
from myosteon.rules.guideline import Guideline

DEFINITIONS, STRATA = "myosteon.guidelines", "myosteon.strata"
# Ours come first and in this order, so that columns keep their order; others follow by name.
ORDER = (
    "ewgsop2010",
    "ewgsop2019",
    "awgs2014",
    "awgs2019",
    "awgs2025",
    "iwgs2011",
    "fnih2014",
    "sdoc2020",
    "jsh2016",
    "jsh2021",
    "china2021",
    "bone_who",
    "osteoporosis_china2022",
    "bone_qct_acr",
    "stratum_china2022",
    "stratum_aace2020",
    "stratum_endocrine2019",
    "stratum_iof2020",
    "stratum_nogg2021",
    "stratum_acr2022",
)
# The kind of guidelines that say who is treated; they are judged where they are asked for.
STRATUM = "stratum"


def installed_definitions() -> dict[str, Guideline]:
    """Every installed guideline that makes a diagnosis, by id.

    Raises:
        RuleError: an entry point cannot be loaded, is no guideline, or has an id that is taken.
    """
    return _of_group(DEFINITIONS)


def installed_guidelines() -> dict[str, Guideline]:
    """Every installed guideline by id: the definitions, then the strata of risk.

    Raises:
        RuleError: an entry point cannot be loaded, is no guideline, or has an id that is taken.
    """
    definitions, strata = _of_group(DEFINITIONS), _of_group(STRATA)
    for id in definitions.keys() & strata.keys():
        raise RuleError(f"two installed guidelines are called {id}")
    return {**definitions, **strata}


def find_guideline(id: str) -> Guideline | None:
    """The guideline with this id, None where it is not installed."""
    return installed_definitions().get(id) or _of_group(STRATA).get(id)


@cache
def _of_group(group: str) -> dict[str, Guideline]:
    found: dict[str, Guideline] = {}
    for point in sorted(entry_points(group=group), key=_place):
        guideline = _load(point)
        if guideline.id in found:
            raise RuleError(f"two installed guidelines are called {guideline.id}")
        found[guideline.id] = guideline
    return found


def choose_guidelines(ids: Sequence[str] | None, *, strata: bool = False) -> tuple[Guideline, ...]:
    """The guidelines with these ids; where none are named all definitions, and with `strata` also the strata.

    Raises:
        RuleError: an id that is not installed; the message lists those that are.
    """
    if not ids:
        return tuple((installed_guidelines() if strata else installed_definitions()).values())
    if set(ids) <= installed_definitions().keys():
        return tuple(guideline for id, guideline in installed_definitions().items() if id in ids)
    installed = installed_guidelines()
    for id in ids:
        if id not in installed:
            raise RuleError(f"no guideline is called {id}; installed are {', '.join(installed)}")
    return tuple(guideline for id, guideline in installed.items() if id in ids)


def _place(point: EntryPoint) -> tuple[int, str]:
    return (ORDER.index(point.name) if point.name in ORDER else len(ORDER), point.name)


def _load(point: EntryPoint) -> Guideline:
    try:
        guideline = point.load()
    except Exception as error:
        raise RuleError(f"the guideline {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(guideline, Guideline):
        raise RuleError(f"{point.value} is not a guideline")
    return guideline

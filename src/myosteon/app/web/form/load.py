"""Reads `form.toml` and checks that every measure of the vocabulary has one place in it."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from myosteon.app.web.form.types import KINDS, Form, Group, NotEntered, Step
from myosteon.errors import EvidenceError
from myosteon.evidence.clinic import load_tiers
from myosteon.vocabulary.entries import Entry
from myosteon.vocabulary.measures import history_names, load_measures
from myosteon.vocabulary.types import Measure

FILE = "form.toml"
SEXES = ("female", "male")
WITHIN_A_YEAR = "_12m"


@cache
def load_form() -> Form:
    """The form of a visit.

    Raises:
        EvidenceError: a key is unknown, a measure is unknown, stands twice or stands nowhere.
    """
    text = (files("myosteon.app.web.form") / FILE).read_text(encoding="utf-8")
    return read_form(text)


def read_form(text: str) -> Form:
    """The form that a TOML text describes; raises EvidenceError as `load_form` does."""
    file = Entry(FILE, tomllib.loads(text))
    steps = [_step(entry) for entry in file.entries("step")]
    absent = tuple(_not_entered(entry) for entry in file.entries("not_entered"))
    lasting = _lasting(file)
    file.close()
    form = Form({step.id: step for step in steps}, absent, lasting)
    _check_places(form)
    return form


def _step(entry: Entry) -> Step:
    step = Step(
        entry.text("id"),
        entry.label("label"),
        entry.label("short"),
        entry.flag("main"),
        tuple(_group(group) for group in entry.entries("group")),
    )
    entry.close()
    return step


def _group(entry: Entry) -> Group:
    group = Group(
        id=entry.text("id"),
        label=entry.label("label"),
        measures=_measures(entry),
        kind=entry.one_of("kind", KINDS) if entry.optional_text("kind") else "fields",
        capability=entry.one_of("capability", tuple(load_tiers().capabilities))
        if entry.optional_text("capability")
        else "",
        open=entry.flag("open"),
        sex=entry.one_of("sex", SEXES) if entry.optional_text("sex") else "",
    )
    entry.close()
    return group


def _not_entered(entry: Entry) -> NotEntered:
    found = NotEntered(entry.text("from"), entry.label("reason"), _measures(entry))
    entry.close()
    return found


def _lasting(file: Entry) -> frozenset[str]:
    """What is named, and the histories of the vocabulary; what happened within a time does not last."""
    named = file.texts("lasting")
    for name in named:
        if name not in load_measures():
            raise file.refused(f"there is no measure {name}")
    return frozenset(named) | {name for name in history_names() if not name.endswith(WITHIN_A_YEAR)}


def _measures(entry: Entry) -> tuple[Measure, ...]:
    known = load_measures()
    names = entry.texts("measures")
    for name in names:
        if name not in known:
            raise entry.refused(f"there is no measure {name}")
    return tuple(known[name] for name in names)


def _check_places(form: Form) -> None:
    places = Counter(measure.name for _, group in form.groups() for measure in group.measures)
    places.update(measure.name for absent in form.not_entered for measure in absent.measures)
    if twice := sorted(name for name, count in places.items() if count > 1):
        raise EvidenceError(f"{FILE}: {', '.join(twice)} stand in more than one place")
    if nowhere := [name for name in load_measures() if name not in places]:
        raise EvidenceError(
            f"{FILE}: {', '.join(nowhere)} stand nowhere; put them in a group, or under not_entered with the reason"
        )

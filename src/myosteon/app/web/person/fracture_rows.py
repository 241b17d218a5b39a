"""The fractures of a person as rows, and those that the newest visit does not speak of, so that no verdict knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from myosteon.app.web.person.voice import Voice
from myosteon.registry.fractures import MEASURE, Fracture, FractureFields
from myosteon.vocabulary.measures import load_measures

# The vocabulary also has measures of fractures that name no bone (on treatment, after 50).
BONES = ("hip", "vertebral", "proximal_humerus", "pelvis", "distal_forearm", "other")


@dataclass(frozen=True, slots=True)
class FractureRow:
    """One fracture in words."""

    id: str
    site: str
    when: str
    low_trauma: str


def bone_sites() -> tuple[str, ...]:
    """The sites that a fracture may have: those of the vocabulary that name a bone."""
    measures = load_measures()
    return tuple(site for site in BONES if f"{MEASURE}{site}" in measures)


def site_said(site: str, voice: Voice) -> str:
    """The name of a site, as the vocabulary calls its fracture."""
    return voice.label(f"{MEASURE}{site}")


def fracture_rows(fractures: Sequence[Fracture], voice: Voice) -> tuple[FractureRow, ...]:
    """Every fracture, the earliest first."""
    return tuple(
        FractureRow(one.id, site_said(one.fields.site, voice), when(one.fields, voice), _trauma(one, voice))
        for one in fractures
    )


def when(known: FractureFields, voice: Voice) -> str:
    """The time of a fracture, as far as it is known."""
    if known.day is not None:
        return voice.long_day(known.day)
    if known.year is None:
        return voice.say("person.fracture.unknown_time")
    return f"{known.year}-{known.month:02d}" if known.month else str(known.year)


def _trauma(one: Fracture, voice: Voice) -> str:
    low = one.fields.low_trauma
    return voice.speech.word("unknown" if low is None else "yes" if low else "no")


def not_in_visit(fractures: Sequence[Fracture], row: Mapping[str, object] | None, voice: Voice) -> str:
    """The sites of recorded fractures that the judged visit does not affirm; empty where there is none.

    A fracture by force speaks of no fragile bone, and is not asked for.
    """
    if row is None:
        return ""
    sites = dict.fromkeys(one.fields.site for one in fractures if one.fields.low_trauma is not False)
    missing = [site for site in sites if row.get(f"{MEASURE}{site}") is not True]
    names = [voice.speech.inside(site_said(site, voice)) for site in missing]
    return voice.say("person.fracture.not_in_visit", sites=voice.speech.list(names)) if names else ""

"""Says what of the treatments could not be used, or is about nobody who was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from myosteon.app.screen import Language, say
from myosteon.app.texts import tell
from myosteon.history import Treatments
from myosteon.history.on_the_day import say_of_the_day

MOST_SAID = 20


def say_courses(
    treatments: Treatments, seen: Sequence[str], day: date, language: Language, person: str | None = None
) -> bool:
    """What does not count of the treatments on a day, with its remedy, and who of them was not seen by then.

    Args:
        treatments: the courses as read.
        seen: who has a visit by the day.
        day: the day.
        language: in which it is said.
        person: speak only of this one; None for everybody.

    Returns:
        Whether anything could not be used, of that one person where one is named.
    """
    refusals = sorted((*treatments.refusals, *say_of_the_day(treatments, day)), key=lambda one: one.row or 0)
    said = [one for one in refusals if person is None or one.person_id == person]
    for refusal in said[:MOST_SAID]:
        say(refusal.describe(language))
    if len(said) > MOST_SAID:
        say(tell("courses_more", language, more=len(said) - MOST_SAID))
    if person is None:
        _say_unseen(treatments, seen, day, language)
    return bool(said)


def _say_unseen(treatments: Treatments, seen: Sequence[str], day: date, language: Language) -> None:
    """Names those of the treatments who have no visit: mostly a person_id that is written in two ways."""
    named = dict.fromkeys((*treatments.courses["person_id"], *sorted(treatments.incomplete)))
    known = set(seen)
    unseen = [one for one in named if one not in known]
    if unseen:
        first = tell("courses_between", language).join(unseen[:MOST_SAID])
        rest = tell("courses_and_more", language) if len(unseen) > MOST_SAID else ""
        names = first + rest
        say(tell("courses_unseen", language, count=len(unseen), names=names, day=day.isoformat()))

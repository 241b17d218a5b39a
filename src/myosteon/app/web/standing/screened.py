"""Who was screened, came out positive, and has no next step yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from myosteon.app.web.standing.lines import KINDS, SCREENED
from myosteon.app.web.standing.screens import About, load_screens
from myosteon.registry.standing import Standing

VISIT = "visit_date"
Visit = Mapping[str, Any]


def screened_rows(
    visits: Sequence[Visit], now: Visit, definition: str, day: date, decided: Collection[date]
) -> tuple[Standing, ...]:
    """A row for muscle and one for bone, each where it is open.

    The newest visit with an answer counts. It is open while that answer is positive, no visit since settled the verdict, nothing
    is under way, and no next step was written down and no referral made since.

    Args:
        visits: her visits with the columns of screenings and verdicts, the earliest first.
        now: her columns as of the day.
        definition: the clinic's definition of sarcopenia.
        day: the day.
        decided: the days on which something was decided.
    """
    rows = (_row(visits, now, about, definition, day, decided) for about in load_screens().abouts)
    return tuple(row for row in rows if row is not None)


def _row(
    visits: Sequence[Visit],
    now: Visit,
    about: About,
    definition: str,
    day: date,
    decided: Collection[date],
) -> Standing | None:
    screens = [one for one in load_screens().screens if one.about == about.id]
    past = [one for one in visits if one[VISIT] is None or one[VISIT] <= day]
    asked = [place for place, one in enumerate(past) if any(s.was_asked(one) for s in screens)]
    if not asked:
        return None
    screened = past[asked[-1]]
    positive = [one for one in screens if one.is_positive(screened)]
    proved, upto = about.verdict_of(definition)
    settled = any(
        one.get(proved) is not None and one.get(proved) == one.get(upto) for one in past[asked[-1] :]
    )
    under_way = bool(about.under_way) and now.get(about.under_way) is False
    seen = screened[VISIT]
    if not positive or settled or under_way or any(seen is None or one >= seen for one in decided):
        return None
    content = {
        "on": day.isoformat(),
        "seen": None if seen is None else seen.isoformat(),
        "about": about.id,
        "verdict": proved,
        "screens": [
            {
                "column": one.column,
                "value": screened.get(one.column),
                "score": one.score,
                "points": screened.get(one.score) if one.score else None,
            }
            for one in positive
        ],
    }
    return Standing(KINDS[SCREENED], SCREENED, positive[0].column, seen, None, content)

"""How old somebody is on a day, as far as it is known."""

from __future__ import annotations

from datetime import date

TENTHS = 10


def age_on(day: date, birth_date: date | None, birth_year: int | None = None) -> float | None:
    """Age in years on a day: in tenths, cut and never rounded up, so that nobody reaches an age before the birthday.

    Who was born on 29 February has the birthday on 1 March in other years. From a year of birth alone: the age that is surely
    reached. None where neither is known, or before the birth.
    """
    if birth_date is None:
        surely = None if birth_year is None else day.year - birth_year - 1
        return None if surely is None or surely < -1 else float(max(surely, 0))
    if day < birth_date:
        return None
    years = day.year - birth_date.year - (_birthday(birth_date, day.year) > day)
    last = _birthday(birth_date, birth_date.year + years)
    following = _birthday(birth_date, birth_date.year + years + 1)
    tenths = (day - last).days * TENTHS // (following - last).days
    return round(years + tenths / TENTHS, 1)


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)

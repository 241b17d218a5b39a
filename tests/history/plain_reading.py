"""A second reading of what was taken as of a day, in plain Python, day by day; written from the manual's sentences, not from the program."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_BETWEEN = {"denosumab": 6, "zoledronate": 12, "romosozumab": 1}
TABLETS = {"alendronate", "risedronate", "ibandronate"}
YEAR, MONTH = 365.25, 30.4375


@dataclass(frozen=True)
class Course:
    """One course; None is not known, and for `stop` that it goes on."""

    drug: str
    start: date | None
    stop: date | None = None
    last: date | None = None
    doses: int | None = None


def days_taken(courses: list[Course], day: date) -> int | None:
    """The days before `day` on which one of the courses ran; unknown where a start is."""
    if any(course.start is None for course in courses):
        return None
    taken: set[date] = set()
    for course in courses:
        assert course.start is not None
        end = min(course.stop or day, day)
        taken |= {course.start + timedelta(days=step) for step in range((end - course.start).days)}
    return len(taken)


def month_later(day: date, months: int) -> date:
    """By the calendar, the end of a shorter month instead of a day that it has not."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def doses_known(course: Course, day: date) -> int | None:
    """The doses of a course by `day`: none that may have been given later."""
    if course.last is not None:
        return course.doses if course.last <= day else None
    return None if course.stop is not None and course.stop > day else course.doses


def last_dose(courses: list[Course], day: date) -> date | None:
    """Of the courses of one drug; unknown where that of the latest course is."""

    def dose(course: Course) -> date | None:
        if course.last is not None:
            return course.last if course.last <= day else None
        single = course.drug in MONTHS_BETWEEN and doses_known(course, day) == 1
        return course.start if single else None

    ordered = sorted(enumerate(courses), key=lambda pair: (pair[1].start or date.min, pair[0]))
    known = [found for _, course in ordered if (found := dose(course))]
    return max(known) if dose(ordered[-1][1]) else None


def read(courses: list[Course], day: date) -> dict[str, object]:
    """The measures about drugs of one person who has courses."""
    begun = [course for course in courses if course.start is None or course.start <= day]
    of_drug = {
        drug: [course for course in begun if course.drug == drug]
        for drug in {course.drug for course in begun}
    }
    going_on = [course for course in begun if course.stop is None or course.stop > day]
    drug, prior = "none", "none"
    if going_on:
        chosen = [course for course in going_on if course.drug == "denosumab"] or going_on
        drug = max(enumerate(chosen), key=lambda pair: (pair[1].start or date.min, pair[0]))[1].drug
    stopped = [course for course in begun if course.drug != drug]
    if stopped:
        prior = max(
            enumerate(stopped), key=lambda pair: (pair[1].stop or pair[1].start or date.min, pair[0])
        )[1].drug
    last = drug if drug != "none" else prior
    found: dict[str, object] = {"drug": drug, "prior_drug": prior}
    for name, word in (("drug_years", drug), ("prior_drug_years", prior)):
        days = days_taken(of_drug[word], day) if word != "none" else None
        found[name] = None if days is None else days / YEAR
    given = last_dose(of_drug[last], day) if last != "none" else None
    found["days_since_last_dose"] = (day - given).days if given else None
    found["days_until_next_dose"] = (
        (month_later(given, MONTHS_BETWEEN[last]) - day).days
        if given and last in MONTHS_BETWEEN and (drug != "none" or last == "denosumab")
        else None
    )
    ends = [course.stop for course in of_drug.get(last, []) if course.stop] if drug == "none" else []
    found["months_off_drug"] = (day - max(ends)).days / MONTH if ends else None
    for word in MONTHS_BETWEEN:
        doses = [doses_known(course, day) for course in of_drug.get(word, [])]
        found[f"{word}_doses"] = None if None in doses else sum(dose for dose in doses if dose is not None)
    for word in ("teriparatide", "abaloparatide"):
        days = days_taken(of_drug.get(word, []), day)
        found[f"{word}_months"] = None if days is None else days / MONTH
    years = [days_taken(of_drug.get(word, []), day) for word in sorted(TABLETS)]
    found["oral_bisphosphonate_years"] = (
        None if None in years else sum(days for days in years if days is not None) / YEAR
    )
    return found

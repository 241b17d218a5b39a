"""The drug clock: courses and doses on a time line, what is due, and the time that no dose covers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from myosteon.app.web.person.history import Course, Dose
from myosteon.app.web.person.judge import Judged, PersonJudge
from myosteon.app.web.person.voice import Voice
from myosteon.evidence.care_load import care_of_region
from myosteon.evidence.load import load_evidence
from myosteon.history.courses_until import BY_THE_DOSE

NEXT_DOSE = "days_until_next_dose"
DRUG = "drug"
Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course on the line. `doses` are those whose day is known; `going_on` where nothing says that it stopped.

    `title` names drug and dose, `said` the course in words. `covered` are the stretches that a dose of known day covers,
    `uncovered` those between two doses, or after the last, that none does.
    """

    id: str
    title: str
    said: str
    by_the_dose: bool
    start: date | None
    stop: date | None
    doses: tuple[Dose, ...]
    last_dose: date | None
    going_on: bool
    covered: tuple[Stretch, ...] = ()
    uncovered: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockView:
    """Every course, the earliest first; the day on which something is due by the plan, and how many days that is past."""

    today: date
    lines: tuple[CourseLine, ...]
    due: date | None
    days_late: int
    due_of: str
    said: str


def clock(
    courses: Sequence[Course], judged: Judged | None, judge: PersonJudge, voice: Voice
) -> ClockView | None:
    """The clock; None where no course is written down."""
    begun = [course for course in courses if course.start is None or course.start <= judge.day]
    if not begun:
        return None
    ordered = sorted(begun, key=lambda course: course.start or date.min)
    due = _due(judged, judge)
    late = max(0, (judge.day - due).days) if due else 0
    lines = tuple(_line(course, judge.day, voice) for course in ordered)
    in_use = sorted((line for line in lines if line.by_the_dose), key=lambda line: line.going_on)
    due_of = in_use[-1].id if in_use and due else ""
    if due is not None:
        lines = tuple(_until_due(line, due, judge.day) if line.id == due_of else line for line in lines)
    return ClockView(judge.day, lines, due, late, due_of, _said(lines, due, late, judge.day, voice))


def _line(course: Course, day: date, voice: Voice) -> CourseLine:
    by_the_dose = course.drug in BY_THE_DOSE
    ended = course.stopped_on_unknown_day or (course.stop is not None and course.stop <= day)
    going_on = not ended
    line = CourseLine(
        id=course.id,
        title=" ".join(filter(None, (voice.speech.outside(voice.word(DRUG, course.drug)), course.dose))),
        said="",
        by_the_dose=by_the_dose,
        start=course.start,
        stop=None if going_on else course.stop,
        doses=_dated(course, day) if by_the_dose else (),
        last_dose=course.last_dose if course.last_dose and course.last_dose <= day else None,
        going_on=going_on,
    )
    covered = tuple(_covered(course.drug, line.doses))
    gaps = tuple(_gaps(course.drug, line.doses))
    return replace(line, said=_course_said(course, line, voice), covered=covered, uncovered=gaps)


def _dated(course: Course, day: date) -> tuple[Dose, ...]:
    """The doses whose days are known by a day: the start is the first, what was written down before it is none."""
    doses = {dose.day: dose for dose in course.dated if dose.day <= day}
    if course.start is not None:
        doses = {known: dose for known, dose in doses.items() if known > course.start and dose.number != 1}
        doses[course.start] = Dose(course.start, 1)
    if course.last_dose is not None and course.last_dose <= day:
        doses[course.last_dose] = Dose(course.last_dose, course.doses)
    return tuple(doses[known] for known in sorted(doses))


def _covered(drug: str, doses: Sequence[Dose]) -> Iterator[Stretch]:
    """The stretch after each dose of known day, to the next one at most."""
    if drug not in BY_THE_DOSE:
        return
    for place, dose in enumerate(doses):
        until = _months_later(dose.day, _interval(drug))
        later = doses[place + 1 : place + 2]
        yield dose.day, min(until, later[0].day) if later else until


def _gaps(drug: str, doses: Sequence[Dose]) -> Iterator[Stretch]:
    """Between two doses of which the second is known to be the next: what the first did not cover."""
    if drug not in BY_THE_DOSE:
        return
    for dose, later in pairwise(doses):
        until = _months_later(dose.day, _interval(drug))
        following = None not in (dose.number, later.number) and later.number == (dose.number or 0) + 1
        if following and until < later.day:
            yield until, later.day


def _until_due(line: CourseLine, due: date, today: date) -> CourseLine:
    """The line of which something is due: covered to that day, uncovered from it to today."""
    covered = (*line.covered[:-1], (line.covered[-1][0], due)) if line.covered else ()
    late = ((due, today),) if due < today else ()
    return replace(line, covered=covered, uncovered=(*line.uncovered, *late))


def _interval(drug: str) -> int:
    """Months from dose to dose."""
    return int(load_evidence("care_numbers", "drug_clock").coefficients_of(f"interval_{drug}")["months"])


def _months_later(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _course_said(course: Course, line: CourseLine, voice: Voice) -> str:
    """A course in words: from when to when, how many doses, and which of their days are not written down."""
    parts = [
        voice.say("person.clock.from", day=voice.long_day(course.start))
        if course.start
        else voice.say("person.clock.from_unknown")
    ]
    if line.stop is not None:
        parts.append(voice.say("person.clock.stopped", day=voice.long_day(line.stop)))
    else:
        key = "person.clock.going_on" if line.going_on else "person.clock.stopped_unknown"
        parts.append(voice.say(key))
    if course.doses is not None and line.by_the_dose:
        parts.append(voice.say("person.clock.doses", count=course.doses))
        if len(line.doses) < course.doses:
            parts.append(voice.say("person.clock.undated", count=course.doses - len(line.doses)))
    if line.last_dose is not None:
        parts.append(voice.say("person.clock.last", day=voice.long_day(line.last_dose)))
    elif line.by_the_dose and course.doses != 1:
        parts.append(voice.say("person.clock.last_unknown"))
    return voice.say("person.clock.comma").join(parts)


def _said(lines: Sequence[CourseLine], due: date | None, late: int, day: date, voice: Voice) -> str:
    """The whole clock in words, for who hears it."""
    said = [voice.say("person.clock.course", drug=line.title, course=line.said) for line in lines]
    if due is not None:
        key = "person.clock.said_late" if late else "person.clock.said_due"
        said.append(voice.say(key, day=voice.long_day(due), **({"days": late} if late else {})))
    said.append(voice.say("person.clock.said_today", day=voice.long_day(day)))
    return voice.say("person.clock.join").join(said)


def _due(judged: Judged | None, judge: PersonJudge) -> date | None:
    """The day of the next dose, or of what has to follow the last, as the plan has it; None where the plan has none."""
    if judged is None:
        return None
    lines = _about_next_dose(judge.settings.label_region)
    days = [line.due for line in judged.plan.lines if line.id in lines and line.due is not None]
    return min(days) if days else None


@lru_cache(maxsize=8)
def _about_next_dose(region: str) -> frozenset[str]:
    """The lines of the plan whose day is that of the next dose."""
    return frozenset(line.id for one in care_of_region(region) for line in one.lines if line.due == NEXT_DOSE)

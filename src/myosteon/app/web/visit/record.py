"""A visit with the person that it is about, as its pages need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from myosteon.app.web.call import Call
from myosteon.app.web.records import check_open
from myosteon.app.web.refusals import NotFound
from myosteon.registry.age import age_on
from myosteon.registry.audit import record_opening
from myosteon.registry.errors import NotThere
from myosteon.registry.measured import Measured
from myosteon.registry.people import Person
from myosteon.registry.visits import Visit, read_visit, visit_entries, visits_of

PAGE = "visit"
State = Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit, its person, and the person's other visits of earlier days (by day)."""

    visit: Visit
    person: Person
    earlier: Sequence[Visit]

    @property
    def sex(self) -> str | None:
        """None where it is unknown."""
        return self.person.fields.sex

    @property
    def age(self) -> float | None:
        """On the day of the visit; None where it cannot be told."""
        fields, typed = self.person.fields, self.visit.measures.get("age_years")
        age = None if self.visit.day is None else age_on(self.visit.day, fields.birth_date, fields.birth_year)
        # A year of birth tells less than an age that was given on the day.
        if typed is not None and (age is None or fields.birth_date is None):
            return float(typed.value) if isinstance(typed.value, float | int) else None
        return age

    @property
    def is_finished(self) -> bool:
        """Whether a change of it is a correction."""
        return self.visit.state == "finished"

    @property
    def who(self) -> dict[str, object]:
        """What the person's own record says of her, by measure; unknown left out."""
        known = {"sex": self.sex, "age_years": self.age}
        return {name: value for name, value in known.items() if value is not None}

    def last_known(self) -> dict[str, tuple[date, Measured]]:
        """What was last known of each measure before this visit, and on which day."""
        found: dict[str, tuple[date, Measured]] = {}
        for visit in self.earlier:
            if visit.day is not None:
                found.update({name: (visit.day, measured) for name, measured in visit.measures.items()})
        return found


def open_visit(call: Call, visit_id: str) -> VisitRecord:
    """A visit that is looked at; the audit trail has a line of it.

    Raises:
        NotFound: there is none, or the record of its person is not open to the clinic of who asks.
    """
    with call.read() as connection:
        found = find_visit(call, connection, visit_id)
    with call.write() as write:
        record_opening(write, found.person.id, PAGE)
    return found


def find_visit(
    call: Call, connection: Connection, visit_id: str, *, with_earlier: bool = True
) -> VisitRecord:
    """A visit within a read or a write that is open already.

    Args:
        call: who asks.
        connection: to read by.
        visit_id: which.
        with_earlier: whether the person's other visits are read too.

    Raises:
        NotFound: as for `open_visit`.
    """
    try:
        visit = read_visit(connection, visit_id)
    except NotThere as error:
        raise NotFound() from error
    person = check_open(call, connection, visit.person_id)
    earlier = _earlier(connection, visit) if with_earlier else ()
    return VisitRecord(visit, person, earlier)


def _earlier(connection: Connection, visit: Visit) -> tuple[Visit, ...]:
    others = visits_of(connection, visit.person_id)
    return tuple(
        one
        for one in others
        if one.id != visit.id and one.day is not None and (visit.day is None or one.day <= visit.day)
    )


def state_at(connection: Connection, visit: Visit, seen: int) -> State:
    """What the visit held after entry `seen`: what the editor had before them."""
    state: dict[str, Measured] = {}
    for entry in visit_entries(connection, visit.id):
        if entry.number <= seen:
            state.update(entry.measures)
    return {name: measured for name, measured in state.items() if measured.value is not None}

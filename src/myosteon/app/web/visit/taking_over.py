"""Takes over what was written at earlier visits and lasts: only when somebody says that it was asked and still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from myosteon.app.web.call import Call
from myosteon.app.web.days import write_day
from myosteon.app.web.form.load import load_form
from myosteon.app.web.visit.record import VisitRecord
from myosteon.registry.measured import Measured
from myosteon.registry.visits import save_visit

STEP = "take_over"


@dataclass(frozen=True, slots=True)
class Lasting:
    """What may be taken over: the values, the newest day that they are from, and the sentence that says so."""

    values: Mapping[str, Measured]
    day: date
    said: str


def lasting_of(call: Call, record: VisitRecord) -> Lasting | None:
    """What earlier visits know that lasts and this one lacks; None where there is nothing, or the visit is finished."""
    if record.is_finished:
        return None
    known = {
        name: (day, measured)
        for name, (day, measured) in record.last_known().items()
        if name in load_form().lasting and name not in record.visit.measures
    }
    if not known:
        return None
    newest = max(day for day, _ in known.values())
    said = call.say("visit.take_over.said", day=write_day(newest, call.language), count=len(known))
    return Lasting({name: measured for name, (_, measured) in known.items()}, newest, said)


def take_over(call: Call, record: VisitRecord, seen: int) -> None:
    """Stores them as one entry of this visit, value, text and unit as they were.

    Raises:
        Conflict: somebody saved the visit since it was looked at.
    """
    lasting = lasting_of(call, record)
    if lasting is not None:
        with call.write() as write:
            save_visit(write, record.visit.id, seen, lasting.values, step=STEP)

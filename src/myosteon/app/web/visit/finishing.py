"""Finishes a visit, and keeps the verdicts as they were given then."""

from __future__ import annotations

from myosteon.app.web.call import Call
from myosteon.app.web.person.judge import person_judge
from myosteon.app.web.person.loading import load_person
from myosteon.app.web.person.stored import assessment_content
from myosteon.app.web.person.view import medical_view
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.records import check_open
from myosteon.app.web.standing.refresh import refresh_standing
from myosteon.app.web.versions import versions
from myosteon.app.web.visit.definitions import own_definitions
from myosteon.app.web.visit.record import VisitRecord
from myosteon.registry.results import ASSESSMENT, keep_result
from myosteon.registry.visits import save_visit

STEP = "finish"


def finish(call: Call, record: VisitRecord, seen: int) -> None:
    """Ends a visit and keeps what the rules say of the person today, with their versions.

    Raises:
        Conflict: somebody saved the visit since it was looked over; it is not finished then.
    """
    with call.read() as connection:
        person = check_open(call, connection, record.person.id)
        loaded = load_person(connection, person, finishing=record.visit.id)
    voice = Voice(call.language, call.say)
    judge = person_judge(call.clinic, call.today, call.language)
    view, _ = medical_view(loaded.history, judge, own_definitions(call)[0], voice)
    # Both in one transaction: no visit is finished without the verdicts that were given. What was judged is what `seen` stands
    # for, or the save is a conflict.
    with call.write() as write:
        number = save_visit(write, record.visit.id, seen, state="finished", step=STEP)
        if view is not None:
            keep_result(
                write,
                record.person.id,
                ASSESSMENT,
                assessment_content(view),
                as_of=call.today,
                language=call.language,
                rules_version=versions().rules,
                evidence_version=versions().evidence,
                visit_id=record.visit.id,
                visit_number=number,
            )
    refresh_standing(call, record.person.id)

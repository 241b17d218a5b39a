"""A registry with something of everything in it; nobody in it exists."""

from __future__ import annotations

from datetime import date

from myosteon.registry.clock import SetClock
from myosteon.registry.database import Actor, Database
from myosteon.registry.fractures import FractureFields, add_fracture
from myosteon.registry.measured import WITHDRAWN, Measured
from myosteon.registry.messages import send_message
from myosteon.registry.people import PersonFields, add_person, correct_person
from myosteon.registry.referrals import take_step, write_referral
from myosteon.registry.results import PLAN, keep_result
from myosteon.registry.standing import Standing, replace_standing
from myosteon.registry.treatments import TreatmentFields, add_treatment, change_treatment
from myosteon.registry.visits import save_visit, start_visit

DAY = date(2026, 11, 20)
AWKWARD = '"quoted", comma; 换行\nsecond line\r\n\ttab \' \\ = @ é 😀'


def fill(database: Database, village: Actor, hospital: Actor, clock: SetClock | None = None) -> str:
    """Adds people, visits, courses, a fracture, an answer, a referral, a message, the worklist; returns one person's id."""
    own = str(village.organisation_id)
    with database.write(village) as write:
        chen = add_person(
            write, own, PersonFields("陈桂英", "female", date(1948, 2, 29), identifier="W-0007", note=AWKWARD)
        )
        add_person(write, own, PersonFields(" ", note=""))
        add_person(write, own, PersonFields("null", "male", birth_year=1950, identifier="NA", address="001"))
    with database.write(village) as write:
        measures = {"grip_kg": Measured(0.1 + 0.2, AWKWARD, "kg"), "mass_method": Measured("dxa")}
        visit = start_visit(write, chen, own, DAY, measures, step="size")
        start_visit(write, chen, own, None)
    with database.write(village) as write:
        save_visit(
            write, visit, 1, {"mass_method": WITHDRAWN, "fracture_hip": Measured(False)}, state="finished"
        )
        correct_person(
            write,
            chen,
            1,
            PersonFields("陈桂英", "female", date(1948, 2, 29), identifier="W-0007"),
            "the note was another's",
        )
        course = add_treatment(write, chen, TreatmentFields("denosumab", "60 mg", date(2025, 1, 5)))
        change_treatment(write, course, 1, TreatmentFields("denosumab", "60 mg", date(2025, 1, 5), doses=2))
        add_fracture(write, chen, FractureFields("hip", year=2020, low_trauma=True))
        keep_result(
            write,
            chen,
            PLAN,
            {"a": [1.5, None, AWKWARD]},
            as_of=DAY,
            language="zh",
            rules_version="1",
            evidence_version="2",
            visit_id=visit,
            visit_number=2,
        )
        replace_standing(write, chen, [Standing("dose", 0, "denosumab", DAY, None, {"zh": "下一针"})])
        referral = write_referral(write, chen, own, question="?", to_organisation_id=hospital.organisation_id)
        take_step(write, referral, 1, "sent", content={"letter": AWKWARD})
        send_message(write, referral, AWKWARD)
    with database.write(hospital) as write:
        take_step(write, referral, 2, "answered", text="Yes.")
    return chen

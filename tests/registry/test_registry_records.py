"""Courses of drugs, fractures, answers, referrals and messages, the worklist and the audit trail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from myosteon.errors import ValueRefused
from myosteon.history.treatments import read_courses
from myosteon.registry import audit
from myosteon.registry.clock import SetClock
from myosteon.registry.database import PROGRAM, Actor, Database
from myosteon.registry.errors import Conflict, ReasonMissing, StepNotAllowed
from myosteon.registry.fractures import FractureFields, add_fracture, correct_fracture, fractures_of, sites
from myosteon.registry.messages import count_unread, mark_read, messages_of, send_message
from myosteon.registry.organisations import OrganisationFields, change_organisation, read_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referrals import (
    NEXT,
    STEPS,
    Step,
    may_open,
    read_referral,
    referral_entries,
    referrals_in,
    referrals_out,
    take_step,
    write_referral,
)
from myosteon.registry.results import PLAN, keep_result, read_result, result_of_visit, results_of
from myosteon.registry.schema import account
from myosteon.registry.standing import (
    Standing,
    count_standing,
    read_standing,
    replace_standing,
    standing_of,
)
from myosteon.registry.treatments import (
    TreatmentFields,
    add_treatment,
    change_treatment,
    courses_frame,
    treatment_entries,
    treatments_of,
)
from myosteon.registry.visits import start_visit


@pytest.fixture
def person(database: Database, village: Actor) -> str:
    with database.write(village) as write:
        return add_person(write, str(village.organisation_id), PersonFields("Made Up", "female"))


DENOSUMAB = TreatmentFields("denosumab", "60 mg", date(2025, 1, 5), last_dose_date=date(2026, 1, 6), doses=3)


def test_a_further_dose_needs_no_reason_and_a_changed_dose_does(
    database: Database, village: Actor, person: str
) -> None:
    with database.write(village) as write:
        course = add_treatment(write, person, DENOSUMAB)
    more = TreatmentFields("denosumab", "60 mg", date(2025, 1, 5), last_dose_date=date(2026, 7, 6), doses=4)
    with database.write(village) as write:
        assert change_treatment(write, course, 1, more) == 2
    for other in (DENOSUMAB, TreatmentFields("zoledronate", "60 mg", date(2025, 1, 5))):
        with pytest.raises(ReasonMissing), database.write(village) as write:
            change_treatment(write, course, 2, other)
    with database.write(village) as write:
        change_treatment(write, course, 2, DENOSUMAB, "the fourth dose was not given")
    with database.read() as connection:
        assert [one.fields.doses for one in treatment_entries(connection, course)] == [3, 4, 3]
        (now,) = treatments_of(connection, person)
    assert (now.number, now.reason) == (3, "the fourth dose was not given")


def test_a_course_that_a_second_person_changes_is_not_overwritten(
    database: Database, village: Actor, person: str
) -> None:
    with database.write(village) as write:
        course = add_treatment(write, person, DENOSUMAB)
    stopped = TreatmentFields(
        "denosumab", "60 mg", date(2025, 1, 5), date(2026, 3, 1), False, date(2026, 1, 6), 3
    )
    with database.write(village) as write:
        change_treatment(write, course, 1, stopped)
    with pytest.raises(Conflict), database.write(village) as write:
        change_treatment(write, course, 1, DENOSUMAB)


@pytest.mark.parametrize(
    "fields",
    [
        TreatmentFields("none"),
        TreatmentFields("a new drug"),
        TreatmentFields("denosumab", start_date=date(2026, 1, 2), stop_date=date(2026, 1, 1)),
        TreatmentFields("denosumab", start_date=date(2026, 1, 2), last_dose_date=date(2026, 1, 1)),
        TreatmentFields("denosumab", stop_date=date(2026, 1, 2), last_dose_date=date(2026, 1, 3)),
        TreatmentFields("denosumab", doses=-1),
    ],
)
def test_a_course_that_cannot_be_is_refused(
    database: Database, village: Actor, person: str, fields: TreatmentFields
) -> None:
    with pytest.raises(ValueRefused), database.write(village) as write:
        add_treatment(write, person, fields)


def test_the_reader_of_courses_takes_them_as_they_were_entered(
    database: Database, village: Actor, person: str
) -> None:
    given = [
        DENOSUMAB,
        TreatmentFields(
            "alendronate", "70 mg", date(2019, 2, 1), date(2024, 12, 1), reason_stopped="changed"
        ),
        TreatmentFields("zoledronate", start_date=date(2018, 2, 1), withdrawn=True),
    ]
    with database.write(village) as write:
        for fields in given:
            add_treatment(write, person, fields)
    with database.read() as connection:
        read = read_courses(courses_frame(treatments_of(connection, person)))
    assert read.refusals == ()
    assert read.incomplete == frozenset()
    rows = read.courses.drop("row").to_dicts()
    assert [(row["drug"], row["start_date"], row["stop_date"]) for row in rows] == [
        ("alendronate", date(2019, 2, 1), date(2024, 12, 1)),
        ("denosumab", date(2025, 1, 5), None),
    ]
    assert (rows[1]["doses"], rows[1]["last_dose_date"], rows[1]["dose"]) == (3, date(2026, 1, 6), "60 mg")
    assert rows[0]["reason_stopped"] == "changed"


def test_a_course_that_ended_nobody_knows_when_never_goes_on(
    database: Database, village: Actor, person: str
) -> None:
    with database.write(village) as write:
        add_treatment(
            write,
            person,
            TreatmentFields("denosumab", start_date=date(2020, 1, 1), stopped_on_unknown_day=True),
        )
    with database.read() as connection:
        read = read_courses(courses_frame(treatments_of(connection, person)))
    assert read.courses.height == 0
    assert read.incomplete == {person}


def test_fractures_come_by_time_and_their_sites_are_the_vocabulary_s(
    database: Database, village: Actor, person: str
) -> None:
    assert "hip" in sites()
    assert "count" not in sites()
    with database.write(village) as write:
        late = add_fracture(write, person, FractureFields("hip", day=date(2024, 5, 6), low_trauma=True))
        early = add_fracture(write, person, FractureFields("distal_forearm", year=2001))
        unknown = add_fracture(write, person, FractureFields("vertebral"))
    with database.read() as connection:
        found = fractures_of(connection, person)
    assert [one.id for one in found] == [unknown, early, late]
    assert (found[2].fields.year, found[2].fields.month) == (2024, 5)
    assert found[1].fields.low_trauma is None
    with database.write(village) as write:
        correct_fracture(
            write, early, 1, FractureFields("distal_forearm", withdrawn=True), "another person's"
        )
    with pytest.raises(ValueRefused), database.write(village) as write:
        add_fracture(write, person, FractureFields("nose"))
    with pytest.raises(ValueRefused), database.write(village) as write:
        add_fracture(write, person, FractureFields("hip", month=5))


def test_an_answer_is_read_word_for_word_with_its_versions(
    database: Database, village: Actor, person: str, clock: SetClock
) -> None:
    content = {"sentence": "肌少症：确诊", "numbers": [0.1, 1e-9, 17, None, True], "empty": {}}
    with database.write(village) as write:
        visit = start_visit(write, person, str(village.organisation_id), date(2026, 11, 20))
        first = keep_result(
            write,
            person,
            PLAN,
            content,
            as_of=date(2026, 11, 20),
            language="zh",
            rules_version="0.1.0",
            evidence_version="abc",
            visit_id=visit,
            visit_number=1,
        )
    clock.move(timedelta(days=1))
    with database.write(village) as write:
        second = keep_result(
            write,
            person,
            PLAN,
            {},
            as_of=date(2026, 11, 21),
            language="zh",
            rules_version="0.2.0",
            evidence_version="abd",
            visit_id=visit,
            visit_number=1,
        )
    with database.read() as connection:
        kept = read_result(connection, first)
        assert kept.content == content
        assert (kept.rules_version, kept.evidence_version, kept.visit_number) == ("0.1.0", "abc", 1)
        assert [one.id for one in results_of(connection, person, PLAN)] == [second, first]
        newest = result_of_visit(connection, visit, PLAN)
        assert newest is not None
        assert newest.id == second
        assert result_of_visit(connection, visit, PLAN, "en") is None


def referred(database: Database, village: Actor, hospital: Actor, person: str) -> str:
    with database.write(village) as write:
        return write_referral(
            write,
            person,
            str(village.organisation_id),
            question="Is DXA possible?",
            to_organisation_id=hospital.organisation_id,
        )


def test_a_referral_opens_the_record_from_the_sending_to_the_end(
    database: Database, village: Actor, hospital: Actor, person: str
) -> None:
    referral = referred(database, village, hospital, person)
    steps: list[tuple[Actor, Step, bool]] = [
        (village, "sent", True),
        (hospital, "accepted", True),
        (hospital, "sent_back", False),
        (village, "sent", True),
        (hospital, "answered", True),
        (village, "closed", False),
    ]

    def opens() -> bool:
        with database.read() as connection:
            assert may_open(connection, str(village.organisation_id), person)
            return may_open(connection, str(hospital.organisation_id), person)

    assert not opens()
    for number, (actor, step, opened) in enumerate(steps, start=1):
        with database.write(actor) as write:
            assert take_step(write, referral, number, step, text=f"{step} {number}") == number + 1
        assert opens() is opened, step
    with database.read() as connection:
        now = read_referral(connection, referral)
        assert [one.step for one in referral_entries(connection, referral)] == [
            "written",
            *(s for _, s, _ in steps),
        ]
        assert referrals_out(connection, str(village.organisation_id)) == ()
        assert [
            one.id for one in referrals_in(connection, str(hospital.organisation_id), unfinished=False)
        ] == [referral]
    assert (now.state, now.answer, now.question) == ("closed", "answered 5", "Is DXA possible?")


def test_no_clinic_takes_the_other_s_step_and_none_is_left_out(
    database: Database, village: Actor, hospital: Actor, person: str
) -> None:
    """From every state, every step by each clinic: only those of the table are taken."""
    by_sender = {"written", "sent", "withdrawn", "closed"}
    way = {
        "written": [],
        "sent": ["sent"],
        "accepted": ["sent", "accepted"],
        "answered": ["sent", "answered"],
        "sent_back": ["sent", "sent_back"],
        "withdrawn": ["withdrawn"],
        "closed": ["sent", "answered", "closed"],
    }
    assert set(way) == set(STEPS) == set(NEXT)
    for state, steps in way.items():
        referral = referred(database, village, hospital, person)
        for number, taken in enumerate(steps, start=1):
            with database.write(village if taken in by_sender else hospital) as write:
                take_step(write, referral, number, taken)  # type: ignore[arg-type]
        for step in STEPS:
            for actor in (village, hospital, PROGRAM):
                allowed = step in NEXT[state] and actor is (village if step in by_sender else hospital)
                try:
                    with database.write(actor) as write:
                        take_step(write, referral, len(steps) + 1, step)
                        assert allowed, (state, step)
                        raise RuntimeError("taken; not to be kept")
                except StepNotAllowed:
                    assert not allowed, (state, step)
                except RuntimeError:
                    pass


def test_messages_go_between_the_two_clinics_only(
    database: Database, village: Actor, hospital: Actor, person: str
) -> None:
    referral = referred(database, village, hospital, person)
    with pytest.raises(StepNotAllowed), database.write(village) as write:
        send_message(write, referral, "too early")
    reader = _account(database, hospital)
    with database.write(village) as write:
        take_step(write, referral, 1, "sent")
        send_message(write, referral, "her daughter comes along")
    with pytest.raises(StepNotAllowed), database.write(PROGRAM) as write:
        send_message(write, referral, "from nowhere")
    with database.read() as connection:
        assert count_unread(connection, str(hospital.organisation_id), str(reader.account_id)) == 1
        assert count_unread(connection, str(village.organisation_id), "nobody") == 0
        assert [one.text for one in messages_of(connection, referral)] == ["her daughter comes along"]
    for _ in range(2):
        with database.write(reader) as write:
            mark_read(write, referral)
    with database.read() as connection:
        assert count_unread(connection, str(hospital.organisation_id), str(reader.account_id)) == 0


def _account(database: Database, of: Actor) -> Actor:
    with database.write(PROGRAM) as write:
        write.connection.execute(
            account.insert().values(
                id="a" * 32,
                organisation_id=of.organisation_id,
                login="li",
                shown_name="Li",
                role="clinician",
                must_change_password=False,
                failed_sign_ins=0,
                made_at=write.now,
            )
        )
    return Actor("a" * 32, of.organisation_id)


def test_the_worklist_comes_by_urgency_and_day_and_is_the_clinic_s_own(
    database: Database, village: Actor, hospital: Actor, person: str
) -> None:
    day = date(2026, 11, 20)
    with database.write(village) as write:
        other = add_person(write, str(village.organisation_id), PersonFields("Second"))
        far = add_person(write, str(hospital.organisation_id), PersonFields("Elsewhere"))
        replace_standing(write, far, [Standing("due", 0, "x")])
        replace_standing(
            write,
            person,
            [
                Standing("due", 2, "dxa", day + timedelta(days=9), None, {"en": "scan"}),
                Standing("dose", 0, "denosumab", day, day + timedelta(days=28)),
            ],
        )
        replace_standing(write, other, [Standing("dose", 0, "denosumab", day - timedelta(days=61), day)])
        replace_standing(write, other, [Standing("dose", 0, "zoledronate", day - timedelta(days=61), day)])
        third = add_person(write, str(village.organisation_id), PersonFields("Third"))
        replace_standing(write, third, [Standing("screened", 0, "no day"), Standing("due", 1, "at once")])
    with database.read() as connection:
        mine = str(village.organisation_id)
        listed = read_standing(connection, mine)
        assert [(one.person.fields.name, one.standing.line) for one in listed] == [
            ("Third", "no day"),
            ("Second", "zoledronate"),
            ("Made Up", "denosumab"),
            ("Third", "at once"),
            ("Made Up", "dxa"),
        ]
        assert listed[0].standing.due_on is None
        assert listed[2].standing.due_on == day
        assert listed[4].standing.content == {"en": "scan"}
        assert len(read_standing(connection, mine, until=day)) == 4
        assert len(read_standing(connection, mine, kinds=["due"])) == 2
        assert [one.standing.line for one in read_standing(connection, mine, limit=1, offset=1)] == [
            "zoledronate"
        ]
        counts = {("screened", 0): 1, ("dose", 0): 2, ("due", 1): 1, ("due", 2): 1}
        assert count_standing(connection, mine) == counts
        assert [one.line for one in standing_of(connection, person)] == ["dxa", "denosumab"]


def test_a_clinic_keeps_what_it_was_before(database: Database, village: Actor, clock: SetClock) -> None:
    own, then = str(village.organisation_id), clock.now()
    clock.move(timedelta(days=1))
    changed = OrganisationFields("Willow village", 2, can=("dxa",), settings={"first": "awgs2019"})
    with database.write(village) as write:
        change_organisation(write, own, 1, changed)
    with pytest.raises(Conflict), database.write(village) as write:
        change_organisation(write, own, 1, changed)
    with database.read() as connection:
        assert read_organisation(connection, own).fields == changed
        assert read_organisation(connection, own, then).fields == OrganisationFields("Willow village", 1)


def test_every_save_and_every_opening_has_its_line_and_no_line_can_be_changed_unseen(
    database: Database, village: Actor, person: str
) -> None:
    with database.write(village) as write:
        audit.record_opening(write, person, "person")
        add_treatment(write, person, DENOSUMAB)
    with database.read() as connection:
        about = audit.lines(connection, person_id=person)
        assert [(one.action, one.kind) for one in about] == [
            ("added", "treatment"),
            ("opened", "person"),
            ("added", "person"),
        ]
        assert {one.organisation_id for one in about} == {village.organisation_id}
        assert audit.lines(connection, person_id=person, limit=1) == about[:1]
        assert audit.lines(connection, person_id=person, before=about[0].number) == about[1:]
        assert audit.lines(connection, since=database.clock.now() + timedelta(seconds=1)) == ()
        assert list(audit.broken_links(connection)) == []
        assert "Made Up" not in str(about)
    for fault in (
        "UPDATE audit SET organisation_id = NULL WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
        "UPDATE audit SET at = '2026-11-20T12:00:00.000001Z' WHERE number = 1",
    ):
        with database.engine.connect() as connection:
            connection.execute(text(fault))
            assert list(audit.broken_links(connection)), fault
            connection.rollback()

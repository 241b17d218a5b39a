"""A referral's whole way between two clinics, what it opens to whom, and its letter."""

from __future__ import annotations

import re
from datetime import date

import pytest

from myosteon.registry.accounts import make_account
from myosteon.registry.audit import lines
from myosteon.registry.database import PROGRAM, Actor
from myosteon.registry.measured import Measured
from myosteon.registry.organisations import OrganisationFields, add_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.treatments import TreatmentFields, add_treatment
from myosteon.registry.visits import start_visit
from web.world import NAMES, Browser, World

QUESTION = "Is it sarcopenia? Muscle mass by DXA, please."
AREA = re.compile(r'<textarea[^>]*id="letter"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
SEEN = re.compile(r'name="seen" value="(\d+)"')


def refer(world: World, *, go: str = "send", role: str = "clinician", **more: str) -> str:
    """The village asks the hospital; returns the address of the referral."""
    browser = world.with_session(role)  # type: ignore[arg-type]
    page = browser.get(f"/people/{world.things['village']['person']}/referrals/new")
    assert page.status_code == 200
    form = {
        "to": world.things["hospital"]["organisation"],
        "question": QUESTION,
        "letter": AREA.findall(page.text)[0],
        "go": go,
        **more,
    }
    answer = browser.post(f"/people/{world.things['village']['person']}/referrals/new", form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def step(browser: Browser, path: str, what: str, **form: str) -> int:
    seen = SEEN.findall(browser.get(path).text)
    return browser.post(f"{path}/{what}", {"seen": seen[0] if seen else "1", **form}).status_code


def test_a_referral_goes_all_its_way_between_two_clinics(world: World) -> None:
    village, hospital = world.with_session("clinician"), world.with_session("clinician", "hospital")
    record = f"/people/{world.things['village']['person']}"
    assert hospital.get(record).status_code == 404, "nothing is open before it is sent"
    path = refer(world)
    assert QUESTION in hospital.get("/worklist").text
    assert hospital.get(record).status_code == 200, "sending opens the record"
    incoming = hospital.get(path).text
    assert incoming.index(QUESTION) < incoming.index("What we found"), "the question stands before the letter"
    assert step(hospital, path, "accept") == 303
    world.forward(days=2)
    village, hospital = world.with_session("clinician"), world.with_session("clinician", "hospital")
    assert "2 days without an answer" in village.get(path).text
    assert step(hospital, path, "answer", answer="ASMI 6.4, sarcopenia confirmed.") == 303
    list_of_village = village.get("/worklist").text
    assert "new answer" in list_of_village
    assert "ASMI 6.4" in list_of_village
    assert "ASMI 6.4" in village.get(path).text
    assert step(village, path, "close") == 303
    assert "ASMI 6.4" not in village.get("/worklist").text
    assert hospital.get(record).status_code == 404, "closing closes the record"
    assert hospital.get(path).status_code == 200, "the referral itself stays readable to both"


def test_a_third_clinic_sees_nothing_of_it(world: World) -> None:
    path = refer(world)
    with world.database.write(PROGRAM) as write:
        third = add_organisation(write, OrganisationFields("Third", 2))
        account = make_account(
            write,
            organisation_id=third,
            login="clinician.third",
            shown_name="Third",
            role="clinician",
            password_hash="-",
            must_change_password=False,
        )
    world.things["third"] = {"organisation": third, "clinician": account.id}
    other = world.with_session("clinician", "third")
    for asked in (path, f"{path}/letter.pdf", f"/people/{world.things['village']['person']}"):
        assert other.get(asked).status_code == 404
    for what in ("accept", "answer", "send-back", "withdraw", "close", "send", "message"):
        form = {"seen": "2", "answer": "x", "missing": "x", "message": "x"}
        assert other.post(f"{path}/{what}", form).status_code == 404
    assert QUESTION not in other.get("/worklist").text


def test_what_is_kept_and_not_sent_opens_nothing(world: World) -> None:
    path = refer(world, go="keep")
    hospital = world.with_session("clinician", "hospital")
    assert hospital.get(path).status_code == 404
    assert hospital.get(f"/people/{world.things['village']['person']}").status_code == 404
    assert QUESTION not in hospital.get("/worklist").text
    village = world.with_session("clinician")
    assert "Written, not sent" in village.get("/worklist").text
    assert step(village, path, "send") == 303
    assert hospital.get(path).status_code == 200


def test_what_is_sent_back_closes_the_record_and_can_be_sent_again_with_another_letter(world: World) -> None:
    path = refer(world)
    record = f"/people/{world.things['village']['person']}"
    village, hospital = world.with_session("clinician"), world.with_session("clinician", "hospital")
    assert step(hospital, path, "send-back", missing="Creatinine is missing.") == 303
    assert hospital.get(record).status_code == 404
    assert "sent back" in village.get("/worklist").text
    assert "Creatinine is missing." in village.get(path).text
    seen = SEEN.findall(village.get(f"{path}/edit").text)[0]
    form = {"seen": seen, "question": QUESTION, "letter": "Creatinine is 71.", "go": "send"}
    assert village.post(f"{path}/edit", form).status_code == 303
    assert "Creatinine is 71." in hospital.get(path).text
    assert hospital.get(record).status_code == 200


def test_a_withdrawn_referral_is_gone_for_the_receiver(world: World) -> None:
    path = refer(world)
    hospital = world.with_session("clinician", "hospital")
    assert step(world.with_session("clinician"), path, "withdraw") == 303
    assert hospital.get(path).status_code == 404
    assert hospital.get(f"/people/{world.things['village']['person']}").status_code == 404


def test_the_sender_cannot_answer_and_the_receiver_cannot_close(world: World) -> None:
    path = refer(world)
    village, hospital = world.with_session("clinician"), world.with_session("clinician", "hospital")
    assert step(village, path, "answer", answer="I say so myself.") == 409
    assert step(hospital, path, "close") == 409
    assert "I say so myself." not in hospital.get(path).text


def test_a_health_worker_sends_and_does_not_answer(world: World) -> None:
    path = refer(world, role="health_worker")
    assert world.with_session("clinician", "hospital").get(path).status_code == 200
    assert step(world.with_session("health_worker", "hospital"), path, "answer", answer="x") == 403


def test_of_two_who_answer_at_once_the_second_keeps_what_was_typed(world: World) -> None:
    path = refer(world)
    hospital = world.with_session("clinician", "hospital")
    seen = SEEN.findall(hospital.get(path).text)[0]
    assert hospital.post(f"{path}/accept", {"seen": seen}).status_code == 303
    answer = hospital.post(f"{path}/answer", {"seen": seen, "answer": "typed in vain"})
    assert answer.status_code == 409
    assert "typed in vain" in answer.text


def test_messages_go_both_ways_and_are_said_to_be_new_until_read(world: World) -> None:
    path = refer(world)
    village, hospital = world.with_session("clinician"), world.with_session("clinician", "hospital")
    assert hospital.post(f"{path}/message", {"message": "When does she come?"}).status_code == 303
    assert "New message." in village.get("/worklist").text
    assert "When does she come?" in village.get(path).text
    assert "New message." not in village.get("/worklist").text
    assert village.post(f"{path}/message", {"message": ""}).status_code == 422
    assert village.post(f"{path}/message", {"message": "x" * 2001}).status_code == 422


def test_every_opening_by_the_receiver_is_written_down(world: World) -> None:
    path = refer(world)
    world.with_session("clinician", "hospital").get(path)
    with world.database.read() as connection:
        newest = lines(connection, person_id=world.things["village"]["person"], limit=1)[0]
    assert newest.action == "opened"
    assert newest.organisation_id == world.things["hospital"]["organisation"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("question", "", "Write one question"),
        ("question", "x" * 501, "more than 500"),
        ("letter", " ", "The letter is empty"),
        ("to", "nobody", "Choose to whom"),
        ("to", "outside", "Write the name of the clinic outside"),
    ],
)
def test_a_form_with_a_gap_says_which_and_keeps_the_rest(
    world: World, field: str, value: str, says: str
) -> None:
    form = {
        "to": world.things["hospital"]["organisation"],
        "question": QUESTION,
        "letter": "A letter that was typed.",
        "go": "send",
        field: value,
    }
    person = world.things["village"]["person"]
    answer = world.with_session("clinician").post(f"/people/{person}/referrals/new", form)
    assert answer.status_code == 422
    assert says in answer.text
    if field != "letter":
        assert "A letter that was typed." in answer.text


def test_a_clinic_outside_is_written_to_and_answered_for_by_the_sender(world: World) -> None:
    path = refer(world, to="outside", to_name="City hospital")
    village = world.with_session("clinician")
    page = village.get(path).text
    assert "City hospital" in page
    assert step(village, path, "answer", answer="They wrote: no fracture.") == 303
    assert "They wrote: no fracture." in village.get(path).text


def test_a_clinic_cannot_refer_somebody_who_is_only_open_to_it(world: World) -> None:
    refer(world)
    hospital = world.with_session("clinician", "hospital")
    person = world.things["village"]["person"]
    assert hospital.get(f"/people/{person}").status_code == 200
    assert hospital.get(f"/people/{person}/referrals/new").status_code == 404


@pytest.fixture
def treated(world: World) -> World:
    """The village's person is one with verdicts, values and a late dose."""
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        things["person"] = add_person(
            write,
            things["organisation"],
            PersonFields(name="Chen Guiying", sex="female", birth_date=date(1948, 3, 7), identifier="0417"),
        )
        values = {"grip_kg": 17.0, "t_score_femoral_neck": -2.9, "calcium_mmol_l": 2.31, "fracture_hip": True}
        measures = {name: Measured(value) for name, value in values.items()}
        start_visit(
            write, things["person"], things["organisation"], date(2026, 11, 20), measures, state="finished"
        )
        course = TreatmentFields(
            "denosumab", "60 mg", date(2025, 9, 20), last_dose_date=date(2026, 3, 20), doses=2
        )
        add_treatment(write, things["person"], course)
    return world


def letter(world: World, language: str) -> str:
    person = world.things["village"]["person"]
    page = world.with_session("clinician").get(f"/people/{person}/referrals/new?in={language}")
    return AREA.findall(page.text)[0]


def test_the_letter_holds_verdicts_treatment_values_and_what_cannot_wait(treated: World) -> None:
    text = letter(treated, "en")
    for said in (
        "osteoporosis",
        "Denosumab 60 mg",
        "20 March 2026",
        "17.0 kg",
        "2.31 mmol/L",
        "61 days late",
    ):
        assert said in text, said
    assert "unknown" not in text.split("Values of")[1], "what was not measured is not in the list"


def test_the_letter_is_written_in_the_language_that_was_chosen(treated: World) -> None:
    text = letter(treated, "zh")
    for said in ("同道", "地舒单抗", "2026年3月20日", "17.0 kg", "61天"):
        assert said in text, said
    for english in ("Dear", "Denosumab", "days late", "Values"):
        assert english not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_letter_is_printed_under_a_name_that_names_nobody(treated: World, language: str) -> None:
    pytest.importorskip("typst")
    path = refer(treated, letter=letter(treated, language), **{"in": language})
    for browser in (treated.with_session("clinician"), treated.with_session("clinician", "hospital")):
        answer = browser.get(f"{path}/letter.pdf")
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["cache-control"] == "no-store"
        disposition = answer.headers["content-disposition"]
        assert f"-{language}.pdf" in disposition
        assert not any(part in disposition for name in NAMES.values() for part in name.split())

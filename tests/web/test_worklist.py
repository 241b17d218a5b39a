"""The worklist: what stands first, what it says a day later, what appears and goes away, and that it says what due list and plan say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from myosteon.app.due_list import list_due
from myosteon.app.plan_run import Planner
from myosteon.app.web.clinics import clinic_of
from myosteon.app.web.standing.daily import look
from myosteon.app.web.standing.judge import StandingJudge
from myosteon.app.web.standing.keeping import Keeper
from myosteon.app.web.standing.lines import URGENT, lines_of
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.history import as_of, read_treatments
from myosteon.readers.table import read_table
from myosteon.registry.database import Actor
from myosteon.registry.measured import Measured
from myosteon.registry.organisations import OrganisationFields, change_organisation, read_organisation
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.search import find_people
from myosteon.registry.standing import Standing, replace_standing, standing_of
from myosteon.registry.treatments import TreatmentFields, add_treatment, treatments_of
from myosteon.registry.visits import start_visit
from myosteon.registry.worklist import every_person
from myosteon.rules.guideline import Settings
from web.world import Browser, World

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
ROW = re.compile(r'<tr><th scope="row"><a href="/people/(\w+)">(.*?)</a>.*?</tr>', re.DOTALL)
GROUP = re.compile(r'<tbody id="(\w+)">(.*?)</tbody>', re.DOTALL)


def rows_of(page: str) -> dict[str, list[tuple[str, str]]]:
    """The rows of each group: whom, and the row as text."""
    return {
        name: [(row.group(2), re.sub(r"<[^>]+>", " ", row.group(0))) for row in ROW.finditer(body)]
        for name, body in GROUP.findall(page)
    }


def worklist(browser: Browser) -> str:
    answer = browser.get("/worklist")
    assert answer.status_code == 200
    return answer.text


def add_somebody(world: World, name: str, visit: dict[str, object], day: date = TODAY) -> str:
    """A woman of 66 with one finished visit."""
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        person = add_person(
            write, things["organisation"], PersonFields(name=name, sex="female", birth_date=date(1960, 2, 1))
        )
        measures = {key: Measured(value) for key, value in visit.items()}
        start_visit(write, person, things["organisation"], day, measures, state="finished")
    Keeper(world.database, SHANGHAI).keep([person])
    return person


@pytest.fixture
def late(world: World) -> World:
    """Somebody whose denosumab was due on 20 September, and somebody else whose calcium is too high."""
    add_somebody(world, "Aa Calcium", {"calcium_mmol_l": 2.9})
    person = add_somebody(world, "Liu Late", {"calcium_mmol_l": 2.3, "egfr_ml_min_1_73m2": 80.0})
    dosed = {"drug": "denosumab", "start_date": "2026-03-20", "last_dose_date": "2026-03-20", "doses": "1"}
    answer = world.with_session("clinician").post(f"/people/{person}/treatments/new", dosed)
    assert answer.status_code == 303, answer.text
    return world


def test_a_late_denosumab_dose_stands_first_and_says_how_late_by_the_clinics_clock(late: World) -> None:
    today = rows_of(worklist(late.with_session("clinician")))["today"]
    late_days = (TODAY - date(2026, 9, 20)).days
    assert today[0][0] == "Liu Late"
    assert f"{late_days} days late" in today[0][1]
    assert "20 September 2026" in today[0][1]
    assert "Aa Calcium" in [name for name, _ in today[1:]]


def test_a_day_later_it_says_one_day_more_without_a_save(late: World) -> None:
    late.forward(days=1)
    today = rows_of(worklist(late.with_session("clinician")))["today"]
    assert today[0][0] == "Liu Late"
    assert "62 days late" in today[0][1]


def test_midnight_in_the_clinic_counts_and_not_midnight_in_utc(late: World) -> None:
    """Noon of 20 November in Shanghai is four o'clock UTC: thirteen hours later it is the 21st there, and still the 20th in UTC."""
    late.forward(hours=13)
    assert "62 days late" in worklist(late.with_session("clinician"))


def test_the_worklist_says_the_same_in_chinese(late: World) -> None:
    browser = late.with_session("clinician")
    assert browser.post("/language/zh", {"to": "/worklist"}).status_code == 303
    page = worklist(browser)
    assert "晚61天" in page
    assert "有" in re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]
    assert "位不能等" in page
    for english in ("days late", "cannot wait", "Open the plan", "woman"):
        assert english not in page


def test_the_title_counts_people_and_not_things(late: World) -> None:
    page = worklist(late.with_session("clinician"))
    urgent = {name for name, text in rows_of(page)["today"] if "late" in text or " now" in text}
    count = re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]
    words = {1: "One person cannot wait", 2: "Two people cannot wait", 3: "Three people cannot wait"}
    assert count == words[len(urgent)]


def test_nobody_of_another_clinic_stands_in_the_worklist(late: World) -> None:
    assert "Liu Late" not in worklist(late.with_session("clinician", "hospital"))


def test_a_dose_that_is_given_no_longer_waits(late: World) -> None:
    with late.database.read() as connection:
        person = find_people(connection, (late.things["village"]["organisation"],), "Liu Late")[0].person_id
        course = treatments_of(connection, person)[0]
    given = {
        "drug": "denosumab",
        "start_date": "2026-03-20",
        "last_dose_date": "2026-11-20",
        "doses": "2",
        "seen": str(course.number),
    }
    assert late.with_session("clinician").post(f"/treatments/{course.id}", given).status_code == 303
    assert "Liu Late" not in [name for name, _ in rows_of(worklist(late.with_session("clinician")))["today"]]


def test_a_positive_screening_waits_until_a_next_step_is_written_down(world: World) -> None:
    person = add_somebody(world, "He Screened", {"sarc_f_score": 5.0}, date(2026, 11, 11))
    browser = world.with_session("health_worker")
    screened = dict(rows_of(worklist(browser))["screened"])
    assert "SARC-F 5, positive" in screened["He Screened"]
    assert "9 days" in screened["He Screened"]
    assert browser.post(f"/people/{person}/next-step", {"text": " "}).status_code == 422
    assert "He Screened" in worklist(browser)
    answer = browser.post(f"/people/{person}/next-step", {"text": "comes on 3 December"})
    assert answer.status_code == 303
    assert "He Screened" not in dict(rows_of(worklist(browser)).get("screened", []))


def test_a_negative_screening_and_an_unknown_one_do_not_wait(world: World) -> None:
    add_somebody(world, "Wang Negative", {"sarc_f_score": 2.0})
    add_somebody(world, "Ma Unknown", {"gait_speed_m_s": 1.3})
    page = worklist(world.with_session("clinician"))
    screened = dict(rows_of(page).get("screened", []))
    assert "Wang Negative" not in screened
    assert "Ma Unknown" not in screened


def test_a_screening_waits_again_when_it_is_positive_once_more(world: World) -> None:
    person = add_somebody(world, "He Screened", {"sarc_f_score": 5.0}, date(2026, 11, 11))
    browser = world.with_session("health_worker")
    browser.post(f"/people/{person}/next-step", {"text": "comes on 3 December"})
    things = world.things["village"]
    world.forward(days=30)
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        again = {"sarc_f_score": Measured(6.0)}
        start_visit(write, person, things["organisation"], date(2026, 12, 18), again, state="finished")
    Keeper(world.database, SHANGHAI).keep([person])
    assert "SARC-F 6" in dict(rows_of(worklist(world.with_session("clinician")))["screened"])["He Screened"]


def test_a_visit_without_a_screening_does_not_answer_the_one_before(world: World) -> None:
    person = add_somebody(world, "He Screened", {"sarc_f_score": 5.0}, date(2026, 11, 11))
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        blood = {"calcium_mmol_l": Measured(2.3)}
        start_visit(write, person, things["organisation"], TODAY, blood, state="finished")
    Keeper(world.database, SHANGHAI).keep([person])
    assert "He Screened" in dict(rows_of(worklist(world.with_session("clinician")))["screened"])


def test_only_a_hundred_of_a_group_are_shown_and_the_rest_are_counted(world: World) -> None:
    things = world.things["village"]
    content = {"on": TODAY.isoformat(), "seen": None, "lines": [{"id": "calcium_high", "values": {}}]}
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        for number in range(130):
            person = add_person(write, things["organisation"], PersonFields(name=f"Number {number}"))
            replace_standing(write, person, [Standing("urgent", URGENT, "calcium_high", content=content)])
    page = worklist(world.with_session("clinician"))
    assert len(rows_of(page)["today"]) == 100
    assert "And 30 more" in page
    assert "130 people cannot wait" in page


def test_a_stopped_denosumab_is_named_and_its_risk_not_told_of_the_drug_that_follows(world: World) -> None:
    person = add_somebody(world, "Stopped", {"t_score_total_hip": -3.0})
    things = world.things["village"]
    course = TreatmentFields(
        "denosumab", "60 mg", date(2026, 2, 24), date(2026, 7, 4), last_dose_date=date(2026, 2, 24), doses=1
    )
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        add_treatment(write, person, course)
    Keeper(world.database, SHANGHAI).keep([person])
    row = dict(rows_of(worklist(world.with_session("clinician")))["today"])["Stopped"]
    assert "Denosumab was stopped" in row
    assert row.index("Denosumab was stopped") < row.index("After the last dose")
    assert "Zoledronate: due" not in row


def test_a_long_group_that_can_wait_shows_its_first_rows_and_leads_to_all(world: World) -> None:
    people = [add_somebody(world, f"Number {number}", {"sarc_f_score": 5.0}) for number in range(14)]
    Keeper(world.database, SHANGHAI).keep(people)
    browser = world.with_session("clinician")
    page = worklist(browser)
    assert len(rows_of(page)["screened"]) == 8
    assert 'href="/worklist?all=screened#screened"' in page
    whole = rows_of(browser.get("/worklist?all=screened").text)
    assert len(whole["screened"]) == 14


def test_rows_of_another_day_are_said_to_be_so(late: World) -> None:
    late.forward(days=2)
    page = worklist(late.with_session("clinician"))
    assert "worked out on 20 November 2026" in page
    assert look(Keeper(late.database, SHANGHAI))
    assert "worked out on" not in worklist(late.with_session("clinician"))
    assert not look(Keeper(late.database, SHANGHAI)), "it is done once a day"


def test_one_by_one_and_all_at_once_the_same_stands(late: World) -> None:
    add_somebody(late, "He Screened", {"sarc_f_score": 5.0, "age_years": 66.0})
    keeper = Keeper(late.database, SHANGHAI)
    with late.database.read() as connection:
        people = [person for person, _ in every_person(connection)]
    for person in people:
        keeper.keep([person])
    one_by_one = _stands(late, people)
    keeper.rebuild()
    assert _stands(late, people) == one_by_one
    assert sum(map(len, one_by_one.values())) > 3


def test_who_is_saved_while_the_worklist_is_worked_out_is_not_overwritten(late: World) -> None:
    """The first reading is overtaken by a save; what is kept in the end knows of that save."""
    things = late.things["village"]
    person = add_somebody(late, "Sun Overtaken", {"calcium_mmol_l": 2.3})

    class Overtaken(Keeper):
        __slots__ = ()

        def _judged(self, *asked: object) -> object:
            judged = list(super()._judged(*asked))  # type: ignore[arg-type]
            if not overtaken:
                overtaken.append(True)
                with late.database.write(Actor(things["clinician"], things["organisation"])) as write:
                    course = TreatmentFields(
                        "denosumab", start_date=date(2026, 1, 1), last_dose_date=date(2026, 1, 1)
                    )
                    add_treatment(write, person, course)
            return iter(judged)

    overtaken: list[bool] = []
    Overtaken(late.database, SHANGHAI).keep([person])
    assert overtaken
    with late.database.read() as connection:
        assert standing_of(connection, person)[0].line.startswith("denosumab")


def _stands(world: World, people: list[str]) -> dict[str, tuple[Standing, ...]]:
    with world.database.read() as connection:
        return {person: standing_of(connection, person) for person in people}


def _example_stands(tier: int) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The lines in the worklist of the worked people by person: all, and those that cannot wait."""
    clinic = replace(clinic_of_tier(tier), region="CN")
    visits = read_table(EXAMPLES / "people.csv").frame.collect()
    treatments = read_treatments(EXAMPLES / "treatments.csv")
    stands = StandingJudge(clinic, TODAY, "awgs2019").stands(visits, treatments, {})
    every, urgent = {}, {}
    for person, own in stands.items():
        lines = [(row, line["id"]) for row in own for line in row.content.get("lines", ())]
        every[person] = {line for _, line in lines}
        urgent[person] = {line for row, line in lines if row.urgency <= URGENT}
    return every, urgent


@pytest.mark.parametrize("tier", [1, 3])
def test_whatever_the_due_list_names_stands_in_the_worklist(tier: int) -> None:
    clinic = replace(clinic_of_tier(tier), region="CN")
    visits = read_table(EXAMPLES / "people.csv").frame.collect()
    treatments = read_treatments(EXAMPLES / "treatments.csv")
    people = as_of(visits, treatments, TODAY, without_visit=True)
    due = list_due(people, treatments, clinic, TODAY, 36_500, "en")
    assert due.height > 5
    every, _ = _example_stands(tier)
    for row in due.iter_rows(named=True):
        assert row["what"] in every[row["person_id"]], row["what"]


@pytest.mark.parametrize("tier", [1, 3])
def test_whatever_is_urgent_in_the_plan_cannot_wait_in_the_worklist(tier: int) -> None:
    clinic = replace(clinic_of_tier(tier), region="CN")
    planner = Planner(clinic, TODAY, "en", replace(Settings(), label_region="CN"))
    visits = read_table(EXAMPLES / "people.csv").frame.collect()
    people = as_of(visits, read_treatments(EXAMPLES / "treatments.csv"), TODAY)
    _, urgent = _example_stands(tier)
    known = {line.id for line in lines_of(clinic)}
    found = 0
    for plan in planner.plans(people):
        cannot_wait = [line for line in plan.lines if line.urgency == "urgent"]
        # The plan writes these where a gate holds up a drug that is wanted; the worklist then names the line that wants it.
        asked = {line.id for line in cannot_wait if line.status != "check_first" or line.id in known}
        found += len(asked)
        assert asked <= known, asked - known
        assert asked <= urgent.get(str(plan.person_id), set())
        gates = [line for line in cannot_wait if line.id not in asked]
        assert len(urgent.get(str(plan.person_id), set()) - asked) >= len(gates)
    assert found >= 4


def test_a_follow_up_is_counted_from_the_visit_that_asked_for_it(world: World) -> None:
    """Twelve weeks after a visit of 1 June are over on 24 August: the visit is late by the days since."""
    walked = {
        "chair_stand_5x_s": 16.0,
        "gait_speed_m_s": 0.7,
        "grip_kg": 17.0,
        "sppb_score": 6.0,
        "falls_12m": 0.0,
    }
    add_somebody(world, "Zhao Trains", walked, date(2026, 6, 1))
    late_rows = dict(rows_of(worklist(world.with_session("clinician"))).get("late", []))
    days = (TODAY - (date(2026, 6, 1) + timedelta(weeks=12))).days
    assert f"{days} days late" in late_rows["Zhao Trains"]


def test_the_clinic_of_the_person_is_the_one_whose_means_count(world: World) -> None:
    with world.database.read() as connection:
        village = read_organisation(connection, world.things["village"]["organisation"])
    assert clinic_of(village).tier.id == 1


def test_a_save_that_is_done_stays_done_when_the_worklist_cannot_follow(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("with a value of Chen Guiying")

    monkeypatch.setattr(Keeper, "keep", fails)
    dosed = {"drug": "denosumab", "start_date": "2026-03-20", "last_dose_date": "2026-03-20", "doses": "1"}
    person = world.things["village"]["person"]
    answer = world.with_session("clinician").post(f"/people/{person}/treatments/new", dosed)
    assert answer.status_code == 303
    assert "the worklist is behind by a save: ValueError" in caplog.text
    assert "Chen" not in caplog.text


def test_a_fault_does_not_end_the_looking(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(world.database, SHANGHAI)

    def fails(*_: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(Keeper, "rebuild", fails)
        assert not look(keeper)
    assert look(keeper), "at the next look it is done"


def test_a_clinic_that_changes_what_it_can_do_is_worked_out_again(world: World) -> None:
    keeper, things = Keeper(world.database, SHANGHAI), world.things["village"]
    assert look(keeper)
    with world.database.write(Actor(things["administrator"], things["organisation"])) as write:
        changed = OrganisationFields("Village", 2)
        change_organisation(write, things["organisation"], 1, changed, reason="a hospital now")
    assert not keeper.is_current()
    assert look(keeper)
    assert keeper.is_current()

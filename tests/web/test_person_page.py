"""The person page over HTTP: what it shows, that it can be read by ear, and that nothing of a person leaks or is overwritten."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest

from myosteon.app.web.doubles import DIFFERENT
from myosteon.registry.audit import lines
from myosteon.registry.database import Actor
from myosteon.registry.fractures import fractures_of
from myosteon.registry.measured import Measured
from myosteon.registry.people import PersonFields, add_person, person_entries, read_person
from myosteon.registry.results import keep_result
from myosteon.registry.treatments import TreatmentFields, add_treatment, treatment_entries, treatments_of
from myosteon.registry.visits import start_visit
from myosteon.vocabulary.measures import load_measures
from web.person_examples import PEOPLE, everybody, treatments
from web.world import NAMES, World, make_world

NOT_ENTERED = ("person_id", "visit_date", "sex", "drug", "prior_drug")


class Page(HTMLParser):
    """What a page is made of: ids, headings, what sections are labelled by, drawings, and what the policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.named_by: list[str] = []
        self.drawings: list[dict[str, str | None]] = []
        self.sections_without_name = 0
        self.forbidden: list[str] = []
        self.title = re.search("<title>(.*?)</title>", text, re.DOTALL).group(1)  # type: ignore[union-attr]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        for name in ("aria-labelledby", "aria-describedby", "for", "popovertarget"):
            if given.get(name):
                self.named_by += str(given[name]).split()
        if tag == "section" and not given.get("aria-labelledby"):
            self.sections_without_name += 1
        if tag == "svg" and given.get("role") == "img":
            self.drawings.append(given)
        if tag == "script" and "src" not in given:
            self.forbidden.append("script")
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, dict[str, str]]]:
    """The worked people of docs/examples as people of the village."""
    world = make_world(tmp_path_factory.mktemp("people"))
    things, ids = world.things["village"], {}
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        for row in everybody().to_dicts():
            fields = PersonFields(
                name=f"Made Up {row['person_id']}", sex=row["sex"], identifier=row["person_id"]
            )
            person = ids[row["person_id"]] = add_person(write, things["organisation"], fields)
            measures = {
                name: Measured(value)
                for name, value in row.items()
                if value is not None and name not in NOT_ENTERED
            }
            start_visit(write, person, things["organisation"], row["visit_date"], measures, state="finished")
            for course in treatments().courses.filter(pl.col("person_id") == row["person_id"]).to_dicts():
                names = (
                    "drug",
                    "dose",
                    "start_date",
                    "stop_date",
                    "last_dose_date",
                    "doses",
                    "reason_stopped",
                )
                add_treatment(write, person, TreatmentFields(**{name: course[name] for name in names}))
    yield world, ids
    for browser in world.open_browsers:
        browser.close()
    world.database.close()


@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_can_be_read_by_ear_and_keeps_to_the_content_policy(
    clinic: tuple[World, dict[str, str]], person: str
) -> None:
    world, ids = clinic
    browser = world.client("clinician")
    for language in ("en", "zh"):
        browser.post(f"/language/{language}", {"to": "/"})
        answer = browser.get(f"/people/{ids[person]}")
        assert answer.status_code == 200
        page = Page(answer.text)
        assert page.tags["h1"] == 1
        assert [id for id, count in page.ids.items() if count > 1] == []
        assert [id for id in page.named_by if id not in page.ids] == []
        assert page.sections_without_name == 0
        assert page.drawings
        assert all(drawing.get("aria-label") for drawing in page.drawings)
        assert page.forbidden == []
        assert "Made Up" not in page.title


def test_the_page_tells_the_late_dose_and_where_the_verdicts_stand(
    clinic: tuple[World, dict[str, str]],
) -> None:
    world, ids = clinic
    text = world.client("health_worker").get(f"/people/{ids['P02']}").text
    assert "The dose of denosumab is 102 days late" in text
    assert "WHO bands: severe osteoporosis, settled" in text
    assert "AWGS 2019: severe sarcopenia, settled" in text
    assert 'data-day="2026-02-10"' in text


def test_a_person_who_was_not_seen_yet_gets_no_verdict_but_the_next_step(world: World) -> None:
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        nobody = add_person(write, things["organisation"], PersonFields(name="Nobody Seen"))
    text = world.client("clinician").get(f"/people/{nobody}").text
    assert "Not seen yet" in text
    assert "settled" not in text


def test_an_unfinished_visit_is_not_judged_and_is_offered_to_go_on(world: World) -> None:
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        person = add_person(write, things["organisation"], PersonFields(name="Half Seen"))
        visit = start_visit(
            write, person, things["organisation"], date(2026, 11, 20), {"grip_kg": Measured(17.0)}
        )
    text = world.client("clinician").get(f"/people/{person}").text
    assert f'href="/visits/{visit}"' in text
    assert "is not finished" in text
    assert "Not seen yet" in text


def test_opening_a_record_writes_its_line_and_the_page_counts_openings(world: World) -> None:
    person = world.things["village"]["person"]
    browser = world.client("clinician")
    browser.get(f"/people/{person}")
    text = browser.get(f"/people/{person}").text
    assert "Opened 2 times, last by clinician of the village" in text


def test_no_log_record_holds_a_name_or_a_value(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        world.client("clinician").get(f"/people/{world.things['village']['person']}")
    assert NAMES["village"] not in caplog.text


def test_a_new_person_is_added_as_typed_with_full_width_digits(world: World) -> None:
    typed = {"name": "李秀英", "sex": "female", "birth_date": "１９４８年２月２９日", "identifier": "Ｎ０７"}
    answer = world.client("health_worker").post("/people/new", typed)
    assert answer.status_code == 303
    with world.database.read() as connection:
        known = read_person(connection, answer.headers["location"].rsplit("/", 1)[-1]).fields
    assert (known.name, known.sex, known.birth_date, known.identifier) == (
        "李秀英",
        "female",
        date(1948, 2, 29),
        "N07",
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("birth_date", "29.2.1948", "cannot be read as a day"),
        ("birth_date", "1947-02-29", "cannot be read as a day"),
        ("birth_date", "2026-11-21", "lies after today"),
        ("birth_year", "1700", "cannot be read as a year"),
        ("name", "", "Give a name or a number"),
        ("name", "x" * 300, "longer than 200"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(
    world: World, field: str, value: str, said: str
) -> None:
    answer = world.client("clinician").post("/people/new", {"name": "Somebody", field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert "Nothing was saved" in answer.text


def test_a_number_of_the_clinic_belongs_to_one_person(world: World) -> None:
    typed = {"name": "Double", "identifier": "HP-4711"}
    browser = world.client("clinician")
    # First the person who has it is shown; that she is another one does not free the number.
    assert browser.post("/people/new", typed).status_code == 422
    answer = browser.post("/people/new", typed | {DIFFERENT: "yes"})
    assert answer.status_code == 422
    assert "Another person of this clinic has that number" in answer.text


def corrected(world: World, **changed: str) -> dict[str, Any]:
    return {
        "name": "Chen Guiying",
        "sex": "female",
        "birth_date": "1948-02-29",
        "identifier": "HP-4711",
        "seen": "1",
    } | changed


def test_a_correction_needs_a_reason_keeps_the_entry_before_and_shows_in_the_record(world: World) -> None:
    person, browser = world.things["village"]["person"], world.client("clinician")
    path = f"/people/{person}/correct"
    refused = browser.post(path, corrected(world, name="Chen Guiyin"))
    assert refused.status_code == 422
    assert "Say why it is corrected" in refused.text
    saved = browser.post(path, corrected(world, name="Chen Guiyin", reason="as on her card"))
    assert saved.status_code == 303
    with world.database.read() as connection:
        assert [entry.fields.name for entry in person_entries(connection, person)] == [
            "Chen Guiying",
            "Chen Guiyin",
        ]
    assert (
        "corrected the person; the earlier entry is kept: as on her card"
        in browser.get(f"/people/{person}").text
    )


def test_the_second_of_two_editors_sees_both_and_overwrites_nothing(world: World) -> None:
    person = world.things["village"]["person"]
    path = f"/people/{person}/correct"
    first, second = world.client("clinician"), world.client("health_worker")
    first.post(path, corrected(world, name="Written first", reason="a"))
    late = second.post(path, corrected(world, name="Written second", reason="b"))
    assert late.status_code == 409
    assert "Written first" in late.text
    assert "Written second" in late.text
    seen = re.search(r'name="seen" value="(\d+)"', late.text)
    assert seen is not None
    assert seen.group(1) == "2"
    again = second.post(path, corrected(world, name="Written second", reason="b", seen="2"))
    assert again.status_code == 303
    with world.database.read() as connection:
        names = [entry.fields.name for entry in person_entries(connection, person)]
    assert names == ["Chen Guiying", "Written first", "Written second"]


def test_a_course_is_added_and_its_next_dose_needs_no_reason_but_another_start_does(world: World) -> None:
    person, browser = world.things["village"]["person"], world.client("clinician")
    given = {
        "drug": "denosumab",
        "dose": "60 mg",
        "start_date": "2026-01-10",
        "doses": "1",
        "last_dose_date": "2026-01-10",
    }
    assert browser.post(f"/people/{person}/treatments/new", given).status_code == 303
    with world.database.read() as connection:
        course = next(one.id for one in treatments_of(connection, person) if one.fields.doses == 1)
    further = given | {"doses": "2", "last_dose_date": "2026-07-10", "seen": "1"}
    assert browser.post(f"/treatments/{course}", further).status_code == 303
    moved = further | {"start_date": "2026-01-09", "seen": "2"}
    refused = browser.post(f"/treatments/{course}", moved)
    assert refused.status_code == 422
    assert "Say why it is corrected" in refused.text
    assert browser.post(f"/treatments/{course}", moved | {"reason": "misread"}).status_code == 303
    with world.database.read() as connection:
        assert [entry.number for entry in treatment_entries(connection, course)] == [1, 2, 3]
    text = browser.get(f"/people/{person}").text
    drawn = set(re.findall(r'class="dose" d="[^"]+" data-day="([^"]+)"', text))
    # The course that was there already, and both doses of this one: the 10th was corrected away.
    assert drawn == {"2025-03-20", "2026-01-09", "2026-07-10"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"drug": "aspirin"}, "Choose the drug"),
        ({"stop_date": "2025-01-01"}, "It stops before it begins"),
        ({"last_dose_date": "2025-01-01"}, "The last dose lies outside"),
        ({"doses": "many"}, "is no number of doses"),
        ({"start_date": "soon"}, "cannot be read as a day"),
    ],
)
def test_a_course_that_makes_no_sense_is_refused_with_words(
    world: World, changed: dict[str, str], said: str
) -> None:
    person = world.things["village"]["person"]
    answer = world.client("clinician").post(
        f"/people/{person}/treatments/new", {"drug": "denosumab", "start_date": "2026-01-10"} | changed
    )
    assert answer.status_code == 422
    assert said in answer.text


def test_a_health_worker_may_not_write_a_course(world: World) -> None:
    person = world.things["village"]["person"]
    assert (
        world.client("health_worker")
        .post(f"/people/{person}/treatments/new", {"drug": "denosumab"})
        .status_code
        == 403
    )


def test_a_fracture_that_no_visit_speaks_of_is_said_not_to_count(
    clinic: tuple[World, dict[str, str]],
) -> None:
    world, ids = clinic
    browser = world.client("health_worker")
    added = browser.post(
        f"/people/{ids['P01']}/fractures/new", {"site": "hip", "year": "2024", "low_trauma": "yes"}
    )
    assert added.status_code == 303
    text = browser.get(f"/people/{ids['P01']}").text
    assert "the verdict does not know of it: hip fracture" in text
    with world.database.read() as connection:
        (fracture,) = fractures_of(connection, ids["P01"])
    withdrawn = {
        "site": "hip",
        "year": "2024",
        "low_trauma": "yes",
        "withdrawn": "yes",
        "seen": "1",
        "reason": "another person",
    }
    assert browser.post(f"/fractures/{fracture.id}", withdrawn).status_code == 303
    assert "the verdict does not know of it" not in browser.get(f"/people/{ids['P01']}").text


def test_an_earlier_answer_is_shown_word_for_word_with_its_versions(world: World) -> None:
    things = world.things["village"]
    with world.database.write(Actor(things["clinician"], things["organisation"])) as write:
        kept = keep_result(
            write,
            things["person"],
            "assessment",
            {"headlines": ["AWGS 2019: possible sarcopenia"]},
            as_of=date(2025, 1, 2),
            language="en",
            rules_version="0.0.1+aa",
            evidence_version="0.0.1+bb",
        )
    browser = world.client("clinician")
    text = browser.get(f"/results/{kept}").text
    assert "AWGS 2019: possible sarcopenia" in text
    assert "0.0.1+aa" in text
    assert "0.0.1+bb" in text
    assert "2 January 2025" in text
    assert "This is not what holds today" in text
    assert f'href="/results/{kept}"' in browser.get(f"/people/{things['person']}").text


@pytest.mark.parametrize(
    "pattern",
    [
        "/people/{person}",
        "/people/{person}/correct",
        "/treatments/{course}",
        "/fractures/{fracture}",
        "/results/{result}",
    ],
)
def test_another_clinic_does_not_learn_that_there_is_such_a_person(world: World, pattern: str) -> None:
    browser = world.client("clinician", "hospital")
    assert browser.get(world.path(pattern, "village")).status_code == 404
    with world.database.read() as connection:
        opened = [
            line
            for line in lines(connection, person_id=world.things["village"]["person"])
            if line.action == "opened"
        ]
    assert opened == []


def test_courses_of_which_only_the_drug_is_known_are_shown(world: World) -> None:
    village = world.things["village"]
    drugs = [word for word in load_measures()["drug"].words if word != "none"]
    with world.database.write(Actor(None, village["organisation"])) as write:
        for drug in drugs:
            add_treatment(write, village["person"], TreatmentFields(drug))
    answer = world.with_session("clinician").get(world.path("/people/{person}"))
    assert answer.status_code == 200

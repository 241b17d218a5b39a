"""Worklist, people and referrals in a real browser: at a desk and on a phone, in both languages, by keyboard, under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from myosteon.app.web.standing.daily import make_ready
from myosteon.app.web.standing.keeping import Keeper
from myosteon.registry.database import Actor
from myosteon.registry.measured import Measured
from myosteon.registry.people import PersonFields, add_person
from myosteon.registry.referrals import take_step, write_referral
from myosteon.registry.treatments import TreatmentFields, add_treatment
from myosteon.registry.visits import start_visit
from web.chromium import PHONE, Served, served


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """With a late dose, a dose of this week, a screening without a next step, and a referral on its way."""
    with served(tmp_path_factory.mktemp("served")) as found:
        things = found.world.things["village"]
        with found.world.database.write(Actor(things["clinician"], things["organisation"])) as write:
            for name, last_dose in (("Liu Late", date(2026, 3, 20)), ("Ma Soon", date(2026, 5, 23))):
                person = add_person(
                    write, things["organisation"], PersonFields(name=name, sex="female", birth_year=1950)
                )
                start_visit(
                    write,
                    person,
                    things["organisation"],
                    date(2026, 11, 1),
                    {"calcium_mmol_l": Measured(2.3), "sarc_f_score": Measured(5.0)},
                    state="finished",
                )
                add_treatment(
                    write,
                    person,
                    TreatmentFields("denosumab", start_date=last_dose, last_dose_date=last_dose, doses=1),
                )
            things["asked"] = write_referral(
                write,
                things["person"],
                things["organisation"],
                question="Muscle mass by DXA?",
                to_organisation_id=found.world.things["hospital"]["organisation"],
                content={"letter": "Dear colleague,\n\n- one\n- two", "language": "en", "signed": "Zhou"},
            )
            take_step(write, things["asked"], 1, "sent")
        keeper = Keeper(found.world.database, found.world.settings.time_zone)
        keeper.rebuild()
        # The first page of a day is slower than a browser waits here.
        make_ready(keeper)
        yield found


def paths(clinic: Served) -> list[str]:
    things = clinic.world.things["village"]
    return [
        "/worklist",
        "/people",
        f"/people/{things['person']}/next-step",
        f"/people/{things['person']}/referrals/new",
        f"/referrals/{things['asked']}",
        "/people/new",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_no_page_scrolls_sideways_breaks_the_policy_or_has_two_titles(
    clinic: Served, language: str, phone: bool
) -> None:
    page = clinic.page("clinician", language, phone=phone)
    for path in paths(clinic):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert page.locator("h1").count() == 1, path
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids)), path
        unnamed = page.evaluate(
            "[...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]"
            ".filter(one => !one.labels.length).map(one => one.name)"
        )
        assert unnamed == [], path
        assert page.faults == [], path
    page.context.close()


def filled(page: Any, group: str) -> list[str]:
    """The buttons of a group that are filled with a colour."""
    script = (
        "nodes => nodes.filter(one => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')"
        ".map(one => one.textContent)"
    )
    return list(page.eval_on_selector_all(f"#{group} a.button", script))


def test_only_today_has_filled_buttons(clinic: Served) -> None:
    page = clinic.page("clinician")
    page.goto("/worklist")
    assert "Liu Late" in page.inner_text("#today")
    assert "Ma Soon" in page.inner_text("#week")
    assert len(filled(page, "today")) == page.locator("#today a.button").count() > 0
    for group in ("week", "referrals", "screened"):
        assert page.locator(f"#{group} a.button").count() > 0
        assert filled(page, group) == []
    page.context.close()


def test_targets_are_as_large_as_a_thumb_needs(clinic: Served) -> None:
    page = clinic.page("clinician", phone=True)
    page.goto("/worklist")
    for button in page.locator("main a.button:visible").all():
        assert button.bounding_box()["height"] >= 44
    assert PHONE["width"] == page.evaluate("window.innerWidth")
    page.context.close()


def test_a_person_is_found_by_keyboard_from_the_worklist(clinic: Served) -> None:
    page = clinic.page("health_worker")
    page.goto("/worklist")
    page.focus("#q")
    page.keyboard.type("liu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people")
    assert "Liu Late" in page.inner_text("table.people")
    assert "liu" not in page.url
    page.context.close()


def test_what_is_missing_is_named_at_the_top_and_leads_to_its_field(clinic: Served) -> None:
    page = clinic.page("clinician")
    page.goto(f"/people/{clinic.world.things['village']['person']}/referrals/new")
    page.fill("#question", "")
    page.get_by_role("button", name="Send", exact=True).click()
    assert page.evaluate("document.activeElement.id") == "summary"
    page.click("#summary a")
    assert page.evaluate("document.activeElement.id") == "question"
    page.context.close()

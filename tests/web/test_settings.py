"""The settings, as an administrator uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myosteon.registry.errors import DatabaseFull, DatabaseGone, DatabaseReadOnly
from myosteon.registry.organisations import read_organisation
from web.world import NUMBERS, World, make_world

CLINIC = {
    "seen": "1",
    "name": "Heping community clinic",
    "telephone": "0571 555 0100",
    "tier": "1",
    "region": "CN",
    "language": "zh",
    "can": ["laboratory", "dxa"],
}


SAME = {"Origin": "https://clinic.example"}


def again(html: str) -> dict[str, list[str]]:
    """What the form of an error's page sends again."""
    form = html[html.index('class="row after-head"') :]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields


def clinic_of(world: World) -> object:
    with world.database.read() as connection:
        return read_organisation(connection, world.things["village"]["organisation"]).fields


def test_what_is_ticked_is_what_the_clinic_can_do(world: World) -> None:
    browser = world.client("administrator")
    assert browser.post("/settings/clinic", CLINIC).status_code == 303
    fields = clinic_of(world)
    assert fields.can == ("dxa",)  # type: ignore[attr-defined]
    assert fields.cannot == ("injection", "spine_imaging")  # type: ignore[attr-defined]
    assert fields.chinese_medicine is False  # type: ignore[attr-defined]
    html = browser.get("/settings/clinic").text
    assert re.search(r'value="dxa" checked', html)
    assert not re.search(r'value="injection" checked', html)
    assert "Saved." in browser.get("/settings").text or "Heping" in html


def test_the_second_of_two_administrators_sees_both_and_overwrites_nothing(world: World) -> None:
    one, two = world.client("administrator"), world.client("administrator")
    assert one.post("/settings/clinic", CLINIC).status_code == 303
    second = two.post("/settings/clinic", {**CLINIC, "name": "Willow clinic"})
    assert second.status_code == 409
    assert "Heping community clinic" in second.text
    assert "Willow clinic" in second.text
    assert clinic_of(world).name == "Heping community clinic"  # type: ignore[attr-defined]
    seen = re.search(r'name="seen" value="(\d+)"', second.text)
    assert seen is not None
    again = two.post("/settings/clinic", {**CLINIC, "name": "Willow clinic", "seen": seen.group(1)})
    assert again.status_code == 303
    assert clinic_of(world).name == "Willow clinic"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "wrong", [{"tier": "4"}, {"region": "XX"}, {"can": ["magic"]}, {"seen": "x"}, {"language": "de"}]
)
def test_words_that_the_form_does_not_offer_are_refused(world: World, wrong: dict[str, object]) -> None:
    answer = world.client("administrator").post("/settings/clinic", {**CLINIC, **wrong})
    assert answer.status_code == 422
    assert clinic_of(world).name == "Village"  # type: ignore[attr-defined]


def test_a_field_that_is_wrong_is_named_and_linked_and_keeps_the_rest(world: World) -> None:
    answer = world.client("administrator").post(
        "/settings/users/new", {"shown_name": "Li Na", "login": "李娜", "role": "clinician"}
    )
    assert answer.status_code == 422
    assert '<a href="#login">' in answer.text
    assert 'id="login-why"' in answer.text
    assert 'value="Li Na"' in answer.text
    assert re.search(r'value="clinician" checked', answer.text)


def test_a_new_user_signs_in_with_the_password_that_is_shown_once(world: World) -> None:
    administrator = world.client("administrator")
    form = {"shown_name": "Li Na", "login": "li.na", "role": "health_worker"}
    made = administrator.post("/settings/users/new", form)
    password = re.search(r'class="secret">([^<]+)<', made.text)
    assert password is not None
    assert world.browser().sign_in("li.na", password.group(1)).status_code == 303
    assert password.group(1) not in administrator.get("/settings/users").text
    taken = administrator.post("/settings/users/new", {**form, "login": "LI.NA"})
    assert taken.status_code == 422
    assert "Another account has this name" in taken.text


def test_the_last_administrator_stays_one(world: World) -> None:
    browser = world.client("administrator")
    own = world.things["village"]["administrator"]
    form = {"shown_name": "Me", "role": "clinician"}
    assert browser.post(f"/settings/users/{own}", form).status_code == 422
    assert browser.post(f"/settings/users/{own}/close", {"typed": "administrator.village"}).status_code == 422
    colleague = world.path("/settings/users/{account}")
    assert browser.post(colleague, {"shown_name": "Other", "role": "administrator"}).status_code == 303
    assert browser.post(f"/settings/users/{own}", form).status_code == 303


def test_an_account_is_closed_only_after_its_name_was_typed(world: World) -> None:
    browser, path = world.client("administrator"), world.path("/settings/users/{account}/close")
    assert browser.post(path, {"typed": "yes"}).status_code == 422
    assert browser.post(path, {"typed": "colleague.village"}).status_code == 303
    assert "closed" in browser.get("/settings/users").text


def test_a_role_that_was_changed_counts_at_once(world: World) -> None:
    browser, clinician = world.client("administrator"), world.client("clinician")
    path = f"/settings/users/{world.things['village']['clinician']}"
    browser.post(path, {"shown_name": "Now a researcher", "role": "researcher"})
    assert clinician.get(world.path("/people/{person}")).status_code == 303


def test_a_hospital_joins_with_an_administrator_who_sees_nobody_of_the_village(world: World) -> None:
    browser = world.client("administrator")
    made = browser.post("/settings/organisations/new", {"name": "County", "tier": "2", "login": "county"})
    password = re.search(r'class="secret">([^<]+)<', made.text)
    assert password is not None
    other = world.browser()
    other.sign_in("county", password.group(1))
    form = {
        "old_password": password.group(1),
        "new_password": "one two three four",
        "again_password": "one two three four",
    }
    other.post("/settings/password", form)
    assert "administrator.village" not in other.get("/settings/users").text
    assert other.get(world.path("/settings/users/{account}")).status_code == 404


def test_a_backup_is_made_listed_and_whole(world: World) -> None:
    from myosteon.registry.backup import backups, check_backup

    browser = world.client("administrator")
    assert "No backup yet" in browser.get("/settings/backups").text
    assert browser.post("/settings/backups").status_code == 303
    html = browser.get("/settings/backups").text
    assert "Backup made." in html
    assert world.settings.backups is not None
    (made,) = backups(world.settings.backups)
    assert made.path.name in html
    assert check_backup(made.path).is_whole


def test_a_backup_that_cannot_be_written_is_said_without_the_folder(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    (tmp_path / "backups").write_text("a file in the way")
    answer = world.client("administrator").post("/settings/backups")
    assert answer.status_code == 422
    assert "cannot be written" in answer.text
    assert str(tmp_path) not in answer.text


def test_the_trail_tells_who_opened_a_person_and_holds_no_name(world: World) -> None:
    world.client("clinician").get(world.path("/people/{person}"))
    browser = world.client("administrator")
    html = browser.post("/settings/record", {"person": NUMBERS["village"]}).text
    assert "opened: person" in html
    assert "clinician of the village" in html
    assert "Guiying" not in html
    nobody = browser.post("/settings/record", {"person": NUMBERS["hospital"]})
    assert nobody.status_code == 422
    assert "Nobody of this clinic" in nobody.text
    assert browser.post("/settings/record", {"day": "20.11.2026"}).status_code == 422
    assert "No line fits" in browser.post("/settings/record", {"day": "2026-11-19"}).text
    assert "signed in" in browser.post("/settings/record", {"day": "2026-11-20"}).text


def test_a_line_that_was_changed_is_found(world: World) -> None:
    browser = world.client("administrator")
    assert "The chain is whole" in browser.post("/settings/record/check").text
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET action = 'vanished' WHERE number = 3")
    assert "Line 3 was changed" in browser.post("/settings/record/check").text


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (DatabaseFull, "no room left"),
        (DatabaseReadOnly, "can only be read"),
        (DatabaseGone, "does not answer"),
    ],
)
def test_a_database_in_trouble_is_told_and_what_was_typed_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception], said: str
) -> None:
    browser = world.client("administrator")
    token = browser.token()

    def broken(*_: object, **__: object) -> None:
        raise trouble("x")

    monkeypatch.setattr("myosteon.app.web.pages.clinic.change_organisation", broken)
    answer = browser.post("/settings/clinic", {**CLINIC, "csrf": token})
    assert answer.status_code == 503
    assert said in answer.text
    assert "was not saved" in answer.text
    assert 'value="Heping community clinic"' in answer.text
    assert answer.headers["retry-after"] == "10"
    monkeypatch.undo()
    assert browser.post("/settings/clinic", CLINIC).status_code == 303


def test_a_database_that_is_gone_gives_a_page_and_no_fault(world: World) -> None:
    browser = world.client("administrator")
    token = browser.token()
    assert world.database.file is not None
    away = world.database.file.with_name("away.sqlite")
    world.database.file.rename(away)
    answer = browser.get("/settings")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    assert browser.get("/health").status_code == 503
    lost = browser.http.post("/settings/clinic", data={**CLINIC, "csrf": token}, headers=SAME)
    assert lost.status_code == 503
    assert 'value="Heping community clinic"' in lost.text
    away.rename(world.database.file)
    sent = again(lost.text)
    assert browser.http.post("/settings/clinic", data=sent, headers=SAME).status_code == 303
    assert browser.get("/settings").status_code == 200


def test_what_was_typed_outlives_a_session_that_ended(world: World) -> None:
    browser = world.client("administrator")
    token = browser.token()
    world.forward(hours=1)
    answer = browser.http.post("/settings/clinic", data={**CLINIC, "csrf": token}, headers=SAME)
    assert answer.status_code == 401
    assert 'value="Heping community clinic"' in answer.text
    browser.sign_in("administrator.village")
    late = browser.http.post("/settings/clinic", data={**CLINIC, "csrf": token}, headers=SAME)
    assert late.status_code == 403
    assert 'value="Heping community clinic"' in late.text
    assert browser.http.post("/settings/clinic", data=again(late.text), headers=SAME).status_code == 303


def test_a_database_that_can_only_be_read_still_shows_its_pages(world: World) -> None:
    browser = world.client("administrator")
    world.forward(minutes=5)
    with world.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    # Each connection of the pool is asked in turn; the one above refuses to write.
    for _ in range(3):
        assert browser.get("/settings").status_code == 200

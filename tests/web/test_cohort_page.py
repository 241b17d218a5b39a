"""Cohorts: the same numbers as the command line, small cells left out, hostile files refused with words, nothing kept."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from html import unescape
from math import sqrt
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest

from myosteon.app.demo_cohort import make_demo_cohort, write_demo_cohort
from myosteon.app.web.cohort import choice, uploading
from myosteon.readers.table import read_table
from myosteon.registry.accounts import Role
from myosteon.registry.audit import lines
from myosteon.registry.database import Actor
from myosteon.registry.loading import load_people
from myosteon.registry.people import count_people
from web.world import NAMES, NUMBERS, Browser, World

CROWD = 400
HEAD = "person_id,visit_date,sex,age_years,height_cm,alm_kg,mass_method,grip_kg,gait_speed_m_s"
# Under AWGS 2019 she has severe sarcopenia, and she nothing: values far from every limit.
WEAK = "2026-05-01,female,74,155,10.0,dxa,12,0.5"
STRONG = "2026-05-01,female,74,155,19.0,dxa,30,1.4"


@pytest.fixture(scope="module")
def crowd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "crowd.csv"
    write_demo_cohort(path, CROWD)
    return path


def send(browser: Browser, content: bytes, name: str = "people.csv", give: str = "look") -> httpx.Response:
    return browser.post("/cohorts/upload", {"give": give}, files={"file": (name, content)})


def table(*rows: str) -> bytes:
    return "\n".join((HEAD, *(f"{number},{row}" for number, row in enumerate(rows)))).encode()


def fill(world: World, content: bytes, tmp_path: Path) -> None:
    """Takes people into the village beside the one who is there."""
    file = tmp_path / "fill.csv"
    file.write_bytes(content)
    things = world.things["village"]
    actor = Actor(things["clinician"], things["organisation"])
    load_people(world.database, actor, things["organisation"], read_table(file).frame)


def frame_of(answer: httpx.Response) -> pl.DataFrame:
    assert answer.status_code == 200, answer.text
    return pl.read_csv(io.BytesIO(answer.content), infer_schema_length=None)


@cache
def command_line(command: str, file: Path, *options: str) -> bytes:
    asked = [sys.executable, "-m", "myosteon", command, str(file), *options]
    done = subprocess.run(asked, capture_output=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def wilson(yes: int, judged: int) -> tuple[float, float]:
    """The interval by its formula, as in Wilson 1927."""
    z, share = 1.959963984540054, yes / judged
    middle = (share + z * z / (2 * judged)) / (1 + z * z / judged)
    half = z * sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged)) / (1 + z * z / judged)
    return middle - half, middle + half


# --- the same numbers ------------------------------------------------------------------------------------------


def test_the_prevalences_of_a_file_are_those_that_one_counts_in_the_results_of_the_command_line(
    shared_world: World, crowd_file: Path
) -> None:
    told = frame_of(
        send(shared_world.with_session("researcher"), crowd_file.read_bytes(), give="prevalence.csv")
    )
    results = pl.read_csv(command_line("assess", crowd_file, "-o", "-"), infer_schema_length=None)
    compared = 0
    for row in told.filter(pl.col("sex") == "all", ~pl.col("suppressed")).to_dicts():
        proved = results[f"sarcopenia_{row['definition']}"].is_in(["confirmed", "severe"]).sum()
        upto = results[f"sarcopenia_{row['definition']}_upto"].is_in(["confirmed", "severe"]).sum()
        assert (row["judged"], row["proved"], row["open"]) == (CROWD, proved, upto - proved)
        low, high = wilson(proved, CROWD)
        assert (row["share"], row["lo"], row["hi"]) == pytest.approx((proved / CROWD, low, high), abs=1e-6)
        compared += 1
    assert compared >= 5


def test_the_key_figures_are_those_of_the_command_line(shared_world: World, crowd_file: Path) -> None:
    page = unescape(send(shared_world.with_session("researcher"), crowd_file.read_bytes()).text)
    told = json.loads(command_line("kpi", crowd_file, "--format", "json"))
    assert f"{told['people']} {told['among']}" in page
    for figure in told["figures"]:
        row = page.split(f">{figure['number']} {figure['label']}<")[1].split("</tr>")[0]
        if figure["estimate"] is None or figure["among"] is None:
            assert "not computed" in row
        else:
            assert f"{figure['met']}/{figure['among']:,}" in row


def test_the_clinic_shows_the_same_numbers_as_the_file_that_it_was_filled_from(
    world: World, tmp_path: Path
) -> None:
    fill(world, table(*[WEAK] * 30, *[STRONG] * 50), tmp_path)
    browser = world.with_session("researcher")
    told = frame_of(browser.get("/cohorts/clinic/export?what=prevalence&form=csv&age_from=70&age_to=75"))
    (row,) = told.filter(pl.col("definition") == "awgs2019", pl.col("sex") == "all").to_dicts()
    assert (row["judged"], row["proved"], row["open"], row["excluded"]) == (80, 30, 0, 50)
    page = browser.get("/cohorts/clinic?age_from=70&age_to=75").text
    assert re.search(r"37\.5\s%", page)
    assert "Women" in page


@pytest.mark.parametrize(
    ("query", "people"),
    [("", 36), ("?age_from=75", 16), ("?age_to=75", 20), ("?sex=male", 12), ("?seen=1&age_to=75", 14)],
)
def test_people_are_chosen_by_age_sex_and_last_visit(
    world: World, tmp_path: Path, query: str, people: int
) -> None:
    old = WEAK.replace(",74,", ",81,")
    man = STRONG.replace("female", "male").replace(",74,", ",72,")
    long_ago = STRONG.replace("2026-05-01", "2020-05-01").replace(",74,", ",60,")
    fill(world, table(*[old] * 15, *[man] * 12, *[long_ago] * 6, *[STRONG] * 2), tmp_path)
    text = world.with_session("researcher").get(f"/cohorts/clinic{query}").text
    assert f"<dt>People</dt><dd>{people}</dd>" in text


def test_of_several_visits_the_last_by_today_counts(world: World, tmp_path: Path) -> None:
    later, beyond = STRONG.replace("2026-05-01", "2026-06-01"), WEAK.replace("2026-05-01", "2027-01-01")
    rows = [f"{person},{visit}" for person in range(12) for visit in (WEAK, later, beyond)]
    fill(world, "\n".join((HEAD, *rows)).encode(), tmp_path)
    told = frame_of(world.with_session("researcher").get("/cohorts/clinic/export?age_from=70&age_to=75"))
    (row,) = told.filter(pl.col("definition") == "awgs2019", pl.col("sex") == "all").to_dicts()
    assert (row["judged"], row["proved"], row["excluded"]) == (12, 0, 12)


def test_a_clinic_that_is_too_large_to_count_is_told_what_to_do(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world, table(*[WEAK] * 12), tmp_path)
    monkeypatch.setattr(choice, "MOST_PEOPLE", 12)
    answer = world.with_session("researcher").get("/cohorts/clinic")
    assert answer.status_code == 422
    assert "myosteon assess --report" in answer.text


# --- small cells -----------------------------------------------------------------------------------------------


def test_fewer_than_ten_people_are_not_shown_and_not_exported(shared_world: World) -> None:
    browser = shared_world.with_session("researcher")
    page = send(browser, table(*[WEAK] * 9))
    assert page.status_code == 200
    assert "Fewer than 10 people" in page.text
    assert "%" not in page.text.split("<main")[1].split("</main>")[0]
    for give in ("prevalence.csv", "people.csv", "people.parquet"):
        refused = send(browser, table(*[WEAK] * 9), give=give)
        assert refused.status_code == 422
        assert "Fewer than 10 people" in refused.text
    assert browser.get("/cohorts/clinic/export?what=people&form=csv").status_code == 422
    assert send(browser, table(*[WEAK] * 10)).text.count("Prevalence by definition") == 1


def test_a_cell_of_three_people_is_left_out_of_the_page_and_of_the_export(shared_world: World) -> None:
    browser = shared_world.with_session("researcher")
    content = table(*[WEAK] * 3, *[STRONG] * 47)
    page = unescape(send(browser, content).text)
    assert "not shown" in page
    assert "Cells of 1 to 9 people are not shown" in page
    assert not re.search(r"\b6\.0\s%", page)  # 3 of 50
    told = frame_of(send(browser, content, give="prevalence.csv"))
    (row,) = told.filter(pl.col("definition") == "awgs2019", pl.col("sex") == "all").to_dicts()
    assert row["suppressed"]
    assert [row[name] for name in ("proved", "open", "excluded", "share", "lo", "hi")] == [None] * 6


def test_rows_without_identity_hold_nothing_that_names_somebody(
    shared_world: World, crowd_file: Path
) -> None:
    browser = shared_world.with_session("researcher")
    told = frame_of(send(browser, crowd_file.read_bytes(), give="people.csv"))
    given = make_demo_cohort(CROWD)
    assert told.height == CROWD
    assert not {"person_id", "visit_date", "age_years", "clinic", "ethnicity", "medications"} & set(
        told.columns
    )
    assert {"sex", "age_band", "grip_kg", "sarcopenia_awgs2019", "sarcopenia_awgs2019_upto"} <= set(
        told.columns
    )
    words = set(told.select(pl.selectors.string()).unpivot()["value"].drop_nulls())
    assert not words & set(given["person_id"])
    bands = told.group_by("sex", "age_band").len().filter(pl.col("age_band").is_not_null())
    assert bands["len"].min() >= 10
    # An order of chance: the file's own order would number the people.
    again = frame_of(send(browser, crowd_file.read_bytes(), give="people.csv"))
    assert not again.equals(told)
    assert again.sort(pl.all()).equals(told.sort(pl.all()))


def test_an_old_person_alone_in_her_band_has_no_band(shared_world: World) -> None:
    content = table(WEAK.replace(",74,", ",97,"), *[STRONG] * 12)
    told = frame_of(send(shared_world.with_session("researcher"), content, give="people.csv"))
    assert sorted(told["age_band"].fill_null("").to_list()) == ["", *["70-74"] * 12]
    assert told.filter(pl.col("age_band").is_null())["sex"].to_list() == [None]


def test_parquet_holds_the_same_as_csv(shared_world: World) -> None:
    browser, content = shared_world.with_session("researcher"), table(*[WEAK] * 12, *[STRONG] * 12)
    told = frame_of(send(browser, content, give="prevalence.csv"))
    answer = send(browser, content, give="prevalence.parquet")
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="myosteon-cohort-prevalence.parquet"'
    )
    assert answer.headers["cache-control"] == "no-store"
    assert pl.read_parquet(io.BytesIO(answer.content)).equals(told)


# --- who -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("researcher", 200), ("clinician", 200), ("health_worker", 403), ("administrator", 403)],
)
def test_cohorts_are_for_researchers_and_clinicians(role: Role, status: int, shared_world: World) -> None:
    assert shared_world.with_session(role).get("/cohorts").status_code == status
    assert shared_world.with_session(role).get("/cohorts/clinic").status_code == status


def test_a_researcher_sees_no_name_and_opens_no_person(world: World, tmp_path: Path) -> None:
    fill(world, table(*[WEAK] * 12, *[STRONG] * 12), tmp_path)
    browser = world.with_session("researcher")
    for path in ("/cohorts", "/cohorts/clinic", "/cohorts/clinic/export?what=people&form=csv"):
        answer = browser.get(path)
        assert answer.status_code == 200
        for known in (*NAMES.values(), *NUMBERS.values(), world.things["village"]["person"]):
            assert known not in answer.text
    assert browser.get(f"/people/{world.things['village']['person']}").status_code == 403


def test_people_of_another_clinic_are_in_no_cohort(world: World, tmp_path: Path) -> None:
    fill(world, table(*[WEAK] * 12), tmp_path)
    page = world.with_session("researcher", "hospital").get("/cohorts/clinic").text
    assert "Fewer than 10 people" in page


def test_whoever_exports_is_written_down(world: World, tmp_path: Path) -> None:
    fill(world, table(*[WEAK] * 12), tmp_path)
    world.with_session("researcher").get("/cohorts/clinic/export?what=people&form=csv")
    with world.database.read() as connection:
        newest = lines(connection, limit=1)[0]
    assert (newest.action, newest.kind, newest.detail) == ("exported", "cohort", {"what": "clinic people"})
    assert newest.account_id == world.things["village"]["researcher"]


# --- files -----------------------------------------------------------------------------------------------------


def workbook(sheet: str, strings: str = "", parts: int = 0) -> bytes:
    """A workbook by hand, as small or as monstrous as is wanted."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", CONTENT_TYPES)
        book.writestr("_rels/.rels", RELATIONS)
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", BOOK_RELATIONS)
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        )
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        for number in range(parts):
            book.writestr(f"xl/media/{number}.xml", "")
    return target.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
BOOK_RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
ROW = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'


def bomb() -> bytes:
    """Less than a megabyte that becomes 300."""
    return workbook(" " * (300 * 1024 * 1024))


def echo() -> bytes:
    """60,000 cells that all point to one text of 30,000 letters: two gigabytes when it is read."""
    return workbook(ROW * 30_000, "<si><t>" + "a" * 30_000 + "</t></si>")


def lying() -> bytes:
    """A bomb that says of itself that it is small."""
    size = (300 * 1024 * 1024).to_bytes(4, "little")
    # The sheet has a little around what fills it, so only the upper bytes of its size are the same.
    return re.sub(rb"[\s\S]{2}" + re.escape(size[2:]), (100).to_bytes(4, "little"), bomb())


HOSTILE: dict[str, tuple[str, Any, str]] = {
    "another kind": ("people.parquet", b"PAR1 PAR1", "Only CSV and Excel"),
    "a program": ("people.exe", b"MZ", "Only CSV and Excel"),
    "no ending": ("people", b"a,b", "Only CSV and Excel"),
    "zero bytes": ("people.csv", b"person_id,sex\n1,fem\x00ale\n", ""),
    "a western encoding": (
        "people.csv",
        "person_id,sex,name\n1,female,José Gómez Núñez\n".encode("latin-1"),
        "",
    ),
    "nothing in it": ("people.csv", b"", ""),
    "a header that never ends": ("people.csv", b"a" * 3_000_000, "columns"),
    "a million columns": ("people.csv", b"," * 1_000_000 + b"\n1\n", "columns"),
    "a quotation that never ends": ("people.csv", b'person_id,sex,age_years\n1,"female,70\n', ""),
    "more fields than columns": ("people.csv", b"person_id,sex,age_years\n1,female,70,1,2,3\n", ""),
    "a picture by another name": ("people.csv", b"\x89PNG\r\n\x1a\n" + b"\x01" * 50, ""),
    "a damaged workbook": ("people.xlsx", b"PK\x03\x04 and no more", "damaged"),
    "a workbook of nothing": ("people.xlsx", workbook(""), ""),
    "a bomb": ("people.xlsx", bomb, "far larger"),
    "a bomb that lies": ("people.xlsx", lying, "far larger"),
    "an echo": ("people.xlsx", echo, "far larger"),
    "a thousand parts": ("people.xlsx", workbook("", parts=1000), "far larger"),
    "an old workbook of nothing": ("people.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ""),
    "a path for a name": ("../../etc/passwd.csv", b"no,header,here\n", ""),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_bad_or_hostile_file_is_refused_with_words(what: str, shared_world: World) -> None:
    name, content, said = HOSTILE[what]
    before = leftovers()
    answer = send(shared_world.with_session("researcher"), content() if callable(content) else content, name)
    assert answer.status_code == 422, answer.text[:500]
    text = unescape(answer.text)
    why = text.split('id="file-why"')[1].split("</p>")[0]
    assert said in why
    assert len(re.sub(r"<[^>]+>", "", why)) > 20
    assert tempfile.gettempdir() not in text, "no path of the machine"
    assert 'href="#file"' in text, "the summary leads to the field"
    assert leftovers() == before


def leftovers() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("myosteon-*")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refusal_speaks_the_language_of_the_page(language: str, world: World) -> None:
    browser = world.with_session("clinician")
    browser.post(f"/language/{language}", {"to": "/cohorts"})
    text = send(browser, b"MZ", "people.exe").text
    assert ("此处只收CSV和Excel文件" in text) is (language == "zh")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(shared_world: World) -> None:
    content = table(WEAK) + b"\n" * uploading.LARGEST_BYTES
    answer = send(shared_world.with_session("researcher"), content + b"\n" * 100_000)
    assert answer.status_code == 413


def test_no_file_is_said_beside_the_field(shared_world: World) -> None:
    answer = shared_world.with_session("researcher").post("/cohorts/upload", {"give": "look"})
    assert answer.status_code == 422
    assert 'id="file-why"' in answer.text


def test_a_workbook_gives_the_same_prevalences_as_a_table(shared_world: World) -> None:
    pytest.importorskip("xlsxwriter")
    content = table(*[WEAK] * 12, *[STRONG] * 20)
    target = io.BytesIO()
    pl.read_csv(content).write_excel(target)
    browser = shared_world.with_session("researcher")
    told = send(browser, target.getvalue(), "people.xlsx", "prevalence.csv")
    assert frame_of(told).equals(frame_of(send(browser, content, give="prevalence.csv")))


def test_a_file_that_is_looked_at_leaves_nothing_behind(world: World) -> None:
    before = leftovers()
    page = send(world.with_session("clinician"), table(*[WEAK] * 12))
    assert "Nothing of the file was kept" in page.text
    with world.database.read() as connection:
        assert count_people(connection, world.things["village"]["organisation"]) == 1
    assert leftovers() == before


def test_a_clinician_may_take_the_people_in_and_a_researcher_may_not(world: World) -> None:
    content = table(*[WEAK] * 12)
    assert send(world.with_session("researcher"), content, give="import").status_code == 403
    answer = send(world.with_session("clinician"), content, give="import")
    assert answer.status_code == 200
    assert "12 people and 12 visits were added" in answer.text
    with world.database.read() as connection:
        assert count_people(connection, world.things["village"]["organisation"]) == 13

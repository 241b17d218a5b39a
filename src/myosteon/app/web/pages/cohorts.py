"""Cohorts: this clinic's people, or a file that is looked at and not kept; counts, and exports without identity."""

from __future__ import annotations

import polars as pl
from starlette.responses import Response

from myosteon.app.web.call import Call
from myosteon.app.web.cohort.choice import AGES, SEXES, YEARS, Choice, choose_people
from myosteon.app.web.cohort.counting import CohortCounts, count_cohort
from myosteon.app.web.cohort.exports import FORMS, WHAT, export
from myosteon.app.web.cohort.page import cohort_page, is_too_few
from myosteon.app.web.cohort.uploading import LARGEST_BYTES, read_upload
from myosteon.app.web.refusals import NotFound, Problem, Refused, Unusable
from myosteon.app.web.routing import Asked, Pages
from myosteon.errors import InputError
from myosteon.readers.reading import Reading
from myosteon.registry.audit import record
from myosteon.registry.database import Actor
from myosteon.registry.loading import load_people

pages = Pages()
# What may be done with a file: looked at, exported, or taken into the registry.
LOOK, IMPORT = "look", "import"
GIVEN = (LOOK, *(f"{what}.{form}" for what in WHAT for form in FORMS), IMPORT)
FILE = "file"
# The fields of a form come on top of the file.
ROOM_BYTES = 64 * 1024
MOST_NOTICES = 12


@pages.get("/cohorts", permission="cohort.read")
def choose(call: Asked) -> Response:
    """Whom a cohort is to be about."""
    return _choose(call)


@pages.get("/cohorts/clinic", permission="cohort.read")
def show_clinic(call: Asked) -> Response:
    """The people of this clinic who fit a choice, counted as of today."""
    choice = Choice.of(call.request.query_params)
    counts = count_cohort(_people(call, choice))
    _write_down(call, "looked_at", "clinic")
    return _show(call, counts, choice=choice)


@pages.get("/cohorts/clinic/export", permission="cohort.read")
def export_clinic(call: Asked) -> Response:
    """The same as a file: `?what=prevalence&form=csv`."""
    asked = call.request.query_params
    what, form = asked.get("what", WHAT[0]), asked.get("form", "csv")
    if what not in WHAT or form not in FORMS:
        raise NotFound()
    counts = count_cohort(_people(call, Choice.of(asked)))
    _stop_if_few(counts)
    _write_down(call, "exported", f"clinic {what}")
    return export(counts, what, form)


@pages.post(
    "/cohorts/upload",
    permission="cohort.write",
    fields=(FILE, "give"),
    largest=LARGEST_BYTES + ROOM_BYTES,
)
def look_at_file(call: Asked) -> Response:
    """A file of people, judged and counted. Nothing of it is kept, unless it is to be taken into the registry."""
    give = call.form.get("give", LOOK)
    if give not in GIVEN:
        raise Unusable("cohort.upload.what")
    if give == IMPORT:
        call.need("person.write")
    try:
        with read_upload(call.upload(FILE)) as reading:
            return _take_in(call, reading) if give == IMPORT else _answer(call, reading, give)
    except Refused as error:
        if error.status != Unusable.status:
            raise
        return _choose(call, call.say(error.reason or f"{error.key}.says", **error.parts))
    except InputError as error:
        return _choose(call, call.said(error))


def _answer(call: Call, reading: Reading, give: str) -> Response:
    counts = count_cohort(reading.frame.collect().lazy(), reading)
    if give == LOOK:
        _write_down(call, "looked_at", "file")
        return _show(call, counts, reading=reading)
    _stop_if_few(counts)
    what, form = give.split(".")
    _write_down(call, "exported", f"file {what}")
    return export(counts, what, form)


def _take_in(call: Call, reading: Reading) -> Response:
    own = call.organisation.id
    loaded = load_people(call.database, Actor(call.account.id, own), own, reading.frame)
    return call.page("cohort/taken.html", loaded=loaded, refused=reading.refused_in_all)


def _show(
    call: Call, counts: CohortCounts, choice: Choice | None = None, reading: Reading | None = None
) -> Response:
    if is_too_few(counts):
        return call.page("cohort/few.html", choice=choice)
    notices = [notice.describe(call.language) for notice in reading.notices] if reading else []
    return call.page(
        "cohort/show.html",
        page=cohort_page(counts, call.language),
        choice=choice,
        query=choice.as_query() if choice else "",
        notices=notices[:MOST_NOTICES],
        exports=[(what, form) for what in WHAT for form in FORMS],
    )


def _choose(call: Call, wrong: str = "") -> Response:
    problems = [Problem(FILE, wrong)] if wrong else []
    return call.page(
        "cohort/choose.html",
        status=422 if wrong else 200,
        problems=problems,
        ages=AGES,
        sexes=SEXES,
        years=YEARS,
        given=[one for one in GIVEN if one != IMPORT or call.may("person.write")],
        megabytes=LARGEST_BYTES // 1024 // 1024,
    )


def _people(call: Call, choice: Choice) -> pl.LazyFrame:
    with call.read() as connection:
        return choose_people(connection, call.organisation.id, choice, call.today).lazy()


def _stop_if_few(counts: CohortCounts) -> None:
    if is_too_few(counts):
        raise Unusable("cohort.few_to_export")


def _write_down(call: Call, action: str, what: str) -> None:
    with call.write() as write:
        record(write, action, "cohort", None, detail={"what": what})

"""The clinic as it is served, over a large registry: its import, the page of a person, a visit, the worklist, the search."""

from __future__ import annotations

import os
import random
import re
import resource
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

import httpx
from clinic_load import Visitor, hold_rate, served
from clinic_people import LOGIN, ZONE, fill
from sqlalchemy import text

from myosteon.registry.database import Database, open_database

Report = dict[str, Any]
PAGES_A_SECOND = 20
VISITS_A_SECOND = 2
WORKLISTS_A_SECOND = 5
SEARCHES_A_SECOND = 5
SECONDS = 30
WARM_UP = 20
GIB = 1024**3
# What somebody types of a name, a number or a year: whole, in part, in sounds, and with a slip.
TYPED = ("陈桂英", "桂兰", "chen", "guiying", "gy", "guiyng", "B0123", "1948", "英 1950", "zhang lan", "xqxq")


def clinic_import(database: str, people: int) -> Report:
    """Everybody into an empty registry, ten visits each."""
    opened = open_database(database)
    told = fill(opened, people)
    size = _size(opened)
    opened.close()
    return {
        **told,
        "people": people,
        "load": os.getloadavg()[0],
        "gib": size / GIB,
        "processor_s": resource.getrusage(resource.RUSAGE_SELF).ru_utime,
    }


def clinic_person_page(database: str, _: int) -> Report:
    """The page of somebody, of whom it is open who."""

    def asks_of(visitor: Visitor) -> Any:
        async def asks(client: httpx.AsyncClient, chance: random.Random) -> dict[str, float]:
            return {"page": await _get(client, f"/people/{chance.choice(visitor.people)}")}

        return asks

    return _measure(database, asks_of, PAGES_A_SECOND)


def clinic_worklist(database: str, _: int) -> Report:
    """The page that the day begins with."""

    def asks_of(_: Visitor) -> Any:
        async def asks(client: httpx.AsyncClient, _: random.Random) -> dict[str, float]:
            return {"page": await _get(client, "/worklist")}

        return asks

    return _measure(database, asks_of, WORKLISTS_A_SECOND)


def clinic_search(database: str, _: int) -> Report:
    """Somebody is looked for among everybody."""

    def asks_of(visitor: Visitor) -> Any:
        async def asks(client: httpx.AsyncClient, chance: random.Random) -> dict[str, float]:
            form = {"csrf": visitor.csrf, "q": chance.choice(TYPED)}
            return {"page": (await _post(client, "/people", form, 200))[0]}

        return asks

    return _measure(database, asks_of, SEARCHES_A_SECOND)


def clinic_save_visit(database: str, _: int) -> Report:
    """A visit from its day to its end: begun, two screens saved, finished, the verdicts kept and the worklist renewed."""
    day = datetime.now(ZONE).date().isoformat()

    def asks_of(visitor: Visitor) -> Any:
        async def asks(client: httpx.AsyncClient, chance: random.Random) -> dict[str, float]:
            csrf, found, begun = {"csrf": visitor.csrf}, None, 0.0
            while found is None:
                # Somebody who was here today already has one visit of the day: another person is asked for.
                path = f"/people/{chance.choice(visitor.people)}/visits/new"
                begun, on = await _post(client, path, {**csrf, "day": day}, 303)
                found = re.fullmatch(r"(/visits/\w+)/steps/\w+", on)
            visit = found[1]
            size, _ = await _post(client, f"{visit}/steps/size", {**csrf, **_size_form(chance)}, 303)
            walk = {"seen": "2", "gait_speed_m_s": f"{chance.uniform(0.4, 1.4):.2f}"}
            walking, _ = await _post(client, f"{visit}/steps/walking", {**csrf, **walk}, 303)
            finishing, _ = await _post(client, f"{visit}/check", {**csrf, "seen": "3"}, 303)
            return {"begin": begun, "screen": size, "second_screen": walking, "finish": finishing}

        return asks

    return _measure(database, asks_of, VISITS_A_SECOND)


def _size_form(chance: random.Random) -> dict[str, str]:
    return {
        "seen": "1",
        "height_cm": "151",
        "weight_kg": f"{chance.uniform(40, 80):.1f}",
        "calf_circumference_cm": "30",
        "grip_left_1": f"{chance.uniform(8, 30):.1f}",
        "grip_right_1": f"{chance.uniform(8, 30):.1f}",
        "grip.unit": "kg",
        "grip_device": "spring",
        "grip_posture": "seated",
        "grip_kg": "",
    }


def _measure(database: str, asks_of: Callable[[Visitor], Any], rate: float) -> Report:
    with served(database, LOGIN) as visitor:
        told = hold_rate(visitor, asks_of(visitor), rate=rate, seconds=SECONDS, warm_up=WARM_UP)
    return {**told, "rate": rate, "seconds": SECONDS}


async def _get(client: httpx.AsyncClient, path: str) -> float:
    began = perf_counter()
    answer = await client.get(path)
    return _taken(answer, began, 200)


async def _post(client: httpx.AsyncClient, path: str, form: dict[str, str], status: int) -> tuple[float, str]:
    began = perf_counter()
    answer = await client.post(path, data=form)
    return _taken(answer, began, status), answer.headers.get("location", "")


def _taken(answer: httpx.Response, began: float, status: int) -> float:
    seconds = perf_counter() - began
    if answer.status_code != status:
        raise RuntimeError(f"the clinic answered {answer.status_code} where {status} was due")
    return seconds


def _size(database: Database) -> int:
    if database.file is not None:
        return sum(file.stat().st_size for file in database.file.parent.glob(database.file.name + "*"))
    with database.read() as connection:
        return int(connection.execute(text("select pg_database_size(current_database())")).scalar_one())


CASES: dict[str, Callable[[str, int], Report]] = {
    case.__name__: case
    for case in (clinic_import, clinic_person_page, clinic_save_visit, clinic_worklist, clinic_search)
}

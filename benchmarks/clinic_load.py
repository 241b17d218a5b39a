"""Asks a served clinic at a held rate: a late answer counts from when it should have been asked for, not from when it was."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import select

from myosteon.app.web.cookies import SESSION
from myosteon.app.web.web_settings import Limits
from myosteon.registry.accounts import account_by_login
from myosteon.registry.database import Actor, open_database
from myosteon.registry.schema import person
from myosteon.registry.sessions import start_session

SECONDS_TO_START = 120
SECONDS_TO_STOP = 30
SECONDS_TO_ANSWER = 60.0


@dataclass(frozen=True, slots=True)
class Visitor:
    """A clinician who is signed in to a served clinic, and everybody of the clinic."""

    address: str
    token: str
    csrf: str
    people: tuple[str, ...]

    def client(self) -> httpx.AsyncClient:
        """A browser that keeps its connections."""
        return httpx.AsyncClient(
            base_url=self.address,
            cookies={SESSION: self.token},
            headers={"Origin": self.address},
            timeout=SECONDS_TO_ANSWER,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
        )


Asks = Callable[[httpx.AsyncClient, random.Random], Awaitable[dict[str, float]]]
"""One question, or a chain of them: the seconds that each part of it took, counted from the call."""


@contextmanager
def served(database: str, login: str) -> Iterator[Visitor]:
    """The clinic as `myosteon serve` serves it, in a process of its own, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "myosteon", "serve", "--database", database, "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server)
            yield _sign_in(address, database, login)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the clinic ended with {server.returncode} before it answered")
        try:
            httpx.get(f"{address}/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the clinic does not answer")


def _sign_in(address: str, where: str, login: str) -> Visitor:
    database = open_database(where)
    with database.read() as connection:
        found = account_by_login(connection, login)
        people = tuple(connection.execute(select(person.c.id).order_by(person.c.identifier)).scalars())
    if found is None:
        raise RuntimeError(f"there is no account {login}")
    account = found[0]
    with database.write(Actor(account.id, account.organisation_id)) as write:
        token, session = start_session(write, account.id, Limits().session)
    database.close()
    return Visitor(address, token, session.csrf_token, people)


def hold_rate(visitor: Visitor, asks: Asks, *, rate: float, seconds: float, warm_up: int) -> dict[str, Any]:
    """Asks `rate` times a second for some seconds, whether answers come or not; milliseconds of each part.

    `warm_up` questions are asked before, one after another, and not counted.
    """
    taken = asyncio.run(_hold(visitor, asks, rate, seconds, warm_up))
    parts = {name: sorted(one[name] * 1000 for one in taken) for name in taken[0]}
    return {
        "asked": len(taken),
        "load": os.getloadavg()[0],
        "parts": {
            name: {
                "median_ms": _share(times, 0.5),
                "most_ms": times[-1],
                "ms_95": _share(times, 0.95),
            }
            for name, times in parts.items()
        },
    }


async def _hold(
    visitor: Visitor, asks: Asks, rate: float, seconds: float, warm_up: int
) -> list[dict[str, float]]:
    chance = random.Random(20261120)
    async with visitor.client() as client:
        for _ in range(warm_up):
            await asks(client, chance)
        began = time.perf_counter()
        tasks = []
        for number in range(round(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(_one(asks, client, random.Random(number), due)))
        return await asyncio.gather(*tasks)


async def _one(asks: Asks, client: httpx.AsyncClient, chance: random.Random, due: float) -> dict[str, float]:
    late = time.perf_counter() - due
    parts = await asks(client, chance)
    # What was asked late was late for its first part.
    first = next(iter(parts))
    return parts | {first: parts[first] + late}


def _share(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]

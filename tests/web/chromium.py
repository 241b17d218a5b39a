"""The clinic served to a real browser: Debian's Chromium, driven by playwright. Without them the tests skip aloud."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from myosteon.app.web.cookies import SESSION
from myosteon.registry.accounts import set_language
from myosteon.registry.database import Actor
from myosteon.registry.sessions import start_session
from web.world import World, make_world

CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 5.0


@dataclass
class Served:
    """A clinic at an address, and a browser to look at it with."""

    world: World
    address: str
    chromium: Any

    def page(
        self, role: str = "health_worker", language: str = "en", *, phone: bool = False, **more: Any
    ) -> Any:
        """A page of somebody who is signed in; what its console says against the page is kept in `page.faults`."""
        context = self.chromium.new_context(
            base_url=self.address, viewport=PHONE if phone else DESK, has_touch=phone, is_mobile=phone, **more
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_cookies([{"name": SESSION, "value": self._session(role, language), "url": self.address}])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda line: page.faults.append(line.text) if "Content Security" in line.text else None
        )
        return page

    def _session(self, role: str, language: str) -> str:
        """A session of somebody with the role, who reads the language."""
        world, things = self.world, self.world.things["village"]
        with world.database.write(Actor(things[role], things["organisation"])) as write:
            set_language(write, things[role], language)
            token, _ = start_session(write, things[role], world.settings.limits.session)
        return token


def missing(what: str) -> None:
    """Skips aloud, or fails where everything has to be there."""
    message = f"SKIPPED: {what} is not here; apt-get install chromium, pip install playwright"
    if os.environ.get("MYOSTEON_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A clinic of its own, served over plain HTTP to this machine alone until the block ends."""
    if not Path(CHROMIUM).exists():
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    world = make_world(folder, secure_cookies=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(world.app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield Served(world, f"http://127.0.0.1:{port}", chromium)
            chromium.close()
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        world.database.close()

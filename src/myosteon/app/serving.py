"""Starts the clinic: opens and migrates the database, makes the first administrator, and serves until it is stopped."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from myosteon.app.screen import Language, say
from myosteon.app.texts import both, tell
from myosteon.errors import InputError, MissingPart

DATABASE = "MYOSTEON_DATABASE_URL"
USUAL_FILE = "myosteon.sqlite"
OPENID = ("MYOSTEON_OPENID_ISSUER", "MYOSTEON_OPENID_CLIENT_ID", "MYOSTEON_OPENID_CLIENT_SECRET")
OPENID_LABEL = "MYOSTEON_OPENID_LABEL"
OPENID_CLAIM = "MYOSTEON_OPENID_CLAIM"
SECONDS_TO_FINISH = 20


@dataclass(frozen=True, slots=True)
class Serving:
    """What the command line was asked for."""

    host: str
    port: int
    database: str | None
    time_zone: str
    public_url: str
    behind_proxy: str
    certificate: Path | None
    key: Path | None
    plain_http: bool
    backups: Path | None
    made_up_people: bool
    language: Language


def run_clinic(asked: Serving) -> None:
    """Serves until it is stopped.

    Raises:
        InputError: the network would carry passwords in the open, the time zone is none, or made-up people were asked for on a
            network or in a database that holds a clinic of its own.
        MissingPart: the web's libraries are not installed.
        DatabaseTrouble: the database cannot be opened or written.
    """
    zone = time_zone(asked.time_zone)
    secure = _is_secure(asked)
    if asked.made_up_people and not _is_this_machine(asked.host):
        raise InputError(both("serve_made_up_here"))
    try:
        import uvicorn

        from myosteon.app.made_up.fill import fill_with_made_up_people, is_made_up
        from myosteon.app.made_up.say_accounts import say_accounts
        from myosteon.app.web.first_start import make_first_administrator
        from myosteon.app.web.make_web import make_web
        from myosteon.app.web.standing.daily import keep_daily
        from myosteon.app.web.standing.keeping import Keeper
        from myosteon.app.web.web_settings import OpenIdSettings, WebSettings
        from myosteon.registry.database import open_database
        from myosteon.registry.migrations.migrate import migrate
    except ModuleNotFoundError as error:
        raise MissingPart(both("serve_missing", library=error.name)) from error
    where = asked.database or os.environ.get(DATABASE) or USUAL_FILE
    database = open_database(where)
    migrate(database)
    if asked.made_up_people:
        fill_with_made_up_people(where, zone)
    made_up = is_made_up(database)
    issuer, client, secret = (os.environ.get(name, "") for name in OPENID)
    openid = None
    if issuer:
        _check_openid()
        openid = OpenIdSettings(
            issuer,
            client,
            secret,
            os.environ.get(OPENID_LABEL, ""),
            os.environ.get(OPENID_CLAIM, "preferred_username"),
        )
    backups = asked.backups or (database.file.parent / "backups" if database.file else None)
    settings = WebSettings(
        database,
        time_zone=zone,
        public_url=asked.public_url.rstrip("/"),
        secure_cookies=secure,
        made_up_people=made_up,
        backups=backups,
        openid=openid,
    )
    password = make_first_administrator(database, settings.passwords, asked.language)
    app = make_web(settings)
    if password:
        say(tell("serve_first", asked.language, password=password))
    if made_up:
        say_accounts(asked.language)
    address = asked.public_url or f"{'https' if asked.certificate else 'http'}://{asked.host}:{asked.port}"
    say(tell("serve_at", asked.language, address=address))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = keep_daily(Keeper(database, zone))
    uvicorn.run(
        app,
        host=asked.host,
        port=asked.port,
        # Our own log has the pattern of each address; this one would have names that are searched for.
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(asked.behind_proxy),
        forwarded_allow_ips=asked.behind_proxy or None,
        ssl_certfile=asked.certificate,
        ssl_keyfile=asked.key,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    stop.set()
    database.close()


def _check_openid() -> None:
    # Looked for at the start, so that a missing part does not wait for the first sign-in.
    try:
        import_module("myosteon.app.web.openid_provider")
    except ModuleNotFoundError as error:
        raise MissingPart(both("serve_missing_openid", library=error.name)) from error


def time_zone(name: str) -> ZoneInfo:
    """A time zone by its name.

    Raises:
        InputError: nobody knows it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(both("serve_zone", name=name)) from error


def _is_secure(asked: Serving) -> bool:
    """Whether people reach the clinic by HTTPS; plain HTTP over a network has to be asked for outright."""
    if asked.certificate or asked.public_url.startswith("https://"):
        return True
    if _is_this_machine(asked.host) or asked.plain_http:
        return False
    raise InputError(both("serve_plain", host=asked.host))


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

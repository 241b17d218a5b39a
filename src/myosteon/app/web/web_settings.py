"""How the clinic is served: what whoever starts it decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from myosteon.app.web.passwords import Passwords
from myosteon.registry.clock import Clock
from myosteon.registry.database import Database


@dataclass(frozen=True, slots=True)
class OpenIdSettings:
    """Where accounts are kept elsewhere: the provider, and which claim names the account.

    An account that has no password here and whose login equals the claim is bound to the provider's subject at its first sign-in.
    """

    issuer: str
    client_id: str
    client_secret: str
    label: str = ""
    claim: str = "preferred_username"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address or account may ask for, and how long a session lives.

    `requests` and `sign_ins` are counted over `window`; sizes are bytes.
    """

    requests: int = 3000
    sign_ins: int = 60
    window: timedelta = timedelta(minutes=1)
    wrong_passwords: int = 5
    locked_for: timedelta = timedelta(minutes=10)
    session: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Everything that the application needs to know from outside.

    `public_url` is the address that people type (https://clinic.example), where a proxy stands between; forms are then taken from
    pages of that address only. `secure_cookies` is off only for plain HTTP on one machine. `backups` is the folder of backups;
    None: the clinic makes none from its pages.
    """

    database: Database
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    public_url: str = ""
    secure_cookies: bool = True
    made_up_people: bool = False
    backups: Path | None = None
    openid: OpenIdSettings | None = None
    limits: Limits = field(default_factory=Limits)
    passwords: Passwords = field(default_factory=Passwords)

    @property
    def clock(self) -> Clock:
        """What tells the time, here and in the registry."""
        return self.database.clock

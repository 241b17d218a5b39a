"""What a name to sign in with, and a shown name, may be."""

from __future__ import annotations

import re

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Problem

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")
LONGEST_NAME = 80


def login_problems(call: Call, login: str) -> list[Problem]:
    """What is wrong with a name to sign in with; it stands in the field `login`."""
    return [] if LOGIN.fullmatch(login) else [Problem("login", call.say("users.login_unusable"))]


def name_problems(call: Call, name: str, field: str, key: str) -> list[Problem]:
    """What is wrong with a shown name."""
    return [] if 0 < len(name) <= LONGEST_NAME else [Problem(field, call.say(key))]

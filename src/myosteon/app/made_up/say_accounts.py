"""Says who may sign in to the made-up clinics."""

from __future__ import annotations

from myosteon.app.made_up.told import told
from myosteon.app.screen import say
from myosteon.app.texts import tell
from myosteon.app.web.wording import say as word
from myosteon.evidence.types import Language


def say_accounts(language: Language) -> None:
    """One line for each account: its name, what it may do, and where."""
    clinics = {one["key"]: one["name"] for one in told().clinics}
    say(tell("serve_accounts", language, password=told().password))
    for one in told().accounts:
        say(f"  {one['login']:<22}{word('role.' + one['role'], language)} · {clinics[one['clinic']]}")

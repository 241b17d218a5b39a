"""Which rules and which evidence answer: the program's version, and a short hash of what each is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

RULE_ROOMS = ("logic", "rules", "engine", "guidance", "assess.py", "guidelines.py", "history")
EVIDENCE_ROOMS = ("evidence", "vocabulary")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Versions:
    """What stands under every page and with every stored result."""

    rules: str
    evidence: str


@cache
def versions() -> Versions:
    """The versions of the rules and the evidence of this program; another text where one sentence or number differs."""
    program = version("myosteon")
    return Versions(
        f"{program}+{_hash(RULE_ROOMS, '.py')}", f"{program}+{_hash(EVIDENCE_ROOMS, '.toml', '.csv')}"
    )


def _hash(rooms: tuple[str, ...], *endings: str) -> str:
    package = files("myosteon")
    content = hashlib.sha256()
    for room in rooms:
        _add(content, package / room, room, endings)
    return content.hexdigest()[:SHOWN]


def _add(content: hashlib._Hash, part: Traversable, path: str, endings: tuple[str, ...]) -> None:
    if part.is_dir():
        for inner in sorted(part.iterdir(), key=lambda inner: inner.name):
            _add(content, inner, f"{path}/{inner.name}", endings)
    elif path.endswith(endings) and part.is_file():
        content.update(path.encode())
        content.update(part.read_bytes())

"""One number for many entries, in whatever order they are read: the sum of their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from myosteon.registry.audit import hash_of

BITS = 256


class Digest:
    """Adds up the hashes of entries. An entry that is changed, gone or doubled changes the sum."""

    def __init__(self, text: str | None = None) -> None:
        self._sum = int(text, 16) if text else 0

    def add(self, entry: Mapping[str, Any]) -> None:
        """Adds an entry, as JSON can hold it."""
        self.add_hash(hash_of(dict(entry)))

    def add_hash(self, hashed: str) -> None:
        """Adds the hash of an entry, or another digest."""
        self._sum = (self._sum + int(hashed, 16)) % (1 << BITS)

    @property
    def text(self) -> str:
        """The sum so far, in hexadecimal digits."""
        return f"{self._sum:064x}"

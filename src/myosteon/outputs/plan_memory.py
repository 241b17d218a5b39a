"""Remembers what was made, up to a limit: people of a cohort share most of their lines, but not all."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
# So many things of one kind are kept; a cohort whose numbers all differ must not fill the memory.
MOST = 100_000


class Memory(dict[Key, Value], Generic[Key, Value]):
    """A dict that forgets everything once it is full."""

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)

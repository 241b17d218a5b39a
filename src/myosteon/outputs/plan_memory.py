"""Remembers what was made, up to a limit: people of a cohort share most of their lines, but not all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

Key = TypeVar("Key")
Value = TypeVar("Value")
# So many things of one kind are kept; a cohort whose numbers all differ must not fill the memory.
MOST = 100_000


@contextmanager
def much_is_kept() -> Iterator[None]:
    """While much is made that is kept: the search for objects that hold one another would go through it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Memory(dict[Key, Value], Generic[Key, Value]):
    """A dict that forgets everything once it is full."""

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)

    def each(self, keys: Sequence[Key], make: Callable[[int], Value]) -> list[Value]:
        """The value of each key; one that is new is made, by the place where it stands first."""
        found = list(map(self.get, keys))
        if None in found:
            for place, value in enumerate(found):
                if value is None:
                    key = keys[place]
                    made = self.get(key)
                    if made is None:
                        made = self[key] = make(place)
                    found[place] = made
        return cast("list[Value]", found)

"""A table of a vocabulary file whose keys are taken one by one: a misspelt key cannot pass unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from math import isfinite
from typing import Any, TypeVar

from myosteon.errors import EvidenceError
from myosteon.vocabulary.types import Label

Word = TypeVar("Word", bound=str)


class Entry:
    """A TOML table with its place in the file, for messages.

    Every reader raises EvidenceError where the key is not as said.
    """

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, Mapping):
            raise EvidenceError(f"{where}: {content!r} is not a table of keys and values")
        self.where = where
        self._content: Mapping[str, Any] = content
        self._known: list[str] = []

    def text(self, key: str) -> str:
        """A text that has to be there and not be empty."""
        return self._as_text(key, self._required(key))

    def optional_text(self, key: str) -> str | None:
        """A text, None where the key is absent; an empty one is refused."""
        value = self._take(key)
        return None if value is None else self._as_text(key, value)

    def source(self) -> str:
        """The source that every number needs."""
        if not self._take("source"):
            raise self.refused("a number without a source does not load; add source and status")
        return self.text("source")

    def number(self, key: str) -> float:
        """A finite number that has to be there."""
        return self._as_number(key, self._required(key))

    def optional_number(self, key: str) -> float | None:
        """A finite number, None where the key is absent."""
        value = self._take(key)
        return None if value is None else self._as_number(key, value)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self.refused(f"{key} = {value!r} is neither true nor false")

    def one_of(self, key: str, allowed: Sequence[Word]) -> Word:
        """A text that is one of `allowed`."""
        given = self.text(key)
        for word in allowed:
            if word == given:
                return word
        raise self.refused(f"{key} = {given!r} is not known; use one of: {', '.join(allowed)}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts; empty where the key is absent."""
        values = self._as_list(key)
        texts = tuple(self._as_text(key, value) for value in values)
        if len(set(texts)) < len(texts):
            raise self.refused(f"{key} names one thing twice")
        return texts

    def label(self, key: str) -> Label:
        """A text in both languages that has to be there."""
        return Entry(f"{self.where}, {key}", self._required(key))._both_languages()

    def optional_label(self, key: str) -> Label | None:
        """A text in both languages, None where the key is absent."""
        return None if self._take(key) is None else self.label(key)

    def labels(self, key: str) -> dict[str, Label]:
        """A label by word; empty where the key is absent."""
        table = self._take(key)
        if table is None:
            return {}
        words = Entry(f"{self.where}, {key}", table)
        return {word: words.label(word) for word in table}

    def entry(self, key: str) -> Entry | None:
        """A table below this one, None where the key is absent."""
        value = self._take(key)
        return None if value is None else Entry(f"{self.where}, {key}", value)

    def entries(self, key: str) -> Iterator[Entry]:
        """The tables of a list below this one; none where the key is absent."""
        for value in self._as_list(key):
            yield Entry(f"{self.where}, {key}", value)

    def close(self) -> None:
        """Refuses every key that nobody took."""
        for key in self._content:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                advice = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(self._known)}"
                raise self.refused(f"unknown key {key!r}; {advice}")

    def refused(self, reason: str) -> EvidenceError:
        """The error that names the place and the reason."""
        return EvidenceError(f"{self.where}: {reason}")

    def _both_languages(self) -> Label:
        for language in ("en", "zh"):
            if not self._take(language):
                raise self.refused(f"the text in {language!r} is missing; write it in English and Chinese")
        label = Label(self.text("en"), self.text("zh"))
        self.close()
        return label

    def _take(self, key: str) -> Any:
        if key not in self._known:
            self._known.append(key)
        return self._content.get(key)

    def _required(self, key: str) -> Any:
        value = self._take(key)
        if value is None:
            near = get_close_matches(key, self._content, n=1)
            raise self.refused(f"{key} is missing" + (f"; is it meant by {near[0]!r}?" if near else ""))
        return value

    def _as_text(self, key: str, value: object) -> str:
        if isinstance(value, str) and value.strip():
            return value
        raise self.refused(f"{key} = {value!r} is not a text")

    def _as_number(self, key: str, value: object) -> float:
        # A bool is an int to Python, but `hard_max = true` is a slip.
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return float(value)
        raise self.refused(f"{key} = {value!r} is not a finite number")

    def _as_list(self, key: str) -> list[Any]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.refused(f"{key} = {value!r} is not a list")
        return value

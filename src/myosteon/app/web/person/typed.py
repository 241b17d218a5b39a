"""Reads what was typed into the forms of the person pages; what cannot be read is named beside its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Problem, Unusable
from myosteon.history.treatments import YEAR_FIRST

SEEN, REASON = "seen", "reason"
LONGEST, LONGEST_NOTE = 200, 2000
FIRST_YEAR = 1880


@dataclass(slots=True)
class Typed:
    """The fields of one form. `problems` grows with what cannot be used; then nothing may be saved."""

    call: Call
    problems: list[Problem] = field(default_factory=list)

    @property
    def form(self) -> Mapping[str, str]:
        """The fields as they came."""
        return self.call.form

    def refuse(self, name: str, key: str, **parts: object) -> None:
        """Names a field that cannot be used."""
        self.problems.append(Problem(name, self.call.say(key, **parts)))

    def text(self, name: str, longest: int = LONGEST) -> str | None:
        """A text without blanks around it, None where nothing was typed."""
        found = self.form.get(name, "").replace("\x00", "").strip()
        if len(found) > longest:
            self.refuse(name, "person.form.too_long", longest=longest)
            return None
        return found or None

    def plain(self, name: str) -> str | None:
        """A short text with full-width digits and signs made plain."""
        found = self.text(name)
        return unicodedata.normalize("NFKC", found) if found else None

    def word(self, name: str, words: tuple[str, ...]) -> str | None:
        """One of some words, None for anything else: not known."""
        found = self.form.get(name, "")
        return found if found in words else None

    def answer(self, name: str) -> bool | None:
        """Yes or no, None for not known."""
        return {"yes": True, "no": False}.get(self.form.get(name, ""))

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.form.get(name) == "yes"

    def day(self, name: str) -> date | None:
        """A day, year first; not after today."""
        found = self.plain(name)
        if found is None:
            return None
        day = read_day(found)
        if day is None:
            self.refuse(name, "person.form.day_unreadable", value=found)
        elif day > self.call.today:
            self.refuse(name, "person.form.day_in_future", value=found)
            return None
        return day

    def whole(self, name: str, low: int, high: int, key: str) -> int | None:
        """A whole number within limits."""
        found = self.plain(name)
        if found is None:
            return None
        if not re.fullmatch(r"\d{1,6}", found, re.ASCII) or not low <= int(found) <= high:
            self.refuse(name, key, value=found)
            return None
        return int(found)

    def year(self, name: str) -> int | None:
        """A year from 1880 to this one."""
        return self.whole(name, FIRST_YEAR, self.call.today.year, "person.form.year_unreadable")

    def reason(self, needed: bool = True) -> str:
        """Why something is corrected."""
        found = self.text(REASON, LONGEST_NOTE)
        if needed and not found and not any(one.field == REASON for one in self.problems):
            self.refuse(REASON, "person.form.reason_missing")
        return found or ""

    def seen(self) -> int:
        """The number of the entry that the editor had before them.

        Raises:
            Unusable: the form does not say it.
        """
        found = self.form.get(SEEN, "")
        if not re.fullmatch(r"\d{1,9}", found, re.ASCII):
            raise Unusable("person.form.refused")
        return int(found)


def read_day(text: str) -> date | None:
    """A day written year first, as in a file of treatments; None where it is none."""
    for form in YEAR_FIRST:
        found = re.match(form, text)
        if found:
            year, month, day = (int(part) for part in found.groups()[:3])
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None

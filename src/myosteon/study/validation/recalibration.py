"""A recalibration: a risk bent by an intercept and a slope found in one's own people, kept as a named and dated file.

    new risk = unbend(intercept + slope * bend(risk))

The file holds sums and coefficients, nothing of a person. It is applied on request only, and said wherever it was.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np

from myosteon.errors import EvidenceError, InputError
from myosteon.study.validation.calibration import ONE, SLOPE, Calibration
from myosteon.study.validation.links import Link, bend, unbend
from myosteon.study.validation.people import DIED_FIRST, Floats, People
from myosteon.study.validation.sentences import sentence

KIND = "recalibration"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Recalibration:
    """An intercept and a slope with their standard errors and covariance, and what they were found on."""

    name: str
    made_on: date
    risk: str
    outcome: str
    horizon_years: float | None
    people: int
    events: int
    died_first: int
    over_time: bool
    link: Link
    intercept: float
    slope: float
    intercept_error: float
    slope_error: float
    covariance: float
    note: str = ""

    def apply(self, risk: Floats) -> Floats:
        """Risks (0 to 1) after the recalibration; their order stays."""
        return unbend(self.intercept + self.slope * bend(risk, self.link), self.link)


def check_name(name: str) -> None:
    """Raises InputError where a recalibration cannot be called so."""
    if not NAME.fullmatch(name):
        raise InputError(sentence("error.name", name=name))


def find_recalibration(
    people: People, *, name: str, made_on: date, risk: str, outcome: str, note: str = ""
) -> Recalibration:
    """The intercept and slope that make the risk right on the whole and at its heights, in these people.

    Raises:
        InputError: there is no such line, or it would turn the order of the risks round.
    """
    check_name(name)
    calibration = Calibration(people, smoothed=False)
    _, line = calibration.fits()
    if line is None:
        raise InputError(sentence("error.no_line"))
    slope = float(line.coefficients[SLOPE])
    if slope <= 0:
        raise InputError(sentence("error.upside_down", slope=f"{slope:.3f}"))
    return Recalibration(
        name,
        made_on,
        risk,
        outcome,
        people.horizon,
        people.count,
        int(people.event.sum()),
        int((people.fate == DIED_FIRST).sum()),
        people.time is not None,
        calibration.link,
        float(line.coefficients[ONE]),
        slope,
        line.error(ONE),
        line.error(SLOPE),
        float(line.covariance[ONE, SLOPE]),
        note,
    )


def write_recalibration(found: Recalibration) -> str:
    """The text of the file."""
    horizon = "" if found.horizon_years is None else f"horizon_years = {found.horizon_years!r}\n"
    return (
        "# An intercept and a slope found in one's own people: new risk = unbend(intercept + slope * bend(risk)).\n"
        "# bend is the logit, ln(p / (1 - p)), or the complementary log-log, ln(-ln(1 - p)), as `link` says; p is a share.\n"
        f'kind = "{KIND}"\n'
        f'name = "{found.name}"\n'
        f"made_on = {found.made_on.isoformat()}\n"
        f"note = {_quote(found.note)}\n\n"
        "[found_on]\n"
        f"risk = {_quote(found.risk)}\n"
        f"outcome = {_quote(found.outcome)}\n"
        f"{horizon}"
        f"people = {found.people}\n"
        f"events = {found.events}\n"
        f"died_first = {found.died_first}\n"
        f"over_time = {str(found.over_time).lower()}\n\n"
        "[line]\n"
        f'link = "{found.link}"\n'
        f"intercept = {found.intercept!r}\n"
        f"slope = {found.slope!r}\n"
        f"intercept_standard_error = {found.intercept_error!r}\n"
        f"slope_standard_error = {found.slope_error!r}\n"
        f"covariance = {found.covariance!r}\n"
        f'method = "{METHODS[found.link]}"\n'
    )


METHODS = {
    "logit": "logistic regression of the outcome on the logit of the risk",
    "cloglog": "regression of pseudo-values of the incidence at the horizon on the complementary log-log of the risk",
}


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(sign):04x}" if ord(sign) < 0x20 else sign for sign in escaped) + '"'


def read_recalibration(file: Path) -> Recalibration:
    """A recalibration from its file.

    Raises:
        InputError: the file cannot be read.
        EvidenceError: it is no recalibration, lacks a part, or holds an impossible number.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: name a file that `--recalibrate` wrote") from error
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{file.name} is not a recalibration: {error}") from error
    if table.get("kind") != KIND:
        raise EvidenceError(f'{file.name} is not a recalibration: kind = "{KIND}" is missing')
    try:
        return _from_table(table)
    except (KeyError, TypeError, ValueError) as error:
        raise EvidenceError(f"{file.name} is not a whole recalibration: {error}") from error


def _from_table(table: dict[str, Any]) -> Recalibration:
    found, line = table["found_on"], table["line"]
    horizon, made_on = found.get("horizon_years"), table["made_on"]
    if not isinstance(made_on, date):
        raise ValueError("made_on must be a date such as 2026-11-21")
    read = Recalibration(
        name=str(table["name"]),
        made_on=made_on,
        risk=str(found["risk"]),
        outcome=str(found["outcome"]),
        horizon_years=None if horizon is None else float(horizon),
        people=int(found["people"]),
        events=int(found["events"]),
        died_first=int(found["died_first"]),
        over_time=bool(found["over_time"]),
        link=_link(line["link"]),
        intercept=float(line["intercept"]),
        slope=float(line["slope"]),
        intercept_error=float(line["intercept_standard_error"]),
        slope_error=float(line["slope_standard_error"]),
        covariance=float(line["covariance"]),
        note=str(table.get("note", "")),
    )
    if not np.isfinite(read.intercept) or not np.isfinite(read.slope) or read.slope <= 0:
        raise ValueError("the intercept must be a number, the slope one above 0")
    return read


def _link(word: object) -> Link:
    for link in get_args(Link):
        if word == link:
            return cast(Link, link)
    raise ValueError(f"link is {word}, not one of {', '.join(get_args(Link))}")

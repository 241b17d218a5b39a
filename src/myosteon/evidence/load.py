"""Reads evidence files (TOML) into frozen objects and refuses a number without a source.

A file names its paper once; every number may name another paper, place and status. `read_in` lists the secondary sources of
`readings.toml` in which a number was read when its own paper was not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast, get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.types import (
    COMPARISONS,
    STATUSES,
    Band,
    Coefficients,
    Comparison,
    CompetingDeath,
    Cutoff,
    EvidenceSet,
    Finding,
    InputRange,
    Label,
    Limit,
    Paper,
    Points,
    Prediction,
    RiskNote,
    Scope,
    Source,
    StageNote,
    Status,
)

Table = Mapping[str, Any]
SEXES = ("male", "female")
OF_DEFINITIONS = ("cutoffs", "instruments", "equations", "reference")
FOLDERS = (*OF_DEFINITIONS, "risk", "strata", "care_numbers")
FURTHER_PAPERS = ("papers_risk.toml", "papers_care.toml", "papers_guidance.toml")
# The reading that is none: a number from memory.
MEMORY = "memory"
SAID_FROM_MEMORY = Label("from memory", "凭记忆")


@cache
def load_papers() -> dict[str, Paper]:
    """Every publication of `papers.toml` and the further files of papers, by id."""
    papers = dict(_papers_of("papers.toml"))
    for name in FURTHER_PAPERS:
        for id in _papers_of(name).keys() & papers.keys():
            raise EvidenceError(f"{name}: the paper {id} is named twice")
        papers |= _papers_of(name)
    return papers


@cache
def _papers_of(name: str) -> dict[str, Paper]:
    return _as_papers(_read(files("myosteon.evidence") / name))


def _as_papers(table: Table) -> dict[str, Paper]:
    return {
        id: Paper(id, paper["citation"], paper.get("doi", ""), int(paper["year"]))
        for id, paper in table.items()
    }


@cache
def load_readings() -> dict[str, Label]:
    """What each secondary source is in which a number was read, by its key."""
    return {key: _label(row) for key, row in _read(files("myosteon.evidence") / "readings.toml").items()}


@cache
def load_evidence(folder: str, id: str) -> EvidenceSet:
    """The built-in evidence file `folder/id.toml`."""
    file = files("myosteon.evidence") / folder / f"{id}.toml"
    if folder in OF_DEFINITIONS:
        # Nearly all that is read each time the program starts cites the first file of papers only.
        with suppress(EvidenceError):
            return _read_evidence(file, _papers_of("papers.toml"))
    return _read_evidence(file, load_papers())


def built_in_evidence() -> Iterator[EvidenceSet]:
    """Every built-in evidence file, folder by folder."""
    for folder in FOLDERS:
        names = sorted(entry.name for entry in (files("myosteon.evidence") / folder).iterdir())
        for name in names:
            if name.endswith(".toml"):
                yield load_evidence(folder, name.removesuffix(".toml"))


def read_evidence(file: Traversable, papers: Mapping[str, Paper] | None = None) -> EvidenceSet:
    """Reads one evidence file, of ours or of a plugin.

    A plugin's own papers stand in a `[papers.ID]` table of the file, or are given in `papers`.

    Raises:
        EvidenceError: a key is missing, a number has no source or status, or a comparison is none of < <= > >=.
    """
    return _read_evidence(file, {**load_papers(), **(papers or {})})


def _read_evidence(file: Traversable, papers: Mapping[str, Paper]) -> EvidenceSet:
    table = _read(file)
    try:
        return _EvidenceFile(file.name, {**papers, **_as_papers(table.get("papers", {}))}).read(table)
    except KeyError as missing:
        raise EvidenceError(f"{file.name}: {missing} is missing or unknown") from missing


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{file.name} is not valid TOML: {error}") from error


class _EvidenceFile:
    """Reads the tables of one file; knows its name for messages and its paper as the default source."""

    def __init__(self, name: str, papers: Mapping[str, Paper]) -> None:
        self.name = name
        self.papers = papers
        self.default: Table = {}

    def read(self, table: Table) -> EvidenceSet:
        head = table["definition"]
        self.default = {key: head[key] for key in ("paper", "where", "status", "read_in") if key in head}
        scope = table.get("scope")
        remark = head.get("remark")
        return EvidenceSet(
            id=head["id"],
            kind=head["kind"],
            label=_label(head["label"]),
            title=_label(head["title"]),
            year=int(head["year"]),
            paper=self.papers[head["paper"]],
            cutoffs=tuple(self._cutoff(row) for row in _merged_by_age(table.get("cutoff", ()))),
            points=tuple(points for row in table.get("points", ()) for points in self._points(row)),
            coefficients=tuple(c for row in table.get("coefficients", ()) for c in self._coefficients(row)),
            stages=tuple(StageNote(row["stage"], self._source(row)) for row in table.get("stage", ())),
            scope=None if scope is None else self._scope(scope),
            remark=None if remark is None else _label(remark),
            risk=self._risk_note(table["risk"]) if "risk" in table else None,
            ranges=tuple(self._range(row) for row in table.get("range", ())),
            predictions=tuple(self._prediction(row) for row in table.get("prediction", ())),
            findings=tuple(Finding(row["criterion"], self._source(row)) for row in table.get("finding", ())),
        )

    def _scope(self, row: Table) -> Scope:
        age_from = row.get("age_from")
        return Scope(None if age_from is None else float(age_from), _label(row["note"]), self._source(row))

    def _cutoff(self, rows: list[Table]) -> Cutoff:
        first = rows[0]
        comparison = first["comparison"]
        if comparison not in COMPARISONS:
            raise EvidenceError(f"{self.name}: {comparison!r} of {first['criterion']} is no comparison")
        limits = tuple(limit for row in rows for limit in self._limits(row))
        self._check_bands(rows, limits)
        return Cutoff(
            criterion=first["criterion"],
            measure=first["measure"],
            comparison=cast(Comparison, comparison),
            unit=first["unit"],
            limits=limits,
            method=first.get("method"),
        )

    def _check_bands(self, rows: list[Table], limits: tuple[Limit, ...]) -> None:
        name = rows[0]["criterion"]
        for key in ("comparison", "unit", "measure"):
            if len({row[key] for row in rows}) > 1:
                raise EvidenceError(f"{self.name}: the age bands of {name} differ in their {key}")
        if not limits:
            raise EvidenceError(f"{self.name}: {name} has no number (value, or male and female)")
        people = [(limit.sex, limit.age_from, limit.age_below) for limit in limits]
        if len(set(people)) < len(people):
            raise EvidenceError(f"{self.name}: {name} has two limits for the same people")

    def _limits(self, row: Table) -> Iterator[Limit]:
        ages = {key: float(row[key]) for key in ("age_from", "age_below") if key in row}
        if "value" in row:
            yield Limit(float(row["value"]), self._source(row), None, **ages)
            return
        for sex in SEXES:
            if sex in row:
                number = row[sex] if isinstance(row[sex], dict) else {"value": row[sex]}
                yield Limit(float(number["value"]), self._source({**row, **number}), sex, **ages)

    def _points(self, row: Table) -> Iterator[Points]:
        for sex in SEXES if SEXES[0] in row else (None,):
            part = row if sex is None else {**row, **row[sex]}
            bands = tuple(
                Band(float(band["points"]), band.get("comparison"), float(band.get("limit", 0.0)))
                for band in part.get("bands", ())
            )
            for band in bands:
                if band.comparison is not None and band.comparison not in COMPARISONS:
                    raise EvidenceError(f"{self.name}: {band.comparison!r} of {row['item']} is no comparison")
            yes, no = part.get("yes"), part.get("no")
            words = _terms(part.get("words", {}))
            if not bands and not words and (yes is None or no is None):
                raise EvidenceError(
                    f"{self.name}: {row['item']} gives no points (bands, yes and no, or words)"
                )
            yield Points(row["item"], row["measure"], self._source(part), bands, yes, no, sex, words)

    def _coefficients(self, row: Table) -> Iterator[Coefficients]:
        source = self._source(row)
        if "terms" in row:
            yield Coefficients(row["name"], _terms(row["terms"]), source, None, row.get("method"))
        for sex in SEXES:
            if sex in row:
                yield Coefficients(row["name"], _terms(row[sex]), source, sex, row.get("method"))

    def _risk_note(self, row: Table) -> RiskNote:
        if row["competing_death"] not in get_args(CompetingDeath):
            raise EvidenceError(
                f"{self.name}: competing_death is none of {', '.join(get_args(CompetingDeath))}"
            )
        return RiskNote(
            population=_label(row["population"]),
            outcome=_label(row["outcome"]),
            horizon=_label(row["horizon"]),
            competing_death=cast(CompetingDeath, row["competing_death"]),
            purpose=_label(row["purpose"]),
            limits=_label(row["limits"]),
            notice=_label(row["notice"]) if "notice" in row else None,
        )

    def _range(self, row: Table) -> InputRange:
        limits = (row.get("low"), row.get("high"))
        low, high = (None if limit is None else float(limit) for limit in limits)
        words = tuple(row.get("words", ()))
        if low is None and high is None and not words:
            raise EvidenceError(f"{self.name}: the range of {row['measure']} names no limit and no word")
        source = self._source({"name": row["measure"], **row})
        return InputRange(row["measure"], source, low, high, words, bool(row.get("fixed", False)))

    def _prediction(self, row: Table) -> Prediction:
        bounds = (row.get("score_from"), row.get("score_to"))
        score_from, score_to = (None if bound is None else float(bound) for bound in bounds)
        numbers = (row.get("percent"), row.get("percent_from"), row.get("percent_below"))
        percent, percent_from, percent_below = (None if n is None else float(n) for n in numbers)
        interval = tuple(float(end) for end in row.get("interval", ()))
        if interval and len(interval) != 2:
            raise EvidenceError(f"{self.name}: the interval of {row['outcome']} needs two ends")
        return Prediction(
            outcome=row["outcome"],
            band=row.get("band", ""),
            source=self._source({"name": row["outcome"], **row}),
            score_from=score_from,
            score_to=score_to,
            percent=percent,
            percent_from=percent_from,
            percent_below=percent_below,
            interval=(interval[0], interval[1]) if interval else None,
        )

    def _source(self, row: Table) -> Source:
        return source_of(row, self.default, self.papers, self.name)


def source_of(row: Table, default: Table, papers: Mapping[str, Paper], file: str) -> Source:
    """The source of one row of an evidence file: what the row says, and for the rest what the head of the file says.

    Raises:
        EvidenceError: there is no paper, no status, or no place.
    """
    given = {key: row[key] for key in ("paper", "where", "status", "read_in") if key in row}
    inherited = dict(default)
    if "read_in" in given or given.get("status") == "checked":
        # A number with a place or a reading of its own does not stand where the others do.
        inherited = {key: value for key, value in inherited.items() if key not in ("where", "read_in")}
        if "read_in" not in given and "where" not in given:
            inherited["where"] = default.get("where", "")
    merged = {**inherited, **given}
    name = next((row[key] for key in ("criterion", "item", "name", "stage", "id") if row.get(key)), "scope")
    if merged.get("status") not in STATUSES:
        raise EvidenceError(f"{file}: {name} has no status (checked, secondary or unchecked)")
    if "paper" not in merged:
        raise EvidenceError(f"{file}: {name} has no source")
    where = _place(merged)
    if not where.en:
        raise EvidenceError(f"{file}: {name} does not say where its number stands")
    if merged["paper"] not in papers:
        raise EvidenceError(f"{file}: {name} names the paper {merged['paper']!r}, which is not listed")
    return Source(papers[merged["paper"]], where.en, cast(Status, merged["status"]), where.zh)


def _place(row: Table) -> Label:
    """Where a number stands, and in which secondary sources it was read, in both languages."""
    given = row.get("where") or ""
    place = Label(given, given) if isinstance(given, str) else _label(given)
    readings = load_readings()
    keys = row.get("read_in", ())
    if not keys:
        return place
    quoted = [readings.get(key, Label(key, key)) for key in keys]
    remembered = list(keys) == [MEMORY]
    en = ("" if remembered else "as quoted by: ") + "; ".join(label.en for label in quoted)
    zh = ("" if remembered else "转引自：") + "；".join(label.zh for label in quoted)
    if remembered:
        # A place that says so itself says it once.
        en = "" if SAID_FROM_MEMORY.en in place.en else en
        zh = "" if SAID_FROM_MEMORY.zh in place.zh else zh
    return Label("; ".join(filter(None, (place.en, en))), "；".join(filter(None, (place.zh, zh))))


def _terms(row: Table) -> tuple[tuple[str, float], ...]:
    return tuple((term, float(value)) for term, value in row.items())


def _label(row: Table) -> Label:
    return Label(row["en"], row["zh"])


def _merged_by_age(rows: Any) -> list[list[Table]]:
    """Rows of one criterion and method that differ only by age band make one cut-off."""
    merged: dict[tuple[str, str | None], list[Table]] = {}
    for row in rows:
        merged.setdefault((row["criterion"], row.get("method")), []).append(row)
    return list(merged.values())

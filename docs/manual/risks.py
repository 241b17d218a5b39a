"""The page of risk algorithms: what each predicts, in whom, what it is not for, its numbers, and which cannot be run and why."""

from __future__ import annotations

from collections.abc import Iterator

from manual.instruments import numbers_of, stands
from manual.markdown import code, page, plain, table
from myosteon.assess import Assessor
from myosteon.evidence.load import load_evidence
from myosteon.evidence.risk_catalogue import CatalogueEntry, load_risk_catalogue
from myosteon.evidence.types import EvidenceSet, InputRange, Prediction, RiskNote

STATES = {"runs": "runs", "runs_in_part": "runs in part", "cannot_run": "cannot be run"}
DEATH = {
    "counted": "people who die first count as free of the outcome",
    "not_counted": "death is not counted: in people who may die first the risk is too high",
    "does_not_apply": "does not apply",
}
OPENING = (
    "Trust: A executed here, or two independent readings agree; B read once in the paper; C read only in a secondary "
    "source; M from memory. What cannot be run is listed with the reason, and is never computed."
)


def risks_page(assessor: Assessor) -> str:
    """Every algorithm that was looked into; those that run with all their numbers."""
    return page("Risk algorithms", _body(assessor))


def _body(assessor: Assessor) -> Iterator[str]:
    entries = load_risk_catalogue().values()
    yield from (OPENING, "")
    yield from table(
        ("Algorithm", "State", "Trust", "Why not, or not whole"), (_row(entry) for entry in entries)
    )
    for entry in entries:
        if entry.state != "cannot_run":
            yield from ("", *_section(entry, assessor))


def _row(entry: CatalogueEntry) -> tuple[str, ...]:
    name = entry.name.en if entry.name else load_evidence("risk", entry.id).title.en
    reason = entry.reason.en if entry.reason else ""
    return f"{name} ({code(entry.id)})", STATES[entry.state], ", ".join(entry.trust), reason


def _section(entry: CatalogueEntry, assessor: Assessor) -> Iterator[str]:
    evidence = load_evidence("risk", entry.id)
    yield from (f"## {evidence.title.en} · {evidence.title.zh}", "")
    if evidence.risk:
        yield from (*_note(evidence.risk), "")
    for lines in (_ranges(evidence), _predictions(evidence)):
        if lines:
            yield from (*lines, "")
    yield from numbers_of(evidence, assessor)


def _note(note: RiskNote) -> list[str]:
    said = [
        ("In whom", note.population.en, note.population.zh),
        ("Outcome", note.outcome.en, note.outcome.zh),
        ("Within", note.horizon.en, note.horizon.zh),
        ("Death", DEATH[note.competing_death], ""),
        ("For", note.purpose.en, note.purpose.zh),
        ("Not for", note.limits.en, note.limits.zh),
    ]
    if note.notice:
        said.append(("Notice", note.notice.en, ""))
    return table(("", "", ""), [(head, " ".join(en.split()), zh) for head, en, zh in said])


def _ranges(evidence: EvidenceSet) -> list[str]:
    rows = [(code(one.measure), _range(one), *stands(one.source, evidence)) for one in evidence.ranges]
    return table(("Made for", "Values", "Mark", "Where"), rows) if rows else []


def _range(one: InputRange) -> str:
    ends = [] if one.low is None else [f"from {plain(one.low)}"]
    ends += [] if one.high is None else [f"to {plain(one.high)}"]
    return " ".join(ends) or ", ".join(one.words)


def _predictions(evidence: EvidenceSet) -> list[str]:
    rows = [
        (one.outcome.replace("_", " "), _scores(one), one.band, _percent(one), *stands(one.source, evidence))
        for one in evidence.predictions
    ]
    return table(("Outcome", "Score", "Band", "Percent", "Mark", "Where"), rows) if rows else []


def _scores(one: Prediction) -> str:
    ends = [] if one.score_from is None else [f"from {plain(one.score_from)}"]
    ends += [] if one.score_to is None else [f"to {plain(one.score_to)}"]
    return " ".join(ends)


def _percent(one: Prediction) -> str:
    if one.percent is not None:
        within = f" ({plain(one.interval[0])} to {plain(one.interval[1])})" if one.interval else ""
        return plain(one.percent) + within
    ends = [] if one.percent_from is None else [f"from {plain(one.percent_from)}"]
    ends += [] if one.percent_below is None else [f"below {plain(one.percent_below)}"]
    return " ".join(ends)

"""The catalogue of risk algorithms on the screen or as a file: what runs, in whom it was made, and what cannot be run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from myosteon.app.results_file import write_text
from myosteon.app.risk_tables import WIDTH, label_of_algorithm
from myosteon.app.screen import Language
from myosteon.app.texts import tell
from myosteon.errors import InputError
from myosteon.evidence.risk_catalogue import CatalogueEntry, load_risk_catalogue
from myosteon.evidence.types import RiskNote
from myosteon.outputs.text_width import pad, width, wrap
from myosteon.rules.risk.library import risk_algorithms

FORMATS = ("text", "json", "csv")
COLUMNS = ("id", "name", "state", "predicts", "within", "population", "trust", "reason")


def show_catalogue(format: str, output: Path | None, language: Language) -> None:
    """Every algorithm that was looked into.

    Raises:
        InputError: an unknown format, or the output cannot be written.
    """
    if format not in FORMATS:
        raise InputError(f"--format {format} is not known; choose one of {', '.join(FORMATS)}")
    entries = tuple(load_risk_catalogue().values())
    if format == "text":
        write_text("\n".join(_lines(entries, language)) + "\n", output)
        return
    rows = [_row(entry, language) for entry in entries]
    write_text(_json(rows) if format == "json" else _csv(rows), output)


def _json(rows: Sequence[dict[str, str]]) -> str:
    """One object a line, as for every command that may answer with several."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(entry: CatalogueEntry, language: Language) -> dict[str, str]:
    return {
        "id": entry.id,
        "name": label_of_algorithm(entry, language),
        "state": entry.state,
        "predicts": predicts(entry, language),
        "within": horizon(entry, language),
        "population": population(entry, language),
        "trust": "".join(entry.trust),
        "reason": entry.reason.in_language(language) if entry.reason else "",
    }


def _lines(entries: Sequence[CatalogueEntry], language: Language) -> Iterator[str]:
    run = [entry for entry in entries if entry.state != "cannot_run"]
    others = [entry for entry in entries if entry.state == "cannot_run"]
    part = sum(entry.state == "runs_in_part" for entry in run)
    yield tell("catalogue_title", language, run=len(run), part=part, not_run=len(others))
    yield tell("catalogue_how", language)
    for key, group in (("catalogue_runs", run), ("catalogue_cannot_run", others)):
        yield ""
        yield tell(key, language).upper()
        for entry in group:
            yield ""
            yield from _block(entry, language)


def _block(entry: CatalogueEntry, language: Language) -> Iterator[str]:
    yield f"{entry.id}  {label_of_algorithm(entry, language)}"
    reason = "about_reason" if entry.state == "cannot_run" else "about_reason_part"
    yield from paragraphs(
        [
            ("about_predicts", predicts(entry, language)),
            ("about_within", horizon(entry, language)),
            ("about_population", population(entry, language)),
            ("about_numbers", trust(entry, language)),
            (reason, entry.reason.in_language(language) if entry.reason else ""),
        ],
        language,
    )


def paragraphs(parts: Sequence[tuple[str, str]], language: Language) -> Iterator[str]:
    """Lines with a heading in front, broken to the width of a terminal; a part without text is left out."""
    heads = max(width(tell(key, language)) for key, _ in parts) + 2
    for key, text in parts:
        for place, line in enumerate(wrap(text, WIDTH - heads - 2) if text else ()):
            yield "  " + pad(tell(key, language) if place == 0 else "", heads) + line


def predicts(entry: CatalogueEntry, language: Language) -> str:
    """What an algorithm predicts."""
    note = _note(entry)
    label = entry.predicts if note is None else note.outcome
    return label.in_language(language) if label else ""


def horizon(entry: CatalogueEntry, language: Language) -> str:
    """The time that it looks ahead."""
    note = _note(entry)
    return (entry.within if note is None else note.horizon).in_language(language)


def population(entry: CatalogueEntry, language: Language) -> str:
    """The people in whom it was made."""
    note = _note(entry)
    label = entry.population if note is None else note.population
    return label.in_language(language) if label else ""


def trust(entry: CatalogueEntry, language: Language) -> str:
    """How far its numbers were checked."""
    marks = entry.trust or ("none",)
    return tell("between_items", language).join(tell(f"trust_{mark}", language) for mark in marks)


def _note(entry: CatalogueEntry) -> RiskNote | None:
    algorithm = risk_algorithms().get(entry.id)
    return None if algorithm is None else algorithm.evidence.risk

"""Answers `myosteon explain`: finds the person, judges her, explains."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language
from myosteon.app.texts import both
from myosteon.assess import Assessor, Columns, assess_frame, make_assessor
from myosteon.errors import InputError
from myosteon.outputs.differ_render import differences_html, differences_json, differences_text
from myosteon.outputs.explain import explain
from myosteon.outputs.explain_html import explanation_html
from myosteon.outputs.explain_json import explanation_table
from myosteon.outputs.explain_next import what_to_measure_next
from myosteon.outputs.explain_text import explanation_text, next_steps_text
from myosteon.outputs.explain_types import Explanation
from myosteon.outputs.why_differ import explain_differences
from myosteon.readers.reading import Reading
from myosteon.readers.table import READ_AS_NO
from myosteon.rules.guideline import Settings

FORMATS = ("text", "json", "html")
MOST_PEOPLE_NAMED = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of `myosteon explain`; `risk` is an algorithm, `settings` as for `assess`."""

    file: Path
    person: str | None
    visit: str | None
    verdict: str | None
    risk: str | None
    why_differ: bool
    format: str
    output: Path | None
    reading: ReadingOptions
    settings: tuple[bool, str, bool]
    language: Language


def answer_question(asked: Question) -> None:
    """Prints or writes the explanation.

    Raises:
        InputError: the file, the person, the verdict or the format cannot be used.
    """
    if asked.format not in FORMATS:
        raise InputError(f"--format {asked.format} is not known; choose one of {', '.join(FORMATS)}")
    assessor = make_assessor(None, Settings(*asked.settings))
    risks = _risks_asked(asked, assessor)
    reading = read_people(asked.file, asked.reading)
    person = find_person(reading, asked.person, asked.visit)
    say_what_was_read(reading.about(person["person_id"].item()), asked.language)
    if risks is not None:
        write_text(risks.answer(person), asked.output)
        return
    row = assess_frame(assessor, person, _columns_for(assessor, asked.verdict)).row(0, named=True)
    write_text(
        _differences(asked, assessor, row) if asked.why_differ else _verdicts(asked, assessor, row),
        asked.output,
    )


class Risks(Protocol):
    """What is asked about risks or strata, once a person is found."""

    def answer(self, person: pl.DataFrame) -> str:
        """The explanation in the format that was asked for."""
        ...


def _risks_asked(asked: Question, assessor: Assessor) -> Risks | None:
    """None where the definitions alone answer: they are made sooner than the risks load.

    Raises:
        InputError: options that do not go together, or an algorithm that there is not.
    """
    if asked.why_differ and asked.risk is not None:
        raise InputError(both("explain_risk_not_differ"))
    known = asked.verdict in assessor.graph.rules or asked.verdict in assessor.graph.measures
    if asked.why_differ or (asked.risk is None and (asked.verdict is None or known)):
        return None
    from myosteon.app.risk_explanation import find_risks

    return find_risks(asked.risk, asked.verdict, assessor.settings, asked.format, asked.language)


def _columns_for(assessor: Assessor, verdict: str | None) -> Columns:
    """What must be computed: the criteria of every definition, or everything where another column is asked about."""
    return "criteria" if verdict is None or verdict in assessor.outputs("criteria") else "all"


def find_person(reading: Reading, person: str | None, visit: str | None) -> pl.DataFrame:
    """The one row that is asked about: of this person, at this visit or the latest.

    Raises:
        InputError: nobody, or more than one, fits.
    """
    rows = reading.frame
    if person is not None:
        rows = rows.filter(pl.col("person_id").cast(pl.String) == person)
    if visit is not None:
        rows = (
            rows.filter(pl.col("visit_date").cast(pl.String) == visit)
            if "visit_date" in reading.measures
            else rows.limit(0)
        )
    found = rows.collect()
    if found.is_empty():
        raise InputError(
            f"nobody in the file fits: person {person or 'any'}, visit {visit or 'any'}; look with `myosteon check`"
        )
    people = found["person_id"].unique(maintain_order=True)
    if len(people) > 1:
        some = ", ".join(people.head(MOST_PEOPLE_NAMED).cast(pl.String).to_list())
        raise InputError(f"the file holds {len(people)} people; name one with --person, such as {some}")
    if "visit_date" in found.columns:
        found = found.sort("visit_date", nulls_last=False, maintain_order=True)
    return found.tail(1)


def _verdicts(asked: Question, assessor: Assessor, row: Mapping[str, object]) -> str:
    names = [asked.verdict] if asked.verdict else [guideline.verdicts[0] for guideline in assessor.guidelines]
    taken = str(row.get(READ_AS_NO) or "").split(";")
    explanations = [explain(row, assessor, name, asked.language, taken_as_no=taken) for name in names]
    steps = what_to_measure_next(row, assessor, asked.language)
    if asked.format == "html":
        return explanation_html(explanations, steps)
    if asked.format == "json":
        return _json_lines(explanations)
    blocks = [explanation_text(explanation) for explanation in explanations]
    return "\n".join([*blocks, next_steps_text(steps)])


def _json_lines(explanations: Sequence[Explanation]) -> str:
    """One object a line, as for every command that may answer with several."""
    return "".join(json.dumps(explanation_table(e), ensure_ascii=False) + "\n" for e in explanations)


def _differences(asked: Question, assessor: Assessor, row: Mapping[str, object]) -> str:
    differences = explain_differences(row, assessor, asked.language)
    if asked.format == "html":
        return differences_html(differences)
    return differences_json(differences) if asked.format == "json" else differences_text(differences)

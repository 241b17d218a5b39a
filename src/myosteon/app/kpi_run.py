"""Answers `myosteon kpi`: the key figures of a fracture liaison service over the people of a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from myosteon.app.people import read_people, say_what_was_read
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language, plain_table, say
from myosteon.app.texts import tell
from myosteon.assess import Assessor, make_assessor
from myosteon.errors import InputError
from myosteon.evidence.key_figures import KeyFigures, load_key_figures
from myosteon.frame import canonical_dtype
from myosteon.history.visits import PERSON, VISIT, last_visits
from myosteon.outputs.intervals import Interval
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.readers.reading import Reading
from myosteon.study.service.key_figures import MONTHS, Counted, Service, conditions_of, count_key_figures
from myosteon.vocabulary.measures import load_measures

FORMATS = ("text", "json", "csv")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class KpiQuestion:
    """What was asked of `myosteon kpi`; `expected` by kind of fracture."""

    file: Path
    expected: Mapping[str, float]
    format: str
    output: Path | None
    reading: ReadingOptions
    language: Language
    as_of: date | None = None


def answer_kpi(asked: KpiQuestion) -> bool:
    """Writes the figures; returns whether values of the file were refused.

    Raises:
        MyosteonError: the file or the format cannot be used.
    """
    if asked.format not in FORMATS:
        raise InputError(f"--format {asked.format} is not known; choose one of {', '.join(FORMATS)}")
    reading = read_people(asked.file, asked.reading)
    say_what_was_read(reading, asked.language)
    assessor, figures = make_assessor(), load_key_figures()
    judged = judge(_one_row_each(reading, asked), assessor, figures)
    service = count_key_figures(judged, figures, assessor.graph, asked.expected)
    told = [_told(one, asked.language) for one in service.counted]
    if asked.format == "json":
        about = {
            "people": service.people,
            "may_belong": service.may_belong,
            "among": figures.among_label.in_language(asked.language),
            "figures": told,
        }
        write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", asked.output)
    elif asked.format == "csv":
        write_text(_csv(told), asked.output)
    else:
        write_text(_text(service, figures, assessor, asked.language), asked.output)
    return reading.refused_in_all > 0


def _one_row_each(reading: Reading, asked: KpiQuestion) -> pl.DataFrame:
    """The last visit of each person, by the day where one was asked for, with times moved on to it."""
    visits = reading.frame.collect()
    if PERSON not in visits.columns or visits[PERSON].null_count():
        return visits
    if asked.as_of is not None:
        return last_visits(visits, asked.as_of)
    ordered = visits.sort(VISIT, nulls_last=False, maintain_order=True) if VISIT in visits.columns else visits
    people = ordered.group_by(PERSON, maintain_order=True).last()
    if people.height < visits.height:
        say(tell("kpi_last_visits", asked.language, people=people.height, visits=visits.height))
    return people


def judge(people: pl.DataFrame, assessor: Assessor, figures: KeyFigures) -> pl.DataFrame:
    """Every column that the figures speak of, of people one row each; a measure that the file lacks is unknown."""
    named = {
        name for condition in conditions_of(figures, assessor.graph).values() for name in condition.names
    }
    named |= {name for figure in figures.figures for name in figure.complete}
    named.add(MONTHS)
    computed = tuple(sorted(name for name in named if name in assessor.graph.rules))
    present = people.columns
    measures = sorted(named - set(computed))
    kept = [name for name in measures if name in present]
    judged = assessor.plan(computed).run_polars(people.lazy(), present, kept).collect()
    absent = {name: canonical_dtype(load_measures()[name]) for name in measures if name not in present}
    return judged.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in absent.items())


def _told(one: Counted, language: Language) -> dict[str, Any]:
    return {
        "number": one.figure.number,
        "id": one.figure.id,
        "label": one.figure.label.in_language(language),
        "met": one.met,
        "among": one.among,
        "unknown": one.unknown,
        "too_early": one.too_early,
        "estimate": one.estimate,
        "lo": one.share.low if one.share else None,
        "hi": one.share.high if one.share else None,
        "level": one.level,
        "at_most": one.at_most,
        "level_at_most": one.level_at_most,
        "needs": list(one.needs),
        "source": one.figure.source.paper.id,
        "where": one.figure.source.where_in(language),
        "status": one.figure.source.status,
    }


def _csv(told: Sequence[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(told[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "needs": ";".join(row["needs"])} for row in told)
    return written.getvalue()


def _text(service: Service, figures: KeyFigures, assessor: Assessor, language: Language) -> str:
    counted = service.counted
    voice = PlanVoice(language)
    among = figures.among_label.in_language(language)
    header = [
        tell(f"kpi_{name}", language)
        for name in ("figure", "share", "interval", "count", "unknown", "at_most", "early", "level")
    ]
    rows = [_row(one, voice, language) for one in counted]
    lines = [tell("kpi_title", language, people=service.people, among=among)]
    if service.may_belong:
        lines.append(tell("kpi_may_belong", language, people=service.may_belong))
    lines.append("")
    lines += plain_table("", [*header, tell("kpi_mark", language)], rows, left=(0, 7, 8))
    waiting = [one for one in counted if one.needs]
    if waiting:
        lines += ["", tell("kpi_needs", language)]
        lines += [
            tell("kpi_need", language, number=one.figure.number, items=voice.names(one.needs, assessor.graph))
            for one in waiting
        ]
    source = figures.levels_source
    lines += ["", tell("kpi_notes", language), tell("kpi_source", language, citation=source.paper.citation)]
    mark = voice.say(f"mark.{source.status}")
    lines.append(tell("kpi_levels", language, where=source.where_in(language), mark=mark))
    lines += [
        tell("kpi_where", language, number=one.figure.number, where=one.figure.source.where_in(language))
        for one in counted
        if one.figure.source.status == "unchecked"
    ]
    return "\n".join(lines) + "\n"


def _row(one: Counted, voice: PlanVoice, language: Language) -> list[str]:
    share = tell("kpi_not_computed", language) if one.estimate is None else _percent(one.estimate, language)
    interval = _interval(one.share, language) if one.share else ""
    level = tell(f"kpi_level_{one.level}", language) if one.level else ""
    among = "?" if one.among is None else str(one.among)
    return [
        f"{one.figure.number:>2} {one.figure.label.in_language(language)}",
        share,
        interval,
        f"{one.met}/{among}",
        str(one.unknown),
        _percent(one.at_most, language) if one.unknown and one.at_most is not None else "",
        str(one.too_early) if one.figure.within_weeks else "",
        level,
        voice.say(f"mark.{one.figure.source.status}"),
    ]


def _percent(share: float, language: Language) -> str:
    return tell("kpi_percent", language, share=f"{share * PERCENT:.0f}")


def _interval(share: Interval, language: Language) -> str:
    low, high = (f"{end * PERCENT:.0f}" for end in (share.low, share.high))
    return tell("kpi_range", language, low=low, high=high)

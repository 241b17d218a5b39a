"""Runs a validation from a file to a table on the screen, a JSON file and a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from myosteon.app.people import MOST_REFUSALS_SAID
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language, print_table, say
from myosteon.app.validation_people import Found, Wanted, find_columns
from myosteon.errors import InputError, ValueRefused
from myosteon.study.validation.as_json import as_json
from myosteon.study.validation.bootstrap import Progress
from myosteon.study.validation.columns import Given, read_columns
from myosteon.study.validation.given_columns import PER_CENT, Asking
from myosteon.study.validation.measures import measure_rows
from myosteon.study.validation.people import People
from myosteon.study.validation.recalibration import (
    Recalibration,
    check_name,
    find_recalibration,
    read_recalibration,
    write_recalibration,
)
from myosteon.study.validation.result import Result
from myosteon.study.validation.sentences import sentence
from myosteon.study.validation.study import Asked, validate
from myosteon.study.validation.subgroups import check_levels
from myosteon.study.validation.words import ValidationVoice


@dataclass(frozen=True, slots=True)
class Validation:
    """What was asked of `myosteon validate`."""

    file: Path
    risk: str
    outcome: str | None
    event: str | None
    time: str | None
    horizon: float | None
    subgroups: tuple[str, ...]
    thresholds: tuple[float, ...]
    points: bool
    by_outcome: bool
    draws: int
    seed: int
    recalibrate: str | None
    apply: Path | None
    note: str
    output: Path | None
    report: Path | None
    reading: ReadingOptions
    language: Language


def run_validation(asked: Validation) -> bool:
    """Does what was asked; returns whether values were refused.

    Raises:
        MyosteonError: an option, the file or what it holds cannot be used.
    """
    _check(asked)
    event = asked.event or asked.outcome
    if event is None:
        raise InputError(sentence("error.no_event"))
    applied = None if asked.apply is None else read_recalibration(asked.apply)
    others = {"--event": event, "--time": asked.time} | {
        "--subgroup " + name: name for name in asked.subgroups
    }
    found = find_columns(asked.file, Wanted(asked.risk, asked.horizon, others), asked.reading, asked.language)
    given = read_columns(found.frame, _asking(asked, found, event))
    _say_refusals(given, asked.language)
    if asked.reading.strict and given.refused_in_all:
        raise ValueRefused(sentence("error.strict", count=given.refused_in_all))
    for column, labels in given.subgroups.items():
        check_levels(column, labels)
    people = given.people
    if applied is not None:
        _check_applies(asked, applied, found.risk)
        people = people.with_risk(applied.apply(people.risk))
    outcome = asked.outcome or event
    recalibration = _recalibrate(asked, people, found.risk, outcome)
    question = Asked(
        risk=found.risk,
        outcome=outcome,
        draws=asked.draws,
        seed=asked.seed,
        points=asked.points,
        by_outcome=asked.by_outcome,
        thresholds=tuple(threshold / PER_CENT for threshold in asked.thresholds),
        note=asked.note,
        applied=applied,
        found=recalibration,
        about=found.about,
        absent_means_no=found.about is not None and asked.reading.absent_means_no,
    )
    result = _judge(question, given, people, asked.language)
    _tell(asked, result)
    return given.refused_in_all + found.refused > 0


def _check(asked: Validation) -> None:
    """Options that contradict each other are refused before anything is read."""
    if asked.horizon is not None and not 0 < asked.horizon < float("inf"):
        raise InputError(sentence("error.bad_horizon", horizon=f"{asked.horizon:g}"))
    if asked.time is not None and asked.horizon is None:
        raise InputError(sentence("error.no_horizon"))
    for threshold in asked.thresholds:
        if not 0 < threshold < PER_CENT:
            raise InputError(sentence("error.bad_threshold", threshold=f"{threshold:g}"))
    if asked.by_outcome and asked.time is not None:
        raise InputError(sentence("error.drawn_over_time"))
    if asked.points and (asked.recalibrate or asked.apply):
        raise InputError(sentence("error.points_recalibrated"))
    if asked.recalibrate is not None:
        if asked.apply is not None:
            raise InputError(sentence("error.both"))
        if asked.by_outcome:
            raise InputError(sentence("error.drawn_recalibrated"))
        check_name(asked.recalibrate)
        kept = _recalibration_file(asked.recalibrate)
        if kept.exists():
            raise InputError(sentence("error.exists", file=kept))
    for file in (asked.output, asked.report):
        if file is not None and str(file) != "-" and not file.parent.exists():
            raise InputError(sentence("error.no_folder", file=file, folder=file.parent))


def _asking(asked: Validation, found: Found, event: str) -> Asking:
    return Asking(
        risk=found.risk,
        event=event,
        time=asked.time,
        horizon=asked.horizon,
        subgroups=asked.subgroups,
        points=asked.points,
        needs=found.needs,
        outside=found.outside,
    )


def _recalibration_file(name: str) -> Path:
    return Path(f"{name}.toml")


def _check_applies(asked: Validation, applied: Recalibration, risk: str) -> None:
    voice = ValidationVoice(asked.language)
    assert asked.apply is not None
    if applied.risk != risk:
        raise InputError(sentence("error.other_risk", file=asked.apply, own=applied.risk, risk=risk))
    if applied.horizon_years != asked.horizon:
        own, horizon = (voice.years(years) for years in (applied.horizon_years, asked.horizon))
        raise InputError(sentence("error.other_horizon", file=asked.apply, own=own, horizon=horizon))


def _recalibrate(asked: Validation, people: People, risk: str, outcome: str) -> Recalibration | None:
    if asked.recalibrate is None:
        return None
    return find_recalibration(
        people, name=asked.recalibrate, made_on=date.today(), risk=risk, outcome=outcome, note=asked.note
    )


def _judge(question: Asked, given: Given, people: People, language: Language) -> Result:
    with _progress(ValidationVoice(language).plain("screen.drawing")) as progress:
        return validate(
            people,
            question,
            rows=given.rows,
            excluded=given.excluded,
            wanting=given.wanting,
            subgroups=given.subgroups,
            progress=progress,
        )


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A line on standard error that tells how far the bootstrap is; nothing where nobody looks."""
    # Rich loads only where something takes long.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label)

        def tell(done: int, draws: int) -> None:
            bar.update(task, completed=done, total=draws)

        yield tell


def _say_refusals(given: Given, language: Language) -> None:
    for refusal in given.refusals[:MOST_REFUSALS_SAID]:
        say(refusal.describe(language))
    left = given.refused_in_all - MOST_REFUSALS_SAID
    if left > 0:
        say(ValidationVoice(language).plain("screen.more_refused", count=left))


def _tell(asked: Validation, result: Result) -> None:
    voice, made_on = ValidationVoice(asked.language), date.today()
    if result.found is not None:
        file = _recalibration_file(result.found.name)
        write_text(write_recalibration(result.found), file)
        say(voice.plain("screen.recalibration", file=file))
    if asked.output is not None and str(asked.output) == "-":
        print(as_json(result, made_on, version("myosteon")), end="")
    else:
        _print(result, voice)
        if asked.output is not None:
            write_text(as_json(result, made_on, version("myosteon")), asked.output)
            say(voice.plain("screen.written", file=asked.output))
    if asked.report is not None:
        # Jinja2 loads only where a report is asked for.
        from myosteon.study.validation.report import render_report

        write_text(render_report(result, asked.language, made_on, version("myosteon")), asked.report)
        say(voice.plain("screen.report", file=asked.report))


def _print(result: Result, voice: ValidationVoice) -> None:
    counts = result.counts
    print(
        voice.plain(
            "screen.judged",
            judged=f"{counts.judged:,}",
            rows=f"{counts.rows:,}",
            events=f"{counts.events:,}",
            outcome=result.outcome,
            died=f"{counts.died_first:,}",
        )
    )
    for reason, count in counts.excluded.items():
        print(voice.plain("screen.excluded", count=f"{count:,}", reason=voice.plain(f"excluded.{reason}")))
    header = [voice.plain(f"measures.{key}") for key in ("measure", "value", "interval")]
    rows = [[row.label, row.value, row.interval] for row in measure_rows(result, voice)]
    within = (
        ""
        if result.horizon_years is None
        else voice.plain("screen.within", horizon=voice.years(result.horizon_years))
    )
    title = voice.plain("screen.title", risk=voice.name(result), outcome=result.outcome, within=within)
    print_table(title, header, rows, left=(0,))
    for warning in voice.warnings(result):
        print(f"- {warning}")
    if result.about is not None and result.about.note.notice is not None:
        print(result.about.note.notice.in_language(voice.language))
    print(voice.plain("page.support"))

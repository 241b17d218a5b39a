"""The report of a validation: one self-contained HTML file in the look of the cohort's report, in one language.

It shows what `validate` found and computes nothing anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from myosteon.errors import InputError
from myosteon.outputs.report_wording import LANGUAGES
from myosteon.study.validation.measures import measure_rows
from myosteon.study.validation.pictures import (
    calibration_picture,
    calibration_scale,
    decision_picture,
    incidence_picture,
    points_picture,
)
from myosteon.study.validation.report_tables import (
    decision_table,
    group_table,
    incidence_table,
    subgroup_table,
)
from myosteon.study.validation.report_text import (
    about_lines,
    describe_recalibrations,
    excluded_lines,
    facts,
    first_sentence,
    incidence_reading,
    method_lines,
    quantile_line,
    sources,
)
from myosteon.study.validation.result import Result
from myosteon.study.validation.sentences import PACKAGE
from myosteon.study.validation.words import ValidationVoice


def render_report(result: Result, lang: str, made_on: date, version: str = "") -> str:
    """The page as text.

    Raises:
        InputError: another language.
    """
    language = next((known for known in LANGUAGES if known == lang), None)
    if language is None:
        raise InputError(f"The report speaks {' and '.join(LANGUAGES)}, not `{lang}`. Choose one of these.")
    return _fill(_content(result, ValidationVoice(language), made_on, version))


def _content(result: Result, voice: ValidationVoice, made_on: date, version: str) -> Mapping[str, Any]:
    return {
        "result": result,
        "voice": voice,
        "say": voice.say,
        "title": voice.plain("page.title", risk=voice.name(result), outcome=result.outcome),
        "day": voice.date(made_on),
        "version": version,
        "sentence": first_sentence(result, voice),
        "facts": facts(result, voice),
        "about": about_lines(result, voice),
        "excluded": excluded_lines(result, voice),
        "quantiles": quantile_line(result, voice),
        "warnings": voice.warnings(result),
        "measures": list(measure_rows(result, voice)),
        "calibration": calibration_picture(result, voice),
        "points": points_picture(result, voice),
        "beyond": _beyond(result, voice),
        "groups": group_table(result, voice),
        "decision": decision_picture(result, voice),
        "decisions": decision_table(result, voice),
        "incidence": incidence_picture(result, voice),
        "incidence_reading": incidence_reading(result, voice),
        "incidence_table": incidence_table(result, voice),
        "subgroups": subgroup_table(result, voice),
        "recalibrations": describe_recalibrations(result, voice),
        "methods": method_lines(result, voice),
        "sources": sources(result),
    }


def _beyond(result: Result, voice: ValidationVoice) -> str:
    """That some risks lie beyond the axis, where any do."""
    if result.points:
        return ""
    top = calibration_scale(result).high
    histogram = result.histogram
    people = sum(
        free + with_event
        for left, free, with_event in zip(
            histogram.edges[:-1], histogram.without, histogram.with_event, strict=True
        )
        if left >= top
    )
    return voice.plain("calibration.beyond", count=voice.count(people)) if people else ""


def _fill(content: Mapping[str, Any]) -> str:
    own, house = files(PACKAGE), files("myosteon.outputs") / "html"

    def read(name: str) -> str:
        return (own / name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = [(house / name).read_text(encoding="utf-8") for name in ("tokens.css", "report.css")]
    styles = Markup("".join([*parts, read("report.css")]))
    return environment.get_template("report.html").render(styles=styles, **content)

"""The measures as rows of a table: what each is called, its value and interval, what would be best, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from myosteon.study.validation.result import Estimate, Result
from myosteon.study.validation.words import ValidationVoice


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in words."""

    key: str
    label: str
    value: str
    interval: str
    error: str
    best: str
    reads: str


@dataclass(frozen=True, slots=True)
class _Style:
    """How a measure is written: decimals, whether as a percentage (or percentage points), and its best value."""

    digits: int = 2
    percent: bool = False
    best: str = ""


STYLES = {
    "auc": _Style(3, best="1"),
    "harrell": _Style(3, best="1"),
    "uno": _Style(3, best="1"),
    "harrell_death_counted": _Style(3, best="1"),
    "uno_death_counted": _Style(3, best="1"),
    "observed": _Style(2, True),
    "expected": _Style(2, True),
    "observed_expected": _Style(2, best="1"),
    "observed_without_death": _Style(2, True),
    "observed_expected_without_death": _Style(2, best="1"),
    "intercept": _Style(2, best="0"),
    "slope": _Style(2, best="1"),
    "slope_intercept": _Style(2, best="0"),
    "cox_slope": _Style(2, best="1"),
    "ici": _Style(2, True, "0"),
    "e50": _Style(2, True, "0"),
    "e90": _Style(2, True, "0"),
    "brier": _Style(4, best="0"),
    "brier_scaled": _Style(3, best="1"),
}


def measure_rows(result: Result, voice: ValidationVoice) -> Iterator[MeasureRow]:
    """The measures that were found, in the order of a report."""
    for key, style in STYLES.items():
        estimate = result.measures.get(key)
        if estimate is None:
            continue
        yield MeasureRow(
            key,
            _label(key, result, voice),
            _write(estimate.value, style, voice),
            voice.interval(estimate.low, estimate.high, style.digits, style.percent),
            "" if estimate.error is None else voice.decimals(estimate.error, max(style.digits, 3)),
            style.best,
            voice.plain(f"reads.{key}"),
        )


def written(result: Result, key: str, voice: ValidationVoice) -> str:
    """One measure with its interval; a dash where it was not found."""
    estimate = result.measures.get(key)
    if estimate is None:
        return "–"
    style = STYLES[key]
    return voice.estimate(estimate, style.digits, style.percent)


def written_estimate(key: str, estimate: Estimate, voice: ValidationVoice) -> str:
    """A value of a subgroup, as the same measure is written for everybody."""
    return voice.estimate(estimate, STYLES[key].digits, STYLES[key].percent)


def _write(value: float, style: _Style, voice: ValidationVoice) -> str:
    return voice.percent(value, style.digits) if style.percent else voice.decimals(value, style.digits)


def _label(key: str, result: Result, voice: ValidationVoice) -> str:
    if key == "auc" and result.over_time:
        return voice.plain("measure.auc_over_time", horizon=voice.years(result.horizon_years))
    if key in ("harrell", "uno") and result.competing:
        return voice.plain(f"measure.{key}_competing")
    return voice.plain(f"measure.{key}")

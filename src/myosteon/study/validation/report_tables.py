"""The tables of the report: the same numbers as in its pictures, and more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from myosteon.study.validation.measures import written_estimate
from myosteon.study.validation.result import Result
from myosteon.study.validation.subgroups import SHOWN
from myosteon.study.validation.tenths import Group
from myosteon.study.validation.words import ValidationVoice

RARE = 0.05


@dataclass(frozen=True, slots=True)
class Table:
    """A head and its rows; the first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def group_table(result: Result, voice: ValidationVoice) -> Table:
    """Each group of like risk: expected, observed, their ratio (not where people were drawn by their outcome)."""
    if result.points:
        keys = ["points.column"]
    else:
        moved = "_moved" if result.by_outcome else ""
        keys = ["calibration.group", f"calibration.from_to{moved}", f"calibration.mean{moved}"]
    keys += ["calibration.people", "calibration.events", "calibration.observed", "calibration.interval"]
    if _has_ratio(result):
        keys.append("calibration.ratio")
    if result.competing and result.over_time:
        keys.append("calibration.without_death")
    rows = [_group_row(number, group, result, voice) for number, group in enumerate(result.groups, start=1)]
    return Table(tuple(voice.plain(key) for key in keys), tuple(rows))


def _points(group: Group) -> str:
    low, high = (f"{end:g}".replace("-", "−") for end in (group.lowest, group.highest))
    return low if low == high else f"{low}–{high}"


def _has_ratio(result: Result) -> bool:
    return not (result.points or result.by_outcome)


def _group_row(number: int, group: Group, result: Result, voice: ValidationVoice) -> tuple[str, ...]:
    # Of rare outcomes one decimal would say nothing.
    digits = 2 if result.groups[-1].expected < RARE and not result.points else 1

    def percent(share: float) -> str:
        return voice.plain_percent(share, digits)

    people, events = voice.count(group.people), voice.count(group.events)
    observed = [
        percent(group.observed.estimate),
        voice.interval(group.observed.low, group.observed.high, digits, percent=True),
    ]
    if result.points:
        span = _points(group)
        cells = [span, people, events, *observed]
    else:
        span = f"{percent(group.lowest)}–{percent(group.highest)}"
        cells = [str(number), span, percent(group.expected), people, events, *observed]
    if _has_ratio(result):
        ratio = group.observed.estimate / group.expected if group.expected > 0 else float("nan")
        cells.append(voice.decimals(ratio))
    if result.competing and result.over_time:
        alone = group.observed_without_death
        cells.append("–" if alone is None else percent(alone.estimate))
    return tuple(cells)


def decision_table(result: Result, voice: ValidationVoice) -> Table | None:
    """Net benefit at some thresholds, per 1,000 people."""
    decisions = result.decisions
    if decisions is None:
        return None
    head = tuple(
        voice.plain(f"decision.{key}") for key in ("threshold", "model_column", "all_column", "gain")
    )
    rows = []
    for threshold, gain in decisions.told.items():
        place = int(np.argmin(np.abs(decisions.thresholds - threshold)))
        interval = voice.interval(
            None if gain.low is None else 1000 * gain.low, None if gain.high is None else 1000 * gain.high, 1
        )
        value = voice.decimals(1000 * gain.value, 1)
        rows.append(
            (
                voice.percent(threshold),
                voice.decimals(1000 * float(decisions.net_benefit[place]), 1),
                voice.decimals(1000 * float(decisions.treat_all[place]), 1),
                value
                if interval == "–"
                else voice.plain("number.with_interval", value=value, interval=interval),
            )
        )
    return Table(head, tuple(rows))


def incidence_table(result: Result, voice: ValidationVoice) -> Table | None:
    """The incidence at some times up to the horizon."""
    curve, horizon = result.incidence, result.horizon_years
    if curve is None or horizon is None:
        return None
    lines = [("aalen_johansen" if result.competing else "kaplan_meier", curve.aalen_johansen)]
    if result.competing:
        lines += [("without_death", curve.without_death), ("died_first", curve.died_first)]
    head = (voice.plain("incidence.axis_years"), *(voice.plain(f"incidence.{key}") for key, _ in lines))
    times = horizon * np.arange(1, 6) / 5
    rows = []
    for time in times:
        place = int(np.searchsorted(curve.years, time, side="right")) - 1
        shares = [float(values[place]) if place >= 0 else 0.0 for _, values in lines]
        rows.append((f"{time:.3g}", *(voice.percent(share) for share in shares)))
    return Table(head, tuple(rows))


def subgroup_table(result: Result, voice: ValidationVoice) -> Table | None:
    """Every subgroup with what was found in it."""
    if not result.subgroups:
        return None
    shown = [
        key for key in SHOWN if key == "auc" or not (result.points or (result.by_outcome and key != "slope"))
    ]
    labels = [voice.plain(f"measure.{key}") for key in shown]
    head = (
        voice.plain("subgroups.group"),
        voice.plain("calibration.people"),
        voice.plain("calibration.events"),
        *labels,
    )
    rows = []
    for group in result.subgroups:
        level = group.level or voice.plain("subgroups.unknown")
        found = [
            written_estimate(key, group.measures[key], voice) if key in group.measures else "–"
            for key in shown
        ]
        if not group.measures:
            found = [voice.plain("subgroups.too_few"), *["–"] * (len(shown) - 1)]
        rows.append(
            (f"{group.column}: {level}", voice.count(group.people), voice.count(group.events), *found)
        )
    return Table(head, tuple(rows))

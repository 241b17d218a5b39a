"""The rows of the group `clinic`: the same registry in SQLite and in PostgreSQL, filled once and asked several times."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from own_process import run_alone
from results import Row, Target

TESTS = Path(__file__).parent.parent / "tests"
# Of each: the name, and the part of a question whose time is aimed at. A visit is aimed at where it takes longest.
PAGES = {
    "clinic_person_page": ("page of a person", "page", 150),
    "clinic_save_visit": ("saving a visit", "finish", 200),
    "clinic_worklist": ("worklist", "page", 300),
    "clinic_search": ("search of a person", "page", None),
}
PARTS = {"begin": "begun", "screen": "a screen", "second_screen": "another screen"}


def clinic_rows(people: int) -> list[Row]:
    """Import, pages and saves; those of PostgreSQL carry no names, their targets are the same."""
    with tempfile.TemporaryDirectory(prefix="myosteon_bench_") as folder:
        rows = _rows(str(Path(folder) / "clinic.sqlite"), "SQLite", people)
    with _postgresql() as database:
        if database is None:
            return [*rows, Row("clinic, PostgreSQL", "skipped", note="PostgreSQL is not installed")]
        beside = _rows(database, "PostgreSQL", people)
    return [*rows, *beside]


def _rows(database: str, kind: str, people: int) -> list[Row]:
    filled = run_alone("clinic_import", database=database, rows=people)
    told = filled.report
    found = [
        Row(
            f"clinic, {kind}: import of {people:,} people with 10 visits each",
            told["seconds"],
            "s",
            _named("clinic_import_s", None, kind),
            f"{told['gib']:.2f} GiB, peak {filled.peak_gib:.1f} GiB; courses {told['courses_s']:.0f} s, worklist of "
            f"everybody {told['worklist_s']:.0f} s more; load {told['load']:.1f}",
        )
    ]
    for case, (label, part, most) in PAGES.items():
        asked = run_alone(case, database=database)
        found.append(_row(f"clinic, {kind}: {label}", case, part, most, kind, asked.report, asked.peak_gib))
    return found


def _row(
    label: str, case: str, part: str, most: float | None, kind: str, told: dict[str, Any], peak: float
) -> Row:
    times = told["parts"][part]
    others = [
        f"{PARTS[name]} {other['ms_95']:.0f} ms" for name, other in told["parts"].items() if name != part
    ]
    note = (
        f"95 % of {told['asked']} at {told['rate']:g} a second; median {times['median_ms']:.0f}, most "
        f"{times['most_ms']:.0f} ms; load {told['load']:.1f}, peak {peak:.1f} GiB"
    )
    note += f"; {', '.join(others)}" if others else ""
    return Row(label, times["ms_95"], "ms", _named(f"{case}_ms", most, kind), note)


def _named(key: str, most: float | None, kind: str) -> Target:
    """SQLite's figures have the names; PostgreSQL's stand beside with the same aims."""
    if kind != "SQLite":
        key = f"{key}_{kind.lower()}"
    return Target(key, most)


@contextmanager
def _postgresql() -> Iterator[str | None]:
    """A server of our own with an empty database, as the tests start it; None where there is none."""
    sys.path.insert(0, str(TESTS))
    from registry.cluster import programs, running_cluster

    if programs() is None:
        yield None
        return
    with running_cluster(fsync=True) as cluster:
        yield cluster.new_database()

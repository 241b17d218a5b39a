"""The table of a run: what was measured, what was aimed at, and whether it was met."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

KEYS = (
    "contract_people_per_second",
    "ratio_to_pandas",
    "ratio_to_numpy",
    "one_person_ms",
    "one_person_explained_ms",
    "thousand_variants_ms",
    "cold_command_s",
    "parquet_ratio_to_copy",
    "parquet_peak_gib",
    "qfracture_people_per_second",
    "qfracture_ratio_to_numpy",
    "every_risk_s",
    "validation_s",
    "plans_s",
    "one_plan_ms",
    "plan_pdf_s",
    "clinic_person_page_ms",
    "clinic_save_visit_ms",
    "clinic_worklist_ms",
    "clinic_import_s",
    "duckdb_answers",
    "spark_answers",
)
PACKAGES = ("myosteon", "polars", "narwhals", "pandas", "numpy", "duckdb", "pyspark")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure aims at; `key` is its name in results.json. Without an `aim` the figure is only reported."""

    key: str
    aim: float | str | None
    at_least: bool = False

    def met_by(self, figure: float | str) -> bool:
        if self.aim is None:
            return True
        if isinstance(figure, str) or isinstance(self.aim, str):
            return figure == self.aim
        return figure >= self.aim if self.at_least else figure <= self.aim

    def in_words(self, unit: str) -> str:
        if self.aim is None:
            return ""
        if isinstance(self.aim, str):
            return self.aim
        return f"{'at least' if self.at_least else 'at most'} {_number(self.aim)} {unit}"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; a word in its place says why there is none."""

    label: str
    figure: float | str
    unit: str = ""
    target: Target | None = None
    note: str = ""
    group: str = ""

    def cells(self) -> tuple[str, str, str, str, str]:
        shown = self.figure if isinstance(self.figure, str) else f"{_number(self.figure)} {self.unit}"
        aim = self.target.in_words(self.unit) if self.target else ""
        return self.label, shown, aim, self.judgement(), self.note

    def judgement(self) -> str:
        if self.target is None or self.target.aim is None or self.figure == "skipped":
            return ""
        return "met" if self.target.met_by(self.figure) else "missed"


def _number(value: float) -> str:
    if value >= 1_000:
        return f"{value / 1e6:.2f} million" if value >= 1e6 else f"{value:,.0f}"
    return f"{value:.3g}"


HEADINGS = ("", "measured", "target", "", "")


def print_table(rows: Sequence[Row], facts: dict[str, Any]) -> None:
    """The table on the terminal."""
    table = Table(title=_title(facts), title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row.cells(), style="bold" if row.target else "")
    Console(width=150).print(table)


def _title(facts: dict[str, Any]) -> str:
    rough = "; quick: the figures are rough" if facts["quick"] else ""
    return (
        f"{facts['people']:,} people in memory, {facts['cores']} cores ({facts['processor']}), "
        f"Polars {facts['versions']['polars']}, {facts['date']}{rough}"
    )


def named_results(rows: Sequence[Row]) -> dict[str, float | str | None]:
    """The figures that have a name; null where one was not measured."""
    measured = {
        row.target.key: row.figure for row in rows if row.target and row.figure not in ("skipped", "failed")
    }
    return {key: measured.get(key) for key in KEYS}


def write_results(
    named: dict[str, float | str | None], rows: Sequence[Row], facts: dict[str, Any], folder: Path
) -> None:
    """`results.json` and `table.md` in the folder; of a quick run `results_quick.json` alone."""
    content = {
        **named,
        "machine": facts,
        "rows": [asdict(row) | {"judgement": row.judgement()} for row in rows],
    }
    name = "results_quick.json" if facts["quick"] else "results.json"
    (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    if not facts["quick"]:
        (folder / "table.md").write_text(_markdown(rows, facts), encoding="utf-8")


def renewed(rows: Sequence[Row], group: str, folder: Path) -> tuple[list[Row], dict[str, Any]]:
    """The rows and machine of the last full run, with those of one group replaced by `rows`."""
    content = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    earlier = [_row(row) for row in content["rows"]]
    places = [place for place, row in enumerate(earlier) if group in (row.group, row.label)]
    first = places[0] if places else len(earlier)
    kept = [row for place, row in enumerate(earlier) if place not in places]
    return [*kept[:first], *rows, *kept[first:]], content["machine"]


def _row(told: dict[str, Any]) -> Row:
    target = Target(**told["target"]) if told["target"] else None
    return Row(told["label"], told["figure"], told["unit"], target, told["note"], told.get("group", ""))


def _markdown(rows: Sequence[Row], facts: dict[str, Any]) -> str:
    lines = ["| | " + " | ".join(HEADINGS[1:]) + " |", "|---|---|---|---|---|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return _title(facts) + ".\n\n" + "\n".join(lines) + "\n"


def machine_facts(sizes: Any, *, quick: bool) -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in PACKAGES},
        "quick": quick,
        **asdict(sizes),
    }


def _processor() -> str:
    cpu = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in cpu.read_text().splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

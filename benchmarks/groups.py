"""The groups of measurements, and the rows of the table that each gives."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import measure_parquet
import polars as pl
from clinic_rows import clinic_rows
from measure_person import somebody
from own_process import Alone, MeasurementFailed, run_alone, run_command
from results import Row, Target

ENGINE = {
    "with_needs": "the whole contract, Polars",
    "with_needs_streaming": "the whole contract, Polars streaming",
    "without_needs": "without _needs, Polars",
    "without_needs_streaming": "without _needs, Polars streaming",
}
SCRIPTS = {
    "careful_pandas": ("careful pandas script", Target("ratio_to_pandas", 12, at_least=True)),
    "careful_numpy": ("careful NumPy script", Target("ratio_to_numpy", 4.5, at_least=True)),
    "tuned_pandas": ("hand-tuned pandas script", None),
    "tuned_numpy": ("hand-tuned NumPy script", None),
}
PERSON = {
    "one_person": ("one person, all verdicts", Target("one_person_ms", 4)),
    "one_person_every_column": ("one person, every criterion", None),
    "one_person_explained": (
        "one person, explained, what to measure next",
        Target("one_person_explained_ms", 10),
    ),
    "thousand_variants": ("1,000 variants of one person", Target("thousand_variants_ms", 6)),
}
COLD_STARTS = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people, and how often the file is copied and judged."""

    people: int
    people_of_spark: int
    people_of_the_file: int
    runs_of_the_file: int
    people_of_the_clinic: int


def memory(sizes: Sizes) -> list[Row]:
    """People in memory: this package, and the scripts as a ratio to it."""
    rows = []
    best: dict[str, float] = {}
    median: dict[str, float] = {}
    for case, label in ENGINE.items():
        alone = run_alone(case, rows=sizes.people)
        best[case], median[case] = alone.report["best_s"], alone.report["median_s"]
        target = (
            Target("contract_people_per_second", 6_000_000, at_least=True) if case == "with_needs" else None
        )
        rows.append(_speed(label, sizes.people, alone, target))
    for case, (label, target) in SCRIPTS.items():
        alone = run_alone(case, rows=sizes.people)
        ratio = alone.report["best_s"] / best["without_needs"]
        speed = _speed(label, sizes.people, alone)
        rows.append(speed)
        medians = f"of the best runs; {alone.report['median_s'] / median['without_needs']:.1f} of the medians"
        rows.append(Row(f"this package without _needs, to the {label}", ratio, "times", target, note=medians))
    return rows


def qfracture(sizes: Sizes) -> list[Row]:
    """QFracture-2012 from raw columns in memory: this package, and a careful script as a ratio to it."""
    ours, script = (run_alone(case, rows=sizes.people) for case in ("qfracture_package", "qfracture_numpy"))
    speed = Target("qfracture_people_per_second", 8_000_000, at_least=True)
    ratio = script.report["best_s"] / ours.report["best_s"]
    return [
        _speed("QFracture-2012, four models, raw columns", sizes.people, ours, speed),
        _speed("QFracture-2012, careful NumPy script", sizes.people, script),
        Row(
            "QFracture-2012, to the careful NumPy script",
            ratio,
            "times",
            Target("qfracture_ratio_to_numpy", 1, at_least=True),
        ),
    ]


def risks(sizes: Sizes) -> list[Row]:
    """Every risk of people in memory, and the validation of one risk with bootstraps."""
    every = run_alone("every_risk", rows=sizes.people)
    validation = run_alone("validation", rows=sizes.people // 10)
    draws = f"{validation.report['people']:,} people, {validation.report['draws']} bootstraps"
    return [
        Row(
            f"every risk, {sizes.people:,} people",
            every.report["best_s"],
            "s",
            Target("every_risk_s", 5),
            note=f"{every.report['columns']} columns, {every.peak_gib:.1f} GiB",
        ),
        Row(
            "validation of a risk over time",
            validation.report["seconds"],
            "s",
            Target("validation_s", 60),
            note=draws,
        ),
    ]


def duckdb(sizes: Sizes) -> list[Row]:
    """DuckDB: its answers, which must be Polars', and its speed."""
    return _other_engine("duckdb", "the whole contract, DuckDB", sizes.people)


def spark(sizes: Sizes) -> list[Row]:
    """Spark in local mode: its answers, which must be Polars', and its speed."""
    if find_spec("pyspark") is None:
        return [Row("the whole contract, Spark", "skipped", note="pyspark is not installed")]
    return _other_engine("spark", "the whole contract, Spark, local", sizes.people_of_spark)


def _other_engine(case: str, label: str, people: int) -> list[Row]:
    alone = run_alone(case, rows=people)
    different = alone.report["different_columns"]
    said = "equal" if not different else "DIFFERENT: " + ", ".join(different)
    return [
        _speed(f"{label}, {people:,} people", people, alone),
        Row(f"{case}: answers, 20,000 people", said, target=Target(f"{case}_answers", "equal")),
    ]


def _speed(label: str, people: int, alone: Alone, target: Target | None = None) -> Row:
    best, median = alone.report["best_s"], alone.report["median_s"]
    note = f"best {best:.3f} s, median {median:.3f} s, {alone.peak_gib:.1f} GiB"
    return Row(label, people / best, "people a second", target, note)


def person(_: Sizes) -> list[Row]:
    """One person, warm: the median, since that is what somebody in front of a screen waits."""
    rows = []
    for case, (label, target) in PERSON.items():
        report = run_alone(case).report
        if "skipped" in report:
            rows.append(Row(label, "skipped", target=target, note=report["skipped"]))
        else:
            note = f"median; best {report['best_s'] * 1000:.2f} ms"
            rows.append(Row(label, report["median_s"] * 1000, "ms", target, note))
    return rows


def plans(sizes: Sizes) -> list[Row]:
    """Plans of care: of a tenth as many people with courses of bone drugs, of one person, as PDF, and from cold."""
    crowd = run_alone("plans_of_a_crowd", rows=sizes.people // 10)
    one, pdf = run_alone("one_plan").report, run_alone("plan_as_pdf").report
    told = crowd.report
    many = f"{told['people']:,} plans with histories"
    rows = [
        Row(
            f"{many}, from files to JSON",
            told["seconds"],
            "s",
            Target("plans_s", 20),
            f"{told['read_s']:.1f} s of it reading; processor time {told['processor_s']:.1f} s; "
            f"{told['treated']:,} people treated, {crowd.peak_gib:.1f} GiB",
        ),
        Row(
            f"{many}, written to a file",
            told["to_a_file_s"],
            "s",
            note=f"{told['gib']:.1f} GiB of JSON; the rules were made before",
        ),
        Row(
            "one plan, another person each time",
            one["median_s"] * 1000,
            "ms",
            Target("one_plan_ms", 20),
            f"median; best {one['best_s'] * 1000:.1f} ms",
        ),
        Row(
            "one plan as PDF",
            pdf["median_s"],
            "s",
            Target("plan_pdf_s", 1),
            f"median; the first {pdf['first_s']:.2f} s",
        ),
    ]
    return [*rows, _from_cold("plan", "--format", "json")]


def recommendations(sizes: Sizes) -> list[Row]:
    """Recommendations of guidelines: all for everybody, and every question for one person."""
    crowd, one = (
        run_alone("recommendations_of_a_crowd", rows=sizes.people),
        run_alone("one_persons_recommendations"),
    )
    records = crowd.report["records"]
    return [
        Row(
            f"{records} recommendations for {sizes.people:,} people",
            crowd.report["best_s"],
            "s",
            Target("recommendations_s", 10),
            f"{crowd.peak_gib:.1f} GiB",
        ),
        Row(
            "recommendations for one person, every question answered",
            one.report["median_s"] * 1000,
            "ms",
            Target("one_persons_recommendations_ms", 15),
            f"median; best {one.report['best_s'] * 1000:.2f} ms",
        ),
    ]


def command(sizes: Sizes) -> list[Row]:
    """`myosteon assess` from cold: Python starts, everything is imported, one row is read and written."""
    return [_from_cold("assess", target=Target("cold_command_s", 0.6))]


def _from_cold(command: str, *options: str, target: Target | None = None) -> Row:
    """A command over one row, each time in a new process; the best, for every other is the machine's."""
    label = f"myosteon {command} one_row.csv, cold"
    if find_spec("myosteon.app.main") is None:
        return Row(label, "skipped", note="there is no command yet")
    with tempfile.TemporaryDirectory() as folder:
        given, results = Path(folder) / "one_row.csv", Path(folder) / "results.csv"
        _write_row(somebody(), given)
        call = [sys.executable, "-m", "myosteon", command, str(given), *options, "-o", str(results)]
        seconds = []
        for _ in range(COLD_STARTS):
            started = perf_counter()
            subprocess.run(call, check=True, capture_output=True)
            seconds.append(perf_counter() - started)
    note = f"best of {COLD_STARTS}; worst {max(seconds):.2f} s"
    return Row(label, min(seconds), "s", target, note)


def _write_row(people: pl.DataFrame, file: Path) -> None:
    """As a person would write it: an unknown cell is empty."""
    values = people.row(0, named=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(values)
        writer.writerow("" if value is None else str(value).lower() for value in values.values())


def parquet(sizes: Sizes) -> list[Row]:
    """A large file: copied, judged, judged without its own columns; in turn, the best of each."""
    label = f"{sizes.people_of_the_file / 1e6:g} million people, Parquet to Parquet"
    with tempfile.TemporaryDirectory(prefix="myosteon_bench_") as folder:
        run_alone("make_file", rows=sizes.people_of_the_file, output=folder)
        file, output = Path(folder) / "people.parquet", Path(folder) / "results.parquet"
        runs: dict[str, list[Alone]] = {case: [] for case in measure_parquet.CASES}
        for _ in range(sizes.runs_of_the_file):
            for case, alone in runs.items():
                alone.append(run_alone(case, file=file, output=output))
                output.unlink()
        by_command = _by_command(label, file, output)
        size = file.stat().st_size / 1024**3
    best = {case: min(alone.report["seconds"] for alone in runs[case]) for case in runs}
    worked = {case: min(alone.report["processor_s"] for alone in runs[case]) for case in runs}
    written = {case: runs[case][0].report["output_gib"] for case in runs}
    peak = {case: max(alone.peak_gib for alone in runs[case]) for case in runs}
    anonymous = max(alone.peak_anonymous_gib for alone in runs["assess_file"])
    return [
        Row(
            f"{label}: the copy",
            best["copy_file"],
            "s",
            note=f"best of {sizes.runs_of_the_file}; {size:.2f} GiB, peak {peak['copy_file']:.2f} GiB",
        ),
        Row(
            f"{label}: judged",
            best["assess_file"],
            "s",
            note=f"the file's columns and the contract's, {written['assess_file']:.2f} GiB",
        ),
        Row(
            f"{label}, to the copy",
            best["assess_file"] / best["copy_file"],
            "times",
            note=f"peak {peak['assess_file']:.2f} GiB, {anonymous:.2f} GiB of it no file's pages, "
            f"processor time: {worked['assess_file'] / worked['copy_file']:.2f} times",
        ),
        # The targets are for reading a file and writing its results: a copy that also writes all it read writes twice.
        Row(
            f"{label}, results only, to the copy",
            best["assess_file_results_only"] / best["copy_file"],
            "times",
            Target("parquet_ratio_to_copy", 1.15),
            f"{best['assess_file_results_only']:.1f} s, "
            f"processor time: {worked['assess_file_results_only'] / worked['copy_file']:.2f} times",
        ),
        Row(
            f"{label}, results only: peak memory",
            peak["assess_file_results_only"],
            "GiB",
            Target("parquet_peak_gib", 1.5),
        ),
        by_command,
    ]


def _by_command(label: str, file: Path, output: Path) -> Row:
    """The command itself, once: it checks the file before, adds what the file allows beyond the contract, and sums up."""
    label = f"{label}, by the command, with checks and summary"
    started = perf_counter()
    try:
        alone = run_command([sys.executable, "-m", "myosteon", "assess", str(file), "-o", str(output)])
    except MeasurementFailed as failure:
        return Row(label, "failed", note=str(failure).splitlines()[-1][:100])
    return Row(label, perf_counter() - started, "s", note=f"once; peak {alone.peak_gib:.2f} GiB")


def clinic(sizes: Sizes) -> list[Row]:
    """The clinic served over a large registry: in SQLite, and in PostgreSQL where that is installed."""
    return clinic_rows(sizes.people_of_the_clinic)


GROUPS: dict[str, Callable[[Sizes], list[Row]]] = {
    "memory": memory,
    "qfracture": qfracture,
    "risks": risks,
    "duckdb": duckdb,
    "spark": spark,
    "person": person,
    "plans": plans,
    "recommendations": recommendations,
    "command": command,
    "parquet": parquet,
    "clinic": clinic,
}

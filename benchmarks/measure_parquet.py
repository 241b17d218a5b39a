"""A large Parquet file to a Parquet file with every verdict, beside a plain copy of the same file.

The copy is Polars' own, `scan_parquet(...).sink_parquet(...)`, with the settings that Polars has by default, and so is
the assessment: they differ in the columns of the contract alone. That is what `myosteon assess` does with a large
Parquet file by default: the columns of the file are kept. `results only` is its `--results-only`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import people
import polars as pl

from myosteon.assess import assess

SEED = 11
ROWS_OF_A_PART = 1_000_000

Report = dict[str, Any]
FileCase = Callable[[Path, Path], Report]


def make_file(rows: int, folder: Path) -> Path:
    """Made-up people as one Parquet file, each with a `person_id`, written a part at a time."""
    parts = []
    for start in range(0, rows, ROWS_OF_A_PART):
        part = folder / f"part_{start:09}.parquet"
        crowd = people.make_people(min(ROWS_OF_A_PART, rows - start), SEED + start)
        number = pl.int_range(start, start + len(crowd)).cast(pl.String)
        crowd.select(number.alias("person_id"), pl.all()).write_parquet(part)
        parts.append(part)
    file = folder / "people.parquet"
    pl.scan_parquet(parts).sink_parquet(file)
    for part in parts:
        part.unlink()
    return file


def copy_file(file: Path, output: Path) -> Report:
    return _timed(pl.scan_parquet(file), output)


def assess_file(file: Path, output: Path) -> Report:
    return _timed(assess(pl.scan_parquet(file), columns="contract"), output)


def assess_file_results_only(file: Path, output: Path) -> Report:
    return _timed(assess(pl.scan_parquet(file), columns="contract", keep_input=False), output)


def _timed(frame: pl.LazyFrame, output: Path) -> Report:
    started, worked = perf_counter(), process_time()
    frame.sink_parquet(output)
    return {
        "seconds": perf_counter() - started,
        "processor_s": process_time() - worked,
        "output_gib": output.stat().st_size / 1024**3,
    }


CASES: dict[str, FileCase] = {
    case.__name__: case for case in (copy_file, assess_file, assess_file_results_only)
}

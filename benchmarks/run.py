"""`make bench`: how fast the contract is judged, beside scripts of the same verdicts, on this machine.

Every measurement has a process of its own, one after another; ratios are taken within one run. Run it on an idle
machine. `--quick` takes smaller crowds (for continuous integration: the figures are rough and go to another file),
`--only GROUP` one group (nothing is written; with `--renew` its rows take the place of those of the last full run). The full run needs 5 GB for a while in the folder for temporary files
(set TMPDIR for another), 8 GB of memory for DuckDB and Spark, Java for Spark, and PostgreSQL
for the second half of the group `clinic`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import measure_clinic
import measure_memory
import measure_parquet
import measure_person
import measure_plans
import measure_recommendations
import measure_validation
import qfracture
from groups import GROUPS, Sizes
from own_process import MeasurementFailed
from results import Row, machine_facts, named_results, print_table, renewed, write_results

FULL = Sizes(
    people=1_000_000,
    people_of_spark=200_000,
    people_of_the_file=20_000_000,
    runs_of_the_file=3,
    people_of_the_clinic=100_000,
)
QUICK = Sizes(
    people=200_000,
    people_of_spark=20_000,
    people_of_the_file=1_000_000,
    runs_of_the_file=3,
    people_of_the_clinic=5_000,
)


def main() -> None:
    asked = arguments()
    if asked.case:
        print(json.dumps(run_case(asked)))
        return
    sizes = QUICK if asked.quick else FULL
    rows: list[Row] = []
    for name, group in GROUPS.items():
        if asked.only in (None, name):
            print(f"{name} ...", flush=True)
            try:
                rows += [replace(row, group=name) for row in group(sizes)]
            except MeasurementFailed as failure:
                rows.append(Row(name, "failed", note=str(failure).splitlines()[-1][:100]))
                print(failure)
    facts = machine_facts(sizes, quick=asked.quick)
    print_table(rows, facts)
    if asked.renew and asked.only and not asked.quick:
        rows, facts = renewed(rows, asked.only, Path(__file__).parent)
    if asked.only is None or (asked.renew and not asked.quick):
        write_results(named_results(rows), rows, facts, Path(__file__).parent)


def run_case(asked: argparse.Namespace) -> dict[str, Any]:
    """One measurement, in this process."""
    if asked.case in measure_parquet.CASES:
        return measure_parquet.CASES[asked.case](asked.file, asked.output)
    if asked.case in measure_clinic.CASES:
        return measure_clinic.CASES[asked.case](asked.database, asked.rows)
    if asked.case == "make_file":
        return {"file": str(measure_parquet.make_file(asked.rows, asked.output))}
    modules = (
        measure_memory,
        measure_person,
        measure_plans,
        measure_recommendations,
        qfracture,
        measure_validation,
    )
    return next(module.CASES[asked.case] for module in modules if asked.case in module.CASES)(asked.rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="smaller crowds")
    parser.add_argument("--only", choices=GROUPS, help="one group of measurements")
    parser.add_argument("--renew", action="store_true", help="put that group's rows into the results")
    for name in ("case", "rows", "file", "output", "database"):
        kind: Any = {"rows": int, "file": Path, "output": Path}.get(name, str)
        parser.add_argument(
            f"--{name}", type=kind, default=0 if name == "rows" else None, help=argparse.SUPPRESS
        )
    return parser.parse_args()


if __name__ == "__main__":
    main()

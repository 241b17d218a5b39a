"""The demonstration: made-up people from file to report."""

from __future__ import annotations

from pathlib import Path

from myosteon.app.assessment import Assessment, run_assessment
from myosteon.app.demo_cohort import write_demo_cohort
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language, say
from myosteon.app.texts import tell


def demonstrate(folder: Path, people: int, seed: int, language: Language) -> None:
    """Writes `people.csv`, `treatments.csv`, `results.parquet` and `report.html` into `folder`, and prints the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "people.csv"
    write_demo_cohort(file, people, seed)
    write_demo_treatments(file, folder / "treatments.csv")
    say(tell("demo_made", language, people=f"{people:,}", file=file))
    run_assessment(
        Assessment(
            file=file,
            output=folder / "results.parquet",
            definitions=None,
            columns="verdicts",
            results_only=False,
            report=folder / "report.html",
            design=(None, None, None),
            engine="polars",
            refusals=folder / "refused.csv",
            reading=ReadingOptions(),
            settings=(False, "", False),
            further=(False, False),
            language=language,
        )
    )

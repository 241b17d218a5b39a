"""Writes NHANES as one canonical file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from myosteon.app.results_file import sink_for, write_results
from myosteon.app.screen import Language, say
from myosteon.app.texts import tell
from myosteon.readers.nhanes import read_nhanes


def write_nhanes(
    directory: Path, output: Path, cycles: Sequence[str] | None, imputation: int | None, language: Language
) -> None:
    """Reads the cycles of a directory, writes them, and says what was not there.

    Raises:
        InputError: a file or a cycle cannot be used, or the output cannot be written.
    """
    sink_for(output)
    reading = read_nhanes(directory, cycles or None, imputation=imputation)
    write_results(reading.frame.lazy(), output)
    found = ", ".join(sorted(reading.frame["nhanes_cycle"].unique()))
    say(
        tell(
            "nhanes_made",
            language,
            rows=f"{reading.frame.height:,}",
            cycles=found,
            file=output,
            notes=len(reading.notes),
        )
    )
    for note in reading.notes:
        say(f"- {note}")

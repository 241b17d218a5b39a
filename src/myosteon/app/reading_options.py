"""How a file is to be read, as the commands take it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Options of the reader, as given on the command line."""

    sex_codes: str | None = None
    rename: Path | None = None
    strict: bool = False
    absent_means_no: bool = False
    sheet: str | None = None

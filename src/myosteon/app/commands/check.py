"""`myosteon check`: judges a file without assessing anybody."""

from __future__ import annotations

import typer

from myosteon.app.options import AbsentMeansNo, File, Lang, Rename, SexCodes, Sheet, Strict
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import language_of

REFUSED = 3


def check_file(
    file: File,
    sex_codes: SexCodes = None,
    rename: Rename = None,
    strict: Strict = False,
    absent_means_no: AbsentMeansNo = False,
    sheet: Sheet = None,
    lang: Lang = None,
) -> None:
    """Say what FILE holds, what would be refused and why; nobody is assessed."""
    # The reader loads Polars.
    from myosteon.app.checking import run_check

    if run_check(file, ReadingOptions(sex_codes, rename, strict, absent_means_no, sheet), language_of(lang)):
        raise typer.Exit(REFUSED)

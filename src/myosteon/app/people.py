"""Reads a file of people for the commands, and says what the reader saw."""

from __future__ import annotations

import csv
from pathlib import Path

from myosteon.app.reading_options import ReadingOptions
from myosteon.app.screen import Language, say
from myosteon.readers.options import parse_sex_codes, read_rename_map
from myosteon.readers.reading import Reading
from myosteon.readers.table import read_table

MOST_REFUSALS_SAID = 20


def read_people(file: Path, options: ReadingOptions) -> Reading:
    """The people of a file.

    Raises:
        InputError: the file, its columns or the options cannot be used.
    """
    sheet = options.sheet
    return read_table(
        file,
        sex_codes=parse_sex_codes(options.sex_codes) if options.sex_codes else None,
        rename=read_rename_map(options.rename) if options.rename else None,
        strict=options.strict,
        absent_means_no=options.absent_means_no,
        sheet=int(sheet) if sheet and sheet.isdigit() else sheet,
    )


def say_what_was_read(reading: Reading, language: Language) -> None:
    """The reader's notices, then the refused values, the first of them one by one."""
    for notice in reading.notices:
        say(notice.describe(language))
    for refusal in reading.refusals[:MOST_REFUSALS_SAID]:
        say(refusal.describe(language))
    more = reading.refused_in_all - min(len(reading.refusals), MOST_REFUSALS_SAID)
    if more > 0:
        say(
            f"还有{more}个值被拒收；用 --refusals 文件名 可得完整清单。"
            if language == "zh"
            else f"{more} more values were refused; --refusals FILE writes the whole list."
        )


def write_refusals(reading: Reading, file: Path) -> None:
    """The refused values as CSV, one a row."""
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["person_id", "visit_date", "row", "column", "value", "kind", "reason", "remedy"])
        for refusal in reading.refusals:
            writer.writerow(
                [
                    refusal.person_id,
                    refusal.visit_date,
                    refusal.row,
                    refusal.column,
                    refusal.value,
                    refusal.kind,
                    refusal.reason_en,
                    refusal.remedy_en,
                ]
            )

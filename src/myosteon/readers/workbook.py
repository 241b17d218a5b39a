"""Excel workbooks: one sheet, every cell as text, dates as ISO dates."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from myosteon.errors import ColumnError, FileUnreadable, MissingPart
from myosteon.readers.columns import name_every_column, refuse_repeated_names
from myosteon.readers.reading import give_notice
from myosteon.readers.source import Source
from myosteon.readers.wording import say


def open_workbook(path: Path, kind: str, sheet: str | int | None) -> Source:
    """Return one sheet of a workbook as text columns: the first, or the one named or counted from 1.

    Cells are taken as text because a spreadsheet column may mix numbers, dates and words; a number keeps all its digits.
    Raises `FileUnreadable` where the workbook is damaged or has no such sheet, `ColumnError` where it is empty.
    """
    fastexcel = _import_fastexcel(kind)
    try:
        workbook = fastexcel.read_excel(path)
        names = workbook.sheet_names
        chosen = _choose_sheet(path, names, sheet)
        # Names are read as a row of their own: the library would silently number those that stand there twice.
        cells = workbook.load_sheet(chosen, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        raise FileUnreadable(say("error.damaged", path=path, kind=say(f"kind.{kind}"))) from None
    if cells.is_empty() or not any(cells.row(0)):
        raise ColumnError(say("error.empty_sheet", path=path, sheet=chosen, sheets=", ".join(names)))
    # A column that was only coloured has neither name nor value.
    people = cells.select(column for column in cells if column.null_count() < cells.height)
    columns, notices = name_every_column([name or "" for name in people.row(0)])
    refuse_repeated_names(path, columns)
    people = people.slice(1)
    people.columns = columns
    others = [name for name in names if name != chosen]
    if others and sheet is None:
        notices.append(give_notice("sheets_not_read", sheet=chosen, others=", ".join(others)))
    return Source(people.lazy(), tuple(columns), notices=tuple(notices), is_text=True)


def _import_fastexcel(kind: str) -> ModuleType:
    try:
        import fastexcel  # 20 ms that a command without a workbook should not pay
    except ImportError:
        command = "python -m pip install fastexcel"
        raise MissingPart(say("error.missing_part", kind=say(f"kind.{kind}"), command=command)) from None
    return fastexcel


def _choose_sheet(path: Path, names: list[str], sheet: str | int | None) -> str:
    if sheet is None:
        return names[0]
    if str(sheet) in names:  # a sheet may be called 2024
        return str(sheet)
    if str(sheet).isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise FileUnreadable(say("error.no_sheet", path=path, sheet=sheet, sheets=", ".join(names)))

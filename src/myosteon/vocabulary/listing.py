"""The vocabulary as a table for people and programs: CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from io import StringIO

from myosteon.errors import InputError
from myosteon.vocabulary.measures import load_measures
from myosteon.vocabulary.reading import CODE_SYSTEMS
from myosteon.vocabulary.types import Code, Measure

COLUMNS = (
    "name",
    "type",
    "unit",
    "hard_min",
    "hard_max",
    "plausible_min",
    "plausible_max",
    "words",
    "label_en",
    "label_zh",
    "group",
    "tier",
    "alternative_columns",
    "codes",
    "meaning",
)

Cell = str | int | float | list[str] | None


def list_measures(format: str) -> str:
    """Every measure as one table with the columns of `COLUMNS`, one line or object each.

    `csv` and `md` join lists with `; ` and leave empty what does not apply; `json` keeps lists and
    writes null.

    Raises:
        InputError: `format` is none of csv, json, md.
    """
    try:
        write = _WRITERS[format]
    except KeyError:
        raise InputError(
            f"the format {format!r} is not known; choose one of: {', '.join(_WRITERS)}"
        ) from None
    return write([_row(measure) for measure in load_measures().values()])


def _row(measure: Measure) -> dict[str, Cell]:
    plausible = measure.plausible
    cells: tuple[Cell, ...] = (
        measure.name,
        measure.type,
        measure.unit,
        _plain(measure.hard_min),
        _plain(measure.hard_max),
        _plain(plausible.min if plausible else None),
        _plain(plausible.max if plausible else None),
        list(measure.words),
        measure.label.en,
        measure.label.zh,
        measure.group,
        measure.tier,
        [alternative.column for alternative in measure.alternative_units],
        [_code_text(code) for code in measure.codes],
        measure.meaning,
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _plain(number: float | None) -> int | float | None:
    """Whole numbers without the `.0`, as the contract writes them."""
    return int(number) if number is not None and number.is_integer() else number


def _code_text(code: Code) -> str:
    text = f"{CODE_SYSTEMS[code.system]} {code.code}"
    return text if code.word is None else f"{text} = {code.word}"


def _cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return "; ".join(cell) if isinstance(cell, list) else str(cell)


def _as_csv(rows: Sequence[dict[str, Cell]]) -> str:
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell_text(cell) for cell in row.values()] for row in rows)
    return page.getvalue()


def _as_json(rows: Sequence[dict[str, Cell]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _as_markdown(rows: Sequence[dict[str, Cell]]) -> str:
    lines = [COLUMNS, ("---",) * len(COLUMNS)]
    # A bar inside a cell would end it.
    lines += [tuple(_cell_text(cell).replace("|", "\\|") for cell in row.values()) for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_WRITERS: dict[str, Callable[[Sequence[dict[str, Cell]]], str]] = {
    "csv": _as_csv,
    "json": _as_json,
    "md": _as_markdown,
}

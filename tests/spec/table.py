"""The tables of the specification: what is known of some people, and what must come out.

    every row: sex male, height_cm 100
    setting: accept_estimated_mass
    alm_kg | mass_method || mass_low_awgs2019
    6.99   | dxa         || yes
    7.00   | dxa         || no
           | dxa         ||

Left of `||` stand measures, right of it computed columns. An empty cell is unknown on the left and empty on the right.
`every row:` gives measures that all rows share; `setting:` names a setting that is switched on, or a setting and its
word. Numbers that come out are compared to as many decimals as are printed, whole numbers exactly.

A test function holds one table, as the argument of `@spec`; its docstring is a paragraph of the manual, its file a
section, its folder a chapter.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Cell = str
Computing = Callable[..., Mapping[str, object]]
Function = TypeVar("Function", bound=Callable[..., None])

EVERY_ROW = "every row:"
SETTING = "setting:"
MIDDLE = "||"


class TableError(Exception):
    """A table of the specification cannot be read."""


@dataclass(frozen=True)
class Table:
    """The cells of one table as text; an empty cell is the empty text."""

    given: tuple[str, ...]
    expected: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]
    every_row: Mapping[str, Cell] = field(default_factory=dict)
    settings: tuple[tuple[str, str], ...] = ()

    def people(self) -> list[dict[str, Cell]]:
        """What is given for each row, shared measures included."""
        return [{**self.every_row, **dict(zip(self.given, given, strict=True))} for given, _ in self.rows]

    def answers(self) -> list[dict[str, Cell]]:
        """What must come out for each row."""
        return [dict(zip(self.expected, expected, strict=True)) for _, expected in self.rows]


@dataclass(frozen=True)
class Paragraph:
    """One test function as the manual shows it."""

    name: str
    text: str
    table: str


@dataclass(frozen=True)
class Section:
    """One test module as the manual shows it."""

    chapter: str
    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]


def read_table(text: str) -> Table:
    """Reads a table.

    Raises:
        TableError: there is no header, a row has another number of cells, or a column stands there twice.
    """
    lines = [line.strip() for line in inspect.cleandoc(text).splitlines() if line.strip()]
    every_row: dict[str, Cell] = {}
    settings: dict[str, str] = {}
    while lines and lines[0].startswith((EVERY_ROW, SETTING)):
        line = lines.pop(0)
        if line.startswith(EVERY_ROW):
            every_row |= _shared(line.removeprefix(EVERY_ROW))
        else:
            name, _, word = line.removeprefix(SETTING).strip().partition(" ")
            settings[name] = word.strip()
    if not lines or MIDDLE not in lines[0]:
        raise TableError("the table has no header with ||")
    given, expected = _sides(lines[0])
    columns = (*every_row, *given, *expected)
    if len(set(given)) < len(given) or len(set(expected)) < len(expected) or set(every_row) & set(given):
        raise TableError(f"a column stands there twice: {', '.join(columns)}")
    rows = [_sides(line) for line in lines[1:]]
    for line, (left, right) in zip(lines[1:], rows, strict=True):
        if (len(left), len(right)) != (len(given), len(expected)):
            raise TableError(f"this row has another number of cells than the header: {line}")
    return Table(given, expected, tuple(rows), every_row, tuple(sorted(settings.items())))


def _sides(line: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    if line.count(MIDDLE) != 1:
        raise TableError(f"this row needs one ||: {line}")
    left, right = line.split(MIDDLE)
    return tuple(c.strip() for c in left.split("|")), tuple(c.strip() for c in right.split("|"))


def _shared(text: str) -> dict[str, Cell]:
    pairs = [part.split() for part in text.split(",") if part.strip()]
    for pair in pairs:
        if len(pair) != 2:
            raise TableError(f"a shared measure is a name and a value, not {' '.join(pair)!r}")
    return dict(pairs)


def spec(text: str, *, computing: Computing | None = None) -> Callable[[Function], Function]:
    """Gives a test function its table.

    Args:
        text: the table.
        computing: for operations that are no columns of the program: takes the given columns as yes/no expressions by
            name and returns the expected ones.
    """
    table = read_table(text)

    def decorator(function: Function) -> Function:
        if not (function.__doc__ or "").strip():
            raise TableError(f"{function.__name__} has no paragraph (docstring)")
        function.spec_table = table  # type: ignore[attr-defined]
        function.spec_computing = computing  # type: ignore[attr-defined]
        return function

    return decorator


def read_section(file: Path) -> Section:
    """A test module as the manual shows it, without running it: chapter, section, paragraphs in order.

    Raises:
        TableError: a docstring is missing, or a test function has no table.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    paragraphs = tuple(_paragraph(function, file) for function in functions)
    name = file.stem.removeprefix("test_")
    return Section(file.parent.name, name, _docstring(tree, file), paragraphs)


def _paragraph(function: ast.FunctionDef, file: Path) -> Paragraph:
    tables = [
        call.args[0].value
        for call in function.decorator_list
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "spec"
        if isinstance(call.args[0], ast.Constant)
    ]
    if len(tables) != 1 or not isinstance(tables[0], str):
        raise TableError(f"{file.name}: {function.name} has no table")
    name = function.name.removeprefix("test_")
    return Paragraph(name, _docstring(function, file), inspect.cleandoc(tables[0]))


def _docstring(node: ast.Module | ast.FunctionDef, file: Path) -> str:
    text = ast.get_docstring(node)
    if not text:
        raise TableError(f"{file.name}: a docstring is missing")
    return text


def read_sections(folder: Path, chapters: Sequence[str]) -> list[Section]:
    """Every section, chapter by chapter, sections by name."""
    return [
        read_section(file) for chapter in chapters for file in sorted((folder / chapter).glob("test_*.py"))
    ]


CHAPTERS = (
    "three_valued_logic",
    "measures_derived",
    "strength",
    "mass",
    "performance",
    "sarcopenia",
    "bone",
    "osteosarcopenia",
    "screening",
    "equations",
    "references",
    "contradictions",
    "obesity",
)

"""A page on guidelines as the web shows it: the page of the command line, with the place of each number behind its mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from myosteon.assess import Assessor, make_assessor
from myosteon.evidence.types import Language
from myosteon.guidelines import installed_guidelines
from myosteon.outputs.guideline_comparison import comparison_page
from myosteon.outputs.guideline_list import list_page
from myosteon.outputs.guideline_page import guideline_page
from myosteon.outputs.page import Cell, Group, Page, Table


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell; `place` is the number of the place that its source stands at, 0 where it has none."""

    cell: Cell
    place: int = 0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its name, its cells, and the definition that it leads to."""

    name: str
    cells: tuple[ShownCell, ...]
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Rows under one heading."""

    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The page, its one table as it is shown, and the places by their numbers, from 1."""

    page: Page
    head: tuple[str, ...]
    groups: tuple[ShownGroup, ...]
    places: tuple[str, ...] = ()


def choices(language: Language) -> tuple[tuple[str, str], ...]:
    """Every installed definition by id and name, in the order of the list."""
    return tuple(
        (id, guideline.evidence.label.in_language(language))
        for id, guideline in installed_guidelines().items()
    )


def is_installed(id: str) -> bool:
    """Whether there is such a definition."""
    return id in installed_guidelines()


@cache
def show_list(language: Language) -> ShownPage:
    """Every installed definition; a row leads to its definition."""
    page = list_page(tuple(installed_guidelines().values()), language)
    table = page.tables[0]
    # The id is for machines: the name leads to the definition.
    groups = tuple(
        ShownGroup(
            group.title,
            tuple(
                ShownRow(row.cells[0].text, tuple(map(ShownCell, row.cells[1:])), leads_to=row.name)
                for row in group.rows
            ),
        )
        for group in table.groups
    )
    return ShownPage(page, table.head[1:], groups)


@lru_cache(maxsize=64)
def show_one(id: str, language: Language) -> ShownPage:
    """One definition with every number and where it stands.

    Raises:
        KeyError: it is not installed.
    """
    page = guideline_page(installed_guidelines()[id], _assessor(), language)
    places = _places(page)
    table = page.tables[0]
    groups = tuple(ShownGroup(group.title, tuple(_with_place(group, places))) for group in table.groups)
    return ShownPage(page, table.head[:-1], groups, tuple(places.values()))


@lru_cache(maxsize=256)
def show_two(first: str, second: str, language: Language) -> ShownPage:
    """Two definitions side by side.

    Raises:
        KeyError: one is not installed.
    """
    installed = installed_guidelines()
    page = comparison_page(installed[first], installed[second], _assessor(), language)
    places: dict[str, int] = {}
    table = page.tables[0]
    told = page.data["groups"]
    groups = tuple(
        ShownGroup(group.title, tuple(_sourced(group, data["rows"], table, places, language)))
        for group, data in zip(table.groups, told, strict=True)
    )
    return ShownPage(page, table.head, groups, tuple(places))


def _sourced(
    group: Group, told: Sequence[Mapping[str, Any]], table: Table, places: dict[str, int], language: Language
) -> Iterator[ShownRow]:
    for row, data in zip(group.rows, told, strict=True):
        sides = [
            ShownCell(cell, _place(table.head[side], data[name]["source"], places, language))
            for side, (cell, name) in enumerate(zip(row.cells, ("first", "second"), strict=False), 1)
        ]
        yield ShownRow(row.name, (*sides, *map(ShownCell, row.cells[2:])))


def _place(
    definition: str, source: Mapping[str, str] | None, places: dict[str, int], language: Language
) -> int:
    """The number of a place; the same place has the same number."""
    if source is None:
        return 0
    said = f"{definition}{'：' if language == 'zh' else ': '}{source['where']}"
    return places.setdefault(said, len(places) + 1)


def _places(page: Page) -> Mapping[str, str]:
    """What stands under each number in brackets."""
    lines = (line for note in page.notes for line in note.lines)
    return {name: cell.text for name, cell in lines if name.startswith("[")}


def _with_place(group: Group, places: Mapping[str, str]) -> Iterator[ShownRow]:
    for row in group.rows:
        value, where = row.cells
        place = list(places).index(where.text) + 1 if where.text in places else 0
        yield ShownRow(row.name, (ShownCell(value, place),))


@cache
def _assessor() -> Assessor:
    return make_assessor(strata=True)

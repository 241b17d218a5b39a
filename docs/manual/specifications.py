"""The page of specifications: the tests of the rules as prose and tables. Folder = chapter, file = section, test = paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from manual.markdown import page
from spec.table import CHAPTERS, Paragraph, Section, read_sections

OPENING = (
    "What the program must answer, paragraph by paragraph; each is a test that runs on Polars, DuckDB and Spark. Left of `||` "
    "stands what is known of a person, right of it what must come out. An empty cell is unknown. `every row` is known of every "
    "person of the table; `setting` is a choice that is switched on."
)


def specifications_page(project: Path) -> str:
    """Every chapter of `tests/spec`."""
    sections = read_sections(project / "tests" / "spec", CHAPTERS)
    return page("Specifications", _body(sections))


def _body(sections: list[Section]) -> Iterator[str]:
    yield OPENING
    for chapter, parts in groupby(sections, key=lambda section: section.chapter):
        yield from ("", f"## {_title(chapter)}")
        for section in parts:
            yield from ("", f"### {_title(section.name)}", "", section.text)
            for paragraph in section.paragraphs:
                yield from _paragraph(paragraph)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    yield from ("", f"#### {_title(paragraph.name)}", "", paragraph.text, "")
    yield from (f"    {line}".rstrip() for line in paragraph.table.splitlines())


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return words[0].upper() + words[1:]

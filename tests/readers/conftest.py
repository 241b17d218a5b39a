from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from myosteon.readers.reading import Reading
from myosteon.readers.table import read_table

ReadText = Callable[..., Reading]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Write text (or bytes) to a file and read it as a table."""

    def write_and_read(
        content: str | bytes, name: str = "people.csv", encoding: str = "utf-8", **options: Any
    ) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_table(path, **options)

    return write_and_read


@pytest.fixture
def read_column(read_text: ReadText) -> Callable[..., Reading]:
    """Read a CSV file of one further column, one quoted cell a row, person_id p1, p2, ..."""

    def read(column: str, *cells: str, **options: Any) -> Reading:
        lines = [f'p{number},f,70,"{cell}"' for number, cell in enumerate(cells, 1)]
        return read_text("\n".join([f"person_id,sex,age_years,{column}", *lines]), **options)

    return read


@pytest.fixture
def read_sex(read_text: ReadText) -> Callable[..., Reading]:
    """Read a CSV file in which the column `sex` has the cells given."""

    def read(*cells: str, **options: Any) -> Reading:
        lines = [f'p{number},"{cell}",70' for number, cell in enumerate(cells, 1)]
        return read_text("\n".join(["person_id,sex,age_years", *lines]), **options)

    return read

"""Parquet: read lazily; the statistics of its row groups prove ranges without reading a value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from myosteon.errors import FileUnreadable
from myosteon.readers.source import Bounds, Source
from myosteon.readers.wording import say

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData  # type: ignore[import-untyped]


def open_parquet(path: Path) -> Source:
    """Return a Parquet file lazily, with the bounds of the numeric columns that its statistics prove.

    Raises `FileUnreadable` where the file is damaged or cut short.
    """
    # Imported here: 130 ms that a command without a Parquet file should not pay.
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet

    try:
        metadata = pyarrow.parquet.read_metadata(path)
        frame = pl.scan_parquet(path, glob=False)
        names = frame.collect_schema().names()
    except (pyarrow.ArrowException, OSError, pl.exceptions.PolarsError):
        raise say_damaged(path) from None
    return Source(
        frame,
        tuple(names),
        rows=metadata.num_rows,
        bounds=find_bounds(metadata),
        explain=lambda _: say_damaged(path),
    )


def say_damaged(path: Path) -> FileUnreadable:
    """Return the error for a file whose content is not what its frame promises."""
    return FileUnreadable(say("error.damaged", path=path, kind=say("kind.parquet")))


def find_bounds(metadata: FileMetaData) -> dict[str, Bounds]:
    """Return least and greatest value of each top-level numeric column for which every row group tells them.

    NaN is not counted by these statistics: the caller still turns NaN into null.
    """
    bounds: dict[str, Bounds] = {}
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    for place in range(metadata.num_columns):
        name = metadata.schema.column(place).path
        least: float | None = None
        most: float | None = None
        for group in groups:
            chunk = group.column(place)
            told = chunk.statistics
            if told is not None and told.null_count == chunk.num_values:
                continue
            if told is None or not told.has_min_max or not isinstance(told.min, int | float):
                break
            # A boundary of NaN comes from a careless writer and proves nothing.
            if told.min != told.min or told.max != told.max:
                break
            least = told.min if least is None else min(least, told.min)
            most = told.max if most is None else max(most, told.max)
        else:
            bounds[name] = Bounds(least, most)
    return bounds

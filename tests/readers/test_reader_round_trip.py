"""Whatever people are written, CSV, Parquet, JSON lines and a frame in memory read alike, and reading twice changes nothing."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from myosteon.frame import canonical_dtype, check_canonical
from myosteon.readers.table import read_frame, read_table
from myosteon.vocabulary.measures import Measure, load_measures

MEASURES = [measure for name, measure in load_measures().items() if name != "person_id"]
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=5, max_size=9
)


def some_value(measure: Measure) -> st.SearchStrategy[Any]:
    if measure.type == "bool":
        return st.booleans()
    if measure.type == "category":
        return st.sampled_from(measure.words)
    if measure.type == "date":
        return st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
    if measure.type == "list":
        return st.lists(NAMES.filter(lambda name: ";" not in name), min_size=1, max_size=3).map(";".join)
    if measure.type == "string":
        return NAMES
    assert measure.hard_min is not None
    assert measure.hard_max is not None
    if measure.type == "int":
        return st.integers(int(measure.hard_min), int(measure.hard_max))
    return st.floats(measure.hard_min, measure.hard_max, allow_subnormal=False)


@st.composite
def some_people(draw: st.DrawFn) -> pl.DataFrame:
    size = draw(st.integers(2, 5))
    chosen = draw(st.lists(st.sampled_from(MEASURES), max_size=12, unique_by=lambda measure: measure.name))
    chosen += [load_measures()[name] for name in ("sex", "age_years")]
    columns = {measure.name: measure for measure in sorted(chosen, key=lambda measure: measure.order)}
    people = {"person_id": pl.Series([f"p{number}" for number in range(size)])}
    for name, measure in columns.items():
        cells = draw(st.lists(st.none() | some_value(measure), min_size=size, max_size=size))
        people[name] = pl.Series(cells, dtype=canonical_dtype(measure), strict=False)
    people["clinic"] = pl.Series(draw(st.lists(NAMES, min_size=size, max_size=size)))
    return pl.DataFrame(people)


@given(some_people())
@settings(max_examples=60, deadline=None)
def test_every_format_gives_back_what_was_written(people: pl.DataFrame) -> None:
    check_canonical(people)
    with tempfile.TemporaryDirectory() as folder:
        write: dict[str, Any] = {
            "csv": people.write_csv,
            "parquet": people.write_parquet,
            "jsonl": people.write_ndjson,
        }
        for ending, write_to in write.items():
            path = Path(folder) / f"people.{ending}"
            write_to(path)
            reading = read_table(path, strict=True)
            frame = reading.frame.collect()
            check_canonical(frame)
            assert frame.to_dict(as_series=False) == people.to_dict(as_series=False)
            assert frame.schema == people.schema
            assert reading.carried == ("clinic",)
            assert reading.rows == people.height


@given(some_people())
@settings(max_examples=60, deadline=None)
def test_reading_twice_changes_nothing(people: pl.DataFrame) -> None:
    once = read_frame(people)
    twice = read_frame(once.frame)
    assert once.refusals == twice.refusals == ()
    assert once.frame.collect().equals(twice.frame.collect())
    assert once.frame.collect().equals(people)


@given(some_people(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_text_reads_as_types_do(people: pl.DataFrame, random: Random) -> None:
    """A frame of text, columns shuffled and words in capitals, gives the same people; names stay as written."""
    names = [name for name, dtype in people.schema.items() if dtype == pl.String]
    as_text = people.with_columns(pl.all().exclude(names).cast(pl.String).str.to_uppercase())
    columns = as_text.columns
    random.shuffle(columns)
    reading = read_frame(as_text.select(columns))
    assert reading.refusals == ()
    assert reading.frame.collect().equals(people)

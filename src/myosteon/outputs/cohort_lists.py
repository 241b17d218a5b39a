"""Lists of names in results: as text, and what is named in them by how many people."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.outputs.cohort_answers import count_listed
from myosteon.outputs.strata_summary import Lack
from myosteon.outputs.wording.labels import both_languages
from myosteon.vocabulary.measures import load_measures


def listed_text(column: str, schema: pl.Schema) -> pl.Expr:
    """A list of names as one text parted by semicolons, however the results hold it."""
    listed = isinstance(schema[column], pl.List)
    return pl.col(column).list.join(";") if listed else pl.col(column).cast(pl.String)


def lacks_of(texts: Mapping[object, int], graph: Graph) -> tuple[Lack, ...]:
    """What is named in `;`-separated lists, by how many people, most first, in the words of both languages."""
    people = count_listed(texts)
    order = {name: place for place, name in enumerate(load_measures())}
    ranked = sorted(people.items(), key=lambda item: (-item[1], order.get(item[0], len(order)), item[0]))
    return tuple(Lack(both_languages(name, graph), count) for name, count in ranked)

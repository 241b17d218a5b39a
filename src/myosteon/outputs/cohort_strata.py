"""The strata of a cohort by age and sex, and how far the guidelines agree. Computes no medicine: counts words of columns.

The results are streamed; what is held are groups of people (age, sex, verdict, sampling unit), never rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.errors import ColumnError
from myosteon.outputs.cohort_ages import age_group, is_in, known_sex, older
from myosteon.outputs.cohort_counts import Cells, Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_lists import lacks_of, listed_text
from myosteon.outputs.cohort_questions import prepare, require_columns
from myosteon.outputs.cohort_strata_together import (
    MARKER,
    YES,
    count_together,
    marker_of,
    pair_of,
    people_answering,
)
from myosteon.outputs.cohort_summary import SEXES, Sex, StagePart
from myosteon.outputs.strata_summary import (
    AGE_GROUPS,
    AgeGroup,
    LevelShare,
    StrataSummary,
    StratumAsked,
    StratumGroup,
    StratumSummary,
)


def summarise_strata(
    results: pl.DataFrame | pl.LazyFrame,
    strata: Sequence[StratumAsked],
    graph: Graph,
    *,
    weight_column: str | None = None,
    stratum_column: str | None = None,
    psu_column: str | None = None,
) -> StrataSummary:
    """Sum up the strata of a results frame.

    Args:
        results: one row a person and visit, with `sex`, `age_years` and for each guideline its `ID`, `ID_upto` and `ID_needs`.
        strata: the guidelines to show, in order.
        graph: the rules, for the names of what is lacking.
        weight_column, stratum_column, psu_column: as `cohort.summarise_cohort` takes them.

    Raises:
        ColumnError: a column of a guideline or of the design is not in the frame.
    """
    schema = results.lazy().collect_schema()
    design = Design(weight_column, stratum_column, psu_column)
    require_columns(schema, (), design)
    _require(schema, strata)
    frame, _ = prepare(results.lazy(), schema, [], design, Cells())
    summaries = tuple(_sum_up(frame, asked, design, graph) for asked in strata)
    everybody = count_groups(frame, {"age": age_group(), "sex": known_sex()}, design, units=False)
    together = count_together(frame, strata, MARKER in schema, design)
    names = [asked.id for asked in strata]
    found = {name: people_answering(together, place, YES).people for place, name in enumerate(names)}
    return StrataSummary(
        strata=summaries,
        people={(age, sex): _within(everybody, age, sex).people for age in AGE_GROUPS for sex in SEXES},
        age_unknown=everybody.where(lambda key: key[0] is None).people,
        sex_unknown=everybody.where(lambda key: key[1] is None).people,
        found=found,
        found_by_any=together.where(lambda key: YES in key[: len(names)]).people,
        found_by_all=together.where(lambda key: bool(names) and set(key[: len(names)]) == {YES}).people,
        pairs=tuple(pair_of(together, names, a, b) for a, b in combinations(range(len(names)), 2)),
        marker=marker_of(frame, together, names, design) if MARKER in schema else None,
    )


def _require(schema: pl.Schema, strata: Sequence[StratumAsked]) -> None:
    wanted = [f"{asked.id}{end}" for asked in strata for end in ("", "_upto", "_needs")]
    absent = [column for column in wanted if column not in schema]
    if absent:
        raise ColumnError(
            f"The results do not hold {', '.join(f'`{column}`' for column in absent)}. "
            "Assess the cohort with the strata, or leave them out of the report."
        )


def _within(groups: Groups, age: AgeGroup, sex: Sex) -> Tally:
    return groups.where(lambda key: is_in(age, sex, key[0], key[1]))


def _sum_up(frame: pl.LazyFrame, asked: StratumAsked, design: Design, graph: Graph) -> StratumSummary:
    words = {"proved": pl.col(asked.id), "upto": pl.col(f"{asked.id}_upto")}
    keys = {"age": age_group(), "sex": known_sex()}
    groups = count_groups(frame, {**keys, **{name: e.cast(pl.String) for name, e in words.items()}}, design)
    listed = listed_text(f"{asked.id}_needs", frame.collect_schema())
    needs = {
        key[0]: tally.people
        for key, tally in count_groups(older(frame), {"needs": listed}, design, units=False).tallies.items()
    }
    return StratumSummary(
        asked=asked,
        groups={(age, sex): _group(groups, asked, age, sex) for age in AGE_GROUPS for sex in SEXES},
        waiting=sum(people for text, people in needs.items() if text),
        lacks=lacks_of(needs, graph),
    )


def _group(groups: Groups, asked: StratumAsked, age: AgeGroup, sex: Sex) -> StratumGroup:
    """Who is where of one group: pairs of the highest stratum proved and the highest not excluded, and each stratum."""
    levels = tuple(asked.levels)
    order = {level: place for place, level in enumerate(levels)}
    tallies: dict[tuple[int, int], list[Tally]] = {}
    not_for = 0
    for (start, held, proved, upto), tally in groups.tallies.items():
        if not is_in(age, sex, start, held):
            continue
        if upto is None:
            not_for += tally.people
            continue
        pair = (-1 if proved is None else order[str(proved)], order[str(upto)])
        tallies.setdefault(pair, []).append(tally)
    pairs = {pair: add(parts) for pair, parts in tallies.items()}
    judged = add(pairs.values())
    return StratumGroup(
        judged=judged.people,
        not_for=not_for,
        parts=tuple(_parts(pairs, levels, judged)),
        levels=tuple(_level_share(groups, pairs, judged, place, level) for place, level in enumerate(levels)),
    )


def _parts(
    pairs: Mapping[tuple[int, int], Tally], levels: Sequence[str], judged: Tally
) -> Iterator[StagePart]:
    for (low, high), tally in sorted(pairs.items(), key=lambda item: (-item[0][0], item[0][1])):
        yield StagePart(
            None if low < 0 else levels[low], levels[high], tally.people, tally.weight / judged.weight
        )


def _level_share(
    groups: Groups, pairs: Mapping[tuple[int, int], Tally], judged: Tally, place: int, level: str
) -> LevelShare:
    proved = add(tally for (low, _), tally in pairs.items() if low == place)
    possible = add(tally for (low, high), tally in pairs.items() if low <= place <= high)
    return LevelShare(
        level,
        proved.people,
        groups.share(proved, judged),
        possible.people,
        groups.share(possible, judged),
    )

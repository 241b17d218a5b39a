"""The strata of a cohort by age and sex, and how far the guidelines agree. Computes no medicine: counts words of columns.

The results are streamed; what is held are groups of people (age, sex, verdict, sampling unit), never rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from myosteon.engine.graph import Graph
from myosteon.errors import ColumnError
from myosteon.outputs.cohort_answers import cohen_kappa, count_listed
from myosteon.outputs.cohort_counts import Cells, Design
from myosteon.outputs.cohort_groups import Groups, Tally, add, count_groups
from myosteon.outputs.cohort_questions import prepare, require_columns
from myosteon.outputs.cohort_summary import SEXES, Sex, StagePart
from myosteon.outputs.strata_summary import (
    AGE_GROUPS,
    AgeGroup,
    Lack,
    LevelShare,
    MarkerGroup,
    MarkerSummary,
    Pair,
    StrataSummary,
    StratumAsked,
    StratumGroup,
    StratumSummary,
)
from myosteon.outputs.wording.labels import both_languages

MARKER = "osteosarcopenia_risk_marker"
HIGH = "high"  # from this stratum on people count as found, in every guideline
OLDER = AGE_GROUPS["from_50"][0]
# Where a person stands to "high or very high" under one guideline.
NOT_FOR, NO, OPEN, YES = range(4)


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
    together = _together(frame, strata, MARKER in schema, design)
    names = [asked.id for asked in strata]
    found = {
        name: together.where(lambda key, place=place: key[place] == YES).people
        for place, name in enumerate(names)
    }
    return StrataSummary(
        strata=summaries,
        people={
            (age, sex): _within(everybody, age, sex).people
            for age in AGE_GROUPS
            for sex in SEXES
        },
        age_unknown=everybody.where(lambda key: key[0] is None).people,
        sex_unknown=everybody.where(lambda key: key[1] is None).people,
        found=found,
        found_by_any=together.where(lambda key: YES in key[: len(names)]).people,
        found_by_all=together.where(lambda key: bool(names) and set(key[: len(names)]) == {YES}).people,
        pairs=tuple(_pair(together, names, a, b) for a, b in combinations(range(len(names)), 2)),
        marker=_marker(frame, together, names, design) if MARKER in schema else None,
    )


def _require(schema: pl.Schema, strata: Sequence[StratumAsked]) -> None:
    wanted = [f"{asked.id}{end}" for asked in strata for end in ("", "_upto", "_needs")]
    absent = [column for column in wanted if column not in schema]
    if absent:
        raise ColumnError(
            f"The results do not hold {', '.join(f'`{column}`' for column in absent)}. "
            "Assess the cohort with the strata, or leave them out of the report."
        )


def age_group() -> pl.Expr:
    """The age from which a person's group starts; null where the age is unknown."""
    age = pl.col("age_years")
    starts = sorted({start for start, _ in AGE_GROUPS.values()}, reverse=True)
    group = pl.when(age >= starts[0]).then(pl.lit(starts[0]))
    for start in starts[1:]:
        group = group.when(age >= start).then(pl.lit(start))
    return group.cast(pl.Int16)


def known_sex() -> pl.Expr:
    """The sex as text; null where it is neither female nor male."""
    return pl.when(pl.col("__female")).then(pl.lit("female")).when(pl.col("__male")).then(pl.lit("male"))


def _is_in(age: AgeGroup, sex: Sex, start: object, held: object) -> bool:
    low, high = AGE_GROUPS[age]
    within = isinstance(start, int) and low <= start and (high is None or start < high)
    return within and sex in ("all", held)


def _within(groups: Groups, age: AgeGroup, sex: Sex) -> Tally:
    return groups.where(lambda key: _is_in(age, sex, key[0], key[1]))


def _sum_up(frame: pl.LazyFrame, asked: StratumAsked, design: Design, graph: Graph) -> StratumSummary:
    words = {"proved": pl.col(asked.id), "upto": pl.col(f"{asked.id}_upto")}
    keys = {"age": age_group(), "sex": known_sex()}
    groups = count_groups(frame, {**keys, **{name: e.cast(pl.String) for name, e in words.items()}}, design)
    older = frame.filter((pl.col("age_years") >= OLDER).fill_null(False))
    listed = listed_text(f"{asked.id}_needs", frame.collect_schema())
    needs = {key[0]: tally.people for key, tally in count_groups(older, {"needs": listed}, design, units=False).tallies.items()}
    return StratumSummary(
        asked=asked,
        groups={(age, sex): _group(groups, asked, age, sex) for age in AGE_GROUPS for sex in SEXES},
        waiting=sum(people for text, people in needs.items() if text),
        lacks=lacks_of(needs, graph),
    )


def listed_text(column: str, schema: pl.Schema) -> pl.Expr:
    """A list of names as one text parted by semicolons, however the results hold it."""
    listed = isinstance(schema[column], pl.List)
    return pl.col(column).list.join(";") if listed else pl.col(column).cast(pl.String)


def lacks_of(texts: Mapping[object, int], graph: Graph) -> tuple[Lack, ...]:
    """What is named in `;`-separated lists, by how many people, most first, in the words of both languages."""
    people = count_listed(texts)
    ranked = sorted(people.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Lack(both_languages(name, graph), count) for name, count in ranked)


def _group(groups: Groups, asked: StratumAsked, age: AgeGroup, sex: Sex) -> StratumGroup:
    """Who is where of one group: pairs of the highest stratum proved and the highest not excluded, and each stratum."""
    levels = tuple(asked.levels)
    order = {level: place for place, level in enumerate(levels)}
    tallies: dict[tuple[int, int], list[Tally]] = {}
    not_for = 0
    for (start, held, proved, upto), tally in groups.tallies.items():
        if not _is_in(age, sex, start, held):
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


# --- the guidelines together, and osteosarcopenia beside them, of people from 50 -----------------------------------


def _together(
    frame: pl.LazyFrame, strata: Sequence[StratumAsked], with_marker: bool, design: Design
) -> Groups:
    """People from 50 by where they stand under every guideline, and by osteosarcopenia where the results hold it."""
    older = frame.filter((pl.col("age_years") >= OLDER).fill_null(False))
    by = {asked.id: _standing(asked) for asked in strata}
    if with_marker:
        by[MARKER] = pl.col(MARKER)
    return count_groups(older, by or {"nobody": pl.lit(0)}, design, units=False)


def _standing(asked: StratumAsked) -> pl.Expr:
    levels = tuple(asked.levels)
    high = levels[levels.index(HIGH) :] if HIGH in levels else levels[1:]
    proved, upto = (pl.col(f"{asked.id}{end}").cast(pl.String) for end in ("", "_upto"))
    return (
        pl.when(upto.is_null())
        .then(NOT_FOR)
        .when(proved.is_in(high).fill_null(False))
        .then(YES)
        .when(upto.is_in(high))
        .then(OPEN)
        .otherwise(NO)
        .cast(pl.Int8)
    )


def _pair(together: Groups, names: Sequence[str], first: int, second: int) -> Pair:
    def of(*answers: tuple[int, int]) -> Tally:
        return together.where(lambda key: (key[first], key[second]) in answers)

    both, left, right = of((YES, YES)), of((YES, NO)), of((NO, YES))
    settled = add((both, left, right, of((NO, NO))))
    kappa = cohen_kappa(both.weight, both.weight + left.weight, both.weight + right.weight, settled.weight)
    return Pair(
        names[first], names[second], settled.people, both.people, left.people, right.people, kappa
    )


def _marker(
    frame: pl.LazyFrame, together: Groups, names: Sequence[str], design: Design
) -> MarkerSummary:
    groups = count_groups(
        frame, {"age": age_group(), "sex": known_sex(), "marker": pl.col(MARKER)}, design
    )

    def group(age: AgeGroup, sex: Sex) -> MarkerGroup:
        yes, open_, no = (
            groups.where(
                lambda key, answer=answer: _is_in(age, sex, key[0], key[1]) and key[2] is answer
            )
            for answer in (True, None, False)
        )
        return _marker_group(groups, yes, open_, no)

    def among(place: int) -> MarkerGroup:
        yes, open_, no = (
            together.where(lambda key, answer=answer: key[place] == YES and key[-1] is answer)
            for answer in (True, None, False)
        )
        return _marker_group(None, yes, open_, no)

    return MarkerSummary(
        groups={(age, sex): group(age, sex) for age in AGE_GROUPS for sex in SEXES},
        among_high={name: among(place) for place, name in enumerate(names)},
    )


def _marker_group(groups: Groups | None, yes: Tally, open_: Tally, no: Tally) -> MarkerGroup:
    """With intervals where the groups tell sampling units apart."""
    everybody = add((yes, open_, no))
    return MarkerGroup(
        everybody.people,
        yes.people,
        open_.people,
        groups.share(yes, everybody) if groups else None,
        groups.share(add((yes, open_)), everybody) if groups else None,
    )

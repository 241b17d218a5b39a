"""What the counts of a cohort come to: the parts of its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

import polars as pl

from myosteon.outputs.cohort_counts import Counted
from myosteon.outputs.cohort_questions import AGE_BANDS, BONE_LEVELS, Verdict
from myosteon.outputs.cohort_summary import (
    SEXES,
    AgeBand,
    Agreement,
    Bone,
    BySex,
    Combination,
    ContradictionCount,
    DefinitionLike,
    DefinitionSummary,
    Missing,
    Need,
    Note,
    OutsideScope,
    Overlap,
    Sex,
    StagePart,
    Stages,
    Who,
)
from myosteon.vocabulary.measures import load_measures


def who_is_in(counted: Counted, people: int | None, left_out: int) -> Who:
    """Who is in the cohort, by sex and age."""
    number, weight = counted.number, counted.sum_of
    known = weight("who|female") + weight("who|male")
    bands = [
        AgeBand(
            start,
            end - 1 if end is not None else None,
            *(number[f"age|{start}|{sex}"] for sex in ("female", "male", "unknown")),
        )
        for start, end in zip(AGE_BANDS, (*AGE_BANDS[1:], None), strict=True)
    ]
    filled = [place for place, band in enumerate(bands) if band.female + band.male + band.unknown]
    median, unknown = counted.others["age_median"], counted.others["age_unknown"]
    units = Counter(counted.strata)
    return Who(
        rows=counted.rows,
        people=people,
        female=number["who|female"],
        male=number["who|male"],
        sex_unknown=number["who|unknown"],
        female_share=weight("who|female") / known if known else None,
        age_median=median if isinstance(median, float) else None,
        age_unknown=unknown if isinstance(unknown, int) else 0,
        age_bands=tuple(bands[filled[0] : filled[-1] + 1]) if filled else (),
        method=counted.design.method,
        weight_column=counted.design.weight,
        strata=len(units),
        units=units.total(),
        lonely_strata=sum(number == 1 for number in units.values()),
        without_weight=left_out,
    )


def sum_up_definition(
    counted: Counted, definition: DefinitionLike, verdict: Verdict, scope: tuple[float, Note] | None
) -> DefinitionSummary:
    """One definition: prevalence, stages, needs, osteosarcopenia, ages outside its scope."""
    younger = None
    if scope is not None:
        younger = OutsideScope(scope[0], counted.number[f"outside|{verdict.id}"], scope[1])
    return DefinitionSummary(
        id=definition.id,
        label_en=definition.label_en,
        label_zh=definition.label_zh,
        prevalence=counted.shares(verdict.column),
        stages=_stages(counted, verdict.column, verdict.levels, "all"),
        unsettled=counted.number[f"unsettled|{verdict.id}"],
        needs=_needs(counted.values.get(f"needs|{verdict.id}", {})),
        osteosarcopenia=_shares_if(counted, f"osteosarcopenia_{verdict.id}"),
        osteosarcopenia_broad=_shares_if(counted, f"osteosarcopenia_broad_{verdict.id}"),
        outside_scope=younger,
    )


def _shares_if(counted: Counted, name: str) -> BySex | None:
    return counted.shares(name) if f"{name}|all|judged" in counted.number else None


def _stages(counted: Counted, column: str, levels: tuple[str, ...], sex: Sex) -> Stages:
    """The parts that hold anybody, from the highest stage proved down, the unsettled beside the settled."""
    prefix = f"stage|{column}|{sex}"
    pairs = [
        (low, high)
        for low in (*reversed(range(len(levels))), None)
        for high in range(len(levels))
        if low is None or high >= low
    ]
    names = {pair: f"{prefix}|{pair[0]}|{pair[1]}" for pair in pairs}
    whole = sum(counted.sum_of(name) for name in names.values())
    parts = [
        StagePart(
            proved=None if low is None else levels[low],
            upto=levels[high],
            people=counted.number[name],
            share=counted.sum_of(name) / whole,
        )
        for (low, high), name in names.items()
        if counted.number[name]
    ]
    return Stages(levels, sum(counted.number[name] for name in names.values()), tuple(parts))


def _needs(texts: Mapping[object, int]) -> tuple[Need, ...]:
    """How many of the unsettled lack each measure, most first."""
    people = count_listed(texts)
    order = {name: place for place, name in enumerate(load_measures())}
    ranked = sorted(people.items(), key=lambda item: (-item[1], order.get(item[0], len(order)), item[0]))
    return tuple(Need(measure, count) for measure, count in ranked)


def contradictions_of(counted: Counted) -> tuple[ContradictionCount, ...]:
    """How many people contradict themselves, by kind, most first."""
    people = count_listed(counted.values.get("contradictions", {}))
    ranked = sorted(people.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ContradictionCount(kind, count) for kind, count in ranked)


def count_listed(texts: Mapping[object, int]) -> dict[str, int]:
    """How many rows list each name, from how often each whole `;`-separated list occurs."""
    people: dict[str, int] = {}
    for listed, count in texts.items():
        for name in str(listed or "").split(";"):
            if name:
                people[name] = people.get(name, 0) + count
    return people


def overlap_of(counted: Counted, verdicts: list[Verdict], kept: int) -> Overlap:
    """The commonest combinations of definitions, and the agreement of each pair."""
    counts = counted.values.get("combinations", {})
    found = {bits: people for bits, people in counts.items() if isinstance(bits, int) and bits}
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    everywhere = 2 ** len(verdicts) - 1
    return Overlap(
        found_by_any=sum(found.values()),
        found_by_all=found.get(everywhere, 0),
        combinations_in_all=len(found),
        combinations=tuple(
            Combination(
                ids=tuple(verdict.id for place, verdict in enumerate(verdicts) if bits >> place & 1),
                people=people,
                share=people / counted.rows,
            )
            for bits, people in ranked[:kept]
        ),
        agreements=tuple(_agreement(counted, a.id, b.id) for a, b in combinations(verdicts, 2)),
    )


def _agreement(counted: Counted, first: str, second: str) -> Agreement:
    name = f"pair|{first}|{second}"
    settled, both, yes_first, yes_second = (
        counted.sum_of(f"{name}|{part}") for part in ("settled", "both", "first", "second")
    )
    kappa = cohen_kappa(both, yes_first, yes_second, settled)
    return Agreement(first, second, counted.number[f"{name}|settled"], counted.number[f"{name}|both"], kappa)


def cohen_kappa(both: float, yes_first: float, yes_second: float, settled: float) -> float | None:
    """Cohen's kappa of two yes/no verdicts from numbers (or weights) of people.

    None where nobody is settled under both, or where both verdicts are the same for everybody: then agreement by
    chance is complete and kappa says nothing.
    """
    if settled <= 0:
        return None
    first, second = yes_first / settled, yes_second / settled
    agreed = 1 - first - second + 2 * both / settled
    by_chance = first * second + (1 - first) * (1 - second)
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else None


def bone_of(counted: Counted, schema: pl.Schema) -> Bone:
    """The bone verdicts by sex."""
    who = None
    if "bone_who" in schema:
        who = {sex: _stages(counted, "bone_who", BONE_LEVELS, sex) for sex in SEXES}
    return Bone(who, _shares_if(counted, "osteoporosis_china2022"))


def missing_of(
    counted: Counted, shown: tuple[str, ...], schema: pl.Schema, definitions: tuple[DefinitionSummary, ...]
) -> tuple[Missing, ...]:
    """Every measure shown, and those that a verdict waits for though the file has no such column."""
    missing: dict[str, Missing] = {}
    for measure in shown:
        people = counted.others.get(f"missing|{measure}")
        absent = measure not in schema
        missing[measure] = Missing(measure, people if isinstance(people, int) else counted.rows, absent)
    for definition in definitions:
        for need in definition.needs:
            if need.measure not in schema:
                missing.setdefault(need.measure, Missing(need.measure, counted.rows, absent=True))
    order = {name: place for place, name in enumerate(load_measures())}
    return tuple(sorted(missing.values(), key=lambda item: order.get(item.measure, len(order))))

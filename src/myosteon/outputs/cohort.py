"""A cohort summed up: prevalence under every definition, what stays open, what is missing.

Reads a results frame (the inputs and the columns of the contract's `results.csv`), computes no medicine: a verdict is a
word that the engine wrote, and this module counts words. One pass over the frame; a LazyFrame is streamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from myosteon.errors import ColumnError
from myosteon.outputs.cohort_counts import STRATUM, UNIT, WEIGHT, Cells, Counted, Design, count_cells
from myosteon.outputs.cohort_summary import (
    SEXES,
    AgeBand,
    Agreement,
    Bone,
    BySex,
    CohortSummary,
    Combination,
    Contradiction,
    DefinitionLike,
    DefinitionSummary,
    Missing,
    Need,
    Note,
    OutsideScope,
    Overlap,
    RefusedLike,
    ScreenSummary,
    Sex,
    StagePart,
    Stages,
    Who,
)
from myosteon.vocabulary.measures import load_measures

NONE = "none"
FOUND = (
    "confirmed",
    "severe",
)  # the stages that every definition, and osteosarcopenia with it, calls sarcopenia
BONE_LEVELS = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")
AGE_BANDS = (18, 40, 50, 60, 70, 80, 90)
MOST_ROWS_COUNTED_AS_PEOPLE = 5_000_000
"""Above this many rows, telling visits of one person apart would cost more memory than the rest together."""

SCREENS: Mapping[str, tuple[str, ...] | None] = {
    "sarc_f_positive": None,
    "sarc_calf_positive": None,
    "calf_low_awgs2019": None,
    "finger_ring_positive": None,
    "ishii_positive": None,
    "msra5_positive": None,
    "msra7_positive": None,
    "frail_status": ("frail",),
    "osta_risk": ("medium", "high"),
}
"""Screening columns of the results, and for those in words which words call for the next step (None: yes/no)."""


def summarise_cohort(
    results: pl.DataFrame | pl.LazyFrame,
    definitions: Sequence[DefinitionLike],
    *,
    weight_column: str | None = None,
    stratum_column: str | None = None,
    psu_column: str | None = None,
    measures: Sequence[str] | None = None,
    scopes: Mapping[str, tuple[float, Note]] | None = None,
    refused: Sequence[RefusedLike] = (),
    refused_in_all: int | None = None,
    contradictions: Sequence[Contradiction] = (),
    combinations_kept: int = 12,
) -> CohortSummary:
    """Sum up a results frame.

    Args:
        results: one row a person and visit: the inputs and the verdict columns. Missing is null.
        definitions: the definitions to show, the one that leads first. Their columns must be there.
        weight_column: survey weight. Rows without one, or with one not above 0, are left out and counted.
        stratum_column, psu_column: stratum and primary sampling unit (both or neither): intervals by Taylor
            linearisation. Without them every person is a sampling unit.
        measures: inputs whose missing share is shown; by default every measure of the vocabulary that the frame holds.
        scopes: for a definition's id, the age from which it was made, and a note.
        refused, refused_in_all: what the reader refused (a list may be cut short; the number is of all).
        contradictions: what was reported of single people.
        combinations_kept: how many of the commonest combinations of definitions are kept.

    Raises:
        ColumnError: a definition, weight or design column is not in the frame.
    """
    frame = results.lazy()
    schema = frame.collect_schema()
    design = Design(weight_column, stratum_column, psu_column)
    _require_columns(schema, definitions, design)
    shown = _measures_shown(schema, measures)
    cells = Cells()
    _ask_who(cells)
    columns = [_Verdict.of(definition) for definition in definitions]
    for verdict in columns:
        _ask_verdict(cells, verdict, schema, (scopes or {}).get(verdict.id))
    _ask_overlap(cells, columns)
    _ask_bone(cells, schema)
    _ask_screens(cells, schema)
    for measure in shown:
        if measure in schema:
            cells.other[f"missing|{measure}"] = pl.col(measure).is_null().sum()
    whole, left_out = _prepare(frame, schema, columns, design, cells)
    counted = count_cells(whole, cells, design)
    summaries = tuple(
        _definition(counted, definition, verdict, (scopes or {}).get(verdict.id))
        for definition, verdict in zip(definitions, columns, strict=True)
    )
    return CohortSummary(
        who=_who(counted, _people(whole, schema, counted.rows), left_out),
        definitions=summaries,
        overlap=_overlap(counted, columns, combinations_kept),
        bone=_bone(counted, schema),
        screens=tuple(ScreenSummary(name, counted.shares(name)) for name in SCREENS if name in schema),
        missing=_missing(counted, shown, schema, summaries),
        refused=tuple(refused),
        refused_in_all=len(refused) if refused_in_all is None else refused_in_all,
        contradictions=tuple(contradictions),
    )


# --- what to ask ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The columns of one staged verdict, and from which level on a person counts as found."""

    id: str
    column: str
    levels: tuple[str, ...]
    found_from: int

    @classmethod
    def of(cls, definition: DefinitionLike) -> _Verdict:
        levels = (NONE, *(stage for stage in definition.stages if stage != NONE))
        found = [levels.index(stage) for stage in FOUND if stage in levels]
        if not found:
            raise ColumnError(
                f"`{definition.id}` has no stage {' or '.join(FOUND)}: give its stages in full."
            )
        return cls(definition.id, f"sarcopenia_{definition.id}", levels, min(found))

    @property
    def proved(self) -> pl.Expr:
        return pl.col(f"__{self.column}")

    @property
    def upto(self) -> pl.Expr:
        return pl.col(f"__{self.column}_upto")

    @property
    def judged(self) -> pl.Expr:
        return pl.col(f"__{self.column}_judged")

    @property
    def yes(self) -> pl.Expr:
        return pl.col(f"__{self.column}_yes")

    @property
    def open(self) -> pl.Expr:
        return pl.col(f"__{self.column}_open")

    def codes(self) -> list[pl.Expr]:
        """The two verdicts as places in the order of the levels."""
        return _codes(self.column, self.levels)

    def answers(self) -> list[pl.Expr]:
        """Whether a person was judged, was found, or may yet be found."""
        judged = self.upto.is_not_null()
        yes = (self.proved >= self.found_from).fill_null(False)
        may_be = (self.upto >= self.found_from).fill_null(False)
        named = {"judged": judged, "yes": yes, "open": may_be & ~yes}
        return [answer.alias(f"__{self.column}_{part}") for part, answer in named.items()]


def _codes(column: str, levels: tuple[str, ...]) -> list[pl.Expr]:
    words = pl.Enum(levels)
    return [
        pl.col(name).cast(words).to_physical().cast(pl.UInt8).alias(f"__{name}")
        for name in (column, f"{column}_upto")
    ]


def _ask_who(cells: Cells) -> None:
    known = pl.col("__female") | pl.col("__male")
    groups = {"female": pl.col("__female"), "male": pl.col("__male"), "unknown": ~known}
    age = pl.col("age_years")
    ends = (*AGE_BANDS[1:], None)
    for sex, within in groups.items():
        cells.count(f"who|{sex}", within)
        for start, end in zip(AGE_BANDS, ends, strict=True):
            inside = age >= start if end is None else (age >= start) & (age < end)
            cells.count(f"age|{start}|{sex}", inside.fill_null(False) & within)
    cells.other["age_median"] = age.median()
    cells.other["age_unknown"] = age.is_null().sum()


def _ask_verdict(
    cells: Cells, verdict: _Verdict, schema: pl.Schema, scope: tuple[float, Note] | None
) -> None:
    cells.share(verdict.column, yes=verdict.yes, open_=verdict.open, judged=verdict.judged)
    _ask_stages(cells, verdict.column, verdict.levels, None, "all")
    unsettled = verdict.judged & (verdict.proved != verdict.upto).fill_null(True)
    cells.count(f"unsettled|{verdict.id}", unsettled)
    for name in (f"osteosarcopenia_{verdict.id}", f"osteosarcopenia_broad_{verdict.id}"):
        if name in schema:
            _ask_yes_no(cells, name, verdict.judged)
    needs = f"{verdict.column}_needs"
    if needs in schema:
        cells.other[f"needs|{verdict.id}"] = _texts(needs, schema).value_counts().implode()
    if scope is not None:
        younger = (pl.col("age_years") < scope[0]).fill_null(False)
        cells.count(f"outside|{verdict.id}", younger & verdict.judged)


def _texts(column: str, schema: pl.Schema) -> pl.Expr:
    """The listed measures as one text, however the results hold the list."""
    listed = isinstance(schema[column], pl.List)
    return pl.col(column).list.join(";") if listed else pl.col(column)


def _ask_stages(cells: Cells, column: str, levels: tuple[str, ...], within: pl.Expr | None, sex: Sex) -> None:
    proved, upto = pl.col(f"__{column}"), pl.col(f"__{column}_upto")
    for high in range(len(levels)):
        for low in (None, *range(high + 1)):
            same = proved.is_null() if low is None else (proved == low).fill_null(False)
            cell = same & (upto == high).fill_null(False)
            cells.count(f"stage|{column}|{sex}|{low}|{high}", cell if within is None else cell & within)


def _ask_yes_no(cells: Cells, column: str, judged: pl.Expr) -> None:
    """A yes/no verdict: unknown stays open among those judged."""
    answer = pl.col(column)
    yes = answer.fill_null(False)
    cells.share(column, yes=yes & judged, open_=answer.is_null() & judged, judged=judged)


def _ask_overlap(cells: Cells, verdicts: list[_Verdict]) -> None:
    for first, second in combinations(verdicts, 2):
        settled = first.judged & ~first.open & second.judged & ~second.open
        name = f"pair|{first.id}|{second.id}"
        cells.count(f"{name}|settled", settled)
        cells.count(f"{name}|both", settled & first.yes & second.yes)
        cells.count(f"{name}|first", settled & first.yes)
        cells.count(f"{name}|second", settled & second.yes)
    if verdicts:
        cells.other["combinations"] = pl.col("__found").value_counts().implode()


def _ask_bone(cells: Cells, schema: pl.Schema) -> None:
    if "bone_who" in schema:
        for sex in SEXES:
            within = None if sex == "all" else pl.col(f"__{sex}")
            _ask_stages(cells, "bone_who", BONE_LEVELS, within, sex)
    if "osteoporosis_china2022" in schema:
        _ask_yes_no(cells, "osteoporosis_china2022", pl.lit(True).repeat_by(1).list.first())


def _ask_screens(cells: Cells, schema: pl.Schema) -> None:
    for column, words in SCREENS.items():
        if column not in schema:
            continue
        answer = pl.col(column) if words is None else pl.col(column).cast(pl.String).is_in(words)
        known = pl.col(column).is_not_null()
        cells.share(column, yes=answer.fill_null(False), open_=~known & known, judged=known)


# --- the frame as the cells need it -----------------------------------------------------------------------------------------


def _require_columns(schema: pl.Schema, definitions: Sequence[DefinitionLike], design: Design) -> None:
    if (design.stratum is None) != (design.unit is None):
        raise ColumnError("Strata and sampling units go together: name both columns, or neither.")
    if design.stratum is not None and design.weight is None:
        raise ColumnError("Strata and sampling units need a weight: name the weight column too.")
    wanted = ["sex", "age_years"]
    for definition in definitions:
        wanted += [f"sarcopenia_{definition.id}", f"sarcopenia_{definition.id}_upto"]
    wanted += [column for column in (design.weight, design.stratum, design.unit) if column is not None]
    absent = [column for column in wanted if column not in schema]
    if absent:
        raise ColumnError(
            f"The results do not hold {', '.join(f'`{column}`' for column in absent)}. "
            "Assess the cohort with these definitions, or leave them out of the summary."
        )


def _measures_shown(schema: pl.Schema, measures: Sequence[str] | None) -> tuple[str, ...]:
    if measures is not None:
        return tuple(measures)
    known = load_measures()
    return tuple(name for name in known if name in schema and known[name].group != "identity")


def _prepare(
    frame: pl.LazyFrame, schema: pl.Schema, verdicts: list[_Verdict], design: Design, cells: Cells
) -> tuple[pl.LazyFrame, int]:
    """Add the helper columns; drop rows without a weight and say how many."""
    sex = pl.col("sex").cast(pl.String)
    helpers = [(sex == word).fill_null(False).alias(f"__{word}") for word in ("female", "male")]
    helpers += [code for verdict in verdicts for code in verdict.codes()]
    if "bone_who" in schema:
        helpers += _codes("bone_who", BONE_LEVELS)
    left_out = 0
    if design.weight is not None:
        weight = pl.col(design.weight).cast(pl.Float64)
        has_weight = (weight > 0).fill_null(False) & weight.is_finite().fill_null(False)
        left_out = int(frame.select((~has_weight).sum()).collect(engine="streaming").item())
        frame = frame.filter(has_weight)
        helpers.append(weight.alias(WEIGHT))
    if design.method == "taylor":
        helpers += [pl.col(str(design.stratum)).alias(STRATUM), pl.col(str(design.unit)).alias(UNIT)]
    answers = [answer for verdict in verdicts for answer in verdict.answers()]
    found = pl.sum_horizontal(
        pl.lit(0, dtype=pl.UInt32),
        *(verdict.yes.cast(pl.UInt32) * 2**place for place, verdict in enumerate(verdicts)),
    )
    return frame.with_columns(helpers).with_columns(answers).with_columns(found.alias("__found")), left_out


def _people(frame: pl.LazyFrame, schema: pl.Schema, rows: int) -> int | None:
    """How many different people there are; None where that is not told apart."""
    if "person_id" not in schema:
        return rows if rows == 1 else None
    if rows > MOST_ROWS_COUNTED_AS_PEOPLE:
        return None
    return int(frame.select(pl.col("person_id").n_unique()).collect(engine="streaming").item())


# --- what came out ------------------------------------------------------------------------------------------------------------


def _who(counted: Counted, people: int | None, left_out: int) -> Who:
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
    units = len(counted.strata)
    strata = int(counted.strata.max()) + 1 if units else 0
    lonely = int((pl.Series(counted.strata).value_counts()["count"] == 1).sum()) if units else 0
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
        strata=strata,
        units=units,
        lonely_strata=lonely,
        without_weight=left_out,
    )


def _definition(
    counted: Counted, definition: DefinitionLike, verdict: _Verdict, scope: tuple[float, Note] | None
) -> DefinitionSummary:
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
        needs=_needs(counted.others.get(f"needs|{verdict.id}")),
        osteosarcopenia=_shares_if(counted, f"osteosarcopenia_{verdict.id}"),
        osteosarcopenia_broad=_shares_if(counted, f"osteosarcopenia_broad_{verdict.id}"),
        outside_scope=younger,
    )


def _shares_if(counted: Counted, name: str) -> BySex | None:
    return counted.shares(name) if f"{name}|all|judged" in counted.number else None


def _stages(counted: Counted, column: str, levels: tuple[str, ...], sex: Sex) -> Stages:
    """The parts that hold anybody: settled from the highest down, each followed by those still open above it."""
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


def _needs(texts: object) -> tuple[Need, ...]:
    """How many of the unsettled lack each measure, most first."""
    people: dict[str, int] = {}
    for entry in texts if isinstance(texts, list) else ():
        listed, count = entry.values()
        for measure in (listed or "").split(";"):
            if measure:
                people[measure] = people.get(measure, 0) + count
    order = {name: place for place, name in enumerate(load_measures())}
    ranked = sorted(people.items(), key=lambda item: (-item[1], order.get(item[0], len(order)), item[0]))
    return tuple(Need(measure, count) for measure, count in ranked)


def _overlap(counted: Counted, verdicts: list[_Verdict], kept: int) -> Overlap:
    texts = counted.others.get("combinations")
    found = {
        int(entry["__found"]): int(entry["count"])
        for entry in (texts if isinstance(texts, list) else ())
        if entry["__found"]
    }
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    everywhere = 2 ** len(verdicts) - 1
    return Overlap(
        found_by_any=sum(found.values()),
        found_by_all=found.get(everywhere, 0),
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


def _bone(counted: Counted, schema: pl.Schema) -> Bone:
    who = None
    if "bone_who" in schema:
        who = {sex: _stages(counted, "bone_who", BONE_LEVELS, sex) for sex in SEXES}
    return Bone(who, _shares_if(counted, "osteoporosis_china2022"))


def _missing(
    counted: Counted, shown: tuple[str, ...], schema: pl.Schema, definitions: tuple[DefinitionSummary, ...]
) -> tuple[Missing, ...]:
    """Every measure shown, and those that a verdict waits for although the file has no such column; in the contract's order."""
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

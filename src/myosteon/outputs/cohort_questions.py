"""What is asked of a results frame: the cells of each verdict, of the overlap, the bone and the screens.

A verdict is a word that the engine wrote. Here its place in the order of the stages is compared, never a measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from myosteon.errors import ColumnError
from myosteon.outputs.cohort_counts import STRATUM, UNIT, WEIGHT, Cells, Design
from myosteon.outputs.cohort_summary import SEXES, DefinitionLike, Note, Sex

NONE = "none"
FOUND = (
    "confirmed",
    "severe",
)  # the stages that every definition, and osteosarcopenia with it, calls sarcopenia
BONE_LEVELS = ("normal", "low_bone_mass", "osteoporosis", "severe_osteoporosis")
ASSUMED = "taken_as_postmenopausal"
AGE_BANDS = (18, 40, 50, 60, 70, 80, 90)

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
"""Screening columns, and for those in words the words that call for the next step (None: a yes/no column)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The columns of one staged verdict, and from which level on a person counts as found."""

    id: str
    column: str
    levels: tuple[str, ...]
    found_from: int

    @classmethod
    def of(cls, definition: DefinitionLike) -> Verdict:
        """The columns of a definition's verdict; ColumnError where none of its stages counts as found."""
        levels = (NONE, *(stage for stage in definition.stages if stage != NONE))
        found = [levels.index(stage) for stage in FOUND if stage in levels]
        if not found:
            raise ColumnError(
                f"`{definition.id}` has no stage {' or '.join(FOUND)}: give its stages in full."
            )
        return cls(definition.id, f"sarcopenia_{definition.id}", levels, min(found))

    @property
    def proved(self) -> pl.Expr:
        """Place of the highest stage proved."""
        return pl.col(f"__{self.column}")

    @property
    def upto(self) -> pl.Expr:
        """Place of the highest stage not excluded."""
        return pl.col(f"__{self.column}_upto")

    @property
    def judged(self) -> pl.Expr:
        """Whether the definition gave a verdict."""
        return pl.col(f"__{self.column}_judged")

    @property
    def yes(self) -> pl.Expr:
        """Whether the person was found."""
        return pl.col(f"__{self.column}_yes")

    @property
    def open(self) -> pl.Expr:
        """Whether the person may yet be found."""
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


def ask_who(cells: Cells) -> None:
    """Sexes, ages."""
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


def ask_verdict(cells: Cells, verdict: Verdict, schema: pl.Schema, scope: tuple[float, Note] | None) -> None:
    """Prevalence, stages, what is lacking, osteosarcopenia and ages outside the scope of one definition."""
    cells.share(verdict.column, yes=verdict.yes, open_=verdict.open, judged=verdict.judged)
    _ask_stages(cells, verdict.column, verdict.levels, None, "all")
    unsettled = verdict.judged & (verdict.proved != verdict.upto).fill_null(True)
    cells.count(f"unsettled|{verdict.id}", unsettled)
    for name in (f"osteosarcopenia_{verdict.id}", f"osteosarcopenia_broad_{verdict.id}"):
        if name in schema:
            _ask_yes_no(cells, name, verdict.judged)
    needs = f"{verdict.column}_needs"
    if needs in schema:
        cells.values[f"needs|{verdict.id}"] = _texts(needs, schema)
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


def ask_overlap(cells: Cells, verdicts: list[Verdict]) -> None:
    """The agreement of each pair, and who is found by which."""
    for first, second in combinations(verdicts, 2):
        settled = first.judged & ~first.open & second.judged & ~second.open
        name = f"pair|{first.id}|{second.id}"
        cells.count(f"{name}|settled", settled)
        cells.count(f"{name}|both", settled & first.yes & second.yes)
        cells.count(f"{name}|first", settled & first.yes)
        cells.count(f"{name}|second", settled & second.yes)
    if verdicts:
        cells.values["combinations"] = pl.col("__found")


def ask_bone(cells: Cells, schema: pl.Schema) -> None:
    """WHO categories and osteoporosis, by sex."""
    if "bone_who" in schema:
        for sex in SEXES:
            within = None if sex == "all" else pl.col(f"__{sex}")
            _ask_stages(cells, "bone_who", BONE_LEVELS, within, sex)
    if "osteoporosis_china2022" in schema:
        _ask_yes_no(cells, "osteoporosis_china2022", pl.col("__everybody"))


def ask_remarks(cells: Cells, schema: pl.Schema) -> None:
    """Who contradicts themselves, and of whom something was assumed, where the results say so."""
    if "contradictions" in schema:
        cells.values["contradictions"] = _texts("contradictions", schema)
    if ASSUMED in schema:
        cells.count(ASSUMED, pl.col(ASSUMED).fill_null(False))


def ask_screens(cells: Cells, schema: pl.Schema) -> None:
    """The positive share of each screening tool among those with a total."""
    for column, words in SCREENS.items():
        if column not in schema:
            continue
        answer = pl.col(column) if words is None else pl.col(column).cast(pl.String).is_in(words)
        known = pl.col(column).is_not_null()
        cells.share(column, yes=answer.fill_null(False), open_=~known & known, judged=known)


def require_columns(schema: pl.Schema, definitions: Sequence[DefinitionLike], design: Design) -> None:
    """Raise ColumnError where a column of the definitions or of the design is not there."""
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


def prepare(
    frame: pl.LazyFrame, schema: pl.Schema, verdicts: list[Verdict], design: Design, cells: Cells
) -> tuple[pl.LazyFrame, int]:
    """Add the helper columns; drop rows without a weight and say how many."""
    sex = pl.col("sex").cast(pl.String)
    helpers = [(sex == word).fill_null(False).alias(f"__{word}") for word in ("female", "male")]
    helpers.append(pl.lit(True).alias("__everybody"))
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

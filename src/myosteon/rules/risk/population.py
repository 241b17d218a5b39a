"""For whom a risk algorithm was made: whether a person is among them, what lies outside, what was replaced by a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from myosteon.evidence.types import InputRange
from myosteon.logic.answers import Listing
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, all_of, any_of, is_yes
from myosteon.rules.guideline import Settings

# Every score counts whole years of age.
WHOLE_YEARS = {"age_years": "age_whole_years"}
YES, NO = "yes", "no"
# A list that names nothing, of an algorithm that is for everybody.
NOTHING = ((nw.lit(False), ("age_years",)),)


@dataclass(frozen=True, slots=True)
class Population:
    """The people that an algorithm was made for, as the ranges of its evidence say.

    `reads` says which column stands for a measure, where that is not the measure itself.
    """

    id: str
    ranges: tuple[InputRange, ...]
    settings: Settings
    reads: Mapping[str, str]

    def column(self, measure: str) -> str:
        """The column that is read for a measure."""
        return self.reads.get(measure) or WHOLE_YEARS.get(measure, measure)

    @property
    def applies(self) -> str:
        """The yes/no column that says whether the person is one of them; empty where the algorithm is for everybody."""
        return f"{self.id}_applies" if self.ranges else ""

    def range_of(self, column: str) -> InputRange | None:
        """The values of a column that the algorithm was made for, None where every one may be given."""
        return next((limits for limits in self.ranges if self.column(limits.measure) == column), None)

    def clamped_range(self, column: str) -> InputRange | None:
        """The range that a column's values are moved into, None where they are taken as they are."""
        limits = self.range_of(column)
        return limits if limits and self._clamps(limits) else None

    def _clamps(self, limits: InputRange) -> bool:
        return self.settings.clamp_risk_inputs and can_clamp(limits)

    def rules(self) -> tuple[Rule, ...]:
        """`ID_applies` and `ID_outside`, and `ID_clamped` where the settings ask for it."""
        if not self.ranges:
            return (self._listing("outside", ()),)
        columns = tuple(dict.fromkeys(self.column(limits.measure) for limits in self.ranges))
        moved = tuple(filter(self._clamps, self.ranges))
        rest = tuple(limits for limits in self.ranges if limits not in moved)
        clamped = (self._listing("clamped", moved),) if moved else ()
        return (self._applies(columns), self._listing("outside", rest), *clamped)

    def _applies(self, columns: tuple[str, ...]) -> Rule:
        ranges = tuple((limits, self.column(limits.measure), self._clamps(limits)) for limits in self.ranges)

        def body(*values: Expr) -> Expr:
            given = dict(zip(columns, values, strict=True))
            # A value that will be moved into the range has only to be known.
            return all_of(
                [
                    nw.when(~given[column].is_null()).then(nw.lit(True))
                    if moved
                    else inside(given[column], limits)
                    for limits, column, moved in ranges
                ]
            )

        return Rule(
            name=self.applies,
            inputs=columns,
            body=body,
            kind="yes_no",
            stratum="risk",
            sentence="The person is one of those that the algorithm was made for.",
            template="risk_applies",
            numbers=("risk_applies", *((numbers_of(limits), moved) for limits, _, moved in ranges)),
        )

    def _listing(self, what: str, ranges: tuple[InputRange, ...]) -> Rule:
        measures = tuple((limits, self.column(limits.measure)) for limits in ranges)
        reads = tuple(dict.fromkeys(column for _, column in measures))

        def body(*values: Expr) -> Listing:
            given = dict(zip(reads, values, strict=True))
            return Listing(
                tuple(
                    (is_yes(~inside(given[column], limits)), (limits.measure,)) for limits, column in measures
                )
                or NOTHING
            )

        return Rule(
            name=f"{self.id}_{what}",
            inputs=reads,
            body=body,
            kind="list",
            stratum="risk",
            sentence=SENTENCES[what],
            template=f"risk_{what}",
            numbers=(f"risk_{what}", *(numbers_of(limits) for limits in ranges)),
        )


SENTENCES = {
    "outside": "The measures that lie outside the range or the people that the algorithm was made for.",
    "clamped": "The measures that were replaced by the limit of the range that the algorithm was made for.",
}


def can_clamp(limits: InputRange) -> bool:
    """Whether a value outside may be replaced by a limit: words never are."""
    return not limits.words and not limits.fixed


def inside(value: Expr, limits: InputRange) -> Expr:
    """Whether a value lies in the range; unknown where it is unknown."""
    if limits.words:
        return any_of([_is_word(value, word) for word in limits.words])
    sides: list[Expr] = []
    if limits.low is not None:
        sides.append(value >= limits.low)
    if limits.high is not None:
        sides.append(value <= limits.high)
    return all_of(sides)


def _is_word(value: Expr, word: str) -> Expr:
    if word in (YES, NO):
        return value if word == YES else ~value
    return value == word


def moved_inside(value: Expr, limits: InputRange | None) -> Expr:
    """The value, or the limit of the range where it lies beyond."""
    if limits is None:
        return value
    if limits.low is not None:
        value = nw.when(value < limits.low).then(nw.lit(limits.low)).otherwise(value)
    if limits.high is not None:
        value = nw.when(value > limits.high).then(nw.lit(limits.high)).otherwise(value)
    return value


def numbers_of(limits: InputRange) -> tuple[object, ...]:
    """The numbers alone, without the source."""
    return (limits.measure, limits.low, limits.high, limits.words, limits.fixed)


def range_of(ranges: Sequence[InputRange], measure: str) -> InputRange | None:
    """The range of a measure, None where every value may be given."""
    return next((limits for limits in ranges if limits.measure == measure), None)

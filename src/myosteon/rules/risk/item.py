"""One item of an additive score: its points, and the fewest and the most that it can give while it is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, nextafter

import narwhals as nw

from myosteon.errors import RuleError
from myosteon.evidence.types import Band, InputRange, Points
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, choose
from myosteon.rules.judge import COMPARE, number, points
from myosteon.rules.risk.population import moved_inside, numbers_of

SEX = "sex"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a score.

    Args:
        id: the score.
        name: the item, as its evidence calls it.
        column: what is read.
        by_sex: its points for everybody (key None), or for each sex.
        reachable: the values of the column that the score was made for, where there are limits.
        clamped: the range that values are moved into, where they are.
    """

    id: str
    name: str
    column: str
    by_sex: Mapping[str | None, Points]
    reachable: InputRange | None
    clamped: InputRange | None

    @property
    def points_column(self) -> str:
        """The column of its points."""
        return f"{self.id}_points_{self.name}"

    @property
    def needs_sex(self) -> bool:
        """Whether the points differ between the sexes."""
        return None not in self.by_sex

    @property
    def bound_reads(self) -> tuple[str, ...]:
        """The columns that its fewest and most points are computed from."""
        return (self.points_column, self.column, SEX) if self.needs_sex else (self.points_column,)

    def options(self, sex: str | None = None) -> tuple[float, ...]:
        """The points that it can give, in rising order."""
        return tuple(sorted(set(_options(self.by_sex[sex], self.reachable))))

    @property
    def least(self) -> float:
        """The fewest points that it can give to anybody."""
        return min(self.options(sex)[0] for sex in self.by_sex)

    @property
    def most(self) -> float:
        """The most points that it can give to anybody."""
        return max(self.options(sex)[-1] for sex in self.by_sex)

    def rule(self) -> Rule:
        """The column of its points; unknown where the item is."""
        inputs = (self.column, SEX) if self.needs_sex else (self.column,)

        def body(value: Expr, sex: Expr | None = None) -> Expr:
            return self._points(value, sex)

        given = tuple(self.by_sex.values())
        return Rule(
            name=self.points_column,
            inputs=inputs,
            body=body,
            kind="number",
            stratum="risk",
            unit="{score}",
            sentence=f"The points that the score gives for {self.name.replace('_', ' ')}.",
            template="risk_points",
            evidence=given[0] if len(given) == 1 else {str(sex): p for sex, p in self.by_sex.items()},
            numbers=("risk_points", *map(_numbers, given), self.clamped and numbers_of(self.clamped)),
        )

    def _points(self, value: Expr, sex: Expr | None) -> Expr:
        value = moved_inside(value, self.clamped)
        if sex is None:
            return points(value, self.by_sex[None])
        return choose([(sex == word, self._of_one_sex(value, word)) for word in self.by_sex])

    def _of_one_sex(self, value: Expr, sex: str | None) -> Expr:
        options = self.options(sex)
        # What can only give one number of points need not be known.
        return number(options[0]) if len(options) == 1 else points(value, self.by_sex[sex])

    def at_least(self, columns: Mapping[str, Expr]) -> Expr:
        """The points where they are known, else the fewest that are possible."""
        return self._bound(columns, 0)

    def at_most(self, columns: Mapping[str, Expr]) -> Expr:
        """The points where they are known, else the most that are possible."""
        return self._bound(columns, -1)

    def _bound(self, columns: Mapping[str, Expr], end: int) -> Expr:
        given = columns[self.points_column]
        if not self.needs_sex:
            return nw.coalesce(given, number(self.options()[end]))
        value, sex = moved_inside(columns[self.column], self.clamped), columns[SEX]
        of_sex = {
            word: nw.coalesce(self._of_one_sex(value, word), number(self.options(word)[end]))
            for word in self.by_sex
        }
        first, second = of_sex.values()
        either = first < second if end == 0 else first > second
        return choose(
            [(sex == word, bound) for word, bound in of_sex.items()],
            otherwise=nw.when(either).then(first).otherwise(second),
        )


def _numbers(given: Points) -> tuple[object, ...]:
    return (given.sex, given.bands, given.yes, given.no, given.words)


def _options(given: Points, reachable: InputRange | None) -> Iterator[float]:
    if given.yes is not None and given.no is not None:
        yield from (given.no, given.yes)
    elif given.words:
        allowed = reachable.words if reachable else ()
        yield from (points for word, points in given.words if not allowed or word in allowed)
    else:
        for value in _telling_values(given.bands, reachable):
            yield next(band.points for band in given.bands if _holds(value, band))


def _telling_values(bands: tuple[Band, ...], reachable: InputRange | None) -> list[float]:
    """A value of every band: the limits and what lies just beside them, within the range that the score was made for."""
    limits = {band.limit for band in bands if band.comparison is not None}
    low = reachable.low if reachable and reachable.low is not None else -inf
    high = reachable.high if reachable and reachable.high is not None else inf
    beside = {nextafter(limit, way) for limit in limits for way in (-inf, inf)}
    inner = {value for value in limits | beside if low <= value <= high}
    ends = (end for end in (low, high) if end not in (-inf, inf))
    # Points that are the same for everybody have no limit.
    return [*inner, *ends] or [0.0]


def _holds(value: float, band: Band) -> bool:
    return band.comparison is None or bool(COMPARE[band.comparison](value, band.limit))


def check_items(id: str, items: tuple[Item, ...]) -> None:
    """Refuses a score whose points are not whole.

    Raises:
        RuleError: an item gives a fraction of a point, or by sex to one sex only.
    """
    for item in items:
        if any(points != int(points) for sex in item.by_sex for points in item.options(sex)):
            raise RuleError(f"{id}: {item.name} gives a fraction of a point")
        if item.needs_sex and len(item.by_sex) == 1:
            raise RuleError(f"{id}: {item.name} gives points to one sex only")

"""What a score predicts: the band that it falls in and the percentages of that band, given its fewest and most points.

An answer is given where every score that is still possible falls in the same band.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import narwhals as nw

from myosteon.evidence.types import EvidenceSet, Prediction
from myosteon.logic.answers import FirstTrue
from myosteon.logic.rule import Rule
from myosteon.logic.three_valued import Expr, all_of, any_of, choose
from myosteon.rules.judge import compare

AT_LEAST, AT_MOST = "score_at_least", "score_at_most"


@dataclass(frozen=True, slots=True)
class Predictions:
    """The predictions of a score of whole points.

    `applies` is the column that says whether the algorithm is for the person, empty where it is for everybody.
    """

    evidence: EvidenceSet
    applies: str

    @property
    def id(self) -> str:
        """The score."""
        return self.evidence.id

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is predicted, in the order of the evidence."""
        return tuple(dict.fromkeys(prediction.outcome for prediction in self.evidence.predictions))

    @property
    def bands(self) -> dict[str, tuple[float | None, float | None]]:
        """The scores of each band, by its word, lowest first."""
        return {p.band: (p.score_from, p.score_to) for p in self.evidence.predictions if p.band}

    def of_outcome(self, outcome: str) -> tuple[Prediction, ...]:
        """The predictions for one outcome."""
        return tuple(p for p in self.evidence.predictions if p.outcome == outcome)

    def column(self, outcome: str, what: str) -> str:
        """The column of a figure: the outcome is named where there are several."""
        parts = (self.id, outcome if len(self.outcomes) > 1 else "", what)
        return "_".join(part for part in parts if part)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of every figure, and of the band."""
        return tuple(rule.name for rule in self.rules())

    def rules(self) -> Iterator[Rule]:
        """The percentages of each outcome, and the band."""
        for outcome in self.outcomes:
            predictions = self.of_outcome(outcome)
            if any(p.percent is not None for p in predictions):
                yield self._percent(outcome)
            if any(p.percent_from is not None for p in predictions):
                yield self._limit(outcome, "percent_at_least", AT_LEAST)
            if any(p.percent_below is not None for p in predictions):
                yield self._limit(outcome, "percent_below", AT_MOST)
        if self.bands:
            yield self._band()

    @property
    def _inputs(self) -> tuple[str, ...]:
        ends = (f"{self.id}_{AT_LEAST}", f"{self.id}_{AT_MOST}")
        return (*ends, self.applies) if self.applies else ends

    def _percent(self, outcome: str) -> Rule:
        given = [(p, p.percent) for p in self.of_outcome(outcome) if p.percent is not None]

        def body(at_least: Expr, at_most: Expr, applies: Expr | None = None) -> Expr:
            return choose(
                [
                    (_both(applies, within(at_least, at_most, p.score_from, p.score_to)), nw.lit(percent))
                    for p, percent in given
                ]
            )

        return self._rule(
            self.column(outcome, "percent"),
            body,
            "number",
            f"The predicted risk of {outcome.replace('_', ' ')}, where a single figure was published for the score.",
            ("percent", *((p.score_from, p.score_to, percent) for p, percent in given)),
        )

    def _limit(self, outcome: str, what: str, end: str) -> Rule:
        lower = end == AT_LEAST
        limits = [(p, p.percent_from if lower else p.percent_below) for p in self.of_outcome(outcome)]
        given = [(p, limit) for p, limit in limits if limit is not None]
        inputs = (f"{self.id}_{end}", *((self.applies,) if self.applies else ()))

        def body(score: Expr, applies: Expr | None = None) -> Expr:
            return choose(
                [
                    (_both(applies, within(score, score, p.score_from, p.score_to)), nw.lit(limit))
                    for p, limit in given
                ]
            )

        side = "not below" if lower else "below"
        return self._rule(
            self.column(outcome, what),
            body,
            "number",
            f"The predicted risk of {outcome.replace('_', ' ')} is {side} this figure.",
            (what, *((p.score_from, p.score_to, limit) for p, limit in given)),
            inputs=inputs,
        )

    def _band(self) -> Rule:
        bands = self.bands

        def body(at_least: Expr, at_most: Expr, applies: Expr | None = None) -> FirstTrue:
            return FirstTrue(
                tuple(
                    (_both(applies, within(at_least, at_most, *scores)), word)
                    for word, scores in bands.items()
                )
            )

        return self._rule(
            f"{self.id}_band",
            body,
            "category",
            "The band of the score, where every score that is still possible falls in it.",
            ("band", *bands.items()),
            template=f"{self.id}_band",
            levels=tuple(bands),
        )

    def _rule(
        self, name: str, body: object, kind: str, sentence: str, numbers: tuple[object, ...], **fields: object
    ) -> Rule:
        defaults = {
            "inputs": self._inputs,
            "stratum": "risk",
            "template": f"risk_{numbers[0]}",
            "unit": "%" if kind == "number" else "",
            "evidence": self.evidence,
        }
        return Rule(
            **{
                "name": name,
                "body": body,
                "kind": kind,
                "sentence": sentence,
                "numbers": numbers,
                **defaults,
                **fields,
            }  # type: ignore[arg-type]
        )

    def settled(self, at_least: Expr, at_most: Expr) -> Expr:
        """Whether nothing that is still unknown can change an answer; unknown where the scores are."""
        if not self.evidence.predictions:
            return at_least == at_most
        return any_of([within(at_least, at_most, *ends) for ends in self._cells()])

    def _cells(self) -> list[tuple[float | None, float | None]]:
        """Runs of scores within which every answer is the same."""
        predictions = self.evidence.predictions
        starts = {p.score_from for p in predictions if p.score_from is not None}
        after = {p.score_to + 1 for p in predictions if p.score_to is not None}
        edges = sorted(starts | after)
        return [
            (None, edges[0] - 1),
            *((a, b - 1) for a, b in pairwise(edges)),
            (edges[-1], None),
        ]


def within(at_least: Expr, at_most: Expr, score_from: float | None, score_to: float | None) -> Expr:
    """Whether every score from `at_least` to `at_most` lies in the band; unknown where they are."""
    sides: list[Expr] = []
    if score_from is not None:
        sides.append(compare(at_least, ">=", score_from))
    if score_to is not None:
        sides.append(compare(at_most, "<=", score_to))
    return all_of(sides)


def _both(applies: Expr | None, condition: Expr) -> Expr:
    return condition if applies is None else applies & condition

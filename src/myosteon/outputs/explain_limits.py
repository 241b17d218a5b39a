"""Limits and points in words, and where they stand: looked up in the evidence, never compared with a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.evidence.medicines.types import MedicineClass
from myosteon.evidence.types import (
    Coefficients,
    Comparison,
    Cutoff,
    EvidenceSet,
    Finding,
    Limit,
    Points,
    Source,
)
from myosteon.logic.rule import Rule
from myosteon.outputs.explain_types import LimitShown, NodeSource
from myosteon.outputs.wording.load import Language, Speech, method_of, number
from myosteon.vocabulary.measures import load_measures


@lru_cache(maxsize=2048)
def node_source(source: Source, language: Language) -> NodeSource:
    """A source as an explanation shows it."""
    where = source.where_in(language)
    return NodeSource(source.paper.id, source.paper.citation, where, source.status, source.paper.doi)


def source_of(evidence: object) -> Source | None:
    """The source of the first number of a piece of evidence, None where it holds none."""
    if isinstance(evidence, Cutoff):
        return evidence.limits[0].source
    if isinstance(evidence, Points | Coefficients | Finding | MedicineClass):
        return evidence.source
    if isinstance(evidence, EvidenceSet):
        return next(
            (source_of(part) for part in (*evidence.points, *evidence.coefficients, *evidence.cutoffs)), None
        )
    if isinstance(evidence, dict):
        return next((source for source in map(source_of, evidence.values()) if source), None)
    if isinstance(evidence, tuple):
        return next((source for source in map(source_of, evidence) if source), None)
    return None


@dataclass(frozen=True, slots=True)
class Limits:
    """Says limits for one person in one language; sex, age and ethnic group None where unknown."""

    speech: Speech
    sex: object
    age: object
    ethnicity: object = None

    def who(self, cutoff: Cutoff, limit: Limit) -> str:
        """For whom a limit holds, in words; empty where it holds for everybody or the person is known to be such."""
        parts: list[str] = []
        if limit.sex is not None and self.sex is None:
            parts.append(self.speech.say(f"node.{limit.sex}"))
        ages = self.ages(limit)
        if ages and not self._has_band(cutoff):
            parts.append(ages)
        return self.speech.say("node.who_join").join(parts)

    def ages(self, limit: Limit) -> str:
        """The age band of a limit in words, empty where it has none."""
        low, high = limit.age_from, limit.age_below
        if low is not None and high is not None:
            return self.speech.say("node.age_band", low=number(low, 0, 1), high=number(high, 0, 1))
        if low is not None:
            return self.speech.say("node.age_from", low=number(low, 0, 1))
        return self.speech.say("node.age_below", high=number(high, 0, 1)) if high is not None else ""

    def _has_band(self, cutoff: Cutoff) -> bool:
        return any(cutoff.limit_for(sex, self.age) for sex in ("male", "female"))

    def possible(self, cutoff: Cutoff) -> tuple[LimitShown, ...]:
        """The limits that may hold for the person: one where sex and age are known."""
        limit = cutoff.limit_for(self.sex, self.age)
        limits = [limit] if limit else self._of_either_sex(cutoff)
        return tuple(
            LimitShown(
                cutoff.comparison, limit.value, cutoff.unit, self.who(cutoff, limit), cutoff.method or ""
            )
            for limit in limits
        )

    def _of_either_sex(self, cutoff: Cutoff) -> list[Limit]:
        by_sex = [cutoff.limit_for(sex, self.age) for sex in ("male", "female")]
        found = [limit for limit in by_sex if limit and self.sex is None]
        return found or [
            limit for limit in cutoff.limits if self.sex is None or limit.sex in (None, self.sex)
        ]

    def phrase(self, limits: Iterable[LimitShown], *, by_method: bool = False) -> str:
        """Limits in a row: "below 28 (men) or below 18 kg (women)"; the unit stands once where they share it."""
        shown = list(limits)
        phrases: dict[str, list[str]] = {}
        for place, limit in enumerate(shown):
            last = place == len(shown) - 1 or shown[place + 1].unit != limit.unit
            text = self.speech.limit(limit.comparison, limit.cutoff, limit.unit, bare=not last)
            if limit.who:
                text = self.speech.say("node.for_whom", limit=text, who=limit.who)
            phrases.setdefault(limit.method if by_method else "", []).append(text)
        either = self.speech.say("node.either")
        return self.speech.say("next.item_join").join(
            self.speech.say("node.by_method", method=self.speech.method(method), limit=either.join(texts))
            if method
            else either.join(texts)
            for method, texts in phrases.items()
        )

    def of_lean_mass(self, graph: Graph, lows: Iterable[str]) -> tuple[tuple[LimitShown, ...], Source | None]:
        """Every limit that a definition has for limb muscle mass, by method, and the source of the first."""
        found: list[LimitShown] = []
        source: Source | None = None
        for name in lows:
            rule = graph.rules[name]
            criteria = (
                [rule] if isinstance(rule.evidence, Cutoff) else [graph.rules[inner] for inner in rule.inputs]
            )
            for criterion in criteria:
                if isinstance(criterion.evidence, Cutoff):
                    found.extend(self.possible(criterion.evidence))
                    source = source or source_of(criterion.evidence)
        return tuple(found), source

    def scale(self, rule: Rule, column: str) -> str:
        """What a parent's evidence says of one of its inputs: the points by bands, or the limit from which it counts."""
        parts = list(_parts(rule.evidence))
        points = [
            p for p in parts if isinstance(p, Points) and p.measure == column and p.sex in (None, self.sex)
        ]
        if points and points[0].bands and rule.unit == "{score}" and not points[0].item.endswith(CONDITIONS):
            return self.speech.say("node.points", scale=self._bands(points[0]))
        if (
            points
            and points[0].yes is not None
            and points[0].no is not None
            and not _cutoffs_on(parts, column)
        ):
            yes, no = number(points[0].yes, 0, 2), number(points[0].no, 0, 2)
            return self.speech.say("node.points", scale=self.speech.say("node.band_yes_no", yes=yes, no=no))
        cutoffs = self._of_group(rule, _cutoffs_on(parts, column))
        if rule.levels and cutoffs:
            return self.speech.list(
                [self._level(rule, name, c) for name, c in _named(rule.evidence) if c in cutoffs]
            )
        if len(cutoffs) == 1:
            return self.speech.say("node.counts", limits=self.phrase(self.possible(cutoffs[0])))
        return ""

    def _of_group(self, rule: Rule, cutoffs: list[Cutoff]) -> list[Cutoff]:
        """Of cut-offs by ethnic group that of the person's; for a rule that does not ask for it, those for everybody."""
        groups = load_measures()["ethnicity"].words
        if "ethnicity" in rule.inputs:
            return [cutoff for cutoff in cutoffs if cutoff.criterion.endswith(f"_{self.ethnicity}")]
        return [cutoff for cutoff in cutoffs if cutoff.criterion.rpartition("_")[2] not in groups]

    def _level(self, rule: Rule, name: str, cutoff: Cutoff) -> str:
        word = next((level for level in rule.levels if level in name.split("_")), "")
        limit = self.phrase(self.possible(cutoff))
        if not word:
            return limit
        return self.speech.say("node.level", limit=limit, level=self.speech.level(word, rule.template))

    def _bands(self, points: Points) -> str:
        said = [
            self.speech.say("node.band_rest", points=number(band.points, 0, 2))
            if band.comparison is None
            else self.speech.say(
                "node.band",
                limit=SIGNS[band.comparison] + number(band.limit, 0, 2),
                points=number(band.points, 0, 2),
            )
            for band in points.bands
        ]
        return self.speech.say("next.list_join").join(said)


SIGNS: dict[Comparison, str] = {"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ "}
# Items that give a limit by size instead of points.
CONDITIONS = ("_from_s", "_to_kg")


def _parts(evidence: object) -> Iterable[object]:
    if isinstance(evidence, EvidenceSet):
        return (*evidence.points, *evidence.cutoffs)
    if isinstance(evidence, dict):
        return tuple(evidence.values())
    return (evidence,) if isinstance(evidence, Points) else ()


def _cutoffs_on(parts: Iterable[object], column: str) -> list[Cutoff]:
    return [part for part in parts if isinstance(part, Cutoff) and part.measure == column]


def _named(evidence: object) -> list[tuple[str, Cutoff]]:
    if isinstance(evidence, EvidenceSet):
        return [(cutoff.criterion, cutoff) for cutoff in evidence.cutoffs]
    if isinstance(evidence, dict):
        return [(name, value) for name, value in evidence.items() if isinstance(value, Cutoff)]
    return []


def lean_mass_lows(graph: Graph, thing_or_test: Rule) -> tuple[str, ...]:
    """The criteria on limb muscle mass below a thing or its test, one or two for each method."""
    rule = thing_or_test
    if not rule.template.startswith("lean_mass_low"):
        rule = graph.rules[rule.explained_by[0]]
    return tuple(name for name in rule.inputs if name != "mass_method")


def methods_with_cutoff(graph: Graph, lows: Iterable[str]) -> tuple[str, ...]:
    """The ways of measuring that these criteria were made for; empty where they serve any."""
    return tuple(dict.fromkeys(m for name in lows if (m := method_of(graph.rules[name], graph))))

"""Two definitions side by side: which of their numbers belong together, and whether they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from myosteon.evidence.types import Limit, Source
from myosteon.logic.formula import Formula
from myosteon.outputs.guideline_structure import CONFIRMED, THINGS, Structure, Test
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.vocabulary.measures import load_measures

Verdict = Literal["same", "differs", "one_only"]
# A cut-off without a method serves these.
METHODS = ("dxa", "bia")
SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class Side:
    """What one definition says in a row.

    `used` is False where it says nothing. `meaning` is what makes two sides the same, where that is not the text.
    """

    text: str
    source: Source | None = None
    limit: Limit | None = None
    used: bool = True
    meaning: object = None

    def data(self, voice: GuidelineVoice) -> dict[str, Any]:
        """The side for JSON."""
        source = self.source
        return {
            "text": self.text,
            "used": self.used,
            "value": self.limit.value if self.limit else None,
            "source": None
            if source is None
            else {
                "paper": source.paper.id,
                "where": source.where_in(voice.language),
                "status": source.status,
            },
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: its name, both sides, and how they compare. `id` is stable across languages."""

    id: str
    name: str
    first: Side
    second: Side

    @property
    def verdict(self) -> Verdict:
        """Whether both say the same."""
        if not (self.first.used and self.second.used):
            return "one_only"
        same = (self.first.meaning or self.first.text) == (self.second.meaning or self.second.text)
        return "same" if same else "differs"


@dataclass(frozen=True, slots=True)
class Place:
    """Whom and what a row is about: measure, method, sex, ages."""

    measure: str
    method: str | None
    sex: str | None
    ages: tuple[float | None, float | None]

    @property
    def id(self) -> str:
        """A stable name."""
        low, high = self.ages
        ages = (
            ""
            if low is None and high is None
            else f"{low or 0:g}to{'' if high is None else format(high, 'g')}"
        )
        return "_".join(part for part in (self.measure, self.method, self.sex, ages) if part)

    def name(self, voice: GuidelineVoice) -> str:
        """The name of the row."""
        name = voice.measure(self.measure)
        if self.method:
            name = voice.say(
                "row.method", measure=name, method=voice.say_or(f"method.{self.method}", self.method)
            )
        whom = [voice.say(f"sex.{self.sex}")] if self.sex else []
        if self.ages != (None, None):
            whom.append(voice.age_band(*self.ages))
        comma = voice.say("join.list") if voice.language == "en" else "，"
        return voice.say("row.of_whom", measure=name, whom=comma.join(whom)) if whom else name


def thing_pairs(thing: str, first: Structure, second: Structure, voice: GuidelineVoice) -> Iterator[Pair]:
    """The rows of one thing: every measure that either definition judges it by."""
    tests = (*first.tests_of(thing), *second.tests_of(thing))
    for measure in dict.fromkeys(test.measure for test in tests):
        of_measure = [test for test in tests if test.measure == measure]
        for place in places(measure, of_measure):
            sides = [_side(structure, thing, place, voice) for structure in (first, second)]
            yield Pair(f"{thing}.{place.id}", place.name(voice), *sides)


def places(measure: str, tests: Sequence[Test]) -> Iterator[Place]:
    """The fewest rows in which every limit of the tests has its own place."""
    cutoffs = [test.cutoff for test in tests if test.cutoff]
    sexes: tuple[str | None, ...] = SEXES if any(cutoff.by_sex for cutoff in cutoffs) else (None,)
    named = {cutoff.method for cutoff in cutoffs if cutoff.method}
    everyone = any(cutoff.method is None for cutoff in cutoffs)
    methods: list[str | None] = [m for m in METHODS if m in named or (named and everyone)]
    methods += sorted(m for m in named if m not in METHODS)
    for method in methods or [None]:
        for sex in sexes:
            for ages in _bands([limit for cutoff in cutoffs for limit in cutoff.limits]):
                yield Place(measure, method, sex, ages)


def _bands(limits: Sequence[Limit]) -> list[tuple[float | None, float | None]]:
    ends = sorted({end for limit in limits for end in (limit.age_from, limit.age_below) if end is not None})
    return list(zip(ends, [*ends[1:], None], strict=True)) if ends else [(None, None)]


def _side(structure: Structure, thing: str, place: Place, voice: GuidelineVoice) -> Side:
    of_measure = [test for test in structure.tests_of(thing) if test.measure == place.measure]
    if not of_measure:
        return _elsewhere(structure, place, voice)
    for test in of_measure:
        side = side_of(test, place, voice)
        if side:
            return side
    return Side(voice.say("cell.no_limit"), used=False)


def side_of(test: Test, place: Place, voice: GuidelineVoice) -> Side | None:
    """What a test says at a place; None where it has no limit for it."""
    flags = [voice.say_or(f"flag.{flag}", voice.measure(flag)) for flag in test.flags]
    if test.cutoff is None:
        return Side(voice.listed(flags))
    if test.cutoff.method not in (None, place.method):
        return None
    limit = test.cutoff.limit_for(place.sex, _age_in(place.ages))
    if limit is None:
        return None
    text = voice.limit(test.cutoff, limit.value)
    for flag in flags:
        text = voice.say("cell.or_flag", limit=text, flag=flag)
    return Side(text, limit.source, limit)


def _age_in(ages: tuple[float | None, float | None]) -> float | None:
    low, high = ages
    return low if low is not None else high


def _elsewhere(structure: Structure, place: Place, voice: GuidelineVoice) -> Side:
    """The definition does not judge this thing by the measure: it counts it as another, or does not use it."""
    others = structure.things_judged_by(place.measure)
    if not others:
        return Side(voice.say("cell.not_used"), used=False)
    test = next(test for test in structure.tests_of(others[0]) if test.measure == place.measure)
    side = side_of(test, place, voice)
    thing = voice.say(f"subject.{others[0]}")
    return Side(voice.say("cell.counts_as", thing=thing), side.source if side else None)


def limit_pairs(first: Structure, second: Structure, voice: GuidelineVoice, of_age: bool) -> Iterator[Pair]:
    """Limits that stand outside strength, mass and performance: by what they decide. Those on age are apart."""
    both = (*first.limits, *second.limits)
    wanted = [limit for limit in both if (limit.measure == "age_years") is of_age]
    for criterion in dict.fromkeys(test.criterion for test in wanted):
        of_criterion = [test for test in wanted if test.criterion == criterion]
        name = voice.criterion(criterion)
        for place in places(criterion, of_criterion):
            sides = [_free_side(structure, of_criterion, place, voice) for structure in (first, second)]
            whom = place.name(voice).removeprefix(voice.measure(criterion))
            yield Pair(f"limit.{place.id}", name + whom, *sides)


def _free_side(structure: Structure, limits: Sequence[Test], place: Place, voice: GuidelineVoice) -> Side:
    for test in structure.limits:
        side = side_of(test, place, voice) if test in limits else None
        if side and test.measure == "age_years":
            return side
        if side:
            text = voice.say("cell.of_measure", measure=voice.measure(test.measure), limit=side.text)
            return Side(text, side.source, side.limit)
    of_age = any(test.measure == "age_years" for test in limits)
    return Side(voice.say("cell.no_own_age" if of_age else "cell.not_used"), used=False)


def read_pairs(first: Structure, second: Structure, voice: GuidelineVoice) -> Iterator[Pair]:
    """Yes/no findings that a definition without things reads besides its limits, such as fractures."""
    read = [frozenset() if structure.stages else _findings(structure) for structure in (first, second)]
    for name in load_measures():
        if name in read[0] | read[1]:
            sides = [
                Side(voice.say("cell.read"))
                if name in findings
                else Side(voice.say("cell.not_used"), used=False)
                for findings in read
            ]
            yield Pair(f"reads.{name}", voice.measure(name), *sides)


def finding_pairs(first: Structure, second: Structure, voice: GuidelineVoice) -> Iterator[Pair]:
    """Yes/no criteria of the evidence that need no number."""
    counted = [
        {finding.criterion: finding.source for finding in structure.guideline.evidence.findings}
        for structure in (first, second)
    ]
    for criterion in dict.fromkeys((*counted[0], *counted[1])):
        sides = [
            Side(voice.say("cell.counts"), sources[criterion])
            if criterion in sources
            else Side(voice.say("cell.not_used"), used=False)
            for sources in counted
        ]
        yield Pair(f"counts.{criterion}", voice.criterion(criterion), *sides)


def _findings(structure: Structure) -> frozenset[str]:
    measures = load_measures()
    return frozenset(name for name in structure.measures_read if measures[name].type == "bool")


def stage_pairs(first: Structure, second: Structure, voice: GuidelineVoice) -> Iterator[Pair]:
    """Stages that stand at the same place, with their formulas in words; else what the definition answers."""
    if not (first.stages or second.stages):
        yield Pair(
            "stages.answers", voice.say("cell.answers"), _answers(first, voice), _answers(second, voice)
        )
        yield Pair("stages.how", voice.say("cell.how"), _how(first, voice), _how(second, voice))
        return
    for rung in dict.fromkeys((*_rungs(first), *_rungs(second))):
        name = voice.say("cell.first_stage") if rung.startswith(BEFORE) else voice.stage(rung)
        yield Pair(f"stages.{rung}", name, _stage_side(first, rung, voice), _stage_side(second, rung, voice))


BEFORE = "before_confirmed"


def _rungs(structure: Structure) -> dict[str, str]:
    """The stages by their place: those before confirmed are numbered, so that a possible meets a probable."""
    stages = list(structure.stages)
    if CONFIRMED not in stages:
        return {stage: stage for stage in stages}
    before = stages.index(CONFIRMED)
    return {f"{BEFORE}_{place}" if place < before else stage: stage for place, stage in enumerate(stages)}


def _stage_side(structure: Structure, rung: str, voice: GuidelineVoice) -> Side:
    stage = _rungs(structure).get(rung)
    if stage is None:
        return Side(voice.say("cell.no_stage" if structure.stages else "cell.not_used"), used=False)
    formula = voice.formula(structure.stages[stage])
    text = voice.say("cell.stage", stage=voice.stage(stage), formula=formula) if rung != stage else formula
    return Side(text, structure.stage_source(stage), meaning=(stage, _meaning(structure.stages[stage])))


def _meaning(formula: Formula) -> object:
    """What makes two formulas the same: the cases in which they hold; over other things than ours, how they are written."""
    return cases(formula) if formula.things <= set(THINGS) else formula


def cases(formula: Formula) -> frozenset[tuple[str, ...]]:
    """What has to be low for a formula to hold: every set of low things, over all three; equal for formulas that mean the same."""
    return frozenset(
        low
        for count in range(len(THINGS) + 1)
        for low in combinations(THINGS, count)
        if formula.holds({thing: thing in low for thing in {*THINGS, *formula.things}})
    )


def _answers(structure: Structure, voice: GuidelineVoice) -> Side:
    levels = structure.levels or ("yes", "no")
    return Side(voice.say("join.list").join(voice.stage(level) for level in levels))


def _how(structure: Structure, voice: GuidelineVoice) -> Side:
    return Side(voice.say_or(f"how.{structure.id}", voice.text(structure.guideline.evidence.title)))


def scope_pairs(first: Structure, second: Structure, voice: GuidelineVoice) -> Iterator[Pair]:
    """For whom the definitions were made."""
    yield Pair("scope.for_whom", voice.say("cell.scope"), _scope(first, voice), _scope(second, voice))
    yield from limit_pairs(first, second, voice, of_age=True)


def _scope(structure: Structure, voice: GuidelineVoice) -> Side:
    scope = structure.guideline.evidence.scope
    if scope is None:
        return Side(voice.say("cell.any_age"), used=False)
    return Side(voice.text(scope.note), scope.source)


def all_pairs(first: Structure, second: Structure, voice: GuidelineVoice) -> dict[str, tuple[Pair, ...]]:
    """Every row by its group, in the order of a page; groups without rows are left out."""
    groups = {thing: tuple(thing_pairs(thing, first, second, voice)) for thing in THINGS}
    groups["limits"] = tuple(limit_pairs(first, second, voice, of_age=False))
    groups["reads"] = tuple(read_pairs(first, second, voice))
    groups["findings"] = tuple(finding_pairs(first, second, voice))
    groups["stages"] = tuple(stage_pairs(first, second, voice))
    groups["scope"] = tuple(scope_pairs(first, second, voice))
    return {group: pairs for group, pairs in groups.items() if pairs}

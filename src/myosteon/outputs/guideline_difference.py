"""The one thing in which two definitions part, found by reading their structure: the largest difference first.

In this order: another question; things that one leaves out; a test counted as another thing; another condition of
confirmed; another mass index; other stages; another device; what is read, and what is enough by itself; a number; a test;
a criterion of a stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from myosteon.outputs.guideline_rows import METHODS, Pair, cases
from myosteon.outputs.guideline_structure import CONFIRMED, THINGS, Structure
from myosteon.outputs.guideline_wording import GuidelineVoice


@dataclass(frozen=True, slots=True)
class MainDifference:
    """What kind of difference it is, the sentence, and the measure at which the two part (None where it is no measure)."""

    kind: str
    sentence: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Both definitions, their rows, and which findings are enough by themselves for one of them."""

    first: Structure
    second: Structure
    pairs: Mapping[str, Sequence[Pair]]
    voice: GuidelineVoice
    alone: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """The names of both, as parts of a sentence."""
        return {"first": self.label(self.first), "second": self.label(self.second)}

    def label(self, structure: Structure) -> str:
        """The name of a definition."""
        return self.voice.text(structure.guideline.evidence.label)

    def say(self, kind: str, measure: str | None = None, **parts: str) -> MainDifference:
        """The difference of that kind as a sentence."""
        return MainDifference(kind, self.voice.say(f"lead.{kind}", **{**self.names, **parts}), measure)


def main_difference(reading: Reading) -> MainDifference:
    """The first difference that holds, in the order of this module's first lines."""
    for find in ORDER:
        found = find(reading)
        if found:
            return found
    return MainDifference("none", reading.voice.say("lead.none"))


def _question(reading: Reading) -> MainDifference | None:
    kinds = [structure.guideline.kind for structure in (reading.first, reading.second)]
    if kinds[0] == kinds[1]:
        return None
    words = [reading.voice.say_or(f"kind.{kind}", kind) for kind in kinds]
    return reading.say("questions", first_kind=words[0], second_kind=words[1])


def _left_out(reading: Reading) -> MainDifference | None:
    first, second = set(reading.first.things), set(reading.second.things)
    if first == second or not (first and second):
        return None
    if first > second or second > first:
        fuller, other = (reading.first, reading.second) if first > second else (reading.second, reading.first)
        left_out = [thing for thing in THINGS if thing in first ^ second]
        subject = reading.voice.listed([reading.voice.say(f"subject.{thing}") for thing in left_out])
        return reading.say(
            "left_out", subject=subject, first=reading.label(fuller), second=reading.label(other)
        )
    return reading.say(
        "subjects",
        first_subjects=_subjects(reading, reading.first),
        second_subjects=_subjects(reading, reading.second),
    )


def _subjects(reading: Reading, structure: Structure) -> str:
    return reading.voice.listed([reading.voice.say(f"subject.{thing}") for thing in structure.things])


def _counted(reading: Reading) -> MainDifference | None:
    voice = reading.voice
    for measure in dict.fromkeys(test.measure for test in reading.first.tests):
        first, second = (s.things_judged_by(measure) for s in (reading.first, reading.second))
        if not second or set(first) == set(second):
            continue
        name = voice.measure(measure)
        return reading.say(
            "counted",
            measure,
            place=voice.say_or(f"place.{measure}", name),
            failing=voice.say_or(f"failing.{measure}", voice.say("lead.failing", measure=name)),
            first_thing=voice.say(f"sign.{first[0]}"),
            second_thing=voice.say(f"sign.{second[0]}"),
        )
    return None


def _confirmed(reading: Reading) -> MainDifference | None:
    formulas = [structure.stages.get(CONFIRMED) for structure in (reading.first, reading.second)]
    if formulas[0] is None or formulas[1] is None or cases(formulas[0]) == cases(formulas[1]):
        return None
    words = [reading.voice.formula(formula) for formula in formulas if formula]
    return reading.say("confirmed", first_formula=words[0], second_formula=words[1])


def _stages(reading: Reading) -> MainDifference | None:
    both = [_stage_meanings(structure) for structure in (reading.first, reading.second)]
    if both[0] == both[1] or not all(both):
        return None
    first, second = (_stage_words(reading.voice, structure) for structure in (reading.first, reading.second))
    return reading.say("stages", first_stages=first, second_stages=second)


def _stage_meanings(structure: Structure) -> list[object]:
    """What makes stages the same: the cases of formulas over strength, mass and performance, the words of others."""
    return [
        cases(formula) if formula.things <= set(THINGS) else stage
        for stage, formula in structure.stages.items()
    ]


def _stage_words(voice: GuidelineVoice, structure: Structure) -> str:
    words = [voice.say("lead.quoted", word=voice.stage(stage)) for stage in structure.stages]
    key = "lead.only_stage" if len(words) == 1 else "lead.several_stages"
    return voice.say(key, stages=voice.listed(words) if voice.language == "en" else "".join(words))


def _index(reading: Reading) -> MainDifference | None:
    first, second = (
        list(dict.fromkeys(test.measure for test in structure.tests_of("mass_low")))
        for structure in (reading.first, reading.second)
    )
    if not first or not second or set(first) & set(second):
        return None
    names = [
        reading.voice.listed([reading.voice.measure(m) for m in measures]) for measures in (first, second)
    ]
    return reading.say("index", first_index=names[0], second_index=names[1])


def _method(reading: Reading) -> MainDifference | None:
    first, second = (_methods(structure) for structure in (reading.first, reading.second))
    if not first or not second or set(first) == set(second):
        return None
    names = [
        reading.voice.listed([reading.voice.say_or(f"method.{m}", m) for m in methods])
        for methods in (first, second)
    ]
    return reading.say("method", first_methods=names[0], second_methods=names[1])


def _methods(structure: Structure) -> tuple[str, ...]:
    cutoffs = [test.cutoff for test in structure.tests_of("mass_low") if test.cutoff]
    if any(cutoff.method is None and cutoff.measure in ("asmi", "asm_bmi") for cutoff in cutoffs):
        return METHODS
    named = {cutoff.method for cutoff in cutoffs}
    return tuple(method for method in METHODS if method in named)


def _reads(reading: Reading) -> MainDifference | None:
    first, second = (
        list(dict.fromkeys(test.measure for test in structure.limits if test.measure != "age_years"))
        for structure in (reading.first, reading.second)
    )
    shared = reading.first.measures_read & reading.second.measures_read
    if not first or not second or shared:
        return None
    names = [reading.voice.measure(measures[0]) for measures in (first, second)]
    return reading.say("reads", first_measures=names[0], second_measures=names[1])


def _alone(reading: Reading) -> MainDifference | None:
    for one, other in ((reading.first, reading.second), (reading.second, reading.first)):
        enough = [m for m in reading.alone.get(one.id, ()) if m not in reading.alone.get(other.id, ())]
        if enough:
            names = [reading.voice.measure(measure) for measure in enough]
            words = reading.voice.say("join.either").join(names)
            return reading.say(
                "alone", enough[0], measures=words, first=reading.label(one), second=reading.label(other)
            )
    return None


def _numbers(reading: Reading) -> MainDifference | None:
    compared = [
        (_distance(pair), pair)
        for pair in _all(reading)
        if pair.first.limit and pair.second.limit and _distance(pair)
    ]
    if not compared:
        return None
    _, widest = max(compared, key=lambda entry: entry[0])
    return reading.say(
        "numbers",
        widest.id.partition(".")[2],
        row=widest.name,
        first_limit=widest.first.text,
        second_limit=widest.second.text,
    )


def _distance(pair: Pair) -> float:
    """How far two limits of a row lie apart, relative to the larger."""
    if pair.first.limit is None or pair.second.limit is None:
        return 0.0
    first, second = pair.first.limit.value, pair.second.limit.value
    return abs(first - second) / max(abs(first), abs(second), 1.0e-9)


def _tests(reading: Reading) -> MainDifference | None:
    for one, other in ((reading.first, reading.second), (reading.second, reading.first)):
        theirs = {test.measure for test in other.tests}
        own = list(dict.fromkeys(test.measure for test in one.tests if test.measure not in theirs))
        if own:
            names = reading.voice.listed([reading.voice.measure(measure) for measure in own])
            return reading.say("tests", own[0], tests=names, first=reading.label(one))
    return None


MOST_CRITERIA_SAID = 3


def _criteria(reading: Reading) -> MainDifference | None:
    for one, other in ((reading.first, reading.second), (reading.second, reading.first)):
        own = [name for name in _asked_for(one) if name not in _asked_for(other)]
        if own:
            names = reading.voice.listed([reading.voice.criterion(name) for name in own[:MOST_CRITERIA_SAID]])
            return reading.say("criteria", criteria=names, first=reading.label(one))
    return None


def _asked_for(structure: Structure) -> list[str]:
    """The criteria of the stages, lowest stage first."""
    return list(dict.fromkeys(n for formula in structure.stages.values() for n in sorted(formula.things)))


def _all(reading: Reading) -> Iterator[Pair]:
    for pairs in reading.pairs.values():
        yield from pairs


ORDER: tuple[Callable[[Reading], MainDifference | None], ...] = (
    _question,
    _left_out,
    _counted,
    _confirmed,
    _index,
    _stages,
    _method,
    _reads,
    _alone,
    _numbers,
    _tests,
    _criteria,
)

"""Two definitions side by side, as something that a teacher would project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from myosteon.evidence.types import Language, Source
from myosteon.outputs.guideline_difference import MainDifference, Reading, main_difference
from myosteon.outputs.guideline_person import UNKNOWN, Outcome, Wanted, enough_alone, find_disagreement
from myosteon.outputs.guideline_rows import Pair, Side, all_pairs
from myosteon.outputs.guideline_structure import (
    AssessorLike,
    GuidelineLike,
    Structure,
    Test,
    read_structure,
)
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.outputs.page import Cell, Group, Ladder, Look, Note, Page, Row, RungState, Table
from myosteon.outputs.page_parts import head_of, marks_note, marks_of, sources_note
from myosteon.vocabulary.measures import load_measures

LOOKS: Mapping[str, Look] = {"same": "same", "differs": "differs", "one_only": "differs"}
# Differences of structure: best shown on somebody whom every single number judges alike under both.
STRUCTURAL = ("left_out", "subjects", "counted", "confirmed", "stages")
# What a person's sentence leaves to the table of measured values.
BODY = ("sex", "age_years", "height_cm", "weight_kg", "mass_method")


def comparison_page(
    first: GuidelineLike, second: GuidelineLike, assessor: AssessorLike, language: Language = "en"
) -> Page:
    """The main difference in a sentence, every number of both side by side, sources, and one person under both.

    Args:
        first, second: any two installed definitions.
        assessor: an assessor that holds the rules of both.
        language: `en` or `zh`.
    """
    voice = GuidelineVoice(language)
    structures = (read_structure(first, assessor.graph), read_structure(second, assessor.graph))
    pairs = all_pairs(*structures, voice)
    alone = {} if any(s.stages for s in structures) else enough_alone(*structures, assessor)
    difference = main_difference(Reading(*structures, pairs, voice, alone))
    outcome = _disagreement(structures, assessor, difference)
    labels = [voice.text(guideline.evidence.label) for guideline in (first, second)]
    return Page(
        language=language,
        kicker=voice.say("page.kicker"),
        title=voice.say("page.beside", first=labels[0], second=labels[1]),
        lead=difference.sentence,
        tables=(_table(pairs, labels, voice),),
        notes=(
            *_person_note(structures, outcome, voice),
            sources_note([first.evidence, second.evidence], _sources(pairs), voice),
            marks_note(voice, [voice.say("cell.alternatives")] if any(s.tests for s in structures) else []),
        ),
        foot=voice.say("page.foot"),
        marks=marks_of(voice),
        data=_data(structures, pairs, difference, outcome, voice),
    )


def _disagreement(
    structures: tuple[Structure, Structure], assessor: AssessorLike, difference: MainDifference
) -> Outcome | None:
    if difference.kind == "questions":
        return None
    wanted = Wanted(
        difference.measure, both_fail=difference.kind == "counted", alike=difference.kind in STRUCTURAL
    )
    return find_disagreement(*structures, assessor, wanted)


def _table(pairs: Mapping[str, Sequence[Pair]], labels: Sequence[str], voice: GuidelineVoice) -> Table:
    groups = tuple(
        Group(voice.say(f"group.{group}"), tuple(_row(pair, voice) for pair in rows))
        for group, rows in pairs.items()
    )
    return Table((voice.say("head.number"), *labels, voice.say("head.difference")), groups)


def _row(pair: Pair, voice: GuidelineVoice) -> Row:
    verdict = Cell(voice.say(f"difference.{pair.verdict}"), look=LOOKS[pair.verdict])
    return Row(pair.name, (_cell(pair.first), _cell(pair.second), verdict))


def _cell(side: Side) -> Cell:
    return Cell(side.text, side.source.status if side.source else None, "plain" if side.used else "quiet")


def _sources(pairs: Mapping[str, Sequence[Pair]]) -> list[Source]:
    return [
        side.source
        for rows in pairs.values()
        for pair in rows
        for side in (pair.first, pair.second)
        if side.source
    ]


def _person_note(
    structures: tuple[Structure, Structure], outcome: Outcome | None, voice: GuidelineVoice
) -> tuple[Note, ...]:
    title = voice.say("aside.person")
    if structures[0].guideline.kind != structures[1].guideline.kind:
        return ()
    if outcome is None:
        return (Note(title, (("", Cell(voice.say("person.nobody"))),)),)
    ladders = tuple(ladder(structure, outcome, voice) for structure in structures)
    table = _measured_table(structures, outcome, voice)
    return (Note(title, (("", Cell(_who(outcome, voice))),), ladders, table),)


def _who(outcome: Outcome, voice: GuidelineVoice) -> str:
    person = outcome.person
    shown = [_told(name, value, person, voice) for name, value in person.items() if name not in BODY]
    if "alm_kg" in person:
        shown.append(_told("height_cm", person["height_cm"], person, voice))
    return voice.say(
        "person.who",
        sex=voice.say(f"sex.{person['sex']}"),
        age=person["age_years"],
        measured=voice.say("join.list").join(shown),
    )


def _told(name: str, value: object, person: Mapping[str, object], voice: GuidelineVoice) -> str:
    measure = voice.measure(name)
    if value is True:
        return voice.say("person.yes", measure=measure)
    unit = load_measures()[name].unit or ""
    assert isinstance(value, int | float)
    text = voice.named_value(measure, voice.quantity(value, unit))
    if name != "alm_kg":
        return text
    method = str(person["mass_method"])
    return voice.say("person.by", measured=text, method=voice.say_or(f"method.{method}", method))


def ladder(structure: Structure, outcome: Outcome, voice: GuidelineVoice) -> Ladder:
    """How far a made-up person stands on the stages of one definition."""
    label = voice.text(structure.guideline.evidence.label)
    proved = outcome.proved[structure.id]
    upto = outcome.upto.get(structure.id, proved)
    says = voice.stage(proved)
    if upto not in (proved, UNKNOWN):
        says = voice.say("person.upto", proved=says, upto=voice.stage(upto))
    levels = structure.levels or ("no", "yes")
    place = {level: index for index, level in enumerate(levels)}
    reached, open_to = place.get(proved, -1), place.get(upto, len(levels) - 1)
    rungs = tuple(
        (voice.stage(level), _state(index, reached, open_to)) for index, level in enumerate(levels) if index
    )
    return Ladder(label, says, rungs)


def _state(index: int, reached: int, open_to: int) -> RungState:
    if index <= reached:
        return "proved"
    return "open" if index <= open_to else "excluded"


def _measured_table(structures: Sequence[Structure], outcome: Outcome, voice: GuidelineVoice) -> Table | None:
    """What was measured, and what it counts as under each."""
    tests = [test for structure in structures for test in (*structure.tests, *structure.limits)]
    rows = []
    for measure in dict.fromkeys(test.measure for test in tests if test.measure != "age_years"):
        value = outcome.columns.get(measure, outcome.person.get(measure))
        if not isinstance(value, int | float):
            continue
        unit = next(test.cutoff.unit for test in tests if test.measure == measure and test.cutoff)
        quantity = voice.quantity(round(value, 2), unit)
        name = voice.named_value(voice.measure(measure), quantity)
        rows.append(Row(name, tuple(Cell(_counts(s, measure, outcome, voice)) for s in structures)))
    if not rows:
        return None
    labels = [voice.text(structure.guideline.evidence.label) for structure in structures]
    return Table((voice.say("head.measured"), *labels), (Group("", tuple(rows)),))


def _counts(structure: Structure, measure: str, outcome: Outcome, voice: GuidelineVoice) -> str:
    """What a measured value counts as: a thing that is low, a limit that it meets, not low, or not used."""
    tests = [test for test in (*structure.tests, *structure.limits) if test.measure == measure]
    if not tests:
        return voice.say("cell.not_used")
    method = outcome.person.get("mass_method")
    judged = [test for test in tests if test.cutoff and test.cutoff.method in (None, method)]
    if not judged:
        return voice.say("cell.no_limit")
    answers = {test: outcome.columns.get(test.column) for test in judged if test.column}
    met = dict.fromkeys(_meaning(test, voice) for test, answer in answers.items() if answer)
    if met:
        return voice.say("join.list").join(met)
    if not answers:
        return voice.say("cell.read")
    return voice.say("person.not_low" if False in answers.values() else "person.open")


def _meaning(test: Test, voice: GuidelineVoice) -> str:
    if test.thing:
        return voice.say(f"sign.{test.thing}")
    return voice.say_or(f"criterion.{test.criterion}", test.criterion.replace("_", " "))


def _data(
    structures: tuple[Structure, Structure],
    pairs: Mapping[str, Sequence[Pair]],
    difference: MainDifference,
    outcome: Outcome | None,
    voice: GuidelineVoice,
) -> dict[str, Any]:
    return {
        "first": head_of(structures[0].guideline, voice),
        "second": head_of(structures[1].guideline, voice),
        "main_difference": {
            "kind": difference.kind,
            "sentence": difference.sentence,
            "measure": difference.measure,
        },
        "groups": [
            {
                "id": group,
                "title": voice.say(f"group.{group}"),
                "rows": [
                    {
                        "id": pair.id,
                        "name": pair.name,
                        "first": pair.first.data(voice),
                        "second": pair.second.data(voice),
                        "difference": pair.verdict,
                    }
                    for pair in rows
                ],
            }
            for group, rows in pairs.items()
        ],
        "made_up_person": None
        if outcome is None
        else {"measures": dict(outcome.person), "proved": dict(outcome.proved), "upto": dict(outcome.upto)},
        "statement": voice.say("page.foot"),
    }

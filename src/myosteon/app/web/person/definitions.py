"""The matrix of definitions: each with its three signs, its stages and osteosarcopenia; this clinic's stands first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.app.web.person.judge import PersonJudge
from myosteon.app.web.person.voice import Voice
from myosteon.outputs.explain import rung_states, stage_sentence
from myosteon.outputs.explain_shape import THINGS, value_in
from myosteon.outputs.explain_types import Answer, Definition, State
from myosteon.outputs.wording.load import definition_label

SARCOPENIA = "sarcopenia"
# Where nothing was chosen: the consensus of Asia for a clinic there, that of Europe elsewhere.
ASIA, EUROPE = "awgs2019", "ewgsop2019"
IN_EUROPE = ("EU", "UK")
BASE = "none"


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One definition for one person. A sign is None where the definition does not use it.

    `rungs` are the words of its stages with how they stand; `said` the same in words; `both` osteosarcopenia.
    """

    id: str
    label: str
    own: bool
    strength: Answer | None
    mass: Answer | None
    performance: Answer | None
    rungs: tuple[tuple[str, State | None], ...]
    said: str
    settled: bool | None
    both: Answer | None


@dataclass(frozen=True, slots=True)
class DefinitionsView:
    """Every definition, and one sentence that counts what is settled and what waits."""

    rows: tuple[DefinitionRow, ...]
    sentence: str


def usual_definition(region: str) -> str:
    """The definition of sarcopenia of a clinic that chose none."""
    return EUROPE if region in IN_EUROPE else ASIA


def definitions(row: Mapping[str, object], judge: PersonJudge, own: str, voice: Voice) -> DefinitionsView:
    """The matrix, the clinic's own definition first."""
    found = [one for one in judge.definitions.guidelines if one.kind == SARCOPENIA]
    ordered = sorted(found, key=lambda one: one.id != own)
    rows = tuple(_row(row, judge, one, own, voice) for one in ordered)
    return DefinitionsView(rows, _sentence(rows, voice))


def _row(
    row: Mapping[str, object], judge: PersonJudge, definition: Definition, own: str, voice: Voice
) -> DefinitionRow:
    graph, id = judge.definitions.graph, definition.id
    rule = graph.rules[f"sarcopenia_{id}"]
    proved = value_in(row, graph, rule.name)
    ceiling = value_in(row, graph, f"{rule.name}_upto")
    upto = None if ceiling is None else str(ceiling)
    value = None if proved is None else str(proved)
    states = rung_states(rule.levels, value, upto)
    signs = [_sign(row, judge, definition, thing) for thing in THINGS]
    said = stage_sentence("standing", voice.speech, "", value, upto, definition_label(id, voice.language))
    return DefinitionRow(
        id=id,
        label=definition_label(id, voice.language),
        own=id == own,
        strength=signs[0],
        mass=signs[1],
        performance=signs[2],
        rungs=tuple(
            (voice.speech.level(level, rule.template), states[level])
            for level in rule.levels
            if level != BASE
        ),
        said=said,
        settled=None if upto is None and value is None else value == upto,
        both=_answer(value_in(row, graph, f"osteosarcopenia_{id}")),
    )


def _sign(row: Mapping[str, object], judge: PersonJudge, definition: Definition, thing: str) -> Answer | None:
    """What a definition says of strength, mass or performance; None where no stage of it asks for that."""
    asked = {name for formula in (definition.stages or {}).values() for name in formula.things}
    if thing not in asked:
        return None
    return _answer(value_in(row, judge.definitions.graph, f"{thing}_{definition.id}"))


def _answer(value: object) -> Answer:
    if value is None:
        return "unknown"
    return "yes" if value else "no"


def _sentence(rows: tuple[DefinitionRow, ...], voice: Voice) -> str:
    settled = [row for row in rows if row.settled]
    found = sum(any(state == "proved" for _, state in row.rungs) for row in settled)
    still_open = [row for row in rows if row.settled is False]
    waiting = sum(row.mass == "unknown" for row in still_open)
    silent = sum(row.settled is None for row in rows)
    parts = []
    if settled:
        parts.append(voice.say("person.definitions.settled", found=found, clear=len(settled) - found))
    if still_open:
        key = "person.definitions.open_mass" if waiting else "person.definitions.open"
        parts.append(voice.say(key, open=len(still_open), **({"waiting": waiting} if waiting else {})))
    if silent:
        parts.append(voice.say("person.definitions.silent", silent=silent))
    return voice.say("person.definitions.join").join(parts) + voice.say("person.definitions.stop")

"""Risk and gates: what else is known of the person that decides treatment, and which drugs may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.app.web.person.judge import Judged, PersonJudge
from myosteon.app.web.person.voice import Voice
from myosteon.outputs.explain import explain, stage_sentence
from myosteon.outputs.plan_view_types import ViewItem
from myosteon.outputs.wording.load import label_of
from myosteon.vocabulary.types import Status

# The strata that are read first where the clinic stands; China's where nothing is said of the region.
STRATA = {"US": "stratum_aace2020", "EU": "stratum_iof2020"}
USUAL_STRATUM = "stratum_china2022"
ASKED = (
    "fall_risk_world2022",
    "falls_12m",
    "frail_status",
    "mna_sf_score",
    "frax_major_percent",
    "egfr_ml_min_1_73m2",
    "creatinine_clearance_cockcroft_gault_ml_min",
    "calcium_mmol_l",
    "vitamin_d_25oh_ng_ml",
    "alm_kg",
)
# Those that must not be given first, then what waits, then what may be given.
STATES = ("avoid", "refer", "check_first", "allowed")


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A name and its value in words; `unknown` where it is not known; the mark of the number behind it."""

    column: str
    label: str
    text: str
    unknown: bool
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class GateGroup:
    """Drugs that stand alike: their names in a row, and each with its reasons."""

    state: str
    title: str
    names: str
    drugs: tuple[ViewItem, ...]


def risks(row: Mapping[str, object], judge: PersonJudge, voice: Voice) -> tuple[RiskRow, ...]:
    """What the page lists of risk, unknown values included."""
    stratum = STRATA.get(judge.clinic.region, USUAL_STRATUM)
    return (_stratum(row, judge, stratum, voice), *(_risk(row, judge, name, voice) for name in ASKED))


def _stratum(row: Mapping[str, object], judge: PersonJudge, column: str, voice: Voice) -> RiskRow:
    made = explain(row, judge.explained, column, judge.language)
    said = _standing(row, judge, column, voice)
    status = made.tree.source.status if made.tree.source else None
    return RiskRow(column, voice.speech.outside(made.label), said, made.upto is None, status)


def _standing(row: Mapping[str, object], judge: PersonJudge, column: str, voice: Voice) -> str:
    """A staged answer with what is not excluded above it."""
    graph = judge.planner.assessor.graph
    value, upto = row.get(column), row.get(f"{column}_upto")
    template = graph.rules[column].template
    speech = voice.speech
    if value is not None and value == upto:
        return speech.level(str(value), template)
    return stage_sentence(
        "standing", speech, template, _text(value), _text(upto), label_of(column, voice.language, graph)
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _risk(row: Mapping[str, object], judge: PersonJudge, column: str, voice: Voice) -> RiskRow:
    graph = judge.planner.assessor.graph
    label = voice.plan.outside(label_of(column, voice.language, graph))
    if f"{column}_upto" in graph.rules:
        unknown = row.get(f"{column}_upto") is None and row.get(column) is None
        return RiskRow(column, label, _standing(row, judge, column, voice), unknown)
    value = row.get(column)
    if value is None:
        word = "unknown" if column in graph.rules else "not_measured"
        return RiskRow(column, label, voice.speech.word(word), True)
    return RiskRow(column, label, voice.plan.value(column, value, graph), False)


def gates(judged: Judged, voice: Voice) -> tuple[GateGroup, ...]:
    """The drugs by how they stand, as the plan lists them."""
    groups = []
    for state in STATES:
        drugs = tuple(item for item in judged.view.gates if item.status == state)
        if drugs:
            names = voice.speech.list([item.name for item in drugs])
            groups.append(GateGroup(state, voice.say(f"person.gate.{state}"), names, drugs))
    return tuple(groups)

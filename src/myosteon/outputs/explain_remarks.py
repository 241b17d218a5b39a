"""What is said beside a verdict: assumptions, contradictions in the person's values, for whom the definition was made."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from myosteon.engine.graph import Graph
from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.guidelines import find_guideline
from myosteon.outputs.explain_needs import measure_inside
from myosteon.outputs.explain_shape import LEAN_MASS, listed, measures_read, value_in
from myosteon.outputs.explain_types import Assessor, Row
from myosteon.outputs.wording.load import Speech, number


@lru_cache(maxsize=1024)
def _lean_mass_tests(graph: Graph, verdict: str) -> tuple[str, ...]:
    below = graph.ancestors([verdict])
    return tuple(sorted(name for name in below if graph.rules[name].template.startswith(LEAN_MASS)))


@lru_cache(maxsize=16)
def _assumption_rules(graph: Graph) -> tuple[str, ...]:
    return tuple(rule.name for rule in graph.rules.values() if rule.assumption)


def assumptions(
    row: Row, assessor: Assessor, verdict: str, speech: Speech, taken_as_no: Collection[str]
) -> tuple[str, ...]:
    """Every assumption that this verdict on this person rests on, in words.

    Args:
        row: the person's results.
        assessor: the rules.
        verdict: the column that is explained.
        speech: the language.
        taken_as_no: measures of this person that a reader took as no because they were not recorded.
    """
    graph = assessor.graph
    read = measures_read(graph, verdict)
    said: list[str] = []
    for name in _assumption_rules(graph):
        if value_in(row, graph, name) is True and set(graph.rules[name].inputs) <= read:
            said.append(_assumption(graph, name, speech))
    if "mass_method" in read:
        method = value_in(row, graph, "mass_method")
        if method == "estimated" and assessor.settings.accept_estimated_mass:
            said.append(speech.say("assumption.estimated_mass"))
        judged = any(value_in(row, graph, name) is not None for name in _lean_mass_tests(graph, verdict))
        if method is None and judged:
            said.append(speech.say("assumption.method_unknown"))
    rule = graph.rules.get(verdict)
    said.append(outside_scope(row, assessor, rule.definition if rule else "", speech))
    filled = [measure_inside(name, speech) for name in sorted(read & set(taken_as_no))]
    if filled:
        said.append(speech.say("assumption.taken_as_no", measures=speech.list(filled)))
    return tuple(sentence for sentence in said if sentence)


def _assumption(graph: Graph, name: str, speech: Speech) -> str:
    rule = graph.rules[name]
    if name == "taken_as_postmenopausal" and isinstance(rule.evidence, Cutoff):
        return speech.say(
            "assumption.taken_as_postmenopausal", age=number(rule.evidence.limits[0].value, 0, 1)
        )
    return speech.outside(speech.rule_label(rule))


@lru_cache(maxsize=16)
def _contradiction_rules(graph: Graph) -> tuple[str, ...]:
    return tuple(rule.name for rule in graph.rules.values() if rule.contradiction)


def outside_scope(row: Row, assessor: Assessor, definition: str, speech: Speech) -> str:
    """That a definition was made for older people than this person is, and for whom; empty where it was not."""
    evidence = evidence_of(definition)
    outside = value_in(row, assessor.graph, f"age_outside_scope_{definition}") is True
    if not outside or evidence is None or evidence.scope is None:
        return ""
    label = evidence.label.in_language(speech.language)
    note = evidence.scope.note.in_language(speech.language)
    return speech.say("assumption.outside_scope", definition=label, note=note)


def evidence_of(definition: str) -> EvidenceSet | None:
    """The numbers of an installed definition, None where it is not installed."""
    guideline = find_guideline(definition)
    return guideline.evidence if guideline else None


def scope_of(definition: str, speech: Speech) -> str:
    """For whom a definition was made, empty where its evidence does not say."""
    evidence = evidence_of(definition)
    return evidence.scope.note.in_language(speech.language) if evidence and evidence.scope else ""


def remark_of(definition: str, speech: Speech) -> str:
    """What its evidence says of the definition as a whole, empty where nothing."""
    evidence = evidence_of(definition)
    return evidence.remark.in_language(speech.language) if evidence and evidence.remark else ""


def contradictions(row: Row, assessor: Assessor, verdict: str, speech: Speech) -> tuple[str, ...]:
    """The contradictions in this person's values that bear on the verdict, in words."""
    graph = assessor.graph
    held = set(listed(row, graph, "contradictions"))
    names = [name for name in _contradiction_rules(graph) if name in held]
    read = measures_read(graph, verdict)
    return tuple(
        contradiction_text(name, assessor, speech) for name in names if read & measures_read(graph, name)
    )


def contradiction_text(name: str, assessor: Assessor, speech: Speech) -> str:
    """One contradiction as a sentence; its label where it has none of its own."""
    if speech.has(f"contradiction.{name}"):
        return speech.say(f"contradiction.{name}")
    return speech.outside(speech.rule_label(assessor.graph.rules[name]))

"""Where the amounts stand that add up to a risk: the source of a coefficient, of points, of a factor."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.evidence.types import Coefficients, EvidenceSet, Source
from myosteon.outputs.explain_limits import node_source, source_of
from myosteon.outputs.explain_node import Builder
from myosteon.outputs.explain_types import NodeSource

# A column of a term is called OUTCOME_term_INPUT.
TERM = "_term_"


@dataclass(frozen=True, slots=True)
class TermSources:
    """The sources of one person's amounts."""

    builder: Builder

    def of(self, column: str) -> NodeSource | None:
        """The source of what a column adds, None where its rule names none."""
        evidence = self.builder.assessor.graph.rules[column].evidence
        if isinstance(evidence, EvidenceSet):
            source = self._of_coefficient(evidence, column)
        elif isinstance(evidence, dict):
            source = source_of(evidence.get(str(self._sex))) or source_of(evidence)
        else:
            source = source_of(evidence)
        return node_source(source, self.builder.speech.language) if source else None

    @property
    def _sex(self) -> object:
        return self.builder.shape.value("sex")

    def _of_coefficient(self, evidence: EvidenceSet, column: str) -> Source | None:
        """The source of the coefficient of a term: of its outcome and its name, of the person's sex."""
        outcome, _, term = column.partition(TERM)
        for coefficients in evidence.coefficients:
            of_sex = coefficients.sex in (None, self._sex)
            of_outcome = coefficients.name.partition("_")[0] in outcome.split("_")
            if of_sex and of_outcome and _has_term(coefficients, term):
                return coefficients.source
        return source_of(evidence)


def _has_term(coefficients: Coefficients, term: str) -> bool:
    ending = coefficients.name.rpartition("_")[2]
    wanted = "survival" if term == "baseline" else term
    return ending == wanted or any(name.startswith(term) for name, _ in coefficients.terms)

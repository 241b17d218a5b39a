"""Every rule of guidance: the facts that recommendations speak of, then the recommendations of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from myosteon.evidence.corpus_load import load_corpus
from myosteon.evidence.corpus_types import Corpus
from myosteon.logic.condition import Fact
from myosteon.logic.rule import Rule
from myosteon.rules.care.library import fact_of
from myosteon.rules.guidance.library import derived_guidance_rules
from myosteon.rules.guidance.recommendations import recommendation_rules
from myosteon.rules.guidance.settled import bounds_of, settled_rules


def guidance_rules(
    rules: Iterable[Rule], measures: Mapping[str, Fact], folder: Path | None = None
) -> tuple[tuple[Rule, ...], Corpus]:
    """The rules of guidance, given every other rule and the measures as facts; and the corpus that was read.

    Raises:
        EvidenceError: the corpus of `folder` (ours where None) cannot be used.
    """
    rules = tuple(rules)
    own = (*derived_guidance_rules(), *settled_rules(rules))
    facts = {**measures, **{rule.name: fact for rule in (*rules, *own) if (fact := fact_of(rule))}}
    corpus = load_corpus(facts, folder, bounds_of(rules))
    return (*own, *recommendation_rules(corpus.records)), corpus

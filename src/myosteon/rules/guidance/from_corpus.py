"""Every rule of guidance: the facts that recommendations speak of, then the recommendations of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from myosteon.evidence.corpus_load import load_corpus
from myosteon.evidence.corpus_types import Corpus
from myosteon.logic.condition import Fact
from myosteon.logic.rule import Rule
from myosteon.rules.care.library import fact_of
from myosteon.rules.guidance.recommendations import recommendation_rules
from myosteon.rules.guidance.settled import bounds_of, settled_rules

# A clearance is computed where it was not recorded; a woman from 50 of whom it is not recorded is taken to be past the menopause.
STAND_INS = {
    "creatinine_clearance_ml_min": "creatinine_clearance_for_drugs_ml_min",
    "postmenopausal": "past_menopause_or_taken_so",
}


def guidance_rules(
    rules: Iterable[Rule], measures: Mapping[str, Fact], folder: Path | None = None
) -> tuple[tuple[Rule, ...], Corpus]:
    """The rules of guidance, given every other rule and the measures as facts; and the corpus that was read.

    The facts that recommendations speak of are among the rules of care, whose gates and lines speak of them too.

    Raises:
        EvidenceError: the corpus of `folder` (ours where None) cannot be used.
    """
    rules = tuple(rules)
    own = tuple(settled_rules(rules))
    facts = {**measures, **{rule.name: fact for rule in (*rules, *own) if (fact := fact_of(rule))}}
    corpus = load_corpus(facts, folder, bounds_of(rules), STAND_INS)
    return (*own, *recommendation_rules(corpus.records)), corpus

"""Gates that the safety review puts before drugs: what a person takes that does not go with the drug, and findings that bar it."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.care_types import CareSet, Gate, GateClass
from myosteon.evidence.guidance_types import Interaction, InteractionLevel, Side
from myosteon.evidence.review_types import Review
from myosteon.evidence.types import Label

SET_ID = "review"
INTERACTIONS = "interactions"
TITLE = Label("What the safety review puts before a drug", "安全审查对用药的限制")
# What a pair means for a drug that is only thought of: one that must not be given with the other is barred. To avoid the other
# medicine is not to avoid the drug, but it has to have been asked for.
BARS: dict[InteractionLevel, GateClass] = {
    "contraindicated": "contraindicated",
    "avoid": "warning",
    "check": "warning",
    "separate": "warning",
}
ASKED = ("avoid",)


def review_gates(review: Review) -> CareSet:
    """The gates as a care file without lines."""
    gates = (*_finding_gates(review), *_interaction_gates(review))
    return CareSet(id=SET_ID, title=TITLE, gates=gates, lines=(), named_conditions={})


def _finding_gates(review: Review) -> Iterator[Gate]:
    for step in review.steps:
        for finding in step.findings:
            for drug in finding.blocks:
                yield Gate(
                    drug,
                    finding.id,
                    finding.when,
                    "not_recommended",
                    finding.text,
                    finding.sources[0],
                    step.id,
                )


def _interaction_gates(review: Review) -> Iterator[Gate]:
    if INTERACTIONS not in review.ids:
        return
    for drug in review.classes_of:
        for pair in review.interactions:
            when = taken_with(drug, pair, review)
            if when:
                yield Gate(
                    drug,
                    pair.id,
                    when,
                    BARS[pair.level],
                    say_interaction(pair),
                    pair.sources[0],
                    INTERACTIONS,
                    must_ask=pair.level in ASKED,
                )


def say_interaction(pair: Interaction) -> Label:
    """What a pair does, and what is done about it."""
    label, consequence, action = pair.label, pair.consequence, pair.action
    return Label(
        f"{label.en[:1].upper()}{label.en[1:]}: {consequence.en} {action.en}",
        f"{label.zh}：{consequence.zh}{action.zh}",
    )


def taken_with(drug: str, pair: Interaction, review: Review) -> str:
    """When something is taken that does not go with a drug that is thought of; empty where the pair is not about it."""
    found = []
    for side, other in ((pair.first, pair.second), (pair.second, pair.first)):
        if _is_of(drug, side, review):
            found += [*_tokens(other, review, without=drug), *([f"({pair.when})"] if pair.when else [])]
    return " or ".join(dict.fromkeys(found))


def taken_together(pair: Interaction, review: Review) -> str:
    """When both sides of a pair are taken, of different classes, or one side is and `when` holds."""
    first, second = _by_class(pair.first, review), _by_class(pair.second, review)
    pairs = {
        " and ".join(sorted((one, other))): None
        for name, one in first.items()
        for other_name, other in second.items()
        if name != other_name
    }
    whole = [f"({joined})" for joined in pairs]
    taken = " or ".join(first.values())
    if pair.when:
        whole.append(f"(({taken}) and ({pair.when}))")
    return " or ".join(whole) or taken


def _is_of(drug: str, side: Side, review: Review) -> bool:
    return drug in side.drugs or bool(set(review.classes_of.get(drug, ())) & set(side.classes))


def _tokens(side: Side, review: Review, without: str) -> list[str]:
    """Conditions under which something of a side is taken, that is of none of a drug's own classes.

    Where the side names the drug itself, what the person has of its other drugs is the matter of the gate `second`.
    """
    own = set(review.classes_of.get(without, ()))
    classes = [f"takes_{one}" for one in side.classes if one not in own]
    drugs = [] if without in side.drugs else list(side.drugs)
    return [*classes, *([_in_use(drugs)] if drugs else [])]


def _by_class(side: Side, review: Review) -> dict[str, str]:
    """Under what something of a side is taken, by its class; a drug without one of these stands for itself."""
    found: dict[str, str] = {}
    left = list(side.drugs)
    for one in side.classes:
        drugs = [drug for drug in left if one in review.classes_of.get(drug, ())]
        left = [drug for drug in left if drug not in drugs]
        found[one] = f"(takes_{one} or {_in_use(drugs)})" if drugs else f"takes_{one}"
    return found | {drug: f"({_in_use([drug])})" for drug in left}


def _in_use(drugs: list[str]) -> str:
    words = ", ".join(f"'{drug}'" for drug in drugs)
    held = f"drug == {words}" if len(drugs) == 1 else f"drug in ({words})"
    return f"({held} and not off_drug)"

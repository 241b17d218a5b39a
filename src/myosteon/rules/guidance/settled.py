"""Stages and strata of which only the highest proved and the highest possible word are known: where both agree, and their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from myosteon.logic.answers import FirstTrue
from myosteon.logic.bounded import BoundedNumber, BoundedWord, Bounds
from myosteon.logic.rule import Rule
from myosteon.rules.guidance.library import BOUNDS

UPTO, SETTLED, STRATUM = "_upto", "_settled", "stratum_"
# Whom the bands of bone density are for; the schemes of strata name it among their inputs.
APPLIES = {"bone_who": "t_score_bands_apply"}


def settled_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    """A column `NAME_settled` for each stage NAME of `rules` that has a NAME_upto."""
    for stage in _stages(rules):
        levels = stage.levels
        yield Rule(
            name=stage.name + SETTLED,
            inputs=(stage.name, stage.name + UPTO),
            body=lambda proved, possible, levels=levels: _settled(proved, possible, levels),
            kind="category",
            stratum="care",
            sentence="The word that is proved, where no higher one is possible; unknown while one is.",
            template="settled",
            levels=levels,
            definition=stage.definition,
            numbers=("settled", *levels),
        )


def bounds_of(rules: Iterable[Rule]) -> Bounds:
    """The bounds of every fact that has some: counts of the guidance facts, and the stages of `rules`."""
    words = {
        stage.name: BoundedWord(
            stage.name, stage.name + UPTO, stage.name + SETTLED, stage.levels, _applies(stage)
        )
        for stage in _stages(rules)
    }
    numbers: Mapping[str, BoundedNumber] = {name: BoundedNumber(*ends) for name, ends in BOUNDS.items()}
    return {**numbers, **words}


def _stages(rules: Iterable[Rule]) -> list[Rule]:
    by_name = {rule.name: rule for rule in rules}
    return [rule for name, rule in by_name.items() if rule.kind == "stage" and name + UPTO in by_name]


def _applies(stage: Rule) -> str:
    if stage.name.startswith(STRATUM):
        return next((name for name in stage.inputs if not name.startswith(STRATUM)), "")
    return APPLIES.get(stage.name, "")


def _settled(proved: Any, possible: Any, levels: tuple[str, ...]) -> FirstTrue:
    return FirstTrue(tuple(((proved == word) & (possible == word), word) for word in levels))

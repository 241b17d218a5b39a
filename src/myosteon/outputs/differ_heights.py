"""How high a definition of sarcopenia stands, across definitions that name their stages differently."""

from __future__ import annotations

from collections.abc import Mapping

from myosteon.logic.formula import Formula

Heights = tuple[int, int]
HEIGHTS = {
    "none": 0,
    "presarcopenia": 1,
    "possible": 1,
    "probable": 1,
    "weak": 1,
    "confirmed": 2,
    "severe": 3,
}
# A stage that we do not know (of somebody else's definition) is taken for a first one.
FIRST = 1


def height(value: str | None, upto: str | None) -> Heights:
    """What is proved, and what is not excluded, as heights that can be compared; nothing is 0."""
    return (_of(value), _of(upto))


def height_reached(stages: Mapping[str, Formula], answers: Mapping[str, bool | None]) -> Heights:
    """The heights for answers to the things that the stages are made of, unknown as None."""
    reached = {stage: formula.evaluate(answers, both, either) for stage, formula in stages.items()}
    proved = [_of(stage) for stage, answer in reached.items() if answer is True]
    possible = [_of(stage) for stage, answer in reached.items() if answer is not False]
    return (max(proved, default=0), max(possible, default=0))


def both(first: bool | None, second: bool | None) -> bool | None:
    """The three-valued and."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def either(first: bool | None, second: bool | None) -> bool | None:
    """The three-valued or."""
    if first is True or second is True:
        return True
    return None if first is None or second is None else False


def _of(stage: str | None) -> int:
    return 0 if stage is None else HEIGHTS.get(stage, FIRST)

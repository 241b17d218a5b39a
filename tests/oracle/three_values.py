"""Yes, no and unknown (True, False, None), and how tests of one thing are put together."""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import NamedTuple, TypeAlias

Answer: TypeAlias = bool | None


class Finding(NamedTuple):
    """What one test, or several tests of one thing, say.

    `missing` names the unknown measurements that the answer would need; it is read only where the answer
    is unknown.
    """

    done: bool
    answer: Answer
    missing: frozenset[str]


def not_done(*missing: str) -> Finding:
    """A test that nobody did."""
    return Finding(done=False, answer=None, missing=frozenset(missing))


def done(answer: Answer, missing: Iterable[str] = ()) -> Finding:
    """A test that was done, whether or not its answer can be told."""
    return Finding(done=True, answer=answer, missing=frozenset(missing))


def both(*answers: Answer) -> Answer:
    """ "`no and unknown` is no ... the rest is unknown"."""
    if any(answer is False for answer in answers):
        return False
    if any(answer is None for answer in answers):
        return None
    return True


def either(*answers: Answer) -> Answer:
    """ "`yes or unknown` is yes, the rest is unknown"."""
    if any(answer is True for answer in answers):
        return True
    if any(answer is None for answer in answers):
        return None
    return False


def judged_on_those_done(*findings: Finding) -> Finding:
    """ "Alternative tests of one thing ... are judged on those that were done: yes where one says yes, no
    where at least one was done and none says yes, unknown where none was done."

    Settled reading 1: a test that was done and whose answer is unknown leaves the thing unknown unless
    another says yes.
    """
    missing = frozenset[str]().union(*(finding.missing for finding in findings))
    those_done = [finding.answer for finding in findings if finding.done]
    if not those_done:
        return Finding(done=False, answer=None, missing=missing)
    return Finding(done=True, answer=either(*those_done), missing=missing)


def things_that_decide(
    known: Mapping[str, object],
    possible: Mapping[str, tuple[object, ...]],
    verdict: Callable[[Mapping[str, object]], object],
) -> list[str]:
    """The unknown things "on which, for some answer to the other unknown things, the verdict depends".

    `known` holds every thing, None where it is unknown; `possible` holds the answers that each thing can
    have.
    """
    unknown = [thing for thing in known if known[thing] is None]
    deciding = []
    for thing in unknown:
        others = [other for other in unknown if other != thing]
        for answers in product(*(possible[other] for other in others)):
            world = {**known, **dict(zip(others, answers, strict=True))}
            verdicts = {verdict({**world, thing: answer}) for answer in possible[thing]}
            if len(verdicts) > 1:
                deciding.append(thing)
                break
    return deciding

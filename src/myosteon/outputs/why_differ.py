"""Why definitions of sarcopenia disagree about one person, and what would settle those that are open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from myosteon.outputs.differ_reasons import find_reasons
from myosteon.outputs.differ_types import Differences, Standing
from myosteon.outputs.differ_uses import sarcopenia_definitions
from myosteon.outputs.explain import stage_sentence
from myosteon.outputs.explain_needs import Alternative, way_of
from myosteon.outputs.explain_next import Candidate, Gap, gaps, supporters
from myosteon.outputs.explain_shape import value_in
from myosteon.outputs.explain_types import Assessor, Row, Way
from myosteon.outputs.wording.load import Language, Speech, speak
from myosteon.vocabulary.measures import load_measures

# Beyond so many measurements the smallest set is not searched for but built up from the most useful one.
MOST_SEARCHED = 4


def explain_differences(row: Row, assessor: Assessor, language: Language = "en") -> Differences:
    """Why the definitions of sarcopenia disagree about a person.

    Args:
        row: one person's measures and results, of `assess(..., columns="all")`. Unknown is None.
        assessor: the one that made the results; its definitions of sarcopenia are compared.
        language: `en` or `zh`.

    Returns:
        The definitions grouped by answer (largest group first), the reasons, and the smallest set of measurements that
        settles every open one. Both are empty where all say the same.
    """
    speech = speak(language)
    groups = _groups(row, assessor, speech)
    person = value_in(row, assessor.graph, "person_id")
    return Differences(
        person_id=None if person is None else str(person),
        language=language,
        sentence=_sentence(groups, speech),
        groups=groups,
        reasons=find_reasons(row, assessor, speech, groups),
        together=smallest_set(gaps(row, assessor, ("sarcopenia",)), speech),
    )


def _groups(row: Row, assessor: Assessor, speech: Speech) -> tuple[Standing, ...]:
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for definition in sarcopenia_definitions(assessor):
        verdict = f"sarcopenia_{definition.id}"
        value, upto = (value_in(row, assessor.graph, column) for column in (verdict, f"{verdict}_upto"))
        key = (None if value is None else str(value), None if upto is None else str(upto))
        found.setdefault(key, []).append(definition.id)
    standings = [
        Standing(value, upto, stage_sentence("standing", speech, "sarcopenia", value, upto, ""), tuple(ids))
        for (value, upto), ids in found.items()
    ]
    return tuple(sorted(standings, key=lambda standing: -len(standing.definitions)))


def _sentence(groups: Sequence[Standing], speech: Speech) -> str:
    count = sum(len(group.definitions) for group in groups)
    if len(groups) == 1:
        return speech.say("differ.agree", count=count, stage=groups[0].text)
    return speech.say("differ.differ", count=count, answers=len(groups))


def smallest_set(open_gaps: Sequence[Gap], speech: Speech) -> tuple[Way, ...]:
    """The fewest things to measure that fill every gap, of equally few the nearest to be had; none where nothing is open."""
    filled = supporters(open_gaps)
    chosen = _search(open_gaps, filled) or _built_up(open_gaps, filled)
    return tuple(_way(candidate, filled[candidate], speech) for candidate in chosen)


def _search(open_gaps: Sequence[Gap], filled: dict[Candidate, list[Gap]]) -> tuple[Candidate, ...]:
    useful = _undominated(filled)
    every = {id(gap) for gap in open_gaps}
    covers = {candidate: {id(gap) for gap in filled[candidate]} for candidate in useful}
    for size in range(1, MOST_SEARCHED + 1):
        full = [
            choice
            for choice in combinations(useful, size)
            if set[int]().union(*(covers[candidate] for candidate in choice)) == every
        ]
        if full:
            return min(full, key=lambda choice: (sum(c.tier for c in choice), [c.place for c in choice]))
    return ()


def _undominated(filled: dict[Candidate, list[Gap]]) -> list[Candidate]:
    """Without what fills no more than something else that is nearer or comes before it."""
    ordered = sorted(filled, key=lambda c: (-len(filled[c]), c.tier, c.place))
    kept: list[Candidate] = []
    for candidate in ordered:
        mine = {id(gap) for gap in filled[candidate]}
        if not any(mine <= {id(gap) for gap in filled[k]} and k.tier <= candidate.tier for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.place)


def _built_up(open_gaps: Sequence[Gap], filled: dict[Candidate, list[Gap]]) -> tuple[Candidate, ...]:
    left = {id(gap) for gap in open_gaps}
    chosen: list[Candidate] = []
    while left:
        best = min(filled, key=lambda c: (-len(left & {id(gap) for gap in filled[c]}), c.tier, c.place))
        chosen.append(best)
        left -= {id(gap) for gap in filled[best]}
    return tuple(sorted(chosen, key=lambda c: c.place))


def _way(candidate: Candidate, filled: Sequence[Gap], speech: Speech) -> Way:
    wanted = {name for gap in filled for name in gap.candidates()[candidate].measures}
    measures = tuple(name for name in load_measures() if name in wanted)
    return way_of(Alternative(measures, (candidate.method,) if candidate.method else ()), speech)

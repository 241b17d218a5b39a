"""Recommendations as columns: over a cohort, on other engines and for one person they say the same as the plain reading of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from engines import canonical_people
from guidance.recommendation_people import random_people
from guidance.worked_people import the_corpus
from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.recommendation_counts import count_recommendations
from myosteon.evidence.corpus_types import STATES
from myosteon.guidance.answer_types import VERDICTS
from myosteon.guidance.record_state import removed_by_clinical_facts, state_of
from myosteon.rules.guidance.recommendations import CLINICAL, NEEDS
from myosteon.rules.guideline import Settings

PEOPLE = random_people(150, seed=20261121)


@pytest.fixture(scope="module")
def runner() -> GuidanceRunner:
    return GuidanceRunner(Settings())


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return canonical_people([{**person, "person_id": f"{place:04d}"} for place, person in enumerate(PEOPLE)])


def columns_of(suffixes: Sequence[str], every: int = 1) -> tuple[str, ...]:
    return tuple(record.column + suffix for record in the_corpus().records[::every] for suffix in suffixes)


def listed(text: str | None) -> set[str]:
    return set(text.split(";")) if text else set()


def test_a_column_says_of_everybody_what_the_plain_reading_says(
    runner: GuidanceRunner, frame: pl.DataFrame
) -> None:
    columns = columns_of(("", NEEDS, CLINICAL))
    judged = runner.assessor.plan(columns).run_polars(frame.lazy(), frame.columns, []).collect()
    seen: set[str] = set()
    for row, facts in zip(judged.to_dicts(), runner.judge(frame).to_dicts(), strict=True):
        for record in the_corpus().records:
            one = state_of(record, facts)
            seen.add(one.state)
            assert row[record.column] == one.state, record.id
            assert listed(row[record.column + NEEDS]) == set(one.needs()), record.id
            if one.state in ("excluded", "does_not_apply"):
                assert row[record.column + CLINICAL] is removed_by_clinical_facts(one), record.id
    assert seen == set(STATES)


def test_one_person_alone_is_judged_as_in_a_crowd(runner: GuidanceRunner, frame: pl.DataFrame) -> None:
    crowd = runner.judge(frame).to_dicts()
    for place in range(0, frame.height, 15):
        (alone,) = runner.judge(frame.slice(place, 1)).to_dicts()
        assert {name: alone[name] for name in runner.corpus.names if name in alone} == {
            name: crowd[place][name] for name in runner.corpus.names if name in alone
        }


def test_counts_over_a_cohort_are_those_of_its_people(runner: GuidanceRunner, frame: pl.DataFrame) -> None:
    counted = count_recommendations(runner, frame)
    verdicts: dict[str, dict[str, int]] = {id: dict.fromkeys(VERDICTS, 0) for id in runner.corpus.questions}
    states: dict[str, dict[str, int]] = {
        record.id: dict.fromkeys(STATES, 0) for record in runner.corpus.records
    }
    for facts in runner.judge(frame).to_dicts():
        for answer in runner.answers(facts):
            verdicts[answer.question.id][answer.verified.kind] += 1
            for one in answer.states:
                states[one.record.id][one.state] += 1
    assert {row.pop("question"): row for row in counted.verdicts.to_dicts()} == verdicts
    assert {
        row["id"]: {state: row[state] for state in STATES} for row in counted.records.to_dicts()
    } == states
    assert sum(verdicts["treatment_threshold"].values()) == len(PEOPLE)


def test_two_sources_are_laid_beside_each_other(runner: GuidanceRunner, frame: pl.DataFrame) -> None:
    pair = ("china2022_op", "es2019")
    counted = count_recommendations(runner, frame, ["treatment_threshold"], pair)
    expected: dict[tuple[str, str], int] = {}
    for facts in runner.judge(frame).to_dicts():
        said = tuple(plainly(source, facts) for source in pair)
        expected[said[0], said[1]] = expected.get((said[0], said[1]), 0) + 1
    assert counted.between is not None
    assert {key: n for key, n in counted.between.counts.items() if n} == expected
    # Men: the Chinese text asks for treatment, that of the Endocrine Society is about women.
    assert expected["do", "nothing"] > 0


def plainly(source: str, facts: dict[str, Any]) -> str:
    """What a source with one text on the treatment threshold says: do, or nothing, or it is not known."""
    (record,) = (
        record for record in the_corpus().by_question["treatment_threshold"] if record.source == source
    )
    state = state_of(record, facts).state
    return {"applies": "do", "cannot_be_judged": "unknown"}.get(state, "nothing")


def test_nothing_applies_to_a_person_of_whom_nothing_is_known(runner: GuidanceRunner) -> None:
    nobody = canonical_people([{"person_id": "0"}])
    (facts,) = runner.judge(nobody).to_dicts()
    states = [state_of(record, facts) for record in the_corpus().records]
    assert {one.state for one in states} == {"cannot_be_judged", "does_not_apply"}
    # What asks whether something was measured is answered by its not being there.
    out = [one for one in states if one.state == "does_not_apply"]
    assert {atom.sign for one in out for atom in one.because()} == {"known"}

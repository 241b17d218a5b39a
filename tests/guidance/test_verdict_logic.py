"""The verdict on a question against a second reading of section 7, over every completion of what is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.made_up_corpus import FACTS
from guidance.plain_reading import PlainReading
from myosteon.evidence.corpus_types import Corpus, CorpusSource, Question, Record, Relations
from myosteon.evidence.types import Label
from myosteon.guidance.question_verdict import Guidance
from myosteon.guidance.record_state import state_of
from myosteon.logic.condition import read_condition

VALUES: dict[str, tuple[Any, ...]] = {
    "sex": ("female", "male"),
    "age_years": (49.0, 70.0),
    "diabetes": (True, False),
    "stroke": (True, False),
    "egfr": (20.0, 90.0),
}
ATOMS = ("sex == 'female'", "age_years >= 65", "diabetes", "not stroke", "egfr < 30", "egfr >= 30")
NOTHING = Label("", "")
TEXTS = st.one_of(
    st.sampled_from(ATOMS),
    st.tuples(
        st.sampled_from((" and ", " or ")), st.lists(st.sampled_from(ATOMS), min_size=2, max_size=3)
    ).map(lambda pair: pair[0].join(dict.fromkeys(pair[1]))),
)
ROWS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(("one", "two", "three")),
        "action": st.sampled_from(("a", "b", "c")),
        "direction": st.sampled_from(("for", "for", "for", "against", "neutral")),
        "strength": st.sampled_from(("strong", "conditional", "not_graded")),
        "applies": TEXTS,
        "excluded": st.one_of(st.just(""), TEXTS),
    }
)
PEOPLE = st.fixed_dictionaries({name: st.none() | st.sampled_from(values) for name, values in VALUES.items()})


@st.composite
def questions(draw: st.DrawFn) -> PlainReading:
    rows = [
        {**row, "id": f"r{place}"} for place, row in enumerate(draw(st.lists(ROWS, min_size=1, max_size=5)))
    ]
    pairs = [
        (a["id"], b["id"]) for a in rows for b in rows if a["id"] < b["id"] and a["source"] == b["source"]
    ]
    return PlainReading(
        rows,
        exclusive=draw(st.booleans()),
        narrower=draw(st.sampled_from(((), (("a", "b"),), (("a", "b"), ("b", "c"), ("a", "c"))))),
        processes=draw(st.sampled_from(((), ("c",)))),
        aside=draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else (),
    )


def guidance_of(question: PlainReading, marks: dict[str, str] | None = None) -> Guidance:
    records = tuple(
        Record(
            id=row["id"],
            question="q",
            action=row["action"],
            direction=row["direction"],  # type: ignore[arg-type]
            strength=row["strength"],  # type: ignore[arg-type]
            grade=NOTHING,
            statement=Label("Do it.", "做。"),
            applies=read_condition(row["applies"], FACTS, row["id"]),
            excluded=read_condition(row["excluded"], FACTS, row["id"]) if row["excluded"] else None,
            exclusion_by="source" if row["excluded"] else None,
            dose=NOTHING,
            source=row["source"],
            where=NOTHING,
            mark=(marks or {}).get(row["id"], "V"),  # type: ignore[arg-type]
            topic="drug_choice",
            region="US",
            valid_from=2020,
        )
        for row in question.rows
    )
    sources = {id: CorpusSource(id, NOTHING, id, 2020, "US", "", NOTHING) for id in ("one", "two", "three")}
    relations = Relations(
        subsumes={a: frozenset(y for x, y in question.narrower if x == a) for a, _ in question.narrower},
        rivals_nothing=frozenset(question.processes),
        sets_aside={a: frozenset(y for x, y in question.aside if x == a) for a, _ in question.aside},
        superseded={},
        gate_sources=frozenset(),
    )
    asked = {"q": Question("q", Label("What?", "什么？"), question.exclusive)}
    return Guidance(Corpus(records, sources, asked, relations))


def completions(person: dict[str, Any]) -> Iterator[dict[str, Any]]:
    options = [VALUES[name] if known is None else (known,) for name, known in person.items()]
    for chosen in product(*options):
        yield dict(zip(person, chosen, strict=True))


@given(questions(), PEOPLE)
@settings(max_examples=300)
def test_of_whom_all_is_known_it_says_what_the_second_reading_says(
    question: PlainReading, person: dict[str, Any]
) -> None:
    whole = next(completions(person))
    verdict = guidance_of(question).answer("q", whole).verified
    assert verdict.kind == question.verdict(whole)
    if verdict.kind != "disputed":
        assert {(a.action, a.direction) for a in verdict.answers} == question.positions(whole)


@given(questions(), PEOPLE)
@settings(max_examples=300)
def test_a_verdict_that_is_given_is_that_of_every_completion(
    question: PlainReading, person: dict[str, Any]
) -> None:
    verdict = guidance_of(question).answer("q", person).verified
    if verdict.kind == "undetermined":
        assert verdict.needs
        return
    assert not verdict.needs
    for whole in completions(person):
        assert question.verdict(whole) == verdict.kind
        if question.exclusive and verdict.kind not in ("disputed", "not_applicable"):
            assert question.positions(whole) == {(a.action, a.direction) for a in verdict.answers}


@given(questions(), PEOPLE)
@settings(max_examples=200)
def test_knowing_all_that_a_verdict_needs_settles_it(question: PlainReading, person: dict[str, Any]) -> None:
    guidance = guidance_of(question)
    verdict = guidance.answer("q", person).verified
    assert all(person[name] is None for name in verdict.needs)
    assert {name for way in verdict.could_settle for name in way} <= set(verdict.needs) | {
        name for record in verdict.undecided for name in record.names
    }
    for values in product(*(VALUES[name] for name in verdict.needs)):
        known = {**person, **dict(zip(verdict.needs, values, strict=True))}
        assert guidance.answer("q", known).verified.kind != "undetermined"


@given(questions(), PEOPLE)
@settings(max_examples=200)
def test_the_state_of_a_record_is_that_of_every_completion(
    question: PlainReading, person: dict[str, Any]
) -> None:
    guidance = guidance_of(question)
    for row in question.rows:
        state = state_of(guidance.corpus.by_id[row["id"]], person).state
        possible = {question.state(row, whole) for whole in completions(person)}
        if state == "applies":
            assert possible == {"applies"}
        elif state == "excluded":
            assert possible == {"excluded"}
        elif state == "does_not_apply":
            # An exclusion that is unknown changes the word, not that it does not apply.
            assert "applies" not in possible
        else:
            assert state == "cannot_be_judged"


@given(questions(), PEOPLE, st.sampled_from(tuple(VALUES)))
@settings(max_examples=200)
def test_one_more_fact_never_contradicts_a_settled_record(
    question: PlainReading, person: dict[str, Any], name: str
) -> None:
    guidance = guidance_of(question)
    if person[name] is not None:
        return
    for record in guidance.corpus.records:
        before = state_of(record, person).state
        for known in VALUES[name]:
            after = state_of(record, {**person, name: known}).state
            if before == "does_not_apply":
                assert after in ("does_not_apply", "excluded")
            elif before != "cannot_be_judged":
                assert after == before


@given(questions(), PEOPLE)
@settings(max_examples=200)
def test_an_exclusion_always_wins(question: PlainReading, person: dict[str, Any]) -> None:
    guidance = guidance_of(question)
    answer = guidance.answer("q", person)
    out = {one.record.id for one in answer.states if one.state == "excluded"}
    shown = {record.id for one in answer.verified.answers for record in one.records}
    assert not out & shown
    for row in question.rows:
        if row["excluded"] and all(_holds(row["excluded"], whole) for whole in completions(person)):
            # Kleene's logic does not see that `egfr < 30 or egfr >= 30` is always so; then it stays unknown.
            state = state_of(guidance.corpus.by_id[row["id"]], person).state
            assert state != "applies"


def _holds(text: str, person: dict[str, Any]) -> bool:
    return bool(eval(text, {"__builtins__": {}}, dict(person)))


@given(questions(), PEOPLE, st.data())
@settings(max_examples=200)
def test_an_unread_record_neither_blocks_nor_settles(
    question: PlainReading, person: dict[str, Any], data: st.DataObject
) -> None:
    marks = {row["id"]: data.draw(st.sampled_from(("V", "V2", "S", "M"))) for row in question.rows}
    verdict = guidance_of(question, marks).answer("q", person)
    read = PlainReading(
        [row for row in question.rows if marks[row["id"]] in ("V", "V2")],
        exclusive=question.exclusive,
        narrower=question.narrower,
        processes=question.processes,
        aside=question.aside,
    )
    alone = guidance_of(read, marks).answer("q", person)
    assert verdict.verified.kind == alone.verified.kind
    assert verdict.verified.needs == alone.verified.needs


def test_of_more_undecided_records_than_can_be_tried_none_is_forgotten() -> None:
    """Nine sources wait each for a fact of its own kind; the ninth, worst read, is the only one that contradicts."""
    rows = [
        {
            "id": f"r{n}",
            "source": f"s{n}",
            "action": "a",
            "direction": "for",
            "strength": "strong",
            "excluded": "",
        }
        for n in range(10)
    ]
    rows[9]["direction"] = "against"
    for row in rows:
        row["applies"] = "diabetes"
    rows[0]["applies"] = "age_years >= 65"
    marks = {row["id"]: "V" for row in rows} | {"r9": "V2"}
    guidance = guidance_of(PlainReading(rows, exclusive=True), marks)
    verdict = guidance.answer("q", {"age_years": 70.0}).verified
    assert verdict.kind == "undetermined"
    assert verdict.needs == ("diabetes",)
    assert guidance.answer("q", {"age_years": 70.0, "diabetes": True}).verified.kind == "disputed"

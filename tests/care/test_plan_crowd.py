"""A crowd's plans are made column by column, a person's from values of Python: both are the same plans."""

from __future__ import annotations

import gc
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from myosteon.app.demo_cohort import write_demo_cohort
from myosteon.app.demo_treatments import write_demo_treatments
from myosteon.app.people import read_people
from myosteon.app.plan_run import Planner
from myosteon.app.reading_options import ReadingOptions
from myosteon.app.visits import visits_as_of
from myosteon.engine.graph import make_graph
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.logic.rule import Kind, Rule
from myosteon.outputs import plan_maker
from myosteon.outputs.plan_memory import Memory, much_is_kept
from myosteon.outputs.plan_needs import NEEDS, Unknowns, listed
from myosteon.outputs.plan_rows import (
    MOST_OF_FEW,
    Codes,
    FewRows,
    ManyRows,
    Rows,
    TextCodes,
    keys,
    packed,
    rows_of,
)
from myosteon.outputs.plan_trace import Trace
from myosteon.rules.guideline import Settings

AS_OF = date(2026, 11, 20)
# More than are read as values of Python.
PEOPLE = 2 * MOST_OF_FEW


@cache
def crowd() -> pl.DataFrame:
    """Made-up people with the courses of their bone drugs; every seventh has only what a village knows."""
    with TemporaryDirectory() as folder:
        file, courses = Path(folder) / "people.csv", Path(folder) / "treatments.csv"
        write_demo_cohort(file, 30 * PEOPLE, 11)
        assert write_demo_treatments(file, courses) > 10
        people, _ = visits_as_of(read_people(file, ReadingOptions()), courses, AS_OF, None)
    treated = people.filter(pl.col("drug") != "none").head(PEOPLE // 2)
    others = people.filter(pl.col("drug").is_null() | (pl.col("drug") == "none")).head(
        PEOPLE - treated.height
    )
    together = pl.concat([treated, others])
    known = ("person_id", "visit_date", "sex", "age_years", "drug")
    seventh = pl.int_range(pl.len()) % 7 == 3
    return together.with_columns(
        pl.when(~seventh).then(name).alias(name) for name in together.columns if name not in known
    )


@cache
def planner(tier: int = 1) -> Planner:
    return Planner(clinic_of_tier(tier), AS_OF, "en", Settings())


@pytest.mark.parametrize("tier", [1, 3])
def test_the_plans_of_a_crowd_are_those_of_its_people_one_by_one(tier: int) -> None:
    people = crowd()
    assert people.height == PEOPLE
    together = list(planner(tier).plans(people))
    alone = [next(planner(tier).plans(people.slice(place, 1))) for place in range(people.height)]
    assert together == alone
    assert len({len(plan.lines) for plan in together}) > 3
    assert any(plan.suppressed for plan in together)


def test_what_is_unknown_beneath_a_listing_is_what_following_one_person_finds() -> None:
    judged = planner().judge(crowd())
    maker = planner().maker
    unknowns = maker._unknowns
    rows = rows_of(judged, TextCodes())
    assert isinstance(rows, ManyRows)
    trace = Trace(unknowns, rows)
    people = judged.rows(named=True)
    compared = 0
    for asked in maker._asked:
        for text in rows.texts(asked.needs).known.values():
            bits = trace.bits(text)
            for place, row in enumerate(people):
                found = unknowns.names(bits[:, place]) or listed(text)
                assert found == unknowns.about(row).measures(text), (text, place)
                compared += len(found) > 1
    assert compared > PEOPLE


def a_rule(name: str, *inputs: str, kind: Kind = "yes_no") -> Rule:
    return Rule(name, inputs, first, kind, "care", "A sentence.", name, numbers=(name,))


def first(*columns: nw.Expr) -> nw.Expr:
    return columns[0]


def test_facts_that_wait_for_one_another_are_followed_to_the_end() -> None:
    """Of one person `strong` waits for `quick`, of another `quick` for `strong`: neither goes on for ever."""
    rules = [
        a_rule("strong", "grip_kg"),
        a_rule("strong_needs", "grip_kg", "quick", kind="list"),
        a_rule("quick", "gait_speed_m_s"),
        a_rule("quick_needs", "gait_speed_m_s", kind="list"),
    ]
    graph = make_graph(rules, ("grip_kg", "gait_speed_m_s"))
    unknowns = Unknowns(graph, ["strong", "quick"])
    frame = pl.DataFrame(
        {
            "grip_kg": [None, None, 30.0],
            "gait_speed_m_s": [None, None, None],
            "strong": [None, None, None],
            "quick": [None, None, None],
            "strong" + NEEDS: ["grip_kg;quick", "grip_kg", "quick"],
            "quick" + NEEDS: ["gait_speed_m_s", "gait_speed_m_s;strong", "strong;gait_speed_m_s"],
        },
        schema_overrides={"strong": pl.Boolean, "quick": pl.Boolean, "gait_speed_m_s": pl.Float64},
    )
    trace = Trace(unknowns, rows_of(frame, TextCodes()))
    found = {
        fact: [unknowns.names(trace.bits(fact)[:, place]) for place in range(3)]
        for fact in ("strong", "quick")
    }
    both = ("grip_kg", "gait_speed_m_s")
    in_order = tuple(sorted(both, key=unknowns.measures.index))
    assert found["strong"] == [in_order, ("grip_kg",), ("gait_speed_m_s",)]
    assert found["quick"] == [("gait_speed_m_s",), in_order, ("gait_speed_m_s",)]


FRAME = pl.DataFrame(
    {
        "yes": [True, False, None, True],
        "word": ["b", None, "a", "b"],
        "text": ["x;y", "", None, "x;y"],
        "number": [1.5, None, 2.0, 0.0],
        "empty": [None, None, None, None],
    },
    schema_overrides={"word": pl.Enum(["a", "b", "c"]), "empty": pl.Enum(["a"])},
)


@pytest.mark.parametrize("few", [True, False])
def test_a_few_people_are_read_as_a_crowd_is(few: bool) -> None:
    rows: Rows = rows_of(FRAME, TextCodes()) if few else ManyRows(FRAME, TextCodes())
    assert isinstance(rows, FewRows) is few
    assert rows.yes("yes").tolist() == [True, False, False, True]
    assert rows.unknown("yes").tolist() == [False, False, True, False]
    assert rows.unknown("number").tolist() == [False, True, False, False]
    assert rows.yes("not there").tolist() == [False] * 4
    assert rows.unknown("not there").tolist() == [True] * 4
    for name, expected in (
        ("word", ["b", "", "a", "b"]),
        ("text", ["x;y", "", "", "x;y"]),
        ("empty", [""] * 4),
        ("not there", [""] * 4),
    ):
        texts = rows.texts(name)
        assert [texts.text(place) for place in range(4)] == expected
        assert set(texts.known.values()) == set(expected) - {""}
    assert rows.texts("word").where("b").tolist() == [True, False, False, True]
    assert rows.values(("number", "word", "not there"), [2, 0]) == [(2.0, "a", None), (1.5, "b", None)]
    assert rows.values((), [1, 2]) == [(), ()]


def test_a_crowd_in_parts_has_the_same_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts share the codes of words: the second meets words that the first did not, and others again."""
    whole = list(Planner(clinic_of_tier(1), AS_OF, "en", Settings()).plans(crowd()))
    monkeypatch.setattr(plan_maker, "ROWS_AT_ONCE", MOST_OF_FEW + 5)
    parts = list(Planner(clinic_of_tier(1), AS_OF, "en", Settings()).plans(crowd()))
    assert whole == parts
    frame = pl.DataFrame(
        {"word": ["b", "a", None, "", "b", "c"]}, schema={"word": pl.Enum(["c", "a", "", "b"])}
    )
    codes, words = TextCodes(), dict[str, Codes]()
    first, second = (ManyRows(part, codes, words).texts("word") for part in frame.iter_slices(3))
    assert [first.text(place) for place in range(3)] == ["b", "a", ""]
    assert [second.text(place) for place in range(3)] == ["", "b", "c"]
    assert second.codes[1] == first.codes[0]
    assert set(second.known.values()) == {"b", "c"}


@pytest.mark.parametrize("height", [1, 4])
def test_texts_tell_in_which_rows_they_stand(height: int) -> None:
    rows = FewRows([{"word": word} for word in ("b", None, "a", "b")][:height], TextCodes())
    texts, everywhere = rows.texts("word"), np.arange(height)
    found = {text: everywhere[places].tolist() for text, places in texts.places()}
    assert found == ({"b": [0]} if height == 1 else {"b": [0, 3], "a": [2]})
    nowhere = np.zeros(height, dtype=np.bool_)
    assert list(texts.places(nowhere)) == []
    if height > 1:
        last = np.array([False, True, False, True])
        assert [(text, everywhere[places].tolist()) for text, places in texts.places(last)] == [("b", [3])]


def test_collection_goes_on_after_much_was_made() -> None:
    assert gc.isenabled()
    with much_is_kept():
        assert not gc.isenabled()
    assert gc.isenabled()

    def breaks() -> None:
        with much_is_kept():
            raise ValueError("broke")

    with pytest.raises(ValueError, match="broke"):
        breaks()
    assert gc.isenabled()


def test_flags_are_packed_lowest_first_and_over_more_than_a_word() -> None:
    rows = FewRows([{"even": True, "odd": False}, {"even": False, "odd": True}], TextCodes())
    flags = [rows.yes("odd" if place % 2 else "even") for place in range(70)]
    words = packed(flags, 2)
    held = [int(words[0, row]) | int(words[1, row]) << 64 for row in range(2)]
    assert held == [
        sum(1 << place for place in range(0, 70, 2)),
        sum(1 << place for place in range(1, 70, 2)),
    ]
    assert len(set(keys([*words, *words]))) == 2


def test_what_is_remembered_is_made_once_and_never_unknown() -> None:
    made: list[int] = []
    memory: Memory[str, int] = Memory()

    def make(place: int) -> int:
        made.append(place)
        return place * 10

    assert memory.each(["a", "b", "a", "c"], make) == [0, 10, 0, 30]
    assert memory.each(["c", "d", "b"], make) == [30, 10, 10]
    assert made == [0, 1, 3, 1]

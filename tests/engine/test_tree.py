"""Answers as expressions: words, lists as codes into a table, and lists too long for a code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from myosteon.engine.evaluate import Plan, make_plan
from myosteon.engine.graph import make_graph
from myosteon.engine.native import narwhals_answer
from myosteon.engine.one_person import OnePerson
from myosteon.engine.polars_code import PARTS_OF_A_BYTE
from myosteon.engine.tree import MOST_PARTS_OF_A_CODE, fits_a_code, list_table, narwhals_list
from myosteon.logic.answers import Answer, FirstTrue, Listing, first_true
from myosteon.logic.rule import Kind, Rule

NAMES = [f"measure_{place:02d}" for place in range(20)]
ORDER = {name: place for place, name in enumerate(NAMES)}


def listing(parts: Sequence[Sequence[str]]) -> Listing:
    return Listing(tuple((nw.col(f"part_{place}"), tuple(names)) for place, names in enumerate(parts)))


def people(parts: int, held: Sequence[Sequence[bool]]) -> pl.DataFrame:
    return pl.DataFrame({f"part_{place}": [row[place] for row in held] for place in range(parts)})


def plan_of(answer: Answer, frame: pl.DataFrame, kind: Kind, levels: Sequence[str] = ()) -> Plan:
    """A plan of one rule, which answers with `answer` over the columns of `frame`."""
    rule = Rule("answer", tuple(frame.columns), lambda *_: answer, kind, "derived", "", "", tuple(levels))
    measures = {**dict(frame.schema), **dict.fromkeys(NAMES, pl.Boolean)}
    order = [*NAMES, *frame.columns]
    return make_plan(make_graph([rule], measures), ["answer"], {name: measures[name] for name in order})


def by_plan(
    answer: Answer, frame: pl.DataFrame, kind: Kind = "list", levels: Sequence[str] = ()
) -> pl.Series:
    plan = plan_of(answer, frame, kind, levels)
    return plan.run_polars(frame.lazy(), frame.columns, []).collect()["answer"]


def one_by_one(
    answer: Answer, frame: pl.DataFrame, kind: Kind = "list", levels: Sequence[str] = ()
) -> list[object]:
    alone = OnePerson(plan_of(answer, frame, kind, levels), frame.schema, [])
    return [alone.run(frame[place])["answer"].item() for place in range(frame.height)]


def by_code(answer: Listing, frame: pl.DataFrame) -> list[str | None]:
    told = by_plan(answer, frame).cast(pl.String).to_list()
    assert one_by_one(answer, frame) == told
    return told


def by_text(answer: Listing, frame: pl.DataFrame) -> list[str | None]:
    return by_plan(narwhals_list(answer, ORDER), frame).to_list()


def by_narwhals(answer: Listing, frame: pl.DataFrame) -> list[str | None]:
    return nw.from_native(frame).select(text=narwhals_answer(answer, ORDER))["text"].to_list()


def by_hand(parts: Sequence[Sequence[str]], held: Sequence[bool]) -> str | None:
    named = {name for names, holds in zip(parts, held, strict=True) if holds for name in names}
    return ";".join(sorted(named, key=ORDER.__getitem__)) or None


@pytest.mark.parametrize("parts", [1, 2, PARTS_OF_A_BYTE, PARTS_OF_A_BYTE + 1])
def test_every_combination_of_a_list(parts: int) -> None:
    names = [NAMES[2 * place : 2 * place + 1 + place % 2] for place in range(parts)]
    answer, held = listing(names), list(product((False, True), repeat=parts))
    frame, expected = people(parts, held), [by_hand(names, row) for row in held]
    assert by_code(answer, frame) == expected
    assert by_text(answer, frame) == expected
    assert by_narwhals(answer, frame) == expected
    assert expected[0] is None


def test_a_list_is_in_the_order_of_the_vocabulary_whatever_the_order_of_its_parts() -> None:
    answer = listing([[NAMES[5]], [NAMES[2], NAMES[9]], [NAMES[0]]])
    frame = people(3, [(True, True, True)])
    expected = [";".join(NAMES[place] for place in (0, 2, 5, 9))]
    assert by_code(answer, frame) == by_text(answer, frame) == by_narwhals(answer, frame) == expected


def test_names_that_are_no_measures_follow_in_the_order_in_which_they_are_written() -> None:
    names = ["zebra", "apple", "mango", "quince", "fig", "cherry", "olive"]
    answer = listing([[name] for name in names])
    frame = people(7, [(True,) * 7, (False, True, False, True, False, True, False)])
    expected = [";".join(names), "apple;quince;cherry"]
    assert by_narwhals(answer, frame) == expected
    assert by_text(answer, frame) == expected
    assert by_code(answer, frame) == expected


def test_a_measure_that_two_parts_name_stands_there_once() -> None:
    answer = listing([["measure_01", "measure_02"], ["measure_02", "measure_03"]])
    frame = people(2, [(True, True)])
    expected = ["measure_01;measure_02;measure_03"]
    assert by_code(answer, frame) == by_text(answer, frame) == by_narwhals(answer, frame) == expected


def test_a_part_that_names_what_two_others_name() -> None:
    """Two combinations of parts may then give one text, such as a chair rise that serves strength and performance."""
    parts = [["measure_01"], ["measure_02"], ["measure_01", "measure_02"]]
    answer, held = listing(parts), list(product((False, True), repeat=3))
    expected = [by_hand(parts, row) for row in held]
    assert by_text(answer, people(3, held)) == by_narwhals(answer, people(3, held)) == expected
    assert not fits_a_code(answer, ORDER)


def test_a_list_of_more_parts_than_a_code_holds_is_text() -> None:
    longest = listing([[name] for name in NAMES[:MOST_PARTS_OF_A_CODE]])
    longer = listing([[name] for name in NAMES[: MOST_PARTS_OF_A_CODE + 1]])
    assert fits_a_code(longest, ORDER)
    assert not fits_a_code(longer, ORDER)
    assert not fits_a_code(nw.col("part_0"), ORDER)
    every = people(
        MOST_PARTS_OF_A_CODE + 1,
        [(True,) * (MOST_PARTS_OF_A_CODE + 1), (False,) * (MOST_PARTS_OF_A_CODE + 1)],
    )
    assert by_text(longer, every) == [";".join(NAMES[: MOST_PARTS_OF_A_CODE + 1]), None]
    assert by_code(longest, every) == [";".join(NAMES[:MOST_PARTS_OF_A_CODE]), None]
    assert len(list_table(longest, ORDER)) == 2**MOST_PARTS_OF_A_CODE


def test_the_table_has_the_text_of_every_code_at_its_place() -> None:
    table = list_table(listing([["measure_03"], ["measure_01"]]), ORDER)
    assert table == ["", "measure_03", "measure_01", "measure_01;measure_03"]


@given(held=st.lists(st.tuples(*[st.sampled_from((True, False, None))] * 2), min_size=1, max_size=20))
def test_the_word_of_the_first_condition_that_holds(held: list[tuple[bool | None, bool | None]]) -> None:
    frame = pl.DataFrame(
        {"a": [row[0] for row in held], "b": [row[1] for row in held]},
        schema={"a": pl.Boolean, "b": pl.Boolean},
    )
    answer = first_true((nw.col("a"), "high"), (nw.col("b"), "low"))
    expected = ["high" if a else "low" if b else None for a, b in held]
    words = by_plan(answer, frame, "category", ("low", "high"))
    assert words.dtype == pl.Enum(["low", "high"])
    assert (
        words.cast(pl.String).to_list() == one_by_one(answer, frame, "category", ("low", "high")) == expected
    )
    assert nw.from_native(frame).select(word=narwhals_answer(answer, {}))["word"].to_list() == expected
    assert isinstance(answer, FirstTrue)


def test_an_expression_is_translated_as_narwhals_itself_would() -> None:
    frame = pl.DataFrame({"a": [True, False, None], "x": [1.0, None, 3.0]})
    expression = nw.when(nw.col("a")).then(nw.col("x") * 2).otherwise(nw.lit(0.0))
    by_hand = nw.from_native(frame).select(y=expression)["y"].to_list()
    assert by_plan(expression, frame, "number").to_list() == by_hand == [2.0, 0.0, 0.0]
    assert one_by_one(expression, frame, "number") == by_hand


@given(
    parts=st.lists(
        st.lists(st.sampled_from([*NAMES[:8], "fact_b", "fact_a"]), min_size=1, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_every_text_of_a_table_is_the_list_that_a_reader_would_write(parts: list[list[str]]) -> None:
    """The names of the parts that hold, each once: measures in the order of the vocabulary, other facts as they come."""
    table = list_table(listing(parts), ORDER)
    assert len(table) == 2 ** len(parts)
    for code, text in enumerate(table):
        held = [name for bit, part in enumerate(parts) if code >> bit & 1 for name in part]
        measures = sorted({name for name in held if name in ORDER}, key=ORDER.__getitem__)
        facts = list(dict.fromkeys(name for name in held if name not in ORDER))
        assert text == ";".join([*measures, *facts])

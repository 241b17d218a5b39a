"""What is typed becomes what a file would give: the same code reads both."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myosteon.app.web.form.entry import (
    KINDS_ALIKE,
    LONGEST_TEXT,
    Typed,
    from_keyboard,
    read_field,
    read_fields,
)
from myosteon.app.web.form.load import load_form
from myosteon.app.web.form.ranges import range_in, units_of
from myosteon.app.web.form.wording import tell
from myosteon.readers.quantities import hard_range
from myosteon.readers.table import read_frame
from myosteon.readers.wording import Sentence, load_wording
from myosteon.units import convert
from myosteon.vocabulary.measures import Measure, load_measures

MEASURES = load_measures()
ENTERED = [measure for _, group in load_form().groups() for measure in group.measures]


def read(measure: str, text: str, unit: str | None = None, *, keep: bool = False):
    return read_field(Typed(MEASURES[measure], text, unit, keep))


@pytest.mark.parametrize(
    ("measure", "text", "unit", "value"),
    [
        ("height_cm", "151", None, 151.0),
        ("height_cm", " 151.5 ", None, 151.5),
        ("height_cm", "１５１．５", None, 151.5),
        ("height_cm", "　151", None, 151.0),
        ("height_cm", "59.5", "[in_i]", 151.13),
        ("height_cm", "1.51", "m", 151.0),
        ("weight_kg", "110", "[lb_av]", 49.8951607),
        ("creatinine_umol_l", "1.1", "mg/dL", 97.24),
        ("calcium_mmol_l", "9.2", "mg/dL", 2.295409182),
        ("t_score_femoral_neck", "-2.5", None, -2.5),
        ("t_score_femoral_neck", "−2.5", None, -2.5),
        ("t_score_femoral_neck", "－２．５", None, -2.5),
        ("falls_12m", "2", None, 2),
        ("fracture_hip", "yes", None, True),
        ("fracture_hip", "否", None, False),
        ("fracture_hip", "1", None, True),
        ("grip_device", "hydraulic", None, "hydraulic"),
        ("medications", "氨氯地平；阿司匹林", None, "氨氯地平；阿司匹林"),
        ("medications", "氨氯地平\r\n阿司匹林；\n 钙片", None, "氨氯地平;阿司匹林;钙片"),
        ("grip_left_kg", "40", "[lb_av]", 18.1436948),
        ("grip_left_kg", "170", "N", 17.335175621),
    ],
)
def test_what_can_be_used_is_taken(measure: str, text: str, unit: str | None, value: object) -> None:
    found = read(measure, text, unit)
    assert found.state == "taken"
    assert found.value == value


@pytest.mark.parametrize("text", ["", "  ", "NA", "nan", ".", "Null"])
@pytest.mark.parametrize("measure", ["height_cm", "fracture_hip", "grip_device", "falls_12m"])
def test_nothing_typed_is_unknown_and_never_no(measure: str, text: str) -> None:
    found = read(measure, text)
    assert found.state == "unknown"
    assert found.value is None


@pytest.mark.parametrize(
    ("measure", "text", "unit", "en", "zh"),
    [
        (
            "height_cm",
            "15.1",
            None,
            "90 to 230 cm is accepted. Did you mean 151?",
            "只接受90～230 cm。是不是151？",
        ),
        ("height_cm", "1.62", None, "Did you mean 1.62 m (162 cm)?", "是不是1.62 m（162 cm）？"),
        ("height_cm", "6", "[in_i]", "35.5 to 90.5 inches is accepted", "35.5～90.5 英寸"),
        ("weight_kg", "520", None, "Did you mean 52?", "是不是52？"),
        ("grip_kg", "170", None, "Did you mean 170 N (17.34 kg), or 17?", "是不是170 N（17.34 kg），或17？"),
        ("creatinine_umol_l", "1.1", None, "Did you mean 1.1 mg/dL (97.24 µmol/L)?", "是不是1.1 mg/dL"),
        ("t_score_femoral_neck", "-25", None, "Did you mean −2.5?", "是不是−2.5？"),
        ("grip_kg", "17,5", None, "can be read in two ways", "有两种读法"),
        ("grip_kg", "17。5", None, "Did you mean 17.5?", "是不是17.5？"),
        ("grip_kg", "17.5kg", None, "Did you mean 17.5?", "是不是17.5？"),
        ("grip_kg", "l7.5", None, "Did you mean 17.5?", "是不是17.5？"),
        ("falls_12m", "1.5", None, "whole numbers", "只能填整数"),
        ("crp_mg_l", "<5", None, "is a limit", "是界限"),
        ("fracture_hip", "perhaps", None, "neither yes nor no", "既不是“是”也不是“否”"),
        ("grip_device", "digital", None, "none of the answers", "不在可选答案之中"),
        ("height_cm", "tall", None, "is no number", "不是数字"),
        ("height_cm", "151", "kg", "not measured in the unit", "不用所选的单位"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_was_given_and_what_is_accepted(
    measure: str, text: str, unit: str | None, en: str, zh: str
) -> None:
    found = read(measure, text, unit)
    assert found.state == "refused"
    assert found.value is None
    assert en in found.said.en
    assert zh in found.said.zh
    assert found.said.en.endswith("Nothing was changed.")
    assert found.said.zh.endswith("数值未作改动。")


def test_every_refusal_of_the_readers_has_words_in_the_form() -> None:
    about_rows = {"no_person_id", "duplicate_visit"}
    for kind in load_wording()["refused"]:
        if kind not in about_rows:
            own = KINDS_ALIKE.get(kind, kind)
            assert tell(f"refused.{own}", typed="1", unit=Sentence("", ""), low="0", high="2").en


@pytest.mark.parametrize("text", ["9" * 400, "-" + "9" * 400, "1e400", "-inf", "1e-400", "0.000"])
@pytest.mark.parametrize(
    "measure", ["height_cm", "falls_12m", "sarc_f_rise", "creatinine_umol_l", "t_score_femoral_neck"]
)
def test_a_number_beyond_all_bounds_is_read_without_a_fault(measure: str, text: str) -> None:
    assert read(measure, text).state in ("refused", "taken", "unusual")


@pytest.mark.parametrize("text", ["²", "½", "[…]", "٣", "1_000"])
@pytest.mark.parametrize("measure", ["height_cm", "falls_12m", "fracture_hip", "grip_device"])
def test_odd_signs_are_refused_with_words(measure: str, text: str) -> None:
    found = read(measure, text)
    assert found.state == "refused"
    assert text in found.said.en


def test_a_slip_is_asked_about_only_where_it_would_be_usual() -> None:
    assert read("height_cm", "5").slips == ()
    assert [slip.number for slip in read("height_cm", "15.1").slips] == [151.0]


def test_half_a_fall_is_no_tenfold_slip() -> None:
    assert read("falls_12m", "1.5").slips == ()


def test_an_unusual_value_asks_to_measure_again_and_can_be_kept() -> None:
    asked = read("grip_kg", "80")
    assert (asked.state, asked.value) == ("unusual", 80.0)
    assert "the usual range is 3 to 75 kg. Measure again?" in asked.said.en
    assert "通常为3～75 kg。再测一次？" in asked.said.zh
    assert not asked.is_settled
    assert read("grip_kg", "80", keep=True).is_settled


def test_an_impossible_value_cannot_be_kept() -> None:
    assert not read("height_cm", "15.1", keep=True).is_settled


def test_a_converted_value_is_said() -> None:
    assert read("height_cm", "59.5", "[in_i]").said.en == "59.5 inches is 151.1 cm."
    assert read("height_cm", "１５１", None).said.zh == "按 151 读取。"


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[2J", "1\x7f", "\ud800"])
@pytest.mark.parametrize("measure", ["medications", "dxa_device", "height_cm"])
def test_signs_that_no_keyboard_writes_are_refused(measure: str, text: str) -> None:
    assert read(measure, text).state == "refused"


def test_a_text_that_nobody_writes_is_refused_and_not_cut() -> None:
    assert read("medications", "a" * (LONGEST_TEXT + 1)).state == "refused"
    assert read("medications", "a" * LONGEST_TEXT).state == "taken"


@pytest.mark.parametrize(
    "measure", [m for m in MEASURES.values() if len(units_of(m)) > 1], ids=lambda m: m.name
)
def test_whatever_range_is_said_in_another_unit_is_accepted_there(measure: Measure) -> None:
    for unit in units_of(measure)[1:]:
        for end in range_in(measure, unit, hard_range(measure)):
            assert read_field(Typed(measure, end.replace("−", "-"), unit, keep=True)).is_settled


# --- the same as a file -------------------------------------------------------------------------------------------

KEYS = st.text(alphabet="0123456789.,-+eE <>naNA。１２．－是否yesnofmfemale女男²½①٣[]…", max_size=8)
NUMBERS = st.one_of(
    st.floats(-300, 4000, allow_nan=False).map(lambda number: f"{number:.3g}"),
    st.integers(-50, 400).map(str),
    st.floats(0, 250, allow_nan=False).map(lambda number: f"{number:.2f}"),
)


def column_of(measure: Measure, unit: str | None) -> str:
    return next((other.column for other in measure.alternative_units if other.unit == unit), measure.name)


def in_a_file(measure: Measure, unit: str | None, text: str) -> tuple[object, bool]:
    """What the reader of files makes of one cell: its value, and whether it was refused."""
    column = column_of(measure, unit)
    frame = pl.DataFrame({"sex": ["female"], "age_years": ["70"], column: [text]})
    reading = read_frame(frame)
    value = reading.frame.collect()[measure.name].item()
    return value, any(refusal.column == column for refusal in reading.refusals)


@settings(max_examples=250, deadline=None)
@given(measure=st.sampled_from(ENTERED), text=st.one_of(KEYS, NUMBERS), place=st.integers(0, 3))
def test_the_form_takes_what_a_file_may_hold_with_the_same_value_and_nothing_else(
    measure: Measure, text: str, place: int
) -> None:
    units = units_of(measure) or (None,)
    unit = units[place % len(units)]
    typed = read_field(Typed(measure, text, unit, keep=True))
    plain = text if measure.type in ("list", "string") else from_keyboard(text)
    value, refused = in_a_file(measure, unit, plain)
    assert (typed.state == "refused") == refused
    assert typed.value == value


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ENTERED), st.one_of(KEYS, NUMBERS)), max_size=12))
def test_no_field_bears_on_another(fields: list[tuple[Measure, str]]) -> None:
    typed = [Typed(measure, text) for measure, text in fields]
    assert read_fields(typed) == [read_field(one) for one in typed]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([m for m in MEASURES.values() if len(units_of(m)) > 1]), st.floats(0.001, 500))
def test_another_unit_is_the_same_quantity(measure: Measure, number: float) -> None:
    own, *others = units_of(measure)
    text = f"{number:.4g}"
    for unit in others:
        found = read_field(Typed(measure, text, unit, keep=True))
        if found.value is not None:
            assert found.value == pytest.approx(convert(float(text), unit, own, measure.name))

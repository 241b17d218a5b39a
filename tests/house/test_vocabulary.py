"""The vocabulary is the contract's, speaks both languages, cites its numbers and refuses what does not."""

from __future__ import annotations

import csv
import json
import lzma
import os
import re
from io import StringIO
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from myosteon.errors import EvidenceError, InputError
from myosteon.units import convert, find_conversion, load_conversions, read_conversions
from myosteon.vocabulary.listing import COLUMNS, list_measures
from myosteon.vocabulary.measures import (
    Measure,
    Vocabulary,
    history_names,
    load_groups,
    load_measures,
)
from myosteon.vocabulary.reading import TIERS, read_vocabulary

PROJECT = Path(__file__).resolve().parents[2]
MEASURES = load_measures()
CJK = re.compile(r"[\u4e00-\u9fff]")
# Makers are called by their own names in Chinese reports too.
LATIN_IN_CHINESE = {"Hologic", "GE Lunar", "Norland"}


def shared(*parts: str) -> Path:
    """A file of the shared material; the test is skipped, and says so, where it is not there."""
    root = Path(os.environ.get("MYOSTEON_SHARED", PROJECT.parent / "shared"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"{'/'.join(parts)} is not there: set MYOSTEON_SHARED to the folder of the shared material"
        )
    return path


def contract_rows() -> list[dict[str, str]]:
    with shared("contract", "measurements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_written(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


# ---- the contract


def test_measures_begin_with_those_of_the_contract_to_the_letter() -> None:
    """The contract's measures come first and in its order; our own follow them."""
    ours = [
        {
            "name": measure.name,
            "type": measure.type,
            "unit": measure.unit or "",
            "hard_min": as_written(measure.hard_min),
            "hard_max": as_written(measure.hard_max),
            "meaning": measure.meaning,
        }
        for measure in MEASURES.values()
    ]
    assert ours[: len(contract_rows())] == contract_rows()


def test_category_words_are_those_of_the_contract_in_its_order() -> None:
    for row in contract_rows():
        named = re.search(r"\w+(?: \| \w+)+", row["meaning"])
        words = tuple(named.group().split(" | ")) if named and row["type"] == "category" else ()
        if row["meaning"].startswith("same list"):
            words = MEASURES["drug"].words
        assert MEASURES[row["name"]].words == words, row["name"]


def test_alternative_columns_are_those_of_the_contract() -> None:
    text = shared("contract", "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"may use another unit by naming it: (.*?)\. It is converted", text, re.DOTALL)
    assert sentence is not None
    named = set(re.findall(r"`(.+?)`", sentence.group(1)))
    named.remove("bmd_*_mg_cm2")
    named |= {name.replace("_g_cm2", "_mg_cm2") for name in MEASURES if name.endswith("_g_cm2")}
    ours = {alternative.column for measure in MEASURES.values() for alternative in measure.alternative_units}
    assert ours == named


def test_order_is_the_place_in_the_file() -> None:
    assert [measure.order for measure in MEASURES.values()] == list(range(len(MEASURES)))


# ---- both languages


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_labels_are_written_in_both_languages(measure: Measure) -> None:
    assert not CJK.search(measure.label.en)
    assert CJK.search(measure.label.zh)
    assert set(measure.word_labels) == set(measure.words)
    for label in measure.word_labels.values():
        assert not CJK.search(label.en)
        assert CJK.search(label.zh) or label.zh in LATIN_IN_CHINESE
    if measure.hint is not None:
        assert not CJK.search(measure.hint.en)
        assert CJK.search(measure.hint.zh)
        assert measure.hint.zh.endswith("。")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_chinese_is_set_as_chinese(measure: Measure) -> None:
    texts = [measure.label.zh, *(label.zh for label in measure.word_labels.values())]
    texts += [measure.hint.zh] if measure.hint else []
    for text in texts:
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text), text
        assert not re.search("阴性|进行|您", text), text


def test_labels_tell_measures_apart() -> None:
    for language in ("en", "zh"):
        labels = [getattr(measure.label, language) for measure in MEASURES.values()]
        assert sorted(set(labels)) == sorted(labels)


def test_a_label_speaks_the_language_asked_for() -> None:
    assert MEASURES["grip_kg"].label.in_language("zh") == "握力"
    assert MEASURES["grip_kg"].label.in_language("en") == "Grip strength"


# ---- groups, tiers, essentials


def test_every_group_is_labelled_and_used() -> None:
    used = {measure.group for measure in MEASURES.values()}
    assert used == set(load_groups())
    assert all(group.label.en and CJK.search(group.label.zh) for group in load_groups().values())


def test_a_village_doctor_sees_about_twelve_measures_that_a_village_can_take() -> None:
    essential = [measure for measure in MEASURES.values() if measure.essential]
    assert len(essential) == 12
    assert {measure.tier for measure in essential} == {1}


def test_tiers_are_those_of_the_care_system() -> None:
    assert {measure.tier for measure in MEASURES.values()} == set(TIERS)
    assert MEASURES["grip_kg"].tier == 1
    assert MEASURES["bmd_total_hip_g_cm2"].tier == 2
    assert MEASURES["trabecular_bone_score"].tier == 3


def test_history_is_fractures_diseases_and_drugs_and_never_a_test_or_finding() -> None:
    histories = set(history_names())
    assert {"fracture_hip", "parent_hip_fracture", "cancer", "warfarin", "checkpoint_inhibitor"} <= histories
    assert {MEASURES[name].group for name in histories} == {"fractures", "diseases", "drugs"}
    never = {
        "postmenopausal",
        "pregnant",
        "walk_unable",
        "chair_stand_unable",
        "walk_400m_completed",
        "milk_daily",
        "vertebral_imaging_done",
        "spine_degenerative_change",
        "unable_to_sit_upright_30min",
        "invasive_dental_work_planned",
        "orthostatic_hypotension",
        "frax_with_bmd",
        "frax_with_glucocorticoid",
    }
    assert not histories & never
    yes_no = {name for name, measure in MEASURES.items() if measure.type == "bool"}
    of_the_past = {name for name in yes_no if MEASURES[name].group in ("fractures", "diseases")}
    assert of_the_past - never <= histories


# ---- numbers


def test_every_unbounded_number_has_a_plausible_range() -> None:
    # Scores fill their range: no value of theirs is unusual.
    without = {m.name for m in MEASURES.values() if m.is_number and m.plausible is None}
    assert without == {
        "sppb_score",
        "sarc_f_strength",
        "sarc_f_assistance",
        "sarc_f_rise",
        "sarc_f_climb",
        "sarc_f_falls",
        "sarc_f_score",
        "genant_max_grade",
        "mna_sf_score",
        "barthel_index",
        "stay_independent_score",
        "comorbid_organ_systems_count",
        "short_mmse_score",
        "abbreviated_mental_test_score",
    }


def test_plausible_ranges_and_errors_fit_their_measure() -> None:
    for measure in MEASURES.values():
        if measure.plausible is not None:
            assert measure.hard_min is not None
            assert measure.hard_max is not None
            assert measure.hard_min <= measure.plausible.min < measure.plausible.max <= measure.hard_max
        for precision in measure.precision:
            assert measure.is_number
            if precision.unit == measure.unit and measure.plausible is not None:
                # An error as wide as the usual range would be a slip of the unit.
                assert precision.error < (measure.plausible.max - measure.plausible.min) / 4


def test_grip_precision_is_that_of_the_review() -> None:
    first = MEASURES["grip_kg"].precision[0]
    assert (first.error, first.unit, first.status) == (1.70, "kg", "checked")
    assert "10.52082/jssm.2025.543" in first.source


def test_what_was_not_read_is_marked_unchecked() -> None:
    for measure in MEASURES.values():
        if measure.plausible is not None and measure.plausible.source.startswith("our proposal"):
            assert measure.plausible.status == "unchecked"
        for precision in measure.precision:
            if re.search("memory|our proposal|computed", precision.source):
                assert precision.status == "unchecked", measure.name


# ---- codes


def loinc_check_digit_fits(code: str) -> bool:
    """LOINC ends in a check digit (mod 10, Luhn)."""
    body, check = code.split("-")
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return (sum(digit // 10 + digit % 10 for digit in digits) + int(check)) % 10 == 0


def codes_of(system: str) -> list[tuple[str, str, str]]:
    return [
        (measure.name, code.code, code.sure)
        for measure in MEASURES.values()
        for code in measure.codes
        if code.system == system
    ]


def test_loinc_codes_have_their_check_digit_and_mean_one_measure() -> None:
    codes = [code for _, code, _ in codes_of("http://loinc.org")]
    assert all(loinc_check_digit_fits(code) for code in codes)
    assert sorted(set(codes)) == sorted(codes)


def test_codes_known_to_be_wrong_are_not_used() -> None:
    wrong = {"83176-8", "62951-8", "62952-6", "83189-2", "83191-8", "41909-3", "55394-0", "93125-3"}
    assert not wrong & {code for _, code, _ in codes_of("http://loinc.org")}
    assert ("t_score_radius_33", "38265-5", "read") in codes_of("http://loinc.org")


def test_loinc_codes_stand_in_the_facts_with_the_same_mark() -> None:
    sarcopenia = shared("facts", "sarcopenia.md").read_text(encoding="utf-8")
    osteoporosis = shared("facts", "osteoporosis.md").read_text(encoding="utf-8")
    from_memory = re.search(r"25-OH-D total [^`]*`\[M\]`", osteoporosis)
    assert from_memory is not None
    remembered = set(re.findall(r"\d+-\d", from_memory.group()))
    given = set(re.findall(r"\d{4,5}-\d", sarcopenia + osteoporosis))
    for name, code, sure in codes_of("http://loinc.org"):
        assert code in given, (name, code)
        assert (sure == "memory") == (code in remembered), (name, code)


@pytest.mark.parametrize(
    "system",
    ["http://snomed.info/sct", "http://www.whocc.no/atc", "http://www.nlm.nih.gov/research/umls/rxnorm"],
)
def test_other_codes_stand_in_the_facts(system: str) -> None:
    osteoporosis = shared("facts", "osteoporosis.md").read_text(encoding="utf-8")
    codes = codes_of(system)
    assert codes
    for name, code, _ in codes:
        assert code in osteoporosis, (name, code)


def test_nhanes_variables_stand_in_its_files() -> None:
    columns: set[str] = set()
    for file in shared("data", "nhanes").glob("*.csv.xz"):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            columns |= set(lines.readline().strip().replace('"', "").split(","))
    documents = shared("data", "nhanes", "docs").glob("*.txt")
    code_books = "".join(document.read_text(encoding="utf-8") for document in documents).upper()
    for name, code, sure in codes_of("nhanes"):
        assert code in columns, (name, code)
        assert (sure == "read") == (code in code_books), (name, code)


def test_every_drug_but_none_and_hormones_has_an_atc_code() -> None:
    coded = {code.word for code in MEASURES["drug"].codes if code.system == "http://www.whocc.no/atc"}
    assert set(MEASURES["drug"].words) - coded == {"none", "hormone_therapy"}


# ---- units

EXAMPLES = [
    (60.0, "[in_i]", "height_cm", 152.4),
    (1.524, "m", "height_cm", 152.4),
    (100.0, "[lb_av]", "weight_kg", 45.359237),
    (40.0, "[lb_av]", "grip_kg", 18.1436948),
    (40.0, "[lbf_av]", "grip_right_kg", 18.1436948),
    (196.133, "N", "grip_kg", 20.0),
    (62.4, "nmol/L", "vitamin_d_25oh_ng_ml", 25.0),
    (1.0, "mg/dL", "creatinine_umol_l", 88.4),
    (10.02, "mg/dL", "calcium_mmol_l", 2.5),
    (280.0, "pg/mL", "ctx_ng_ml", 0.28),
    (5.0, "pmol/L", "pth_pg_ml", 47.15),
    (288.4, "ng/dL", "testosterone_nmol_l", 10.0),
    (17250.0, "g", "alm_kg", 17.25),
    (745.0, "mg/cm2", "bmd_femoral_neck_g_cm2", 0.745),
    (13.5, "g/dL", "haemoglobin_g_l", 135.0),
    (0.5, "mg/dL", "crp_mg_l", 5.0),
]


@pytest.mark.parametrize(("value", "unit", "measure", "expected"), EXAMPLES)
def test_conversion_there_and_back(value: float, unit: str, measure: str, expected: float) -> None:
    canonical = MEASURES[measure].unit
    assert canonical is not None
    there = convert(value, unit, canonical, measure)
    assert there == pytest.approx(expected, rel=1e-12)
    assert convert(there, canonical, unit, measure) == pytest.approx(value, rel=1e-12)


def test_every_alternative_column_is_converted_in_an_example() -> None:
    tried = {(unit, measure) for _, unit, measure, _ in EXAMPLES}
    for measure in MEASURES.values():
        for alternative in measure.alternative_units:
            assert measure.unit is not None
            assert find_conversion(alternative.unit, measure.unit, measure.name).source
            if not measure.name.startswith("bmd_"):
                assert (alternative.unit, measure.name) in tried, alternative.column


def test_expressions_convert_as_numbers_do_and_unknown_stays_unknown() -> None:
    frame = pl.DataFrame({"creatinine_mg_dl": [1.0, None, 0.7]})
    expected = [88.4, None, convert(0.7, "mg/dL", "umol/L", "creatinine_umol_l")]
    polars = frame.select(convert(pl.col("creatinine_mg_dl"), "mg/dL", "umol/L", "creatinine_umol_l"))
    narwhals = nw.from_native(frame).select(
        convert(nw.col("creatinine_mg_dl"), "mg/dL", "umol/L", "creatinine_umol_l")
    )
    assert polars.to_series().to_list() == expected
    assert narwhals.to_native().to_series().to_list() == expected


def test_the_same_unit_changes_nothing() -> None:
    assert convert(0.1, "kg", "kg", "grip_kg") == 0.1


def test_a_factor_of_one_substance_is_not_used_for_another() -> None:
    with pytest.raises(InputError, match="known only for calcium_mmol_l") as refused:
        convert(1.0, "mg/dL", "mmol/L", "phosphate_mmol_l")
    assert "mg/dL to mmol/L for phosphate_mmol_l" in str(refused.value)
    with pytest.raises(InputError, match="known only for creatinine_umol_l"):
        convert(1.0, "mg/dL", "umol/L")
    with pytest.raises(InputError, match="from N to kg for weight_kg"):
        convert(1.0, "N", "kg", "weight_kg")


def test_an_unknown_unit_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputError, match=r"from stone to kg for weight_kg is known\. Give the value in kg"):
        convert(1.0, "stone", "kg", "weight_kg")


def test_conversions_are_made_for_measures_that_exist() -> None:
    named = {name for conversion in load_conversions() for name in conversion.measures}
    assert named
    assert named <= set(MEASURES)


GOOD_CONVERSION = """
[[conversion]]
from = "g"
to = "kg"
divide = 1000
source = "SI prefix kilo"
status = "checked"
"""


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ('source = "SI prefix kilo"', "", "without units and a source does not load"),
        ('source = "SI prefix kilo"', 'source = " "', "without units and a source does not load"),
        ('status = "checked"', 'status = "sure"', "status is none of"),
        ('status = "checked"', "", "status is none of"),
        ("divide = 1000", "divide = 1000\nmultiply = 2", "either multiply or divide"),
        ("divide = 1000", "", "either multiply or divide"),
        ("divide = 1000", "divide = 0", "no factor above 0"),
        ("divide = 1000", "divide = nan", "no factor above 0"),
        ("divide = 1000", 'divide = "1000"', "no factor above 0"),
        ("divide = 1000", "divide = 1000\noffset = 3", "unknown key 'offset'"),
        ("divide = 1000", "divide =", "not valid TOML"),
        ('from = "g"', "", "from is missing"),
        ("[[conversion]]", "[[convertion]]", "only .* tables may stand there"),
        ("\n[[conversion]]", GOOD_CONVERSION + "[[conversion]]", "stands there twice"),
    ],
)
def test_a_bad_factor_does_not_load(tmp_path: Path, good: str, bad: str, message: str) -> None:
    assert good in GOOD_CONVERSION
    file = tmp_path / "units.toml"
    file.write_text(GOOD_CONVERSION.replace(good, bad), encoding="utf-8")
    with pytest.raises(EvidenceError, match=message) as refused:
        read_conversions(file)
    assert "units.toml" in str(refused.value)


# ---- refusals

GOOD = """
[[group]]
name = "strength"
label = {en = "Strength", zh = "肌力"}

[[measure]]
name = "grip_kg"
type = "float"
unit = "kg"
hard_min = 0
hard_max = 110
plausible = {min = 3, max = 75, source = "our proposal", status = "unchecked"}
group = "strength"
tier = 1
essential = true
label = {en = "Grip strength", zh = "握力"}
hint = {en = "Best of two.", zh = "取最大值。"}
precision = [{error = 1.7, unit = "kg", kind = "within-person SD, one session", method = "spring", \
population = "all", source = "Abe 2025", status = "checked"}]
codes = [{system = "http://loinc.org", code = "83174-3", display = "grip", sure = "read"}]
alternative_units = [{column = "grip_lb", unit = "[lb_av]"}]

[[measure]]
name = "grip_device"
type = "category"
words = ["spring", "hydraulic"]
group = "strength"
tier = 1
label = {en = "Device", zh = "握力计"}
[measure.word_labels]
spring = {en = "spring", zh = "弹簧式"}
hydraulic = {en = "hydraulic", zh = "液压式"}
"""


def read_text(folder: Path, text: str) -> Vocabulary:
    file = folder / "broken.toml"
    file.write_text(text, encoding="utf-8")
    return read_vocabulary(file)


def test_the_good_file_loads(tmp_path: Path) -> None:
    vocabulary = read_text(tmp_path, GOOD)
    assert list(vocabulary.measures) == ["grip_kg", "grip_device"]
    grip = vocabulary.measures["grip_kg"]
    assert (grip.order, grip.hard_max, grip.essential, grip.history) == (0, 110.0, True, False)
    assert grip.alternative_units[0].column == "grip_lb"
    assert vocabulary.measures["grip_device"].word_labels["spring"].zh == "弹簧式"


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        # unknown or misspelt keys, at every depth
        ("essential = true", "esential = true", "unknown key 'esential'; did you mean 'essential'"),
        ('label = {en = "Device"', 'lable = {en = "Device"', "label is missing; is it meant by 'lable'"),
        ("{min = 3,", "{min = 3, mean = 20,", "plausible: unknown key 'mean'"),
        ('zh = "取最大值。"}', 'zh = "取最大值。", fr = "deux"}', "hint: unknown key 'fr'"),
        ('sure = "read"}', 'sure = "read", version = 2}', "codes: unknown key 'version'"),
        ('unit = "[lb_av]"}', 'unit = "[lb_av]", factor = 2}', "alternative_units: unknown key 'factor'"),
        ("[[group]]", "[[grup]]", "grip_kg: group = 'strength' is not known"),
        (
            '\n[[group]]\nname = "strength"',
            '\nversion = 1\n[[group]]\nname = "strength"',
            "unknown key 'version'",
        ),
        # languages
        (
            '{en = "Grip strength", zh = "握力"}',
            '{en = "Grip strength"}',
            "label: the text in 'zh' is missing",
        ),
        ('{en = "Grip strength", zh = "握力"}', '{zh = "握力"}', "label: the text in 'en' is missing"),
        (
            '{en = "Grip strength", zh = "握力"}',
            '{en = "Grip strength", zh = ""}',
            "the text in 'zh' is missing",
        ),
        (
            '{en = "Strength", zh = "肌力"}',
            '{en = "Strength"}',
            "group strength, label: the text in 'zh' is missing",
        ),
        (
            'spring = {en = "spring", zh = "弹簧式"}',
            'spring = {en = "spring"}',
            "spring: the text in 'zh' is missing",
        ),
        (
            'hint = {en = "Best of two.", zh = "取最大值。"}',
            'hint = {zh = "取最大值。"}',
            "hint: the text in 'en'",
        ),
        # numbers and their sources
        ('source = "our proposal", ', "", "plausible: a number without a source does not load"),
        ('source = "Abe 2025", ', "", "precision: a number without a source does not load"),
        ('source = "Abe 2025", ', 'source = "", ', "precision: a number without a source does not load"),
        ('status = "unchecked"}', 'status = "sure"}', "status = 'sure' is not known"),
        (', status = "unchecked"}', "}", "status is missing"),
        ("max = 75", "max = 175", "no range within the hard range 0 to 110"),
        ("min = 3,", "min = -3,", "no range within the hard range 0 to 110"),
        ("min = 3,", "min = 80,", "no range within the hard range 0 to 110"),
        ("hard_max = 110", "hard_max = nan", "hard_max = nan is not a finite number"),
        ("hard_max = 110", "hard_max = true", "hard_max = True is not a finite number"),
        ("hard_min = 0", "hard_min = 120", "no range within the hard range 120 to 110"),
        ("error = 1.7", "error = 0", "error = 0 is not above 0"),
        ('error = 1.7, unit = "kg"', 'error = 1.7, unit = "N"', "say what the error is of in `quantity`"),
        ('kind = "within-person SD, one session"', 'kind = "SD"', "kind = 'SD' is not known"),
        ('method = "spring"', 'method = "electronic"', "'electronic' is no category word"),
        # groups, types, words, tiers
        (
            'group = "strength"\ntier = 1\nessential',
            'group = "power"\ntier = 1\nessential',
            "group = 'power'",
        ),
        ('type = "float"', 'type = "decimal"', "type = 'decimal' is not known"),
        ('type = "float"', 'type = "bool"', "a bool has neither range nor unit"),
        ("hard_min = 0\n", "", "a plausible range needs hard_min and hard_max"),
        ('words = ["spring", "hydraulic"]', "", "word_labels names 'spring'"),
        ('words = ["spring", "hydraulic"]', 'words = ["spring"]', "word_labels names 'hydraulic'"),
        (
            'words = ["spring", "hydraulic"]',
            'words = ["spring", "hydraulic", "air"]',
            "the word 'air' has no label",
        ),
        ('words = ["spring", "hydraulic"]', 'words = ["spring", "spring"]', "words names one thing twice"),
        ('words = ["spring", "hydraulic"]', 'words = "spring"', "words = 'spring' is not a list"),
        ('type = "category"', 'type = "string"', "only a category has them"),
        ("tier = 1\nessential", "tier = 4\nessential", "tier = 4 is not known"),
        ("essential = true", 'essential = "yes"', "neither true nor false"),
        ("essential = true", "history = true", "only a yes/no measure can be a history"),
        # names, columns, codes
        ('name = "grip_device"', 'name = "grip_kg"', "the name of this measure is taken twice"),
        ('name = "grip_device"', 'name = "Grip device"', "is not a name of small letters"),
        ('column = "grip_lb"', 'column = "grip_device"', "the column grip_device is taken already"),
        ('unit = "[lb_av]"}', 'unit = "kg"}', "grip_lb is in the canonical unit"),
        ('system = "http://loinc.org"', 'system = "loinc"', "system = 'loinc' is not known"),
        ('sure = "read"}', 'sure = "certain"}', "sure = 'certain' is not known"),
        ('sure = "read"}', 'sure = "read", word = "left"}', "'left' is not a word of the measure"),
        ("hard_min = 0", "hard_min =", "not valid TOML"),
        ('label = {en = "Device", zh = "握力计"}', 'label = "Device"', "is not a table of keys and values"),
    ],
)
def test_a_bad_file_does_not_load(tmp_path: Path, good: str, bad: str, message: str) -> None:
    assert GOOD.count(good) == 1, "the case has to break one place of the good file"
    with pytest.raises(EvidenceError, match=re.escape(message)) as refused:
        read_text(tmp_path, GOOD.replace(good, bad))
    assert "broken.toml" in str(refused.value)


def test_a_code_given_twice_does_not_load(tmp_path: Path) -> None:
    code = '{system = "http://loinc.org", code = "83174-3", display = "grip", sure = "read"}'
    with pytest.raises(EvidenceError, match="a code stands there twice"):
        read_text(tmp_path, GOOD.replace(f"[{code}]", f"[{code}, {code}]"))


# ---- listing


def test_the_csv_list_is_the_vocabulary() -> None:
    rows = list(csv.DictReader(StringIO(list_measures("csv"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == list(MEASURES)
    grip = next(row for row in rows if row["name"] == "grip_kg")
    assert (grip["hard_min"], grip["hard_max"], grip["plausible_max"]) == ("0", "110", "75")
    assert grip["alternative_columns"] == "grip_lb; grip_n"
    assert grip["label_zh"] == "握力"
    sex = next(row for row in rows if row["name"] == "sex")
    assert (sex["words"], sex["hard_min"], sex["unit"]) == ("female; male", "", "")


def test_the_json_list_keeps_lists_and_unknowns() -> None:
    rows = {row["name"]: row for row in json.loads(list_measures("json"))}
    assert list(rows) == list(MEASURES)
    assert rows["sex"]["words"] == ["female", "male"]
    assert rows["sex"]["hard_min"] is None
    assert rows["ctx_ng_ml"]["hard_min"] == 0.005
    assert "ATC M05BA08 = zoledronate" in rows["drug"]["codes"]


def test_the_markdown_list_has_one_line_a_measure_and_equal_columns() -> None:
    lines = list_measures("md").splitlines()
    assert len(lines) == len(MEASURES) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {len(COLUMNS) + 1}


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="the format 'xml' is not known; choose one of: csv, json, md"):
        list_measures("xml")

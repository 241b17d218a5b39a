"""Guidelines in words: the list, one definition, two side by side; in both languages and every format.

The golden files are written anew by: MYOSTEON_WRITE_GOLDEN=1 python -m pytest tests/test_guidelines_in_words.py
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from rich.console import Console

from myosteon.assess import make_assessor
from myosteon.errors import InputError
from myosteon.evidence.types import Language
from myosteon.guidelines import installed_guidelines
from myosteon.logic.formula import MASS, PERFORMANCE, STRENGTH
from myosteon.outputs.guideline_comparison import comparison_page
from myosteon.outputs.guideline_list import list_page
from myosteon.outputs.guideline_page import guideline_page
from myosteon.outputs.guideline_rows import cases
from myosteon.outputs.guideline_structure import read_structure
from myosteon.outputs.guideline_wording import GuidelineVoice, load_guideline_words
from myosteon.outputs.guidelines import compare_guidelines, list_guidelines, show_guideline, write_page
from myosteon.outputs.page_rich import page_for_terminal
from myosteon.outputs.text_width import pad, width, wrap
from plugins.installing import install_example, run_with

GOLDEN = Path(__file__).parent / "golden" / "guidelines"
ASSESSOR = make_assessor()
GUIDELINES = installed_guidelines()
OURS = (
    *("ewgsop2010", "ewgsop2019", "awgs2014", "awgs2019", "awgs2025", "iwgs2011", "fnih2014", "sdoc2020"),
    *("jsh2016", "jsh2021", "china2021", "bone_who", "osteoporosis_china2022", "bone_qct_acr"),
)
LANGUAGES: tuple[Language, ...] = ("en", "zh")
FORMATS = ("text", "json", "md", "html")
PAIRS = (("awgs2019", "ewgsop2019"), ("bone_who", "osteoporosis_china2022"), ("awgs2025", "fnih2014"))


def agrees_with_golden(name: str, text: str) -> None:
    """The text is that of the golden file; with MYOSTEON_WRITE_GOLDEN=1 it is written there instead."""
    file = GOLDEN / name
    if os.environ.get("MYOSTEON_WRITE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), f"{file} no longer says what the program says"


def compared(first: str, second: str, language: Language = "en", format: str = "text") -> str:
    return compare_guidelines(GUIDELINES[first], GUIDELINES[second], ASSESSOR, language, format)


def lead(first: str, second: str, language: Language = "en") -> str:
    return comparison_page(GUIDELINES[first], GUIDELINES[second], ASSESSOR, language).lead


# ---- two side by side


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_comparison_reads_as_its_golden_file(first: str, second: str, language: Language) -> None:
    agrees_with_golden(f"compare_{first}_{second}_{language}.txt", compared(first, second, language))


def test_the_first_sentence_names_the_main_difference() -> None:
    assert lead("awgs2019", "ewgsop2019") == (
        "They part at the chair: AWGS 2019 reads five slow rises as poor performance, EWGSOP2 2019 as weakness."
    )
    assert (
        lead("awgs2019", "ewgsop2019", "zh")
        == "分歧在起坐：AWGS 2019把5次起坐慢算作体能低，EWGSOP2 2019算作肌力低。"
    )


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("awgs2019", "sdoc2020", "at muscle mass: AWGS 2019 counts it, SDOC 2020 leaves it out"),
        ("sdoc2020", "awgs2019", "at muscle mass: AWGS 2019 counts it, SDOC 2020 leaves it out"),
        ("awgs2025", "iwgs2011", "at what they look at: AWGS 2025 at strength and muscle mass"),
        (
            "ewgsop2010",
            "ewgsop2019",
            "at confirmation: EWGSOP 2010 asks for low mass and (low strength or low performance)",
        ),
        (
            "ewgsop2019",
            "fnih2014",
            "at the mass index: EWGSOP2 2019 takes ASMI, FNIH 2014 limb mass over BMI",
        ),
        ("awgs2014", "awgs2019", "at the stages: AWGS 2014 has only confirmed"),
        ("jsh2016", "jsh2021", "at grip, man: JSH 2016 below 26 kg, JSH 2021 below 28 kg"),
        ("awgs2019", "china2021", "They judge alike"),
        ("awgs2019", "bone_who", "AWGS 2019 judges muscle, WHO bands bone"),
        (
            "bone_who",
            "osteoporosis_china2022",
            "hip fracture or vertebral fracture alone decides for China 2022",
        ),
        ("bone_who", "bone_qct_acr", "QCT, ACR: spine density by QCT"),
    ],
)
def test_each_kind_of_difference_is_found(first: str, second: str, says: str) -> None:
    assert says in lead(first, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_of_ours_can_be_compared(language: Language) -> None:
    for first, second in combinations(OURS, 2):
        page = comparison_page(GUIDELINES[first], GUIDELINES[second], ASSESSOR, language)
        assert page.lead
        rows = [row for group in page.tables[0].groups for row in group.rows]
        assert rows
        assert all(cell.text for row in rows for cell in row.cells), f"an empty cell: {first} beside {second}"


def test_swapping_two_definitions_swaps_their_columns_and_nothing_else() -> None:
    for first, second in PAIRS:
        there = json.loads(compared(first, second, format="json"))["groups"]
        back = json.loads(compared(second, first, format="json"))["groups"]
        swapped = {
            row["id"]: (row["second"], row["first"], row["difference"])
            for group in back
            for row in group["rows"]
        }
        straight = {
            row["id"]: (row["first"], row["second"], row["difference"])
            for group in there
            for row in group["rows"]
        }
        assert straight == swapped


def test_a_definition_beside_itself_differs_in_nothing() -> None:
    for id in OURS:
        groups = json.loads(compared(id, id, format="json"))["groups"]
        told = {row["difference"] for group in groups for row in group["rows"] if row["first"]["used"]}
        assert told == {"same"}
        assert "judge alike" in lead(id, id)


def test_rows_carry_values_marks_and_whether_they_differ() -> None:
    data = json.loads(compared("awgs2019", "ewgsop2019", format="json"))
    rows = {row["id"]: row for group in data["groups"] for row in group["rows"]}
    grip = rows["strength_low.grip_best_kg_male"]
    assert (grip["first"]["value"], grip["second"]["value"], grip["difference"]) == (28, 27, "differs")
    assert grip["first"]["source"] == {"paper": "chen2020", "where": "abstract", "status": "checked"}
    assert rows["mass_low.asmi_dxa_male"]["difference"] == "same"
    assert rows["performance_low.tug_s"]["difference"] == "one_only"
    assert rows["performance_low.chair_stand_5x_s"]["second"]["text"] == "counts as strength"
    assert rows["stages.severe"]["difference"] == "same"


def test_every_number_of_the_evidence_stands_in_the_table() -> None:
    for id in OURS:
        evidence = GUIDELINES[id].evidence
        wanted = sorted(limit.value for cutoff in evidence.cutoffs for limit in cutoff.limits)
        shown = json.loads(show_guideline(GUIDELINES[id], ASSESSOR, format="json"))["numbers"]
        assert sorted(number["value"] for number in shown) == wanted, id


def test_the_made_up_person_comes_out_differently_and_shows_the_difference() -> None:
    person = json.loads(compared("awgs2019", "ewgsop2019", format="json"))["made_up_person"]
    assert person["proved"]["awgs2019"] != person["proved"]["ewgsop2019"]
    assert person["measures"]["chair_stand_5x_s"] > 15
    bone = json.loads(compared("bone_who", "osteoporosis_china2022", format="json"))["made_up_person"]
    assert bone["proved"] == {"bone_who": "normal", "osteoporosis_china2022": "yes"}
    assert bone["measures"]["fracture_hip"] is True


def test_where_no_made_up_person_differs_the_page_says_so() -> None:
    assert "No made-up person" in compared("awgs2019", "china2021")


# ---- one definition, and the list


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", ["awgs2025", "bone_who", "iwgs2011"])
def test_a_definition_reads_as_its_golden_file(id: str, language: Language) -> None:
    agrees_with_golden(f"show_{id}_{language}.txt", show_guideline(GUIDELINES[id], ASSESSOR, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_reads_as_its_golden_file(language: Language) -> None:
    ours = [GUIDELINES[id] for id in OURS]
    agrees_with_golden(f"list_{language}.txt", list_guidelines(ours, language))


def test_the_list_counts_numbers_by_how_far_they_were_checked() -> None:
    rows = {
        row["id"]: row
        for row in json.loads(list_guidelines(GUIDELINES.values(), format="json"))["guidelines"]
    }
    assert rows["awgs2019"]["numbers"] == {"checked": 9, "secondary": 0, "unchecked": 0}
    assert rows["jsh2021"]["numbers"] == {"checked": 0, "secondary": 0, "unchecked": 6}


# ---- formats


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
def test_every_page_is_written_in_every_format(format: str, language: Language) -> None:
    for page in (
        list_page(list(GUIDELINES.values()), language),
        guideline_page(GUIDELINES["sdoc2020"], ASSESSOR, language),
        comparison_page(GUIDELINES["iwgs2011"], GUIDELINES["bone_qct_acr"], ASSESSOR, language),
    ):
        text = write_page(page, format)
        statement = GuidelineVoice(language).say("page.foot")
        assert statement in text
        assert text.endswith("\n")


def test_an_unknown_format_or_language_is_refused_with_what_may_be_chosen() -> None:
    with pytest.raises(InputError, match="choose one of: text, json, md, html"):
        compared("awgs2019", "ewgsop2019", format="pdf")
    with pytest.raises(InputError, match="choose one of: en, zh"):
        list_guidelines([], "de")  # type: ignore[arg-type]


class _Balance(HTMLParser):
    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_html_is_balanced_fetches_nothing_and_runs_no_script() -> None:
    text = compared("awgs2019", "ewgsop2019", "zh", "html")
    balance = _Balance()
    balance.feed(text)
    assert balance.open == []
    assert balance.fetched == []
    assert "<script" not in text
    assert "url(" not in text


def test_a_terminal_is_given_the_same_words() -> None:
    console = Console(width=160, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    console.print(
        page_for_terminal(comparison_page(GUIDELINES["awgs2019"], GUIDELINES["ewgsop2019"], ASSESSOR))
    )
    shown = console.export_text()
    assert "They part at the chair" in shown
    assert "below 28 kg ✓" in shown
    console.file.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_plain_text_stand_under_one_another(language: Language) -> None:
    lines = compared("awgs2025", "fnih2014", language).splitlines()
    head = next(line for line in lines if re.match("  (Number|项目)", line))
    starts = [width(head[: head.index(name)]) for name in ("AWGS 2025", "FNIH 2014")]
    table = [line for line in lines if line.startswith("  ") and re.search("[✓◐◌]", line)]
    grip = [line for line in table if re.search("grip|握力", line)]
    assert len(grip) == 4
    for line in grip:
        word = "below" if language == "en" else "低于"
        found = [width(line[: match.start()]) for match in re.finditer(word, line)]
        assert found == starts


def test_no_line_of_plain_text_is_wider_than_asked() -> None:
    for language in LANGUAGES:
        for first, second in PAIRS:
            assert max(width(line) for line in compared(first, second, language).splitlines()) <= 110


# ---- words


def test_no_chinese_word_stands_in_an_english_page_nor_english_prose_in_a_chinese_one() -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for first, second in PAIRS:
        english = compared(first, second).partition("\nSources")[0]
        chinese = compared(first, second, "zh").partition("\n文献")[0]
        assert not han.search(english)
        assert not re.search(r"\b(the|and|or|below|not|of|by)\b", chinese)


def test_every_entry_of_the_wording_is_used() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in _sources())
    fixed = {
        key
        for key in load_guideline_words()
        if key.partition(".")[0] in ("page", "cell", "lead", "person", "row", "aside", "join")
    }
    unused = {key for key in fixed if f'"{key}"' not in source and f'"{key.partition(".")[2]}"' not in source}
    assert unused == set()


def _sources() -> list[Path]:
    folder = Path(__file__).parents[1] / "src" / "myosteon" / "outputs"
    return [*folder.glob("guideline*.py"), *folder.glob("page*.py")]


def test_every_rule_that_a_definition_answers_with_is_said_in_both_languages() -> None:
    words = load_guideline_words()
    for id in OURS:
        for column in GUIDELINES[id].verdicts:
            assert f"column.{ASSESSOR.graph.rules[column].template}" in words
        structure = read_structure(GUIDELINES[id], ASSESSOR.graph)
        for test in (*structure.tests, *structure.limits):
            assert f"measure.{test.measure}" in words, test.measure
            assert test.thing or f"criterion.{test.criterion}" in words, test.criterion
            assert all(f"flag.{flag}" in words for flag in test.flags)


@pytest.mark.parametrize(
    ("formula", "english", "chinese"),
    [
        (STRENGTH, "low strength", "肌力低"),
        (
            MASS & (STRENGTH | PERFORMANCE),
            "low mass and (low strength or low performance)",
            "肌量低且（肌力低或体能低）",
        ),
        (PERFORMANCE & MASS, "low mass and low performance", "肌量低且体能低"),
        (MASS & STRENGTH & PERFORMANCE, "strength, mass and performance all low", "肌力、肌量、体能三项都低"),
    ],
)
def test_a_formula_in_words(formula: object, english: str, chinese: str) -> None:
    assert GuidelineVoice("en").formula(formula) == english  # type: ignore[arg-type]
    assert GuidelineVoice("zh").formula(formula) == chinese  # type: ignore[arg-type]


def test_formulas_that_hold_in_the_same_cases_are_the_same() -> None:
    assert cases(STRENGTH & MASS) == cases(MASS & STRENGTH)
    assert cases(MASS & (STRENGTH | PERFORMANCE)) == cases((MASS & STRENGTH) | (MASS & PERFORMANCE))
    assert cases(STRENGTH) != cases(STRENGTH | MASS)


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (7.0, "kg/m2", "7.0 kg/m²", "7.0 kg/m²"),
        (28.0, "kg", "28 kg", "28 kg"),
        (0.789, "m2", "0.789 m²", "0.789 m²"),
        (-2.5, "{T-score}", "−2.5", "−2.5"),
        (360.0, "s", "6 min", "6分钟"),
        (12.0, "s", "12 s", "12秒"),
        (9.0, "{score}", "9 points", "9分"),
    ],
)
def test_a_quantity_in_words(value: float, unit: str, english: str, chinese: str) -> None:
    assert GuidelineVoice("en").quantity(value, unit) == english
    assert GuidelineVoice("zh").quantity(value, unit) == chinese


# ---- width


def test_a_chinese_character_takes_two_cells() -> None:
    assert width("握力27 kg") == 9
    assert pad("握力", 6) == "握力  "


def test_text_is_broken_between_words_and_never_before_a_closing_mark() -> None:
    assert wrap("low strength and low mass", 12) == ["low strength", "and low mass"]
    assert wrap("肌量低，且肌力低。", 6) == ["肌量", "低，且", "肌力", "低。"]
    assert wrap("", 5) == [""]


# ---- a plugin's definition


@dataclass(frozen=True)
class _Plugin:
    """A definition as an outsider may bring it: of ours, under another id in other words."""

    id: str
    kind: str
    evidence: object
    verdicts: tuple[str, ...]
    stages: object


def test_words_that_only_a_plugin_knows_are_shown_as_they_are() -> None:
    voice = GuidelineVoice("zh")
    assert voice.measure("quadriceps_kg") == "quadriceps kg"
    assert voice.stage("functional_sarcopenia") == "functional sarcopenia"
    assert voice.quantity(3.0, "N") == "3 N"
    ours = GUIDELINES["sdoc2020"]
    plugin = _Plugin("sdoc2020", "nerve", ours.evidence, ours.verdicts, ours.stages)
    page = comparison_page(plugin, GUIDELINES["awgs2019"], ASSESSOR, "en")  # type: ignore[arg-type]
    assert page.lead == "They answer different questions: SDOC 2020 judges nerve, AWGS 2019 muscle."


COMPARE = """
from myosteon.assess import make_assessor
from myosteon.guidelines import installed_guidelines
from myosteon.outputs.guidelines import compare_guidelines, list_guidelines, show_guideline

assessor, guidelines = make_assessor(), installed_guidelines()
for language in ("en", "zh"):
    print(compare_guidelines(guidelines["kwgs2023"], guidelines["awgs2019"], assessor, language))
    print(show_guideline(guidelines["kwgs2023"], assessor, language))
print(list_guidelines(guidelines.values()))
"""


def test_an_installed_plugin_is_listed_shown_and_compared(tmp_path: Path) -> None:
    done = run_with(install_example(tmp_path), COMPARE)
    assert done.returncode == 0, done.stderr
    assert "They part at muscle mass: AWGS 2019 counts it, KWGS 2023 leaves it out." in done.stdout
    assert "functional" in done.stdout
    assert "One made-up person under both" in done.stdout
    assert "No made-up person" not in done.stdout
    assert "21 definitions are installed" in done.stdout

"""The specification itself: it can be read as a manual, speaks of every answer, and leaves no table without an unknown."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from myosteon.assess import make_assessor
from myosteon.logic.rule import Rule
from spec.table import CHAPTERS, Section, Table, TableError, read_sections, read_table

FOLDER = Path(__file__).parent
SECTIONS = read_sections(FOLDER, CHAPTERS)
TABLES = [
    (f"{section.chapter}/{section.name}/{paragraph.name}", read_table(paragraph.table))
    for section in SECTIONS
    for paragraph in section.paragraphs
]


def test_every_folder_is_a_chapter() -> None:
    folders = {entry.name for entry in FOLDER.iterdir() if entry.is_dir() and not entry.name.startswith("__")}
    assert folders == set(CHAPTERS)
    assert {section.chapter for section in SECTIONS} == set(CHAPTERS)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"{section.chapter}/{section.name}")
def test_a_section_reads_as_a_page(section: Section) -> None:
    assert section.paragraphs
    assert section.text.endswith(".")
    assert all(paragraph.text.endswith(".") for paragraph in section.paragraphs)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_a_table_has_unknown_rows_and_more_than_one_answer(name: str, table: Table) -> None:
    assert any("" in given for given, _ in table.rows)
    assert len({expected for _, expected in table.rows}) > 1 or name in ALWAYS_UNKNOWN


# Tables that show that an answer stays unknown whatever is known.
ALWAYS_UNKNOWN = {"mass/method/estimated"}


def answers_by_column() -> dict[str, set[str]]:
    seen: dict[str, set[str]] = defaultdict(set)
    for _, table in TABLES:
        for _, expected in table.rows:
            for column, cell in zip(table.expected, expected, strict=True):
                seen[column].add(cell)
    return seen


def test_every_column_of_the_contract_is_specified() -> None:
    seen, graph = answers_by_column(), make_assessor().graph
    for column in make_assessor().outputs("contract"):
        same = {name for name in graph.rules if graph.computed(name) == graph.computed(column)}
        assert same & set(seen), f"no table speaks of {column}"
    levels = {
        name: set(rule.levels) - seen[name]
        for name, rule in graph.rules.items()
        if name in seen and rule.levels and rule.kind in ("stage", "category")
    }
    # Every word of every answer comes out somewhere.
    upto_alone = {name: missing for name, missing in levels.items() if missing and not name.endswith("_upto")}
    assert upto_alone == {}


def is_listed_or_staged(rule: Rule) -> bool:
    """Contradictions stand in the list of them, single stages in the staged verdict."""
    return rule.contradiction or (rule.template.startswith("sarcopenia_") and rule.kind == "yes_no")


def test_every_kind_of_rule_is_specified() -> None:
    seen, graph = answers_by_column(), make_assessor().graph
    specified = {graph.rules[name].template for name in seen if name in graph.rules}
    specified |= {graph.rules[graph.computed(name)].template for name in seen if name in graph.rules}
    inner = INNER | {rule.template for rule in graph.rules.values() if is_listed_or_staged(rule)}
    assert {rule.template for rule in graph.rules.values()} - specified - inner == set()


# Steps on the way to an answer that tables speak of through that answer.
INNER = {
    "age_judged",
    "any_low_trauma_fracture",
    "bands_decide",
    "either_index_low",
    "height_squared_m2",
    "humerus_pelvis_or_forearm_fracture",
    "lean_mass_lacking",
    "lean_mass_low_bia_only",
    "lesser_fractures_decide",
    "low_bone_mass",
    "mass_decides",
    "osteoporosis_by_low_bone_mass",
    "osteoporosis_by_t_score",
    "performance_decides",
    "strength_decides",
    "t_score_below_normal",
    "t_score_between",
    "t_score_decides",
    "t_score_lowest_hip",
    "t_score_osteoporotic",
    "weight_minus_age_fifth",
    "z_score_below_expected",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a | b\n1 | 2", "no header"),
        ("a || b\n1 | 2", "needs one ||"),
        ("a || b\n1 || 2 | 3", "another number of cells"),
        ("a | a || b\n1 | 2 || 3", "twice"),
        ("every row: a 1\na || b\n1 || 2", "twice"),
        ("every row: a\nb || c\n1 || 2", "a name and a value"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(TableError, match=said.replace("|", r"\|")):
        read_table(text)


def test_a_table_is_read() -> None:
    table = read_table(
        """
        setting: accept_estimated_mass
        setting: t_score_reference china
        every row: sex male, age_years 70
        grip_kg | gait_speed_m_s || sarcopenia_sdoc2020
        20      |                ||
        20      | 0.5            || confirmed
        """
    )
    assert dict(table.settings) == {"accept_estimated_mass": "", "t_score_reference": "china"}
    assert table.people()[0] == {"sex": "male", "age_years": "70", "grip_kg": "20", "gait_speed_m_s": ""}
    assert table.answers() == [{"sarcopenia_sdoc2020": ""}, {"sarcopenia_sdoc2020": "confirmed"}]

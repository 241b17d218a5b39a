"""The catalogue tells the truth about every risk algorithm: what runs, and why others do not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from myosteon.assess import make_assessor
from myosteon.errors import EvidenceError
from myosteon.evidence.risk_catalogue import TRUST, load_risk_catalogue, read_risk_catalogue
from myosteon.rules.risk.library import risk_algorithms
from shared import shared_folder

CATALOGUE = load_risk_catalogue()
CJK = re.compile(r"[\u4e00-\u9fff]")

# The rows of the summary of the facts, and the entries that stand for each.
ROWS = {
    "QFracture-2012 (4 models)": {"qfracture2012"},
    "SOF 1-year hip tool (Weycker 2017)": {"sof_hip"},
    "FRACTURE Index with BMD": {"fracture_index"},
    "FRACTURE Index without BMD": {"fracture_index_without_bmd"},
    "FRAMO Index": {"framo"},
    "Recent-fracture tree (Dutch general practice)": {"dutch_recent_fracture"},
    "FRAX itself": {"frax"},
    "FRAX arithmetic adjustments": {
        "frax_adjustments",
        "frax_recent_fracture",
        "frax_falls",
        "frax_rheumatoid",
    },
    "FRAX adjusted for TBS": {"frax_tbs"},
    "Garvan": {"garvan"},
    "FRISK": {"frisk"},
    "CAROC 2010": {"caroc2010"},
    "DVO 2023 (Germany)": {"dvo2023"},
    "KFRS, Hong Kong models, gSOS, THIN score, SAFE": {"kfrs", "hong_kong", "gsos", "thin_score", "safe"},
    "Nottingham Hip Fracture Score": {"nottingham_hip_fracture"},
    "RHMP-30": {"rhmp30"},
    "Lee 4-year index (also 10-year)": {"lee"},
    "Schonberg index": {"schonberg"},
    "HFRS (ICD-10)": {"hospital_frailty"},
    "Frailty index / eFI": {"frailty_index"},
    "Morse Fall Scale": {"morse"},
    "STEADI": {"fall_risk_steadi"},
    "World Falls Guidelines 2022": {"fall_risk_world2022"},
    "FRAT-up, eFalls": {"frat_up", "efalls"},
}
# Beyond the summary: other sections of the facts, and a list of our own.
FURTHER = {
    "dutch_dxa",
    "iof_one_minute",
    "fall_risk_summary",
    "us_medicare",
    "qfracture2016",
    "frc_crfp_braves",
}


def facts_rows() -> dict[str, tuple[str, str]]:
    """Algorithm -> whether it can be built, and how far it was checked, as the facts say."""
    text = (shared_folder() / "facts" / "fracture-risk.md").read_text(encoding="utf-8")
    table = text.split("## 0. Summary table", 1)[1].split("Common rules", 1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "|" in line
    ]
    return {row[0]: (row[2], row[3]) for row in cells[2:]}


def test_what_is_said_to_run_is_what_runs() -> None:
    runs = {id for id, entry in CATALOGUE.items() if entry.state != "cannot_run"}
    assert runs == set(risk_algorithms())


def test_every_row_of_the_facts_has_its_entry_and_nothing_is_left_over() -> None:
    assert set(facts_rows()) == set(ROWS)
    assert set().union(*ROWS.values()) | FURTHER == set(CATALOGUE)


def test_marks_are_those_of_the_facts() -> None:
    for row, (_, trust) in facts_rows().items():
        for id in ROWS[row]:
            marks, told = set(CATALOGUE[id].trust), set(re.findall(r"[ABCM]", trust))
            if id == "schonberg":
                # The section marks two cells from memory; the summary's row does not say so.
                told.add("M")
            assert marks <= told, (row, id)
            assert bool(marks) == bool(told), (row, id)


def test_what_the_facts_forbid_does_not_run() -> None:
    for row, (buildable, _) in facts_rows().items():
        if buildable.startswith(("**No**", "Do not use")):
            assert {CATALOGUE[id].state for id in ROWS[row]} == {"cannot_run"}, row
        if buildable.startswith("Yes, complete"):
            assert {CATALOGUE[id].state for id in ROWS[row]} == {"runs"}, row


def test_shown_columns_are_answers_of_the_algorithm() -> None:
    graph = make_assessor(risk=True).graph
    for id, algorithm in risk_algorithms().items():
        for shown in CATALOGUE[id].shown:
            assert set(shown.columns) <= set(algorithm.columns), id
            assert shown.column in graph.rules


@pytest.mark.parametrize("id", CATALOGUE)
def test_an_entry_speaks_both_languages_and_gives_its_reason(id: str) -> None:
    entry = CATALOGUE[id]
    texts = [
        entry.within,
        *(text for text in (entry.reason, entry.name, entry.predicts, entry.population) if text),
    ]
    for text in texts:
        assert text.en
        assert text.zh
        assert not CJK.search(text.en)
    if entry.reason is not None:
        assert CJK.search(entry.reason.zh)
        assert entry.reason.en.endswith(".")
        assert entry.reason.zh.endswith("。")
    assert (entry.state == "runs") == (entry.reason is None)
    assert set(entry.trust) <= set(TRUST)


GOOD: dict[str, Any] = {
    "id": "x",
    "state": "cannot_run",
    "trust": ["B"],
    "within": {"en": "1 year", "zh": "1年"},
    "reason": {"en": "No numbers.", "zh": "无数值。"},
    "name": {"en": "X", "zh": "X"},
    "predicts": {"en": "fracture", "zh": "骨折"},
    "population": {"en": "people", "zh": "人群"},
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"state": "perhaps"}, "unknown state"),
        ({"trust": ["Z"]}, "unknown state or mark"),
        ({"reason": None}, "does not say why"),
        ({"name": None}, "needs name, predicts"),
        ({"state": "runs_in_part"}, "shows no answer"),
    ],
)
def test_an_entry_that_says_too_little_does_not_load(change: dict[str, Any], message: str) -> None:
    assert set(read_risk_catalogue({"algorithm": [GOOD]})) == {"x"}
    row = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    with pytest.raises(EvidenceError, match=message):
        read_risk_catalogue({"algorithm": [row]})


def test_an_entry_stands_once() -> None:
    with pytest.raises(EvidenceError, match="x stands there twice"):
        read_risk_catalogue({"algorithm": [GOOD, GOOD]})

"""The report of a validation: one file, nothing fetched, two languages, the numbers of the result."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from myosteon.evidence.types import CompetingDeath, Label, RiskNote
from myosteon.outputs.report_wording import parts_of
from myosteon.study.validation.as_json import as_json
from myosteon.study.validation.recalibration import find_recalibration
from myosteon.study.validation.report import render_report
from myosteon.study.validation.result import About, Estimate, Result
from myosteon.study.validation.sentences import load_words
from myosteon.study.validation.study import Asked, validate
from myosteon.study.validation.words import ValidationVoice
from study.validation.made import at_a_fixed_time, column, over_time
from test_report import Outline, table_of

DAY = date(2026, 11, 21)
KINDS = ("fixed", "death", "alone", "points", "drawn")


@cache
def result(kind: str, draws: int = 30) -> Result:
    """A whole result of each kind."""
    people = at_a_fixed_time() if kind in ("fixed", "points", "drawn") else over_time(kind == "death")
    labels = {"half": tuple("ab"[number % 2] for number in range(people.count))}
    if kind == "points":
        people = people.with_risk(column("points"))
    found = None
    if kind == "fixed":
        found = find_recalibration(people, name="ours", made_on=DAY, risk="risk", outcome="hip fracture")
    asked = Asked(
        "risk", "hip fracture", draws, points=kind == "points", by_outcome=kind == "drawn", found=found
    )
    excluded = {"risk_needs": 3, "event_refused": 1}
    return validate(
        people, asked, rows=people.count + 4, excluded=excluded, wanting={"age_years": 3}, subgroups=labels
    )


@pytest.fixture(params=[(kind, language) for kind in KINDS for language in ("en", "zh")], ids="-".join)
def page(request: pytest.FixtureRequest) -> str:
    kind, language = request.param
    return render_report(result(kind), language, DAY, "0.1.0")


def test_the_page_refers_to_nothing_outside_itself(page: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|<script|<link|<iframe|<img", page, flags=re.IGNORECASE)
    for tag, name, value in Outline(page).attributes:
        assert name not in ("src", "style", "srcset"), (tag, name)
        assert not name.startswith("on"), (tag, name)
        if name == "href":
            assert value.startswith("#")


def test_the_page_is_well_formed(page: str) -> None:
    outline = Outline(page)
    assert (outline.mistakes, outline.open) == ([], [])
    assert len(set(outline.ids)) == len(outline.ids)
    named = {value for _, name, value in outline.attributes if name == "aria-labelledby"}
    assert named
    assert named <= set(outline.ids)
    assert "nan" not in " ".join(outline.texts).lower().split()
    assert "nan" not in " ".join(
        value for _, name, value in outline.attributes if name in ("d", "y", "x", "cx", "cy")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_keep_to_their_language(kind: str) -> None:
    english, chinese = (Outline(render_report(result(kind), language, DAY)) for language in ("en", "zh"))
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(english.texts))
    told = " ".join(chinese.texts)
    for word in (" the ", " of people", "Observed", "slope"):
        assert word not in told.split("文献")[0], word
    assert "阴性" not in told


def test_the_table_tells_what_was_found() -> None:
    found = result("death")
    rows = {
        row["Measure"]: row for row in table_of(Outline(render_report(found, "en", DAY)), "Standard error")
    }
    labels = [label for label in rows if label.startswith("Calibration slope")]
    assert len(labels) == 1
    slope = found.measures["slope"]
    assert slope.low is not None
    assert slope.high is not None
    assert rows[labels[0]]["Value"] == f"{slope.value:.2f}"
    assert rows[labels[0]]["95 % interval"] == f"{slope.low:.2f} to {slope.high:.2f}"
    assert len(rows) == len(found.measures)


def test_groups_stand_in_the_picture_and_the_table() -> None:
    found = result("fixed")
    page = render_report(found, "en", DAY)
    rows = table_of(Outline(page), "Mean predicted, %")
    assert [int(row["People"]) for row in rows] == [group.people for group in found.groups]
    assert [row["Observed, %"] for row in rows] == [f"{100 * g.observed.estimate:.1f}" for g in found.groups]
    top = float(page.split('text-anchor="middle">')[1:][0].split("<")[0] or 0)
    assert top == 0
    plot = re.search(r'<svg class="chart plot".*?</svg>.*?</svg>', page, flags=re.DOTALL)
    assert plot is not None
    across = [float(x) for x in re.findall(r'<circle class="pt" cx="([\d.]+)%"', plot.group())]
    ratios = [x / (100 * group.expected) for x, group in zip(across, found.groups, strict=True)]
    assert ratios == pytest.approx([ratios[-1]] * len(ratios), rel=0.02)


def test_death_is_told_both_ways() -> None:
    found = result("death")
    page = render_report(found, "en", DAY)
    assert found.observed_without_death is not None
    for share in (found.observed.estimate, found.observed_without_death.estimate):
        assert f"{100 * share:.1f}\u00a0%" in page
    assert "Aalen-Johansen" in page
    assert "if nobody could die" in page
    assert "if nobody could die" not in render_report(result("alone"), "en", DAY)


def test_who_was_left_out_and_why_is_told() -> None:
    text = " ".join(Outline(render_report(result("fixed"), "en", DAY)).texts)
    assert "404" in text
    assert "no risk: inputs not known; most often unknown: Age (age_years, 3)" in text
    assert "outcome refused" in text


def test_people_drawn_by_outcome_get_no_level() -> None:
    page = render_report(result("drawn"), "en", DAY)
    assert "drawn by their outcome" in page
    for word in (
        "Observed over expected",
        "Brier score, scaled",
        "act on everybody",
        "Calibration intercept",
    ):
        assert word not in page
    assert "risk moved to the drawing" in page


def test_points_get_no_calibration() -> None:
    page = render_report(result("points"), "en", DAY)
    assert "Observed by points" in page
    for word in ("Calibration slope", "Brier score", "act on everybody"):
        assert word not in page


def test_the_notice_of_a_licence_stands_beside_the_risk() -> None:
    text = Label("made for <us>", "为我们")
    note = RiskNote(text, text, text, "not_counted", text, text, Label("a notice, word for word", "声明原文"))
    found = replace(result("fixed"), about=About(Label("A score", "评分"), note, "Paper 2020"))
    page = render_report(found, "en", DAY)
    assert "a notice, word for word" in page
    assert "made for &lt;us&gt;" in page
    assert "Paper 2020" in page
    assert "if nobody could die" in page
    assert "声明原文" in render_report(found, "zh", DAY)


def test_text_from_outside_is_escaped() -> None:
    bad = '<script>alert(1)</script>"'
    page = render_report(replace(result("fixed"), outcome=bad, risk=bad, note=bad), "en", DAY)
    assert "<script" not in page
    assert Outline(page).mistakes == []


def test_a_recalibration_is_told_with_its_caution() -> None:
    page = render_report(result("fixed"), "en", DAY)
    found = result("fixed").found
    assert found is not None
    assert f"expit(−{abs(found.intercept):.3f} + {found.slope:.3f} × logit(p))" in page
    assert "judged on other people" in page
    applied = render_report(replace(result("fixed"), found=None, applied=found), "en", DAY)
    assert "proves nothing" in applied


def test_without_bootstraps_there_is_no_interval() -> None:
    found = result("death", 0)
    assert all(estimate.low is None for estimate in found.measures.values())
    page = render_report(found, "en", DAY)
    assert "no bootstrap was asked for" in page
    assert Outline(page).mistakes == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_document_is_json_without_people(kind: str) -> None:
    table = json.loads(as_json(result(kind), DAY, "0.1.0"))
    assert table["kind"] == "validation"
    assert table["counts"]["judged"] == 400
    assert table["measures"]["auc"]["value"] == result(kind).measures["auc"].value
    longest = max(len(part) for part in lists_in(table))
    assert longest <= 200


def lists_in(value: object) -> list[list[object]]:
    """Every list of numbers in a document."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in lists_in(part)]
    if isinstance(value, list):
        return [value, *(found for part in value for found in lists_in(part))]
    return []


def test_every_sentence_takes_the_same_parts_and_is_said_in_both_languages() -> None:
    for key, texts in load_words().items():
        assert parts_of(texts["en"]) == parts_of(texts["zh"]), key
        assert not re.search(r"[\u4e00-\u9fff]", texts["en"]), key
        assert not re.search(r"[\u4e00-\u9fff][,:;()?]|[,:;()?][\u4e00-\u9fff]", texts["zh"]), key


def test_every_sentence_is_said_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of all kinds together say every sentence but those of the screen, errors and warnings, which the code names."""
    said: set[str] = set()
    for way in ("say", "plain"):
        plainly = getattr(ValidationVoice, way)

        def listen(voice: ValidationVoice, key: str, plainly: Any = plainly, **parts: object) -> object:
            said.add(key)
            return plainly(voice, key, **parts)

        monkeypatch.setattr(ValidationVoice, way, listen)
    text = Label("text", "文字")
    deaths: tuple[CompetingDeath, ...] = ("counted", "not_counted", "does_not_apply")
    for kind in KINDS:
        found = result(kind)
        for death in deaths:
            about = About(text, RiskNote(text, text, text, death, text, text, text), "Paper")
            render_report(replace(found, about=about, applied=result("fixed").found, note="x"), "en", DAY)
        render_report(
            replace(found, draws=0, curve=replace(found.curve, low=None) if found.curve else None), "en", DAY
        )
    render_report(replace(result("points"), by_outcome=True), "en", DAY)
    for ratio in (0.5, 2.0):
        moved = {"observed_expected": Estimate(ratio, ratio - 0.1, ratio + 0.1)}
        found = result("fixed")
        render_report(replace(found, horizon_years=1.0, measures={**found.measures, **moved}), "en", DAY)
    folder = Path(render_report.__code__.co_filename).parent
    files = [
        *folder.rglob("*.py"),
        *folder.rglob("*.html"),
        *(folder.parents[1] / "app").glob("validation*.py"),
    ]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    by_word = {
        f"{section}.{word}" for section in ("warning", "excluded") for word in re.findall(r'"(\w+)"', code)
    }
    by_word |= {f"excluded.{what}_refused" for what in ("risk", "event", "time")}
    assert {key for key in load_words() if key not in said | by_word and f'"{key}"' not in code} == set()


def test_the_same_result_makes_the_same_page() -> None:
    assert render_report(result("fixed"), "en", DAY) == render_report(result("fixed"), "en", DAY)
    assert np.isfinite(result("fixed").measures["ici"].value)

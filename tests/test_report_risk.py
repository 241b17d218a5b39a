"""Strata and risks in the cohort report: every number against a second count in plain Python, pandas or statsmodels."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import numpy as np
import pandas  # type: ignore[import-untyped]
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_results import random_results
from command_line.door import myosteon
from filled_cohort import filled_cohort
from myosteon.app.report_parts import report_parts
from myosteon.app.summary import adults, summarise
from myosteon.assess import Assessor, assess, make_assessor
from myosteon.errors import ColumnError
from myosteon.evidence.risk_catalogue import load_risk_catalogue
from myosteon.outputs.cohort import summarise_cohort
from myosteon.outputs.cohort_risks import summarise_risks
from myosteon.outputs.cohort_strata import summarise_strata
from myosteon.outputs.cohort_summary import CohortSummary
from myosteon.outputs.quantiles import bins_for, place_in, quartiles_of
from myosteon.outputs.report import FurtherParts, render_report
from myosteon.outputs.report_distribution import ticks_of
from myosteon.outputs.report_wording import Voice, load_report_words, load_risk_words, parts_of
from myosteon.outputs.wording.load import label_of, speak
from myosteon.readers.nhanes import read_nhanes
from myosteon.rules.risk.library import risk_algorithms
from shared import shared_folder
from test_report import Outline

DAY = date(2026, 11, 20)
SURVEY = ("survey_weight", "survey_stratum", "survey_psu")
NO_SURVEY = (None, None, None)
AGES: Mapping[str, Callable[[float], bool]] = {
    "50 and over": lambda age: age >= 50,
    "50 to 59": lambda age: 50 <= age < 60,
    "60 to 69": lambda age: 60 <= age < 70,
    "70 to 79": lambda age: 70 <= age < 80,
    "80 and over": lambda age: age >= 80,
    "Under 50": lambda age: age < 50,
}
SEXES = {"All": None, "Women": "female", "Men": "male"}
STRATA = {
    "stratum_china2022": ("below", "high", "very_high"),
    "stratum_aace2020": ("below", "high", "very_high"),
    "stratum_endocrine2019": ("low", "moderate", "high", "very_high"),
    "stratum_iof2020": ("low", "high", "very_high"),
    "stratum_nogg2021": ("low", "intermediate", "high", "very_high"),
    "stratum_acr2022": ("low", "moderate", "high", "very_high"),
}
WORDS = {
    "below": "not high risk",
    "low": "low risk",
    "moderate": "moderate risk",
    "intermediate": "intermediate risk",
    "high": "high risk",
    "very_high": "very high risk",
}
Row = dict[str, object]


@dataclass(frozen=True)
class Cohort:
    """A cohort that was assessed: its rows, its summary, and the report in both languages."""

    rows: list[Row]
    summary: CohortSummary
    parts: FurtherParts
    english: str
    chinese: str
    weighted: bool


@cache
def assessor() -> Assessor:
    return make_assessor(risk=True, strata=True)


def cohort_of(results: pl.DataFrame, design: tuple[str | None, str | None, str | None]) -> Cohort:
    grown = results.filter(adults())
    summary = summarise(results.lazy(), assessor(), None, design)
    parts = report_parts(grown.lazy(), assessor(), design)
    weighted = design != NO_SURVEY
    if weighted:
        grown = grown.filter((pl.col("survey_weight") > 0).fill_null(False))
    pages = [render_report(summary, lang, made_on=DAY, further=parts) for lang in ("en", "zh")]
    return Cohort(grown.to_dicts(), summary, parts, pages[0], pages[1], weighted)


@cache
def made_up_results() -> pl.DataFrame:
    people = filled_cohort(900, seed=11)
    return assess(people, columns="verdicts", risk=True, strata=True)


@cache
def nhanes_results() -> pl.DataFrame:
    folder = shared_folder() / "data" / "nhanes"
    people = read_nhanes(folder, ["2013-2014"]).frame
    return assess(people, columns="verdicts", risk=True, strata=True)


@cache
def made_up(weighted: bool = False) -> Cohort:
    return cohort_of(made_up_results(), SURVEY if weighted else NO_SURVEY)


@cache
def nhanes() -> Cohort:
    return cohort_of(nhanes_results(), SURVEY)


@pytest.fixture(scope="module", params=["made up", "made up, weighted", "NHANES 2013-2014"])
def cohort(request: pytest.FixtureRequest) -> Cohort:
    if request.param == "NHANES 2013-2014":
        return nhanes()
    return made_up(weighted="weighted" in request.param)


# --- a second count ---------------------------------------------------------------------------------------------


def people_of(rows: Sequence[Row], age: str, sex: str) -> list[Row]:
    return [
        row
        for row in rows
        if isinstance(row["age_years"], float)
        and AGES[age](row["age_years"])
        and SEXES[sex] in (None, row["sex"])
    ]


def weight_of(rows: Sequence[Row], weighted: bool) -> float:
    return math.fsum(float(str(row["survey_weight"])) for row in rows) if weighted else float(len(rows))


def share_text(yes: Sequence[Row], judged: Sequence[Row], weighted: bool) -> str:
    if not judged:
        return "–"
    return f"{100 * weight_of(yes, weighted) / weight_of(judged, weighted):.1f}\u00a0%"


def number(text: str) -> int:
    return int(text.replace(",", ""))


def close(shown: str, expected: str) -> bool:
    """Equal, but for the last digit of a share that lies between two."""
    if shown == expected:
        return True
    ends = [float(text.replace("\u00a0%", "")) for text in (shown, expected) if text != "–"]
    return len(ends) == 2 and abs(ends[0] - ends[1]) < 0.1001 and shown != expected


def articles(page: str) -> dict[str, str]:
    found = re.findall(
        r'<article class="block[^"]*" aria-labelledby="([^"]*)">(.*?)</article>', page, re.DOTALL
    )
    return dict(found)


def tables_by_caption(page: str) -> dict[str, list[dict[str, str]]]:
    """The tables that open, by what opens them; of equal columns the later one gets a stroke."""
    tables = {}
    pattern = (
        r'<details class="numbers"><summary>([^<]*)</summary>\s*<div class="scroll".*?(<table.*?</table>)'
    )
    for caption, body in re.findall(pattern, page, re.DOTALL):
        (cells,) = Outline(body).tables
        head: list[str] = []
        for name in cells[0]:
            head.append(name if name not in head else f"{name}'")
        tables[caption] = [dict(zip(head, row, strict=True)) for row in cells[1:]]
    return tables


def listed(rows: Sequence[Row], column: str) -> Counter[str]:
    return Counter(name for row in rows for name in str(row[column] or "").split(";") if name)


# --- strata --------------------------------------------------------------------------------------------------------


def test_strata_by_age_and_sex_are_those_of_a_second_count(cohort: Cohort) -> None:
    blocks = articles(cohort.english)
    for id, levels in STRATA.items():
        table = tables_by_caption(blocks[id])["The same numbers as a table"]
        assert len(table) == len(AGES) * len(SEXES) * len(levels)
        order = {None: -1} | {level: place for place, level in enumerate(levels)}
        for line in table:
            people = people_of(cohort.rows, line["Age"], line["Sex"])
            judged = [row for row in people if row[f"{id}_upto"] is not None]
            level = next(word for word in levels if WORDS[word] == line["Stratum"])
            proved = [row for row in judged if row[id] == level]
            possible = [
                row
                for row in judged
                if order[row[id]] <= order[level] <= order[row[f"{id}_upto"]]  # type: ignore[index]
            ]
            assert number(line["Judged"]) == len(judged), (id, line)
            assert number(line["Highest proved"]) == len(proved), (id, line)
            assert number(line["Not excluded"]) == len(possible), (id, line)
            assert close(line["Share"], share_text(proved, judged, cohort.weighted)), (id, line)
            assert close(line["Share not excluded"], share_text(possible, judged, cohort.weighted)), (
                id,
                line,
            )


def test_every_stratum_is_reached_by_somebody_in_the_made_up_cohort() -> None:
    rows = made_up().rows
    for id in ("stratum_china2022", "stratum_aace2020", "stratum_iof2020", "stratum_nogg2021"):
        assert {row[id] for row in rows} >= {None, "high", "very_high"}, id


def test_bars_of_strata_are_the_table_drawn(cohort: Cohort) -> None:
    """Each bar fills its width, and its parts are the people by what is proved and what is not excluded."""
    for id in STRATA:
        block = articles(cohort.english)[id]
        bars = re.findall(r'aria-label="([^"]*)">((?:<rect[^>]*>|<text[^>]*>[^<]*</text>)*)</svg>', block)
        assert len(bars) == len(AGES) * 2
        for alt, drawn in bars:
            widths = [float(width) for width in re.findall(r'class="seg [^"]*"[^>]*width="([\d.]+)%"', drawn)]
            if "0 people judged" in alt:
                assert widths == []
                continue
            assert sum(widths) == pytest.approx(100, abs=0.02), alt
            _, sex, rest = alt.split(", ", 2)
            age = rest.split(":")[0]
            judged = [row for row in people_of(cohort.rows, age, sex) if row[f"{id}_upto"] is not None]
            unknown = [row for row in judged if row[id] is None]
            told = re.search(r"unknown: nothing proved ([\d.]+\u00a0%)", alt)
            assert (told is not None) == bool(unknown), alt
            if told is not None:
                assert close(told.group(1), share_text(unknown, judged, cohort.weighted)), alt


def test_what_is_lacking_most_often_is_counted_from_50_on(cohort: Cohort) -> None:
    graph = assessor().graph
    for id in STRATA:
        block = articles(cohort.english)[id]
        counted = listed(people_of(cohort.rows, "50 and over", "All"), f"{id}_needs")
        shown = re.findall(r"<li><span>(.*?)</span> <b>([\d,]+)</b></li>", block)
        assert [number(people) for _, people in shown] == sorted(counted.values(), reverse=True)[:3]
        for name, people in shown:
            meant = [
                key
                for key in counted
                if label_of(key, "en", graph).lower() == name.lower().replace("&#39;", "'")
            ]
            assert [counted[key] for key in meant] == [number(people)], (id, name)


def test_unweighted_intervals_are_wilsons() -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    tested = 0
    for id in STRATA:
        table = tables_by_caption(articles(made_up().english)[id])["The same numbers as a table"]
        for line in table:
            judged, yes = number(line["Judged"]), number(line["Highest proved"])
            if not judged:
                assert line["95 % interval"] == ""
                continue
            low, high = proportion.proportion_confint(yes, judged, method="wilson")
            ends = [float(end) for end in re.findall(r"[\d.]+", line["95 % interval"])]
            assert ends == pytest.approx([100 * low, 100 * high], abs=0.051), line
            tested += 1
    assert tested > 200


def by_hand(yes: np.ndarray, judged: np.ndarray, weight: np.ndarray, design: np.ndarray) -> list[float]:
    """A weighted share with its interval: linearised over sampling units within strata, on the logit, Student's t."""
    stats = pytest.importorskip("scipy.stats")
    share = (weight * yes).sum() / (weight * judged).sum()
    scores = weight * (yes - share * judged) / (weight * judged).sum()
    table = pandas.DataFrame({"stratum": design[:, 0], "unit": design[:, 1], "score": scores})
    units = table.groupby(["stratum", "unit"])["score"].sum().reset_index()
    variance = sum(
        len(part) / (len(part) - 1) * ((part - part.mean()) ** 2).sum()
        for _, part in units.groupby("stratum")["score"]
    )
    degrees = len(units) - units["stratum"].nunique()
    half = stats.t.ppf(0.975, degrees) * math.sqrt(variance) / (share * (1 - share))
    centre = math.log(share / (1 - share))
    return [100 * share, *(100 / (1 + math.exp(-end)) for end in (centre - half, centre + half))]


@pytest.mark.parametrize("where", ["made up", "NHANES 2013-2014"])
def test_a_weighted_share_of_a_stratum_is_that_computed_by_hand(where: str) -> None:
    cohort = made_up(weighted=True) if where == "made up" else nhanes()
    rows = cohort.rows
    weight = np.array([float(str(row["survey_weight"])) for row in rows])
    design = np.array([[row["survey_stratum"], row["survey_psu"]] for row in rows])
    tested = 0
    for id in ("stratum_china2022", "stratum_aace2020", "stratum_iof2020"):
        table = tables_by_caption(articles(cohort.english)[id])["The same numbers as a table"]
        for line in table:
            inside = {row["person_id"] for row in people_of(rows, line["Age"], line["Sex"])}
            judged = np.array([row["person_id"] in inside and row[f"{id}_upto"] is not None for row in rows])
            level = {WORDS[word]: word for word in STRATA[id]}[line["Stratum"]]
            yes = judged & np.array([row[id] == level for row in rows])
            if not 0 < yes.sum() < judged.sum():
                continue
            share, low, high = by_hand(yes.astype(float), judged.astype(float), weight, design)
            assert float(line["Share"].removesuffix("\u00a0%")) == pytest.approx(share, abs=0.051)
            ends = [float(end) for end in re.findall(r"[\d.]+", line["95 % interval"])]
            assert ends == pytest.approx([low, high], abs=0.051), (id, line)
            tested += 1
    assert tested > 20


def standing(row: Row, id: str) -> bool | None:
    """At high or very high risk: yes, no, or neither proved nor excluded (or not spoken of)."""
    if row[id] in ("high", "very_high"):
        return True
    return None if row[f"{id}_upto"] in (None, "high", "very_high") else False


def test_agreement_of_the_guidelines_is_that_of_pandas_and_statsmodels(cohort: Cohort) -> None:
    older = people_of(cohort.rows, "50 and over", "All")
    found = pandas.DataFrame({id: [standing(row, id) for row in older] for id in STRATA}, dtype="boolean")
    names = {stratum.asked.evidence.label.en: stratum.asked.id for stratum in cohort.parts.strata.strata}  # type: ignore[union-attr]
    section = cohort.english.split('aria-labelledby="strata-pairs"')[1].split("</section>")[0]
    table = tables_by_caption(section)["The same numbers as a table"]
    assert len(table) == 15
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    for line in table:
        pair = found[[names[line["First"]], names[line["Second"]]]].dropna()
        first, second = pair.iloc[:, 0].astype(bool), pair.iloc[:, 1].astype(bool)
        assert number(line["Settled under both"]) == len(pair)
        assert number(line["High under both"]) == (first & second).sum()
        assert number(line["First only"]) == (first & ~second).sum()
        assert number(line["Second only"]) == (~first & second).sum()
        if not cohort.weighted and len(pair) and 0 < first.mean() < 1 and 0 < second.mean() < 1:
            counts = pandas.crosstab(first, second).to_numpy()
            kappa = inter_rater.cohens_kappa(counts).kappa
            assert float(line["Kappa"].replace("−", "-")) == pytest.approx(kappa, abs=0.006)
    matrix = next(table for table in Outline(section).tables if table[0][0] == "")
    for line in matrix[1:]:
        for column, text in zip(matrix[0][1:], line[1:], strict=True):
            row_yes, column_yes = (
                found[names[name]].fillna(False).astype(bool) for name in (line[0], column)
            )
            assert number(text) == (row_yes & column_yes).sum(), (line[0], column)
    told = re.search(r"<p class=\"read\">Of ([\d,]+) people from 50, ([\d,]+) are proved", cohort.english)
    assert told is not None
    assert number(told.group(1)) == len(older)
    assert number(told.group(2)) == found.fillna(False).any(axis=1).sum()


def test_osteosarcopenia_stands_beside_the_strata_and_changes_none(cohort: Cohort) -> None:
    section = cohort.english.split('aria-labelledby="strata-marker"')[1].split("</section>")[0]
    assert "no stratum counts it, and nothing is multiplied" in section
    for line in tables_by_caption(section)["The same numbers as a table"]:
        people = people_of(cohort.rows, line["Age"], line["Sex"])
        counted = Counter(row["osteosarcopenia_risk_marker"] for row in people)
        assert number(line["People"]) == len(people)
        shown = [number(line[name]) for name in ("With osteosarcopenia", "Not excluded", "Without")]
        assert shown == [counted[True], counted[None], counted[False]], line
        yes = [row for row in people if row["osteosarcopenia_risk_marker"] is True]
        assert close(line["Share"], share_text(yes, people, cohort.weighted))
    older = people_of(cohort.rows, "50 and over", "All")
    names = {one.asked.evidence.label.en: one.asked.id for one in cohort.parts.strata.strata}  # type: ignore[union-attr]
    among = next(table for table in Outline(section).tables if table[0][0] == "Guideline")
    for line in among[1:]:
        high = [row for row in older if standing(row, names[line[0]]) is True]
        counted = Counter(row["osteosarcopenia_risk_marker"] for row in high)
        assert [number(text) for text in line[1:]] == [
            len(high),
            counted[True],
            counted[None],
            counted[False],
        ]
    for text in ("1.37 times the risk (1.18 to 1.59)", "odds ratio 2.71 (1.7 to 4.4)", "both 15.1 %"):
        assert text in section
    assert section.count("mark mark-checked") == 2
    assert section.count("mark mark-unchecked") == 1


def test_criteria_that_were_not_checked_are_named(cohort: Cohort) -> None:
    for page, open_mark in ((cohort.english, "unchecked"), (cohort.chinese, "未核对")):
        blocks = articles(page)
        for id in STRATA:
            marks = re.search(r'<p class="small block-marks">(.*?)</p>', blocks[id], re.DOTALL)
            assert marks is not None
            assert ("mark-unchecked" in marks.group(1)) == (id != "stratum_acr2022"), id
            assert (open_mark in marks.group(1)) == (id != "stratum_acr2022"), id
    china = articles(cohort.english)["stratum_china2022"]
    assert "11 of 12 criteria" in china
    assert "high FRAX" in china


# --- risks -----------------------------------------------------------------------------------------------------------


def answer_columns(id: str) -> list[str]:
    entry = load_risk_catalogue()[id]
    return [name for shown in entry.shown for name in (shown.column, shown.below) if name]


def state_of(row: Row, id: str) -> str:
    if any(row[name] is not None for name in answer_columns(id)):
        return "answered"
    return "outside" if row.get(f"{id}_outside") else "unknown"


def names_of_algorithms() -> dict[str, str]:
    return {algorithm.evidence.label.en: id for id, algorithm in risk_algorithms().items()}


def test_who_has_an_answer_is_that_of_a_second_count(cohort: Cohort) -> None:
    table = tables_by_caption(cohort.english)["Who has an answer, as a table"]
    names = names_of_algorithms()
    assert {line["Algorithm"] for line in table} == set(names)
    assert len(table) == 3 * len(names)
    for line in table:
        id = names[line["Algorithm"]]
        people = [row for row in cohort.rows if SEXES[line["Sex"]] in (None, row["sex"])]
        states = Counter(state_of(row, id) for row in people)
        assert number(line["People"]) == len(people)
        shown = [number(line[name]) for name in ("With an answer", "Unknown", "Not made for them")]
        assert shown == [states["answered"], states["unknown"], states["outside"]], line
        answered = [row for row in people if state_of(row, id) == "answered"]
        assert close(line["Share with an answer"], share_text(answered, people, cohort.weighted)), line


def test_whoever_has_no_answer_is_outside_or_lacks_something(cohort: Cohort) -> None:
    for id in risk_algorithms():
        for row in cohort.rows:
            if state_of(row, id) == "unknown":
                assert row[f"{id}_needs"], id


def test_what_is_outside_and_what_is_lacking_is_counted(cohort: Cohort) -> None:
    table = tables_by_caption(cohort.english)["All that is outside or lacking, as a table"]
    graph, names = assessor().graph, names_of_algorithms()
    for why, state, ending in (("Not made for them", "outside", "outside"), ("Unknown", "unknown", "needs")):
        for id in risk_algorithms():
            column = f"{id}_{ending}"
            if column not in cohort.rows[0]:
                continue
            counted = listed([row for row in cohort.rows if state_of(row, id) == state], column)
            expected = sorted(
                (label_of(name, "en", graph).lower(), people) for name, people in counted.items()
            )
            shown = [
                (line["What"].lower(), number(line["People"]))
                for line in table
                if names[line["Algorithm"]] == id and line["Why"] == why
            ]
            assert sorted(shown) == expected, (id, why)


def weighted_quartile(values: Sequence[tuple[float, float]], share: float) -> float:
    total, reached = math.fsum(weight for _, weight in values), 0.0
    for value, weight in sorted(values):
        reached += weight
        if reached >= share * total - 1e-9 * total:
            return value
    raise AssertionError("no value")


def test_medians_and_quartiles_are_those_of_pandas_or_of_the_weights(cohort: Cohort) -> None:
    table = tables_by_caption(cohort.english)["Medians and quartiles, as a table"]
    names, tested = names_of_algorithms(), 0
    graph = assessor().graph
    for line in table:
        entry = load_risk_catalogue()[names[line["Algorithm"]]]
        (column,) = [
            shown.column
            for shown in entry.shown
            if graph.rules[shown.column].kind == "number"
            and (shown.word.en or label_of(shown.column, "en", graph)).lower() == line["Answer"].lower()
        ]
        held = [
            row for row in cohort.rows if row[column] is not None and SEXES[line["Sex"]] in (None, row["sex"])
        ]
        assert number(line["With a number"]) == len(held)
        values = [float(str(row[column])) for row in held]
        if cohort.weighted:
            weights = [float(str(row["survey_weight"])) for row in held]
            pairs = list(zip(values, weights, strict=True))
            expected = [weighted_quartile(pairs, share) for share in (0.25, 0.5, 0.75)]
        else:
            expected = [float(pandas.Series(values).quantile(share)) for share in (0.25, 0.5, 0.75)]
        shown = [line[name] for name in ("Lower quartile", "Median", "Upper quartile")]
        for text, value in zip(shown, expected, strict=True):
            unit = graph.rules[column].unit
            told = float(text.replace("%", "").strip())
            assert told == pytest.approx(value, abs=0.0511 if unit == "%" else 0.0051), line
        tested += 1
    with_numbers = [
        (shown.column, sex)
        for id in risk_algorithms()
        for shown in load_risk_catalogue()[id].shown
        if graph.rules[shown.column].kind == "number"
        for sex in SEXES.values()
        if any(row[shown.column] is not None and sex in (None, row["sex"]) for row in cohort.rows)
    ]
    assert tested == len(with_numbers)
    assert tested >= 8


def level_said(row: Row, column: str, upto_column: str | None) -> str:
    """The level of a row as the table names it."""
    rule, speech = assessor().graph.rules[column], speak("en")

    def told(value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return speech.level(str(value), rule.template)

    proved = row[column]
    upto = row[upto_column] if upto_column else proved
    if upto in (None, proved) or (proved is None and upto == rule.levels[-1]):
        return "unknown" if proved is None else told(proved)
    return f"{'unknown' if proved is None else told(proved)} (not excluded: {told(upto)})"


def test_levels_are_counted_and_the_unknown_among_them(cohort: Cohort) -> None:
    table = tables_by_caption(cohort.english)["Levels, as a table"]
    names, rules = names_of_algorithms(), assessor().graph.rules
    counted: Counter[tuple[str, str]] = Counter()
    for line in table:
        id = names[line["Algorithm"]]
        shown = next(one for one in load_risk_catalogue()[id].shown if rules[one.column].kind != "number")
        people = [
            row
            for row in cohort.rows
            if SEXES[line["Sex"]] in (None, row["sex"])
            and (row[shown.column] is not None or not row.get(f"{id}_outside"))
        ]
        held = [row for row in people if level_said(row, shown.column, shown.upto) == line["Level"]]
        assert number(line["People"]) == len(held), line
        assert close(line["Share"], share_text(held, people, cohort.weighted)), line
        counted[id, line["Sex"]] += len(held)
        assert counted[id, line["Sex"]] <= len(people)
    made_for = {
        id: sum(
            row[load_risk_catalogue()[id].shown[0].column] is not None or not row.get(f"{id}_outside")
            for row in cohort.rows
        )
        for id, _ in counted
    }
    assert {id: counted[id, "All"] for id in made_for} == made_for
    assert len(made_for) >= 2


def test_each_algorithm_says_what_it_predicts_in_whom_and_how_far_to_trust_it(cohort: Cohort) -> None:
    for page, language in ((cohort.english, "en"), (cohort.chinese, "zh")):
        blocks, words = articles(page), load_risk_words()
        assert [name for name in blocks if name.startswith("risk-")] == [
            f"risk-{id}" for id in load_risk_catalogue() if id in risk_algorithms()
        ]
        for id, algorithm in risk_algorithms().items():
            text = " ".join(Outline(blocks[f"risk-{id}"]).texts)
            note = algorithm.evidence.risk
            assert note is not None
            labels = (
                algorithm.evidence.label,
                note.outcome,
                note.horizon,
                note.population,
                note.limits,
                note.purpose,
            )
            for label in labels:
                assert label.in_language(language) in text, (id, label)  # type: ignore[arg-type]
            if note.competing_death != "does_not_apply":
                assert words[f"risks.death_{note.competing_death}"][language] in text, id
            trust = load_risk_catalogue()[id].trust
            for mark in trust:
                assert words[f"risks.trust_{mark}"][language] in text, id
            evidence = algorithm.evidence
            parts = (
                evidence.points,
                evidence.coefficients,
                evidence.ranges,
                evidence.predictions,
                evidence.findings,
            )
            sources = [one.source for part in parts for one in part]
            sources += [limit.source for cutoff in evidence.cutoffs for limit in cutoff.limits]
            open_marks = sum(source.status == "unchecked" for source in sources)
            entries = f"{open_marks} of {len(sources)} entries unchecked"
            assert (entries in text) == (open_marks > 0 and language == "en"), id
            fully = set(trust) <= {"A", "B"} and not open_marks
            status = "checked" if fully else "unchecked"
            assert f'class="mark mark-{status}"' in blocks[f"risk-{id}"], id


def test_the_notice_of_the_licence_stands_beside_the_scores(cohort: Cohort) -> None:
    note = risk_algorithms()["qfracture2012"].evidence.risk
    assert note is not None
    assert note.notice is not None
    for page, notice in ((cohort.english, note.notice.en), (cohort.chinese, note.notice.zh)):
        text = " ".join(Outline(articles(page)["risk-qfracture2012"]).texts)
        assert notice in text
        assert "Inaccurate implementations of risk scores can lead to wrong patients" in text


def test_distributions_hold_everybody_with_a_number() -> None:
    cohort = made_up(weighted=True)
    drawn = 0
    for risk in cohort.parts.risks:
        for answer in risk.answers:
            if not hasattr(answer, "bins"):
                continue
            for spread in answer.by_sex.values():
                assert sum(spread.counts) == spread.people
                assert sum(spread.bins) == pytest.approx(1 if spread.people else 0)
                drawn += bool(spread.people)
    assert drawn > 40


# --- quartiles and bins --------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(-50, 400), min_size=1, max_size=60))
def test_counted_quartiles_are_those_of_numpy(tenths: list[int]) -> None:
    counts = Counter(value / 10 for value in tenths)
    found = quartiles_of(sorted(counts.items()), counted=True)
    assert found == pytest.approx(tuple(np.quantile([value / 10 for value in tenths], [0.25, 0.5, 0.75])))


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0.1, 9)), min_size=1, max_size=40))
def test_weighted_quartiles_are_the_values_that_their_share_of_the_weight_reaches(
    pairs: list[tuple[int, float]],
) -> None:
    weights: dict[float, float] = {}
    for value, weight in pairs:
        weights[float(value)] = weights.get(float(value), 0.0) + weight
    total = sum(weights.values())
    for share, found in zip(
        (0.25, 0.5, 0.75), quartiles_of(sorted(weights.items()), counted=False), strict=True
    ):
        below = sum(weight for value, weight in weights.items() if value < found)
        upto = sum(weight for value, weight in weights.items() if value <= found)
        assert below < share * total * (1 + 1e-9)
        assert upto >= share * total * (1 - 1e-9)


@given(st.lists(st.floats(0, 100).map(lambda value: round(value, 3)), min_size=1, max_size=50), st.booleans())
def test_bins_hold_every_value_and_their_ticks_lie_within(values: list[float], from_nought: bool) -> None:
    bins = bins_for(values, from_nought=from_nought)
    assert bins.count <= 32
    assert not from_nought or bins.start == 0
    for value in values:
        place = place_in(value, bins)
        assert bins.start + place * bins.width <= value + 1e-6
        assert value <= bins.start + (place + 1) * bins.width + 1e-6
    ticks = ticks_of(bins)
    assert len(ticks) <= 7
    assert all(bins.start - 1e-6 <= tick <= bins.end + 1e-6 for tick in ticks)


def test_points_have_a_bin_for_each_number() -> None:
    bins = bins_for([2.0, 3.0, 7.0])
    assert (bins.start, bins.width, bins.count) == (1.5, 1.0, 6)
    assert [place_in(value, bins) for value in (2.0, 3.0, 7.0)] == [0, 1, 5]


# --- the page --------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def page(request: pytest.FixtureRequest) -> str:
    return made_up().english if request.param == "en" else made_up().chinese


def test_the_page_is_well_formed_and_refers_to_nothing_outside(page: str) -> None:
    outline = Outline(page)
    assert outline.mistakes == []
    assert outline.open == []
    assert [id for id, times in Counter(outline.ids).items() if times > 1] == []
    assert not re.search(r"@import|<script|<link|<iframe|<img|javascript:", page, flags=re.IGNORECASE)
    for tag, name, value in outline.attributes:
        assert name not in ("src", "style", "srcset"), (tag, name)
        assert not name.startswith("on"), (tag, name)
        if name in ("href", "xlink:href"):
            assert value.startswith("#"), (tag, value)
        if name == "aria-labelledby":
            assert value in outline.ids
    # The licence's notice names an address in its text; nothing else does.
    note = risk_algorithms()["qfracture2012"].evidence.risk
    assert note is not None
    assert note.notice is not None
    left = page.replace(note.notice.en, "").replace(note.notice.zh, "")
    assert "http" not in left


def test_every_drawing_says_its_values(page: str) -> None:
    for tag, name, value in Outline(page).attributes:
        if tag == "svg" and name == "aria-label":
            assert re.search(r"\d", value), value


def test_the_chinese_page_holds_no_english_sentence_but_the_licence_and_titles() -> None:
    page = made_up().chinese
    note = risk_algorithms()["qfracture2012"].evidence.risk
    assert note is not None
    assert note.notice is not None
    section = page.split('aria-labelledby="strata"')[1].split('aria-labelledby="screens"')[0]
    section = section.replace(note.notice.zh, "")
    for one in made_up().parts.marker.coefficients:  # type: ignore[union-attr]
        section = section.replace(one.source.paper.citation, "")
    text = " ".join(Outline(f"<p>{section}").texts)
    assert (
        re.findall(r"\b(?:people|proved|excluded|women|risk|unknown|median|with|the|of|from)\b", text) == []
    )
    assert "阴性" not in text
    assert "未知" in text


def test_the_english_page_holds_no_chinese() -> None:
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(Outline(made_up().english).texts))


def test_a_report_without_them_is_as_before() -> None:
    summary = made_up().summary
    plain = render_report(summary, made_on=DAY)
    assert plain == render_report(summary, made_on=DAY, further=FurtherParts())
    for trace in ("strata", "block-", "bar-row", "risks"):
        assert trace not in plain, trace
    with_both = made_up().english
    cut = re.sub(
        r'\n<section class="section" aria-labelledby="strata">.*?(?=\n<div class="halves">\n<section class="section" aria-labelledby="screens">)',
        "",
        with_both,
        flags=re.DOTALL,
    )
    assert Outline(cut).texts == Outline(plain).texts


def test_each_stands_alone() -> None:
    parts = made_up().parts
    only_strata = render_report(
        made_up().summary, made_on=DAY, further=FurtherParts(parts.strata, (), parts.marker)
    )
    only_risks = render_report(made_up().summary, made_on=DAY, further=FurtherParts(None, parts.risks))
    assert 'id="strata"' in only_strata
    assert 'id="risks"' not in only_strata
    assert 'id="risks"' in only_risks
    assert 'id="strata"' not in only_risks
    for page in (only_strata, only_risks):
        assert Outline(page).mistakes == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_writes_them_into_its_report(tmp_path: Path, language: str) -> None:
    filled_cohort(120, seed=5).write_parquet(tmp_path / "people.parquet")
    options = ("--risk", "--strata", "--weight", "survey_weight", "--report", "report.html")
    said = myosteon("assess", "people.parquet", *options, folder=tmp_path, language=language)
    assert said.status in (0, 3), said.err
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    outline = Outline(page)
    assert outline.mistakes == []
    assert set(articles(page)) == {*STRATA, *(f"risk-{id}" for id in risk_algorithms())}
    cited = page.split('aria-labelledby="sources"')[1]
    for algorithm in risk_algorithms().values():
        evidence = algorithm.evidence
        assert evidence.label.in_language(language) in cited  # type: ignore[arg-type]
        assert evidence.paper.citation.split(".")[0] in unescape(cited)


def test_results_read_from_a_file_are_counted_alike(tmp_path: Path) -> None:
    file = tmp_path / "results.parquet"
    made_up_results().write_parquet(file)
    lazily = report_parts(pl.scan_parquet(file).filter(adults()), assessor(), NO_SURVEY)
    assert lazily.strata == made_up().parts.strata
    assert lazily.risks == made_up().parts.risks


def test_results_without_the_columns_are_refused_or_left_out() -> None:
    frame = random_results(30)
    stratum = made_up().parts.strata
    assert stratum is not None
    with pytest.raises(ColumnError, match="stratum_china2022"):
        summarise_strata(frame, [stratum.strata[0].asked], assessor().graph)
    asked = [risk.asked for risk in made_up().parts.risks]
    assert summarise_risks(frame, asked, assessor().graph) == ()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("people", [0, 1, 7])
def test_a_cohort_of_any_size_makes_a_page(people: int, language: str) -> None:
    results = made_up_results().head(people)
    for design in (NO_SURVEY, SURVEY):
        summary = summarise(results.lazy(), assessor(), None, design)
        parts = report_parts(results.lazy(), assessor(), design)
        for suppress in (False, True):
            page = render_report(summary, language, made_on=DAY, further=parts, suppress_small_cells=suppress)
            assert Outline(page).mistakes == []


# --- cells of fewer than 10 people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [25, 90, 900])
def test_no_cell_of_fewer_than_10_people_is_told_when_asked(people: int) -> None:
    results = made_up_results().head(people)
    summary = summarise(results.lazy(), assessor(), None, NO_SURVEY)
    parts = report_parts(results.lazy(), assessor(), NO_SURVEY)
    page = render_report(summary, made_on=DAY, further=parts, suppress_small_cells=True)
    section = page.split('aria-labelledby="strata"')[1].split('aria-labelledby="screens"')[0]
    counts = ("People", "Judged", "Highest proved", "Not excluded", "With osteosarcopenia", "Without")
    counts = (*counts, "With an answer", "Unknown", "Not made for them", "With a number", "High under both")
    counts = (*counts, "Settled under both", "First only", "Second only", "High or very high", "Answered")
    told = 0
    for table in Outline(f"<p>{section}").tables:
        for row in table[1:]:
            for name, text in zip(table[0], row, strict=True):
                if name in counts and text not in ("not shown", "", "–"):
                    assert number(text) == 0 or number(text) >= 10, (name, row)
                    told += 1
    for text in re.findall(r"<li><span>.*?</span> <b>(.*?)</b></li>", section):
        assert text == "not shown" or number(text) >= 10
    for text in re.findall(r'<span class="bar-number">([\d,]+)</span>', section):
        assert number(text) == 0 or number(text) >= 10
    assert told > 20


def test_strata_under_suppression_cannot_be_told_by_the_difference() -> None:
    """Where a part of everybody is left out, at least two are, and they hold ten people or more."""
    results = made_up_results().head(90)
    summary = summarise(results.lazy(), assessor(), None, NO_SURVEY)
    parts = report_parts(results.lazy(), assessor(), NO_SURVEY)
    page = render_report(summary, made_on=DAY, further=parts, suppress_small_cells=True)
    coarse = 0
    for id in STRATA:
        block = articles(page)[id]
        table = tables_by_caption(block)["The same numbers as a table"]
        if "Where they stand" not in table[0]:
            continue
        coarse += 1
        judged = sum(
            row[f"{id}_upto"] is not None
            for row in people_of(made_up_results().head(90).to_dicts(), "50 and over", "All")
        )
        shown = [number(line["People"]) for line in table if line["People"] != "not shown"]
        hidden = len(table) - len(shown)
        assert hidden == 0 or (hidden >= 2 and judged - sum(shown) >= 10) or not shown, id
        assert "some cells hold 1 to 9 people" in block
    assert coarse


# --- words -----------------------------------------------------------------------------------------------------------------------


def test_every_sentence_takes_the_same_parts_in_both_languages() -> None:
    words = load_risk_words()
    assert len(words) > 100
    for key, texts in words.items():
        assert parts_of(texts["en"]) == parts_of(texts["zh"]), key
        assert texts["en"]
        assert texts["zh"]
        assert not re.search(r"[\u4e00-\u9fff]", texts["en"]), key
    assert not words.keys() & load_report_words().keys()


def test_every_sentence_is_said_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()
    plain = Voice.say

    def listen(voice: Voice, key: str, **parts: object) -> object:
        said.add(key)
        return plain(voice, key, **parts)

    monkeypatch.setattr(Voice, "say", listen)
    results = made_up_results()
    settled = results.filter(pl.col("stratum_china2022_needs").is_null())
    young = results.with_columns(age_years=pl.lit(30.0))
    unsexed = results.with_columns(
        sex=pl.lit(None, results.schema["sex"]), age_years=pl.lit(None, pl.Float64)
    )
    runs = [
        (results, SURVEY),
        (results.head(90), NO_SURVEY),
        (settled, NO_SURVEY),
        (young, NO_SURVEY),
        (unsexed, NO_SURVEY),
    ]
    for frame, design in runs:
        summary = summarise(frame.lazy(), assessor(), None, design)
        parts = report_parts(frame.lazy(), assessor(), design)
        for suppress in (False, True):
            render_report(summary, made_on=DAY, further=parts, suppress_small_cells=suppress)
    one = make_assessor(["stratum_china2022"], risk=False, strata=True)
    alone = report_parts(results.lazy(), one, NO_SURVEY)
    render_report(summarise_cohort(results, ()), made_on=DAY, further=alone)
    said_of_marks = [
        replace(one.asked, marks=tuple(replace(mark, status="secondary") for mark in one.asked.marks))
        for one in alone.strata.strata
    ]  # type: ignore[union-attr]
    second_hand = summarise_strata(results, said_of_marks, one.graph)
    render_report(summarise_cohort(results, ()), made_on=DAY, further=FurtherParts(second_hand))
    unsaid = {key for key in load_risk_words() if key not in said}
    assert unsaid == set()

"""The report of a cohort: one file, no reference outward, the same numbers in drawings and tables, two languages."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_results import DEFINITIONS, MadeUpDefinition, MadeUpRefusal, random_results
from myosteon.errors import EvidenceError, InputError
from myosteon.outputs.cohort import summarise_cohort
from myosteon.outputs.cohort_summary import CohortSummary, Contradiction
from myosteon.outputs.report import ReportSource, render_report, write_report
from myosteon.outputs.report_charts import make_axis
from myosteon.outputs.report_wording import Voice, check_words, load_report_words, parts_of
from myosteon.outputs.small_cells import hidden_parts, is_small

DAY = date(2026, 11, 20)
REFUSALS = (
    MadeUpRefusal(
        "P7", "grip_kg", "315", "grip_kg must lie within 0 to 110 kg", "grip_kg只能在0～110 kg之间"
    ),
    MadeUpRefusal("P9", "height_cm", "15.8", "too small", "过小"),
)
SOURCES = (
    ReportSource("Chen LK et al. JAMDA 2020", "checked", "AWGS 2019", "AWGS 2019"),
    ReportSource("Someone, from memory", "unchecked"),
)
VOID = {"meta", "link", "br", "img", "input", "hr"}


@pytest.fixture(scope="module")
def summary() -> CohortSummary:
    return summarise_cohort(
        random_results(800, seed=4),
        DEFINITIONS,
        scopes={"awgs2019": (60.0, {"en": "made for older people", "zh": "适用于老年人"})},
        refused=REFUSALS,
    )


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request: pytest.FixtureRequest, summary: CohortSummary) -> str:
    return render_report(
        summary, request.param, title="Made up", sources=SOURCES, made_on=DAY, version="0.1.0"
    )


@pytest.fixture(scope="module")
def english(summary: CohortSummary) -> str:
    return render_report(summary, "en", sources=SOURCES, made_on=DAY, version="0.1.0")


class Outline(HTMLParser):
    """Which elements open and close, which ids there are, which text stands where."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.mistakes: list[str] = []
        self.alts: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
        held = dict(attrs)
        if held.get("role") == "img":
            self.alts.append(held.get("aria-label") or "")
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.texts.append(data)
        if self.tables and ("td" in self.open or "th" in self.open):
            self.tables[-1][-1][-1] += data.strip()


def table_of(outline: Outline, head: str) -> list[dict[str, str]]:
    """The rows of the first table whose head holds that name."""
    for table in outline.tables:
        if head in table[0]:
            return [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    raise AssertionError(f"no table with {head}")


# --- one file, nothing fetched ----------------------------------------------------------------------------------


def test_the_page_refers_to_nothing_outside_itself(page: str) -> None:
    assert not re.search(
        r"https?:|//[a-z]|@import|<script|<link|<iframe|<img|javascript:", page, flags=re.IGNORECASE
    )
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", page))
    for tag, name, value in Outline(page).attributes:
        assert name not in ("src", "style", "srcset"), (tag, name)
        assert not name.startswith("on"), (tag, name)
        if name in ("href", "xlink:href"):
            assert value.startswith("#"), (tag, value)


def test_every_reference_within_the_page_is_met(page: str) -> None:
    outline = Outline(page)
    named = set(re.findall(r"url\(#([^)]*)\)", page))
    named |= {value[1:] for _, name, value in outline.attributes if name == "href"}
    named |= {value for _, name, value in outline.attributes if name == "aria-labelledby"}
    assert named <= set(outline.ids)
    assert named


def test_the_page_is_well_formed(page: str) -> None:
    outline = Outline(page)
    assert outline.mistakes == []
    assert outline.open == []
    assert [id for id, times in Counter(outline.ids).items() if times > 1] == []
    assert outline.tags["h1"] == 1
    assert outline.tags["main"] == 1
    assert page.startswith("<!doctype html>")


def test_the_language_is_declared(summary: CohortSummary) -> None:
    assert '<html lang="en">' in render_report(summary, "en", made_on=DAY)
    assert '<html lang="zh-CN">' in render_report(summary, "zh", made_on=DAY)


def test_the_file_is_written_as_utf8_and_the_same_each_time(tmp_path: Path, summary: CohortSummary) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    write_report(summary, first, "zh", made_on=DAY)
    write_report(summary, second, "zh", made_on=DAY)
    assert first.read_bytes() == second.read_bytes()
    assert "肌少症" in first.read_bytes().decode("utf-8")
    assert b"\r" not in first.read_bytes()


def test_another_language_is_refused_with_the_choice(summary: CohortSummary) -> None:
    with pytest.raises(InputError, match="en and zh"):
        render_report(summary, "fr")


# --- the same numbers everywhere -------------------------------------------------------------------------------------


def test_drawings_and_tables_tell_the_same_prevalence(english: str, summary: CohortSummary) -> None:
    outline = Outline(english)
    rows = {(row["Definition"], row["Sex"]): row for row in table_of(outline, "Proved among the settled")}
    drawn = [alt for alt in outline.alts if ": proved in " in alt]
    assert len(drawn) == len(summary.definitions)
    for alt in drawn:
        found = re.fullmatch(
            r"(.+): proved in (.+) \((.+) to (.+)\) of (.+); not excluded in up to (.+); women (.+), men (.+)",
            alt,
        )
        assert found is not None, alt
        name, share, low, high, judged, upto, women, men = found.groups()
        row = rows[name, "All"]
        assert (share, judged, upto) == (row["Share proved"], row["Judged"], row["Share not excluded"])
        assert f"({low} to {high})" == row["95 % interval"]
        assert women == rows[name, "Women"]["Share proved"]
        assert men == rows[name, "Men"]["Share proved"]
        definition = next(d for d in summary.definitions if d.label_en == name)
        assert int(row["Proved"].replace(",", "")) == definition.prevalence["all"].yes
        assert (
            share
            == f"{100 * definition.prevalence['all'].yes / definition.prevalence['all'].judged:.1f}\u00a0%"
        )


def test_drawn_positions_are_the_shares(english: str, summary: CohortSummary) -> None:
    ends = [
        max(share.proved.high, share.not_excluded.estimate)  # type: ignore[union-attr]
        for definition in summary.definitions
        for share in definition.prevalence.values()
    ]
    top = make_axis(max(ends)).top
    for definition in summary.definitions:
        share = definition.prevalence["all"]
        assert share.proved is not None
        drawing = re.search(
            rf'<svg[^>]*aria-label="{definition.label_en}: proved in.*?</svg></span>',
            english,
            flags=re.DOTALL,
        )
        assert drawing is not None
        disc = re.search(r'<circle class="pt" cx="([\d.]+)%"', drawing.group())
        hatched = re.search(r'class="not-excluded" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', drawing.group())
        assert disc is not None
        assert hatched is not None
        assert float(disc.group(1)) == pytest.approx(100 * share.proved.estimate / top, abs=0.01)
        assert float(hatched.group(1)) == pytest.approx(float(disc.group(1)))
        assert float(hatched.group(2)) == pytest.approx(100 * (share.open_share or 0) / top, abs=0.01)


def test_stage_bars_fill_the_width_and_match_the_table(english: str, summary: CohortSummary) -> None:
    rows = table_of(Outline(english), "Not excluded up to")
    for definition in summary.definitions:
        people = [
            int(row["People"].replace(",", "")) for row in rows if row["Definition"] == definition.label_en
        ]
        assert sum(people) == definition.stages.judged
    for bar in re.findall(
        r'<svg class="chart stack-bar" width="100%" height="24".*?</svg>', english, flags=re.DOTALL
    ):
        widths = [
            float(width)
            for width in re.findall(r'class="seg [^"]*" x="[\d.]+%" y="1" width="([\d.]+)%"', bar)
        ]
        assert sum(widths) == pytest.approx(100, abs=0.02)


def test_kappas_stand_in_the_matrix_and_the_table(english: str, summary: CohortSummary) -> None:
    outline = Outline(english)
    rows = {(row["First"], row["Second"]): row["Kappa"] for row in table_of(outline, "Kappa")}
    matrix = next(
        table for table in outline.tables if len(table[0]) == 4 and table[0][0] == "" and len(table) == 4
    )
    names = matrix[0][1:]
    for line in matrix[1:]:
        for column, text in zip(names, line[1:], strict=True):
            pair = rows.get((line[0], column), rows.get((column, line[0])))
            assert text in ("", "1") or text == pair
    assert len(rows) == 3
    for agreement in summary.overlap.agreements:
        assert agreement.kappa is not None


def test_combinations_stand_in_the_drawing_and_the_table(english: str, summary: CohortSummary) -> None:
    outline = Outline(english)
    rows = {row["Found by exactly"]: row["People"] for row in table_of(outline, "Found by exactly")}
    (alt,) = [alt for alt in outline.alts if alt.startswith("People found by each combination")]
    for combination in summary.overlap.combinations:
        labels = " and ".join(d.label_en for id in combination.ids for d in summary.definitions if d.id == id)
        assert rows[labels] == str(combination.people)
        assert f"{combination.people} by {labels} only" in alt
    assert english.count('class="chart column"') == len(summary.overlap.combinations)


def test_every_drawing_says_its_values_or_is_silent(page: str) -> None:
    for tag, name, value in Outline(page).attributes:
        if tag == "svg" and name == "aria-label":
            assert re.search(r"\d", value), value
    for svg in re.findall(r"<svg[^>]*>", page):
        assert "aria-hidden" in svg or "aria-label" in svg or 'class="place"' in svg, svg


def test_the_first_sentence_answers(english: str, summary: CohortSummary) -> None:
    shares = [d.prevalence["all"].yes / d.prevalence["all"].judged for d in summary.definitions]
    heading = re.search(r"<h1>(.*?)</h1>", english)
    assert heading is not None
    text = re.sub(r"<[^>]*>", "", heading.group(1))
    assert text.startswith("Of 800 people, sarcopenia is proved in ")
    assert f"{100 * min(shares):.0f}\u00a0% to {100 * max(shares):.0f}\u00a0%" in text
    assert "Under AWGS 2019 it can be neither proved nor excluded in" in text
    assert "for want of" in text


def test_refused_values_contradictions_assumptions_and_scope_are_told(english: str) -> None:
    for text in ("P7", "315", "grip_kg must lie within 0 to 110 kg", "P9", "height_cm"):
        assert text in english
    assert "the given one counts" in english
    assert "taken to be postmenopausal" in english
    assert "made for people from 60" in english
    assert "made for older people" in english
    assert "Decision support for clinicians; not a diagnosis by itself." in english
    assert "20 November 2026 by Myosteon 0.1.0" in english


def test_marks_of_sources_are_shown(page: str) -> None:
    assert 'class="mark mark-checked"' in page
    assert 'class="mark mark-unchecked"' in page
    assert "Chen LK et al. JAMDA 2020" in page


def test_a_single_contradiction_is_listed_by_person() -> None:
    frame = random_results(40)
    told = (Contradiction("P3", ("grip_kg",), "two grips", "两个握力"),)
    summary = summarise_cohort(frame, DEFINITIONS, contradictions=told)
    assert "<b>P3</b> two grips" in render_report(summary, made_on=DAY)
    assert "<b>P3</b>" not in render_report(summary, made_on=DAY, suppress_small_cells=True)


# --- what comes from outside is escaped -------------------------------------------------------------------------------


def test_text_from_files_is_escaped() -> None:
    bad = '<script>alert(1)</script>"'
    definition = MadeUpDefinition("awgs2019", bad, bad, ("possible", "confirmed", "severe"))
    refusal = MadeUpRefusal(bad, bad, bad, bad, bad)
    summary = summarise_cohort(random_results(60), [definition, DEFINITIONS[1]], refused=[refusal])
    page = render_report(
        summary, title=bad, sources=[ReportSource(bad, "checked")], assumptions=[bad], made_on=DAY
    )
    assert "<script" not in page
    assert Outline(page).mistakes == []


# --- languages ------------------------------------------------------------------------------------------------------------


def test_the_chinese_page_holds_no_english_sentence(summary: CohortSummary) -> None:
    page = render_report(summary, "zh", made_on=DAY)
    text = " ".join(Outline(page).texts)
    for word in ("people", "proved", "excluded", "Women", "Prevalence", " of ", " the ", "per cent"):
        assert word not in text, word
    assert "阴性" not in text
    assert "未知" in text


def test_the_english_page_holds_no_chinese(english: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(Outline(english).texts))


def test_every_sentence_takes_the_same_parts_in_both_languages() -> None:
    words = load_report_words()
    assert len(words) > 150
    for key, texts in words.items():
        assert parts_of(texts["en"]) == parts_of(texts["zh"]), key
        assert texts["en"], key
        assert texts["zh"], key
        assert not re.search(r"[\u4e00-\u9fff]", texts["en"]), key


def test_a_sentence_in_one_language_or_with_other_parts_does_not_load() -> None:
    with pytest.raises(EvidenceError, match="needs English and Chinese"):
        check_words({"a": {"b": {"en": "only English"}}})
    with pytest.raises(EvidenceError, match="other parts"):
        check_words({"a": {"b": {"en": "{count} people", "zh": "{people}人"}}})


def test_every_sentence_is_said_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many cohorts together say every sentence but those on verdicts and contradictions that they do not hold."""
    said: set[str] = set()
    plain = Voice.say

    def listen(voice: Voice, key: str, **parts: object) -> object:
        said.add(key)
        return plain(voice, key, **parts)

    monkeypatch.setattr(Voice, "say", listen)
    design = {"stratum_column": "survey_stratum", "psu_column": "survey_psu"}
    every_screen = [f"{name}_positive" for name in ("sarc_calf", "finger_ring", "ishii", "msra5", "msra7")]
    frame = random_results(300).with_columns(
        pl.lit(True).alias(name) for name in (*every_screen, "calf_low_awgs2019")
    )
    presarcopenia = MadeUpDefinition(
        "ewgsop2010", "EWGSOP", "EWGSOP", ("presarcopenia", "confirmed", "severe")
    )
    probable = MadeUpDefinition("ewgsop2019", "EWGSOP2", "EWGSOP2", ("probable", "confirmed", "severe"))
    stages = {"presarcopenia": "ewgsop2010", "probable": "ewgsop2019"}
    frame = frame.with_columns(
        pl.col(f"sarcopenia_awgs2019{end}").replace("possible", stage).alias(f"sarcopenia_{id}{end}")
        for stage, id in stages.items()
        for end in ("", "_upto")
    )
    many = (*DEFINITIONS, presarcopenia, probable)
    weighted = {"weight_column": "survey_weight"}
    no_needs = frame.drop("^.*_needs$")
    rare = frame.head(60).with_columns(  # one definition finds few people, so that its cells may not be shown
        sarcopenia_awgs2014=pl.lit("none"), sarcopenia_awgs2014_upto=pl.lit("none")
    ).with_columns(
        pl.when(pl.col("person_id") == "P1").then(pl.lit("confirmed")).otherwise(f"sarcopenia_awgs2014{end}").alias(f"sarcopenia_awgs2014{end}")
        for end in ("", "_upto")
    )  # fmt: skip
    settled = frame.with_columns(
        *(pl.lit("none").alias(f"sarcopenia_{d.id}{end}") for d in many for end in ("", "_upto")),
        *(pl.lit(None, pl.String).alias(f"sarcopenia_{d.id}_needs") for d in many),
        contradictions=None,
    )
    no_weight = frame.with_columns(
        survey_weight=pl.when(pl.col("person_id") == "P1").then(None).otherwise("survey_weight")
    )
    lonely = frame.with_columns(
        survey_psu=pl.when(pl.col("survey_stratum") == 1).then(0).otherwise("survey_psu")
    )
    scopes = {"awgs2019": (60.0, ""), "awgs2014": (10.0, "")}
    runs: list[tuple[pl.DataFrame, tuple[MadeUpDefinition, ...], dict[str, str], int]] = [
        (frame, many, {}, 9),
        (frame, many, weighted, 1),
        (frame, DEFINITIONS[:1], {}, 0),
        (frame, DEFINITIONS[:1], weighted, 0),
        (frame, (), {}, 0),
        (frame.head(0), many, {}, 0),
        (frame.head(1), many, {}, 0),
        (frame.head(25), many, {}, 0),
        (pl.concat([frame, frame]), many, {}, 0),
        (frame.drop("person_id"), many, {}, 0),
        (rare, DEFINITIONS, {}, 0),
        (rare, DEFINITIONS, weighted, 0),
        (settled, many, {}, 0),
        (settled, many, weighted, 0),
        (settled, DEFINITIONS[:1], {}, 0),
        (no_needs, many, {}, 0),
        (no_needs, DEFINITIONS[:1], {}, 0),
        (no_weight, many, weighted, 0),
        (lonely, many, {**weighted, **design}, 0),
    ]
    for one, definitions, weights, in_all in runs:
        refused = REFUSALS[:in_all]
        summary = summarise_cohort(
            one, definitions, scopes=scopes, refused=refused, refused_in_all=in_all, **weights
        )  # type: ignore[arg-type]
        render_report(summary, sources=SOURCES, version="1")
        render_report(summary, suppress_small_cells=True)
    unsaid = {key for key in load_report_words() if key not in said and not key.startswith("contradiction.")}
    assert unsaid == set()


@pytest.mark.parametrize(
    ("number", "en", "zh"), [(7, "7", "7"), (2000, "2,000", "2000"), (12345, "12,345", "12,345")]
)
def test_counts_are_written_as_each_language_does(number: int, en: str, zh: str) -> None:
    assert Voice("en").count(number) == en
    assert Voice("zh").count(number) == zh


def test_percentages_kappas_and_dates_are_written_as_each_language_does() -> None:
    assert Voice("en").percent(0.1234) == "12.3\u00a0%"
    assert Voice("zh").percent(0.1234) == "12.3%"
    assert Voice("en").percent(None) == "–"
    assert Voice("en").kappa(-0.123) == "−0.12"
    assert Voice("en").kappa(-0.001) == "0.00"
    assert Voice("en").date(DAY) == "20 November 2026"
    assert Voice("zh").date(DAY) == "2026年11月20日"


# --- odd cohorts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("people", [0, 1, 2, 30])
def test_a_cohort_of_any_size_makes_a_page(people: int, language: str) -> None:
    for definitions in (DEFINITIONS, DEFINITIONS[:1], ()):
        for suppress in (False, True):
            summary = summarise_cohort(random_results(people), definitions)
            page = render_report(summary, language, made_on=DAY, suppress_small_cells=suppress)
            assert Outline(page).mistakes == []
    if people == 0:
        assert ("nobody" if language == "en" else "没有人") in page


def test_results_with_nothing_but_verdicts_make_a_page() -> None:
    frame = random_results(50).select("sex", "age_years", pl.col("^sarcopenia_awgs2019.*$"))
    page = render_report(summarise_cohort(frame, DEFINITIONS[:1]), made_on=DAY)
    outline = Outline(page)
    assert outline.mistakes == []
    assert "bone" not in outline.ids
    assert "screens" not in outline.ids


def test_a_weighted_cohort_says_how() -> None:
    summary = summarise_cohort(
        random_results(300),
        DEFINITIONS,
        weight_column="survey_weight",
        stratum_column="survey_stratum",
        psu_column="survey_psu",
    )
    page = render_report(summary, made_on=DAY)
    assert "weighted by survey_weight" in page
    assert "Taylor linearisation over 5 strata and 15 sampling units" in page
    assert "estimated" in page


# --- cells of fewer than 10 people ------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 60), min_size=1, max_size=7))
def test_hidden_parts_cannot_be_told_from_the_whole(counts: list[int]) -> None:
    hidden = hidden_parts(counts)
    assert all(is_hidden for count, is_hidden in zip(counts, hidden, strict=True) if is_small(count))
    gone = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    left = [count for count, is_hidden in zip(counts, hidden, strict=True) if count and not is_hidden]
    assert not gone or not left or (len(gone) > 1 and sum(gone) >= 10)
    assert 0 not in gone


def test_small_cells_and_single_people_are_left_out_when_asked() -> None:
    frame = random_results(120, seed=8)
    summary = summarise_cohort(frame, DEFINITIONS, refused=REFUSALS)
    page = render_report(summary, made_on=DAY, suppress_small_cells=True)
    outline = Outline(page)
    assert "P7" not in page
    assert "Cells of 1 to 9 people are not shown" in page
    for row in table_of(outline, "Proved among the settled"):
        for column in ("Proved", "Open", "Excluded"):
            assert row[column] == "not shown" or not 0 < int(row[column]) < 10, row
    for row in table_of(outline, "Stage"):
        assert row["People"] == "not shown" or int(row["People"]) >= 10, row
    for combination in summary.overlap.combinations:
        if combination.people < 10:
            assert not re.search(rf"\b{combination.people} by ", " ".join(outline.alts))


def test_nothing_is_left_out_unless_asked(english: str) -> None:
    assert "not shown" not in english


def test_few_men_are_told_neither_directly_nor_by_the_women() -> None:
    women = random_results(200, seed=3).filter(pl.col("sex") == "female").head(60)
    men = random_results(200, seed=4).filter(pl.col("sex") == "male").head(4)
    men = men.with_columns(person_id="M" + pl.col("person_id"))
    summary = summarise_cohort(pl.concat([women, men]), DEFINITIONS)
    page = render_report(summary, made_on=DAY, suppress_small_cells=True)
    outline = Outline(page)
    facts = re.search(r'<dl class="dl">.*?</dl>', page, flags=re.DOTALL)
    assert facts is not None
    assert re.findall(r"<dd>(.*?)</dd>", facts.group())[:3] == ["64", "not shown", "not shown"]
    for row in table_of(outline, "Proved among the settled"):
        assert row["Judged"] == "not shown" or row["Sex"] == "All"


def test_visits_are_not_called_people() -> None:
    frame = random_results(40)
    twice = summarise_cohort(pl.concat([frame, frame]), DEFINITIONS)
    assert "Of <strong>80</strong> visits" in render_report(twice, made_on=DAY)
    assert "Of <strong>40</strong> people" in render_report(summarise_cohort(frame, DEFINITIONS), made_on=DAY)
    unnamed = summarise_cohort(frame.drop("person_id"), DEFINITIONS)
    assert "共<strong>40</strong>次就诊" in render_report(unnamed, "zh", made_on=DAY)

"""How a risk is told: word for word, as JSON of the contract, as a page that anybody can read."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explain.golden_risk import FOLDER, VERDICTS, texts
from explain.risk_people import PEOPLE, explained
from myosteon.errors import EvidenceError
from myosteon.evidence.changes import load_changes, load_finer, read_changes
from myosteon.outputs.explain_risk_bars import bars
from myosteon.outputs.explain_risk_drawing import make_axis
from myosteon.outputs.explain_risk_html import risk_explanation_html
from myosteon.outputs.explain_risk_json import risk_explanation_table
from myosteon.outputs.explain_risk_text import risk_explanation_text
from myosteon.outputs.text_width import width
from myosteon.outputs.wording.load import LANGUAGES, Language, speak
from myosteon.vocabulary.measures import load_measures

TEXTS = dict(texts())
SCHEMA = json.loads((Path(__file__).parent / "explain.schema.json").read_text(encoding="utf-8"))
OUTPUTS = Path(__file__).resolve().parents[2] / "src" / "myosteon" / "outputs"
ASKED = [(person, verdict) for person, verdicts in VERDICTS.items() for verdict in verdicts]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


# --- text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_as_it_was(name: str) -> None:
    """To take a change over: python tests/explain/golden_risk.py, then read the difference."""
    assert TEXTS[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_text_too_many() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_comes_first_and_whom_it_is_for_before_what_it_is_made_of(language: Language) -> None:
    found = explained(PEOPLE["woman_74_everything_known"], "qfracture_hip_percent", language)
    text, speech = risk_explanation_text(found), speak(language)
    assert text.startswith(found.explanation.headline)
    titles = [speech.say(f"risk_title.{name}") for name in ("about", "notice", "how", "changes")]
    assert [text.index(f"\n{title}\n") for title in titles] == sorted(text.index(f"\n{t}\n") for t in titles)
    assert "".join(found.risk.notice.split()) in "".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_bars_stay_within_a_terminal(name: str) -> None:
    drawn = [line for line in TEXTS[name].splitlines() if "│" in line and ("█" in line or "▒" in line)]
    assert drawn or "too_thin" in name
    assert max((width(line) for line in drawn), default=0) <= 120


def test_every_bar_has_a_sign_and_its_number_beside_it() -> None:
    text = re.sub(" +", " ", TEXTS["woman_74_everything_known_en.txt"])
    assert "▲ Age: 74 years hazard × 17.61 +3.0 3.1 % │█" in text
    assert "▼ Ethnicity: Chinese hazard × 0.35 −2.0 1.1 % │ ▒" in text


# --- JSON -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "verdict"), ASKED)
def test_the_json_has_the_shape_that_the_contract_fixes(person: str, verdict: str) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
    table = risk_explanation_table(explained(PEOPLE[person], verdict, "zh"))
    assert [error.message for error in validator.iter_errors(table)] == []
    assert json.loads(json.dumps(table, ensure_ascii=False, allow_nan=False)) == table


def test_nodes_carry_what_they_add() -> None:
    table = risk_explanation_table(explained(PEOPLE["woman_74_everything_known"], "qfracture_hip_percent"))
    nodes = {node["name"]: node for node in table["tree"]["children"]}
    steps = table["risk"]["waterfall"]["steps"]
    assert len(steps) > 5
    for step in steps:
        assert nodes[step["name"]]["contribution"] == step["contribution"] == nodes[step["name"]]["value"]
        assert nodes[step["name"]]["hazard_ratio"] == step["hazard_ratio"]
    assert table["what_if"][0]["options"][0]["values"] == {"falls_12m": 0}


# --- the page -------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page holds: tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "verdict"), ASKED)
def test_the_page_needs_nothing_from_elsewhere(person: str, verdict: str, language: Language) -> None:
    found = explained(PEOPLE[person], verdict, language)
    drawn = risk_explanation_html([found])
    page = Page(drawn)
    assert page.of("html") == [{"lang": "zh-Hans" if language == "zh" else "en"}]
    assert speak(language).say("risk_title.page") in page.text
    assert "made up" not in drawn[: drawn.index("</title>")]
    for tag, attributes in page.tags:
        assert tag not in ("script", "img", "iframe", "object", "base", "form")
        assert "style" not in attributes
        assert not (attributes.get("src"))
        assert not (attributes.get("srcset"))
        assert (attributes.get("href") or "#").startswith("#")
    style = drawn[drawn.index("<style>") : drawn.index("</style>")]
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) <= {"#hatch"}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    linked = {(a["href"] or "")[1:] for _, a in page.tags if "href" in a}
    assert linked <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "verdict"), ASKED)
def test_every_bar_says_in_words_what_it_shows(person: str, verdict: str, language: Language) -> None:
    found = explained(PEOPLE[person], verdict, language)
    page = Page(risk_explanation_html([found]))
    pictures = [a for a in page.of("svg") if a.get("role") == "img" and "fall-bar" in (a.get("class") or "")]
    fall = found.risk.waterfall
    rows = bars(fall, speak(language)) if fall else ()
    assert len(pictures) == len(rows)
    for picture, bar in zip(pictures, rows, strict=True):
        assert bar.label in (picture["aria-label"] or "")
        assert bar.after in page.text
        assert bar.change in page.text


def test_looks_differ_in_more_than_colour() -> None:
    """Up is filled, down is hollow, open is hatched; each has a sign of its own beside its number."""
    style = (OUTPUTS / "html" / "explain_risk.css").read_text(encoding="utf-8")
    fills = dict(re.findall(r"\.bar-(raises|lowers|open) \{ fill: ([^;]+);", style))
    assert fills == {"raises": "var(--ink2)", "lowers": "var(--paper)", "open": "url(#hatch)"}
    assert "#" not in style.replace("url(#hatch)", "")


def test_nothing_that_is_typed_becomes_markup() -> None:
    person = {**PEOPLE["woman_74_everything_known"], "medications": "sertraline;<b>&"}
    drawn = risk_explanation_html([explained(person, "qfracture_hip_percent")])
    assert "<b>&" not in drawn
    assert (
        risk_explanation_html([explained({**person, "person_id": "<i>"}, "lee_score")]).count("&lt;i&gt;")
        == 1
    )


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (0.18, (0, 0.05, 0.1, 0.15, 0.2)),
        (10.7, (0, 5, 10, 15)),
        (41.8, (0, 10, 20, 30, 40, 50)),
        (100.0, (0, 20, 40, 60, 80, 100)),
        (5, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_a_scale_has_few_even_steps(top: float, ticks: tuple[float, ...]) -> None:
    axis = make_axis(top)
    assert axis.ticks == pytest.approx(ticks)
    assert axis.top >= top


# --- words ----------------------------------------------------------------------------------------------------

PICKED = {
    *(f"risk_death.{name}" for name in ("counted", "not_counted", "does_not_apply")),
    *(f"risk_picture.{name}" for name in ("raises", "lowers", "open")),
}


def test_every_sentence_is_used() -> None:
    table = tomllib.loads((OUTPUTS / "wording" / "explain_risk.toml").read_text(encoding="utf-8"))
    code = "\n".join(file.read_text(encoding="utf-8") for file in OUTPUTS.rglob("*.py"))
    said = {f"{section}.{name}" for section, sentences in table.items() for name in sentences}
    assert said >= PICKED
    assert {key for key in said - PICKED if f'"{key}"' not in code} == set()


def test_chinese_is_punctuated_as_chinese() -> None:
    for file in (OUTPUTS / "wording" / "explain_risk.toml", OUTPUTS.parent / "evidence" / "changes.toml"):
        for chinese in re.findall(r'zh = "([^"]*)"', file.read_text(encoding="utf-8")):
            assert CHINESE.search(chinese) or "{" in chinese
            assert not re.search(r"[\u4e00-\u9fff][,:;()?]|[,:;()?][\u4e00-\u9fff]", chinese), chinese


def test_nobody_is_called_negative_for_what_is_unknown() -> None:
    for name, text in TEXTS.items():
        assert "阴性" not in text, name


# --- what can be changed --------------------------------------------------------------------------------------


def test_changes_name_measures_and_values_that_there_are() -> None:
    measures = load_measures()
    for change in load_changes():
        for name, value in change.sets.items():
            words = measures[name].words
            assert not words or value in words, change.id
            assert isinstance(value, bool) == (measures[name].type == "bool"), change.id
    for finer in load_finer().values():
        told = {word for words in finer.words.values() for word in words}
        assert told <= set(measures[finer.measure].words)
        coarser = measures[finer.coarser]
        assert set(finer.words) == (set(coarser.words) or {"yes", "no"})


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": "x", "set": {"smoking": False}}, "smoking, which is no measure"),
        ({"id": "x", "where": [{"measure": "falls_12m", "above": 0}]}, "changes nothing"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(row: dict[str, object], fault: str) -> None:
    with pytest.raises(EvidenceError, match=fault):
        read_changes({"change": [{"label": {"en": "a", "zh": "甲"}, **row}]})

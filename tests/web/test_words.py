"""Every word of a page stands in the wording, in both languages, and is written as each language writes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

from myosteon.app.web import wording as wording_room
from myosteon.app.web.access import PERMISSIONS
from myosteon.app.web.rendering import check_templates, environment, said_keys, template_names
from myosteon.app.web.wording import say, wording
from myosteon.errors import EvidenceError

ROOM = Path(wording_room.__file__).parent
TEMPLATES = ROOM / "templates"
TAG = re.compile(r"<[^>]*>", re.DOTALL)
# Attributes whose text a person reads or hears.
READ = re.compile(r'\b(?:aria-label|title|alt|placeholder|aria-description)="([^"]*)"')
LETTER = re.compile(r"[^\W\d_]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Written alike in both languages, or no sentence.
ALIKE = re.compile(r"^(brand|language\.|month\.|day\.)")


BRACES = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Names that are no words of a language.
NAMES = {"doi"}


def text_parts(name: str) -> str:
    """The template with everything between braces taken out."""
    return BRACES.sub("\x01", (TEMPLATES / name).read_text(encoding="utf-8"))


def written_out(name: str) -> list[str]:
    """Words that a template puts out as strings between braces."""
    tree = environment().parse((TEMPLATES / name).read_text(encoding="utf-8"))
    return [
        str(part.value)
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
        if isinstance(part, nodes.Const) and re.search(r"[^\W\d_]{2,}", str(part.value))
    ]


@pytest.mark.parametrize("name", list(template_names()))
def test_a_template_holds_no_word_of_its_own(name: str) -> None:
    text = text_parts(name)
    # What hangs on something filled in by a hyphen is an identifier.
    bare = re.sub(r"\x01-\w+|&\w+;", " ", TAG.sub(" ", text))
    assert set(re.findall(r"[^\W\d_]{2,}", bare)) <= NAMES
    assert written_out(name) == []
    assert not [heard for heard in READ.findall(text) if LETTER.search(heard.replace("\x01", ""))]
    assert "placeholder=" not in text, "a placeholder is no label"


def test_a_template_with_a_word_of_its_own_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.html").write_text('<p class="x">Hello {{ say("brand") }}</p>', encoding="utf-8")
    monkeypatch.setattr("web.test_words.TEMPLATES", tmp_path)
    with pytest.raises(AssertionError):
        test_a_template_holds_no_word_of_its_own("bad.html")


def test_a_sentence_that_is_missing_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(wording())
    del known["sign_in.title"]
    monkeypatch.setattr("myosteon.app.web.rendering.wording", lambda: known)
    with pytest.raises(EvidenceError, match=r"sign_in\.title"):
        check_templates.__wrapped__()


def is_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("call", "then")


def test_every_key_that_the_code_names_is_there() -> None:
    missing = []
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            # Other rooms have voices of their own: only what a call says is in our wording.
            ours = (
                isinstance(node.func, ast.Attribute) and node.func.attr == "say" and is_call(node.func.value)
            )
            first = node.args[0] if node.args else None
            if ours and isinstance(first, ast.Constant) and first.value not in wording():
                missing.append((file.name, first.value))
            missing += [
                (file.name, word.value.value)
                for word in node.keywords
                if word.arg == "done"
                and isinstance(word.value, ast.Constant)
                and word.value.value not in wording()
            ]
    assert missing == []


def test_no_sentence_of_the_shell_is_left_over() -> None:
    used = {key for name in template_names() for key in said_keys(name)}
    code = "\n".join(
        file.read_text(encoding="utf-8") for kind in ("*.py", "*.html") for file in ROOM.rglob(kind)
    )
    # Keys that are put together from a word of the data.
    built = (
        "month.",
        "weekday.",
        "role.",
        "sign.",
        "mark.",
        "rung.",
        "trail.",
        "error.",
        "language.",
        "users.may_",
        "sign_in.",
    )
    own = {
        key
        for key in wording()
        if key.split(".")[0]
        in ("shell", "menu", "form", "conflict", "password", "settings", "clinic", "users", "backups")
    }
    left = {
        key
        for key in own - used
        if f'"{key}"' not in code and f"'{key}'" not in code and not key.startswith(built)
    }
    assert left == set()


def test_chinese_is_chinese_and_punctuated_so() -> None:
    slips = re.compile(r"[\u4e00-\u9fff] ?[,:;()?!]|[,;()?!][\u4e00-\u9fff]")
    faults = [
        key
        for key, sentence in wording().items()
        if slips.search(sentence["zh"])
        # That word stands only in what a patient takes home.
        or "您" in sentence["zh"]
        or (CHINESE.search(sentence["en"]) and not ALIKE.match(key))
    ]
    assert faults == []


def test_a_sentence_escapes_its_parts_and_keeps_markup() -> None:
    from markupsafe import Markup

    assert say("shell.who", "en", name="<b>", clinic="x") == "<b>, x"
    assert say("shell.who", "en", name="<b>", clinic=Markup("<i>x</i>")) == "&lt;b&gt;, <i>x</i>"
    assert environment().from_string("{{ say }}").render(say="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    "broken",
    ["a = {en = 'x'}", "a = {en = 'x', zh = 'y', de = 'z'}", "a = {en = '{b}', zh = 'y'}", "a = 'x'"],
)
def test_a_sentence_that_lacks_a_language_or_a_part_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (tmp_path / "wording.toml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr("myosteon.app.web.wording.files", lambda _: tmp_path)
    wording.cache_clear()
    try:
        with pytest.raises(EvidenceError, match="a"):
            wording()
    finally:
        monkeypatch.undo()
        wording.cache_clear()
        wording()


def test_every_permission_is_used_or_waits_for_its_page() -> None:
    assert {"public", "self", "person.read", "users.write"} <= set(PERMISSIONS)

"""Every sentence stands in both languages, takes the same parts in both, and is used."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

import myosteon.readers
from myosteon.errors import FileUnreadable
from myosteon.readers.reading import in_language
from myosteon.readers.wording import Sentence, list_names, load_wording, name_unit, say, show_number
from myosteon.vocabulary.measures import load_measures

FOLDER = Path(myosteon.readers.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))


def sentences(entry: dict[str, Any], key: str = "") -> list[tuple[str, str, str]]:
    if set(entry) == {"en", "zh"}:
        return [(key, entry["en"], entry["zh"])]
    return [found for name, below in entry.items() for found in sentences(below, f"{key}.{name}".lstrip("."))]


SENTENCES = sentences(load_wording())


def parts(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))


@pytest.mark.parametrize(("key", "en", "zh"), SENTENCES, ids=[key for key, _, _ in SENTENCES])
def test_both_languages_say_the_same(key: str, en: str, zh: str) -> None:
    assert parts(en) == parts(zh)
    assert not re.search(r"[\u3000-\u9fff]", en) or "是/否" in en
    words_only = re.sub(r"\{\w+\}|[\W\d_]", "", zh)
    spoken = key.split(".")[0] in ("error", "notice", "refused", "remedy_by_kind")
    assert not spoken or re.search(r"[\u4e00-\u9fff]", words_only)
    assert "您" not in zh
    assert "阴性" not in zh


@pytest.mark.parametrize(
    "key", [key for key, _, _ in SENTENCES if not key.startswith(("unit.", "kind.", "remedy_by_kind."))]
)
def test_every_sentence_is_used(key: str) -> None:
    name = key.split(".")[1] if key.split(".")[0] in ("refused", "notice", "separator", "frame") else key
    assert f'"{name}"' in CODE or f'"{key}"' in CODE


def test_every_kind_has_a_remedy() -> None:
    assert set(load_wording()["kind"]) == set(load_wording()["remedy_by_kind"])


def test_every_named_unit_is_a_unit_of_the_vocabulary() -> None:
    units = {measure.unit for measure in load_measures().values()}
    units |= {other.unit for measure in load_measures().values() for other in measure.alternative_units}
    assert set(load_wording()["unit"]) <= units | {"d"}


def test_a_sentence_prints_in_english_and_carries_its_chinese() -> None:
    error = FileUnreadable(say("error.empty_file", path="a.csv"))
    assert str(error) == "a.csv is empty. Export the table again."
    assert in_language(error, "zh") == "a.csv 是空文件。请重新导出表格。"
    assert in_language(FileUnreadable("plain"), "zh") == "plain"
    assert in_language(FileUnreadable(), "zh") == ""


def test_a_sentence_crosses_to_another_process() -> None:
    sentence = pickle.loads(pickle.dumps(Sentence("one", "一")))
    assert (sentence, sentence.zh) == ("one", "一")


def test_small_words() -> None:
    assert name_unit("kg") == " kg"
    assert name_unit("a").zh == ""
    assert name_unit("{score}") == ""
    assert name_unit(None) == ""
    assert name_unit("%") == "%"
    assert show_number(315.0) == "315"
    assert show_number(0.005) == "0.005"
    assert show_number(-0.0) == "0"
    assert list_names(["a", "b", "c"], most=2).zh == "a、b、另有1个"

"""The page of measures: everything that can be known about a person at a visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from manual.markdown import code, codes, page, plain, table
from myosteon.evidence.types import Language, Status
from myosteon.outputs.guideline_wording import GuidelineVoice
from myosteon.vocabulary.measures import load_groups, load_measures
from myosteon.vocabulary.types import Measure


class Words(NamedTuple):
    """What the page says in one language."""

    title: str
    opening: str
    head: tuple[str, ...]
    hints: str
    colon: str
    between: str


WORDS: dict[Language, Words] = {
    "en": Words(
        "Measures",
        "Every column that a file of people may have. Only `sex` and `age_years` are required; whatever else is missing is "
        "unknown, never normal. A value outside the range is impossible and is refused; one outside the usual range is kept "
        "and asked about. Tier is the lowest level of care that can usually measure it: 1 village or community, 2 county "
        "hospital, 3 teaching hospital.",
        (
            "Column",
            "Name",
            "Kind",
            "Unit",
            "Range",
            "Usual range",
            "Words",
            "Other columns",
            "Tier",
            "Meaning",
        ),
        "How to measure or ask",
        ": ",
        " to ",
    ),
    "zh": Words(
        "测量项目",
        "数据文件中可用的所有列。只有`sex`和`age_years`必填；其余未填即为未知，不当作正常。超出范围的值不可能出现，拒收；"
        "超出常见范围的值保留，但提示核对。级别指通常能测该项的最低医疗机构：1为村或社区，2为县医院，3为教学医院。",
        ("列名", "名称", "类型", "单位", "范围", "常见范围", "取值", "其他单位的列", "级别", "契约原文"),
        "怎么测、怎么问",
        "：",
        "～",
    ),
}
KINDS = {
    "en": {
        "string": "text",
        "date": "date",
        "category": "word",
        "bool": "yes/no",
        "int": "whole number",
        "float": "number",
        "list": "list",
    },
    "zh": {
        "string": "文本",
        "date": "日期",
        "category": "词",
        "bool": "是/否",
        "int": "整数",
        "float": "数",
        "list": "列表",
    },
}


MARK = {"en": " ({})", "zh": "（{}）"}


def words_of(status: Status, language: Language) -> str:
    """A mark as a word."""
    return GuidelineVoice(language).say(f"mark.{status}")


def measures_page(language: Language) -> str:
    """Every measure by group, with units, ranges, words and how to ask."""
    words = WORDS[language]
    return page(words.title, _body(words, language), language)


def _body(words: Words, language: Language) -> Iterator[str]:
    yield words.opening
    for name, group in load_groups().items():
        measures = [measure for measure in load_measures().values() if measure.group == name]
        yield from ("", f"## {group.label.in_language(language)}", "")
        yield from table(words.head, (_row(measure, words, language) for measure in measures))
        hints = [measure for measure in measures if measure.hint]
        if hints:
            yield from ("", f"{words.hints}{words.colon.strip()}", "")
        for measure in hints:
            assert measure.hint
            yield f"- {code(measure.name)}{words.colon}{measure.hint.in_language(language)}"


def _row(measure: Measure, words: Words, language: Language) -> tuple[str, ...]:
    usual = measure.plausible
    choices = [
        f"{code(word)} {measure.word_labels[word].in_language(language)}"
        if word in measure.word_labels
        else code(word)
        for word in measure.words
    ]
    return (
        code(measure.name),
        measure.label.in_language(language),
        KINDS[language][measure.type],
        measure.unit or "",
        _range(measure.hard_min, measure.hard_max, words.between),
        _range(usual.min, usual.max, words.between) + MARK[language].format(words_of(usual.status, language))
        if usual
        else "",
        ", ".join(choices),
        codes(alternative.column for alternative in measure.alternative_units),
        str(measure.tier),
        measure.meaning,
    )


def _range(low: float | None, high: float | None, between: str) -> str:
    return "" if low is None or high is None else f"{plain(low)}{between}{plain(high)}"

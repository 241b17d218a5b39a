"""A plan, and the page for the person, as PDF that a screen reader can read (PDF/UA-1); never a page of boxes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.errors import MissingPart
from myosteon.outputs.handout_fit import attempts
from myosteon.outputs.handout_types import Handout
from myosteon.outputs.plan_fonts import Typesetter, find_typesetter, remedy
from myosteon.outputs.plan_view_types import PlanView, ViewPaper
from myosteon.outputs.plan_voice import PlanVoice

# A note is set smaller before it goes beyond three sheets; nothing of it is ever cut.
NOTE_SCALES = (1.0, 0.94, 0.88, 0.84)
MOST_PAGES = 3
WORDS = (
    "dates",
    "ask_next",
    "not_judged",
    "review",
    "gates",
    "suppressed",
    "questions",
    "settled",
    "not_applied",
    "recommenders",
    "sources",
)
# The standard asks that every character has a glyph, so that typst refuses what would be printed as a box.
STANDARD = ["ua-1"]
NO_GLYPH = "could not be displayed"
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+(?:[\s.]*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)*"
)


def plan_pdf(view: PlanView) -> bytes:
    """The plan as PDF.

    Raises:
        MissingPart: typst, or a font with some character of the plan, is not installed; the message says how to get it.
    """
    setter = typesetter_for(view.language)
    voice = PlanVoice("zh" if view.language == "zh" else "en")
    words = {key: voice.say(f"section.{key}") for key in WORDS}
    words |= {key: voice.say(f"line.{key}") for key in ("stop_rule", "due")}
    if not setter.has_chinese:
        view = replace(view, papers=tuple(_in_latin(paper, voice) for paper in view.papers))
    made = b""
    for scale in NOTE_SCALES:
        made = compile_pdf(setter, "plan.typ", {**asdict(view), "words": words, "scale": scale})
        if _pages(made) <= MOST_PAGES:
            break
    return made


def handout_pdf(handout: Handout) -> bytes:
    """The page for the person as PDF on one sheet of A4: set a step smaller where it is long, then shortened.

    Raises:
        MissingPart: as for `plan_pdf`.
    """
    setter = typesetter_for(handout.language)
    made = b""
    for page in attempts(handout):
        made = compile_pdf(setter, "handout.typ", {**asdict(page), "keep": ()})
        if _pages(made) == 1:
            break
    return made


def typesetter_for(language: str) -> Typesetter:
    """What sets a page in a language.

    Raises:
        MissingPart: as for `plan_pdf`.
    """
    setter = find_typesetter()
    if language == "zh" and not setter.has_chinese:
        raise MissingPart(remedy("pdf.no_chinese"))
    return setter


def _in_latin(paper: ViewPaper, voice: PlanVoice) -> ViewPaper:
    """A paper whose Chinese title cannot be printed: that it is Chinese is said in its place."""
    told = voice.say("pdf.chinese_title")
    return replace(paper, citation=CHINESE.sub(told, paper.citation))


def _pages(pdf: bytes) -> int:
    """How many pages a PDF says that it has."""
    return max(int(count) for count in PAGE_COUNT.findall(pdf))


@cache
def _template(name: str) -> bytes:
    return (files("myosteon.outputs") / "typst" / name).read_bytes()


def compile_pdf(setter: Typesetter, template: str, view: Mapping[str, Any]) -> bytes:
    """A template of `typst` filled with a view, as PDF.

    Raises:
        MissingPart: no font has some character.
    """
    fonts = {
        "sans": setter.sans,
        "serif": setter.serif,
        "has_bold": setter.has_bold,
        "has_latin_bold": setter.has_latin_bold,
    }
    try:
        made: bytes = setter.typst.compile(
            _template(template),
            font_paths=setter.fonts,
            sys_inputs={"view": json.dumps(view, ensure_ascii=False), "fonts": json.dumps(fonts)},
            pdf_standards=STANDARD,
        )
    except setter.typst.TypstError as error:
        # What is said of a person may be in the typesetter's message, so it goes no further.
        if NO_GLYPH in str(error):
            raise MissingPart(remedy("pdf.no_glyph")) from None
        raise
    return made

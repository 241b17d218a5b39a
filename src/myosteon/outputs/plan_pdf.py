"""A plan, and the page for the person, as PDF with the fonts of the machine or of the extra `fonts`; never a page of boxes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from myosteon.errors import MissingPart
from myosteon.outputs.handout_types import Handout
from myosteon.outputs.plan_view_types import PlanView
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.vocabulary.types import Label

# The first family that is there is used; Latin ones first, so that figures look alike in both languages.
LATIN_SANS = ("Roboto", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica Neue", "Segoe UI")
LATIN_SERIF = ("P052", "Palatino", "Palatino Linotype", "Libertinus Serif", "Liberation Serif", "Georgia")
CHINESE_SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Heiti SC",
    "WenQuanYi Zen Hei",
    "SimHei",
)
CHINESE_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    *CHINESE_SANS,
)
# Fonts with an open licence (OFL) in the package that the extra `fonts` installs.
EXTRA_PACKAGE = "mplfonts"
WORDS = ("dates", "ask_next", "not_judged", "gates", "suppressed", "sources")
# A page for the person that is longer than a sheet is set smaller, to no less than is still read with ease.
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
SCALES = (1.0, 0.93, 0.86, 0.8)


def plan_pdf(view: PlanView) -> bytes:
    """The plan as PDF.

    Raises:
        MissingPart: typst, or a font with Chinese, is not installed; the message says how to get it.
    """
    voice = PlanVoice("zh" if view.language == "zh" else "en")
    words = {key: voice.say(f"section.{key}") for key in WORDS}
    words |= {key: voice.say(f"line.{key}") for key in ("stop_rule", "due")}
    return _compile("plan.typ", {**asdict(view), "words": words})


def handout_pdf(handout: Handout) -> bytes:
    """The page for the person as PDF on one sheet of A4.

    Raises:
        MissingPart: as for `plan_pdf`.
    """
    made = b""
    for scale in SCALES:
        made = _compile("handout.typ", asdict(handout), scale=str(scale))
        if _pages(made) == 1:
            break
    return made


def _pages(pdf: bytes) -> int:
    """How many pages a PDF says that it has."""
    return max(int(count) for count in PAGE_COUNT.findall(pdf))


def _compile(template: str, view: Mapping[str, Any], **inputs: str) -> bytes:
    typst, fonts, families = _typst()
    text = json.dumps(view, ensure_ascii=False)
    if any(ord(character) > 0x2E7F for character in text) and not families & set(CHINESE_SANS):
        raise MissingPart(_no_chinese())
    source = (files("myosteon.outputs") / "typst" / template).read_bytes()
    made: bytes = typst.compile(
        source,
        font_paths=fonts,
        sys_inputs={
            "view": text,
            "sans": json.dumps(_there((*LATIN_SANS, *CHINESE_SANS), families)),
            "serif": json.dumps(_there((*LATIN_SERIF, *CHINESE_SERIF), families)),
            **inputs,
        },
    )
    return made


def _there(wanted: Iterable[str], families: frozenset[str]) -> list[str]:
    found = [family for family in wanted if family in families]
    latin = [family for family in found if family not in CHINESE_SERIF]
    chinese = [family for family in found if family in CHINESE_SERIF]
    return [*latin[:1], *chinese[:1]]


@cache
def _typst() -> tuple[Any, Any, frozenset[str]]:
    """The typesetter and the fonts it finds: those of the machine, else also those of the extra."""
    # Loaded here: it is an extra, and searching fonts takes a while.
    try:
        import typst
    except ImportError as error:
        raise MissingPart(_no_typst()) from error
    fonts = typst.Fonts()
    families = frozenset(fonts.families())
    if not families & set(CHINESE_SANS) and _extra_fonts():
        fonts = typst.Fonts(font_paths=_extra_fonts())
        families = frozenset(fonts.families())
    return typst, fonts, families


def _extra_fonts() -> list[str]:
    found = find_spec(EXTRA_PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    return [str(Path(folder) / "fonts") for folder in folders if (Path(folder) / "fonts").is_dir()]


def _no_typst() -> Label:
    return _remedy("pdf.no_typst")


def _no_chinese() -> Label:
    return _remedy("pdf.no_chinese")


def _remedy(key: str) -> Label:
    return Label(PlanVoice("en").say(key), PlanVoice("zh").say(key))

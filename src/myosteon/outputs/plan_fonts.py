"""Which fonts a PDF is set with: those of the machine, else those of the extra `fonts`. Only open fonts are taken from the extra.

A font that is not named here is never used, and a character that none of the chosen fonts has stops the PDF: a sheet with
boxes in the place of words is never made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from myosteon.errors import MissingPart
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
)
CHINESE_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
)
# What the typesetter brings with it, for signs that the others lack.
EMBEDDED = ("Libertinus Serif", "DejaVu Sans Mono")
# Of the families that the extra brings only these are open (SIL Open Font License); it also holds SimHei, which is not.
EXTRA_PACKAGE = "mplfonts"
EXTRA_FAMILIES = ("Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Serif SC")
BOLD = 600


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Typst, the fonts that it may use, and the families chosen for text and for titles.

    `has_chinese` says whether the chosen families have Chinese, `has_bold` whether Chinese has a bold weight, and
    `has_latin_bold` whether Latin letters in text have one.
    """

    typst: Any
    fonts: Any
    sans: tuple[str, ...]
    serif: tuple[str, ...]
    has_chinese: bool
    has_bold: bool
    has_latin_bold: bool


@cache
def find_typesetter(*, fonts_of_the_machine: bool = True) -> Typesetter:
    """The typesetter with the fonts that were found. Searching them takes a tenth of a second, so it is done once.

    Args:
        fonts_of_the_machine: False as if the machine had no font at all.

    Raises:
        MissingPart: typst is not installed.
    """
    # Loaded here: it is an extra.
    try:
        import typst
    except ImportError as error:
        raise MissingPart(remedy("pdf.no_typst")) from error
    fonts = typst.Fonts(include_system_fonts=fonts_of_the_machine)
    families = frozenset(fonts.families())
    if not families & set(CHINESE_SANS):
        fonts = typst.Fonts(include_system_fonts=fonts_of_the_machine, font_paths=_extra_fonts())
        families |= frozenset(fonts.families()) & frozenset(EXTRA_FAMILIES)
    return _choose(typst, fonts, families)


def _choose(typst: Any, fonts: Any, families: frozenset[str]) -> Typesetter:
    chinese = _first(CHINESE_SANS, families)
    # A typesetter without any sans of its own still has the serif that it brings.
    latin_serif = _first(LATIN_SERIF, families)
    latin = _first(LATIN_SANS, families) or (() if chinese else latin_serif)
    serif = _first(CHINESE_SERIF, families)
    heavy = {font.family for font in fonts.fonts() if font.weight >= BOLD}
    return Typesetter(
        typst,
        fonts,
        sans=_each_once(*latin, *chinese, *serif, *latin_serif, *EMBEDDED),
        serif=_each_once(*latin_serif, *serif, *chinese, *EMBEDDED),
        has_chinese=bool(chinese),
        has_bold=bool(heavy & set(chinese)),
        has_latin_bold=bool(heavy & set(latin or chinese)),
    )


def _first(wanted: Iterable[str], families: frozenset[str]) -> tuple[str, ...]:
    return tuple(family for family in wanted if family in families)[:1]


def _each_once(*families: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(families))


def _extra_fonts() -> list[str]:
    found = find_spec(EXTRA_PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    return [str(Path(folder) / "fonts") for folder in folders if (Path(folder) / "fonts").is_dir()]


def remedy(key: str, **parts: str) -> Label:
    """What to do, in both languages."""
    return Label(PlanVoice("en").say(key, **parts), PlanVoice("zh").say(key, **parts))

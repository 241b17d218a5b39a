"""Guidelines in words: the list of them, every number of one, and two of them side by side.

Each page is made once (`list_page`, `guideline_page`, `comparison_page`) and written in a format; a terminal draws it with
`page_rich.page_for_terminal`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from myosteon.errors import InputError
from myosteon.evidence.types import Language
from myosteon.outputs.guideline_comparison import comparison_page
from myosteon.outputs.guideline_list import list_page
from myosteon.outputs.guideline_page import guideline_page
from myosteon.outputs.guideline_structure import AssessorLike, GuidelineLike
from myosteon.outputs.guideline_wording import LANGUAGES
from myosteon.outputs.page import Page
from myosteon.outputs.page_html import page_as_html
from myosteon.outputs.page_markdown import page_as_markdown
from myosteon.outputs.page_text import page_as_text


def list_guidelines(
    guidelines: Iterable[GuidelineLike], language: Language = "en", format: str = "text"
) -> str:
    """A table of guidelines: id, name, year, what it judges, for whom, how far its numbers were checked, paper.

    Args:
        guidelines: those to list.
        language: `en` or `zh`.
        format: `text` (aligned columns), `json`, `md` or `html`.

    Raises:
        InputError: another language or format.
    """
    return write_page(list_page(tuple(guidelines), _known(language)), format)


def show_guideline(
    guideline: GuidelineLike, assessor: AssessorLike, language: Language = "en", format: str = "text"
) -> str:
    """Every number of one guideline with comparison, sex, ages, method, unit, source and mark; its stages, scope and columns.

    Args and errors as `list_guidelines`; `assessor` holds the rules.
    """
    return write_page(guideline_page(guideline, assessor, _known(language)), format)


def compare_guidelines(
    first: GuidelineLike,
    second: GuidelineLike,
    assessor: AssessorLike,
    language: Language = "en",
    format: str = "text",
) -> str:
    """Two guidelines side by side: the main difference in a sentence, every number of both, and one person under both.

    Args and errors as `list_guidelines`; `assessor` holds the rules of both.
    """
    return write_page(comparison_page(first, second, assessor, _known(language)), format)


def write_page(page: Page, format: str) -> str:
    """The page in a format.

    Raises:
        InputError: a format that is none of text, json, md, html.
    """
    if format not in WRITERS:
        raise InputError(f"the format {format!r} is not known; choose one of: {', '.join(WRITERS)}")
    return WRITERS[format](page)


def _known(language: Language) -> Language:
    if language not in LANGUAGES:
        raise InputError(f"the language {language!r} is not known; choose one of: {', '.join(LANGUAGES)}")
    return language


def _as_json(page: Page) -> str:
    return json.dumps(page.data, ensure_ascii=False, indent=2) + "\n"


WRITERS: Mapping[str, Callable[[Page], str]] = {
    "text": page_as_text,
    "json": _as_json,
    "md": page_as_markdown,
    "html": page_as_html,
}

"""Shows the guidelines: drawn in a terminal, plain when piped, or as a file."""

from __future__ import annotations

from pathlib import Path

from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language, is_terminal
from myosteon.assess import Assessor, make_assessor
from myosteon.errors import InputError
from myosteon.guidelines import installed_guidelines
from myosteon.outputs.guideline_comparison import comparison_page
from myosteon.outputs.guideline_list import list_page
from myosteon.outputs.guideline_page import guideline_page
from myosteon.outputs.guidelines import write_page
from myosteon.outputs.page import Page
from myosteon.outputs.page_rich import page_for_terminal
from myosteon.outputs.question_list import question_page
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.rules.guideline import Guideline, Settings


def show_list(format: str, output: Path | None, language: Language) -> None:
    """Every installed guideline."""
    show_page(list_page(tuple(installed_guidelines().values()), language), format, output)


def show_guideline_page(id: str, format: str, output: Path | None, language: Language) -> None:
    """One guideline with every number.

    Raises:
        InputError: it is not installed, or the format is unknown.
    """
    show_page(guideline_page(_find(id), _assessor(), language), format, output)


def show_comparison(first: str, second: str, format: str, output: Path | None, language: Language) -> None:
    """Two guidelines side by side.

    Raises:
        InputError: one is not installed, or the format is unknown.
    """
    show_page(comparison_page(_find(first), _find(second), _assessor(), language), format, output)


def _assessor() -> Assessor:
    return make_assessor(strata=True)


def _find(id: str) -> Guideline:
    installed = installed_guidelines()
    if id not in installed:
        raise InputError(f"no guideline is called {id}; installed are {', '.join(installed)}")
    return installed[id]


def show_questions(corpus: Path | None, format: str, output: Path | None, language: Language) -> None:
    """Every question of a corpus of recommendations, ours where None.

    Raises:
        MyosteonError: the corpus cannot be used, or the format is unknown.
    """
    runner = GuidanceRunner(Settings(), corpus)
    voice = RecommendationVoice(language, runner.assessor.graph, runner.corpus)
    show_page(question_page(voice), format, output)


def show_page(page: Page, format: str, output: Path | None) -> None:
    """Draws a page in a terminal, or writes it.

    Raises:
        InputError: the format is unknown, or the file cannot be written.
    """
    if format == "text" and output is None and is_terminal():
        from rich.console import Console  # a pipe never needs it, and it is slow to load

        Console().print(page_for_terminal(page))
    else:
        write_text(write_page(page, format), output)

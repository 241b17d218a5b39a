"""Shows a corpus of recommendations: its sources, questions by sources, two sources side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from myosteon.app.guidance_run import GuidanceRunner
from myosteon.app.guideline_pages import show_page
from myosteon.app.results_file import write_text
from myosteon.app.screen import Language
from myosteon.app.texts import both, tell
from myosteon.errors import InputError
from myosteon.evidence.corpus_types import Corpus
from myosteon.guidance.source_difference import compare_sources
from myosteon.guidelines import find_guideline
from myosteon.outputs.corpus_html import matrix_html, source_difference_html
from myosteon.outputs.corpus_matrix import Matrix, corpus_matrix, matrix_csv
from myosteon.outputs.recommendation_voice import RecommendationVoice
from myosteon.outputs.source_difference_table import source_difference_csv, source_difference_json
from myosteon.outputs.source_difference_text import source_difference_text
from myosteon.outputs.source_difference_view import SourceComparison, source_comparison
from myosteon.outputs.source_list import source_page
from myosteon.outputs.wording.load import LANGUAGES
from myosteon.rules.guideline import Settings
from myosteon.vocabulary.types import Label

Shown = TypeVar("Shown")
MOST_NEAR = 4
DIFFERENCE: Mapping[str, Callable[[SourceComparison, RecommendationVoice], str]] = {
    "text": lambda view, _: source_difference_text(view),
    "html": lambda view, _: source_difference_html(view),
    "json": lambda view, _: source_difference_json(view),
    "csv": source_difference_csv,
}
MATRIX: Mapping[str, Callable[[Matrix, RecommendationVoice], str]] = {
    "html": lambda matrix, _: matrix_html(matrix),
    "csv": matrix_csv,
}


def show_sources(corpus: Path | None, format: str, output: Path | None, language: Language) -> None:
    """Every source of a corpus, ours where None.

    Raises:
        MyosteonError: the corpus cannot be used, or the format is unknown.
    """
    show_page(source_page(_voice(corpus, language)), format, output)


def show_matrix(
    topic: str | None, corpus: Path | None, format: str, output: Path | None, language: Language
) -> None:
    """Questions by sources.

    Raises:
        MyosteonError: the corpus cannot be used, or the topic or the format is unknown.
    """
    write = _writer(format, MATRIX)
    voice = _voice(corpus, language)
    write_text(write(corpus_matrix(voice, topic), voice), output)


def show_difference(
    first: str, second: str, corpus: Path | None, format: str, output: Path | None, language: Language
) -> None:
    """Two sources side by side.

    Raises:
        MyosteonError: the corpus cannot be used, or a source or the format is unknown.
    """
    write = _writer(format, DIFFERENCE)
    if first == second:
        raise InputError(both("corpus_itself"))
    voice = _voice(corpus, language)
    for id in (first, second):
        if id not in voice.corpus.sources:
            raise InputError(_unknown(id, voice.corpus))
    found = compare_sources(voice.corpus, first, second)
    write_text(write(source_comparison(found, first, second, voice), voice), output)


def _voice(corpus: Path | None, language: Language) -> RecommendationVoice:
    runner = GuidanceRunner(Settings(), corpus)
    return RecommendationVoice(language, runner.assessor.graph, runner.corpus)


def _writer(
    format: str, writers: Mapping[str, Callable[[Shown, RecommendationVoice], str]]
) -> Callable[[Shown, RecommendationVoice], str]:
    if format not in writers:
        raise InputError(f"--format {format} is not known here; choose one of {', '.join(writers)}")
    return writers[format]


def _unknown(id: str, corpus: Corpus) -> Label:
    """What is said of an id that no source has, with the ids near it."""
    near = near_sources(id, corpus)
    said = {
        language: tell("corpus_near", language, near=", ".join(near)) if near else ""
        for language in LANGUAGES
    }
    key = "corpus_is_definition" if find_guideline(id) else "corpus_no_source"
    return Label(*(tell(key, language, id=id, near=said[language]).strip() for language in LANGUAGES))


def near_sources(id: str, corpus: Corpus) -> tuple[str, ...]:
    """The ids of sources that somebody who typed `id` may have meant: those that hold it, then those spelt nearly so."""
    asked = id.casefold()
    held = [
        source.id
        for source in corpus.sources.values()
        if any(asked in text.casefold() for text in (source.id, source.name.en, source.name.zh))
    ]
    begun = [one for one in corpus.sources if asked.rstrip("0123456789_") == one.rstrip("0123456789_")]
    spelt = get_close_matches(asked, corpus.sources, n=MOST_NEAR, cutoff=0.6)
    return tuple(dict.fromkeys((*held, *begun, *spelt)))[:MOST_NEAR]

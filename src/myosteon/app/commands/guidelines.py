"""`myosteon guidelines`: the definitions in words and numbers, and who recommends what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of

app = typer.Typer(
    no_args_is_help=True,
    help="Definitions: list, show, compare. Recommendations: sources, questions, matrix, diff.",
)

Format = Annotated[str, typer.Option("--format", help="text, json, md or html.")]
CorpusFolder = Annotated[
    Path | None, typer.Option("--corpus", help="Folder of a corpus of recommendations in place of ours.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")]


@app.command("list")
def list_all(format: Format = "text", output: Output = None, lang: Lang = None) -> None:
    """List every installed definition."""
    # The engine loads Polars.
    from myosteon.app.guideline_pages import show_list

    show_list(format, output, language_of(lang))


@app.command("show")
def show_one(
    id: Annotated[str, typer.Argument(help="Id of a definition, such as awgs2019.")],
    format: Format = "text",
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Show one definition: every number with its source and how far it was checked."""
    from myosteon.app.guideline_pages import show_guideline_page

    show_guideline_page(id, format, output, language_of(lang))


@app.command("compare")
def compare_two(
    first: Annotated[str, typer.Argument(help="Id of a definition.")],
    second: Annotated[str, typer.Argument(help="Id of another.")],
    format: Format = "text",
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Lay two definitions side by side."""
    from myosteon.app.guideline_pages import show_comparison

    show_comparison(first, second, format, output, language_of(lang))


@app.command("questions")
def list_questions(
    format: Format = "text",
    corpus: CorpusFolder = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """List every clinical question that the recommendations answer, with how many sources and how far they were read."""
    from myosteon.app.guideline_pages import show_questions

    show_questions(corpus, format, output, language_of(lang))


@app.command("sources")
def list_sources(
    format: Format = "text",
    corpus: CorpusFolder = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """List every source of recommendations, with its id and how far it was read."""
    from myosteon.app.corpus_pages import show_sources

    show_sources(corpus, format, output, language_of(lang))


@app.command("matrix")
def show_who_says_what(
    topic: Annotated[
        str | None, typer.Option("--topic", help="Only questions of this topic, such as drug_choice.")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="html or csv.")] = "html",
    corpus: CorpusFolder = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Show who says what: questions by sources, with strength, and how each text was read."""
    from myosteon.app.corpus_pages import show_matrix

    show_matrix(topic, corpus, format, output, language_of(lang))


@app.command("diff")
def compare_two_sources(
    first: Annotated[str, typer.Argument(help="Id of a source, such as china2022_op.")],
    second: Annotated[str, typer.Argument(help="Id of another, such as aace2020.")],
    format: Annotated[str, typer.Option("--format", help="text, json, html or csv.")] = "text",
    corpus: CorpusFolder = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Lay the recommendations of two sources side by side: where they agree, contradict each other, or only one speaks."""
    from myosteon.app.corpus_pages import show_difference

    show_difference(first, second, corpus, format, output, language_of(lang))

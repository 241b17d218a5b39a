"""`myosteon guidelines`: the definitions in words and numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from myosteon.app.options import Lang
from myosteon.app.screen import language_of

app = typer.Typer(
    no_args_is_help=True, help="List the definitions, show one with every number and source, compare two."
)

Format = Annotated[str, typer.Option("--format", help="text, json, md or html.")]
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
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder of a corpus of recommendations in place of ours.")
    ] = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """List every clinical question that the recommendations answer, with how many sources and how far they were read."""
    from myosteon.app.guideline_pages import show_questions

    show_questions(corpus, format, output, language_of(lang))

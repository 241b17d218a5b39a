"""The matrix of a corpus and two of its sources side by side, each one HTML file that opens anywhere: no network, no script."""

from __future__ import annotations

from markupsafe import Markup

from myosteon.outputs.corpus_matrix import Matrix
from myosteon.outputs.html_parts import environment, read_html
from myosteon.outputs.page_html import BRAND, MARK_PATHS, TONGUES
from myosteon.outputs.source_difference_view import SourceComparison

SHEETS = ("tokens.css", "recommendations.css", "corpus.css")
# How loud a direction is; the word says what it means.
TONES = {"for": "good", "against": "urgent", "neutral": "plain"}


def matrix_html(matrix: Matrix) -> str:
    """The matrix as a whole HTML document.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    return _render("corpus_matrix.html", matrix)


def source_difference_html(view: SourceComparison) -> str:
    """Two sources as a whole HTML document.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    return _render("source_difference.html", view)


def _render(template: str, view: Matrix | SourceComparison) -> str:
    text: str = (
        environment()
        .get_template(template)
        .render(
            view=view,
            tongue=TONGUES[view.language],
            styles=Markup("".join(read_html(sheet) for sheet in SHEETS)),
            brand=Markup(BRAND),
            marks={word: Markup(path) for word, path in MARK_PATHS.items()},
            tones=TONES,
            colon="：" if view.language == "zh" else ": ",
            comma="，" if view.language == "zh" else ", ",
        )
    )
    return text

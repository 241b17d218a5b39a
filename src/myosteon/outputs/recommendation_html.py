"""What guidelines say for one person as one HTML file that opens anywhere: no network, no script."""

from __future__ import annotations

from markupsafe import Markup

from myosteon.outputs.html_parts import environment, read_html
from myosteon.outputs.page_html import BRAND, MARK_PATHS, TONGUES
from myosteon.outputs.recommendation_view_types import RecommendationView

SHEETS = ("tokens.css", "recommendations.css")
# How loud a verdict is; the word says what it means.
TONES = {
    "disputed": "caution",
    "resolved_by_facts": "good",
    "agreed": "good",
    "conditional": "plain",
    "undetermined": "unknown",
    "not_applicable": "plain",
    "for": "good",
    "against": "urgent",
    "neutral": "plain",
}


def recommendation_html(view: RecommendationView) -> str:
    """The page as a whole HTML document.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    text: str = (
        environment()
        .get_template("recommendations.html")
        .render(
            view=view,
            tongue=TONGUES[view.language],
            styles=Markup("".join(read_html(sheet) for sheet in SHEETS)),
            brand=Markup(BRAND),
            marks={word: Markup(path) for word, path in MARK_PATHS.items()},
            tones=TONES,
            colon="：" if view.language == "zh" else ": ",
        )
    )
    return text

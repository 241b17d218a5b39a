"""What guidelines say for one person as one HTML file that opens anywhere: no network, no script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from myosteon.errors import MissingPart
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
        _environment()
        .get_template("recommendations.html")
        .render(
            view=view,
            tongue=TONGUES[view.language],
            styles=Markup("".join(_read(sheet) for sheet in SHEETS)),
            brand=Markup(BRAND),
            marks={word: Markup(path) for word, path in MARK_PATHS.items()},
            tones=TONES,
            colon="：" if view.language == "zh" else ": ",
        )
    )
    return text


@cache
def _environment() -> Any:
    # Imported here: text and JSON do without it.
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise MissingPart("A page needs Jinja2. Install it with: pip install jinja2") from error
    return Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _read(name: str) -> str:
    return (files("myosteon.outputs") / "html" / name).read_text(encoding="utf-8")

"""A plan, and the page for the person, each as one HTML file that opens anywhere: no network, no script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from myosteon.outputs.handout_fit import fitted
from myosteon.outputs.handout_types import Handout
from myosteon.outputs.html_parts import environment, read_html
from myosteon.outputs.page_html import BRAND, MARK_PATHS
from myosteon.outputs.plan_view_types import PlanView
from myosteon.outputs.plan_voice import PlanVoice

# A shape for each status; colour only repeats it.
ICONS: Mapping[str, str] = {
    "urgent": "M12 3 22 20.5H2zM12 10v5M12 17.8v.1",
    "do": "m5 12.5 4.5 4.5L19 7",
    "offer": "m5 12.5 4.5 4.5L19 7",
    "allowed": "m5 12.5 4.5 4.5L19 7",
    "avoid": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M5.8 5.8l12.4 12.4",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
    "check_first": "M9.5 9.5c0-3.5 5.2-3.2 5.2 0 0 2-2.7 2-2.7 4M12 16.8v.1M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18",
    "refer": "M4 18c0-6 4-9 15-9M14.5 4 19.5 9l-5 5",
    "specialist": "M4 18c0-6 4-9 15-9M14.5 4 19.5 9l-5 5",
    "disputed": "M12 3v18M7.5 8 3.5 12l4 4M16.5 8l4 4-4 4M3.5 12H9M15 12h5.5",
}
TONES: Mapping[str, str] = {
    "do": "good",
    "offer": "good",
    "allowed": "good",
    "avoid": "urgent",
    "stop": "urgent",
    "check_first": "unknown",
    "refer": "caution",
    "specialist": "caution",
    "disputed": "caution",
}


def plan_html(view: PlanView) -> str:
    """The plan as a whole HTML document.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    return _fill("plan.html", ("tokens.css", "plan.css"), view=view, language=view.language)


def handout_html(handout: Handout) -> str:
    """The page for the person as a whole HTML document; it prints on one sheet.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    page = fitted(handout)
    return _fill(
        "handout.html",
        ("tokens.css", "handout.css"),
        handout=page,
        size=round(100 * page.scale),
        language=page.language,
        pictures=[Markup(move.drawing) for move in page.moves],
    )


def _fill(template: str, sheets: tuple[str, ...], *, language: str, **content: Any) -> str:
    voice = PlanVoice("zh" if language == "zh" else "en")
    text: str = (
        environment()
        .get_template(template)
        .render(
            styles=Markup("".join(read_html(sheet) for sheet in sheets)),
            brand=Markup(BRAND),
            icons=ICONS,
            tones=TONES,
            marks={word: Markup(path) for word, path in MARK_PATHS.items()},
            say=voice.say,
            colon="：" if language == "zh" else ": ",
            **content,
        )
    )
    return text

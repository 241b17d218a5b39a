"""The templates and style sheets of pages, and what fills them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from myosteon.errors import MissingPart


@cache
def environment() -> Any:
    """What fills templates; a name that a template asks for in vain is an error, and texts are escaped.

    Raises:
        MissingPart: Jinja2 is not installed.
    """
    # Imported here: text, JSON and CSV do without it.
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise MissingPart("A page needs Jinja2. Install it with: pip install jinja2") from error
    return Environment(
        loader=FunctionLoader(read_html),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def read_html(name: str) -> str:
    """A template or style sheet."""
    return (files("myosteon.outputs") / "html" / name).read_text(encoding="utf-8")

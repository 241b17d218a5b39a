"""Fills the templates. What a template asks for in vain is an error, texts are escaped, and every word is in the wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes

from myosteon.app.web.static_files import static
from myosteon.app.web.wording import wording
from myosteon.errors import EvidenceError


@cache
def environment() -> Environment:
    """What fills templates."""
    made = Environment(
        loader=FunctionLoader(_load_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals["static"] = static
    return made


def fill(template: str, context: Mapping[str, Any]) -> str:
    """A template with what it asks for."""
    return environment().get_template(template).render(context)


def template_names() -> Iterator[str]:
    """Every template by its path."""
    yield from _names(files("myosteon.app.web") / "templates", "")


@cache
def check_templates() -> None:
    """Reads every template once, so that a missing sentence or a fault stops the start and not a page.

    Raises:
        EvidenceError: a template asks for a sentence that no wording file has.
    """
    for name in template_names():
        for key in said_keys(name):
            if key not in wording():
                raise EvidenceError(f"templates/{name}: no wording file has {key}")


def said_keys(name: str) -> Iterator[str]:
    """The wording keys that a template names outright; those it puts together are not seen."""
    tree = environment().parse(_read_template(name))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value)


def _load_template(name: str) -> tuple[str, str, None]:
    # With its name, so that the log of a fault says which template.
    return _read_template(name), name, None


def _read_template(name: str) -> str:
    return (files("myosteon.app.web") / "templates" / name).read_text(encoding="utf-8")


def _names(folder: Traversable, path: str) -> Iterator[str]:
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.is_dir():
            yield from _names(part, f"{path}{part.name}/")
        elif part.name.endswith(".html"):
            yield path + part.name

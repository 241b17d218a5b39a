"""What the command line says: results on standard output, everything else on standard error, in the person's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Literal

from myosteon.errors import MyosteonError

Language = Literal["en", "zh"]
LANGUAGE = "MYOSTEON_LANG"


def language_of(asked: str | None) -> Language:
    """The language asked for, else that of the environment (`MYOSTEON_LANG`, `LANG`), else English."""
    for word in (asked, os.environ.get(LANGUAGE), os.environ.get("LC_ALL"), os.environ.get("LANG")):
        if word:
            return "zh" if word.lower().startswith("zh") else "en"
    return "en"


def in_language(error: MyosteonError) -> str:
    """An error's message in the language of the environment; some messages exist in English only."""
    message = error.args[0] if error.args else str(error)
    return str(getattr(message, language_of(None), message))


def say(text: str) -> None:
    """One remark on standard error."""
    print(text, file=sys.stderr)


def say_error(text: str) -> None:
    """An error on standard error."""
    say(f"myosteon: {text}")


def is_terminal() -> bool:
    """Whether a person sits in front of standard output."""
    return sys.stdout.isatty()


def print_table(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str = "",
    left: Sequence[int] = (0,),
) -> None:
    """A table: ruled in a terminal, plain columns when piped; the columns `left` stand left, the others right.

    Chinese characters count as two columns wide.
    """
    if is_terminal():
        _print_ruled(title, header, rows, note, left)
    else:
        print("\n".join(plain_table(title, header, rows, note, left)))


def _print_ruled(
    title: str, header: Sequence[str], rows: Sequence[Sequence[str]], note: str, left: Sequence[int]
) -> None:
    # Rich takes a tenth of a second to load; a pipe never needs it.
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=title, caption=note or None, box=box.SIMPLE_HEAD, title_justify="left", caption_justify="left"
    )
    for place, name in enumerate(header):
        table.add_column(name, justify="left" if place in left else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def plain_table(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str = "",
    left: Sequence[int] = (0,),
) -> list[str]:
    """The lines of a table without rules."""
    widths = [max(width(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = [title] if title else []
    for row in (header, *rows):
        cells = [_pad(cell, widths[place], left=place in left) for place, cell in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
    return [*lines, *([note] if note else [])]


def width(text: str) -> int:
    """How many columns a text takes: a Chinese character two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _pad(text: str, columns: int, left: bool) -> str:
    space = " " * (columns - width(text))
    return text + space if left else space + text

"""Writes the manual from the vocabulary, the evidence, the rules and the tests of the specification.

python docs/generate.py            writes every page
python docs/generate.py --check    writes nothing; exits with 1 and names the pages that are stale, missing or left over
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
# Folders that hold pages of ours only.
FOLDERS = ("definitions", "recommendations")
# The reader of the specification's tables lives with its tests.
sys.path[:0] = [str(DOCS), str(DOCS.parent / "tests")]

from manual.pages import all_pages  # noqa: E402


def main(arguments: list[str]) -> int:
    """The exit status."""
    pages = {DOCS / name: text for name, text in all_pages(DOCS.parent).items()}
    if arguments == ["--check"]:
        return _check(pages)
    if arguments:
        print(f"unknown: {' '.join(arguments)}; --check is all that may be given", file=sys.stderr)
        return 2
    _write(pages)
    return 0


def _check(pages: dict[Path, str]) -> int:
    stale = [
        page for page, text in pages.items() if not page.exists() or page.read_text(encoding="utf-8") != text
    ]
    wrong = sorted(str(page.relative_to(DOCS)) for page in (*stale, *_left_over(pages)))
    for page in wrong:
        print(f"stale: {page}", file=sys.stderr)
    if wrong:
        print("run: make docs", file=sys.stderr)
    return 1 if wrong else 0


def _write(pages: dict[Path, str]) -> None:
    for page in _left_over(pages):
        page.unlink()
    for page, text in pages.items():
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8", newline="\n")


def _left_over(pages: dict[Path, str]) -> list[Path]:
    """Pages of definitions and of recommendations that are no longer there."""
    made = (page for folder in FOLDERS for page in sorted((DOCS / folder).glob("*.md")))
    return [page for page in made if page not in pages]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

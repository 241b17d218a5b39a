"""Takes a picture of every page of the made-up clinics: at a desk and on a phone, in both languages, one also in the dark.

python docs/screenshots.py FOLDER            every picture, into the folder
python docs/screenshots.py FOLDER NAME ...   only the pages of these names
python docs/screenshots.py --readme          the four of the README, into docs/pictures/clinic

Needs Debian's Chromium (apt-get install chromium) and playwright. A page that scrolls sideways, or whose console has something
against it, is named, and the exit status is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DOCS = Path(__file__).resolve().parent
# The list of every page stands with the tests.
sys.path.insert(0, str(DOCS.parent / "tests"))

from web.made_up_clinic import Look, MadeUpClinic, served_made_up  # noqa: E402

README = DOCS / "pictures" / "clinic"
FOUR = (("worklist", "en", False), ("person", "en", False), ("plan", "zh", False), ("visit-size", "zh", True))
DARK = ("person", "worklist", "visit-size")
LARGEST = 250_000
# Beside text a picture is shown small: a little less of the page, a little larger.
README_DESK = {"width": 1280, "height": 800}


def main(arguments: list[str]) -> int:
    """The exit status."""
    if not arguments:
        print("usage: python docs/screenshots.py FOLDER [NAME ...] | --readme", file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder, served_made_up(Path(folder)) as clinic:
        faults = list(
            _readme(clinic) if arguments == ["--readme"] else _all(clinic, Path(arguments[0]), arguments[1:])
        )
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _readme(clinic: MadeUpClinic) -> Iterator[str]:
    README.mkdir(parents=True, exist_ok=True)
    looks = {look.name: look for look in clinic.looks()}
    for name, language, phone in FOUR:
        file = README / f"{name}-{language}{'-phone' if phone else ''}.png"
        yield from _take(clinic, looks[name], language, file, whole=False, phone=phone)
        if file.stat().st_size > LARGEST:
            yield f"{file.name}: {file.stat().st_size} bytes, more than {LARGEST}"


def _all(clinic: MadeUpClinic, folder: Path, names: list[str]) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for look in clinic.looks():
        if names and look.name not in names:
            continue
        for language in ("en", "zh"):
            for phone in (False, True):
                file = folder / f"{look.name}-{language}-{'phone' if phone else 'desk'}.png"
                yield from _take(clinic, look, language, file, phone=phone)
                if look.name in DARK:
                    dark = file.with_stem(f"{file.stem}-dark")
                    yield from _take(clinic, look, language, dark, phone=phone, color_scheme="dark")


def _take(
    clinic: MadeUpClinic, look: Look, language: str, file: Path, *, whole: bool = True, **window: Any
) -> Iterator[str]:
    page = clinic.page(look.login, language, **window)
    if not whole and not window["phone"]:
        page.set_viewport_size(README_DESK)
    page.goto(look.path)
    page.screenshot(path=file, full_page=whole)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"{file.stem}: scrolls sideways"
    # A page that says that something is not there is itself answered with an error.
    yield from (f"{file.stem}: {fault}" for fault in page.faults if "Failed to load resource" not in fault)
    page.context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

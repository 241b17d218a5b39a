"""Every page of the made-up clinics before axe-core (WCAG 2.2 AA and its good practice), a narrow screen, and the browser's console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web.chromium import CHROMIUM, missing
from web.made_up_clinic import MadeUpClinic, served_made_up

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
# A page that is not there is answered with 404, and the browser says so.
EXPECTED = "Failed to load resource"
LEAST_PAGES = 50
CHECK = """(rules) => axe.run(document, {runOnly: rules}).then((found) => found.violations.map((one) =>
    `${one.id} (${one.impact}): ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`))"""
UNNAMED = "<input type='text'><p style='color:#999;background:#fff'>pale</p>"


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        import axe_playwright_python
    except ImportError:
        missing("axe-core (pip install axe-playwright-python)")
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeUpClinic]:
    if not Path(CHROMIUM).exists():
        missing("chromium")
    try:
        import playwright  # noqa: F401
    except ImportError:
        missing("playwright")
    with served_made_up(tmp_path_factory.mktemp("accessible")) as found:
        yield found


@pytest.mark.parametrize(("language", "phone", "dark"), [("en", False, False), ("zh", True, True)])
def test_every_page_passes_axe_and_fits_and_breaks_no_rule_of_its_own(
    clinic: MadeUpClinic, axe: str, language: str, phone: bool, dark: bool
) -> None:
    looks = clinic.looks()
    assert len(looks) >= LEAST_PAGES
    faults: list[str] = []
    for login in dict.fromkeys(look.login for look in looks):
        page = clinic.page(login, language, phone=phone, color_scheme="dark" if dark else "light")
        for look in (one for one in looks if one.login == login):
            page.faults.clear()
            page.goto(look.path)
            faults += [f"{look.name}: {fault}" for fault in _faults(page, axe)]
        page.context.close()
    assert faults == []


def _faults(page: Any, axe: str) -> Iterator[str]:
    page.evaluate(axe)
    yield from page.evaluate(CHECK, RULES)
    if page.locator("h1").count() != 1:
        yield "not one h1"
    if page.viewport_size["width"] < NARROW * 2:
        page.set_viewport_size({"width": NARROW, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth") > NARROW:
            yield "scrolls sideways at 320"
        page.set_viewport_size({"width": 390, "height": 844})
    yield from (fault for fault in page.faults if EXPECTED not in fault)


def test_the_check_finds_a_field_without_a_name_and_pale_text(clinic: MadeUpClinic, axe: str) -> None:
    page = clinic.chromium.new_page()
    page.set_content(UNNAMED)
    page.evaluate(axe)
    found = page.evaluate(CHECK, RULES)
    assert any(fault.startswith("label ") for fault in found)
    assert any(fault.startswith("color-contrast ") for fault in found)
    page.close()

"""The page for the person is one sheet whatever is on it, and what warns is never cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.long_handout import longest_handout
from care.test_plan_formats import LANGUAGES, pages_of, plan_for, squeezed
from myosteon.evidence.types import Language
from myosteon.outputs.handout_fit import FEWEST, SCALES, attempts, fitted, shorter
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.handout_words import load_items
from myosteon.outputs.plan_html import handout_html
from myosteon.outputs.plan_pdf import handout_pdf


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_page_is_one_sheet_and_keeps_what_warns(language: Language) -> None:
    longest = longest_handout(language)
    (sheet,) = pages_of(handout_pdf(longest))
    said = squeezed(sheet)
    assert longest.keep & set(longest.eat)
    for text in (*longest.keep, *longest.drugs, longest.top_text, longest.call, longest.telephone):
        assert squeezed(text) in said
    # Something had to go, and the person is told so.
    assert squeezed(longest.more_text) in said
    assert any(squeezed(text) not in said for text in (*longest.eat, *longest.falls))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_ten_times_as_long_is_still_one_sheet(language: Language) -> None:
    longest = longest_handout(language)
    more = tuple(f"{number} {text}" for number in range(10) for text in longest.eat)
    assert len(pages_of(handout_pdf(replace(longest, eat=more, falls=more)))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_from_a_page_that_fits(language: Language) -> None:
    handout = make_handout(plan_for("old", language))
    (sheet,) = pages_of(handout_pdf(handout))
    for text in (*handout.eat, *handout.falls, *handout.drugs, handout.following):
        assert squeezed(text) in squeezed(sheet)
    assert squeezed(handout.more_text) not in squeezed(sheet)
    assert fitted(handout).more == ""


def test_type_is_made_smaller_before_anything_is_cut() -> None:
    longest = longest_handout("en")
    found = list(attempts(longest))
    assert [page.scale for page in found[: len(SCALES)]] == list(SCALES)
    assert all(page.eat == longest.eat and not page.more for page in found[: len(SCALES)])
    assert found[len(SCALES)].more == longest.more_text


def test_a_list_is_cut_from_its_end_and_never_below_its_fewest() -> None:
    page = replace(
        longest_handout("en"), eat=("warns", "b", "c", "d"), falls=("x", "y"), keep=frozenset({"warns"})
    )
    first = shorter(page)
    assert first is not None
    assert first.eat == ("warns", "b", "c")
    last = page
    while (less := shorter(last)) is not None:
        last = less
    assert (len(last.eat), last.falls, last.following) == (FEWEST, ("x", "y"), "")
    assert last.drugs == page.drugs


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_a_browser_is_fitted_too(language: Language) -> None:
    page = handout_html(longest_handout(language))
    short = handout_html(make_handout(plan_for("little_known", language)))
    assert longest_handout(language).more_text in page
    assert 'class="sheet size-130"' in short


def test_medicines_that_are_only_offered_are_not_on_the_sheet() -> None:
    told = [item for item in load_items() if item.section == "drugs"]
    assert told
    assert not [item for item in told if not item.lines and "offer" in item.status]

"""A plan as text, page and PDF: the same lines in each, in both languages, with Chinese that can be read."""

from __future__ import annotations

import io
import os
from html import unescape
from pathlib import Path

import pytest

from care.made_up_care import graph, plan_of
from myosteon.evidence.clinic import clinic_of_tier
from myosteon.evidence.types import Language
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.handout_text import handout_text
from myosteon.outputs.handout_words import load_pictures
from myosteon.outputs.plan_html import handout_html, plan_html
from myosteon.outputs.plan_pdf import handout_pdf, plan_pdf
from myosteon.outputs.plan_text import plan_text
from myosteon.outputs.plan_types import Plan
from myosteon.outputs.plan_view import view_plan
from myosteon.outputs.text_width import width

GOLDEN = Path(__file__).parent.parent / "golden" / "plan"
PEOPLE: dict[str, dict[str, object]] = {
    "old": {
        "sex": "female",
        "age_years": 84.0,
        "height_cm": 151.0,
        "weight_kg": 52.0,
        "fracture_hip": True,
        "drug": "denosumab",
        "egfr_ml_min_1_73m2": 25.0,
        "creatinine_clearance_ml_min": 23.0,
        "gait_speed_m_s": 0.6,
    },
    "little_known": {"sex": "male", "age_years": 70.0, "fracture_hip": True},
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")
BOTH = [(name, language) for name in PEOPLE for language in LANGUAGES]


def plan_for(name: str, language: Language) -> Plan:
    clinic = clinic_of_tier(1, name="Heping", telephone="000-0000 0000")
    return plan_of(language, clinic, **PEOPLE[name])


def pages_of(pdf: bytes) -> list[str]:
    pypdf = pytest.importorskip("pypdf", reason="SKIPPED: reading a PDF back needs pypdf")
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_the_text_is_the_kept_one(name: str, language: Language) -> None:
    text = plan_text(view_plan(plan_for(name, language), graph(), "0"))
    kept = GOLDEN / f"{name}_{language}.txt"
    if os.environ.get("MYOSTEON_UPDATE_GOLDEN"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_the_text_fits_its_columns_and_is_plain_when_piped(name: str, language: Language) -> None:
    view = view_plan(plan_for(name, language), graph())
    for columns in (60, 80):
        assert all(width(line) <= columns for line in plan_text(view, columns).splitlines())
    assert "\x1b" not in plan_text(view)
    assert "\x1b[1m" in plan_text(view, terminal=True)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_format_has_every_line_with_reason_and_mark(name: str, language: Language) -> None:
    plan = plan_for(name, language)
    view = view_plan(plan, graph())
    page, text = squeezed(unescape(plan_html(view))), squeezed(plan_text(view))
    pdf = squeezed("".join(pages_of(plan_pdf(view))))
    for line in plan.lines:
        for said in (line.action, line.dose, line.reason, line.stop_rule):
            assert squeezed(said) in text
            assert squeezed(said) in page
            assert squeezed(said) in pdf
    for one in plan.not_judged:
        assert squeezed(one.heading) in pdf
        assert squeezed(one.heading) in page


def test_unknown_is_never_called_negative() -> None:
    for name in PEOPLE:
        plan = plan_for(name, "zh")
        assert "阴性" not in plan_text(view_plan(plan, graph()))
        assert "阴性" not in handout_text(make_handout(plan))


def test_the_page_fetches_nothing_runs_nothing_and_names_nobody_in_its_title() -> None:
    page = plan_html(view_plan(plan_for("old", "en"), graph()))
    for forbidden in ("<script", "http://", "https://", "@import", "url(", ' style="'):
        assert forbidden not in page
    assert "<title>Plan - Myosteon</title>" in page
    assert '<html lang="en">' in page
    assert "0417" in page


def test_values_of_a_file_are_text_in_a_page() -> None:
    plan = plan_of("en", None, person_id="<b>x</b>")
    assert "<b>x</b>" not in plan_html(view_plan(plan, graph()))
    assert "<b>x</b>" not in handout_html(make_handout(plan))


def test_contradictions_stand_side_by_side_and_only_there() -> None:
    view = view_plan(plan_for("old", "en"), graph())
    ((first, second),) = (dispute.sides for dispute in view.all_disputes())
    assert {first.id, second.id} == {"protein_more", "protein_less"}
    assert not [line for section in view.sections for line in section.lines if line.id.startswith("protein")]
    assert "protein" not in handout_text(make_handout(plan_for("old", "en"))).lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_for_the_person_is_one_sheet_that_says_what_to_do(name: str, language: Language) -> None:
    handout = make_handout(plan_for(name, language))
    (sheet,) = pages_of(handout_pdf(handout))
    said = [handout.title, handout.top_text, handout.move_note, handout.call, handout.telephone, handout.foot]
    for text in (*said, *handout.eat, *handout.falls, *handout.drugs):
        assert squeezed(text) in squeezed(sheet)
        assert squeezed(text) in squeezed(unescape(handout_html(handout)))
    assert not any(sign in handout_text(handout) for sign in ("%", "T-score", "T值"))


def test_pictures_come_only_with_a_line_that_lets_the_person_train() -> None:
    trains, does_not = (make_handout(plan_for(name, "en")) for name in ("old", "little_known"))
    assert len(trains.moves) == 5
    assert does_not.moves == ()
    assert "ask your doctor" in does_not.move_note.lower()


def test_pictures_fit_the_level_of_training() -> None:
    plan = plan_for("old", "en")
    seated = {move.id for move in make_handout(plan, "a").moves}
    assert seated == {"straighten_the_knee", "lift_the_knee_seated", "pull_the_band"}
    assert "stand_on_one_leg" in {move.id for move in make_handout(plan, "d").moves}
    assert all(picture.drawing.startswith("<svg") for picture in load_pictures())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_embeds_what_it_needs(language: Language) -> None:
    pypdf = pytest.importorskip("pypdf", reason="SKIPPED: reading a PDF back needs pypdf")
    pdf = pypdf.PdfReader(io.BytesIO(plan_pdf(view_plan(plan_for("old", language), graph()))))
    # The source is named in Chinese, so both have Chinese; a page of boxes would have no such characters.
    assert "骨质疏松" in "".join(page.extract_text() for page in pdf.pages)
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts
    assert all("/FontFile3" in one or "/FontFile2" in one for one in below)

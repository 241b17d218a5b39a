"""PDF on a machine with no fonts: Chinese comes from the extra's open fonts, and a box is never printed for a character."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import myosteon
from care.made_up_care import graph, plan_of
from care.test_plan_formats import LANGUAGES, pages_of, plan_for, squeezed
from myosteon.errors import MissingPart
from myosteon.evidence.types import Language
from myosteon.outputs import plan_fonts, plan_pdf
from myosteon.outputs.handout_maker import make_handout
from myosteon.outputs.plan_fonts import EXTRA_FAMILIES, find_typesetter
from myosteon.outputs.plan_view import view_plan

pypdf = pytest.importorskip("pypdf", reason="SKIPPED: reading a PDF back needs pypdf")
pytest.importorskip("mplfonts", reason="SKIPPED: the extra fonts is not installed")
# What the typesetter itself brings, all under open licences.
EMBEDDED = ("LibertinusSerif", "NewComputerModern", "DejaVuSansMono")


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a font of its own, and with the extra."""
    bare = find_typesetter(fonts_of_the_machine=False)
    monkeypatch.setattr(plan_pdf, "find_typesetter", lambda: bare)


@pytest.fixture
def no_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a font of its own, and without the extra."""
    monkeypatch.setattr(plan_fonts, "_extra_fonts", list)
    bare = find_typesetter.__wrapped__(fonts_of_the_machine=False)
    monkeypatch.setattr(plan_pdf, "find_typesetter", lambda: bare)


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the tag of the subset."""
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(re.sub(r"^/?[A-Z]{6}\+", "", str(font.get_object()["/BaseFont"])))
    return found


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_without_a_font_of_the_machine(language: Language) -> None:
    plan = plan_for("old", language)
    pdf = plan_pdf.plan_pdf(view_plan(plan, graph()))
    said = squeezed("".join(pages_of(pdf)))
    for line in plan.lines:
        assert squeezed(line.action) in said
        assert squeezed(line.reason) in said
    (sheet,) = pages_of(plan_pdf.handout_pdf(make_handout(plan)))
    assert squeezed(make_handout(plan).call) in squeezed(sheet)


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_open_fonts_of_the_extra_are_used(language: Language) -> None:
    used = fonts_in(plan_pdf.plan_pdf(view_plan(plan_for("old", language), graph())))
    ours = tuple(family.replace(" ", "").removesuffix("SC") for family in EXTRA_FAMILIES)
    assert any(name.startswith("NotoSansCJK") for name in used)
    assert all(name.startswith((*ours, *EMBEDDED)) for name in used)
    assert not any("SimHei" in name for name in used)


def signs_of_the_program() -> str:
    """Every character of the program's own texts."""
    texts = [file.read_text(encoding="utf-8") for file in Path(myosteon.__file__).parent.rglob("*.toml")]
    return "".join(sorted({sign for text in texts for sign in text if sign.isprintable()}))


@pytest.mark.parametrize("machine", [True, False])
def test_every_character_of_our_own_texts_has_a_glyph(machine: bool) -> None:
    setter = find_typesetter(fonts_of_the_machine=machine)
    if not setter.has_chinese:
        pytest.skip("SKIPPED: this machine has no Chinese font, and the extra is not installed")
    signs = signs_of_the_program()
    assert {"骨", "₃", "µ", "≥", "◌", "～"} <= {*signs, "◌"}
    for families in (setter.sans, setter.serif):
        listed = "(" + "".join(f'"{family}",' for family in families) + ")"
        source = f"""#set document(title: "signs")
#set text(font: {listed}, fallback: false)
#sys.inputs.signs"""
        made = setter.typst.compile(
            source.encode(),
            font_paths=setter.fonts,
            sys_inputs={"signs": signs},
            pdf_standards=plan_pdf.STANDARD,
        )
        assert made.startswith(b"%PDF")


def test_a_doubtful_font_is_not_among_those_that_may_be_chosen() -> None:
    chosen = {*plan_fonts.CHINESE_SANS, *plan_fonts.CHINESE_SERIF, *EXTRA_FAMILIES}
    assert "SimHei" not in chosen


@pytest.mark.usefixtures("no_chinese")
def test_without_a_chinese_font_a_chinese_plan_is_refused_with_the_remedy() -> None:
    for draw in (
        lambda: plan_pdf.plan_pdf(view_plan(plan_for("old", "zh"), graph())),
        lambda: plan_pdf.handout_pdf(make_handout(plan_for("old", "zh"))),
    ):
        with pytest.raises(MissingPart, match=r"myosteon\[fonts\]"):
            draw()


@pytest.mark.usefixtures("no_chinese")
def test_without_a_chinese_font_an_english_plan_says_that_a_title_is_chinese() -> None:
    plan = plan_for("old", "en")
    said = squeezed("".join(pages_of(plan_pdf.plan_pdf(view_plan(plan, graph())))))
    assert "[inChinese]" in said
    assert not re.search(r"[\u4e00-\u9fff\ufffd]", said)
    assert all(squeezed(line.action) in said for line in plan.lines)


@pytest.mark.parametrize("fonts", ["no_fonts", "no_chinese"])
def test_a_character_that_no_font_has_is_refused_and_not_told(
    fonts: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(fonts)
    plan = plan_of("en", None, person_id="Li \U0001f600")
    with pytest.raises(MissingPart) as refused:
        plan_pdf.plan_pdf(view_plan(plan, graph()))
    assert "Li" not in str(refused.value)
    assert "\U0001f600" not in str(refused.value)
    assert "--format html" in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_plan_gives_the_same_bytes_that_a_screen_reader_can_follow(language: Language) -> None:
    view = view_plan(plan_for("old", language), graph())
    pdf = plan_pdf.plan_pdf(view)
    assert pdf == plan_pdf.plan_pdf(view)
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)

"""All pages of the manual by their file, relative to `docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from manual.columns import columns_page
from manual.corpus import corpus_pages
from manual.definitions import definition_page, our_guidelines
from manual.instruments import equations_page, instruments_page
from manual.markdown import page
from manual.measures import measures_page
from manual.risks import risks_page
from manual.sources import sources_page
from manual.specifications import specifications_page
from myosteon.assess import make_assessor
from myosteon.readers.nhanes.describe import describe_variables


def all_pages(project: Path) -> dict[str, str]:
    """The text of every page; the same on every machine."""
    assessor = make_assessor(risk=True, strata=True)
    pages = {
        "measures.md": measures_page("en"),
        "measures.zh.md": measures_page("zh"),
        "instruments.md": instruments_page(assessor),
        "risks.md": risks_page(assessor),
        "equations-and-references.md": equations_page(assessor),
        "columns.md": columns_page(assessor),
        "evidence-sources.md": sources_page(),
        "nhanes-variables.md": _nhanes(),
        "specifications.md": specifications_page(project),
    }
    for guideline in our_guidelines():
        pages[f"definitions/{guideline.id}.md"] = definition_page(guideline, assessor, "en")
        pages[f"definitions/{guideline.id}.zh.md"] = definition_page(guideline, assessor, "zh")
    pages |= corpus_pages(make_assessor(guidance=True))
    return {"index.md": page("Manual", _contents()), **pages}


def _nhanes() -> str:
    title, _, body = describe_variables().partition("\n")
    return page(title.removeprefix("# "), [body.strip()])


def _contents() -> Iterator[str]:
    yield "- Measures: what may be known of a person. [English](measures.md), [中文](measures.zh.md)"
    yield "- [Columns](columns.md): what an assessment answers"
    yield "- Definitions:"
    for guideline in our_guidelines():
        file, title = f"definitions/{guideline.id}", guideline.evidence.title
        yield f"    - {guideline.evidence.label.en}: [{title.en}]({file}.md), [{title.zh}]({file}.zh.md)"
    yield "- [Instruments](instruments.md): questionnaires, scores and combined verdicts"
    yield "- [Risk algorithms](risks.md): what each predicts, in whom, and which cannot be run"
    yield "- [Validating a risk](validating-a-risk.md) on people of one's own: discrimination, calibration, recalibration"
    yield "- [A plan of care](plan-of-care.md): how it is made, read, printed; the handout; key figures of a service"
    yield "- [Running the clinic](running-the-clinic.md): first start, behind a proxy, PostgreSQL, a service, a container, backup, upgrading, the log"
    yield "- [Treatments and due dates](treatments-and-due-dates.md): courses of bone drugs over time, and whose dose is late"
    yield (
        "- Recommendations of guidelines: [how they are judged](recommendations.md); every question and recommendation "
        "[by topic](recommendations/index.md) and [by source](recommendations/sources.md), "
        "[按主题](recommendations/index.zh.md)、[按来源](recommendations/sources.zh.md)"
    )
    yield "- [Equations and references](equations-and-references.md)"
    yield "- [Evidence sources](evidence-sources.md): every paper, and how far its numbers were checked"
    yield "- [NHANES variables](nhanes-variables.md): what is read, and from where"
    yield "- [Specifications](specifications.md): what must come out, row by row"

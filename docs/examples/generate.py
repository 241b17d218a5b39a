"""Writes the example plans from the worked people of the tests: two files of data, the texts, the PDFs, and the page that lists them.

python docs/examples/generate.py            writes everything
python docs/examples/generate.py --texts    leaves the PDFs as they are
python docs/examples/generate.py --check    writes nothing; exits with 1 and names the texts that are stale, missing or left over

PDFs are not compared: their bytes hang on the fonts of the machine. On one machine they come out the same again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLES = Path(__file__).resolve().parent
REPOSITORY = EXAMPLES.parent.parent
# The worked people live with the tests that judge their plans.
sys.path[:0] = [str(REPOSITORY / "tests")]

from care.worked_people import WorkedPerson, worked_people, write_people, write_treatments  # noqa: E402
from myosteon.app.clinic_file import clinic_for  # noqa: E402
from myosteon.app.people import read_people  # noqa: E402
from myosteon.app.plan_run import TRAINING_LEVEL, Planner  # noqa: E402
from myosteon.app.reading_options import ReadingOptions  # noqa: E402
from myosteon.app.visits import visits_as_of  # noqa: E402
from myosteon.evidence.types import Language  # noqa: E402
from myosteon.outputs.handout_maker import make_handout  # noqa: E402
from myosteon.outputs.handout_text import handout_text  # noqa: E402
from myosteon.outputs.handout_types import Handout  # noqa: E402
from myosteon.outputs.plan_pdf import handout_pdf, plan_pdf  # noqa: E402
from myosteon.outputs.plan_text import plan_text  # noqa: E402
from myosteon.outputs.plan_view import view_plan  # noqa: E402
from myosteon.outputs.plan_view_types import PlanView  # noqa: E402
from myosteon.rules.guideline import Settings  # noqa: E402

LANGUAGES: tuple[Language, Language] = ("en", "zh")
DATA = {"people.csv": write_people, "treatments.csv": write_treatments}
PAGE = "README.md"
# The folder stays below six megabytes: twelve have their note as PDF, of the page two, seated and standing exercises.
NOTE_AS_TEXT_ONLY = ("P05", "P13")
PAGE_AS_PDF = ("P02", "P06")
BETWEEN = "\n" + "=" * 80 + "\n\n"
INTRODUCTION = """# Example plans

Made-up people; each plan is what the program says. What it has to say was written out from the facts before, and is tested line by
line: `tests/care/worked/`. Texts and PDFs are written by `generate.py` in this folder; change what they are made from, then run it.
Everybody's note and page are here as text; as PDF, to keep the folder small, twelve notes and two pages.

In this folder, one note and one page for the person:

    myosteon plan people.csv --treatments treatments.csv --as-of {day} --tier 1 --person P02
    myosteon plan people.csv --treatments treatments.csv --as-of {day} --tier 1 --person P02 --handout --lang zh

Everybody whose dose, review or referral is due, most urgent first:

    myosteon due people.csv --treatments treatments.csv --as-of {day}

| Person | Who | 人员 | Tier | Note and page, text | Note, PDF | Page for the person, PDF |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Example:
    """What is made for one person in one language."""

    view: PlanView
    handout: Handout

    def text(self) -> str:
        """The clinician's note, then the page for the person."""
        return plan_text(self.view) + BETWEEN + handout_text(self.handout)


@cache
def _planner(tier: int, day: date, language: Language) -> Planner:
    return Planner(clinic_for(tier, None), day, language, Settings())


def _example(person: WorkedPerson, language: Language, folder: Path) -> Example:
    reading = read_people(folder / "people.csv", ReadingOptions(None, None, False, False, None))
    people, _ = visits_as_of(reading, folder / "treatments.csv", person.as_of, person.id)
    planner = _planner(person.tier, person.as_of, language)
    judged = planner.judge(people)
    (plan,) = planner.maker.plans(judged)
    handout = make_handout(plan, judged[TRAINING_LEVEL][0] or "")
    return Example(view_plan(plan, planner.assessor.graph, version("myosteon")), handout)


def _examples() -> Iterator[tuple[str, Example]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, write in DATA.items():
            write(folder / file, worked_people())
        for person in worked_people():
            for language in LANGUAGES:
                yield f"{person.name}.{language}", _example(person, language, folder)


def _texts(examples: dict[str, Example]) -> dict[str, str]:
    texts = {PAGE: _page()}
    with TemporaryDirectory() as name:
        for file, write in DATA.items():
            write(Path(name) / file, worked_people())
            texts[file] = (Path(name) / file).read_text(encoding="utf-8")
    return texts | {f"{name}.txt": example.text() for name, example in examples.items()}


def _page() -> str:
    people = worked_people()
    rows = []
    for person in people:
        who, name = person.case["who"], person.name
        kept = _pdfs(person)
        text, note, page = (
            " · ".join(
                f"[{language}]({file})"
                for language in LANGUAGES
                for file in [f"{name}{part}.{language}.{kind}"]
                if kind == "txt" or file in kept
            )
            for part, kind in (("", "txt"), ("", "pdf"), (".handout", "pdf"))
        )
        rows.append(f"| {person.id} | {who['en']} | {who['zh']} | {person.tier} | {text} | {note} | {page} |")
    return INTRODUCTION.format(day=people[0].as_of) + "\n".join(rows) + "\n"


def _pdfs(person: WorkedPerson) -> frozenset[str]:
    """The PDFs that are kept of a person."""
    parts = [""] * (person.id not in NOTE_AS_TEXT_ONLY) + [".handout"] * (person.id in PAGE_AS_PDF)
    return frozenset(f"{person.name}{part}.{language}.pdf" for part in parts for language in LANGUAGES)


def _write_pdfs(examples: dict[str, Example]) -> None:
    kept = frozenset[str]().union(*map(_pdfs, worked_people()))
    for name, example in examples.items():
        person, language = name.rsplit(".", 1)
        note, page = f"{name}.pdf", f"{person}.handout.{language}.pdf"
        if note in kept:
            (EXAMPLES / note).write_bytes(plan_pdf(example.view))
        if page in kept:
            (EXAMPLES / page).write_bytes(handout_pdf(example.handout))


def _left_over(texts: dict[str, str]) -> list[Path]:
    known = set(texts).union(*map(_pdfs, worked_people()))
    return [
        file for file in sorted((*EXAMPLES.glob("*.txt"), *EXAMPLES.glob("*.pdf"))) if file.name not in known
    ]


def _check(texts: dict[str, str]) -> int:
    wrong = [
        name
        for name, text in texts.items()
        if not (EXAMPLES / name).exists() or (EXAMPLES / name).read_text(encoding="utf-8") != text
    ]
    wrong += [file.name for file in _left_over(texts)]
    for name in sorted(wrong):
        print(f"stale: docs/examples/{name}", file=sys.stderr)
    if wrong:
        print("run: python docs/examples/generate.py", file=sys.stderr)
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    """The exit status."""
    if arguments not in ([], ["--texts"], ["--check"]):
        print(f"unknown: {' '.join(arguments)}; --texts or --check may be given", file=sys.stderr)
        return 2
    examples = dict(_examples())
    texts = _texts(examples)
    if arguments == ["--check"]:
        return _check(texts)
    for file in _left_over(texts):
        file.unlink()
    for name, text in texts.items():
        (EXAMPLES / name).write_text(text, encoding="utf-8", newline="\n")
    if not arguments:
        _write_pdfs(examples)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

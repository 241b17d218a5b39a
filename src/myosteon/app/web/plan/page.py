"""Makes the plan page of a plan: lines by subject, in the order do, avoid, check first; lists and sources from the note's view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from myosteon.app.web.person.alarm import alarm
from myosteon.app.web.person.judge import Judged
from myosteon.app.web.person.voice import Voice
from myosteon.app.web.plan.page_types import (
    PageAlarm,
    PageCite,
    PageConflict,
    PageGroup,
    PageLine,
    PagePlace,
    PageQuestion,
    PageSide,
    PageSource,
    PlanPage,
)
from myosteon.engine.graph import Graph
from myosteon.evidence.types import STATUSES
from myosteon.outputs.plan_order import URGENCIES, cannot_wait
from myosteon.outputs.plan_types import DisputedQuestion, LineSource, Plan, PlanLine
from myosteon.outputs.plan_view_lists import ViewLists
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import PlanView, ViewPaper
from myosteon.outputs.plan_view_waiting import join_waiting
from myosteon.outputs.plan_voice import PlanVoice
from myosteon.vocabulary.types import Status

DRUG_CATEGORIES = ("drug_clock", "drug")
# The subjects in the order in which they are read, each with the categories of its lines. Referrals stand beside them.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "drug": DRUG_CATEGORIES,
    "exercise": ("exercise",),
    "nutrition": ("nutrition",),
    "falls": ("falls",),
    "test": ("test",),
    "follow_up": ("follow_up",),
    "education": ("education",),
}
REFERRAL = "referral"
CHINESE_MEDICINE = "chinese_medicine"
AVOID, CHECK_FIRST = "avoid", "check_first"
ORDER = ("stop", "do", "offer", "refer", "avoid", "check_first")
APPLIES = "applies"
CARE = "care"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A short name of a source ends at its first sentence, and earlier where that is long.
LONGEST_NAME = 40
ENDS = (". ", "：", ": ", " (", "（", ", ")


def plan_page(judged: Judged, graph: Graph, voice: Voice) -> PlanPage:
    """The page of a plan that was made.

    Args:
        judged: the plan with its view.
        graph: the rules, for the names of columns.
        voice: speaks; its language is that of the plan.
    """
    return _Pager(judged.plan, judged.view, graph).page(_alarm(judged, voice))


def _alarm(judged: Judged, voice: Voice) -> PageAlarm | None:
    found, urgent = alarm(judged, voice), judged.view.urgent
    if found is None or urgent is None:
        return None
    named = tuple((one.action, one.dose, one.reason, one.status or "") for one in found.items)
    return PageAlarm(found.title, named, found.more, urgent.lines[0].id)


class _Pager:
    def __init__(self, plan: Plan, view: PlanView, graph: Graph) -> None:
        self._plan, self._view, self._graph = plan, view, graph
        self._voice = PlanVoice(plan.language)
        self._lists = ViewLists(plan, graph, self._voice, NumberedSources((), self._voice))
        self._papers = {paper.citation: paper for paper in view.papers}
        self._paper_of = {place.label: paper for paper in view.papers for place in paper.places}
        self._disputed = {id for group in plan.disputes for id in group}

    def page(self, alarm: PageAlarm | None) -> PlanPage:
        view = self._view
        return PlanPage(
            about=view.about,
            made_for=view.made_for,
            lead=view.lead,
            alarm=alarm,
            groups=tuple(self._groups()),
            questions=tuple(self._questions()),
            further_questions=view.further_questions,
            refer=tuple(map(self._line, self._lines_of((REFERRAL,)))),
            dates=view.dates,
            ask_next=view.ask_next,
            not_judged=view.not_judged,
            review=view.review,
            ran=sum(step.ran for step in self._plan.review),
            steps=len(self._plan.review),
            gates=view.gates,
            settled=view.settled,
            recommenders=view.recommenders,
            sources=tuple(self._sources()),
            marks=view.marks,
        )

    def _groups(self) -> Iterator[PageGroup]:
        for key, categories in GROUPS.items():
            yield from self._group(key, self._lines_of(categories), categories)
        told = [line for line in self._plan.lines if line.subject == CHINESE_MEDICINE]
        yield from self._group(CHINESE_MEDICINE, [line for line in told if line.category == "education"], ())

    def _group(self, key: str, lines: Sequence[PlanLine], categories: Sequence[str]) -> Iterator[PageGroup]:
        conflicts = tuple(self._conflicts(categories))
        if lines or conflicts:
            shown = [self._line(line) for line in lines]
            if categories == DRUG_CATEGORIES:
                checked = next((i for i, line in enumerate(shown) if _is_calm_check(line)), len(shown))
                shown[checked:checked] = self._barred()
            yield PageGroup(key, self._voice.say(f"section.{key}"), tuple(shown), conflicts)

    def _lines_of(self, categories: Sequence[str]) -> list[PlanLine]:
        """The lines of some categories, in the order of reading; what only waits is joined."""
        own = [
            line
            for line in self._plan.lines
            if line.category in categories
            and line.id not in self._disputed
            and not (line.subject == CHINESE_MEDICINE and line.category == "education")
        ]
        return join_waiting(sorted(own, key=_rank), self._voice, self._graph)

    def _conflicts(self, categories: Sequence[str]) -> Iterator[PageConflict]:
        by_id = {line.id: line for line in self._plan.lines}
        for group in self._plan.disputes:
            lines = [by_id[id] for id in group]
            if lines[0].category in categories:
                heading = self._voice.say("lead.list_join").join(
                    dict.fromkeys(line.heading for line in lines)
                )
                title = self._voice.say("section.dispute_on", heading=heading)
                yield PageConflict(title, tuple(self._line(line) for line in sorted(lines, key=_rank)))

    def _line(self, line: PlanLine) -> PageLine:
        word = "avoid_drug" if line.status == "avoid" and line.category in DRUG_CATEGORIES else line.status
        applying = [one for one in line.recommendations if one.state == APPLIES]
        return PageLine(
            id=line.id,
            status=line.status,
            tag=self._voice.say(f"status.{word}"),
            action=line.action,
            dose=line.dose,
            reason=line.reason,
            stop_rule=line.stop_rule,
            due=self._lists.due(line),
            late=self._lists.is_late(line),
            urgent=cannot_wait(line),
            cites=tuple(self._cites(map(self._place, dict.fromkeys(line.sources)))),
            recommended=tuple(dict.fromkeys(one.said for one in applying)),
        )

    def _barred(self) -> Iterator[PageLine]:
        """The drugs that a gate forbids, those of which the same is said in one line; only where the plan speaks of drugs."""
        if not any(line.category in DRUG_CATEGORIES for line in self._plan.lines):
            return
        for number, gate in enumerate(self._view.gates, 1):
            if gate.status == AVOID:
                places = ((self._paper_of[cite.label], cite.label, cite.mark) for cite in gate.sources)
                cites = tuple(self._cites(places))
                yield PageLine(
                    id=f"gate-{number}",
                    status=AVOID,
                    tag=gate.tag,
                    action=gate.name,
                    dose="",
                    reason=gate.text,
                    stop_rule="",
                    due="",
                    late=False,
                    urgent=False,
                    cites=cites,
                    recommended=(),
                )

    def _place(self, source: LineSource) -> tuple[ViewPaper, str, Status]:
        paper = self._papers[source.citation.rstrip(".")]
        told = (source.where, source.status)
        return next((paper, one.label, one.mark) for one in paper.places if (one.where, one.mark) == told)

    def _cites(self, places: Iterable[tuple[ViewPaper, str, Status]]) -> Iterator[PageCite]:
        """Each paper once, with its places."""
        papers: dict[int, list[tuple[ViewPaper, str, Status]]] = {}
        for place in places:
            papers.setdefault(place[0].number, []).append(place)
        for number, found in papers.items():
            marks = {mark for _, _, mark in found}
            yield PageCite(
                number,
                short_name(found[0][0].citation),
                tuple(label for _, label, _ in found),
                tuple(status for status in STATUSES if status in marks),
            )

    def _questions(self) -> Iterator[PageQuestion]:
        """Those on which care hangs, and of which some text was read."""
        for one in self._plan.disputed or ():
            if one.verified and one.about == CARE:
                settles = self._voice.say("disputed.settles", text=one.settled_by)
                yield PageQuestion(one.question, tuple(self._sides(one)), settles)

    def _sides(self, question: DisputedQuestion) -> Iterator[PageSide]:
        for side in question.sides:
            action = self._voice.say(f"settled.action_{side.direction}", action=side.label)
            said_by = dict.fromkeys((one.said, one.status) for one in side.said_by)
            yield PageSide(self._voice.outside(action), side.statement, tuple(said_by))

    def _sources(self) -> Iterator[PageSource]:
        for paper in self._view.papers:
            places = tuple(PagePlace(place.label, place.where, place.mark) for place in paper.places)
            yield PageSource(paper.number, paper.citation, places)


def _rank(line: PlanLine) -> tuple[bool, int, int, bool]:
    """What cannot wait, then by what is to be done; among equals the sooner, then what has a day."""
    return (not cannot_wait(line), ORDER.index(line.status), URGENCIES.index(line.urgency), line.due is None)


def _is_calm_check(line: PageLine) -> bool:
    """Whether a line begins what has to be checked first and can wait."""
    return line.status == CHECK_FIRST and not line.urgent


def short_name(citation: str) -> str:
    """A source by a short name, with the year where the citation has one: Cummings SR and others 2018."""
    name = citation.split(ENDS[0], maxsplit=1)[0].rstrip(".")
    for end in ENDS[1:]:
        if len(name) > LONGEST_NAME:
            name = name.split(end, maxsplit=1)[0]
    years = YEAR.findall(citation)
    return f"{name} {years[0]}" if years and years[0] not in name else name

"""A plan as it is shown: every text made, sections in order, sources numbered. Text, HTML and PDF draw the same view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from myosteon.engine.graph import Graph
from myosteon.evidence.types import STATUSES
from myosteon.outputs.plan_order import CATEGORIES, cannot_wait
from myosteon.outputs.plan_types import LineSource, Plan, PlanLine
from myosteon.outputs.plan_view_lists import ViewLists, in_short
from myosteon.outputs.plan_view_recommendations import (
    NumberedRecommendations,
    further_questions,
    not_applied,
    questions,
    settled,
)
from myosteon.outputs.plan_view_review import review_items
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import PlanView, ViewDispute, ViewLine, ViewMark, ViewSection
from myosteon.outputs.plan_view_waiting import join_waiting
from myosteon.outputs.plan_voice import PlanVoice

MOST_IN_LEAD = 2
# What is due so soon belongs to the first things said of a plan in which nothing is urgent.
SOON_DAYS = 31
# Of these a dose that is late harms within weeks; a review that is late can wait for its day.
NEVER_LATE = ("denosumab", "denosumab_dose")
DRUG_CATEGORIES = ("drug", "drug_clock")
# What has to be checked first stands behind drugs, referrals and tests, and before food and exercise.
CHECK = "check"
BEFORE_CHECK = ("drug_clock", "drug", "referral", "test")
# What is told of Chinese medicine has a heading of its own, after everything else.
CHINESE_MEDICINE = "chinese_medicine"
SECTIONS = (
    *BEFORE_CHECK,
    CHECK,
    *(one for one in CATEGORIES if one not in BEFORE_CHECK),
    CHINESE_MEDICINE,
)
# A reason of this length is told once in a note.
LONG_REASON = 60


def view_plan(plan: Plan, graph: Graph, version: str = "", *, suppressed: bool = False) -> PlanView:
    """The plan in words.

    Args:
        plan: the plan.
        graph: the rules, for the names of columns.
        version: of the program, for the foot.
        suppressed: whether lines that a gate keeps out are listed.
    """
    return _Viewer(plan, graph).view(version, suppressed)


class _Viewer:
    def __init__(self, plan: Plan, graph: Graph) -> None:
        self._plan = plan
        self._graph = graph
        self._voice = PlanVoice(plan.language)
        disputed = {id for group in plan.disputes for id in group}
        self._urgent = [line for line in plan.lines if self._stands_first(line)]
        rest = [line for line in plan.lines if line.id not in disputed and not self._stands_first(line)]
        self._avoid = [line for line in rest if line.status == "avoid"]
        checked = [line for line in rest if line.status == "check_first"]
        self._check = join_waiting(checked, self._voice, graph)
        self._do = [line for line in rest if line.status not in ("avoid", "check_first")]
        by_id = {line.id: line for line in plan.lines}
        # What the plan itself does stands before what others say.
        self._disputes = [sorted((by_id[id] for id in group), key=_is_view) for group in plan.disputes]
        self._told: list[str] = []
        self._strata: set[str] = set()
        self._sources = NumberedSources(self._in_order(), self._voice)
        self._lists = ViewLists(plan, graph, self._voice, self._sources)
        self._recommended = NumberedRecommendations(self._lines_in_order(), self._voice)

    def view(self, version: str, suppressed: bool) -> PlanView:
        plan, say, lists = self._plan, self._voice.say, self._lists
        urgent, avoid = self._section("urgent", self._urgent), self._section("avoid", self._avoid)
        sections = [self._section(key, self._lines_of(key), self._disputes_of(key)) for key in SECTIONS]
        made = say("foot.made", version=version) if version else ""
        gap = "" if plan.language == "zh" else " "
        return PlanView(
            language=plan.language,
            title=say("title.plan"),
            person=say("title.person", person=plan.person_id) if plan.person_id else "",
            about=plan.about,
            made_for=self._made_for(),
            lead=self._lead(),
            urgent=urgent,
            avoid=avoid,
            sections=tuple(section for section in sections if section),
            dates=tuple(lists.dates()),
            ask_next=tuple(lists.ask_next()),
            not_judged=tuple(lists.not_judged()),
            review=tuple(review_items(plan.review, self._graph, self._voice, self._sources)),
            gates=tuple(lists.gates()),
            suppressed=tuple(lists.suppressed()) if suppressed else (),
            papers=self._sources.papers(),
            marks=tuple(
                ViewMark(status, say(f"mark.{status}"), say(f"mark.{status}_means")) for status in STATUSES
            ),
            foot=gap.join(part for part in (say("foot.support"), made) if part),
            recommenders=self._recommended.told(),
            questions=tuple(questions(plan, self._voice)),
            further_questions=tuple(further_questions(plan, self._voice)),
            settled=tuple(settled(plan, self._voice)),
            not_applied=tuple(not_applied(plan, self._voice)),
        )

    def _stands_first(self, line: PlanLine) -> bool:
        """What cannot wait, and a dose that must not be late and is."""
        late = line.due is not None and line.due < self._plan.as_of and line.status != "avoid"
        return cannot_wait(line) or (late and line.subject in NEVER_LATE)

    def _lines_in_order(self) -> Iterable[PlanLine]:
        yield from (*self._urgent, *self._avoid)
        for key in SECTIONS:
            yield from (*(side for group in self._disputes_of(key) for side in group), *self._lines_of(key))

    def _in_order(self) -> Iterable[LineSource]:
        """The sources in the order in which lines are read."""
        for line in self._lines_in_order():
            yield from line.sources
        for step in self._plan.review:
            yield from (source for found in step.findings for source in found.sources)
        for gate in self._plan.gates:
            yield from (reason.source for reason in (*gate.because, *gate.warnings))

    def _lines_of(self, key: str) -> list[PlanLine]:
        if key == CHECK:
            return self._check
        return [line for line in self._do if _section_of(line) == key]

    def _disputes_of(self, key: str) -> list[list[PlanLine]]:
        return [group for group in self._disputes if group[0].category == key]

    def _made_for(self) -> str:
        plan, voice = self._plan, self._voice
        parts = [voice.say("title.as_of", date=voice.date(plan.as_of))]
        if plan.visit_date is not None:
            parts.append(voice.say("title.visit", date=voice.date(plan.visit_date)))
        parts += [part for part in (plan.clinic.name, voice.text(plan.clinic.tier.label)) if part]
        if plan.clinic.region:
            parts.append(voice.say("title.region", region=voice.region(plan.clinic.region)))
        return voice.say("title.about_join").join(parts)

    def _lead(self) -> str:
        lines, say = self._plan.lines, self._voice.say
        if self._urgent:
            key = "lead.urgent_one" if len(self._urgent) == 1 else "lead.urgent_many"
            first = self._first_of(self._urgent)
            return say(key, first=first, **({"count": len(self._urgent)} if len(self._urgent) > 1 else {}))
        if len(lines) == 1 and lines[0].subject == "next_visit":
            return say("lead.nothing")
        soon = [line for line in self._do if self._is_soon(line)]
        referred = [line for line in self._do if line.category in BEFORE_CHECK and line.status == "refer"]
        if soon or referred:
            return say("lead.soon" if soon else "lead.referred", first=self._first_of(soon or referred))
        count = {status: sum(line.status == status for line in lines) for status in ("check_first", "avoid")}
        to_do = len(lines) - sum(count.values())
        return say("lead.calm", do=to_do, check=count["check_first"], avoid=count["avoid"])

    def _first_of(self, lines: Sequence[PlanLine]) -> str:
        said = dict.fromkeys(in_short(line.action) for line in lines)
        return self._voice.say("lead.list_join").join(list(said)[:MOST_IN_LEAD])

    def _is_soon(self, line: PlanLine) -> bool:
        """What is to be done about drugs, or whereto to refer, within weeks."""
        near = line.due is not None and line.due <= self._plan.as_of + timedelta(SOON_DAYS)
        return line.category in BEFORE_CHECK and line.status != "offer" and (line.urgency == "soon" or near)

    def _section(
        self, key: str, lines: Sequence[PlanLine], disputes: Sequence[Sequence[PlanLine]] = ()
    ) -> ViewSection | None:
        if not (lines or disputes):
            return None
        disputed = tuple(self._dispute(group) for group in disputes)
        title = self._voice.say(f"section.{key}")
        return ViewSection(key, title, tuple(self._line(line) for line in lines), disputed)

    def _line(self, line: PlanLine) -> ViewLine:
        word = "avoid_drug" if line.status == "avoid" and line.category in DRUG_CATEGORIES else line.status
        return ViewLine(
            id=line.id,
            status=line.status,
            tag=self._voice.say(f"status.{word}"),
            action=line.action,
            dose=line.dose,
            reason=self._reason(line),
            stop_rule=line.stop_rule,
            due=self._lists.due(line),
            late=self._lists.is_late(line),
            sources=self._sources.cite(line.sources),
            recommended=self._recommended.cite(line),
        )

    def _reason(self, line: PlanLine) -> str:
        """The reason of a line; a long one that was told above is not told again."""
        if len(line.reason) >= LONG_REASON and any(line.reason in told for told in self._told):
            return ""
        self._told.append(line.reason)
        return self._shorter(line) if line.category in DRUG_CATEGORIES else line.reason

    def _shorter(self, line: PlanLine) -> str:
        """The reason of a drug without the strata in brackets that were told at a drug above."""
        opening, closing, stop = ("（", "）", "。") if self._voice.language == "zh" else (" (", ")", ".")
        begin, found, told = line.reason.rpartition(opening)
        joint = self._voice.say("line.because_join")
        if not (found and told.endswith(closing)) or closing in told[: -len(closing)]:
            self._strata.update(item.lower() for item in line.reason.split(joint))
            return line.reason
        items = told.removesuffix(closing).split(joint)
        new = [item for item in items if item.lower() not in self._strata]
        self._strata.update(item.lower() for item in items)
        if len(new) == len(items):
            return line.reason
        return f"{begin}{opening}{joint.join(new)}{closing}" if new else begin + stop

    def _dispute(self, group: Sequence[PlanLine]) -> ViewDispute:
        title = self._voice.say("lead.list_join").join(dict.fromkeys(line.heading for line in group))
        return ViewDispute(
            self._voice.say("section.dispute_on", heading=title),
            tuple(self._side(line) for line in group),
        )

    def _side(self, line: PlanLine) -> ViewLine:
        """What another guideline says is a view, nothing that has to be checked before something else."""
        side = self._line(line)
        if not _is_view(line):
            return side
        return replace(side, status="disputed", tag=self._voice.say("status.another_view"))


def _is_view(line: PlanLine) -> bool:
    """Whether a side of a dispute is only what another guideline says."""
    return line.status == "check_first"


def _section_of(line: PlanLine) -> str:
    told = line.category == "education" and line.subject == CHINESE_MEDICINE
    return CHINESE_MEDICINE if told else line.category

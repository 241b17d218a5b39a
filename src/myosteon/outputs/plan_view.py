"""A plan as it is shown: every text made, sections in order, sources numbered. Text, HTML and PDF draw the same view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.types import STATUSES
from myosteon.outputs.plan_order import CATEGORIES, cannot_wait
from myosteon.outputs.plan_types import LineSource, Plan, PlanLine
from myosteon.outputs.plan_view_lists import ViewLists, in_short
from myosteon.outputs.plan_view_sources import NumberedSources
from myosteon.outputs.plan_view_types import PlanView, ViewDispute, ViewLine, ViewMark, ViewSection
from myosteon.outputs.plan_voice import PlanVoice

MOST_IN_LEAD = 2
# Of these a dose that is late harms within weeks; a review that is late can wait for its day.
NEVER_LATE = ("denosumab", "denosumab_dose")
DRUG_CATEGORIES = ("drug", "drug_clock")


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
        self._voice = PlanVoice(plan.language)
        disputed = {id for group in plan.disputes for id in group}
        self._urgent = [line for line in plan.lines if self._stands_first(line)]
        rest = [line for line in plan.lines if line.id not in disputed and not self._stands_first(line)]
        self._avoid = [line for line in rest if line.status == "avoid"]
        self._check = [line for line in rest if line.status == "check_first"]
        self._do = [line for line in rest if line.status not in ("avoid", "check_first")]
        self._sources = NumberedSources(self._in_order(), self._voice)
        self._lists = ViewLists(plan, graph, self._voice, self._sources)

    def view(self, version: str, suppressed: bool) -> PlanView:
        plan, say, lists = self._plan, self._voice.say, self._lists
        done = [self._section(key, [line for line in self._do if line.category == key]) for key in CATEGORIES]
        made = say("foot.made", version=version) if version else ""
        gap = "" if plan.language == "zh" else " "
        return PlanView(
            language=plan.language,
            title=say("title.plan"),
            person=say("title.person", person=plan.person_id) if plan.person_id else "",
            about=plan.about,
            made_for=self._made_for(),
            lead=self._lead(),
            urgent=self._section("urgent", self._urgent),
            avoid=self._section("avoid", self._avoid),
            disputes=tuple(self._dispute(group) for group in plan.disputes),
            sections=tuple(section for section in done if section),
            check=self._section("check", self._check),
            dates=tuple(lists.dates()),
            ask_next=tuple(lists.ask_next()),
            not_judged=tuple(lists.not_judged()),
            gates=tuple(lists.gates()),
            suppressed=tuple(lists.suppressed()) if suppressed else (),
            papers=self._sources.papers(),
            marks=tuple(
                ViewMark(status, say(f"mark.{status}"), say(f"mark.{status}_means")) for status in STATUSES
            ),
            foot=gap.join(part for part in (say("foot.support"), made) if part),
        )

    def _stands_first(self, line: PlanLine) -> bool:
        """What cannot wait, and a dose that must not be late and is."""
        late = line.due is not None and line.due < self._plan.as_of and line.status != "avoid"
        return cannot_wait(line) or (late and line.subject in NEVER_LATE)

    def _in_order(self) -> Iterable[LineSource]:
        """The sources in the order in which lines are read."""
        by_id = {line.id: line for line in self._plan.lines}
        disputed = [by_id[id] for group in self._plan.disputes for id in group]
        by_subject = sorted(self._do, key=lambda line: CATEGORIES.index(line.category))
        for line in (*self._urgent, *self._avoid, *disputed, *by_subject, *self._check):
            yield from line.sources
        for gate in self._plan.gates:
            yield from (reason.source for reason in (*gate.because, *gate.warnings))

    def _made_for(self) -> str:
        plan, voice = self._plan, self._voice
        parts = [voice.say("title.as_of", date=voice.date(plan.as_of))]
        if plan.visit_date is not None:
            parts.append(voice.say("title.visit", date=voice.date(plan.visit_date)))
        parts += [part for part in (plan.clinic.name, voice.text(plan.clinic.tier.label)) if part]
        return voice.say("title.about_join").join(parts)

    def _lead(self) -> str:
        lines, say = self._plan.lines, self._voice.say
        if self._urgent:
            key = "lead.urgent_one" if len(self._urgent) == 1 else "lead.urgent_many"
            first = say("lead.list_join").join(in_short(line.action) for line in self._urgent[:MOST_IN_LEAD])
            return say(key, first=first, **({"count": len(self._urgent)} if len(self._urgent) > 1 else {}))
        if len(lines) == 1 and lines[0].subject == "next_visit":
            return say("lead.nothing")
        count = {status: sum(line.status == status for line in lines) for status in ("check_first", "avoid")}
        to_do = len(lines) - sum(count.values())
        return say("lead.calm", do=to_do, check=count["check_first"], avoid=count["avoid"])

    def _section(self, key: str, lines: Sequence[PlanLine]) -> ViewSection | None:
        if not lines:
            return None
        return ViewSection(key, self._voice.say(f"section.{key}"), tuple(self._line(line) for line in lines))

    def _line(self, line: PlanLine) -> ViewLine:
        word = "avoid_drug" if line.status == "avoid" and line.category in DRUG_CATEGORIES else line.status
        return ViewLine(
            id=line.id,
            status=line.status,
            tag=self._voice.say(f"status.{word}"),
            action=line.action,
            dose=line.dose,
            reason=line.reason,
            stop_rule=line.stop_rule,
            due=self._lists.due(line),
            late=line.due is not None and line.due < self._plan.as_of,
            sources=self._sources.cite(line.sources),
        )

    def _dispute(self, group: Sequence[str]) -> ViewDispute:
        by_id = {line.id: line for line in self._plan.lines}
        title = dict.fromkeys(by_id[id].heading for id in group)
        return ViewDispute(
            self._voice.say("section.dispute_on", heading=self._voice.say("lead.list_join").join(title)),
            tuple(self._line(by_id[id]) for id in group),
        )

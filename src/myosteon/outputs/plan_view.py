"""A plan as it is shown: every text made, sections in order, sources numbered. Text, HTML and PDF draw the same view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.types import STATUSES
from myosteon.outputs.plan_gate_maker import ALLOWED, AVOID, say_reason
from myosteon.outputs.plan_order import CATEGORIES, cannot_wait
from myosteon.outputs.plan_types import DrugGate, LineSource, NotJudged, Plan, PlanLine
from myosteon.outputs.plan_view_types import (
    PlanView,
    ViewDispute,
    ViewItem,
    ViewLine,
    ViewMark,
    ViewSection,
    ViewSource,
)
from myosteon.outputs.plan_voice import PlanVoice

URGENT = "urgent"
# A note is read by people: what settles most stands first, the rest in short. JSON holds everything.
MOST_IN_LEAD = 2
MOST_ASKED = 8
MOST_NAMED = 3
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
        self._graph = graph
        self._voice = PlanVoice(plan.language)
        self._numbers: dict[LineSource, int] = {}

    def view(self, version: str, suppressed: bool) -> PlanView:
        plan, say = self._plan, self._voice.say
        disputed = {id for group in plan.disputes for id in group}
        urgent = self._section("urgent", [line for line in plan.lines if cannot_wait(line)])
        rest = [line for line in plan.lines if not cannot_wait(line) and line.id not in disputed]
        # Sources are numbered in the order of reading.
        disputes = tuple(self._dispute(group) for group in plan.disputes)
        sections = [self._section(key, [line for line in rest if line.category == key]) for key in CATEGORIES]
        made = say("foot.made", version=version) if version else ""
        return PlanView(
            language=plan.language,
            title=say("title.plan"),
            person=say("title.person", person=plan.person_id) if plan.person_id else "",
            about=plan.about,
            made_for=self._made_for(),
            lead=self._lead(),
            urgent=urgent,
            sections=tuple(section for section in sections if section),
            disputes=disputes,
            dates=tuple(self._dates()),
            ask_next=tuple(self._ask_next()),
            not_judged=tuple(ViewItem(one.heading, self._waits_for(one)) for one in plan.not_judged),
            gates=tuple(self._gate(gate) for gate in plan.gates),
            suppressed=tuple(
                ViewItem(self._voice.subject(one.drug), one.action, one.state)
                for one in plan.suppressed
                if suppressed
            ),
            sources=tuple(self._source(source) for source in self._numbers),
            marks=tuple(
                ViewMark(status, say(f"mark.{status}"), say(f"mark.{status}_means")) for status in STATUSES
            ),
            foot=" ".join(part for part in (say("foot.support"), made) if part),
        )

    def _made_for(self) -> str:
        plan, voice = self._plan, self._voice
        parts = [voice.say("title.as_of", date=voice.date(plan.as_of))]
        if plan.visit_date is not None:
            parts.append(voice.say("title.visit", date=voice.date(plan.visit_date)))
        parts += [part for part in (plan.clinic.name, voice.text(plan.clinic.tier.label)) if part]
        return voice.say("title.about_join").join(parts)

    def _lead(self) -> str:
        lines, say = self._plan.lines, self._voice.say
        urgent = [line for line in lines if cannot_wait(line)]
        if urgent:
            key = "lead.urgent_one" if len(urgent) == 1 else "lead.urgent_many"
            first = say("lead.list_join").join(line.action.rstrip("。.") for line in urgent[:MOST_IN_LEAD])
            return say(key, first=first, **({"count": len(urgent)} if len(urgent) > 1 else {}))
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
            due=self._due(line),
            late=line.due is not None and line.due < self._plan.as_of,
            sources=tuple(self._numbered(line.sources)),
        )

    def _numbered(self, sources: Iterable[LineSource]) -> Iterable[ViewSource]:
        for source in sources:
            self._numbers.setdefault(source, len(self._numbers) + 1)
            yield self._source(source)

    def _source(self, source: LineSource) -> ViewSource:
        text = self._voice.say("lead.list_join").join(
            part for part in (source.citation.rstrip("."), source.where) if part
        )
        return ViewSource(
            self._numbers[source], text, source.status, self._voice.say(f"mark.{source.status}")
        )

    def _due(self, line: PlanLine) -> str:
        if line.due is None:
            return ""
        days = (self._plan.as_of - line.due).days
        if days == 0:
            return self._voice.say("line.today")
        said = self._voice.date(line.due)
        return self._voice.say("line.late", date=said, days=days) if days > 0 else said

    def _dispute(self, group: Sequence[str]) -> ViewDispute:
        by_id = {line.id: line for line in self._plan.lines}
        title = dict.fromkeys(by_id[id].heading for id in group)
        return ViewDispute(
            self._voice.say("section.dispute_on", heading=self._voice.say("lead.list_join").join(title)),
            tuple(self._line(by_id[id]) for id in group),
        )

    def _dates(self) -> Iterable[ViewItem]:
        dated = [line for line in self._plan.lines if line.due is not None]
        for line in sorted(dated, key=lambda line: str(line.due)):
            late = line.due is not None and line.due < self._plan.as_of
            yield ViewItem(line.action, self._due(line), URGENT if late else "")

    def _gate_waits(self, gate: DrugGate) -> str:
        items = self._voice.names(gate.needs[:MOST_NAMED], self._graph)
        more = len(gate.needs) - MOST_NAMED
        if more <= 0:
            return self._voice.say("drug.unknown", items=items)
        return self._voice.say("not_judged.and_more", items=items, count=more)

    def _ask_next(self) -> Iterable[ViewItem]:
        """What settles most: each unknown with the number of things that wait for it."""
        waiting = Counter(need for one in self._plan.not_judged for need in one.needs)
        waiting.update(need for line in self._plan.lines for need in line.needs)
        for need, count in waiting.most_common(MOST_ASKED):
            name = self._voice.outside(self._voice.name(need, self._graph))
            yield ViewItem(name, self._voice.say("not_judged.waiting", count=count))

    def _waits_for(self, one: NotJudged) -> str:
        if len(one.needs) <= MOST_NAMED:
            return one.why
        items = self._voice.names(one.needs[:MOST_NAMED], self._graph)
        return self._voice.say("not_judged.and_more", items=items, count=len(one.needs) - MOST_NAMED)

    def _gate(self, gate: DrugGate) -> ViewItem:
        join = self._voice.say("line.because_join")
        if gate.state == ALLOWED:
            told = [self._voice.say("drug.gate_allowed")]
        elif gate.state == AVOID:
            told = [say_reason(reason, self._voice) for reason in gate.because]
        else:
            told = [self._gate_waits(gate)]
        told += [say_reason(reason, self._voice) for reason in gate.warnings]
        tag = {
            ALLOWED: "drug.allowed",
            AVOID: "status.avoid_drug",
        }.get(gate.state, "status.check_first")
        return ViewItem(gate.heading, join.join(told), gate.state, self._voice.say(tag))

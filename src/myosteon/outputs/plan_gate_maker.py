"""What stands before each drug for one person, and the lines that say so where the drug was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Gate
from myosteon.evidence.types import Language
from myosteon.outputs.plan_line_maker import line_source
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_needs import UnknownsOfOne
from myosteon.outputs.plan_order import most_urgent
from myosteon.outputs.plan_types import DrugGate, GateReason, LineSource, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

Row = Mapping[str, object]
ALLOWED, CHECK_FIRST, AVOID = "allowed", "check_first", "avoid"
UNCHECKED = "unchecked"


class GateMaker:
    """Reads the gate columns of one drug."""

    def __init__(self, drug: str, gates: Sequence[Gate], graph: Graph, voice: PlanVoice) -> None:
        self.drug = drug
        self._graph = graph
        self._voice = voice
        self._heading = voice.subject(drug)
        self._reasons = {f"gate_{drug}_{gate.id}": _reason(gate, voice.language) for gate in gates}
        self._warnings = tuple(f"gate_{drug}_{gate.id}" for gate in gates if not gate.blocks)
        self._blocking = tuple(f"gate_{drug}_{gate.id}" for gate in gates if gate.blocks)
        self._made: Memory[tuple[object, ...], DrugGate] = Memory()
        self._lines: Memory[tuple[object, ...], PlanLine] = Memory()
        self.columns = (f"gate_{drug}", f"gate_{drug}_because", f"gate_{drug}_needs", *self._reasons)

    def make(self, row: Row, unknown: UnknownsOfOne) -> DrugGate:
        """Allowed, to avoid (why) or to check first (what is unknown)."""
        state = str(row[f"gate_{self.drug}"])
        waits = row[f"gate_{self.drug}_needs"]
        needs = unknown.measures(str(waits)) if waits else ()
        warned = tuple(name for name in self._warnings if row[name])
        because = row[f"gate_{self.drug}_because"]
        key = (state, because, needs, warned)
        made = self._made.get(key)
        if made is None:
            held = str(because).split(";") if because else []
            made = self._made[key] = DrugGate(
                self.drug,
                self._heading,
                state,
                tuple(self._reasons[name] for name in held),
                needs,
                tuple(self._reasons[name] for name in warned),
            )
        return made

    def blocked(self, gate: DrugGate, wanted: Sequence[PlanLine], in_use: bool, row: Row) -> PlanLine:
        """The line that says why a drug is not given now.

        Args:
            gate: the drug's gate, which is not open.
            wanted: the lines that would stand if it were.
            in_use: whether the person has the drug now.
            row: the person's columns.
        """
        unknown = tuple(name for name in self._blocking if row[name] is None)
        key = (gate, tuple(wanted), in_use, unknown)
        made = self._lines.get(key)
        if made is None:
            made = self._lines[key] = self._blocked(gate, wanted, in_use, unknown)
        return made

    def _blocked(
        self, gate: DrugGate, wanted: Sequence[PlanLine], in_use: bool, unknown: Sequence[str]
    ) -> PlanLine:
        avoid = gate.state == AVOID
        clock = [line for line in wanted if line.category == "drug_clock"]
        urgency = most_urgent([line.urgency for line in wanted])
        return PlanLine(
            id=f"{gate.state}_{self.drug}",
            category="drug_clock" if clock or in_use else "drug",
            status="avoid" if avoid else "check_first",
            subject=self.drug,
            heading=self._heading,
            action=self._voice.say(f"drug.{gate.state}", drug=self._heading),
            sources=self._sources(gate, unknown),
            reason=self._why(gate, clock, in_use),
            urgency=most_urgent([urgency, "soon"]) if in_use else urgency,
            needs=gate.needs,
        )

    def _sources(self, gate: DrugGate, unknown: Sequence[str]) -> tuple[LineSource, ...]:
        """Of the reasons that hold, or where none does of those that cannot be judged."""
        held = gate.because or tuple(self._reasons[name] for name in unknown)
        return tuple(dict.fromkeys(reason.source for reason in held))

    def _why(self, gate: DrugGate, clock: Sequence[PlanLine], in_use: bool) -> str:
        said = [say_reason(reason, self._voice) for reason in gate.because]
        if gate.state == CHECK_FIRST:
            items = self._voice.names(gate.needs, self._graph)
            said.append(self._voice.say("drug.unknown", items=items))
        elif any(reason.source.status == UNCHECKED for reason in gate.because):
            said.append(self._voice.say("drug.unchecked"))
        if clock:
            actions = self._voice.say("line.because_join").join(line.action.rstrip("。.") for line in clock)
            said.append(self._voice.say("drug.wanted", actions=actions))
        if in_use:
            said.append(self._voice.say("drug.in_use"))
        text = self._voice.say("line.because_join").join(part.rstrip("。.;；") for part in said)
        return self._voice.say("drug.sentence", text=self._voice.outside(text))


def say_reason(reason: GateReason, voice: PlanVoice) -> str:
    """A reason against a drug, with how strong it is and where it holds."""
    kind = voice.say(f"drug.{reason.kind}")
    note = reason.note.rstrip("。.")
    if reason.region:
        return voice.say("drug.region", note=note, kind=kind, region=reason.region)
    return voice.say("drug.no_region", note=note, kind=kind)


def _reason(gate: Gate, language: Language) -> GateReason:
    note = gate.note.in_language(language)
    return GateReason(gate.id, gate.kind, note, gate.region, line_source(gate.source, language))

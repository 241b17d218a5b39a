"""What stands before each drug for one person, and the lines that say so where the drug was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Gate
from myosteon.evidence.types import Language
from myosteon.outputs.plan_line_maker import line_source
from myosteon.outputs.plan_needs import Unknowns
from myosteon.outputs.plan_order import most_urgent
from myosteon.outputs.plan_types import DrugGate, GateReason, LineSource, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

Row = Mapping[str, object]
ALLOWED, CHECK_FIRST, AVOID = "allowed", "check_first", "avoid"
UNCHECKED = "unchecked"


class GateMaker:
    """Reads the gate columns of one drug."""

    def __init__(
        self, drug: str, gates: Sequence[Gate], graph: Graph, unknowns: Unknowns, voice: PlanVoice
    ) -> None:
        self.drug = drug
        self._graph = graph
        self._unknowns = unknowns
        self._voice = voice
        self._heading = voice.subject(drug)
        self._reasons = {f"gate_{drug}_{gate.id}": _reason(gate, voice.language) for gate in gates}
        self._warnings = tuple(f"gate_{drug}_{gate.id}" for gate in gates if not gate.blocks)
        self._all = tuple(line_source(gate.source, voice.language) for gate in gates if gate.blocks)
        self._made: dict[tuple[object, ...], DrugGate] = {}
        self.columns = (f"gate_{drug}", f"gate_{drug}_because", f"gate_{drug}_needs", *self._warnings)

    def make(self, row: Row) -> DrugGate:
        """Allowed, to avoid (why) or to check first (what is unknown)."""
        state = str(row[f"gate_{self.drug}"])
        waits = row[f"gate_{self.drug}_needs"]
        needs = self._unknowns.measures(str(waits).split(";"), row) if waits else ()
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

    def blocked(self, gate: DrugGate, wanted: Sequence[PlanLine], in_use: bool) -> PlanLine:
        """The line that says why a drug is not given now.

        Args:
            gate: the drug's gate, which is not open.
            wanted: the lines that would stand if it were.
            in_use: whether the person has the drug now.
        """
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
            sources=self._sources(gate),
            reason=self._why(gate, clock, in_use),
            urgency=most_urgent([urgency, "soon"]) if in_use else urgency,
            needs=gate.needs,
        )

    def _sources(self, gate: DrugGate) -> tuple[LineSource, ...]:
        found = [reason.source for reason in gate.because] or list(self._all)
        return tuple(dict.fromkeys(found))

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
        return self._voice.say("line.because_join").join(text.rstrip("。.;；") for text in said) + (
            "。" if self._voice.language == "zh" else "."
        )


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

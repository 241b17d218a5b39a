"""What stands before each drug for one person, and the lines that say so where the drug was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Gate, LineStatus, Urgency
from myosteon.evidence.clinic import Clinic
from myosteon.evidence.review_types import Review
from myosteon.evidence.types import Language
from myosteon.outputs.plan_line_maker import line_source, say_missing
from myosteon.outputs.plan_memory import Memory
from myosteon.outputs.plan_order import most_urgent
from myosteon.outputs.plan_types import DrugGate, GateReason, LineSource, PlanLine
from myosteon.outputs.plan_voice import PlanVoice

Row = Mapping[str, object]
ALLOWED, CHECK_FIRST, SPECIALIST, AVOID = "allowed", "check_first", "specialist", "avoid"
STATUSES: Mapping[str, LineStatus] = {AVOID: "avoid", CHECK_FIRST: "check_first", SPECIALIST: "refer"}
UNCHECKED = "unchecked"
RAN = "ran"
STATES_OF_A_STEP = (RAN, "not_judged")
# Lines that say by themselves that a specialist decides on the next dose of a drug in use: the gate's reason joins them.
SAID_BY = {"denosumab": ("denosumab_late_specialist", "denosumab_dose_specialist")}
# Bone drugs whose effect is lost once they stop: their end says what follows.
NEVER_SIMPLY_STOPPED = (
    "denosumab",
    "teriparatide",
    "abaloparatide",
    "romosozumab",
    "raloxifene",
    "hormone_therapy",
)


def step_column(step: str) -> str:
    """The column that says whether a step of the safety review has seen what it must."""
    return f"review_{step}"


class GateMaker:
    """Reads the gate columns of one drug.

    What is for a specialist to decide is open where the clinic has one and nothing that bars the drug is unknown; the
    reason is then said beside it.
    """

    def __init__(
        self,
        drug: str,
        gates: Sequence[Gate],
        graph: Graph,
        voice: PlanVoice,
        clinic: Clinic,
        review: Review,
    ) -> None:
        self.drug = drug
        self._clinic = clinic
        self._graph = graph
        self._voice = voice
        self._heading = voice.subject(drug)
        self._reasons = {f"gate_{drug}_{gate.id}": _reason(gate, voice.language) for gate in gates}
        self._warnings = tuple(f"gate_{drug}_{gate.id}" for gate in gates if not gate.blocks)
        self.asked = tuple(f"gate_{drug}_{gate.id}" for gate in gates if gate.must_be_known)
        self._made: Memory[tuple[object, ...], DrugGate] = Memory()
        self._lines: Memory[tuple[object, ...], PlanLine] = Memory()
        self._joined: Memory[tuple[PlanLine, DrugGate], PlanLine] = Memory()
        self.reasons = tuple(self._reasons)
        # The columns of the steps of the safety review that guard the drug, with the step of each.
        self.steps = {step_column(step): step for step in review.guarding(drug)}
        self._titles = {step_column(step.id): voice.text(step.title) for step in review.steps}
        self._guards = {
            step_column(step.id): line_source(step.source, voice.language) for step in review.steps
        }
        told = (f"gate_{drug}", f"gate_{drug}_because", f"gate_{drug}_needs")
        self.columns = (*told, *self._reasons, *self.steps)

    def make(self, row: Row, needs: tuple[str, ...]) -> DrugGate:
        """Allowed, to avoid (why), to check first (what is unknown), or for a specialist to decide (why).

        Args:
            row: the drug's columns.
            needs: the unknown measures for which the drug waits.
        """
        state = self._state(row)
        warned = tuple(name for name in self._warnings if row[name])
        because = row[f"gate_{self.drug}_because"]
        failed = tuple(self._titles[name] for name in self.steps if row[name] not in STATES_OF_A_STEP)
        key = (state, because, needs, warned, failed)
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
                failed,
            )
        return made

    def _state(self, row: Row) -> str:
        state = str(row[f"gate_{self.drug}"])
        open_ = any(row[name] is None for name in self.asked) or any(row[name] != RAN for name in self.steps)
        if state == ALLOWED:
            # Said by the column already; said again here, so that no fault on the way lets a drug pass unreviewed.
            return CHECK_FIRST if open_ else ALLOWED
        if state != SPECIALIST or not self._clinic.has(SPECIALIST):
            return state
        return CHECK_FIRST if open_ else ALLOWED

    def held_up(self, gate: DrugGate, step: str) -> DrugGate:
        """The gate of a drug that a step of the safety review holds up after all; `step` is its title."""
        return replace(gate, state=CHECK_FIRST, failed=(*gate.failed, step))

    def blocked(self, gate: DrugGate, wanted: Sequence[PlanLine], in_use: bool, row: Row) -> PlanLine:
        """The line that says why a drug is not given now, or whose decision it is.

        Args:
            gate: the drug's gate, which is not open, or open only because a specialist is here.
            wanted: the lines that would stand if it were.
            in_use: whether the person has the drug now.
            row: the person's columns.
        """
        unknown = tuple(name for name in self.asked if row[name] is None)
        unknown += tuple(name for name in self.steps if row[name] != RAN)
        key = (gate, tuple(wanted), in_use, unknown)
        made = self._lines.get(key)
        if made is None:
            made = self._lines[key] = self._blocked(gate, wanted, in_use, unknown)
        return made

    def said_by(self, lines: Sequence[PlanLine]) -> int | None:
        """Where among these lines one says by itself that a specialist decides; None where none does."""
        own = SAID_BY.get(self.drug, ())
        return next((place for place, line in enumerate(lines) if line.id in own), None)

    def joined(self, line: PlanLine, gate: DrugGate) -> PlanLine:
        """That line with the reasons of the gate, and with what is unknown of it."""
        made = self._joined.get((line, gate))
        if made is None:
            said = [say_reason(reason, self._voice) for reason in gate.because]
            if gate.needs:
                said.append(self._voice.unknown(gate.needs, self._graph))
            why = self._voice.say("drug.sentence", text=self._voice.say("line.because_join").join(said))
            reason = self._voice.say("drug.reasons", why=self._voice.outside(why), reason=line.reason).strip()
            sources = tuple(dict.fromkeys((*line.sources, *(one.source for one in gate.because))))
            made = self._joined[line, gate] = replace(line, reason=reason, sources=sources, needs=gate.needs)
        return made

    def _blocked(
        self, gate: DrugGate, wanted: Sequence[PlanLine], in_use: bool, unknown: Sequence[str]
    ) -> PlanLine:
        clock = [line for line in wanted if line.category == "drug_clock"]
        urgency = most_urgent([line.urgency for line in wanted])
        return PlanLine(
            id=f"{SPECIALIST if gate.state == ALLOWED else gate.state}_{self.drug}",
            category="drug_clock" if clock or in_use else "drug",
            status=STATUSES.get(gate.state, "do"),
            subject=self.drug,
            heading=self._heading,
            action=self._action(gate, in_use),
            sources=self._sources(gate, unknown),
            reason=self._why(gate, clock, in_use),
            urgency=self._urgency(gate, urgency, in_use),
            needs=gate.needs,
        )

    def _sources(self, gate: DrugGate, unknown: Sequence[str]) -> tuple[LineSource, ...]:
        """Of the reasons that hold, or where none does of those that cannot be judged."""
        if gate.because:
            return tuple(dict.fromkeys(reason.source for reason in gate.because))
        reasons = [self._reasons[name].source for name in unknown if name in self._reasons]
        guards = [source for name, source in self._guards.items() if name in unknown]
        # What the safety review lacks is told by its own order where no label asks for it.
        return tuple(dict.fromkeys(reasons or guards or self._guards.values()))

    def _action(self, gate: DrugGate, in_use: bool) -> str:
        if gate.state == ALLOWED:
            return self._voice.say("drug.specialist_here", drug=self._heading)
        key = "drug.avoid_in_use" if gate.state == AVOID and in_use else f"drug.{gate.state}"
        if gate.state == SPECIALIST:
            key = "drug.specialist_decides"
        return self._voice.say(key, drug=self._heading)

    def _why(self, gate: DrugGate, clock: Sequence[PlanLine], in_use: bool) -> str:
        said = [say_reason(reason, self._voice) for reason in gate.because]
        if gate.state == CHECK_FIRST:
            said += [self._voice.unknown(gate.needs, self._graph)] if gate.needs else []
            said += [say_failed(gate, self._voice)] if gate.failed else []
        elif gate.state == AVOID and any(reason.source.status == UNCHECKED for reason in gate.because):
            said.append(self._voice.say("drug.unchecked"))
        if clock and gate.state in (AVOID, CHECK_FIRST):
            actions = self._voice.say("line.because_join").join(line.action.rstrip("。.") for line in clock)
            said.append(self._voice.say("drug.wanted", actions=actions))
        if in_use and gate.state != ALLOWED:
            said.append(self._voice.say(self._in_use(gate)))
        if gate.state == SPECIALIST:
            said.append(say_missing(SPECIALIST, self._clinic, self._voice))
        text = self._voice.say("line.because_join").join(part.rstrip("。.;；") for part in said)
        return self._voice.say("drug.sentence", text=self._voice.outside(text))

    def _urgency(self, gate: DrugGate, wanted: Urgency, in_use: bool) -> Urgency:
        # A late dose that a specialist decides on has an urgent line of its own.
        if gate.state in (SPECIALIST, ALLOWED):
            return "soon"
        return most_urgent([wanted, "soon"]) if in_use else wanted

    def _in_use(self, gate: DrugGate) -> str:
        if gate.state == AVOID:
            return "drug.ends_with_exit" if self.drug in NEVER_SIMPLY_STOPPED else "drug.ends"
        return "drug.in_use" if gate.state == CHECK_FIRST else "drug.in_use_specialist"


def say_failed(gate: DrugGate, voice: PlanVoice) -> str:
    """Which steps of the safety review hold a drug up because they broke down."""
    return voice.say("drug.review_failed", steps=voice.say("lead.comma").join(gate.failed))


def say_reason(reason: GateReason, voice: PlanVoice) -> str:
    """A reason against a drug, with how strong it is and where it holds."""
    kind = voice.say(f"drug.{reason.kind}")
    note = reason.note.rstrip("。.")
    if reason.region:
        return voice.say("drug.region", note=note, kind=kind, region=voice.region(reason.region))
    # A note that ends with how strong it is, or names the specialist, says it once.
    said = (kind, voice.say("drug.the_specialist")) if reason.kind == SPECIALIST else (kind,)
    return note if any(word in note for word in said) else voice.say("drug.no_region", note=note, kind=kind)


def _reason(gate: Gate, language: Language) -> GateReason:
    note = gate.note.in_language(language)
    return GateReason(gate.id, gate.kind, note, gate.region, line_source(gate.source, language), gate.step)

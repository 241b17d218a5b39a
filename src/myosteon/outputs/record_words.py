"""A recommendation of a corpus in words: what it says, for whom, whom it excludes, how strong, where it stands, how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from myosteon.evidence.corpus_types import Direction, ExclusionBy, Mark, Record, Strength
from myosteon.evidence.types import Status
from myosteon.outputs.condition_words import ConditionWriter
from myosteon.outputs.recommendation_voice import RecommendationVoice, recommendation_words


@dataclass(frozen=True, slots=True)
class RecordWords:
    """One recommendation in one language; `named` is what its action is called; `dose`, `grade`, `where`, `excluded` may be empty."""

    id: str
    question: str
    action: str
    named: str
    direction: Direction
    says: str
    strength: Strength
    how_strong: str
    statement: str
    dose: str
    applies: str
    applies_when: str
    excluded: str
    excluded_when: str
    excluded_title: str
    exclusion_by: ExclusionBy | None
    source: str
    source_name: str
    year: int
    region: str
    grade: str
    where: str
    mark: Mark
    status: Status
    read: str
    superseded: bool

    def details(self, joint: str) -> str:
        """Region, year where the name does not hold it, strength, grade, place."""
        year = "" if str(self.year) in self.source_name else str(self.year)
        return joint.join(
            part for part in (self.region, year, self.how_strong, self.grade, self.where) if part
        )


@dataclass(frozen=True, eq=False)
class RecordTeller:
    """Puts recommendations into the words of one voice."""

    voice: RecommendationVoice

    def tell(self, record: Record) -> RecordWords:
        """The words of one recommendation."""
        voice, writer = self.voice, ConditionWriter(self.voice)
        source = voice.corpus.sources[record.source]
        return RecordWords(
            id=record.id,
            question=record.question,
            action=record.action,
            named=voice.action(record.action),
            direction=record.direction,
            says=voice.say(f"direction.{record.direction}"),
            strength=record.strength,
            how_strong=voice.say(f"strength.{record.strength}"),
            statement=voice.text(record.statement),
            dose=voice.text(record.dose),
            applies=writer.applies(record),
            applies_when=record.applies.text,
            excluded=writer.excluded(record),
            excluded_when=record.excluded.text if record.excluded else "",
            excluded_title=voice.say(f"record.excluded_{record.exclusion_by}") if record.excluded else "",
            exclusion_by=record.exclusion_by,
            source=record.source,
            source_name=voice.source(record),
            year=source.year,
            region=voice.region(record.region),
            grade=voice.text(record.grade),
            where=voice.text(record.where),
            mark=record.mark,
            status=record.status,
            read=voice.say(f"mark.{record.status}"),
            superseded=voice.corpus.is_superseded(record),
        )

    def topic(self, topic: str) -> str:
        """What a topic is called; as it stands where a corpus of somebody else has another."""
        key = f"topic.{topic}"
        return self.voice.say(key) if key in recommendation_words() else topic.replace("_", " ")


def as_table(one: RecordWords) -> Mapping[str, object]:
    """A recommendation as JSON has it."""
    return {
        "id": one.id,
        "question": one.question,
        "action": one.action,
        "action_label": one.named,
        "direction": one.direction,
        "strength": one.strength,
        "statement": one.statement,
        "dose": one.dose or None,
        "applies_when": one.applies_when,
        "applies": one.applies,
        "excluded_when": one.excluded_when or None,
        "excluded": one.excluded or None,
        "exclusion_by": one.exclusion_by,
        "source": one.source,
        "mark": one.mark,
    }

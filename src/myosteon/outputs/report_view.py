"""How the report shows shares: in one language, and with or without cells of fewer than 10 people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from myosteon.evidence.types import Label
from myosteon.outputs.cohort_summary import BySex, DefinitionSummary, Sex, Share
from myosteon.outputs.intervals import Interval
from myosteon.outputs.report_wording import Voice
from myosteon.outputs.small_cells import hidden_parts, hidden_sexes, is_small

NOT_SHOWN: frozenset[Sex] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """How the report shows things: its language, and whether cells of fewer than 10 people are left out."""

    voice: Voice
    suppress: bool

    def hidden(self, by_sex: BySex) -> frozenset[Sex]:
        """For which sexes a share is left out."""
        return hidden_sexes(by_sex) if self.suppress else NOT_SHOWN

    def hidden_parts(self, counts: Sequence[int]) -> tuple[bool, ...]:
        """Which parts of a whole are left out."""
        return hidden_parts(counts) if self.suppress else (False,) * len(counts)

    def hidden_looks(self, people: Mapping[str, int]) -> frozenset[str]:
        """Which parts of a bar are left out."""
        hidden = self.hidden_parts(list(people.values()))
        return frozenset(look for look, is_hidden in zip(people, hidden, strict=True) if is_hidden)

    def judged(self, judged: Mapping[Sex, int]) -> Mapping[Sex, str]:
        """How many were judged, by sex; where few women or few men were, neither number is told."""
        few = self.suppress and (is_small(judged["female"]) or is_small(judged["male"]))
        return {sex: self._number(people, few and sex != "all") for sex, people in judged.items()}

    def numbers(self, parts: Sequence[int]) -> list[str]:
        """The parts of a whole that is told: each as a number, or that it is left out."""
        hidden = self.hidden_parts(parts)
        return [self._number(part, is_hidden) for part, is_hidden in zip(parts, hidden, strict=True)]

    def number(self, people: int) -> str:
        """A number of people, or that it is left out as too small."""
        return self._number(people, self.suppress and is_small(people))

    def _number(self, people: int, hidden: bool) -> str:
        return str(self.voice.say("page.suppressed")) if hidden else self.voice.count(people)

    def label(self, definition: DefinitionSummary) -> str:
        """The name of a definition."""
        return definition.label_zh if self.voice.language == "zh" else definition.label_en

    def text(self, label: Label) -> str:
        """A text in the language of the report."""
        return label.in_language(self.voice.language)

    def interval(self, share: Share) -> str:
        """The interval of a share as text."""
        return self.ends(share.proved)

    def ends(self, interval: Interval | None) -> str:
        """The two ends of an interval as text; empty where there is none."""
        if interval is None:
            return ""
        low, high = (self.voice.plain_percent(end) for end in (interval.low, interval.high))
        return str(self.voice.say("prevalence.interval", low=low, high=high))

    def shown(self, share: Share, hidden: bool) -> str:
        """A share as a percentage, or that it is left out."""
        if hidden:
            return str(self.voice.say("page.suppressed"))
        return self.voice.percent(share.proved.estimate if share.proved else None)

    def upto(self, share: Share, hidden: bool) -> str:
        """The share not excluded as a percentage, or that it is left out."""
        if hidden:
            return str(self.voice.say("page.suppressed"))
        return self.voice.percent(share.not_excluded.estimate if share.not_excluded else None)


def sort_by_share(definitions: Sequence[DefinitionSummary]) -> list[DefinitionSummary]:
    """Definitions from the largest share proved to the smallest."""

    def proved(definition: DefinitionSummary) -> float:
        share = definition.prevalence["all"].proved
        return -share.estimate if share else 1.0

    return sorted(definitions, key=proved)

"""The recommendations behind one line of a plan, with their state for a person; a line that only quotes those that do not hold is kept out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from myosteon.engine.graph import Graph
from myosteon.evidence.care_types import Line
from myosteon.evidence.corpus_types import Corpus, Record, RecordStateName
from myosteon.outputs.plan_types import LineRecommendation, PlanLine, Suppressed
from myosteon.outputs.plan_voice import PlanVoice

OUT = ("excluded", "does_not_apply")


def told_of(record: Record, state: RecordStateName, corpus: Corpus, voice: PlanVoice) -> LineRecommendation:
    """A recommendation as it stands at a line."""
    source = corpus.sources[record.source]
    return LineRecommendation(record.id, state, source.id, voice.text(source.name), record.status)


class LineRecommendations:
    """What recommends one line.

    Args:
        line: the line.
        corpus: the recommendations; one that another corpus does not have is left out. None: none are told.
        graph: the rules; a recommendation without a column is left out.
        voice: the language.
    """

    def __init__(self, line: Line, corpus: Corpus | None, graph: Graph, voice: PlanVoice) -> None:
        known = corpus.by_id if corpus else {}
        self._records = [
            record
            for id in line.recommendations
            if (record := known.get(id)) is not None and record.column in graph.rules
        ]
        self._corpus = corpus
        self._voice = voice
        self.columns = tuple(record.column for record in self._records)
        # What cannot wait is never taken away.
        cannot_wait = line.urgency == "urgent" or line.status == "stop"
        self.decide = line.quotes and bool(self._records) and not cannot_wait
        self.of = lru_cache(maxsize=1024)(self._of)

    def _of(self, states: tuple[object, ...]) -> tuple[LineRecommendation, ...]:
        """The recommendations with these states, in the order of `columns`; a state that is not known cannot be judged."""
        if self._corpus is None:
            return ()
        return tuple(
            told_of(record, cast("RecordStateName", state or "cannot_be_judged"), self._corpus, self._voice)
            for record, state in zip(self._records, states, strict=True)
        )

    def kept_out(self, line: PlanLine, drug: str) -> Suppressed | None:
        """The line as it is listed among those kept out; None where it stands."""
        if not self.decide or any(one.state not in OUT for one in line.recommendations):
            return None
        excluded = any(one.state == "excluded" for one in line.recommendations)
        return Suppressed(
            id=line.id,
            drug=drug,
            action=line.action,
            state="excluded" if excluded else "does_not_apply",
            heading=line.heading,
            reason=self._reason(line.recommendations),
        )

    def _reason(self, recommendations: Sequence[LineRecommendation]) -> str:
        said = [
            self._voice.say(f"recommendation.{one.state}", source=one.said)
            for one in dict.fromkeys(recommendations)
        ]
        return self._voice.say("line.because_join").join(dict.fromkeys(said))

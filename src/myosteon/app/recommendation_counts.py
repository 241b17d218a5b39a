"""Counts over a cohort: states of recommendations, verdicts on questions, and what two sources say of the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import polars as pl

from myosteon.app.guidance_run import GuidanceRunner
from myosteon.evidence.corpus_types import STATES, Record
from myosteon.guidance.answer_types import VERDICTS, VerdictKind
from myosteon.guidance.question_logic import QuestionLogic
from myosteon.outputs.recommendation_summary import SAYS, Between, Counted
from myosteon.rules.guidance.recommendations import CLINICAL

ROWS_AT_ONCE = 100_000
APPLIES, UNDECIDED = STATES.index("applies"), STATES.index("cannot_be_judged")
# A state that is out through a clinical fact is told apart by adding this.
BY_CLINIC = len(STATES)
CODES = 2 * len(STATES)


def count_recommendations(
    runner: GuidanceRunner,
    people: pl.DataFrame,
    questions: Sequence[str] | None = None,
    between: tuple[str, str] | None = None,
) -> Counted:
    """Counts over people.

    Args:
        runner: the rules.
        people: canonical people, one row each.
        questions: only these questions, all where None.
        between: two sources to lay beside each other on the one question.
    """
    ids = tuple(runner.corpus.questions) if questions is None else tuple(questions)
    records = [record for id in ids for record in runner.corpus.by_question[id]]
    logics = {id: runner.guidance.logic(id) for id in ids}
    states: dict[str, Counter[int]] = {record.id: Counter() for record in records}
    verdicts: dict[str, Counter[VerdictKind]] = {id: Counter() for id in ids}
    pairs: Counter[tuple[str, str]] = Counter()
    for judged in _judged(runner, people, _columns(records, logics.values())):
        for record in records:
            counted = judged[record.column].value_counts()
            states[record.id].update(dict(zip(*counted.get_columns(), strict=True)))
        for id, logic in logics.items():
            verdicts[id].update(_verdicts(logic, judged))
        if between is not None:
            pairs.update(_pairs(judged, records, between))
    return Counted(
        people.height,
        _record_table(records, states),
        pl.DataFrame([{"question": id, **{kind: verdicts[id][kind] for kind in VERDICTS}} for id in ids]),
        Between(ids[0], *between, {pair: pairs[pair] for pair in product(SAYS, SAYS)}) if between else None,
    )


def _columns(records: Iterable[Record], logics: Iterable[QuestionLogic]) -> tuple[str, ...]:
    disputable = [
        record
        for logic in logics
        for record, rivals in zip(logic.records, logic.rivals, strict=True)
        if rivals
    ]
    return (*(record.column for record in records), *(record.column + CLINICAL for record in disputable))


def _judged(runner: GuidanceRunner, people: pl.DataFrame, columns: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """The states as numbers (places in `STATES`), some rows at a time: so many columns of everybody take much memory."""
    plan = runner.assessor.plan(columns)
    for part in people.iter_slices(ROWS_AT_ONCE):
        judged = plan.run_polars(part.lazy(), part.columns, []).collect()
        yield judged.with_columns(pl.col(pl.Enum).to_physical())


def _verdicts(logic: QuestionLogic, judged: pl.DataFrame) -> Counter[VerdictKind]:
    if not logic.records:
        return Counter({"not_applicable": judged.height})
    key = pl.lit(0, dtype=pl.UInt64)
    for record, rivals in zip(logic.records, logic.rivals, strict=True):
        code = pl.col(record.column).cast(pl.UInt64)
        if rivals:
            code = code + BY_CLINIC * pl.col(record.column + CLINICAL).cast(pl.UInt64)
        key = key * CODES + code
    found: Counter[VerdictKind] = Counter()
    for states, count in judged.select(key.alias("key").value_counts()).unnest("key").iter_rows():
        found[_verdict(logic, states)] += count
    return found


def _verdict(logic: QuestionLogic, key: int) -> VerdictKind:
    applying = undecided = clinical = others = 0
    for place in reversed(range(len(logic.records))):
        key, code = divmod(key, CODES)
        bit = 1 << place
        if code % BY_CLINIC == APPLIES:
            applying |= bit
        elif code % BY_CLINIC == UNDECIDED:
            undecided |= bit
        elif logic.rivals[place]:
            if code >= BY_CLINIC:
                clinical |= bit
            else:
                others |= bit
    return logic.judge(applying, undecided, clinical, others).kind


def _pairs(
    judged: pl.DataFrame, records: Sequence[Record], between: tuple[str, str]
) -> Counter[tuple[str, str]]:
    """What two sources say: do it where one of its texts for it applies, not where one against does, else nothing or unknown."""
    said = [_says([record for record in records if record.source == source]) for source in between]
    counted = judged.select(said[0].alias("first"), said[1].alias("second")).group_by("first", "second").len()
    return Counter({(a, b): n for a, b, n in counted.iter_rows()})


def _says(records: Sequence[Record]) -> pl.Expr:
    def any_in(state: int, direction: str | None = None) -> pl.Expr:
        asked = [r.column for r in records if direction in (None, r.direction)]
        return pl.any_horizontal([pl.lit(False), *(pl.col(column) == state for column in asked)])

    return (
        pl.when(any_in(APPLIES, "for"))
        .then(pl.lit("do"))
        .when(any_in(UNDECIDED))
        .then(pl.lit("unknown"))
        .when(any_in(APPLIES, "against"))
        .then(pl.lit("not"))
        .otherwise(pl.lit("nothing"))
    )


def _record_table(records: Sequence[Record], states: dict[str, Counter[int]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "id": record.id,
                "question": record.question,
                "source": record.source,
                "mark": record.mark,
                **{state: states[record.id][place] for place, state in enumerate(STATES)},
            }
            for record in records
        ]
    )

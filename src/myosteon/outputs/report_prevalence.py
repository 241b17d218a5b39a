"""The parts of the report on shares: prevalence under each definition, muscle and bone together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from myosteon.outputs.cohort_summary import SEXES, BySex, DefinitionSummary, Sex, Share
from myosteon.outputs.report_charts import (
    Axis,
    Lane,
    axis_drawing,
    lanes_drawing,
    make_axis,
    mark_drawing,
    swatch_drawing,
)
from myosteon.outputs.report_tables import ChartRow, Key, RowChart, Table
from myosteon.outputs.report_view import View, sort_by_share

PREVALENCE_LANES: Mapping[Sex, tuple[int, str]] = {
    "all": (14, "disc"),
    "female": (31, "ring"),
    "male": (43, "square"),
}


def prevalence_chart(definitions: Sequence[DefinitionSummary], view: View) -> RowChart:
    """Proved and not excluded under each definition, for everybody, women and men."""
    say = view.voice.say
    ordered = sort_by_share(definitions)
    axis = _axis_for([definition.prevalence for definition in ordered])
    return RowChart(
        rows=tuple(_prevalence_row(definition, axis, view) for definition in ordered),
        columns=tuple(str(say(f"prevalence.{name}")) for name in ("all", "upto", "women", "men", "judged")),
        axis=axis_drawing(axis),
        axis_text=str(say("prevalence.axis")),
        keys=(
            Key(mark_drawing("disc"), str(say("prevalence.legend_all"))),
            Key(swatch_drawing("open"), str(say("prevalence.legend_open"))),
            Key(mark_drawing("ring"), str(say("prevalence.legend_women"))),
            Key(mark_drawing("square"), str(say("prevalence.legend_men"))),
        ),
    )


def _axis_for(groups: Sequence[BySex]) -> Axis:
    ends = [
        max(share.proved.high, share.not_excluded.estimate)
        for by_sex in groups
        for share in by_sex.values()
        if share.proved is not None and share.not_excluded is not None
    ]
    return make_axis(max(ends, default=0.01))


def _prevalence_row(definition: DefinitionSummary, axis: Axis, view: View) -> ChartRow:
    by_sex, hidden = definition.prevalence, view.hidden(definition.prevalence)
    everybody = by_sex["all"]
    lanes = [
        _lane(by_sex[sex], y, mark, thick=sex == "all", with_open=sex == "all")
        for sex, (y, mark) in PREVALENCE_LANES.items()
        if sex not in hidden and by_sex[sex].proved is not None
    ]
    share = view.shown(everybody, "all" in hidden)
    interval = "" if "all" in hidden else view.interval(everybody)
    first = Markup('<b>{}</b> <span class="nb">{}</span>').format(share, interval)
    numbers = (
        first,
        view.upto(everybody, "all" in hidden),
        view.shown(by_sex["female"], "female" in hidden),
        view.shown(by_sex["male"], "male" in hidden),
        view.voice.count(everybody.judged),
    )
    alt = _prevalence_alt(definition, hidden, view)
    return ChartRow(view.label(definition), lanes_drawing(lanes, axis, 52, alt), numbers)


def _lane(share: Share, y: int, mark: str, thick: bool, with_open: bool = True) -> Lane:
    assert share.proved is not None  # the caller leaves out shares of nobody
    open_to = share.not_excluded if with_open else None
    return Lane(share.proved, open_to.estimate if open_to else share.proved.estimate, y, mark, thick)


def _prevalence_alt(definition: DefinitionSummary, hidden: frozenset[Sex], view: View) -> str:
    everybody, name = definition.prevalence["all"], view.label(definition)
    if "all" in hidden:
        return str(view.voice.say("prevalence.alt_hidden", definition=name))
    if everybody.proved is None:
        return str(view.voice.say("prevalence.alt_nobody", definition=name))
    return str(
        view.voice.say(
            "prevalence.alt",
            definition=name,
            share=view.shown(everybody, False),
            low=view.voice.plain_percent(everybody.proved.low),
            high=view.voice.plain_percent(everybody.proved.high),
            judged=view.voice.count(everybody.judged),
            upto=view.upto(everybody, False),
            female=view.shown(definition.prevalence["female"], "female" in hidden),
            male=view.shown(definition.prevalence["male"], "male" in hidden),
        )
    )


def prevalence_table(definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """The same in full: counts, shares and intervals of each definition and sex."""
    named = [(view.label(definition), definition.prevalence) for definition in sort_by_share(definitions)]
    return share_table("prevalence.definition", named, view)


def share_table(
    first: str, named: Sequence[tuple[str, BySex]], view: View, extra: Sequence[str] = ()
) -> Table:
    """A table of shares by sex; `extra` gives a second name for each row's group where there is one."""
    say = view.voice.say
    columns = [
        "judged",
        "col_proved",
        "col_open",
        "col_excluded",
        "col_share",
        "col_interval",
        "col_upto",
        "col_settled",
    ]
    head = [say(first), *([say("osteosarcopenia.col_kind")] if extra else []), say("prevalence.col_sex")]
    rows = []
    for place, (name, by_sex) in enumerate(named):
        hidden = view.hidden(by_sex)
        judged = view.judged({sex: share.judged for sex, share in by_sex.items()})
        for sex in SEXES:
            names = (name, *([extra[place]] if extra else []), str(say(f"bone.{sex}")))
            rows.append((*names, *_share_cells(by_sex[sex], judged[sex], sex in hidden, view)))
    return Table(
        (*(str(text) for text in head), *(str(say(f"prevalence.{name}")) for name in columns)), tuple(rows)
    )


def _share_cells(share: Share, judged: str, hidden: bool, view: View) -> tuple[str, ...]:
    voice = view.voice
    if hidden:
        return (judged, *[str(voice.say("page.suppressed"))] * 7)
    return (
        judged,
        voice.count(share.yes),
        voice.count(share.open),
        voice.count(share.no),
        view.shown(share, False),
        view.interval(share),
        view.upto(share, False),
        voice.percent(share.settled.estimate if share.settled else None),
    )


def osteosarcopenia_chart(definitions: Sequence[DefinitionSummary], view: View) -> RowChart | None:
    """Both cuts of bone beside each other under each definition; None where the results do not hold them."""
    held = [d for d in sort_by_share(definitions) if d.osteosarcopenia and d.osteosarcopenia_broad]
    if not held:
        return None
    shares = [by_sex for d in held for by_sex in (d.osteosarcopenia, d.osteosarcopenia_broad) if by_sex]
    axis = _axis_for([{"all": by_sex["all"]} for by_sex in shares])
    say = view.voice.say
    return RowChart(
        rows=tuple(_together_row(definition, axis, view) for definition in held),
        axis=axis_drawing(axis),
        axis_text=str(say("osteosarcopenia.axis")),
        keys=(
            Key(mark_drawing("block"), str(say("osteosarcopenia.strict"))),
            Key(mark_drawing("square"), str(say("osteosarcopenia.broad"))),
        ),
    )


def _together_row(definition: DefinitionSummary, axis: Axis, view: View) -> ChartRow:
    strict, broad = definition.osteosarcopenia, definition.osteosarcopenia_broad
    assert strict is not None  # the caller keeps only definitions that have both
    assert broad is not None
    lanes, lines, told = [], [], {}
    for name, by_sex, y, mark in (("strict", strict, 11, "block"), ("broad", broad, 29, "square")):
        share, hidden = by_sex["all"], "all" in view.hidden(by_sex)
        if not hidden and share.proved is not None:
            lanes.append(_lane(share, y, mark, thick=False))
        told[name], told[f"{name}_upto"] = view.shown(share, hidden), view.upto(share, hidden)
        line = Markup('<span class="line"><b>{}</b> {}</span>')
        lines.append(line.format(view.shown(share, hidden), "" if hidden else view.interval(share)))
    alt = str(view.voice.say("osteosarcopenia.alt", definition=view.label(definition), **told))
    return ChartRow(view.label(definition), lanes_drawing(lanes, axis, 40, alt), (Markup("").join(lines),))


def osteosarcopenia_table(definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """Counts, shares and intervals of both cuts, by definition and sex."""
    named, kinds = [], []
    for definition in sort_by_share(definitions):
        for kind, by_sex in (
            ("strict", definition.osteosarcopenia),
            ("broad", definition.osteosarcopenia_broad),
        ):
            if by_sex is not None:
                named.append((view.label(definition), by_sex))
                kinds.append(str(view.voice.say(f"osteosarcopenia.{kind}")))
    return share_table("prevalence.definition", named, view, kinds)

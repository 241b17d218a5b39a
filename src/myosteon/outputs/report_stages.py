"""The parts of the report that divide everybody: stages of sarcopenia, categories of bone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from myosteon.outputs.cohort_summary import SEXES, Bone, BySex, DefinitionSummary, Sex, StagePart, Stages
from myosteon.outputs.report_charts import Segment, stacked_drawing, swatch_drawing
from myosteon.outputs.report_prevalence import share_table
from myosteon.outputs.report_tables import ChartRow, Key, RowChart, Table
from myosteon.outputs.report_view import View, sort_by_share

STAGE_LOOKS = ("severe", "confirmed", "confirmed_open", "early", "early_open", "open", "none")
FOUND_LOOKS = (
    "severe",
    "confirmed",
    "confirmed_open",
)  # together these are the share proved, which stands elsewhere
BONE_LOOKS = ("severe_osteoporosis", "osteoporosis", "low_bone_mass", "normal", "nothing")
CHINA_LOOKS = ("yes", "open", "no")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of parts of a whole, by look: how many people, which share; `hidden` looks are left out."""

    name: str
    judged: str
    people: Mapping[str, int]
    shares: Mapping[str, float]
    hidden: frozenset[str] = frozenset()


def stages_chart(definitions: Sequence[DefinitionSummary], view: View) -> RowChart:
    """How everybody judged falls into the stages of each definition."""
    return _bar_chart(_stage_bars(definitions, view), STAGE_LOOKS, "stages", view)


def stages_table(definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """Every pair of stage proved and stage not excluded, with its people (by look where small cells are left out)."""
    if view.suppress:
        return _bar_table("prevalence.definition", _stage_bars(definitions, view), "stages", view)
    named = [(view.label(definition), definition.stages) for definition in sort_by_share(definitions)]
    return _pair_table("prevalence.definition", named, view)


def _stage_bars(definitions: Sequence[DefinitionSummary], view: View) -> list[Bar]:
    bars = []
    for definition in sort_by_share(definitions):
        judged = view.number(definition.stages.judged)
        bar = _bar(view.label(definition), judged, definition.stages, _stage_look, STAGE_LOOKS)
        hidden = view.hidden_looks(bar.people) | view.hidden_looks(
            {look: bar.people[look] for look in FOUND_LOOKS}
        )
        bars.append(replace(bar, hidden=hidden))
    return bars


def _stage_look(part: StagePart) -> str:
    if part.settled:
        return part.upto if part.upto in ("severe", "confirmed", "none") else "early"
    if part.proved == "confirmed":
        return "confirmed_open"
    return "open" if part.proved in (None, "none") else "early_open"


def _bar(
    name: str, judged: str, stages: Stages, look_of: Callable[[StagePart], str], looks: Sequence[str]
) -> Bar:
    people, shares = dict.fromkeys(looks, 0), dict.fromkeys(looks, 0.0)
    for part in stages.parts:
        people[look_of(part)] += part.people
        shares[look_of(part)] += part.share
    return Bar(name, judged, people, shares)


def _bar_chart(bars: Sequence[Bar], looks: Sequence[str], section: str, view: View) -> RowChart:
    rows = tuple(_bar_row(bar, section, view) for bar in bars)
    seen = [look for look in looks if any(bar.people[look] and look not in bar.hidden for bar in bars)]
    keys = [Key(swatch_drawing(look), str(view.voice.say(f"{section}.{look}"))) for look in seen]
    if any(bar.hidden for bar in bars):
        keys.append(Key(swatch_drawing("hidden"), str(view.voice.say("page.suppressed"))))
    return RowChart(rows, columns=(str(view.voice.say("prevalence.judged")),), keys=tuple(keys))


def _bar_row(bar: Bar, section: str, view: View) -> ChartRow:
    shown = [look for look in bar.people if bar.people[look] and look not in bar.hidden]
    segments = [Segment(look, bar.shares[look], f"{100 * bar.shares[look]:.0f}") for look in shown]
    gone = sum(bar.shares[look] for look in bar.hidden)
    if gone:
        segments.append(Segment("hidden", gone))
    say = view.voice.say
    values = [
        str(
            say("stages.alt_value", part=say(f"{section}.{look}"), share=view.voice.percent(bar.shares[look]))
        )
        for look in shown
    ]
    alt = str(say("stages.alt", name=bar.name, values=view.voice.join(values)))
    return ChartRow(bar.name, stacked_drawing(segments, alt), (bar.judged,))


def _bar_table(first: str, bars: Sequence[Bar], section: str, view: View) -> Table:
    say = view.voice.say
    rows = []
    for bar in bars:
        for look in bar.people:
            if bar.people[look] and look in bar.hidden:
                rows.append((bar.name, str(say(f"{section}.{look}")), str(say("page.suppressed")), ""))
            elif bar.people[look]:
                count, share = view.voice.count(bar.people[look]), view.voice.percent(bar.shares[look])
                rows.append((bar.name, str(say(f"{section}.{look}")), count, share))
    head = (first, "stages.col_stage", "stages.col_people", "stages.col_share")
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


def _pair_table(first: str, named: Sequence[tuple[str, Stages]], view: View) -> Table:
    """Every pair of stage proved and stage not excluded of some stagings."""
    say = view.voice.say
    rows = []
    for name, stages in named:
        for part in stages.parts:
            proved = say(f"stage.{part.proved}") if part.proved else say("stages.nothing")
            count, share = view.voice.count(part.people), view.voice.percent(part.share)
            rows.append((name, str(proved), str(say(f"stage.{part.upto}")), count, share))
    head = (first, "stages.col_proved", "stages.col_upto", "stages.col_people", "stages.col_share")
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


# --- bone ---------------------------------------------------------------------------------------------------


def bone_chart(stages: Mapping[Sex, Stages], view: View) -> RowChart:
    """The WHO categories of everybody, women and men."""
    return _bar_chart(_bone_bars(stages, view), BONE_LOOKS, "bone_words", view)


def bone_table(stages: Mapping[Sex, Stages], view: View) -> Table:
    """Every pair of category proved and category not excluded, by sex (by look where small cells are left out)."""
    if view.suppress:
        return _bar_table("prevalence.col_sex", _bone_bars(stages, view), "bone_words", view)
    named = [(str(view.voice.say(f"bone.{sex}")), stages[sex]) for sex in SEXES]
    return _pair_table("prevalence.col_sex", named, view)


def _bone_bars(stages: Mapping[Sex, Stages], view: View) -> list[Bar]:
    judged = view.judged({sex: stages[sex].judged for sex in SEXES})
    bars = [
        _bar(str(view.voice.say(f"bone.{sex}")), judged[sex], stages[sex], _bone_look, BONE_LOOKS)
        for sex in SEXES
    ]
    # Everybody less one sex would tell the other: what one bar leaves out, all leave out.
    hidden = frozenset[str]().union(*(view.hidden_looks(bar.people) for bar in bars))
    return [replace(bar, hidden=hidden) for bar in bars]


def _bone_look(part: StagePart) -> str:
    return part.upto if part.settled else "nothing"


def osteoporosis_chart(by_sex: BySex, view: View) -> RowChart:
    """Osteoporosis proved, open and excluded, by sex."""
    bars = []
    judged = view.judged({sex: share.judged for sex, share in by_sex.items()})
    for sex in SEXES:
        share = by_sex[sex]
        people = {"yes": share.yes, "open": share.open, "no": share.no}
        proved = share.proved.estimate if share.proved else 0.0
        open_share = share.open_share or 0.0
        shares = {"yes": proved, "open": open_share, "no": 1 - proved - open_share if share.judged else 0.0}
        hidden = frozenset(CHINA_LOOKS) if sex in view.hidden(by_sex) else frozenset[str]()
        bars.append(Bar(str(view.voice.say(f"bone.{sex}")), judged[sex], people, shares, hidden))
    return _bar_chart(bars, CHINA_LOOKS, "bone", view)


def osteoporosis_table(by_sex: BySex, view: View) -> Table:
    """Counts, shares and intervals of osteoporosis, by sex."""
    return share_table("prevalence.definition", [(str(view.voice.say("bone.china")), by_sex)], view)


def osteoporosis_sentence(bone: Bone, view: View) -> str:
    """One sentence on osteoporosis; empty where it may not be told or the results do not hold it."""
    if bone.osteoporosis is None or bone.osteoporosis["all"].proved is None:
        return ""
    if "all" in view.hidden(bone.osteoporosis):
        return ""
    share = bone.osteoporosis["all"]
    return str(view.voice.say("bone.read", share=view.shown(share, False), upto=view.upto(share, False)))

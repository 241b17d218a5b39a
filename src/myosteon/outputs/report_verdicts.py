"""The parts of the report on verdicts: prevalence, stages, bone, muscle and bone together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.cohort_summary import (
    SEXES,
    Bone,
    BySex,
    DefinitionSummary,
    Sex,
    Share,
    StagePart,
    Stages,
)
from myosteon.outputs.report_charts import (
    Axis,
    Lane,
    Segment,
    axis_drawing,
    lanes_drawing,
    make_axis,
    mark_drawing,
    stacked_drawing,
    swatch_drawing,
)
from myosteon.outputs.report_tables import ChartRow, Key, RowChart, Table
from myosteon.outputs.report_wording import Voice
from myosteon.outputs.small_cells import hidden_parts, hidden_sexes

NO_LANES: tuple[Lane, ...] = ()
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

    def label(self, definition: DefinitionSummary) -> str:
        """The name of a definition."""
        return definition.label_zh if self.voice.language == "zh" else definition.label_en

    def interval(self, share: Share) -> str:
        """The interval of a share as text."""
        if share.proved is None:
            return ""
        low, high = (self.voice.plain_percent(end) for end in (share.proved.low, share.proved.high))
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


# --- prevalence ---------------------------------------------------------------------------------------------


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
        _lane(by_sex[sex], y, mark, thick=sex == "all")
        for sex, y, mark in (("all", 14, "disc"), ("female", 31, "ring"), ("male", 43, "square"))
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


def _lane(share: Share, y: int, mark: str, thick: bool) -> Lane:
    assert share.proved is not None  # the caller leaves out shares of nobody
    upto = share.not_excluded.estimate if share.not_excluded else share.proved.estimate
    return Lane(share.proved, upto, y, mark, thick)


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
    columns = "judged col_proved col_open col_excluded col_share col_interval col_upto col_settled".split()
    head = [say(first), *([say("osteosarcopenia.col_kind")] if extra else []), say("prevalence.col_sex")]
    rows = []
    for place, (name, by_sex) in enumerate(named):
        hidden = view.hidden(by_sex)
        for sex in SEXES:
            names = (name, *([extra[place]] if extra else []), str(say(f"bone.{sex}")))
            rows.append((*names, *_share_cells(by_sex[sex], sex in hidden, view)))
    return Table(
        (*(str(text) for text in head), *(str(say(f"prevalence.{name}")) for name in columns)), tuple(rows)
    )


def _share_cells(share: Share, hidden: bool, view: View) -> tuple[str, ...]:
    voice = view.voice
    if hidden:
        return (voice.count(share.judged), *[str(voice.say("page.suppressed"))] * 7)
    return (
        voice.count(share.judged),
        voice.count(share.yes),
        voice.count(share.open),
        voice.count(share.no),
        view.shown(share, False),
        view.interval(share),
        view.upto(share, False),
        voice.percent(share.settled.estimate if share.settled else None),
    )


# --- stages -------------------------------------------------------------------------------------------------

STAGE_LOOKS = ("severe", "confirmed", "confirmed_open", "early", "early_open", "open", "none")


def stages_chart(definitions: Sequence[DefinitionSummary], view: View) -> RowChart:
    """How everybody judged falls into the stages of each definition."""
    rows = tuple(
        _stacked_row(view.label(definition), definition.stages, _stage_look, STAGE_LOOKS, "stages", view)
        for definition in sort_by_share(definitions)
    )
    keys = tuple(Key(swatch_drawing(look), str(view.voice.say(f"stages.{look}"))) for look in STAGE_LOOKS)
    return RowChart(rows, keys=keys)


def _stage_look(part: StagePart, levels: tuple[str, ...]) -> str:
    if part.settled:
        known = part.proved if part.proved in ("severe", "confirmed", "none") else "early"
        return known or "none"
    if part.proved == "confirmed":
        return "confirmed_open"
    return "open" if part.proved in (None, "none") else "early_open"


def stages_table(definitions: Sequence[DefinitionSummary], view: View) -> Table:
    """Every pair of stage proved and stage not excluded, with its people."""
    named = [(view.label(definition), definition.stages) for definition in sort_by_share(definitions)]
    return stage_table("prevalence.definition", named, view)


def stage_table(first: str, named: Sequence[tuple[str, Stages]], view: View) -> Table:
    """A table of the parts of one or more stagings."""
    say = view.voice.say
    rows = []
    for name, stages in named:
        for part, hidden in zip(
            stages.parts, view.hidden_parts([p.people for p in stages.parts]), strict=True
        ):
            proved = say(f"stage.{part.proved}") if part.proved else say("stages.nothing")
            people = say("page.suppressed") if hidden else view.voice.count(part.people)
            share = "" if hidden else view.voice.percent(part.share)
            rows.append((name, str(proved), str(say(f"stage.{part.upto}")), str(people), share))
    head = (first, "stages.col_proved", "stages.col_upto", "stages.col_people", "stages.col_share")
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


def _stacked_row(
    name: str, stages: Stages, look_of: object, looks: Sequence[str], section: str, view: View
) -> ChartRow:
    assert callable(look_of)
    people = dict.fromkeys(looks, 0)
    shares = dict.fromkeys(looks, 0.0)
    for part in stages.parts:
        look = look_of(part, stages.levels)
        people[look] += part.people
        shares[look] += part.share
    return stacked_row(name, people, shares, stages.judged, section, view)


def stacked_row(
    name: str, people: Mapping[str, int], shares: Mapping[str, float], judged: int, section: str, view: View
) -> ChartRow:
    """One bar of parts of a whole; parts that are left out stand together at its end."""
    hidden = dict(zip(people, view.hidden_parts(list(people.values())), strict=True))
    shown = [look for look in people if people[look] and not hidden[look]]
    segments = [Segment(look, shares[look], f"{100 * shares[look]:.0f}") for look in shown]
    gone = sum(shares[look] for look in people if hidden[look])
    if gone:
        segments.append(Segment("hidden", gone))
    values = [
        str(
            view.voice.say(
                "stages.alt_value",
                part=view.voice.say(f"{section}.{look}"),
                share=view.voice.percent(shares[look]),
            )
        )
        for look in shown
    ]
    alt = str(view.voice.say("stages.alt", name=name, values=view.voice.join(values)))
    return ChartRow(name, stacked_drawing(segments, alt), (view.voice.count(judged),))


# --- bone ---------------------------------------------------------------------------------------------------

BONE_LOOKS = ("severe_osteoporosis", "osteoporosis", "low_bone_mass", "normal", "nothing")
CHINA_LOOKS = ("yes", "open", "no")


def bone_chart(stages: Mapping[Sex, Stages], view: View) -> RowChart:
    """The WHO categories of everybody, women and men."""
    rows = tuple(
        _stacked_row(
            str(view.voice.say(f"bone.{sex}")), stages[sex], _bone_look, BONE_LOOKS, "bone_words", view
        )
        for sex in SEXES
    )
    keys = tuple(Key(swatch_drawing(look), str(view.voice.say(f"bone_words.{look}"))) for look in BONE_LOOKS)
    return RowChart(rows, keys=keys)


def _bone_look(part: StagePart, levels: tuple[str, ...]) -> str:
    return part.proved if part.settled and part.proved else "nothing"


def bone_table(stages: Mapping[Sex, Stages], view: View) -> Table:
    """Every pair of category proved and category not excluded, by sex."""
    return stage_table(
        "prevalence.col_sex", [(str(view.voice.say(f"bone.{sex}")), stages[sex]) for sex in SEXES], view
    )


def osteoporosis_chart(by_sex: BySex, view: View) -> RowChart:
    """Osteoporosis proved, open and excluded, by sex."""
    rows = []
    for sex in SEXES:
        share = by_sex[sex]
        people = {"yes": share.yes, "open": share.open, "no": share.no}
        proved = share.proved.estimate if share.proved else 0.0
        open_share = share.open_share or 0.0
        shares = {"yes": proved, "open": open_share, "no": 1 - proved - open_share if share.judged else 0.0}
        rows.append(
            stacked_row(str(view.voice.say(f"bone.{sex}")), people, shares, share.judged, "bone", view)
        )
    keys = tuple(Key(swatch_drawing(look), str(view.voice.say(f"bone.{look}"))) for look in CHINA_LOOKS)
    return RowChart(tuple(rows), keys=keys)


def osteoporosis_sentence(bone: Bone, view: View) -> str:
    """One sentence on osteoporosis; empty where it may not be told or the results do not hold it."""
    if bone.osteoporosis is None or bone.osteoporosis["all"].proved is None:
        return ""
    if "all" in view.hidden(bone.osteoporosis):
        return ""
    share = bone.osteoporosis["all"]
    return str(view.voice.say("bone.read", share=view.shown(share, False), upto=view.upto(share, False)))


# --- muscle and bone together -------------------------------------------------------------------------------


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
        columns=(str(say("osteosarcopenia.strict")), str(say("osteosarcopenia.broad"))),
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
    lanes, numbers, told = [], [], {}
    for name, by_sex, y, mark in (("strict", strict, 11, "block"), ("broad", broad, 27, "square")):
        share, hidden = by_sex["all"], "all" in view.hidden(by_sex)
        if not hidden and share.proved is not None:
            lanes.append(_lane(share, y, mark, thick=False))
        told[name], told[f"{name}_upto"] = view.shown(share, hidden), view.upto(share, hidden)
        bold = Markup('<b>{}</b> <span class="nb">{}</span>')
        numbers.append(bold.format(view.shown(share, hidden), "" if hidden else view.interval(share)))
    alt = str(view.voice.say("osteosarcopenia.alt", definition=view.label(definition), **told))
    return ChartRow(view.label(definition), lanes_drawing(lanes, axis, 38, alt), tuple(numbers))


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

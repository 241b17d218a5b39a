"""The part of the report on strata of fracture risk: who is where by age and sex under each guideline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from myosteon.outputs.cohort_summary import SEXES, Sex
from myosteon.outputs.report_charts import Segment, stacked_drawing, swatch_drawing
from myosteon.outputs.report_stages import STAGE_LOOKS
from myosteon.outputs.report_strata_tables import levels_table, look_counts, look_of, parts_table
from myosteon.outputs.report_tables import Key, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.small_cells import is_small
from myosteon.outputs.strata_summary import (
    AGE_GROUPS,
    AgeGroup,
    Lack,
    StrataSummary,
    StratumAsked,
    StratumGroup,
    StratumSummary,
)

Detail = Literal["full", "sex", "all"]
MOST_LACKS_SHOWN = 3
TOTALS: tuple[AgeGroup, ...] = ("from_50", "under_50")
BANDS = tuple(age for age in AGE_GROUPS if age != "from_50")
SHOWN_SEXES: Mapping[Detail, tuple[Sex, ...]] = {
    "full": ("female", "male"),
    "sex": ("female", "male"),
    "all": ("all",),
}


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar with its name and the number of people; `apart` stands below a line of its own, `total` in bold."""

    name: str
    drawing: Markup
    number: str
    apart: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class BarColumn:
    """Bars under one heading."""

    title: str
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class StratumBlock:
    """One guideline as the report shows it."""

    id: str
    name: str
    scope: str
    facts: tuple[tuple[str, str], ...]
    lacks: tuple[tuple[str, str], ...]
    status: str
    marks: str
    remark: str
    note: str
    columns: tuple[BarColumn, ...]
    table: Table


def strata_sentence(summary: StrataSummary, view: View) -> str:
    """How many are at high or very high risk."""
    say, voice = view.voice.say, view.voice
    people = summary.people["from_50", "all"]
    if not people:
        return str(say("strata.nobody"))
    if view.suppress and (is_small(summary.found_by_any) or is_small(summary.found_by_all)):
        return str(say("strata.read_hidden"))
    told = {"people": view.number(people), "any": voice.count(summary.found_by_any)}
    if len(summary.strata) < 2:
        return str(say("strata.read_one", **told))
    count, by_all = len(summary.strata), voice.count(summary.found_by_all)
    if not summary.found_by_all:
        return str(say("strata.read_none", count=count, **told))
    return str(say("strata.read", count=count, all=by_all, **told))


def apart_sentence(summary: StrataSummary, view: View) -> str:
    """Whom the groups of ages and sexes leave out; empty where they leave out nobody."""
    if not (summary.age_unknown or summary.sex_unknown):
        return ""
    age, sex = (view.number(people) for people in (summary.age_unknown, summary.sex_unknown))
    return str(view.voice.say("strata.apart", age=age, sex=sex))


def strata_keys(summary: StrataSummary, view: View) -> tuple[Key, ...]:
    """What the looks of the bars mean, of those that are seen."""
    seen = {
        look_of(part, stratum.asked)
        for stratum in summary.strata
        for group in stratum.groups.values()
        for part in group.parts
    }
    looks = [look for look in STAGE_LOOKS if look in seen]
    return tuple(Key(swatch_drawing(look), str(view.voice.say(f"strata_words.{look}"))) for look in looks)


def stratum_block(stratum: StratumSummary, view: View) -> StratumBlock:
    """One guideline: its bars, what is lacking, how far its criteria were checked, and a table of the same numbers."""
    say, asked = view.voice.say, stratum.asked
    detail = _detail(stratum) if view.suppress else "full"
    older = stratum.groups["from_50", "all"]
    judged, not_for = view.numbers([older.judged, older.not_for])
    facts = [(str(say("strata.judged")), judged)]
    if older.not_for:
        facts.append((str(say("strata.not_for")), not_for))
    facts.append((str(say("strata.waiting")), view.number(stratum.waiting)))
    status, marks = _marks(asked, view)
    evidence = asked.evidence
    return StratumBlock(
        id=asked.id,
        name=view.text(evidence.label),
        scope=view.text(evidence.scope.note) if evidence.scope else "",
        facts=tuple(facts),
        lacks=lacks_shown(stratum.lacks, view),
        status=status,
        marks=marks,
        remark=view.text(evidence.remark) if evidence.remark else "",
        note=str(say("strata.coarse")) if detail != "full" else "",
        columns=tuple(_column(stratum, sex, detail, view) for sex in SHOWN_SEXES[detail]),
        table=parts_table(stratum, view)
        if detail == "all"
        else levels_table(stratum, tuple(AGE_GROUPS) if detail == "full" else TOTALS, view),
    )


def lacks_shown(lacks: Sequence[Lack], view: View) -> tuple[tuple[str, str], ...]:
    """The things that most people lack, each with their number."""
    return tuple((view.text(lack.what), view.number(lack.people)) for lack in lacks[:MOST_LACKS_SHOWN])


def _marks(asked: StratumAsked, view: View) -> tuple[str, str]:
    """The weakest mark among the criteria, and a sentence that names those that bear it."""
    say = view.voice.say
    join = "、" if view.voice.language == "zh" else "; "
    for status in ("unchecked", "secondary"):
        names = [view.text(mark.criterion) for mark in asked.marks if mark.status == status]
        if names:
            listed = join.join(dict.fromkeys(names))
            counts = {"count": len(names), "all": len(asked.marks)}
            return status, str(say(f"strata.marks_{status}", names=listed, **counts))
    return "checked", str(say("strata.marks_checked"))


# --- cells of fewer than 10 people: told by age and sex only where no cell is so small ------------------------------


def _detail(stratum: StratumSummary) -> Detail:
    for detail, ages in (("full", BANDS), ("sex", TOTALS)):
        if not any(is_small(people) for age in ages for people in _cells(stratum, age)):
            return "full" if detail == "full" else "sex"
    return "all"


def _cells(stratum: StratumSummary, age: AgeGroup) -> list[int]:
    """The people of each part and sex; those of unknown sex are everybody less women and men."""
    counts = [_counts(stratum.groups[age, sex]) for sex in SEXES]
    names = {name for count in counts for name in count}
    everybody, women, men = ([count.get(name, 0) for name in sorted(names)] for count in counts)
    others = [a - b - c for a, b, c in zip(everybody, women, men, strict=True)]
    return [*women, *men, *others]


def _counts(group: StratumGroup) -> dict[str, int]:
    return {f"{part.proved} {part.upto}": part.people for part in group.parts} | {"not for": group.not_for}


# --- bars ---------------------------------------------------------------------------------------------------------


def _column(stratum: StratumSummary, sex: Sex, detail: Detail, view: View) -> BarColumn:
    ages = tuple(AGE_GROUPS) if detail == "full" else TOTALS if detail == "sex" else ("from_50",)
    rows = tuple(_bar(stratum, age, sex, detail, view) for age in ages)
    return BarColumn(str(view.voice.say(f"bone.{sex}")), rows)


def _bar(stratum: StratumSummary, age: AgeGroup, sex: Sex, detail: Detail, view: View) -> BarRow:
    say, voice = view.voice.say, view.voice
    group, name = stratum.groups[age, sex], str(say(f"strata_age.{age}"))
    named = {
        "guideline": view.text(stratum.asked.evidence.label),
        "sex": say(f"bone.{sex}"),
        "age": name,
    }
    people, shares = look_counts(group.parts, stratum.asked)
    hidden = view.hidden_looks(people) if detail == "all" else frozenset[str]()
    segments = [
        Segment(look, shares[look], f"{100 * shares[look]:.0f}")
        for look in STAGE_LOOKS
        if people.get(look) and look not in hidden
    ]
    values = [
        str(
            say(
                "strata.alt_value",
                part=say(f"strata_words.{segment.look}"),
                share=voice.percent(segment.share),
            )
        )
        for segment in segments
    ]
    gone = sum(shares[look] for look in hidden)
    if gone:
        segments.append(Segment("hidden", gone))
    number = view.number(group.judged)
    alt = (
        say("strata.alt", judged=number, values=voice.join(values), **named)
        if group.judged
        else say("strata.alt_nobody", **named)
    )
    return BarRow(
        name, stacked_drawing(segments, str(alt), height=20), number, age == "under_50", age == "from_50"
    )

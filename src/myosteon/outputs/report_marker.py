"""The part of the report on osteosarcopenia beside the strata: a remark, never a factor."""

from __future__ import annotations

from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet
from myosteon.outputs.cohort_summary import Sex
from myosteon.outputs.report_charts import Segment, stacked_drawing, swatch_drawing
from myosteon.outputs.report_strata import BarColumn, BarRow
from myosteon.outputs.report_tables import Key, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.small_cells import is_small
from myosteon.outputs.strata_summary import (
    AGE_GROUPS,
    AgeGroup,
    MarkerGroup,
    MarkerSummary,
    StrataSummary,
)

LOOKS = ("yes", "open", "no")


@dataclass(frozen=True, slots=True)
class Association:
    """A published association: a sentence, where it stands, and how far it was checked."""

    text: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class MarkerBlock:
    """Osteosarcopenia as the report shows it beside the strata."""

    keys: tuple[Key, ...]
    columns: tuple[BarColumn, ...]
    table: Table
    among: Table
    published: tuple[Association, ...]


def marker_block(
    marker: MarkerSummary, summary: StrataSummary, evidence: EvidenceSet | None, view: View
) -> MarkerBlock:
    """Bars by age and sex, a table of the same, the people at high risk, and what was published of groups."""
    coarse = view.suppress and any(is_small(people) for age in AGE_GROUPS for people in _cells(marker, age))
    ages: tuple[AgeGroup, ...] = ("from_50",) if coarse else tuple(AGE_GROUPS)
    sexes: tuple[Sex, ...] = ("all",) if coarse else ("female", "male")
    return MarkerBlock(
        keys=tuple(Key(swatch_drawing(look), str(view.voice.say(f"marker.{look}"))) for look in LOOKS),
        columns=tuple(
            BarColumn(
                str(view.voice.say(f"bone.{sex}")),
                tuple(_bar(marker.groups[age, sex], age, sex, view) for age in ages),
            )
            for sex in sexes
        ),
        table=_table(marker, ages, ("all",) if coarse else ("all", "female", "male"), view),
        among=_among(marker, summary, view),
        published=_published(evidence, view) if evidence else (),
    )


def _cells(marker: MarkerSummary, age: AgeGroup) -> list[int]:
    everybody, women, men = (
        (group.yes, group.open, group.no)
        for group in (marker.groups[age, "all"], marker.groups[age, "female"], marker.groups[age, "male"])
    )
    others = [a - b - c for a, b, c in zip(everybody, women, men, strict=True)]
    return [*women, *men, *others]


def _shares(group: MarkerGroup) -> dict[str, float]:
    yes = group.proved.estimate if group.proved else 0.0
    upto = group.not_excluded.estimate if group.not_excluded else 0.0
    return {"yes": yes, "open": max(0.0, upto - yes), "no": 1 - upto if group.people else 0.0}


def _bar(group: MarkerGroup, age: AgeGroup, sex: Sex, view: View) -> BarRow:
    say, voice, shares = view.voice.say, view.voice, _shares(group)
    people = {"yes": group.yes, "open": group.open, "no": group.no}
    hidden = view.hidden_looks(people)
    segments = [
        Segment(
            "hidden" if look in hidden else look,
            shares[look],
            None if look in hidden else f"{100 * shares[look]:.0f}",
        )
        for look in LOOKS
        if people[look]
    ]
    told = {
        look: str(say("page.suppressed")) if look in hidden else voice.percent(shares[look])
        for look in ("yes", "open")
    }
    name = str(say(f"strata_age.{age}"))
    alt = say("marker.alt", sex=say(f"bone.{sex}"), age=name, people=view.number(group.people), **told)
    drawing = stacked_drawing(segments, str(alt), height=20)
    return BarRow(name, drawing, view.number(group.people), age == "under_50", age == "from_50")


def _table(marker: MarkerSummary, ages: tuple[AgeGroup, ...], sexes: tuple[Sex, ...], view: View) -> Table:
    say, voice = view.voice.say, view.voice
    rows = []
    for age in ages:
        for sex in sexes:
            group = marker.groups[age, sex]
            hidden = any(view.hidden_parts([group.yes, group.open, group.no]))
            counts = [voice.count(people) for people in (group.yes, group.open, group.no)]
            shares = [
                voice.percent(end.estimate if end else None) for end in (group.proved, group.not_excluded)
            ]
            cells = (*counts, shares[0], view.ends(group.proved), shares[1])
            told = (str(say("page.suppressed")), *[""] * (len(cells) - 1)) if hidden else cells
            rows.append(
                (str(say(f"strata_age.{age}")), str(say(f"bone.{sex}")), view.number(group.people), *told)
            )
    head = (
        "strata.age",
        "prevalence.col_sex",
        "strata.col_people",
        "marker.col_yes",
        "marker.col_open",
        "marker.col_no",
        "strata.col_share",
        "strata.col_interval",
        "strata.col_not_excluded",
    )
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


def _among(marker: MarkerSummary, summary: StrataSummary, view: View) -> Table:
    say = view.voice.say
    rows = []
    for one in summary.strata:
        group = marker.among_high[one.asked.id]
        name = view.text(one.asked.evidence.label)
        rows.append((name, view.number(group.people), *view.numbers([group.yes, group.open, group.no])))
    head = ("strata.guideline", "marker.col_high", "marker.col_yes", "marker.col_open", "marker.col_no")
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


def _published(evidence: EvidenceSet, view: View) -> tuple[Association, ...]:
    say = view.voice.say
    told = []
    for numbers in evidence.coefficients:
        terms = {name: f"{value:g}" for name, value in numbers.terms}
        if "ratio" in terms:
            key = "marker.odds_ratio" if "odds" in numbers.name else "marker.fracture_ratio"
            text = say(key, ratio=terms["ratio"], low=terms["low"], high=terms["high"])
        else:
            text = say(
                "marker.death",
                both=terms["both"],
                sarcopenia=terms["sarcopenia_only"],
                osteoporosis=terms["osteoporosis_only"],
                neither=terms["neither"],
            )
        source = numbers.source
        where = source.where_in(view.voice.language)
        told.append(
            Association(
                str(text),
                f"{source.paper.citation} ({where})"
                if view.voice.language == "en"
                else f"{source.paper.citation}（{where}）",
                source.status,
            )
        )
    return tuple(told)

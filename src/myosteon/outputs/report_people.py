"""The parts of the report on people and measurements: who, screening, what is missing, what would settle the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.cohort_summary import (
    AgeBand,
    CohortSummary,
    DefinitionSummary,
    Missing,
    Note,
    ScreenSummary,
    Who,
)
from myosteon.outputs.report_charts import (
    Segment,
    axis_drawing,
    make_axis,
    share_drawing,
    stacked_drawing,
    swatch_drawing,
)
from myosteon.outputs.report_prevalence import share_table
from myosteon.outputs.report_tables import EMPTY, Cell, ChartRow, Key, Matrix, RowChart, Table
from myosteon.outputs.report_view import View, sort_by_share
from myosteon.outputs.small_cells import is_small
from myosteon.vocabulary.measures import load_measures

MOST_REFUSALS_SHOWN = 12
MOST_NEEDS_SHOWN = 12


def facts(who: Who, view: View) -> list[tuple[str, str]]:
    """Name and value of what is known of everybody."""
    voice = view.voice
    say = voice.say
    shown: list[tuple[str, str]] = []
    if who.people is None:
        shown.append((str(say("who.rows_only")), voice.count(who.rows)))
    else:
        shown.append((str(say("who.people")), voice.count(who.people)))
        if who.people != who.rows:
            shown.append((str(say("who.rows")), voice.count(who.rows)))
    women, men, unknown = view.numbers([who.female, who.male, who.sex_unknown])
    if not view.hidden_parts([who.female, who.male, who.sex_unknown])[0]:
        key = "who.women_value" if who.weight_column is None else "who.women_weighted"
        women = str(say(key, people=women, share=voice.percent(who.female_share)))
    shown += [(str(say("who.women")), women), (str(say("who.men")), men)]
    if who.sex_unknown:
        shown.append((str(say("who.sex_unknown")), unknown))
    if who.age_median is not None:
        shown.append((str(say("who.median_age")), str(say("who.years", age=f"{who.age_median:g}"))))
    if who.age_unknown:
        shown.append((str(say("who.age_unknown")), view.number(who.age_unknown)))
    if who.without_weight:
        shown.append((str(say("who.without_weight")), view.number(who.without_weight)))
    return shown


def method_text(who: Who, view: View) -> str:
    """How the intervals were computed."""
    say = view.voice.say
    if who.method != "taylor":
        return str(say(f"who.method_{who.method}"))
    text = str(
        say("who.method_taylor", strata=view.voice.count(who.strata), units=view.voice.count(who.units))
    )
    return f"{text}. {say('who.lonely', strata=who.lonely_strata)}" if who.lonely_strata else text


# --- ages ---------------------------------------------------------------------------------------------------


def age_chart(who: Who, view: View) -> RowChart | None:
    """People by age and sex; None where no age is known."""
    if not who.age_bands:
        return None
    say, voice = view.voice.say, view.voice
    most = max(band.female + band.male for band in who.age_bands) or 1
    hidden_women = view.hidden_parts([band.female for band in who.age_bands])
    hidden_men = view.hidden_parts([band.male for band in who.age_bands])
    rows = []
    for band, no_women, no_men in zip(who.age_bands, hidden_women, hidden_men, strict=True):
        name = _age_name(band, view)
        women = str(say("page.suppressed")) if no_women else voice.count(band.female)
        men = str(say("page.suppressed")) if no_men else voice.count(band.male)
        segments = [
            Segment("women", 0 if no_women else band.female / most),
            Segment("men", 0 if no_men else band.male / most),
        ]
        alt = str(say("who.age_value", band=name, female=women, male=men))
        rows.append(ChartRow(name, stacked_drawing(segments, alt, height=20), (women, men)))
    keys = (
        Key(swatch_drawing("women"), str(say("who.women"))),
        Key(swatch_drawing("men"), str(say("who.men"))),
    )
    return RowChart(tuple(rows), columns=(str(say("who.women")), str(say("who.men"))), keys=keys)


def _age_name(band: AgeBand, view: View) -> str:
    if band.age_to is None:
        return str(view.voice.say("who.age_open", low=band.age_from))
    return str(view.voice.say("who.age_band", low=band.age_from, high=band.age_to))


# --- refused values and contradictions ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remarks:
    """A sentence, single entries (person, value, column where the reason does not name it, reason), and what is left."""

    sentence: str
    entries: tuple[tuple[str, str, str, str], ...] = ()
    more: str = ""


def refused_values(summary: CohortSummary, view: View) -> Remarks:
    """The values that the reader refused, by person; only their number where small cells are left out."""
    say, voice = view.voice.say, view.voice
    count = summary.refused_in_all
    if not count:
        return Remarks(str(say("who.refused_none")))
    sentence = str(
        say("who.refused_one") if count == 1 else say("who.refused_some", count=voice.count(count))
    )
    if view.suppress or not summary.refused:
        return Remarks(sentence)
    shown = summary.refused[:MOST_REFUSALS_SHOWN]
    rows = []
    for refusal in shown:
        reason = refusal.reason_zh if voice.language == "zh" else refusal.reason_en
        column = "" if refusal.column in reason else refusal.column
        rows.append((refusal.person_id or "", refusal.value, column, reason))
    left = count - len(shown)
    more = str(say("who.refused_more", count=voice.count(left))) if left else ""
    return Remarks(sentence, tuple(rows), more)


def contradiction_lines(summary: CohortSummary, view: View) -> list[tuple[str, str]]:
    """Each contradiction and how many people, or which person, it is about."""
    voice, lines = view.voice, []
    for entry in summary.contradiction_counts:
        key = f"contradiction.{entry.kind}"
        text = str(voice.say(key)) if voice.has(key) else entry.kind
        lines.append((view.number(entry.people), text))
    if not view.suppress:
        for single in summary.contradictions:
            reason = single.reason_zh if voice.language == "zh" else single.reason_en
            lines.append((single.person_id, reason))
    return lines


def assumption_lines(summary: CohortSummary, notes: Sequence[Note], view: View) -> list[str]:
    """What was assumed of people, as sentences: counted in the results, or said by the caller."""
    lines = []
    if summary.taken_as_postmenopausal:
        people = view.number(summary.taken_as_postmenopausal)
        lines.append(str(view.voice.say("who.postmenopausal", people=people)))
    return [*lines, *(view.voice.note(note) for note in notes)]


# --- screening ------------------------------------------------------------------------------------------------


def screens_chart(screens: Sequence[ScreenSummary], view: View) -> RowChart | None:
    """The positive share of each screening tool; None where the results hold none."""
    if not screens:
        return None
    say, voice = view.voice.say, view.voice
    ends = [screen.by_sex["all"].proved.high for screen in screens if screen.by_sex["all"].proved]
    axis = make_axis(max(ends, default=0.01))
    rows = []
    for screen in screens:
        share, hidden = screen.by_sex["all"], "all" in view.hidden(screen.by_sex)
        name = str(say(f"screens.{screen.column}"))
        text = Markup('<b>{}</b> <span class="nb">{}</span>').format(
            view.shown(share, hidden), "" if hidden else view.interval(share)
        )
        known = share.proved if not hidden else None
        alt = f"{name}: {view.shown(share, hidden)}"
        if known is not None:
            low, high = voice.plain_percent(known.low), voice.plain_percent(known.high)
            alt = str(
                say(
                    "screens.alt",
                    tool=name,
                    share=view.shown(share, False),
                    low=low,
                    high=high,
                    judged=voice.count(share.judged),
                )
            )
        drawing = share_drawing(known.estimate if known else 0.0, known, axis, alt)
        rows.append(ChartRow(name, drawing, (text, voice.count(share.judged))))
    columns = (str(say("screens.positive")), str(say("screens.screened")))
    return RowChart(tuple(rows), columns, axis_drawing(axis), str(say("screens.axis")))


def screens_table(screens: Sequence[ScreenSummary], view: View) -> Table:
    """Counts, shares and intervals of each tool, by sex."""
    named = [(str(view.voice.say(f"screens.{screen.column}")), screen.by_sex) for screen in screens]
    return share_table("screens.tool", named, view)


# --- what is missing --------------------------------------------------------------------------------------------


def missing_chart(summary: CohortSummary, view: View) -> RowChart | None:
    """The missing share of the measures that verdicts wait for, and of the essential ones; None where none is shown."""
    wanted = {need.measure for definition in summary.definitions for need in definition.needs}
    known = load_measures()
    wanted |= {name for name, measure in known.items() if measure.essential}
    chosen = [entry for entry in summary.missing if entry.measure in wanted and entry.people]
    chosen.sort(key=lambda entry: (entry.absent, -entry.people))
    axis = make_axis(1.0)
    rows = tuple(_missing_row(entry, summary.who.rows, view) for entry in chosen)
    return RowChart(rows, axis=axis_drawing(axis)) if rows else None


def _missing_row(entry: Missing, rows: int, view: View) -> ChartRow:
    voice, axis = view.voice, make_axis(1.0)
    hidden = view.suppress and is_small(entry.people)
    share = entry.people / rows if rows else 0.0
    text = voice.say("page.suppressed") if hidden else voice.percent(share)
    name = voice.measure(entry.measure)
    alt = str(
        voice.say("missing.alt", measure=name, share=text, people="" if hidden else voice.count(entry.people))
    )
    shown = (
        Markup('{} <span class="absent">{}</span>').format(name, voice.say("missing.absent"))
        if entry.absent
        else name
    )
    drawing = share_drawing(0.0 if hidden else share, None, axis, alt, unknown=True)
    return ChartRow(shown, drawing, (Markup("<b>{}</b>").format(text),))


def missing_table(summary: CohortSummary, view: View) -> Table:
    """Every measure of the file with its missing share, in the contract's order."""
    voice, total = view.voice, summary.who.rows
    rows = []
    for entry in summary.missing:
        hidden = view.suppress and is_small(entry.people)
        share = "" if hidden or not total else voice.percent(entry.people / total)
        rows.append((voice.measure(entry.measure), view.number(entry.people), share))
    head = ("missing.col_measure", "missing.col_people", "missing.col_share")
    return Table(tuple(str(voice.say(key)) for key in head), tuple(rows))


# --- what would settle the open ones ----------------------------------------------------------------------------


def needs_matrix(definitions: Sequence[DefinitionSummary], view: View) -> Matrix | None:
    """How many people wait for each measurement under each definition; None where nobody waits."""
    ordered = sort_by_share(definitions)
    total: dict[str, int] = {}
    for definition in ordered:
        for need in definition.needs:
            total[need.measure] = max(total.get(need.measure, 0), need.people)
    order = {name: place for place, name in enumerate(load_measures())}
    ranked = sorted(total, key=lambda name: (-total[name], order.get(name, len(order)), name))[
        :MOST_NEEDS_SHOWN
    ]
    if not ranked:
        return None
    waiting = {(d.id, need.measure): need.people for d in ordered for need in d.needs}
    rows = [
        (
            view.voice.measure(measure),
            tuple(
                _needs_cell(waiting.get((d.id, measure), 0), d.prevalence["all"].judged, view)
                for d in ordered
            ),
        )
        for measure in ranked
    ]
    unsettled = tuple(Cell(view.number(d.unsettled), 0) for d in ordered)
    rows.append((str(view.voice.say("needs.unsettled")), unsettled))
    return Matrix(tuple(view.label(definition) for definition in ordered), tuple(rows))


def _needs_cell(people: int, judged: int, view: View) -> Cell:
    if not people:
        return EMPTY
    if view.suppress and is_small(people):
        return Cell("<10", 0)
    share = people / judged if judged else 0.0
    return Cell(view.voice.count(people), 1 if share < 0.2 else 2 if share < 0.5 else 3)


def scope_lines(definitions: Sequence[DefinitionSummary], view: View) -> list[tuple[str, str, str]]:
    """For each definition with a scope: its name, how many are younger, and the note on it."""
    lines = []
    for definition in definitions:
        scope = definition.outside_scope
        if scope is None:
            continue
        key = "scope.line" if scope.people else "scope.line_none"
        parts = {"people": view.number(scope.people)} if scope.people else {}
        text = str(view.voice.say(key, age=f"{scope.age_from:g}", **parts))
        lines.append((view.label(definition), text, view.voice.note(scope.note)))
    return lines

"""One answer of a risk algorithm over a cohort: a distribution with quartiles, bars of levels, or the commonest of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from myosteon.outputs.cohort_summary import SEXES, Sex, StagePart
from myosteon.outputs.report_charts import Segment, stacked_drawing, swatch_drawing
from myosteon.outputs.report_distribution import Side, distribution_axis, distribution_drawing
from myosteon.outputs.report_strata import BarRow
from myosteon.outputs.report_tables import NO_DRAWING, Key, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.risk_summary import Answer, LevelAnswer, ListAnswer, NumberAnswer, Spread
from myosteon.outputs.small_cells import is_small
from myosteon.outputs.wording.load import speak

LEVEL_LOOKS = {
    2: ("none", "confirmed"),
    3: ("none", "early", "confirmed"),
    4: ("none", "early", "confirmed", "severe"),
    5: ("none", "early", "middle", "confirmed", "severe"),
}
"""How levels are drawn, lowest first, by how many there are."""
OPEN_LOOKS = {"early": "early_open", "confirmed": "confirmed_open"}
UNKNOWN_LOOK = "open"
FEWEST_FOR_QUARTILES = 40  # where small cells are left out: so that ten people stand in each quarter


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer: its name, a drawing over an axis or bars with their keys, a small table, and lines of text."""

    name: str
    drawing: Markup = NO_DRAWING
    axis: Markup = NO_DRAWING
    axis_text: str = ""
    keys: tuple[Key, ...] = ()
    bars: tuple[BarRow, ...] = ()
    table: Table | None = None
    lines: tuple[str, ...] = ()


def show_answer(answer: Answer, algorithm: str, view: View) -> AnswerShown | None:
    """An answer of an algorithm of that name; None where nobody has one."""
    if isinstance(answer, NumberAnswer):
        return _number(answer, algorithm, view)
    if isinstance(answer, LevelAnswer):
        return _levels(answer, algorithm, view)
    return _list(answer, view)


def answer_name(answer: Answer, view: View) -> str:
    """What an answer is called as a heading."""
    text = view.text(answer.word if answer.word.en else answer.name).rstrip(":：")
    return speak(view.voice.language).outside(text)


# --- numbers --------------------------------------------------------------------------------------------------------


def spread_sexes(answer: NumberAnswer, view: View) -> tuple[Sex, ...]:
    """Whose numbers are told: those of everybody, and of each sex that has any, where that tells of no few people."""
    told = tuple(sex for sex in SEXES if answer.by_sex[sex].people)
    women, men = (answer.by_sex[sex].people for sex in ("female", "male"))
    others = answer.by_sex["all"].people - women - men
    few = view.suppress and any(is_small(people) for people in (women, men, others))
    return tuple(sex for sex in told if sex == "all") if few else told


def quartile_texts(spread: Spread, unit: str, view: View) -> tuple[str, str, str]:
    """The lower quartile, the median and the upper quartile with their unit; dashes where there are none or too few people."""
    if spread.quartiles is None or (view.suppress and spread.people < FEWEST_FOR_QUARTILES):
        return "–", "–", "–"
    speech = speak(view.voice.language)
    low, middle, high = (speech.quantity(value, unit) for value in spread.quartiles)
    return low, middle, high


def _number(answer: NumberAnswer, algorithm: str, view: View) -> AnswerShown | None:
    say, voice = view.voice.say, view.voice
    limits = [
        str(
            say(
                "risks.below",
                people=view.number(people),
                limit=speak(voice.language).quantity(limit, answer.unit),
            )
        )
        for limit, people in answer.below
    ]
    if not answer.by_sex["all"].people:
        return AnswerShown(answer_name(answer, view), lines=tuple(limits)) if limits else None
    sexes = spread_sexes(answer, view)
    rows, values = [], []
    for sex in sexes:
        spread = answer.by_sex[sex]
        low, middle, high = quartile_texts(spread, answer.unit, view)
        people = view.number(spread.people)
        known = middle != "–"
        span = str(say("risks.span", low=low, high=high)) if known else "–"
        rows.append((str(say(f"bone.{sex}")), people, middle, span))
        key = "risks.spread_value" if known else "risks.spread_small"
        told = {"median": middle, "low": low, "high": high} if known else {}
        values.append(str(say(key, sex=say(f"bone.{sex}"), people=people, **told)))
    alt = str(
        say(
            "risks.spread_alt",
            algorithm=algorithm,
            answer=answer_name(answer, view),
            values=voice.join(values),
        )
    )
    head = ("prevalence.col_sex", "risks.with_number", "risks.median", "risks.quartiles")
    drawn = _drawing(answer, sexes, alt, view)
    return AnswerShown(
        name=answer_name(answer, view),
        drawing=drawn,
        axis=distribution_axis(answer.bins) if drawn else NO_DRAWING,
        axis_text=str(say("risks.axis_percent" if answer.unit == "%" else "risks.axis_points")),
        table=Table(tuple(str(say(key)) for key in head), tuple(rows)),
        lines=tuple(limits),
    )


def _drawing(answer: NumberAnswer, sexes: Sequence[Sex], alt: str, view: View) -> Markup:
    """Women upwards, men downwards; everybody upwards where the sexes are not told apart. Nothing where a bin is too small."""
    looks: list[tuple[Sex, str, bool]] = [("female", "women", True), ("male", "men", False)]
    drawn = [(sex, look, up) for sex, look, up in looks if sex in sexes] or [("all", "plain", True)]
    if view.suppress and any(is_small(people) for sex, _, _ in drawn for people in answer.by_sex[sex].counts):
        return NO_DRAWING
    sides = [Side(look, answer.by_sex[sex], up) for sex, look, up in drawn]
    return distribution_drawing(sides, answer.bins, alt)


# --- levels ---------------------------------------------------------------------------------------------------------


def level_name(part: StagePart, answer: LevelAnswer, view: View) -> str:
    """The level proved, or that it is unknown; and the highest that is not excluded, where that says more."""
    say = view.voice.say
    known = part.proved is not None
    proved = view.text(answer.levels[part.proved]) if part.proved else str(say("risks.level_unknown"))
    if part.settled or (not known and part.upto == tuple(answer.levels)[-1]):
        return proved
    return str(say("risks.level_open", proved=proved, upto=view.text(answer.levels[part.upto])))


def level_look(part: StagePart, answer: LevelAnswer) -> str:
    """Filled for what is proved, hatched over where more is not excluded, hatched alone where it is unknown."""
    if part.proved is None:
        return UNKNOWN_LOOK
    levels = tuple(answer.levels)
    look = LEVEL_LOOKS[min(max(len(levels), 2), 5)][min(levels.index(part.proved), 4)]
    return look if part.settled else OPEN_LOOKS.get(look, UNKNOWN_LOOK)


def level_sexes(answer: LevelAnswer, view: View) -> tuple[Sex, ...]:
    """Whose levels are told: as with numbers."""
    told = tuple(sex for sex in SEXES if answer.people[sex])
    if not view.suppress:
        return told
    names = {(part.proved, part.upto) for part in answer.parts["all"]}
    counts = [{(part.proved, part.upto): part.people for part in answer.parts[sex]} for sex in SEXES]
    women, men = counts[1], counts[2]
    cells = [count.get(name, 0) for name in names for count in (women, men)]
    cells += [counts[0].get(name, 0) - women.get(name, 0) - men.get(name, 0) for name in names]
    return ("all",) if any(is_small(people) for people in cells) else told


def _levels(answer: LevelAnswer, algorithm: str, view: View) -> AnswerShown | None:
    if not answer.answered:
        return None
    sexes = level_sexes(answer, view)
    seen: dict[str, str] = {}
    for part in answer.parts["all"]:
        seen.setdefault(level_look(part, answer), level_name(part, answer, view))
    if UNKNOWN_LOOK in seen:
        seen[UNKNOWN_LOOK] = str(view.voice.say("risks.level_unknown"))
    return AnswerShown(
        name=answer_name(answer, view),
        keys=tuple(Key(swatch_drawing(look), name) for look, name in seen.items()),
        bars=tuple(_level_bar(answer, sex, algorithm, view) for sex in sexes),
    )


def _level_bar(answer: LevelAnswer, sex: Sex, algorithm: str, view: View) -> BarRow:
    say, voice = view.voice.say, view.voice
    parts = answer.parts[sex]
    hidden = view.hidden_parts([part.people for part in parts])
    segments, values = [], []
    for part, is_hidden in zip(parts, hidden, strict=True):
        if is_hidden:
            segments.append(Segment("hidden", part.share))
            continue
        segments.append(Segment(level_look(part, answer), part.share, f"{100 * part.share:.0f}"))
        named = {"part": level_name(part, answer, view), "share": voice.percent(part.share)}
        values.append(str(say("risks.level_value", **named)))
    people = view.number(answer.people[sex])
    alt = say(
        "risks.level_alt",
        algorithm=algorithm,
        answer=answer_name(answer, view),
        sex=say(f"bone.{sex}"),
        people=people,
        values=voice.join(values),
    )
    return BarRow(
        str(say(f"bone.{sex}")), stacked_drawing(segments, str(alt), height=20), people, total=sex == "all"
    )


# --- lists ----------------------------------------------------------------------------------------------------------


def _list(answer: ListAnswer, view: View) -> AnswerShown | None:
    if not answer.people:
        return None
    voice = view.voice
    title = str(voice.say("risks.listed", people=view.number(answer.people)))
    rows = tuple((view.text(item.what), view.number(item.people)) for item in answer.items)
    return AnswerShown(
        name=title, table=Table((str(voice.say("risks.col_what")), str(voice.say("risks.col_people"))), rows)
    )

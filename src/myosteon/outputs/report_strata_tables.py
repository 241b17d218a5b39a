"""How the parts of a stratum are told and drawn, and the tables of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

from myosteon.outputs.cohort_summary import SEXES, StagePart
from myosteon.outputs.report_stages import STAGE_LOOKS
from myosteon.outputs.report_tables import Table
from myosteon.outputs.report_view import View
from myosteon.outputs.strata_summary import HIGH, AgeGroup, StratumAsked, StratumSummary


def look_of(part: StagePart, asked: StratumAsked) -> str:
    """How a pair of stratum proved and stratum not excluded is drawn: filled, hatched over, or unknown."""
    levels = tuple(asked.levels)
    base, settled = levels[0], part.settled
    if part.proved is None or (part.proved == base and not settled):
        return "open"
    if part.proved == base:
        return "none"
    if part.proved == levels[-1]:
        return "severe"
    kind = "confirmed" if part.proved == HIGH else "early"
    return kind if settled else f"{kind}_open"


def look_counts(parts: Sequence[StagePart], asked: StratumAsked) -> tuple[dict[str, int], dict[str, float]]:
    """People and shares by look."""
    people: dict[str, int] = {}
    shares: dict[str, float] = {}
    for part in parts:
        look = look_of(part, asked)
        people[look] = people.get(look, 0) + part.people
        shares[look] = shares.get(look, 0.0) + part.share
    return people, shares


def levels_table(stratum: StratumSummary, ages: Sequence[AgeGroup], view: View) -> Table:
    """Every age, sex and stratum: people of whom it is the highest proved, people of whom it is not excluded, with shares."""
    say, voice = view.voice.say, view.voice
    rows = []
    for age in ages:
        for sex in SEXES:
            group = stratum.groups[age, sex]
            names = (str(say(f"strata_age.{age}")), str(say(f"bone.{sex}")), voice.count(group.judged))
            for level in reversed(group.levels):
                rows.append(
                    (
                        *names,
                        view.text(stratum.asked.levels[level.level]),
                        voice.count(level.people),
                        voice.percent(level.proved.estimate if level.proved else None),
                        view.ends(level.proved),
                        voice.count(level.possible),
                        voice.percent(level.not_excluded.estimate if level.not_excluded else None),
                        view.ends(level.not_excluded),
                    )
                )
    head = (
        "strata.age",
        "prevalence.col_sex",
        "strata.judged",
        "strata.level",
        "strata.col_highest",
        "strata.col_share",
        "strata.col_interval",
        "strata.col_possible",
        "strata.col_not_excluded",
        "strata.col_interval",
    )
    return Table(tuple(str(say(key)) for key in head), tuple(rows))


def parts_table(stratum: StratumSummary, view: View) -> Table:
    """The parts of everybody from 50, where more would tell cells of fewer than 10 people."""
    say, voice = view.voice.say, view.voice
    group = stratum.groups["from_50", "all"]
    people, shares = look_counts(group.parts, stratum.asked)
    hidden = view.hidden_looks(people)
    rows = [
        (
            str(say("strata_age.from_50")),
            str(say(f"strata_words.{look}")),
            str(say("page.suppressed")) if look in hidden else voice.count(people[look]),
            "" if look in hidden else voice.percent(shares[look]),
        )
        for look in STAGE_LOOKS
        if people.get(look)
    ]
    head = ("strata.age", "strata.col_part", "strata.col_people", "strata.col_share")
    return Table(tuple(str(say(key)) for key in head), tuple(rows))

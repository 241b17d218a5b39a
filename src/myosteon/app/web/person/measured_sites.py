"""T-scores by site for the ruler: of the last visit at which any was measured, with the machine that made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from myosteon.app.web.person.history import VISIT
from myosteon.app.web.person.judge import PersonJudge
from myosteon.app.web.person.voice import Voice, day_of, number_of
from myosteon.evidence.types import Cutoff

SITES = ("femoral_neck", "total_hip", "lumbar_spine", "radius_33")
MAKER, DEVICE = "dxa_maker", "dxa_device"
OSTEOPOROTIC, BELOW_NORMAL = "t_score_osteoporotic", "t_score_below_normal"


@dataclass(frozen=True, slots=True)
class SiteScore:
    """The T-score of one site."""

    site: str
    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class RulerView:
    """T-scores on one axis, the lowest first; `bands` are the limits and names of the WHO where they hold for the person.

    `of_verdict` is whether they were measured at the visit that is judged; else they are older, and the verdict knows none.
    """

    scores: tuple[SiteScore, ...]
    day: date | None
    machine: str
    of_verdict: bool
    limits: tuple[float, float]
    bands: bool


def ruler(
    visits: Sequence[Mapping[str, object]], judged: Mapping[str, object], judge: PersonJudge, voice: Voice
) -> RulerView | None:
    """The ruler; None where no T-score was ever measured."""
    until = [visit for visit in visits if (day_of(visit, VISIT) or judge.day) <= judge.day]
    scanned = [visit for visit in until if _scores(visit, voice)]
    if not scanned:
        return None
    visit = scanned[-1]
    lowest, normal = _limits(judge)
    return RulerView(
        scores=tuple(sorted(_scores(visit, voice), key=lambda score: score.value)),
        day=day_of(visit, VISIT),
        machine=_machine(visit, voice),
        of_verdict=visit is until[-1],
        limits=(lowest, normal),
        bands=judged.get("bone_who_upto") is not None,
    )


def _scores(visit: Mapping[str, object], voice: Voice) -> list[SiteScore]:
    found = []
    for site in SITES:
        value = number_of(visit, f"t_score_{site}")
        if value is not None:
            text = voice.quantity(f"t_score_{site}", value)
            found.append(SiteScore(site, voice.say(f"person.site.{site}"), value, text))
    return found


def _machine(visit: Mapping[str, object], voice: Voice) -> str:
    maker, device = visit.get(MAKER), visit.get(DEVICE)
    named = [voice.word(MAKER, str(maker))] if maker else []
    named += [str(device)] if device else []
    return " ".join(named)


def _limits(judge: PersonJudge) -> tuple[float, float]:
    """The limits of the bands, as the WHO set them."""
    cutoffs = next(one.evidence.cutoffs for one in judge.definitions.guidelines if one.id == "bone_who")
    return _limit(cutoffs, OSTEOPOROTIC), _limit(cutoffs, BELOW_NORMAL)


def _limit(cutoffs: Sequence[Cutoff], criterion: str) -> float:
    return next(cutoff.limits[0].value for cutoff in cutoffs if cutoff.criterion == criterion)

"""The sentences of the report: the answer first, then who was judged, how, and by whose methods."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from myosteon.study.validation.columns import tell_wanting
from myosteon.study.validation.recalibration import Recalibration
from myosteon.study.validation.result import Result
from myosteon.study.validation.words import ValidationVoice


def first_sentence(result: Result, voice: ValidationVoice) -> Markup:
    """What the risk is worth in these people, in one or two sentences."""
    people, within = voice.count(result.counts.judged), voice.within(result)
    if result.by_outcome or result.points:
        key = "sentence.points"
        if result.by_outcome:
            key = "sentence.by_outcome_points" if result.points else "sentence.by_outcome"
        events = voice.count(result.counts.events)
        first = voice.say(
            key, strong_people=people, strong_events=events, outcome=result.outcome, within=within
        )
        return _join([first, _pairs(result, voice)], voice)
    first = voice.say(
        "sentence.risk",
        strong_people=people,
        strong_observed=voice.percent(result.measures["observed"].value),
        strong_expected=voice.percent(result.measures["expected"].value),
        outcome=result.outcome,
        within=within,
    )
    return _join([first, _verdict(result, voice), _pairs(result, voice)], voice)


def _verdict(result: Result, voice: ValidationVoice) -> Markup:
    """Whether the risk is too high or too low on the whole; nothing without an interval."""
    ratio = result.measures["observed_expected"]
    if ratio.low is None or ratio.high is None:
        return Markup("")
    if ratio.low > 1 or ratio.high < 1:
        key = "sentence.too_low" if ratio.low > 1 else "sentence.too_high"
        return voice.say(key, strong_ratio=voice.decimals(ratio.value))
    return voice.say("sentence.as_many")


def _pairs(result: Result, voice: ValidationVoice) -> Markup:
    auc = result.measures.get("auc")
    return voice.say("sentence.pairs", strong_auc=voice.percent(auc.value, 0)) if auc else Markup("")


def _join(parts: list[Markup], voice: ValidationVoice) -> Markup:
    return Markup("" if voice.language == "zh" else " ").join(part for part in parts if part)


def facts(result: Result, voice: ValidationVoice) -> list[tuple[str, str]]:
    """Who was judged, as names and values."""
    counts, horizon = result.counts, voice.years(result.horizon_years)
    if result.over_time:
        design = voice.plain("who.design_time", horizon=horizon)
    else:
        inside = "" if result.horizon_years is None else voice.plain("who.in_brackets", horizon=horizon)
        design = voice.plain("who.design_fixed", within=inside)
    found = [
        (voice.plain("who.design"), design),
        (voice.plain("who.rows"), voice.count(counts.rows)),
        (voice.plain("who.judged"), voice.count(counts.judged)),
    ]
    if counts.people != counts.judged:
        found.append((voice.plain("who.people"), voice.count(counts.people)))
    found.append((voice.plain("who.events", outcome=result.outcome), voice.count(counts.events)))
    if counts.died_first:
        found.append((voice.plain("who.died_first"), voice.count(counts.died_first)))
    if result.over_time:
        found.append((voice.plain("who.left_early", horizon=horizon), voice.count(counts.left_early)))
        found.append((voice.plain("who.followed", horizon=horizon), voice.count(counts.followed_to_horizon)))
        found.append((voice.plain("who.median_follow_up"), _follow_up(result, voice)))
    return found


def _follow_up(result: Result, voice: ValidationVoice) -> str:
    median, horizon = result.counts.median_follow_up, result.horizon_years
    if median is None or (horizon is not None and median >= horizon):
        return voice.plain("who.at_least", horizon=voice.years(horizon))
    return voice.years(round(median, 2))


def about_lines(result: Result, voice: ValidationVoice) -> list[tuple[str, str]]:
    """What the evidence says of the algorithm, its notice word for word; nothing for a column of the file."""
    if result.about is None:
        return []
    about, language = result.about, voice.language
    note = about.note
    told = [
        (voice.plain("about.name"), about.label.in_language(language)),
        (voice.plain("about.population"), note.population.in_language(language)),
        (voice.plain("about.outcome"), note.outcome.in_language(language)),
        (voice.plain("about.horizon"), note.horizon.in_language(language)),
        (voice.plain("about.death"), voice.plain(f"about.{note.competing_death}")),
        (voice.plain("about.limits"), note.limits.in_language(language)),
    ]
    if note.notice is not None:
        told.append((voice.plain("about.notice"), note.notice.in_language(language)))
    return told


def excluded_lines(result: Result, voice: ValidationVoice) -> list[tuple[str, str]]:
    """How many were left out, by reason."""
    wanting = getattr(tell_wanting(result.counts.wanting), voice.language)
    return [
        (voice.count(count), voice.plain(f"excluded.{reason}") + (wanting if reason == "risk_needs" else ""))
        for reason, count in result.counts.excluded.items()
    ]


def quantile_line(result: Result, voice: ValidationVoice) -> str:
    """The spread of the risks or points."""
    if result.points:
        return " · ".join(f"{value:g}".replace("-", "−") for value in result.quantiles)
    return " · ".join(f"{100 * value:.3g}" for value in result.quantiles) + " %"


def incidence_reading(result: Result, voice: ValidationVoice) -> str:
    """What the incidence says beside the mean risk, with and without death."""
    if result.incidence is None:
        return ""
    observed = voice.percent(result.observed.estimate)
    if result.competing and result.observed_without_death is not None:
        return voice.plain(
            "incidence.read_both",
            died=voice.percent(float(result.incidence.died_first[-1])),
            observed=observed,
            alone=voice.percent(result.observed_without_death.estimate),
        )
    expected = result.measures.get("expected")
    told = "–" if expected is None else voice.percent(expected.value)
    return voice.plain("incidence.read", observed=observed, expected=told)


def describe_recalibrations(result: Result, voice: ValidationVoice) -> list[str]:
    """The recalibration that was found, or the one that was applied."""
    told = []
    for key, recalibration in (("applied", result.applied), ("found", result.found)):
        if recalibration is None:
            continue
        errors = voice.plain(
            "recalibration.errors",
            intercept=voice.decimals(recalibration.intercept_error, 3),
            slope=voice.decimals(recalibration.slope_error, 3),
        )
        line = voice.plain(
            f"recalibration.{key}", name=recalibration.name, formula=_formula(recalibration, voice)
        )
        told.append(voice.plain("number.with_interval", value=line, interval=errors))
    return told


def _formula(recalibration: Recalibration, voice: ValidationVoice) -> str:
    unbend = "expit" if recalibration.link == "logit" else "cloglog⁻¹"
    return voice.plain(
        "recalibration.formula",
        unbend=unbend,
        bend=recalibration.link,
        intercept=voice.decimals(recalibration.intercept, 3),
        slope=voice.decimals(recalibration.slope, 3),
    )


def method_lines(result: Result, voice: ValidationVoice) -> Iterator[str]:
    """How everything on the page was computed."""
    kind = "time" if result.over_time else "fixed"
    horizon = voice.years(result.horizon_years)
    yield voice.plain("method.time", horizon=horizon) if result.over_time else voice.plain("method.fixed")
    yield voice.plain(f"method.auc_{kind}")
    if not result.points:
        yield voice.plain(f"method.calibration_{kind}")
        yield voice.plain("method.drawn" if result.by_outcome else "method.brier")
    if result.decisions is not None:
        yield voice.plain("method.decision")
    if result.draws:
        key = "method.bootstrap_drawn" if result.by_outcome else "method.bootstrap"
        yield voice.plain(key, draws=voice.count(result.draws), seed=result.seed)
    yield voice.plain("method.unknown")


def sources(result: Result) -> list[str]:
    """The papers of the methods that were used."""
    told = [] if result.about is None else [result.about.citation]
    told.append(ALWAYS)
    if not result.over_time:
        told.append(DELONG)
    else:
        told += OVER_TIME
        if result.competing:
            told += COMPETING
    if not result.points:
        told += CALIBRATION
    if result.decisions is not None:
        told += DECISION
    return told


ALWAYS = (
    "Steyerberg EW, Vickers AJ, Cook NR, et al. Assessing the performance of prediction models: a framework for "
    "traditional and novel measures. Epidemiology 2010;21:128-138"
)
DELONG = (
    "DeLong ER, DeLong DM, Clarke-Pearson DL. Comparing the areas under two or more correlated receiver operating "
    "characteristic curves: a nonparametric approach. Biometrics 1988;44:837-845"
)
OVER_TIME = (
    "Harrell FE, Lee KL, Mark DB. Multivariable prognostic models. Stat Med 1996;15:361-387",
    "Uno H, Cai T, Pencina MJ, D'Agostino RB, Wei LJ. On the C-statistics for evaluating overall adequacy of risk "
    "prediction procedures with censored survival data. Stat Med 2011;30:1105-1117",
    "Blanche P, Dartigues JF, Jacqmin-Gadda H. Estimating and comparing time-dependent areas under receiver operating "
    "characteristic curves for censored event times with competing risks. Stat Med 2013;32:5381-5397",
    "Graf E, Schmoor C, Sauerbrei W, Schumacher M. Assessment and comparison of prognostic classification schemes for "
    "survival data. Stat Med 1999;18:2529-2545",
    "Andersen PK, Klein JP, Rosthøj S. Generalised linear models for correlated pseudo-observations, with applications "
    "to multi-state models. Biometrika 2003;90:15-27",
)
COMPETING = (
    "Aalen OO, Johansen S. An empirical transition matrix for non-homogeneous Markov chains based on censored "
    "observations. Scand J Stat 1978;5:141-150",
    "Wolbers M, Blanche P, Koller MT, Witteman JCM, Gerds TA. Concordance for prognostic models with competing risks. "
    "Biostatistics 2014;15:526-539",
    "van Geloven N, Giardiello D, Bonneville EF, et al. Validation of prediction models in the presence of competing "
    "risks: a guide through modern methods. BMJ 2022;377:e069249",
)
CALIBRATION = (
    "Van Calster B, McLernon DJ, van Smeden M, Wynants L, Steyerberg EW. Calibration: the Achilles heel of predictive "
    "analytics. BMC Med 2019;17:230",
    "Austin PC, Steyerberg EW. The Integrated Calibration Index (ICI) and related metrics for quantifying the "
    "calibration of logistic regression models. Stat Med 2019;38:4051-4065",
)
DECISION = (
    "Vickers AJ, Elkin EB. Decision curve analysis: a novel method for evaluating prediction models. "
    "Med Decis Making 2006;26:565-574",
)

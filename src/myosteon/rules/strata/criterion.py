"""One criterion of a scheme of strata: the column that answers it, the rules behind it, and what it lacks when unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from myosteon.evidence.load import load_evidence
from myosteon.evidence.types import Cutoff, EvidenceSet
from myosteon.logic.rule import Rule, Template, criterion
from myosteon.logic.three_valued import Expr
from myosteon.rules.guideline import Settings
from myosteon.rules.judge import judge
from myosteon.rules.osteoporosis.needs import SITES_WITH_RADIUS, band_parts
from myosteon.rules.sarcopenia.thing import Lacking, lacking

KIND = "stratum_"
SITES = SITES_WITH_RADIUS[:-1]
BANDS = "t_score_bands_apply"
WHO = ("sex", "age_years", "postmenopausal")
WOMEN_TAKEN_FROM = load_evidence("cutoffs", "bone_who").cutoff("women_taken_from")


@dataclass(frozen=True, slots=True)
class Criterion:
    """`name` stands in formulas; `column` holds the answer, the last of `rules` where the scheme has one of its own."""

    name: str
    column: str
    lacks: tuple[Lacking, ...]
    rules: tuple[Rule, ...] = ()


CriteriaMaker = Callable[[EvidenceSet, Settings], tuple[Criterion, ...]]


def scheme_of(evidence: EvidenceSet) -> str:
    """The name of a scheme as its columns end with it: `china2022` of `stratum_china2022`."""
    return evidence.id.removeprefix(KIND)


def criterion_of(
    template: Template,
    evidence: EvidenceSet,
    *lacks: Lacking,
    inputs: Mapping[str, str] | None = None,
    before: tuple[Rule, ...] = (),
    **numbers: Any,
) -> Criterion:
    """A criterion by a template; one without numbers takes its place and mark from the finding of its name.

    Args:
        template: what answers it.
        evidence: the scheme.
        lacks: what is missing where the answer is unknown.
        inputs: which column an argument reads, where that is not the column of its own name.
        before: rules of the scheme that the template reads.
        numbers: the cut-offs of the template.
    """
    cited: dict[str, Any] = numbers or {"finding": evidence.finding(template.name)}
    rule = template.rule(scheme_of(evidence), inputs=inputs, **cited)
    return Criterion(template.name, rule.name, lacks, (*before, rule))


def lacking_where(
    measure: str, reads: tuple[str, ...], unknown: Callable[[dict[str, Expr]], Expr]
) -> Lacking:
    """`measure` is named where it is unknown and `unknown` holds of the columns `reads`."""
    columns = tuple(dict.fromkeys((measure, *reads)))
    return Lacking((measure,), columns, lambda known: known[measure].is_null() & unknown(known))


def bands_lacking(waits: Lacking | None = None) -> tuple[Lacking, ...]:
    """What is missing to know whether the T-score bands apply; `waits` narrows it to where that matters."""
    reads = (BANDS, *WHO, *(waits.reads if waits else ()))

    def missing(place: int) -> Callable[[dict[str, Expr]], Expr]:
        def unknown(columns: dict[str, Expr]) -> Expr:
            decides = columns[BANDS].is_null()
            if waits and waits.unknown:
                decides = decides & waits.unknown(columns)
            sex, age_years, postmenopausal = (columns[name] for name in WHO)
            return band_parts(decides, sex, age_years, postmenopausal, WOMEN_TAKEN_FROM)[place][0]

        return unknown

    return tuple(Lacking((name,), reads, missing(place)) for place, name in enumerate(WHO))


def sites_lacking(sites: tuple[str, ...], t_score: str, bands: bool = False) -> Lacking:
    """The sites of which one T-score is missing; with `bands` only where the T-score bands may apply."""
    if not bands:
        return Lacking(sites, (t_score,), lambda columns: columns[t_score].is_null())
    return Lacking(
        sites,
        (t_score, BANDS),
        lambda columns: columns[t_score].is_null() & columns[BANDS].fill_null(True),
    )


def bands_apply(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    """A scheme for men from 50 and postmenopausal women: those to whom the T-score bands apply."""
    return (Criterion(BANDS, BANDS, bands_lacking()),)


@criterion
def age_with_thresholds(age_years: Expr, *, cutoff: Cutoff) -> Expr:
    """The scheme has thresholds for this age."""
    return judge(age_years, cutoff)


@criterion
def bands_and_thresholds_apply(t_score_bands_apply: Expr, age_with_thresholds: Expr) -> Expr:
    """The T-score bands apply, and the scheme has thresholds for the age."""
    return t_score_bands_apply & age_with_thresholds


def bands_apply_from_age(evidence: EvidenceSet, settings: Settings) -> tuple[Criterion, ...]:
    """The same for a scheme whose thresholds begin at an age, its cut-off `age_with_thresholds`."""
    scheme = scheme_of(evidence)
    age = age_with_thresholds.rule(scheme, cutoff=evidence.cutoff("age_with_thresholds"))
    both = bands_and_thresholds_apply.rule(scheme, inputs={"age_with_thresholds": age.name})
    lacks = (*bands_lacking(), lacking("age_years"))
    return (Criterion(both.template, both.name, lacks, (age, both)),)

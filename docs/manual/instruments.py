"""The pages of instruments, and of equations and references: points, limits, coefficients and where each stands."""

from __future__ import annotations

from collections.abc import Iterator

from manual.markdown import code, codes, page, plain, table
from manual.rules import our_rules
from myosteon.assess import Assessor
from myosteon.evidence.load import built_in_evidence
from myosteon.evidence.types import Band, Coefficients, Cutoff, EvidenceSet, Limit, Points, Source
from myosteon.logic.rule import Rule

IN_EQUATIONS = ("equation", "reference")
# These have pages of their own.
ELSEWHERE = ("sarcopenia", "osteoporosis", "stratum", "risk")


def instruments_page(assessor: Assessor) -> str:
    """Every questionnaire, score and combined verdict with its points and limits."""
    sets = [evidence for evidence in built_in_evidence() if evidence.kind not in (*IN_EQUATIONS, *ELSEWHERE)]
    return page("Instruments", (line for evidence in sets for line in _section(evidence, assessor)))


def equations_page(assessor: Assessor) -> str:
    """Every equation and reference with its coefficients."""
    sets = [evidence for evidence in built_in_evidence() if evidence.kind in IN_EQUATIONS]
    return page(
        "Equations and references", (line for evidence in sets for line in _section(evidence, assessor))
    )


def _section(evidence: EvidenceSet, assessor: Assessor) -> Iterator[str]:
    yield from (
        f"## {evidence.label.en} · {evidence.label.zh}",
        "",
        f"{evidence.title.en}. {evidence.title.zh}。",
        "",
    )
    yield from (_paper(evidence), "")
    if evidence.remark:
        yield from (f"{evidence.remark.en} {evidence.remark.zh}", "")
    yield from numbers_of(evidence, assessor)


def numbers_of(evidence: EvidenceSet, assessor: Assessor) -> Iterator[str]:
    """The tables of points, limits, coefficients and answers; those that there are."""
    for lines in (
        _points(evidence),
        _cutoffs(evidence),
        _coefficients(evidence),
        _answers(evidence, assessor),
    ):
        if lines:
            yield from (*lines, "")


def _paper(evidence: EvidenceSet) -> str:
    paper = evidence.paper
    return f"{paper.citation}." + (f" doi {paper.doi}" if paper.doi else "")


def _points(evidence: EvidenceSet) -> list[str]:
    rows = [(*_points_row(points), *stands(points.source, evidence)) for points in evidence.points]
    return table(("Item", "Measure", "Sex", "Points", "Mark", "Where"), rows) if rows else []


def _points_row(points: Points) -> tuple[str, ...]:
    given = [_band(band) for band in points.bands]
    if points.yes is not None and points.no is not None:
        given = [f"yes {plain(points.yes)}", f"no {plain(points.no)}"]
    given += [f"{word.replace('_', ' ')}: {plain(number)}" for word, number in points.words]
    return (points.item.replace("_", " "), code(points.measure), points.sex or "", "; ".join(given))


def _band(band: Band) -> str:
    side = "else" if band.comparison is None else f"{band.comparison} {plain(band.limit)}"
    return f"{side}: {plain(band.points)}"


def _cutoffs(evidence: EvidenceSet) -> list[str]:
    rows = [_limit_row(cutoff, limit, evidence) for cutoff in evidence.cutoffs for limit in cutoff.limits]
    return table(("Criterion", "Measure", "Whom", "Limit", "Unit", "Mark", "Where"), rows) if rows else []


def _limit_row(cutoff: Cutoff, limit: Limit, evidence: EvidenceSet) -> tuple[str, ...]:
    said = f"{cutoff.comparison} {plain(limit.value)}"
    names = (code(cutoff.criterion), code(cutoff.measure))
    return (*names, _whom(cutoff, limit), said, cutoff.unit, *stands(limit.source, evidence))


def _whom(cutoff: Cutoff, limit: Limit) -> str:
    ages = [] if limit.age_from is None else [f"from {plain(limit.age_from)}"]
    ages += [] if limit.age_below is None else [f"below {plain(limit.age_below)}"]
    return ", ".join(part for part in (limit.sex, *ages, cutoff.method) if part)


def _coefficients(evidence: EvidenceSet) -> list[str]:
    rows = [(*_terms(one), *stands(one.source, evidence)) for one in evidence.coefficients]
    return table(("Formula", "Sex", "Coefficients", "Mark", "Where"), rows) if rows else []


def _terms(one: Coefficients) -> tuple[str, ...]:
    terms = ", ".join(f"{term.replace('_', ' ')} {plain(value)}" for term, value in one.terms)
    return (code(one.name), one.sex or "", terms)


def stands(source: Source, evidence: EvidenceSet) -> tuple[str, str]:
    """The mark, and the place; with the paper where it is not that of the section."""
    other = source.paper.id != evidence.paper.id
    return source.status, f"{source.paper.citation}; {source.where}" if other else source.where


def _answers(evidence: EvidenceSet, assessor: Assessor) -> list[str]:
    rules = [rule for rule in our_rules(assessor) if _uses(rule, evidence)]
    rows = [(code(rule.name), codes(rule.levels), rule.sentence) for rule in rules]
    return table(("Column", "Levels", "What it says"), rows) if rows else []


def _uses(rule: Rule, evidence: EvidenceSet) -> bool:
    numbers: tuple[object, ...] = (evidence, *evidence.cutoffs, *evidence.points, *evidence.coefficients)
    held = rule.evidence.values() if isinstance(rule.evidence, dict) else (rule.evidence,)
    return any(one is number for one in held for number in numbers)

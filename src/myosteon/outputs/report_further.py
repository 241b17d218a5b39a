"""The strata and risks of a cohort put together for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from myosteon.evidence.types import EvidenceSet
from myosteon.outputs.report_marker import MarkerBlock, marker_block
from myosteon.outputs.report_risk_tables import levels_table, reasons_table, spread_table, states_table
from myosteon.outputs.report_risks import RiskBlock, distribution_keys, risk_block, risks_sentence, state_keys
from myosteon.outputs.report_strata import (
    StratumBlock,
    apart_sentence,
    strata_keys,
    strata_sentence,
    stratum_block,
)
from myosteon.outputs.report_strata_pairs import pairs_matrix, pairs_table
from myosteon.outputs.report_tables import Key, Matrix, Table
from myosteon.outputs.report_view import View
from myosteon.outputs.risk_summary import RiskSummary
from myosteon.outputs.strata_summary import StrataSummary


@dataclass(frozen=True, slots=True)
class StrataShown:
    """Everything of the section on strata."""

    sentence: str
    apart: str
    keys: tuple[Key, ...]
    blocks: tuple[StratumBlock, ...]
    matrix: Matrix | None
    pairs: Table
    marker: MarkerBlock | None


@dataclass(frozen=True, slots=True)
class RisksShown:
    """Everything of the section on risks."""

    sentence: str
    keys: tuple[Key, ...]
    distribution_keys: tuple[Key, ...]
    blocks: tuple[RiskBlock, ...]
    states: Table
    spread: Table
    levels: Table
    reasons: Table


def show_strata(summary: StrataSummary, marker: EvidenceSet | None, view: View) -> StrataShown:
    """The section on strata; `marker` is what was published of osteosarcopenia as a marker of risk."""
    held = summary.marker
    return StrataShown(
        sentence=strata_sentence(summary, view),
        apart=apart_sentence(summary, view),
        keys=strata_keys(summary, view),
        blocks=tuple(stratum_block(stratum, view) for stratum in summary.strata),
        matrix=pairs_matrix(summary, view),
        pairs=pairs_table(summary, view),
        marker=marker_block(held, summary, marker, view) if held else None,
    )


def show_risks(risks: Sequence[RiskSummary], view: View) -> RisksShown:
    """The section on risks."""
    blocks = tuple(risk_block(risk, view) for risk in risks)
    return RisksShown(
        sentence=risks_sentence(risks, view),
        keys=state_keys(view),
        distribution_keys=distribution_keys(blocks, view),
        blocks=blocks,
        states=states_table(risks, view),
        spread=spread_table(risks, view),
        levels=levels_table(risks, view),
        reasons=reasons_table(risks, view),
    )

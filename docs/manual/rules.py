"""The rules that the manual tells of: the package's own."""

from __future__ import annotations

from myosteon.assess import Assessor
from myosteon.guidelines import ORDER
from myosteon.logic.rule import Rule


def our_rules(assessor: Assessor) -> list[Rule]:
    """Every rule that belongs to no definition or to one of ours, in the order in which they are made."""
    return [rule for rule in assessor.graph.rules.values() if not rule.definition or rule.definition in ORDER]

"""Every derived rule about bone drugs."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.logic.rule import Rule
from myosteon.rules.care.denosumab_exit import denosumab_exit_rules
from myosteon.rules.care.drug_clock import drug_clock_rules
from myosteon.rules.care.drug_failure import drug_failure_rules
from myosteon.rules.care.drug_history import drug_history_rules
from myosteon.rules.care.drug_holiday import drug_holiday_rules
from myosteon.rules.care.drug_response import drug_response_rules
from myosteon.rules.care.fracture_on_drug import fracture_on_drug_rules


def drug_rules(region: str = "") -> Iterator[Rule]:
    """What was taken, how bone answered, what is due by the labels of a region, and whether it may be paused."""
    yield from drug_history_rules()
    yield from drug_response_rules()
    yield from fracture_on_drug_rules()
    yield from drug_failure_rules()
    yield from denosumab_exit_rules()
    yield from drug_clock_rules(region)
    yield from drug_holiday_rules()

"""Makes rules of the stratum of risk: they may read measures, criteria and diagnoses, and nothing of care."""

from __future__ import annotations

from myosteon.logic.rule import Decorator

risk_number = Decorator("number", "risk")
risk_criterion = Decorator("yes_no", "risk")
risk_category = Decorator("category", "risk")
risk_listing = Decorator("list", "risk")

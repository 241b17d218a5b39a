"""Makes rules of the stratum of care: they may read everything that comes before."""

from __future__ import annotations

from myosteon.logic.rule import Decorator

care_number = Decorator("number", "care")
care_criterion = Decorator("yes_no", "care")
care_category = Decorator("category", "care")
care_listing = Decorator("list", "care")

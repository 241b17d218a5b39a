"""Treatments and visits over time: what somebody took and how it changed, as of one day.

treatments = read_treatments(Path("treatments.csv"))
people = as_of(visits, treatments, date(2026, 11, 20))    # one row a person, canonical
totals = drug_totals(treatments, date(2026, 11, 20))      # one row a person and drug
"""

from myosteon.history.drug_totals import drug_totals
from myosteon.history.people_as_of import as_of
from myosteon.history.treatments import Treatments, read_treatments

__all__ = ["Treatments", "as_of", "drug_totals", "read_treatments"]

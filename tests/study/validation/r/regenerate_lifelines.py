"""What lifelines says about people.csv: `python regenerate_lifelines.py`, in this folder, writes expected_lifelines.csv.

lifelines 0.30.3. It is no part of the project's tools: it holds pandas below 3, and takes an environment of its own.
"""

from __future__ import annotations

import csv

import lifelines
import numpy as np
import pandas as pd
from lifelines.utils import concordance_index

HORIZON = 5.0


def main() -> None:
    people = pd.read_csv("people.csv")
    risk = people.risk_percent / 100
    years = np.minimum(people.years, HORIZON)
    fate = np.where(people.years > HORIZON, 0, people.fate)
    found = {"version": lifelines.__version__, "harrell": concordance_index(years, -risk, fate == 1)}
    exact = lifelines.AalenJohansenFitter(calculate_variance=False, seed=1)
    # Aalen-Johansen of lifelines moves ties apart at random; the times below have none.
    apart = years + np.arange(len(years)) * 1e-7
    exact.fit(apart, fate, event_of_interest=1)
    found["aalen_johansen"] = float(exact.cumulative_density_.iloc[-1, 0])
    alone = lifelines.KaplanMeierFitter().fit(years, fate == 1)
    found["without_death"] = 1 - float(alone.survival_function_.iloc[-1, 0])
    with open("expected_lifelines.csv", "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["name", "value"])
        writer.writerows(found.items())


if __name__ == "__main__":
    main()

"""Makes the people that Myosteon's validation and R are compared on: seeded, made up, with ties in risk and in time.

python make_people.py > people.csv
"""

from __future__ import annotations

import random

PEOPLE = 400
SEED = 20261121


def make_people() -> list[str]:
    """The lines of the file. The risk runs too low for the low and too high for the high, as a copied model does."""
    draw = random.Random(SEED)
    lines = ["person_id,risk_percent,years,fate,fixed,points"]
    for number in range(1, PEOPLE + 1):
        bent = draw.gauss(-1.6, 1.0)
        risk = 100 / (1 + 2.718281828 ** (-1.3 * bent - 0.3))
        chance = 1 / (1 + 2.718281828 ** (-bent))
        event = draw.expovariate(chance / 3)
        death = draw.expovariate(1 / 18)
        left = draw.uniform(1, 9)
        years = min(event, death, left)
        fate = 1 if years == event else 2 if years == death else 0
        fixed = int(draw.random() < chance)
        points = round(5 + 1.5 * bent + draw.gauss(0, 1))
        lines.append(f"P{number},{risk:.1f},{max(years, 0.01):.2f},{fate},{fixed},{points}")
    return lines


if __name__ == "__main__":
    print("\n".join(make_people()))

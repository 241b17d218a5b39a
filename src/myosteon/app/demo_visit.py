"""What a visit of a made-up person holds beyond the plain draws: sizes, tests, fractures, drugs, who, when.

Each step reads and writes columns of the crowd; `STEPS` is their order. Their numbers are in
`demo_cohort.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from myosteon.app.demo_crowd import Crowd, log_normal, rounded, share_moved, words, yes_no
from myosteon.app.demo_numbers import Numbers

FRACTURE_SITES = ("hip", "vertebral", "proximal_humerus", "pelvis", "distal_forearm", "other")


def _size(crowd: Crowd) -> None:
    """Weight and limb muscle mass from height, build and muscle; the height once reached."""
    columns = crowd.columns
    metres = columns["height_cm"] / 100
    columns["weight_kg"] = np.round(columns["build"] * metres**2, 1)
    columns["tallest_height_cm"] = columns["height_cm"] + columns["height_lost_cm"]
    bias = crowd.numbers.table["derived"]["bia_minus_dxa"]
    machine = crowd.rng.normal(bias["mean"], bias["sd"], crowd.size)
    columns["alm_dxa_kg"] = np.round(columns["muscle"] * metres**2, 1)
    columns["alm_bia_kg"] = np.round((columns["muscle"] + machine) * metres**2, 1)
    columns["mass_method_dxa"] = words(crowd, "dxa")
    columns["mass_method_bia"] = words(crowd, "bia")


def _finger_ring(crowd: Crowd) -> None:
    """The calf against the ring of the fingers, whose girth goes with height."""
    derived = crowd.numbers.table["derived"]
    ring = derived["ring_girth_per_height"]
    part = crowd.by_sex(ring) + crowd.rng.normal(0.0, ring["sd"], crowd.size)
    over = crowd.columns["calf_circumference_cm"] - part * crowd.columns["height_cm"]
    fits = np.abs(over) < derived["ring_just_fits_cm"]
    word = np.where(fits, "just_fits", np.where(over > 0, "bigger", "smaller"))
    crowd.columns["finger_ring_test"] = word.astype(np.object_)


def _hands(crowd: Crowd) -> None:
    """Both hands, the right one mostly the better; and how the grip was taken."""
    derived = crowd.numbers.table["derived"]
    weaker = np.abs(crowd.rng.normal(derived["other_hand"]["mean"], derived["other_hand"]["sd"], crowd.size))
    other = np.round(np.maximum(crowd.columns["grip_kg"] - weaker, 0), 1)
    right_better = crowd.rng.random(crowd.size) < 0.8
    crowd.columns["grip_right_kg"] = np.where(right_better, crowd.columns["grip_kg"], other)
    crowd.columns["grip_left_kg"] = np.where(right_better, other, crowd.columns["grip_kg"])
    spring = crowd.by_setting(dict.fromkeys(derived["spring_settings"], 1.0), default=0.0) > 0
    crowd.columns["grip_device"] = np.where(spring, "spring", "hydraulic").astype(object)
    crowd.columns["grip_trials"] = crowd.by_setting(derived["grip_trials"])
    crowd.columns["grip_statistic"] = words(crowd, "best")


def _walks(crowd: Crowd) -> None:
    """Walking tests that follow from usual pace, and who could not walk or rise."""
    columns, derived = crowd.columns, crowd.numbers.table["derived"]
    start = derived["gait_4m"]
    slower = np.exp(crowd.rng.normal(0.0, start["sd_log"], crowd.size))
    columns["gait_4m_s"] = np.round(4 / columns["gait_speed_m_s"] * slower + start["added_s"], 2)
    columns["gait_course_m"] = crowd.by_setting(derived["gait_course_m"])
    columns["walk_400m_completed"] = columns["walk_400m_s"] <= derived["walk_400m_given_up_s"]
    columns["walk_400m_s"] = np.where(columns["walk_400m_completed"], columns["walk_400m_s"], np.nan)
    for name in ("gait_speed_m_s", "gait_4m_s", "gait_course_m", "tug_s", "walk_400m_s", "walk_6min_m"):
        columns[name] = np.where(columns["walk_unable"], np.nan, columns[name])
    columns["walk_400m_completed"] = yes_no(columns["walk_400m_completed"], known=~columns["walk_unable"])
    columns["chair_stand_5x_s"] = np.where(columns["chair_stand_unable"], np.nan, columns["chair_stand_5x_s"])


def _questionnaires(crowd: Crowd) -> None:
    """Items that repeat something already known about the person."""
    columns, derived = crowd.columns, crowd.numbers.table["derived"]
    columns["sarc_f_falls"] = np.digitize(columns["falls_12m"], derived["sarc_f_falls_from"])
    columns["illness_count"] = _how_many(crowd, derived["illnesses"])
    loss = derived["weight_loss_kg"]
    lost = np.round(log_normal(loss["mean"], loss["sd"], crowd.rng.standard_normal(crowd.size)), 1)
    columns["weight_loss_12m_kg"] = np.where(columns["weight_lost"], lost, 0.0)


def _bone(crowd: Crowd) -> None:
    """T-scores against the named references, Z-scores, and the maker of the machine."""
    for site, reference in crowd.numbers.table["reference"].items():
        density = crowd.columns[f"bmd_{site}_g_cm2"]
        crowd.columns[f"t_score_{site}"] = rounded((density - reference["mean"]) / reference["sd"], 1)
        crowd.columns[f"z_score_{site}"] = rounded(crowd.factors[site], 1)
    crowd.columns["dxa_maker"] = words(crowd, "hologic")


def _fractures(crowd: Crowd) -> None:
    """A fracture seen on a film is a known fracture, and a known one is seen."""
    columns = crowd.columns
    share = crowd.share_done("imaging")
    seen = crowd.rng.random(crowd.size) < share
    columns["film_seen"] = seen
    columns["vertebral_imaging_done"] = yes_no(seen, known=share > 0)
    at_least = columns["fracture_vertebral"].astype(np.int64)
    count = np.maximum(columns["vertebral_fracture_count"], at_least)
    columns["fracture_vertebral"] = columns["fracture_vertebral"] | (seen & (count > 0))
    columns["vertebral_fracture_count"] = np.where(seen, count, np.nan)
    columns["genant_max_grade"] = np.where(seen, np.where(count > 0, columns["genant_step"] + 1, 0), np.nan)
    columns["fracture_count"] = _how_many(crowd, [f"fracture_{site}" for site in FRACTURE_SITES])
    since = crowd.numbers.table["derived"]["months_since_fracture"]
    months = np.round(log_normal(since["mean"], since["sd"], crowd.rng.standard_normal(crowd.size)))
    broken = columns["fracture_count"] > 0
    columns["months_since_last_fracture"] = np.where(broken, np.maximum(months, 1), np.nan)


def _how_many(crowd: Crowd, names: Iterable[str]) -> npt.NDArray[np.int64]:
    """In how many of these yes/no columns a person says yes."""
    many: npt.NDArray[np.int64] = np.sum([crowd.columns[name] for name in names], axis=0, dtype=np.int64)
    return many


def _menopause(crowd: Crowd) -> None:
    """Whether a woman has had her menopause; men have no entry."""
    past = crowd.age >= crowd.columns["age_at_menopause_years"]
    crowd.columns["postmenopausal"] = yes_no(past, known=crowd.female)
    entry = crowd.female & past
    crowd.columns["age_at_menopause_years"] = np.where(entry, crowd.columns["age_at_menopause_years"], np.nan)


def _treatment(crowd: Crowd) -> None:
    """Who takes which bone drug, for how long, and how its markers answer."""
    plan, rng, columns = crowd.numbers.table["treatment"], crowd.rng, crowd.columns
    moved = plan["on_total_hip"] * crowd.factors["total_hip"]
    moved = moved + np.where(crowd.female, 0.0, plan["men_log_odds"])
    treated = rng.random(crowd.size) < share_moved(crowd.by_setting(plan["at_average"]), moved)
    names = list(plan["drugs"])
    chosen = rng.choice(len(names), size=crowd.size, p=list(plan["drugs"].values()))

    def of_drug(table: Mapping[str, float]) -> Numbers:
        return np.array([table[name] for name in names])[chosen]

    columns["drug"] = np.where(treated, np.array(names, dtype=object)[chosen], "none").astype(object)
    years = np.maximum(np.round(rng.exponential(of_drug(plan["years"])), 1), 0.1)
    columns["drug_years"] = np.where(treated, years, np.nan)
    late = rng.random(crowd.size) < plan["late_share"]
    intervals = np.where(late, 1 + rng.exponential(0.8, crowd.size), rng.random(crowd.size))
    since = np.round(intervals * of_drug(plan["dose_months"]), 1)
    columns["months_since_last_dose"] = np.where(treated, since, np.nan)
    for marker, digits in (("ctx", 3), ("p1np", 1)):
        answer = np.where(treated, of_drug(plan[f"{marker}_factor"]), 1.0)
        columns[f"{marker}_ng_ml"] = np.round(columns[f"{marker}_ng_ml"] * answer, digits)


def _medicines(crowd: Crowd) -> None:
    """The other medicines, from the diseases; glucocorticoids apart, with dose and months."""
    rng, table = crowd.rng, crowd.numbers.table
    lists: list[list[str]] = [[] for _ in range(crowd.size)]
    for entry in table["medicine"]:
        ill = crowd.columns[entry["of"]] if entry["of"] else np.ones(crowd.size, dtype=np.bool_)
        takes = ill & (rng.random(crowd.size) < entry["share"])
        which = rng.integers(len(entry["names"]), size=crowd.size)
        for person in np.flatnonzero(takes):
            lists[person].append(entry["names"][which[person]])
    steroid = table["glucocorticoid"]
    takes = np.zeros(crowd.size, dtype=np.bool_)
    for disease, share in steroid["share"].items():
        takes |= crowd.columns[disease] & (rng.random(crowd.size) < share)
    dose = rng.choice(np.array(steroid["mg_day"], dtype=np.float64), size=crowd.size)
    months = log_normal(steroid["months"]["mean"], steroid["months"]["sd"], rng.standard_normal(crowd.size))
    for person in np.flatnonzero(takes):
        lists[person].append("prednisone")
    crowd.columns["glucocorticoid_mg_day"] = np.where(takes, dose, 0.0)
    crowd.columns["glucocorticoid_months"] = np.where(takes, np.maximum(np.round(months), 1), np.nan)
    crowd.columns["medications"] = np.array([";".join(names) or None for names in lists], dtype=object)


def _chinese_medicine(crowd: Crowd) -> None:
    patterns = crowd.numbers.table["tcm"]["patterns"]
    drawn = crowd.rng.choice(len(patterns), size=crowd.size, p=list(patterns.values()))
    crowd.columns["tcm_pattern"] = np.array(list(patterns), dtype=object)[drawn]


def _identity(crowd: Crowd) -> None:
    """Who, where and when."""
    visits = crowd.numbers.table["visits"]
    first, last = date.fromisoformat(visits["first"]), date.fromisoformat(visits["last"])
    digits = max(4, len(str(crowd.size)))
    place = crowd.rng.random(crowd.size)
    names = [f"D{row:0{digits}d}" for row in range(1, crowd.size + 1)]
    crowd.columns["person_id"] = np.array(names, dtype=object)
    day = first.toordinal() + crowd.rng.integers((last - first).days + 1, size=crowd.size)
    crowd.columns["visit_date"] = np.array([date.fromordinal(int(number)) for number in day], dtype=object)
    choices = [crowd.numbers.settings[index].places for index in crowd.setting]
    clinics = [places[int(part * len(places))] for places, part in zip(choices, place, strict=True)]
    crowd.columns["clinic"] = np.array(clinics, dtype=object)
    crowd.columns["sex"] = np.where(crowd.female, "female", "male").astype(object)
    crowd.columns["age_years"] = crowd.age
    crowd.columns["ethnicity"] = words(crowd, "asian")


STEPS: tuple[Callable[[Crowd], None], ...] = (
    _size,
    _finger_ring,
    _hands,
    _walks,
    _questionnaires,
    _bone,
    _fractures,
    _menopause,
    _treatment,
    _medicines,
    _chinese_medicine,
    _identity,
)

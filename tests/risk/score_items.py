"""The items of every additive score as a clinician reads them, from the tables of the facts and from plain Python.

Each item of a person is a set of the points that are still possible: one where it is known. No rule of the program is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from risk.facts_tables import Bands, bands, level, numbers_in, points_in, rows_of, section

Person = Mapping[str, object]
Possible = frozenset[int]
Answer = bool | None


def number(person: Person, name: str) -> float | None:
    """A number, None where unknown."""
    value = person.get(name)
    assert value is None or isinstance(value, int | float)
    return None if value is None else float(value)


def flag(person: Person, name: str) -> Answer:
    """An answer, None where unknown."""
    value = person.get(name)
    assert value is None or isinstance(value, bool)
    return value


def age_of(person: Person) -> float | None:
    """Whole years."""
    age = number(person, "age_years")
    return None if age is None else float(int(age))


def either(answers: Iterable[Answer]) -> Answer:
    """Yes where one is yes, no where all are no."""
    given = list(answers)
    return True if True in given else None if None in given else False


def all_points(table: Bands) -> Possible:
    """Every number of points that a table can give."""
    return frozenset({points for _, points in table})


def by_table(value: float | None, table: Bands, outside: Possible = frozenset()) -> Possible:
    """The points of a value; of an unknown one all that the table can give but those for people outside."""
    return all_points(table) - outside if value is None else frozenset({points_in(table, value)})


def by_answer(answer: Answer, points: int) -> Possible:
    """The points for yes, none for no, either while unknown."""
    return frozenset({0, points}) if answer is None else frozenset({points if answer else 0})


@cache
def sof_tables() -> dict[str, Bands]:
    """The numeric factors of the SOF tool, and its yes/no factors as a table of one level."""
    tables: dict[str, Bands] = {}
    factor = ""
    for name, levels, points in rows_of("2.1"):
        factor = name or factor
        yes = levels == "yes"
        holds = (lambda value: value == 1) if yes else level(levels)
        tables.setdefault(factor, []).append((holds, int(points)))
    return tables


def arms(person: Person) -> Answer:
    """Needs the arms; five timed rises were done without."""
    given = flag(person, "chair_rise_arms")
    return False if given is None and number(person, "chair_stand_5x_s") is not None else given


def any_low_trauma(person: Person) -> Answer:
    """Any of the six fractures, a vertebra however recorded."""
    sites = ("hip", "proximal_humerus", "pelvis", "distal_forearm", "other")
    return either([*(flag(person, f"fracture_{site}") for site in sites), vertebra(person)])


def vertebra(person: Person) -> Answer:
    """A vertebra, judged on what was recorded."""
    records = [flag(person, "fracture_vertebral")]
    for name in ("vertebral_fracture_count", "genant_max_grade"):
        value = number(person, name)
        records.append(None if value is None else value > 0)
    known = [record for record in records if record is not None]
    return any(known) if known else None


def since_50(person: Person) -> Answer:
    """A fracture after 50."""
    given = flag(person, "fracture_after_50")
    if given is not None:
        return given
    age, months = number(person, "age_years"), number(person, "months_since_last_fracture")
    if age is not None and months is not None:
        return age - months / 12 >= 50
    return False if any_low_trauma(person) is False and months is None else None


def nonvertebral_since_50(person: Person) -> Answer:
    """A fracture other than of a vertebra after 50."""
    given = flag(person, "fracture_nonvertebral_after_50")
    return False if given is None and since_50(person) is False else given


def mother(person: Person) -> Answer:
    """The mother's hip."""
    given = flag(person, "mother_hip_fracture")
    return False if given is None and flag(person, "parent_hip_fracture") is False else given


def smokes(person: Person) -> Answer:
    """Smokes now."""
    given, category = flag(person, "smoking_current"), person.get("smoking_category")
    return given if given is not None or category is None else category not in ("never", "former")


def sof_hip(person: Person) -> list[Possible]:
    """Section 2.1; T-scores above -2.5 and what is printed for them are outside."""
    tables = sof_tables()
    speed = 0.0 if flag(person, "walk_unable") else number(person, "gait_speed_m_s")
    arms_or_tandem = either([arms(person), flag(person, "tandem_stand_poor")])
    (fracture_points,) = all_points(tables["Non-vertebral fracture after age 50"])
    (arm_points,) = all_points(tables["Uses arms for chair stand, or poor/very poor tandem stand"])
    return [
        by_table(number(person, "short_mmse_score"), tables["Short MMSE"]),
        by_table(number(person, "t_score_total_hip"), tables["Total-hip T-score"]),
        by_answer(nonvertebral_since_50(person), fracture_points),
        by_table(speed, tables["Walking speed, m/s"]),
        by_answer(arms_or_tandem, arm_points),
    ]


def fracture_index_without_bmd(person: Person) -> list[Possible]:
    """Section 2.2 without the T-score; nobody below 65 is inside."""
    rows = {row[0]: row[1] for row in rows_of("2.2")}
    points = {name.split(" ")[0]: value for name, value in rows.items()}
    age = next(name for name in rows if name.startswith("Age"))
    weight = next(name for name in rows if name.startswith("Weight"))
    return [
        by_table(age_of(person), bands(age.removeprefix("Age "), rows[age]), outside=frozenset({0})),
        by_answer(since_50(person), int(points["Any"])),
        by_answer(mother(person), int(points["Mother"])),
        by_table(number(person, "weight_kg"), [(level(weight), int(rows[weight])), (lambda _: True, 0)]),
        by_answer(smokes(person), int(points["Current"])),
        by_answer(arms(person), int(points["Needs"])),
    ]


def fracture_index(person: Person) -> list[Possible]:
    """Section 2.2 with the T-score."""
    name, points = next((row[0], row[1]) for row in rows_of("2.2") if row[0].startswith("Total-hip"))
    levels = name.removeprefix("Total-hip T-score ").split(" (")[0]
    t_score = by_table(number(person, "t_score_total_hip"), bands(levels, points))
    return [*fracture_index_without_bmd(person), t_score]


def framo(person: Person) -> list[Possible]:
    """Section 2.3: one point each, the limits from its sentence."""
    old, light = (
        numbers_in(section("2.3").split("age ≥")[1])[0],
        numbers_in(section("2.3").split("weight <")[1])[0],
    )
    unable = flag(person, "chair_stand_unable")
    if flag(person, "chair_rise_arms"):
        unable = True
    elif unable is None and number(person, "chair_stand_5x_s") is not None:
        unable = False
    sites = ("fracture_distal_forearm", "fracture_proximal_humerus", "fracture_hip")
    broken = either([*(flag(person, site) for site in sites), vertebra(person)])
    age, weight = age_of(person), number(person, "weight_kg")
    return [
        by_answer(None if age is None else age >= old, 1),
        by_answer(None if weight is None else weight < light, 1),
        by_answer(unable, 1),
        by_answer(broken, 1),
    ]


def dutch_dxa(person: Person) -> list[Possible]:
    """Section 2.5, as one woman, one man, or while the sex is unknown as either."""
    dose, months = number(person, "glucocorticoid_mg_day"), number(person, "glucocorticoid_months")
    high = None if dose is None else dose > 7.5
    long = None if months is None else months > 3
    steroid = False if False in (high, long) else None if None in (high, long) else True
    both = [by_answer(vertebra(person), 4), by_answer(steroid, 4)]
    parent = True if flag(person, "mother_hip_fracture") else flag(person, "parent_hip_fracture")
    age, weight = age_of(person), number(person, "weight_kg")
    woman = [
        by_answer(since_50(person), 4),
        by_table(age, [(lambda a: a > 70, 2), (lambda a: a > 60, 1), (lambda _: True, 0)]),
        by_answer(either([parent, flag(person, "sibling_hip_fracture")]), 1),
        by_answer(None if weight is None else weight < 60, 1),
        by_answer(flag(person, "severe_immobility"), 1),
    ]
    if person.get("sex") == "male":
        return both
    if person.get("sex") == "female":
        return [*both, *woman]
    return [*both, frozenset({0, *sums(woman)})]


def nottingham_hip_fracture(person: Person) -> list[Possible]:
    """Section 2.6."""
    rows = {row[0]: row[1] for row in rows_of("2.6") if len(row) == 2}
    points = {name.split(" ")[0]: value for name, value in rows.items()}
    age = next(name for name in rows if name.startswith("Age"))
    haemoglobin, mental = (number(person, "haemoglobin_g_l"), number(person, "abbreviated_mental_test_score"))
    systems = number(person, "comorbid_organ_systems_count")
    cancer = flag(person, "malignancy_20y")
    if cancer is None and flag(person, "cancer") is False:
        cancer = False
    sex = person.get("sex")
    return [
        by_table(age_of(person), bands(age.removeprefix("Age "), rows[age])),
        by_answer(None if sex is None else sex == "male", int(points["Male"])),
        by_answer(None if haemoglobin is None else haemoglobin / 10 <= 10, int(points["Admission"])),
        by_answer(None if mental is None else mental <= 6, int(points["Abbreviated"])),
        by_answer(flag(person, "lives_in_care_home"), int(points["Lives"])),
        by_answer(None if systems is None else systems >= 2, int(points["≥2"])),
        by_answer(cancer, int(points["Active"])),
    ]


def lee(person: Person) -> list[Possible]:
    """Section 2.7; ages from 50 on."""
    rows = {row[0]: row[1] for row in rows_of("2.7")}
    age = next(name for name in rows if name.startswith("Age"))
    ages = [*bands(age.removeprefix("Age "), rows[age]), (lambda _: True, 0)]

    def points(start: str) -> int:
        return int(next(value for name, value in rows.items() if name.startswith(start)).split(" ")[0])

    height, weight = number(person, "height_cm"), number(person, "weight_kg")
    bmi = None if height is None or weight is None else round(weight / (height / 100) ** 2, 9)
    blocks = flag(person, "difficulty_walking_blocks")
    if blocks is None and flag(person, "unable_walk_block"):
        blocks = True
    sex = person.get("sex")
    diabetes = either([flag(person, "diabetes_type1"), flag(person, "diabetes_type2")])
    return [
        by_table(age_of(person), ages),
        by_answer(None if sex is None else sex == "male", points("Male")),
        by_answer(None if bmi is None else bmi < 25, points("BMI")),
        by_answer(diabetes, points("Diabetes")),
        by_answer(flag(person, "cancer"), points("Cancer")),
        by_answer(flag(person, "lung_disease_limiting"), points("Chronic")),
        by_answer(flag(person, "heart_failure"), points("Heart")),
        by_answer(smokes(person), points("Smoked")),
        by_answer(flag(person, "difficulty_bathing"), points("Difficulty bathing")),
        by_answer(flag(person, "difficulty_managing_money"), points("Difficulty managing")),
        by_answer(blocks, points("Difficulty walking")),
        by_answer(flag(person, "difficulty_pushing_objects"), points("Difficulty pushing")),
    ]


def morse(person: Person) -> list[Possible]:
    """Section 6.1, its numbers in the order of the sentence."""
    sentence = section("6.1").split("]")[1]
    history, other, _, crutch, furniture, drip, _, weak, impaired, _, forgets = [
        int(n) for n in numbers_in(sentence.replace("past 3 months", ""))[:11]
    ]
    fell, falls = flag(person, "morse_fall_history"), number(person, "falls_12m")
    if fell is None and falls == 0:
        fell = False
    aids = {"none": 0, "crutch_cane_walker": crutch, "furniture": furniture}
    gaits = {"normal": 0, "weak": weak, "impaired": impaired}
    aid, gait = person.get("morse_aid"), person.get("morse_gait")
    return [
        by_answer(fell, history),
        by_answer(flag(person, "morse_secondary_diagnosis"), other),
        frozenset(aids.values()) if aid is None else frozenset({aids[str(aid)]}),
        by_answer(flag(person, "morse_infusion"), drip),
        frozenset(gaits.values()) if gait is None else frozenset({gaits[str(gait)]}),
        by_answer(flag(person, "morse_forgets_limits"), forgets),
    ]


def sums(items: Iterable[Possible]) -> set[int]:
    """Every total that is still possible."""
    totals = {0}
    for item in items:
        totals = {total + points for total in totals for points in item}
    return totals

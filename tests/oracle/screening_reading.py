""" "Screening, exactly": questionnaires, girths and indices. "A screen needs all its items: without a
total there is no verdict." Every score is a float, None where an item is unknown.
"""

import math

from .person_values import (
    Person,
    above,
    at_least,
    at_most,
    below,
    by_sex,
    flag,
    grip,
    number,
    to_nine_decimals,
    word,
)
from .three_values import Answer

SARC_F_ITEMS = ("sarc_f_strength", "sarc_f_assistance", "sarc_f_rise", "sarc_f_climb", "sarc_f_falls")
MICROMOLES_PER_MILLIGRAM_PER_DECILITRE = 88.4


def total(*points: float | None) -> float | None:
    """The sum, None where one item is unknown."""
    known = [point for point in points if point is not None]
    return float(sum(known)) if len(known) == len(points) else None


def points_if(answer: Answer, yes: float, no: float) -> float | None:
    """Points for yes or for no, None for unknown."""
    if answer is None:
        return None
    return yes if answer else no


def sarc_f_score(person: Person) -> float | None:
    """ "given or summed"; "the total counts"."""
    given = number(person, "sarc_f_score")
    return total(*(number(person, item) for item in SARC_F_ITEMS)) if given is None else given


def sarc_f_positive(person: Person) -> Answer:
    """ ">= 4"."""
    return at_least(sarc_f_score(person), 4)


def sarc_calf_score(person: Person) -> float | None:
    """ "SARC-CalF adds 10 at calf <= 34 cm (men) or <= 33 cm (women)"."""
    low_calf = at_most(number(person, "calf_circumference_cm"), by_sex(person, 34, 33))
    return total(sarc_f_score(person), points_if(low_calf, 10, 0))


def sarc_calf_positive(person: Person) -> Answer:
    """ ">= 11"."""
    return at_least(sarc_calf_score(person), 11)


def calf_low_awgs2019(person: Person) -> Answer:
    """ "the AWGS 2019 calf screen is < 34 / < 33"."""
    return below(number(person, "calf_circumference_cm"), by_sex(person, 34, 33))


def finger_ring_positive(person: Person) -> Answer:
    """ "smaller"."""
    ring = word(person, "finger_ring_test")
    return None if ring is None else ring == "smaller"


def ishii_score(person: Person) -> float | None:
    """Men: 0.62 x (age - 64) - 3.09 x (grip - 50) - 4.64 x (calf - 42); women: 0.80 x (age - 64) - 5.09
    x (grip - 34) - 3.28 x (calf - 42).
    """
    sex, age = word(person, "sex"), number(person, "age_years")
    kilograms, calf = grip(person), number(person, "calf_circumference_cm")
    if sex is None or age is None or kilograms is None or calf is None:
        return None
    if sex == "male":
        return to_nine_decimals(0.62 * (age - 64) - 3.09 * (kilograms - 50) - 4.64 * (calf - 42))
    return to_nine_decimals(0.80 * (age - 64) - 5.09 * (kilograms - 34) - 3.28 * (calf - 42))


def ishii_positive(person: Person) -> Answer:
    """ "Ishii is positive from 105 (men) and from 120 (women)"."""
    return at_least(ishii_score(person), by_sex(person, 105, 120))


def hospital_stay_points(person: Person, none: float, one: float) -> float | None:
    """ "Hospital stays last year >=2 / 1 / 0"; two or more give no points."""
    stays = number(person, "hospital_stays_12m")
    if stays is None:
        return None
    if stays == 0:
        return none
    return one if stays == 1 else 0.0


def msra5_score(person: Person) -> float | None:
    """Age >=70 / <70: 0 / 5; stays 0 / 10 / 15; walks 1000 m 15; three meals 15; weight loss > 2 kg 0,
    else 10.
    """
    return total(
        points_if(at_least(number(person, "age_years"), 70), 0, 5),
        hospital_stay_points(person, 15, 10),
        points_if(flag(person, "walks_1000m"), 15, 0),
        points_if(flag(person, "three_meals_daily"), 15, 0),
        points_if(above(number(person, "weight_loss_12m_kg"), 2), 0, 10),
    )


def msra5_positive(person: Person) -> Answer:
    """ "<= 45"."""
    return at_most(msra5_score(person), 45)


def msra7_score(person: Person) -> float | None:
    """Age 0 / 5; stays 0 / 5 / 10; walks 1000 m, three meals, daily milk, daily protein food, weight
    kept: 5 each.
    """
    return total(
        points_if(at_least(number(person, "age_years"), 70), 0, 5),
        hospital_stay_points(person, 10, 5),
        points_if(flag(person, "walks_1000m"), 5, 0),
        points_if(flag(person, "three_meals_daily"), 5, 0),
        points_if(flag(person, "milk_daily"), 5, 0),
        points_if(flag(person, "protein_food_daily"), 5, 0),
        points_if(above(number(person, "weight_loss_12m_kg"), 2), 0, 5),
    )


def msra7_positive(person: Person) -> Answer:
    """ "<= 30"."""
    return at_most(msra7_score(person), 30)


def weight_loss_percent(person: Person) -> float | None:
    """ "% of the weight before (weight + loss)"."""
    weight, loss = number(person, "weight_kg"), number(person, "weight_loss_12m_kg")
    if weight is None or loss is None:
        return None
    return to_nine_decimals(loss / (weight + loss) * 100)


def frail_score(person: Person) -> float | None:
    """ "FRAIL: weight loss counts above 5 % of the weight before (weight + loss), illnesses from 5"; one
    point each.
    """
    return total(
        points_if(flag(person, "fatigue_most_of_time"), 1, 0),
        points_if(flag(person, "unable_climb_10_steps"), 1, 0),
        points_if(flag(person, "unable_walk_block"), 1, 0),
        points_if(at_least(number(person, "illness_count"), 5), 1, 0),
        points_if(above(weight_loss_percent(person), 5), 1, 0),
    )


def frail_status(person: Person) -> str | None:
    """ "0 robust, 1-2 prefrail, 3-5 frail"."""
    score = frail_score(person)
    if score is None:
        return None
    if score == 0:
        return "robust"
    return "prefrail" if score <= 2 else "frail"


def osta_index(person: Person) -> float | None:
    """ "OSTA and OST are 0.2 x (kg - years) truncated towards zero to an integer"; rounded to 9 decimals
    before.
    """
    weight, age = number(person, "weight_kg"), number(person, "age_years")
    if weight is None or age is None:
        return None
    return float(math.trunc(to_nine_decimals(0.2 * (weight - age))))


def osta_risk(person: Person) -> str | None:
    """ "OSTA > -1 low, -1 to -4 medium, < -4 high"."""
    index = osta_index(person)
    if index is None:
        return None
    if index > -1:
        return "low"
    return "medium" if index >= -4 else "high"


def orai_age_points(age: float) -> float:
    """Age 75 and over 15, 65-74 9, 55-64 5, younger 0 (settled reading 6)."""
    if age >= 75:
        return 15.0
    if age >= 65:
        return 9.0
    return 5.0 if age >= 55 else 0.0


def orai_weight_points(kilograms: float) -> float:
    """ "< 60 kg 9, < 70 kg 3"."""
    if kilograms < 60:
        return 9.0
    return 3.0 if kilograms < 70 else 0.0


def orai_score(person: Person) -> float | None:
    """ "ORAI: women; ... oestrogen now is `drug` = hormone_therapy"; not on oestrogen: 2."""
    age, weight, drug = number(person, "age_years"), number(person, "weight_kg"), word(person, "drug")
    if word(person, "sex") != "female" or age is None or weight is None or drug is None:
        return None
    return orai_age_points(age) + orai_weight_points(weight) + (0.0 if drug == "hormone_therapy" else 2.0)


def sarcopenia_index(person: Person) -> float | None:
    """ "creatinine mg/dL / cystatin C mg/L x 100"."""
    creatinine, cystatin = number(person, "creatinine_umol_l"), number(person, "cystatin_c_mg_l")
    if creatinine is None or cystatin is None:
        return None
    return to_nine_decimals(creatinine / MICROMOLES_PER_MILLIGRAM_PER_DECILITRE / cystatin * 100)


def height_loss_cm(person: Person) -> float | None:
    """Remembered young-adult height less the height now; a gain comes out negative."""
    tallest, height = number(person, "tallest_height_cm"), number(person, "height_cm")
    if tallest is None or height is None:
        return None
    return to_nine_decimals(tallest - height)

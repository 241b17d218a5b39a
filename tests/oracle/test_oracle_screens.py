"""The oracle against worked screens and scores."""

from collections.abc import Callable

import pytest

from . import screening_reading as screening
from .contract_reading import assess_person
from .known_people import MAN, WOMAN
from .person_values import Person, balance_points, rise_points, walk_points

CALF = "calf_circumference_cm"
BESIDE = 0.004

SPPB: list[tuple[dict[str, object], float | None]] = [
    ({"balance_side_by_side_s": 9.9, "gait_4m_s": 4.81, "chair_stand_5x_s": 11.19}, 8.0),
    (
        {
            "balance_side_by_side_s": 10.0,
            "balance_semi_tandem_s": 9.9,
            "gait_4m_s": 4.82,
            "chair_stand_5x_s": 11.2,
        },
        7.0,
    ),
    (
        {
            "balance_side_by_side_s": 10.0,
            "balance_semi_tandem_s": 10.0,
            "gait_4m_s": 6.2,
            "chair_stand_5x_s": 13.7,
        },
        None,
    ),
    (
        {
            "balance_side_by_side_s": 10.0,
            "balance_semi_tandem_s": 10.0,
            "balance_tandem_s": 3.0,
            "gait_4m_s": 6.205,
            "chair_stand_5x_s": 16.7,
        },
        6.0,
    ),
    ({"balance_semi_tandem_s": 2.0, "gait_4m_s": 5.0, "chair_stand_5x_s": 10.0}, None),
    ({"balance_side_by_side_s": 0.0, "walk_unable": True, "gait_4m_s": 3.0, "chair_stand_unable": True}, 0.0),
    ({"balance_side_by_side_s": 0.0, "gait_4m_s": 8.71, "chair_stand_5x_s": 60.01}, 1.0),
    ({"sppb_score": 11, "balance_side_by_side_s": 0.0, "gait_4m_s": 8.71, "chair_stand_5x_s": 60.0}, 11.0),
]


@pytest.mark.parametrize(("parts", "total"), SPPB)
def test_sppb(parts: dict[str, object], total: float | None) -> None:
    assert assess_person(parts)["sppb_score"] == total


SCREENS: list[tuple[dict[str, object], dict[str, object]]] = [
    ({"sarc_f_score": 3}, {"sarc_f_positive": False}),
    ({"sarc_f_score": 4, "sarc_f_falls": 0}, {"sarc_f_positive": True, "sarc_calf_score": None}),
    (
        {**MAN, "sarc_f_score": 0, "calf_circumference_cm": 34.0},
        {"sarc_calf_score": 10.0, "sarc_calf_positive": False, "calf_low_awgs2019": False},
    ),
    ({**WOMAN, "sarc_f_score": 1, "calf_circumference_cm": 33.0}, {"sarc_calf_positive": True}),
    ({**WOMAN, "sarc_f_score": 1, "calf_circumference_cm": 33.1}, {"sarc_calf_score": 1.0}),
    (
        {**MAN, "age_years": 75.0, "grip_kg": 28.0, "calf_circumference_cm": 33.0},
        {"ishii_score": 116.56, "ishii_positive": True},
    ),
    (
        {**WOMAN, "age_years": 75.0, "grip_kg": 18.0, "calf_circumference_cm": 32.0},
        {"ishii_score": 123.04, "ishii_positive": True},
    ),
    ({"creatinine_umol_l": 70.72, "cystatin_c_mg_l": 1.0}, {"sarcopenia_index": 80.0}),
    ({"finger_ring_test": "just_fits"}, {"finger_ring_positive": False}),
    ({"age_years": 65.0, "weight_kg": 60.0}, {"osta_index": -1.0, "osta_risk": "medium", "ost_index": -1.0}),
    ({"age_years": 64.9, "weight_kg": 60.0}, {"osta_index": 0.0, "osta_risk": "low"}),
    ({"age_years": 64.9, "weight_kg": 59.9}, {"osta_index": -1.0}),
    ({"age_years": 84.9, "weight_kg": 60.0}, {"osta_index": -4.0, "osta_risk": "medium"}),
    ({"age_years": 85.0, "weight_kg": 60.0}, {"osta_index": -5.0, "osta_risk": "high"}),
    ({**WOMAN, "weight_kg": 59.9, "drug": "none"}, {"orai_score": 20.0}),
    ({**WOMAN, "age_years": 44.0, "weight_kg": 70.0, "drug": "hormone_therapy"}, {"orai_score": 0.0}),
    ({**WOMAN, "weight_kg": 60.0}, {"orai_score": None}),
    ({**MAN, "weight_kg": 60.0, "drug": "none"}, {"orai_score": None}),
    ({"tallest_height_cm": 170.0, "height_cm": 165.5}, {"height_loss_cm": 4.5}),
    ({"grip_left_kg": 20.0, "grip_right_kg": 29.0, **MAN}, {"sarcopenia_sdoc2020_upto": "confirmed"}),
]


@pytest.mark.parametrize(("person", "expected"), SCREENS)
def test_screens(person: dict[str, object], expected: dict[str, object]) -> None:
    columns = assess_person(person)
    assert {name: columns[name] for name in expected} == expected


FRAIL = {
    "fatigue_most_of_time": True,
    "unable_climb_10_steps": True,
    "unable_walk_block": False,
    "weight_kg": 95.0,
}


@pytest.mark.parametrize(
    ("illnesses", "loss", "score", "status"),
    [(4, 5.0, 2.0, "prefrail"), (5, 5.0, 3.0, "frail"), (4, 5.1, 3.0, "frail"), (None, 5.1, None, None)],
)
def test_frail(illnesses: int | None, loss: float, score: float | None, status: str | None) -> None:
    columns = assess_person({**FRAIL, "illness_count": illnesses, "weight_loss_12m_kg": loss})
    assert (columns["frail_score"], columns["frail_status"]) == (score, status)


MSRA = {
    "age_years": 72.0,
    "hospital_stays_12m": 0,
    "walks_1000m": True,
    "three_meals_daily": True,
    "milk_daily": True,
    "protein_food_daily": True,
}


@pytest.mark.parametrize(
    ("loss", "seven", "five"), [(2.1, (30.0, True), (45.0, True)), (2.0, (35.0, False), (55.0, False))]
)
def test_msra(loss: float, seven: tuple[float, bool], five: tuple[float, bool]) -> None:
    columns = assess_person({**MSRA, "weight_loss_12m_kg": loss})
    assert (columns["msra7_score"], columns["msra7_positive"]) == seven
    assert (columns["msra5_score"], columns["msra5_positive"]) == five


MSRA_KEPT = {**MSRA, "weight_loss_12m_kg": 0.0}
FRAIL_WELL: dict[str, object] = {
    "fatigue_most_of_time": False,
    "unable_climb_10_steps": False,
    "unable_walk_block": False,
    "illness_count": 0,
    "weight_kg": 95.0,
}
ORAI: dict[str, object] = {"sex": "female", "age_years": 70.0, "weight_kg": 80.0, "drug": "hormone_therapy"}
STANDS: dict[str, object] = {"balance_side_by_side_s": 10.0, "balance_semi_tandem_s": 10.0}

# function, person, measure, cut-off, what comes out just below it, on it and just above it
EDGES: list[tuple[Callable[[Person], object], Person, str, float, tuple[object, object, object]]] = [
    (screening.sarc_calf_score, {**MAN, "sarc_f_score": 1}, CALF, 34.0, (11.0, 11.0, 1.0)),
    (screening.sarc_calf_score, {**WOMAN, "sarc_f_score": 1}, CALF, 33.0, (11.0, 11.0, 1.0)),
    (screening.calf_low_awgs2019, MAN, CALF, 34.0, (True, False, False)),
    (screening.calf_low_awgs2019, WOMAN, CALF, 33.0, (True, False, False)),
    # Age 64 and a grip of 50 or 34 kg leave the calf alone.
    (
        screening.ishii_positive,
        {**MAN, "grip_kg": 50.0, "age_years": 64.0},
        CALF,
        42 - 105 / 4.64,
        (True, True, False),
    ),
    (
        screening.ishii_positive,
        {**WOMAN, "grip_kg": 34.0, "age_years": 64.0},
        CALF,
        42 - 120 / 3.28,
        (True, True, False),
    ),
    (screening.msra5_score, MSRA_KEPT, "age_years", 70.0, (60.0, 55.0, 55.0)),
    (screening.msra7_score, MSRA_KEPT, "age_years", 70.0, (40.0, 35.0, 35.0)),
    (screening.msra5_score, MSRA, "weight_loss_12m_kg", 2.0, (55.0, 55.0, 45.0)),
    (screening.msra7_score, MSRA, "weight_loss_12m_kg", 2.0, (35.0, 35.0, 30.0)),
    (screening.frail_score, FRAIL_WELL, "weight_loss_12m_kg", 5.0, (0.0, 0.0, 1.0)),
    (screening.orai_score, ORAI, "age_years", 55.0, (0.0, 5.0, 5.0)),
    (screening.orai_score, ORAI, "age_years", 65.0, (5.0, 9.0, 9.0)),
    (screening.orai_score, ORAI, "age_years", 75.0, (9.0, 15.0, 15.0)),
    (screening.orai_score, ORAI, "weight_kg", 60.0, (18.0, 12.0, 12.0)),
    (screening.orai_score, ORAI, "weight_kg", 70.0, (12.0, 9.0, 9.0)),
    (screening.osta_index, {"age_years": 70.0}, "weight_kg", 65.0, (-1.0, -1.0, 0.0)),
    (balance_points, {}, "balance_side_by_side_s", 10.0, (0, None, None)),
    (balance_points, {"balance_side_by_side_s": 10.0}, "balance_semi_tandem_s", 10.0, (1, None, None)),
    (balance_points, STANDS, "balance_tandem_s", 3.0, (2, 3, 3)),
    (balance_points, STANDS, "balance_tandem_s", 10.0, (3, 4, 4)),
    (walk_points, {}, "gait_4m_s", 4.82, (4, 3, 3)),
    (walk_points, {}, "gait_4m_s", 6.20, (3, 3, 2)),
    (walk_points, {}, "gait_4m_s", 8.70, (2, 2, 1)),
    (rise_points, {}, "chair_stand_5x_s", 11.19, (4, 4, 3)),
    (rise_points, {}, "chair_stand_5x_s", 13.69, (3, 3, 2)),
    (rise_points, {}, "chair_stand_5x_s", 16.69, (2, 2, 1)),
    (rise_points, {}, "chair_stand_5x_s", 60.0, (1, 1, 0)),
]


@pytest.mark.parametrize(("score", "person", "measure", "cut_off", "expected"), EDGES)
def test_edges(
    score: Callable[[Person], object],
    person: Person,
    measure: str,
    cut_off: float,
    expected: tuple[object, object, object],
) -> None:
    values = (cut_off - BESIDE, cut_off, cut_off + BESIDE)
    assert tuple(score({**person, measure: value}) for value in values) == expected


MSRA_POINTS: list[tuple[str, object, float, float]] = [
    # item, its worse answer, points of MSRA-5 and of MSRA-7 lost by it
    ("hospital_stays_12m", 1, 5.0, 5.0),
    ("hospital_stays_12m", 2, 15.0, 10.0),
    ("hospital_stays_12m", 3, 15.0, 10.0),
    ("walks_1000m", False, 15.0, 5.0),
    ("three_meals_daily", False, 15.0, 5.0),
    ("milk_daily", False, 0.0, 5.0),
    ("protein_food_daily", False, 0.0, 5.0),
]


@pytest.mark.parametrize(("item", "answer", "five", "seven"), MSRA_POINTS)
def test_points_of_the_msra(item: str, answer: object, five: float, seven: float) -> None:
    best = {**MSRA_KEPT, "age_years": 60.0}
    assert screening.msra5_score({**best, item: answer}) == 60.0 - five
    assert screening.msra7_score({**best, item: answer}) == 40.0 - seven
    assert screening.msra7_score({**best, item: None}) is None


FRAIL_POINTS: list[tuple[str, object, float]] = [
    ("fatigue_most_of_time", True, 1.0),
    ("unable_climb_10_steps", True, 1.0),
    ("unable_walk_block", True, 1.0),
    ("illness_count", 4, 0.0),
    ("illness_count", 5, 1.0),
]


@pytest.mark.parametrize(("item", "answer", "points"), FRAIL_POINTS)
def test_points_of_frail(item: str, answer: object, points: float) -> None:
    person = {**FRAIL_WELL, "weight_loss_12m_kg": 0.0}
    assert screening.frail_score({**person, item: answer}) == points
    assert screening.frail_status({**person, item: answer}) == ("prefrail" if points else "robust")
    assert screening.frail_score({**person, item: None}) is None


def test_sarc_f_is_summed_only_where_all_five_items_are_known() -> None:
    items: dict[str, object] = dict.fromkeys(screening.SARC_F_ITEMS, 1)
    assert screening.sarc_f_score(items) == 5.0
    assert screening.sarc_f_score({**items, "sarc_f_falls": None}) is None
    assert screening.sarc_f_score({**items, "sarc_f_score": 2}) == 2.0

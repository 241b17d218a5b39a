"""What a risk is made of, and what changing one thing does: the parts add up, and a changed person is judged as such."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from explain.risk_people import NO_HISTORY, PEOPLE, Person, answers, explained, results, risk_assessor
from myosteon.app.risk_explanation import owner_of, verdicts_of
from myosteon.evidence.risk_catalogue import load_risk_catalogue
from myosteon.outputs.explain_risk_types import Answer, RiskExplanation, Waterfall
from risk.qfracture_people import as_measures, random_raw_people
from risk.score_people import random_people

KNOWN, UNKNOWN = PEOPLE["woman_74_everything_known"], PEOPLE["woman_80_much_unknown"]
SCORES = (
    "lee_score",
    "framo_score",
    "sof_hip_score",
    "fracture_index_score",
    "morse_score",
    "dutch_dxa_score",
)
EXACT = {"rel": 0, "abs": 1e-9}


def waterfall_of(found: RiskExplanation) -> Waterfall:
    """The waterfall, which must be there."""
    assert found.risk.waterfall is not None
    return found.risk.waterfall


def check_chain(fall: Waterfall) -> None:
    """Every step begins where the one before ended, and the largest comes first."""
    places = [fall.start, *(step.after for step in fall.steps)]
    assert [step.before for step in fall.steps] == places[:-1]
    assert fall.end == places[-1]
    sizes = [abs(step.amount) for step in fall.steps]
    assert sizes == sorted(sizes, reverse=True)


# --- what adds up ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["any", "hip"])
def test_terms_add_up_to_the_risk_that_is_shown(outcome: str) -> None:
    for raw in random_raw_people(12, seed=4):
        person = as_measures(raw)
        row = results(person)
        fall = waterfall_of(explained(person, f"qfracture_{outcome}_percent"))
        check_chain(fall)
        total = fall.start_amount + sum(step.amount for step in fall.steps)
        assert total == pytest.approx(row[f"qfracture_{outcome}_log_hazard_at_least"], **EXACT)
        assert fall.end == pytest.approx(row[f"qfracture_{outcome}_percent"], **EXACT)
        assert fall.unknown == ()


def test_every_term_of_a_known_person_is_either_a_step_or_said_to_add_nothing() -> None:
    row = results(KNOWN)
    fall = waterfall_of(explained(KNOWN, "qfracture_hip_percent"))
    terms = {
        n: v for n, v in row.items() if n.startswith("qfracture_hip_term_") and not n.endswith("baseline")
    }
    assert {step.column: step.amount for step in fall.steps} == {n: v for n, v in terms.items() if v}
    assert len(fall.nothing) + len(fall.steps) == len(terms)


def test_a_hazard_ratio_is_what_its_term_says() -> None:
    fall = waterfall_of(explained(KNOWN, "qfracture_hip_percent"))
    ratios = {step.label: step.hazard_ratio for step in fall.steps}
    # The women's hip model in the source of QFracture-2012.
    assert ratios["Parkinson's disease"] == pytest.approx(math.exp(0.70867009918491719), rel=1e-12)
    assert all(step.source and step.source.status == "checked" for step in fall.steps)


@pytest.mark.parametrize("score", SCORES)
def test_points_add_up_to_the_score_or_to_what_is_certain(score: str) -> None:
    drawn = 0
    for person in random_people(25, seed=11):
        row, found = results(person), explained(person, score)
        if row[f"{score.removesuffix('_score')}_outside"]:
            assert found.risk.waterfall is None
            continue
        fall = waterfall_of(found)
        check_chain(fall)
        assert fall.start == 0
        shown = row[score]
        if shown is None:
            bounds = (row[f"{score}_at_least"], row[f"{score}_at_most"])
            # Where they are equal, only whether the score is for this person is unknown.
            assert (fall.low, fall.high) == (bounds if bounds[0] != bounds[1] else (None, None))
            assert not fall.is_settled
        else:
            assert fall.end == shown
            assert fall.is_settled
        drawn += 1
    assert drawn > 3


def test_a_percentage_of_a_score_is_explained_by_its_points_and_the_table() -> None:
    found = explained(KNOWN, "framo_hip_fracture_percent")
    assert [(step.label, step.amount) for step in waterfall_of(found).steps] == [
        ("Weight", 1),
        ("Cannot rise five times, however recorded", 1),
    ]
    assert [(band.points, band.risk, band.is_own) for band in found.risk.bands] == [
        ("0 to 1 points", "0.8 %", False),
        ("2 to 4 points", "5.4 %", True),
    ]
    assert found.explanation.headline == "Risk of hip fracture in 2 years, FRAMO Index: 5.4 % (2 points)"


def test_outcomes_of_like_names_are_not_mixed_up() -> None:
    person = {"sex": "female", "age_years": 70.0}
    for outcome in ("vertebral", "nonvertebral", "hip"):
        found = explained(person, f"fracture_index_{outcome}_fracture_percent")
        assert len(found.risk.bands) == 6
        assert all(":" not in band.risk for band in found.risk.bands)


def test_frax_is_the_value_as_given_and_one_factor() -> None:
    fall = waterfall_of(explained(KNOWN, "frax_major_adjusted_percent"))
    assert (fall.start, fall.end) == (12.0, pytest.approx(13.8, **EXACT))
    (step,) = fall.steps
    assert (step.hazard_ratio, step.amount) == (1.15, pytest.approx(1.8, **EXACT))


def test_no_adjustment_leaves_frax_as_it_was_given() -> None:
    person = {**KNOWN, "glucocorticoid_mg_day": 5.0}
    fall = waterfall_of(explained(person, "frax_major_adjusted_percent"))
    assert (fall.start, fall.end, fall.steps) == (12.0, 12.0, ())


def test_adjustments_that_must_not_be_combined_are_told_each_by_itself() -> None:
    person = {
        **KNOWN,
        "fracture_hip": True,
        "fracture_count": 3,
        "frax_with_bmd": True,
        "t_score_lumbar_spine": -4.0,
        "t_score_femoral_neck": -2.0,
    }
    found = explained(person, "frax_major_adjusted_percent")
    assert found.risk.waterfall is None
    assert found.risk.others[0].startswith("More than one adjustment changes the value")
    assert "FRAX adjusted for the spine" in found.risk.others[0]
    assert "hip" not in found.risk.others[0]


def test_a_value_with_which_there_is_still_no_figure_is_told() -> None:
    person = {**KNOWN, **dict.fromkeys(("fracture_vertebral", "fracture_other"))}
    (one,) = [
        w for w in explained(person, "frax_major_adjusted_percent").risk.unknowns if w.id == "fracture_count"
    ]
    assert [option.answer.text for option in one.options] == ["13.8 %", "open"]


# --- what if --------------------------------------------------------------------------------------------------


def same(answer: Answer, row: Mapping[str, object], verdict: str, score: str) -> None:
    """An answer says what the columns of a changed person say."""
    assert answer.value == row[verdict]
    if f"{verdict}_at_least" in row:
        assert (answer.low, answer.high) == (row[f"{verdict}_at_least"], row[f"{verdict}_at_most"])
    if f"{score}_at_least" in row and verdict != score:
        assert (answer.score_low, answer.score_high) == (row[f"{score}_at_least"], row[f"{score}_at_most"])


@pytest.mark.parametrize(
    ("person", "verdict", "score"),
    [
        (KNOWN, "qfracture_hip_percent", ""),
        (UNKNOWN, "qfracture_hip_percent", ""),
        (UNKNOWN, "framo_hip_fracture_percent", "framo_score"),
        (KNOWN, "lee_death_4y_percent", "lee_score"),
        (UNKNOWN, "fall_risk_steadi", ""),
    ],
)
def test_a_what_if_is_what_judging_the_changed_person_gives(person: Person, verdict: str, score: str) -> None:
    tried = [o for one in explained(person, verdict).risk.what_if for o in one.options]
    assert tried
    for option in tried:
        same(option.answer, results({**person, **dict(option.values)}), verdict, score)


def test_a_what_if_of_a_stratum_is_the_stratum_of_the_changed_person() -> None:
    person = {**UNKNOWN, "frax_hip_percent": 3.5, "t_score_total_hip": -1.8}
    tried = [
        option
        for one in explained(person, "stratum_china2022", strata=True).risk.what_if
        for option in one.options
    ]
    assert tried
    for option in tried:
        row = results({**person, **dict(option.values)}, strata=True)
        assert option.answer.value == row["stratum_china2022"]
        assert option.answer.upto == row["stratum_china2022_upto"]


def test_what_can_be_changed_is_told_with_how_far_it_moves_the_risk() -> None:
    own = results(KNOWN)["qfracture_hip_percent"]
    changes = explained(KNOWN, "qfracture_hip_percent").risk.changes
    assert {one.label for one in changes} == {
        *("Had there been no fall", "Not smoking", "No glucocorticoid", "No alcohol", "5 kg heavier"),
        "Without sertraline",
    }
    for one in changes:
        assert one.difference == pytest.approx(one.options[0].answer.value - own, **EXACT)  # type: ignore[operator]
    moved = [one.options[0].answer.value for one in changes]
    assert moved == sorted(moved)  # type: ignore[type-var]


def test_a_medicine_is_left_out_where_its_class_is_read_from_the_list() -> None:
    labels = {one.label for one in explained(KNOWN, "qfracture_hip_percent").risk.changes}
    assert "Without sertraline" in labels
    assert "Without zolpidem" not in labels


def test_frax_computed_with_the_glucocorticoid_is_not_told_without_it() -> None:
    found = explained(KNOWN, "frax_major_adjusted_percent")
    assert "glucocorticoid" not in {one.id for one in found.risk.what_if}


def test_weight_is_not_taken_out_of_what_the_equations_were_made_for() -> None:
    labels = {one.label for one in explained(KNOWN, "qfracture_hip_percent").risk.changes}
    assert "5 kg heavier" in labels
    assert "5 kg lighter" not in labels


def test_it_is_said_that_this_is_arithmetic() -> None:
    said = explained(KNOWN, "qfracture_hip_percent").risk.remarks
    assert said[0].startswith("This is arithmetic of the model")
    stratum = explained({**UNKNOWN, "frax_hip_percent": 3.5}, "stratum_china2022", strata=True).risk.remarks
    assert any("FRAX value stays as it was entered" in sentence for sentence in stratum)


# --- unknown and refused --------------------------------------------------------------------------------------


def test_unknown_inputs_leave_an_interval_and_are_told_at_best_and_at_worst() -> None:
    row, found = results(UNKNOWN), explained(UNKNOWN, "qfracture_any_percent")
    assert found.risk.answer.value is None
    low, high = row["qfracture_any_percent_at_least"], row["qfracture_any_percent_at_most"]
    assert (found.risk.answer.low, found.risk.answer.high) == (low, high)
    fall = waterfall_of(found)
    assert (fall.low, fall.high) == (low, high)
    assert "Cancer" in fall.unknown
    assert found.explanation.needs == tuple(str(row["qfracture2012_needs"]).split(";"))
    for one in found.risk.unknowns:
        best, worst = one.options
        assert best.answer.low is not None
        assert worst.answer.low is not None
        assert low <= best.answer.low <= worst.answer.low <= high + 1e-9  # type: ignore[operator]


def test_what_contradicts_what_is_known_is_not_tried() -> None:
    """Who smokes now never was a never-smoker, and an Asian person is none of the other groups."""
    by_id = {one.id: one for one in explained(UNKNOWN, "qfracture_any_percent").risk.unknowns}
    assert {dict(o.values)["smoking_category"] for o in by_id["smoking_category"].options} <= {
        *("light", "moderate", "heavy"),
    }
    groups = {dict(o.values)["ethnicity_detail"] for o in by_id["ethnicity_detail"].options}
    assert groups <= {"indian", "pakistani", "bangladeshi", "other_asian", "chinese"}


def test_an_input_that_cannot_move_this_answer_is_not_asked_for() -> None:
    """A parent's hip fracture is in the women's model of any fracture, not in that of the hip."""
    assert "parent_hip_fracture" in explained(UNKNOWN, "qfracture_any_percent").explanation.needs
    assert "parent_hip_fracture" not in explained(UNKNOWN, "qfracture_hip_percent").explanation.needs


@pytest.mark.parametrize(
    ("person", "verdict", "reason"),
    [
        ("man_68_too_thin", "qfracture_hip_percent", "Body mass index: 17.30 kg/m²; made for 20 to 40 kg/m²"),
        ("man_68_too_thin", "framo_score", "Sex: male; made for female"),
        ("woman_with_both_diabetes", "qfracture_any_percent", "Both types of diabetes recorded"),
    ],
)
def test_who_is_refused_is_told_why_and_gets_no_figure(person: str, verdict: str, reason: str) -> None:
    found = explained(PEOPLE[person], verdict)
    part = found.risk
    assert reason in part.refusals
    assert (part.answer.value, part.answer.low, part.answer.high) == (None, None, None)
    assert part.waterfall is None
    assert (part.what_if, part.bands, part.others, found.explanation.needs) == ((), (), (), ())
    assert "no figure" in found.explanation.headline


def test_clamped_inputs_give_a_figure_and_are_named() -> None:
    found = explained(
        {**as_measures(random_raw_people(1, seed=1)[0]), "age_years": 104.0},
        "qfracture_hip_percent",
        clamp=True,
    )
    assert isinstance(found.risk.answer.value, float)
    assert "Taken at the limit of the range: age." in found.explanation.assumptions


def test_without_a_sex_there_is_no_waterfall_but_the_widest_interval() -> None:
    part = explained(PEOPLE["nobody_knows"], "qfracture_hip_percent").risk
    assert part.waterfall is None
    assert part.answer.low is not None
    assert part.answer.high is not None
    assert part.answer.low < part.answer.high


# --- everybody, everything ------------------------------------------------------------------------------------


def test_every_answer_is_explained_for_anybody() -> None:
    people = [*PEOPLE.values(), *random_people(2, seed=5), NO_HISTORY]
    for verdict in answers():
        for person in people:
            found = explained(person, verdict, "zh", strata=True)
            assert found.explanation.headline
            if found.risk.waterfall is not None:
                check_chain(found.risk.waterfall)
            assert bool(found.risk.refusals) == (
                bool(found.risk.answer.outside) and found.risk.answer.value is None
            )


def test_an_algorithm_is_explained_by_its_answers_each_sum_once() -> None:
    graph = risk_assessor().graph
    catalogue = load_risk_catalogue()
    assert verdicts_of(catalogue["qfracture2012"], graph) == [
        "qfracture_any_percent",
        "qfracture_hip_percent",
    ]
    assert verdicts_of(catalogue["lee"], graph) == ["lee_death_4y_percent"]
    assert verdicts_of(catalogue["frax_adjustments"], graph) == [
        *("frax_major_adjusted_percent", "frax_hip_adjusted_percent"),
    ]


def test_a_column_on_the_way_has_no_owner() -> None:
    assert owner_of("qfracture_hip_term_age", risk_assessor()) is None
    assert owner_of("framo_needs", risk_assessor()) is None

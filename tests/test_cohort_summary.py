"""The cohort summary: intervals against other programs, counts against a recount person by person."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_results import DEFINITIONS, STAGES, MadeUpDefinition, MadeUpRefusal, random_results
from myosteon.errors import ColumnError
from myosteon.outputs.cohort import summarise_cohort
from myosteon.outputs.cohort_answers import cohen_kappa
from myosteon.outputs.cohort_summary import CohortSummary, Need, StagePart
from myosteon.outputs.intervals import (
    Interval,
    Linearised,
    interval_on_logit,
    linearise,
    linearise_people,
    student_t,
    wilson,
)

FOUND = {"confirmed", "severe"}

# --- intervals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yes", "judged"), [(0, 10), (1, 10), (7, 83), (50, 100), (2000, 2000), (13, 100_000)]
)
def test_wilson_is_that_of_statsmodels(yes: int, judged: int) -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    low, high = proportion.proportion_confint(yes, judged, method="wilson")
    found = wilson(yes, judged)
    assert found is not None
    assert found.estimate == yes / judged
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


def test_wilson_of_nobody_is_nothing() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_estimate_and_stays_within_0_and_1(pair: tuple[int, int]) -> None:
    found = wilson(*pair)
    assert found is not None
    assert 0 <= found.low <= found.estimate <= found.high <= 1


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 15, 47, 199, 200, 201, 1000, 100_000])
def test_student_t_is_that_of_scipy(degrees: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert student_t(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=1e-8)


def test_taylor_linearisation_against_a_calculation_by_hand() -> None:
    """Two strata, five units, exact fractions.

    Stratum 1: units with (yes, judged) = (3, 10), (5, 12), (4, 8); stratum 2: (6, 20), (2, 10).
    p = 20/60 = 1/3. Residuals yes - p judged: -1/3, 1, 4/3; -2/3, -4/3; over 60.
    Stratum 1: mean 2/3, squares 1 + 1/9 + 4/9 = 14/9, times 3/2 = 7/3.
    Stratum 2: mean -1, squares 1/9 + 1/9 = 2/9, times 2 = 4/9. Variance (7/3 + 4/9)/3600 = 25/32400.
    """
    found = linearise([1, 1, 1, 2, 2], [3, 5, 4, 6, 2], [10, 12, 8, 20, 10])
    assert found is not None
    assert found.estimate == pytest.approx(float(Fraction(1, 3)))
    assert found.standard_error == pytest.approx(math.sqrt(Fraction(25, 32400)))
    assert found.standard_error == pytest.approx(5 / 180)
    assert (found.degrees_of_freedom, found.lonely_strata) == (3, 0)


def test_linearisation_of_a_simple_sample_is_the_textbook_formula() -> None:
    """Everybody a unit, one stratum, equal weights: the variance is p (1 - p)/(n - 1)."""
    yes = [1.0] * 13 + [0.0] * 27
    found = linearise([0] * 40, yes, [1.0] * 40)
    assert found is not None
    assert found.standard_error == pytest.approx(math.sqrt(13 / 40 * 27 / 40 / 39))
    people = linearise_people(13, 40, 13, 40, people=40)
    assert people is not None
    assert people.standard_error == pytest.approx(found.standard_error)


def test_weights_alone_are_the_same_as_everybody_a_unit() -> None:
    weights = [0.5, 2.0, 1.25, 3.0, 0.75, 1.0, 2.5]
    yes = [True, False, True, True, False, False, True]
    judged = [True, True, True, False, True, True, True]
    top = [w * (y and j) for w, y, j in zip(weights, yes, judged, strict=True)]
    bottom = [w * j for w, j in zip(weights, judged, strict=True)]
    by_unit = linearise([0] * 7, top, bottom)
    people = linearise_people(
        sum(top), sum(bottom), sum(t * t for t in top), sum(b * b for b in bottom), people=7
    )
    assert by_unit is not None
    assert people is not None
    assert people.estimate == pytest.approx(by_unit.estimate)
    assert people.standard_error == pytest.approx(by_unit.standard_error)


def test_a_lonely_unit_is_set_against_the_mean_of_all_and_counted() -> None:
    found = linearise([1, 1, 2], [2, 4, 9], [10, 10, 20])
    assert found is not None
    assert found.lonely_strata == 1
    residuals = [2 - 10 * 3 / 8, 4 - 10 * 3 / 8, 9 - 20 * 3 / 8]
    first = 2 * sum((r - (residuals[0] + residuals[1]) / 2) ** 2 for r in residuals[:2])
    assert found.standard_error == pytest.approx(math.sqrt(first + residuals[2] ** 2) / 40)


def test_the_logit_interval_against_a_calculation_by_hand() -> None:
    """p = 0.2, se = 0.02, 12 degrees: logit -1.3863, half width 2.1788 x 0.02/0.16 = 0.27235."""
    found = interval_on_logit(Linearised(0.2, 0.02, 12), judged=500)
    assert found.low == pytest.approx(1 / (1 + math.exp(1.386294 + 0.272352)), abs=1e-5)
    assert found.high == pytest.approx(1 / (1 + math.exp(1.386294 - 0.272352)), abs=1e-5)


def test_a_weighted_share_of_nobody_or_everybody_gets_wilsons_interval() -> None:
    none = interval_on_logit(Linearised(0.0, 0.0, 30), judged=50)
    assert none == Interval(0.0, 0.0, wilson(0, 50).high)  # type: ignore[union-attr]
    assert linearise([0, 0], [0, 0], [0, 0]) is None


def test_kappa_is_that_of_statsmodels() -> None:
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    both, first_only, second_only, neither = 31, 9, 14, 146
    table = [[both, first_only], [second_only, neither]]
    expected = inter_rater.cohens_kappa(table).kappa
    assert cohen_kappa(both, both + first_only, both + second_only, 200) == pytest.approx(expected)
    assert cohen_kappa(0, 0, 0, 50) is None
    assert cohen_kappa(0, 0, 0, 0) is None


# --- a small cohort, counted by hand -----------------------------------------------------------------------------


def small() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "person_id": ["a", "b", "c", "d", "e", "f"],
            "sex": ["female", "female", "female", "male", "male", None],
            "age_years": [58.0, 66.0, 71.0, 83.0, None, 90.0],
            "grip_kg": [None, 18.0, None, 30.0, 22.0, None],
            "sarcopenia_awgs2019": ["confirmed", "possible", None, "none", "severe", None],
            "sarcopenia_awgs2019_upto": ["severe", "possible", "severe", "none", "severe", None],
            "sarcopenia_awgs2019_needs": ["gait_speed_m_s", None, "grip_kg;alm_kg", "", None, None],
            "osteosarcopenia_awgs2019": [True, False, None, False, None, None],
            "sarcopenia_awgs2014": ["confirmed", "none", None, "none", "none", None],
            "sarcopenia_awgs2014_upto": ["confirmed", "none", "confirmed", "none", "none", None],
            "sarcopenia_awgs2014_needs": [None, None, "alm_kg", None, None, None],
            "bone_who": ["osteoporosis", None, "normal", None, None, None],
            "bone_who_upto": ["severe_osteoporosis", "severe_osteoporosis", "normal", None, None, None],
            "osteoporosis_china2022": [True, None, False, None, False, None],
            "frail_status": ["frail", "robust", None, "prefrail", None, None],
            "osta_risk": ["high", "low", "medium", None, None, None],
            "contradictions": [
                "contradiction_grip",
                None,
                None,
                "contradiction_grip;contradiction_walk",
                "",
                None,
            ],
            "taken_as_postmenopausal": [True, False, None, False, False, False],
        },
        schema_overrides={"grip_kg": pl.Float64},
    )


def small_summary(**more: Any) -> CohortSummary:
    return summarise_cohort(small(), DEFINITIONS[:2], **more)


def test_who_is_counted() -> None:
    who = small_summary().who
    assert (who.rows, who.people, who.female, who.male, who.sex_unknown) == (6, 6, 3, 2, 1)
    assert who.female_share == pytest.approx(3 / 5)
    assert (who.age_median, who.age_unknown) == (71.0, 1)
    bands = {(band.age_from, band.age_to): (band.female, band.male, band.unknown) for band in who.age_bands}
    assert bands == {
        (50, 59): (1, 0, 0),
        (60, 69): (1, 0, 0),
        (70, 79): (1, 0, 0),
        (80, 89): (0, 1, 0),
        (90, None): (0, 0, 1),
    }
    assert who.method == "wilson"


def test_proved_open_and_excluded_are_counted_among_the_judged() -> None:
    by_sex = small_summary().definitions[0].prevalence
    everybody = by_sex["all"]
    assert (everybody.judged, everybody.yes, everybody.open, everybody.no) == (5, 2, 1, 2)
    assert everybody.proved == wilson(2, 5)
    assert everybody.not_excluded == wilson(3, 5)
    assert everybody.settled == wilson(2, 4)
    assert everybody.open_share == pytest.approx(1 / 5)
    assert (by_sex["female"].judged, by_sex["female"].yes, by_sex["female"].open) == (3, 1, 1)
    assert (by_sex["male"].judged, by_sex["male"].yes, by_sex["male"].open) == (2, 1, 0)


def test_stages_keep_the_pair_of_proved_and_not_excluded() -> None:
    stages = small_summary().definitions[0].stages
    assert stages.judged == 5
    assert set(stages.parts) == {
        StagePart("severe", "severe", 1, 1 / 5),
        StagePart("confirmed", "severe", 1, 1 / 5),
        StagePart("possible", "possible", 1, 1 / 5),
        StagePart(None, "severe", 1, 1 / 5),
        StagePart("none", "none", 1, 1 / 5),
    }
    assert [part.settled for part in stages.parts] == [True, False, True, True, False]


def test_needs_are_split_and_ranked() -> None:
    first, second = small_summary().definitions
    assert first.unsettled == 2
    assert set(first.needs) == {Need("grip_kg", 1), Need("gait_speed_m_s", 1), Need("alm_kg", 1)}
    assert first.needs[0].measure == "grip_kg"  # ties stand in the contract's order
    assert second.needs == (Need("alm_kg", 1),)


def test_an_unknown_osteosarcopenia_is_open_only_among_those_judged() -> None:
    share = small_summary().definitions[0].osteosarcopenia
    assert share is not None
    assert (share["all"].judged, share["all"].yes, share["all"].open, share["all"].no) == (5, 1, 2, 2)
    assert small_summary().definitions[0].osteosarcopenia_broad is None


def test_overlap_counts_exact_combinations_and_agreement_among_the_settled() -> None:
    overlap = small_summary().overlap
    assert {(c.ids, c.people) for c in overlap.combinations} == {
        (("awgs2019", "awgs2014"), 1),
        (("awgs2019",), 1),
    }
    assert (overlap.found_by_any, overlap.found_by_all, overlap.combinations_in_all) == (2, 1, 2)
    (pair,) = overlap.agreements
    assert (pair.people, pair.both) == (4, 1)
    assert pair.kappa == pytest.approx(cohen_kappa(1, 2, 1, 4))


def test_bone_and_screens_are_counted() -> None:
    summary = small_summary()
    assert summary.bone.osteoporosis is not None
    assert summary.bone.who is not None
    bone = summary.bone.osteoporosis["all"]
    assert (bone.judged, bone.yes, bone.open, bone.no) == (6, 1, 3, 2)
    assert summary.bone.who["all"].judged == 3
    assert {(p.proved, p.upto, p.people) for p in summary.bone.who["female"].parts} == {
        ("osteoporosis", "severe_osteoporosis", 1),
        (None, "severe_osteoporosis", 1),
        ("normal", "normal", 1),
    }
    screens = {screen.column: screen.by_sex["all"] for screen in summary.screens}
    assert (screens["frail_status"].judged, screens["frail_status"].yes, screens["frail_status"].open) == (
        3,
        1,
        0,
    )
    assert (screens["osta_risk"].judged, screens["osta_risk"].yes) == (3, 2)


def test_missing_counts_the_columns_and_names_those_that_are_not_there() -> None:
    missing = {entry.measure: (entry.people, entry.absent) for entry in small_summary().missing}
    assert missing == {
        "sex": (1, False),
        "age_years": (1, False),
        "grip_kg": (3, False),
        "gait_speed_m_s": (6, True),
        "alm_kg": (6, True),
    }


def test_remarks_are_counted() -> None:
    summary = small_summary()
    assert {(entry.kind, entry.people) for entry in summary.contradiction_counts} == {
        ("contradiction_grip", 2),
        ("contradiction_walk", 1),
    }
    assert summary.taken_as_postmenopausal == 1


def test_ages_outside_the_scope_are_counted_among_the_judged() -> None:
    scope = small_summary(scopes={"awgs2019": (65.0, "older adults")}).definitions[0].outside_scope
    assert scope is not None
    assert (scope.age_from, scope.people, scope.note) == (65.0, 1, "older adults")
    assert small_summary().definitions[0].outside_scope is None


def test_refused_values_are_carried_with_their_number() -> None:
    refusal = MadeUpRefusal("a", "grip_kg", "315", "too strong", "过大")
    summary = small_summary(refused=[refusal], refused_in_all=40)
    assert summary.refused == (refusal,)
    assert summary.refused_in_all == 40


def test_visits_of_one_person_are_told_from_people() -> None:
    twice = pl.concat([small(), small()])
    who = summarise_cohort(twice, DEFINITIONS[:1]).who
    assert (who.rows, who.people) == (12, 6)


# --- weights ---------------------------------------------------------------------------------------------------------


def test_rows_without_a_weight_are_left_out_and_counted() -> None:
    frame = small().with_columns(weight=pl.Series([1.0, 2.0, 0.0, None, 3.0, -1.0]))
    summary = summarise_cohort(frame, DEFINITIONS[:1], weight_column="weight")
    assert (summary.who.rows, summary.who.without_weight, summary.who.method) == (3, 3, "weights")
    share = summary.definitions[0].prevalence["all"]
    assert (share.judged, share.yes) == (3, 2)
    assert share.proved is not None
    assert share.proved.estimate == pytest.approx(4 / 6)
    assert summary.who.female_share == pytest.approx(3 / 6)


def test_a_survey_is_linearised_within_its_whole_design() -> None:
    frame = random_results(900, seed=5)
    summary = summarise_cohort(
        frame,
        DEFINITIONS,
        weight_column="survey_weight",
        stratum_column="survey_stratum",
        psu_column="survey_psu",
    )
    assert (summary.who.method, summary.who.strata, summary.who.units) == ("taylor", 5, 15)
    women = frame.with_columns(
        judged=(pl.col("sex") == "female").fill_null(False)
        & pl.col("sarcopenia_awgs2019_upto").is_not_null(),
        found=pl.col("sarcopenia_awgs2019").is_in(FOUND).fill_null(False),
    )
    units = (
        women.group_by("survey_stratum", "survey_psu")
        .agg(
            yes=(pl.col("survey_weight") * (pl.col("judged") & pl.col("found"))).sum(),
            judged=(pl.col("survey_weight") * pl.col("judged")).sum(),
        )
        .sort("survey_stratum", "survey_psu")
    )
    expected = linearise(units["survey_stratum"].to_list(), units["yes"].to_list(), units["judged"].to_list())
    share = summary.definitions[0].prevalence["female"]
    assert expected is not None
    found, by_hand = share.proved, interval_on_logit(expected, share.judged)
    assert found is not None
    assert found.estimate == pytest.approx(by_hand.estimate)
    assert (found.low, found.high) == (pytest.approx(by_hand.low), pytest.approx(by_hand.high))


def test_equal_weights_change_no_estimate() -> None:
    frame = random_results(400, seed=6).with_columns(weight=pl.lit(2.5))
    plain = summarise_cohort(frame, DEFINITIONS)
    weighted = summarise_cohort(frame, DEFINITIONS, weight_column="weight")
    for one, other in zip(plain.definitions, weighted.definitions, strict=True):
        for sex in ("all", "female", "male"):
            assert one.prevalence[sex].proved.estimate == pytest.approx(other.prevalence[sex].proved.estimate)  # type: ignore[index, union-attr]
        assert [part.share for part in one.stages.parts] == pytest.approx(
            [part.share for part in other.stages.parts]
        )
    assert [a.kappa for a in plain.overlap.agreements] == pytest.approx(
        [a.kappa for a in weighted.overlap.agreements]
    )


# --- against a recount, person by person ----------------------------------------------------------------------------------


def recount(people: list[dict[str, Any]], id: str, sex: str | None) -> tuple[int, int, int]:
    judged = yes = open_ = 0
    for person in people:
        if sex is not None and person["sex"] != sex:
            continue
        proved, upto = person[f"sarcopenia_{id}"], person[f"sarcopenia_{id}_upto"]
        if upto is None:
            continue
        judged += 1
        if proved in FOUND:
            yes += 1
        elif upto in FOUND:
            open_ += 1
    return judged, yes, open_


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_summary_is_a_recount(seed: int) -> None:
    frame = random_results(500, seed)
    people = frame.to_dicts()
    summary = summarise_cohort(frame, DEFINITIONS)
    for definition in summary.definitions:
        for sex, word in (("all", None), ("female", "female"), ("male", "male")):
            share = definition.prevalence[sex]  # type: ignore[index]
            assert (share.judged, share.yes, share.open) == recount(people, definition.id, word)
        for part in definition.stages.parts:
            name = f"sarcopenia_{definition.id}"
            assert part.people == sum(
                p[name] == part.proved and p[f"{name}_upto"] == part.upto for p in people
            )
        assert sum(part.people for part in definition.stages.parts) == definition.stages.judged
        waiting = [p[f"sarcopenia_{definition.id}_needs"] or "" for p in people]
        for need in definition.needs:
            assert need.people == sum(need.measure in listed.split(";") for listed in waiting)
    found = [tuple(id for id in STAGES if p[f"sarcopenia_{id}"] in FOUND) for p in people]
    for combination in summary.overlap.combinations:
        assert combination.people == found.count(combination.ids)
    assert summary.overlap.found_by_any == sum(bool(ids) for ids in found)


def test_a_lazy_file_enums_and_text_give_the_same_summary(tmp_path: Path) -> None:
    text = random_results(300, seed=9)
    enums = text.with_columns(
        pl.col("sex").cast(pl.Enum(["female", "male"])),
        *(
            pl.col(f"sarcopenia_{id}{end}").cast(pl.Enum(["none", *stages]))
            for id, stages in STAGES.items()
            for end in ("", "_upto")
        ),
    )
    path = tmp_path / "results.parquet"
    enums.write_parquet(path)
    expected = summarise_cohort(text, DEFINITIONS)
    assert summarise_cohort(enums, DEFINITIONS) == expected
    assert summarise_cohort(pl.scan_parquet(path), DEFINITIONS) == expected


def test_nobody_at_all_is_a_summary_too() -> None:
    summary = summarise_cohort(random_results(0), DEFINITIONS)
    assert summary.who.rows == 0
    assert summary.definitions[0].prevalence["all"].proved is None
    assert summary.overlap.found_by_any == 0


# --- refusals of the summary itself ------------------------------------------------------------------------------------------


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ColumnError, match="sarcopenia_awgs2019_upto"):
        summarise_cohort(small().drop("sarcopenia_awgs2019_upto"), DEFINITIONS[:1])
    with pytest.raises(ColumnError, match="`weight`"):
        summarise_cohort(small(), DEFINITIONS[:1], weight_column="weight")


def test_half_a_design_is_refused() -> None:
    frame = random_results(20)
    with pytest.raises(ColumnError, match="go together"):
        summarise_cohort(frame, DEFINITIONS, weight_column="survey_weight", stratum_column="survey_stratum")
    with pytest.raises(ColumnError, match="need a weight"):
        summarise_cohort(frame, DEFINITIONS, stratum_column="survey_stratum", psu_column="survey_psu")


def test_a_definition_without_a_stage_that_counts_is_refused() -> None:
    odd = MadeUpDefinition("awgs2019", "odd", "odd", ("possible",))
    with pytest.raises(ColumnError, match="confirmed or severe"):
        summarise_cohort(small(), [odd])

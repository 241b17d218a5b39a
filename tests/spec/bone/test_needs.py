"""What osteoporosis by China 2022 still depends on. Empty where it is settled."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, fracture_other no
    t_score_total_hip | fracture_hip | fracture_vertebral | fracture_proximal_humerus | fracture_pelvis | fracture_distal_forearm || osteoporosis_china2022_needs
    -1.5              | no           | no                 | no                        | no              | no                      ||
                      | no           | no                 | no                        | no              | no                      || t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33
                      | no           | no                 | yes                       |                 |                         || t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33
                      | no           | no                 |                           | no              | no                      || t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33;fracture_proximal_humerus
    -1.5              | no           | no                 |                           |                 | no                      || fracture_proximal_humerus;fracture_pelvis
    -0.5              | no           | no                 |                           |                 | no                      ||
    -0.5              |              | no                 |                           |                 |                         || fracture_hip
    -0.5              |              |                    |                           |                 |                         || fracture_hip;fracture_vertebral;vertebral_fracture_count;genant_max_grade
    -2.5              |              |                    |                           |                 |                         ||
    -0.5              | yes          |                    |                           |                 |                         ||
    """
)
def test_t_scores_and_fractures(answers: Answers) -> None:
    """Every site of a T-score is listed where none was measured; of fractures only those that could still
    matter."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    t_score_total_hip | sex    | age_years | postmenopausal || osteoporosis_china2022_needs
    -3.0              | female | 45        |                || postmenopausal
    -3.0              | female |           |                || age_years;postmenopausal
    -3.0              |        | 70        |                || sex
    -3.0              |        | 45        |                || sex;postmenopausal
    -3.0              | male   |           |                || age_years
    -3.0              |        |           |                || sex;age_years;postmenopausal
    -1.5              | female | 45        |                ||
                      | female | 45        |                || postmenopausal;t_score_lumbar_spine;t_score_femoral_neck;t_score_total_hip;t_score_radius_33
                      | male   | 49        |                ||
    -3.0              | female | 45        | yes            ||
    """
)
def test_whether_the_bands_apply(answers: Answers) -> None:
    """What is missing to know whether the bands apply is listed where it decides. The menopause is not asked
    of a man, nor of anybody from 50."""
    assert answers.computed == answers.expected

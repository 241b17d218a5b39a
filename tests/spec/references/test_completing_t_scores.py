"""Where the user names a reference, a T-score computed by it stands in for one that was not given. Without
such a setting density decides nothing."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    setting: t_score_reference nhanes3
    every row: sex female, age_years 70, fracture_hip no, fracture_vertebral no
    dxa_maker | bmd_lumbar_spine_g_cm2 | bmd_femoral_neck_g_cm2 | t_score_femoral_neck || t_score_lumbar_spine | t_score_femoral_neck | t_score_lowest | bone_who      | osteoporosis_china2022
    hologic   |                        | 0.558                  |                      ||                      | -2.5                 | -2.5           | osteoporosis  | yes
    hologic   |                        | 0.559                  |                      ||                      | -2.492               | -2.492         | low_bone_mass |
    hologic   | 0.772                  | 0.858                  |                      || -2.5                 | 0                    | -2.5           | osteoporosis  | yes
    hologic   |                        | 0.558                  | -1.5                 ||                      | -1.5                 | -1.5           | low_bone_mass |
    hologic   | 0.772                  |                        | -1.5                 || -2.5                 | -1.5                 | -2.5           | osteoporosis  | yes
    lunar     | 0.772                  | 0.558                  |                      ||                      |                      |                |               |
              | 0.772                  | 0.558                  |                      ||                      |                      |                |               |
    hologic   |                        |                        |                      ||                      |                      |                |               |
    """
)
def test_nhanes3(answers: Answers) -> None:
    """NHANES III for the hip and Hologic's own reference for the spine, on Hologic's scanners alone. A T-score
    that was given stays."""
    assert answers.computed == answers.expected


@spec(
    """
    setting: t_score_reference china
    every row: age_years 70
    sex    | dxa_maker | bmd_total_hip_g_cm2 | t_score_total_hip || t_score_total_hip | bone_who
    female | lunar     | 0.638               |                   || -2.5              | osteoporosis
    male   | hologic   | 0.684               |                   || -2.5              | osteoporosis
    female | hologic   | 0.638               |                   ||                   |
    male   | lunar     | 0.684               |                   ||                   |
           | lunar     | 0.638               |                   ||                   |
    female | lunar     | 0.638               | -1.0              || -1.0              | normal
    female | lunar     |                     |                   ||                   |
    """
)
def test_china(answers: Answers) -> None:
    """The Chinese references: six cities for women on Lunar's scale, Changsha for men on Hologic's."""
    assert answers.computed == answers.expected

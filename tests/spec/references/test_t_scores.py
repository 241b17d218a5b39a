"""T-scores from bone density by a named reference. They stand beside the T-scores that were given and never
replace them."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    dxa_maker | bmd_femoral_neck_g_cm2 | bmd_total_hip_g_cm2 | bmd_lumbar_spine_g_cm2 || t_score_femoral_neck_nhanes3 | t_score_total_hip_nhanes3 | t_score_lumbar_spine_hologic
    hologic   | 0.558                  | 0.637               | 0.772                  || -2.500000000                 | -2.500000000              | -2.500000000
    hologic   | 0.858                  | 0.942               | 1.047                  || 0                            | 0                         | 0
    hologic   | 0.738                  | 0.820               | 0.937                  || -1.000000000                 | -1.000000000              | -1.000000000
    lunar     | 0.558                  | 0.637               | 0.772                  ||                              |                           |
    norland   | 0.558                  | 0.637               | 0.772                  ||                              |                           |
              | 0.558                  | 0.637               | 0.772                  ||                              |                           |
    hologic   |                        |                     |                        ||                              |                           |
    """
)
def test_by_maker(answers: Answers) -> None:
    """References on Hologic's scale: values of other makers are not comparable and stay unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | dxa_maker | bmd_lumbar_spine_g_cm2 | bmd_femoral_neck_g_cm2 | bmd_total_hip_g_cm2 || t_score_lumbar_spine_china | t_score_femoral_neck_china | t_score_total_hip_china
    female | lunar     | 0.816                  | 0.627                  | 0.638               || -2.500000000               | -2.500000000               | -2.500000000
    female | lunar     | 1.116                  | 0.927                  | 0.963               || 0                          | 0                          | 0
    female | hologic   | 0.816                  | 0.627                  | 0.638               ||                            |                            |
    female |           | 0.816                  | 0.627                  | 0.638               ||                            |                            |
    male   | lunar     | 0.816                  | 0.627                  | 0.638               ||                            |                            |
           | lunar     | 0.816                  | 0.627                  | 0.638               ||                            |                            |
    female | lunar     |                        |                        |                     ||                            |                            |
    """
)
def test_chinese_women(answers: Answers) -> None:
    """Zhang 2007: women of six Chinese cities, on a scale like Lunar's. Men, and other makers' values, stay
    unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    sex    | dxa_maker | bmd_femoral_neck_g_cm2 | bmd_total_hip_g_cm2 | bmd_lumbar_spine_g_cm2 || t_score_femoral_neck_changsha | t_score_total_hip_changsha | t_score_lumbar_spine_changsha
    male   | hologic   | 0.596                  | 0.684               | 0.690                  || -2.500000000                  | -2.500000000               | -2.500000000
    male   | hologic   | 0.896                  | 0.989               | 0.980                  || 0                             | 0                          | 0
    male   | lunar     | 0.596                  | 0.684               | 0.690                  ||                               |                            |
    male   |           | 0.596                  | 0.684               | 0.690                  ||                               |                            |
    female | hologic   | 0.596                  | 0.684               | 0.690                  ||                               |                            |
           | hologic   | 0.596                  | 0.684               | 0.690                  ||                               |                            |
    male   | hologic   |                        |                     |                        ||                               |                            |
    """
)
def test_changsha_men(answers: Answers) -> None:
    """Tan 2007: men of Changsha, on Hologic's scale. Women, and other makers' values, stay unknown."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex female, age_years 70, dxa_maker hologic, fracture_hip no, fracture_vertebral no
    bmd_femoral_neck_g_cm2 | t_score_femoral_neck || t_score_femoral_neck_nhanes3 | t_score_lowest | bone_who
    0.5                    |                      || -2.983                       |                |
    0.5                    | -1.5                 || -2.983                       | -1.5           | low_bone_mass
                           |                      ||                              |                |
    """
)
def test_a_computed_t_score_decides_nothing(answers: Answers) -> None:
    """Density alone gives no verdict by T-score: only a T-score as given is judged."""
    assert answers.computed == answers.expected

"""Each definition of sarcopenia is crossed with the same bone. The mass here is judged by DXA, which the
Japan Society of Hepatology cannot, so it takes the muscle area."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa, smi_l3_cm2_m2 30, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    grip_kg | gait_speed_m_s | alm_kg | t_score_total_hip || osteosarcopenia_ewgsop2010 | osteosarcopenia_ewgsop2019 | osteosarcopenia_awgs2014 | osteosarcopenia_awgs2019 | osteosarcopenia_awgs2025 | osteosarcopenia_iwgs2011 | osteosarcopenia_fnih2014 | osteosarcopenia_sdoc2020 | osteosarcopenia_jsh2016 | osteosarcopenia_jsh2021 | osteosarcopenia_china2021
    20      | 0.5            | 5      | -2.5              || yes                        | yes                        | yes                      | yes                      | yes                      | yes                      | yes                      | yes                      | yes                     | yes                     | yes
    20      | 0.5            | 5      | -1.0              || no                         | no                         | no                       | no                       | no                       | no                       | no                       | no                       | no                      | no                      | no
    20      | 0.5            | 5      | -0.9              || no                         | no                         | no                       | no                       | no                       | no                       | no                       | no                       | no                      | no                      | no
    20      | 0.5            | 5      |                   ||                            |                            |                          |                          |                          |                          |                          |                          |                         |                         |
    45      | 1.5            | 5      | -2.5              || no                         | no                         | no                       | no                       | no                       | no                       | no                       | no                       | no                      | no                      | no
            |                |        | -2.5              ||                            |                            |                          |                          |                          |                          |                          |                          |                         |                         |
            |                |        | -0.9              || no                         | no                         | no                       | no                       | no                       | no                       | no                       | no                       | no                      | no                      | no
    """
)
def test_strict(answers: Answers) -> None:
    """A person with all three things low, by bone; then without low strength and performance; then with
    nothing known but the bone."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa, smi_l3_cm2_m2 30, fracture_hip no, fracture_vertebral no, fracture_proximal_humerus no, fracture_pelvis no, fracture_distal_forearm no, fracture_other no
    grip_kg | gait_speed_m_s | alm_kg | t_score_total_hip || osteosarcopenia_broad_ewgsop2010 | osteosarcopenia_broad_ewgsop2019 | osteosarcopenia_broad_awgs2014 | osteosarcopenia_broad_awgs2019 | osteosarcopenia_broad_awgs2025 | osteosarcopenia_broad_iwgs2011 | osteosarcopenia_broad_fnih2014 | osteosarcopenia_broad_sdoc2020 | osteosarcopenia_broad_jsh2016 | osteosarcopenia_broad_jsh2021 | osteosarcopenia_broad_china2021
    20      | 0.5            | 5      | -2.5              || yes                              | yes                              | yes                            | yes                            | yes                            | yes                            | yes                            | yes                            | yes                           | yes                           | yes
    20      | 0.5            | 5      | -1.0              || yes                              | yes                              | yes                            | yes                            | yes                            | yes                            | yes                            | yes                            | yes                           | yes                           | yes
    20      | 0.5            | 5      | -0.9              || no                               | no                               | no                             | no                             | no                             | no                             | no                             | no                             | no                            | no                            | no
    20      | 0.5            | 5      |                   ||                                  |                                  |                                |                                |                                |                                |                                |                                |                               |                               |
    45      | 1.5            | 5      | -2.5              || no                               | no                               | no                             | no                             | no                             | no                             | no                             | no                             | no                            | no                            | no
            |                |        | -2.5              ||                                  |                                  |                                |                                |                                |                                |                                |                                |                               |                               |
            |                |        | -0.9              || no                               | no                               | no                             | no                             | no                             | no                             | no                             | no                             | no                            | no                            | no
    """
)
def test_broad(answers: Answers) -> None:
    """The same in the broad sense."""
    assert answers.computed == answers.expected

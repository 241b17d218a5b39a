"""What to measure. The list is empty where the question is settled. Otherwise it names the unknown
measurements of each thing that is unknown and on which, for some answer to the other unknowns, the
verdict depends; in the order of the vocabulary."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex female, age_years 70, height_cm 160, weight_kg 60, mass_method dxa, alm_kg 12
    grip_kg | chair_stand_5x_s | gait_speed_m_s || sarcopenia_ewgsop2019_needs                                          | sarcopenia_awgs2019_needs
            |                  |                || grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;tug_s;walk_400m_s | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score
    15      |                  |                || gait_speed_m_s;sppb_score;tug_s;walk_400m_s                          | chair_stand_5x_s;gait_speed_m_s;sppb_score
    20      |                  |                ||                                                                      | chair_stand_5x_s;gait_speed_m_s;sppb_score
    15      |                  | 0.7            ||                                                                      |
    """
)
def test_all_alternatives_are_listed(answers: Answers) -> None:
    """Of alternative tests all are listed: any one will do. `grip_kg` stands for either hand and `sppb_score`
    for its parts."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: age_years 70, weight_kg 60, mass_method dxa
    sex    | height_cm | grip_kg | alm_kg || sarcopenia_fnih2014_needs                   | sarcopenia_awgs2014_needs
           | 160       | 15      | 12     || sex;gait_speed_m_s                          | sex;gait_speed_m_s
    female |           | 15      | 12     || height_cm;gait_speed_m_s                    | height_cm
           |           |         |        || sex;height_cm;grip_kg;gait_speed_m_s;alm_kg | sex;height_cm;grip_kg;gait_speed_m_s;alm_kg
    female | 160       | 15      |        || gait_speed_m_s;alm_kg                       | alm_kg
    """
)
def test_sex_and_height(answers: Answers) -> None:
    """The sex and the height are named where they are what is missing."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 160, mass_method dxa, alm_kg 19, grip_kg 20
    weight_kg | gait_speed_m_s || sarcopenia_fnih2014_needs | sarcopenia_awgs2025_needs | sarcopenia_awgs2014_needs
              | 0.5            || weight_kg                 | weight_kg                 |
    60        | 0.5            ||                           |                           |
              |                || weight_kg;gait_speed_m_s  | weight_kg                 |
    """
)
def test_weight_only_where_it_counts(answers: Answers) -> None:
    """The weight is named only by the definitions that divide by the body mass index."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex female, age_years 70, height_cm 100, grip_kg 10
    alm_kg | mass_method || mass_low_awgs2014 | sarcopenia_awgs2014_needs | sarcopenia_jsh2021_needs
    5.5    |             ||                   | mass_method               | mass_method;smi_l3_cm2_m2
    5.0    |             || yes               |                           | mass_method;smi_l3_cm2_m2
           |             ||                   | alm_kg;mass_method        | alm_kg;mass_method;smi_l3_cm2_m2
           | dxa         ||                   | alm_kg                    | alm_kg;smi_l3_cm2_m2
    """
)
def test_method_unknown(answers: Answers) -> None:
    """Where the definition tells methods apart and the method is unknown, the method is named; where no lean
    mass was measured, the lean mass is named, too."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex female, age_years 70, height_cm 100, weight_kg 20, grip_kg 10, gait_speed_m_s 0.5
    alm_kg | mass_method || sarcopenia_ewgsop2010_needs | sarcopenia_iwgs2011_needs | sarcopenia_jsh2016_needs  | sarcopenia_awgs2019_needs
    5.0    | dxa         ||                             |                           | alm_kg;smi_l3_cm2_m2      |
    5.0    | bia         || alm_kg                      | alm_kg                    |                           |
    5.0    | estimated   || alm_kg                      | alm_kg                    | alm_kg;smi_l3_cm2_m2      | alm_kg
    5.0    |             || mass_method                 | mass_method               | mass_method;smi_l3_cm2_m2 |
    """
)
def test_method_that_cannot_be_judged(answers: Answers) -> None:
    """Where muscle mass was measured by a method for which the definition has no cut-off, the lean mass is
    listed: it must be measured again."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100
    grip_kg | gait_speed_m_s | alm_kg | mass_method || sarcopenia_ewgsop2019_needs                                          | sarcopenia_sdoc2020_needs | sarcopenia_iwgs2011_needs         | sarcopenia_awgs2014_needs
    45      |                |        |             ||                                                                      |                           | gait_speed_m_s;alm_kg;mass_method | gait_speed_m_s;alm_kg;mass_method
            | 1.5            |        |             || grip_kg;chair_stand_5x_s;alm_kg                                      |                           |                                   | grip_kg;alm_kg;mass_method
            |                | 9      | dxa         || grip_kg;chair_stand_5x_s                                             | grip_kg;gait_speed_m_s    |                                   |
            |                | 5      | dxa         || grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;tug_s;walk_400m_s | grip_kg;gait_speed_m_s    | gait_speed_m_s                    | grip_kg;gait_speed_m_s
    """
)
def test_nothing_that_cannot_matter(answers: Answers) -> None:
    """A thing that no answer can turn is not listed: a normal grip settles EWGSOP2 2019 and SDOC 2020, a
    normal gait settles SDOC 2020 and IWGS 2011, a normal mass settles AWGS 2014."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, height_cm 100, alm_kg 5, mass_method dxa
    chair_stand_unable | chair_stand_5x_s | gait_speed_m_s || sarcopenia_iwgs2011 | sarcopenia_iwgs2011_needs
                       |                  |                ||                     | gait_speed_m_s
    no                 | 10               |                ||                     | gait_speed_m_s
    yes                |                  |                || confirmed           |
                       |                  | 1.5            || none                |
    """
)
def test_iwgs2011_asks_for_gait_alone(answers: Answers) -> None:
    """The flags of IWGS 2011 speak only when they say failed, so the gait alone is asked for."""
    assert answers.computed == answers.expected

"""Every combination of the three things, low, not low and unknown, in every definition. A staged verdict
has two columns: the highest stage that is proved (empty where not even the lowest is proved and it is
not excluded either), and the highest that is not excluded. Where they are equal, nothing is needed;
otherwise the third column says what to measure."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_ewgsop2010 | sarcopenia_ewgsop2010_upto | sarcopenia_ewgsop2010_needs
    20      | 5      | 0.5            || severe                | severe                     |
    20      | 5      | 1.5            || confirmed             | confirmed                  |
    20      | 5      |                || confirmed             | severe                     | gait_speed_m_s;sppb_score
    20      | 19     | 0.5            || none                  | none                       |
    20      | 19     | 1.5            || none                  | none                       |
    20      | 19     |                || none                  | none                       |
    20      |        | 0.5            ||                       | severe                     | alm_kg
    20      |        | 1.5            ||                       | confirmed                  | alm_kg
    20      |        |                ||                       | severe                     | gait_speed_m_s;sppb_score;alm_kg
    40      | 5      | 0.5            || confirmed             | confirmed                  |
    40      | 5      | 1.5            || presarcopenia         | presarcopenia              |
    40      | 5      |                || presarcopenia         | confirmed                  | gait_speed_m_s;sppb_score
    40      | 19     | 0.5            || none                  | none                       |
    40      | 19     | 1.5            || none                  | none                       |
    40      | 19     |                || none                  | none                       |
    40      |        | 0.5            ||                       | confirmed                  | alm_kg
    40      |        | 1.5            ||                       | presarcopenia              | alm_kg
    40      |        |                ||                       | confirmed                  | gait_speed_m_s;sppb_score;alm_kg
            | 5      | 0.5            || confirmed             | severe                     | grip_kg
            | 5      | 1.5            || presarcopenia         | confirmed                  | grip_kg
            | 5      |                || presarcopenia         | severe                     | grip_kg;gait_speed_m_s;sppb_score
            | 19     | 0.5            || none                  | none                       |
            | 19     | 1.5            || none                  | none                       |
            | 19     |                || none                  | none                       |
            |        | 0.5            ||                       | severe                     | grip_kg;alm_kg
            |        | 1.5            ||                       | confirmed                  | grip_kg;alm_kg
            |        |                ||                       | severe                     | grip_kg;gait_speed_m_s;sppb_score;alm_kg
    """
)
def test_ewgsop2010(answers: Answers) -> None:
    """EWGSOP 2010: presarcopenia is low mass alone; confirmed is low mass with low strength or low
    performance; severe is all three."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_ewgsop2019 | sarcopenia_ewgsop2019_upto | sarcopenia_ewgsop2019_needs
    20      | 5      | 0.5            || severe                | severe                     |
    20      | 5      | 1.5            || confirmed             | confirmed                  |
    20      | 5      |                || confirmed             | severe                     | gait_speed_m_s;sppb_score;tug_s;walk_400m_s
    20      | 19     | 0.5            || probable              | probable                   |
    20      | 19     | 1.5            || probable              | probable                   |
    20      | 19     |                || probable              | probable                   |
    20      |        | 0.5            || probable              | severe                     | alm_kg
    20      |        | 1.5            || probable              | confirmed                  | alm_kg
    20      |        |                || probable              | severe                     | gait_speed_m_s;sppb_score;tug_s;walk_400m_s;alm_kg
    40      | 5      | 0.5            || none                  | none                       |
    40      | 5      | 1.5            || none                  | none                       |
    40      | 5      |                || none                  | none                       |
    40      | 19     | 0.5            || none                  | none                       |
    40      | 19     | 1.5            || none                  | none                       |
    40      | 19     |                || none                  | none                       |
    40      |        | 0.5            || none                  | none                       |
    40      |        | 1.5            || none                  | none                       |
    40      |        |                || none                  | none                       |
            | 5      | 0.5            ||                       | severe                     | grip_kg;chair_stand_5x_s
            | 5      | 1.5            ||                       | confirmed                  | grip_kg;chair_stand_5x_s
            | 5      |                ||                       | severe                     | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;tug_s;walk_400m_s
            | 19     | 0.5            ||                       | probable                   | grip_kg;chair_stand_5x_s
            | 19     | 1.5            ||                       | probable                   | grip_kg;chair_stand_5x_s
            | 19     |                ||                       | probable                   | grip_kg;chair_stand_5x_s
            |        | 0.5            ||                       | severe                     | grip_kg;chair_stand_5x_s;alm_kg
            |        | 1.5            ||                       | confirmed                  | grip_kg;chair_stand_5x_s;alm_kg
            |        |                ||                       | severe                     | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;tug_s;walk_400m_s;alm_kg
    """
)
def test_ewgsop2019(answers: Answers) -> None:
    """EWGSOP2 2019: probable is low strength; confirmed is low strength with low mass; severe is both with low
    performance."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_awgs2014 | sarcopenia_awgs2014_upto | sarcopenia_awgs2014_needs
    20      | 5      | 0.5            || confirmed           | confirmed                |
    20      | 5      | 1.5            || confirmed           | confirmed                |
    20      | 5      |                || confirmed           | confirmed                |
    20      | 19     | 0.5            || none                | none                     |
    20      | 19     | 1.5            || none                | none                     |
    20      | 19     |                || none                | none                     |
    20      |        | 0.5            ||                     | confirmed                | alm_kg
    20      |        | 1.5            ||                     | confirmed                | alm_kg
    20      |        |                ||                     | confirmed                | alm_kg
    40      | 5      | 0.5            || confirmed           | confirmed                |
    40      | 5      | 1.5            || none                | none                     |
    40      | 5      |                ||                     | confirmed                | gait_speed_m_s
    40      | 19     | 0.5            || none                | none                     |
    40      | 19     | 1.5            || none                | none                     |
    40      | 19     |                || none                | none                     |
    40      |        | 0.5            ||                     | confirmed                | alm_kg
    40      |        | 1.5            || none                | none                     |
    40      |        |                ||                     | confirmed                | gait_speed_m_s;alm_kg
            | 5      | 0.5            || confirmed           | confirmed                |
            | 5      | 1.5            ||                     | confirmed                | grip_kg
            | 5      |                ||                     | confirmed                | grip_kg;gait_speed_m_s
            | 19     | 0.5            || none                | none                     |
            | 19     | 1.5            || none                | none                     |
            | 19     |                || none                | none                     |
            |        | 0.5            ||                     | confirmed                | alm_kg
            |        | 1.5            ||                     | confirmed                | grip_kg;alm_kg
            |        |                ||                     | confirmed                | grip_kg;gait_speed_m_s;alm_kg
    """
)
def test_awgs2014(answers: Answers) -> None:
    """AWGS 2014: confirmed is low mass with low strength or low performance. There is no other stage."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_awgs2019 | sarcopenia_awgs2019_upto | sarcopenia_awgs2019_needs
    20      | 5      | 0.5            || severe              | severe                   |
    20      | 5      | 1.5            || confirmed           | confirmed                |
    20      | 5      |                || confirmed           | severe                   | chair_stand_5x_s;gait_speed_m_s;sppb_score
    20      | 19     | 0.5            || possible            | possible                 |
    20      | 19     | 1.5            || possible            | possible                 |
    20      | 19     |                || possible            | possible                 |
    20      |        | 0.5            || possible            | severe                   | alm_kg
    20      |        | 1.5            || possible            | confirmed                | alm_kg
    20      |        |                || possible            | severe                   | chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
    40      | 5      | 0.5            || confirmed           | confirmed                |
    40      | 5      | 1.5            || none                | none                     |
    40      | 5      |                ||                     | confirmed                | chair_stand_5x_s;gait_speed_m_s;sppb_score
    40      | 19     | 0.5            || possible            | possible                 |
    40      | 19     | 1.5            || none                | none                     |
    40      | 19     |                ||                     | possible                 | chair_stand_5x_s;gait_speed_m_s;sppb_score
    40      |        | 0.5            || possible            | confirmed                | alm_kg
    40      |        | 1.5            || none                | none                     |
    40      |        |                ||                     | confirmed                | chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
            | 5      | 0.5            || confirmed           | severe                   | grip_kg
            | 5      | 1.5            ||                     | confirmed                | grip_kg
            | 5      |                ||                     | severe                   | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score
            | 19     | 0.5            || possible            | possible                 |
            | 19     | 1.5            ||                     | possible                 | grip_kg
            | 19     |                ||                     | possible                 | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score
            |        | 0.5            || possible            | severe                   | grip_kg;alm_kg
            |        | 1.5            ||                     | confirmed                | grip_kg;alm_kg
            |        |                ||                     | severe                   | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
    """
)
def test_awgs2019(answers: Answers) -> None:
    """AWGS 2019: possible is low strength or low performance; confirmed is low mass with one of these; severe
    is all three."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg || sarcopenia_awgs2025 | sarcopenia_awgs2025_upto | sarcopenia_awgs2025_needs
    20      | 5      || confirmed           | confirmed                |
    20      | 19     || possible            | possible                 |
    20      |        || possible            | confirmed                | alm_kg
    40      | 5      || none                | none                     |
    40      | 19     || none                | none                     |
    40      |        || none                | none                     |
            | 5      ||                     | confirmed                | grip_kg
            | 19     ||                     | possible                 | grip_kg
            |        ||                     | confirmed                | grip_kg;alm_kg
    """
)
def test_awgs2025(answers: Answers) -> None:
    """AWGS 2025: possible is low strength; confirmed is low strength with low mass. Performance is no part of
    it, and there is no severe stage."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    alm_kg | gait_speed_m_s || sarcopenia_iwgs2011 | sarcopenia_iwgs2011_upto | sarcopenia_iwgs2011_needs
    5      | 0.5            || confirmed           | confirmed                |
    5      | 1.5            || none                | none                     |
    5      |                ||                     | confirmed                | gait_speed_m_s
    19     | 0.5            || none                | none                     |
    19     | 1.5            || none                | none                     |
    19     |                || none                | none                     |
           | 0.5            ||                     | confirmed                | alm_kg
           | 1.5            || none                | none                     |
           |                ||                     | confirmed                | gait_speed_m_s;alm_kg
    """
)
def test_iwgs2011(answers: Answers) -> None:
    """IWGS 2011: confirmed is low mass with low performance. Strength is no part of it."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_fnih2014 | sarcopenia_fnih2014_upto | sarcopenia_fnih2014_needs
    20      | 5      | 0.5            || severe              | severe                   |
    20      | 5      | 1.5            || confirmed           | confirmed                |
    20      | 5      |                || confirmed           | severe                   | gait_speed_m_s
    20      | 19     | 0.5            || weak                | weak                     |
    20      | 19     | 1.5            || weak                | weak                     |
    20      | 19     |                || weak                | weak                     |
    20      |        | 0.5            || weak                | severe                   | alm_kg
    20      |        | 1.5            || weak                | confirmed                | alm_kg
    20      |        |                || weak                | severe                   | gait_speed_m_s;alm_kg
    40      | 5      | 0.5            || none                | none                     |
    40      | 5      | 1.5            || none                | none                     |
    40      | 5      |                || none                | none                     |
    40      | 19     | 0.5            || none                | none                     |
    40      | 19     | 1.5            || none                | none                     |
    40      | 19     |                || none                | none                     |
    40      |        | 0.5            || none                | none                     |
    40      |        | 1.5            || none                | none                     |
    40      |        |                || none                | none                     |
            | 5      | 0.5            ||                     | severe                   | grip_kg
            | 5      | 1.5            ||                     | confirmed                | grip_kg
            | 5      |                ||                     | severe                   | grip_kg;gait_speed_m_s
            | 19     | 0.5            ||                     | weak                     | grip_kg
            | 19     | 1.5            ||                     | weak                     | grip_kg
            | 19     |                ||                     | weak                     | grip_kg
            |        | 0.5            ||                     | severe                   | grip_kg;alm_kg
            |        | 1.5            ||                     | confirmed                | grip_kg;alm_kg
            |        |                ||                     | severe                   | grip_kg;gait_speed_m_s;alm_kg
    """
)
def test_fnih2014(answers: Answers) -> None:
    """FNIH 2014: weak is low strength; confirmed is low strength with low mass; severe is both with a slow
    gait."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | gait_speed_m_s || sarcopenia_sdoc2020 | sarcopenia_sdoc2020_upto | sarcopenia_sdoc2020_needs
    20      | 0.5            || confirmed           | confirmed                |
    20      | 1.5            || none                | none                     |
    20      |                ||                     | confirmed                | gait_speed_m_s
    40      | 0.5            || none                | none                     |
    40      | 1.5            || none                | none                     |
    40      |                || none                | none                     |
            | 0.5            ||                     | confirmed                | grip_kg
            | 1.5            || none                | none                     |
            |                ||                     | confirmed                | grip_kg;gait_speed_m_s
    """
)
def test_sdoc2020(answers: Answers) -> None:
    """SDOC 2020: confirmed is low strength with a slow gait. Mass is no part of it."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method bia
    grip_kg | alm_kg || sarcopenia_jsh2016 | sarcopenia_jsh2016_upto | sarcopenia_jsh2016_needs
    20      | 5      || confirmed          | confirmed               |
    20      | 19     || none               | none                    |
    20      |        ||                    | confirmed               | alm_kg;smi_l3_cm2_m2
    40      | 5      || none               | none                    |
    40      | 19     || none               | none                    |
    40      |        || none               | none                    |
            | 5      ||                    | confirmed               | grip_kg
            | 19     || none               | none                    |
            |        ||                    | confirmed               | grip_kg;alm_kg;smi_l3_cm2_m2
    """
)
def test_jsh2016(answers: Answers) -> None:
    """Japan Society of Hepatology: confirmed is low strength with low mass."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method bia
    grip_kg | alm_kg || sarcopenia_jsh2021 | sarcopenia_jsh2021_upto | sarcopenia_jsh2021_needs
    20      | 5      || confirmed          | confirmed               |
    20      | 19     || none               | none                    |
    20      |        ||                    | confirmed               | alm_kg;smi_l3_cm2_m2
    40      | 5      || none               | none                    |
    40      | 19     || none               | none                    |
    40      |        || none               | none                    |
            | 5      ||                    | confirmed               | grip_kg
            | 19     || none               | none                    |
            |        ||                    | confirmed               | grip_kg;alm_kg;smi_l3_cm2_m2
    """
)
def test_jsh2021(answers: Answers) -> None:
    """Second edition of the Japan Society of Hepatology: the same stage."""
    assert answers.computed == answers.expected


@spec(
    """
    every row: sex male, age_years 70, height_cm 100, weight_kg 20, mass_method dxa
    grip_kg | alm_kg | gait_speed_m_s || sarcopenia_china2021 | sarcopenia_china2021_upto | sarcopenia_china2021_needs
    20      | 5      | 0.5            || severe               | severe                    |
    20      | 5      | 1.5            || confirmed            | confirmed                 |
    20      | 5      |                || confirmed            | severe                    | chair_stand_5x_s;gait_speed_m_s;sppb_score
    20      | 19     | 0.5            || possible             | possible                  |
    20      | 19     | 1.5            || possible             | possible                  |
    20      | 19     |                || possible             | possible                  |
    20      |        | 0.5            || possible             | severe                    | alm_kg
    20      |        | 1.5            || possible             | confirmed                 | alm_kg
    20      |        |                || possible             | severe                    | chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
    40      | 5      | 0.5            || confirmed            | confirmed                 |
    40      | 5      | 1.5            || none                 | none                      |
    40      | 5      |                ||                      | confirmed                 | chair_stand_5x_s;gait_speed_m_s;sppb_score
    40      | 19     | 0.5            || possible             | possible                  |
    40      | 19     | 1.5            || none                 | none                      |
    40      | 19     |                ||                      | possible                  | chair_stand_5x_s;gait_speed_m_s;sppb_score
    40      |        | 0.5            || possible             | confirmed                 | alm_kg
    40      |        | 1.5            || none                 | none                      |
    40      |        |                ||                      | confirmed                 | chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
            | 5      | 0.5            || confirmed            | severe                    | grip_kg
            | 5      | 1.5            ||                      | confirmed                 | grip_kg
            | 5      |                ||                      | severe                    | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score
            | 19     | 0.5            || possible             | possible                  |
            | 19     | 1.5            ||                      | possible                  | grip_kg
            | 19     |                ||                      | possible                  | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score
            |        | 0.5            || possible             | severe                    | grip_kg;alm_kg
            |        | 1.5            ||                      | confirmed                 | grip_kg;alm_kg
            |        |                ||                      | severe                    | grip_kg;chair_stand_5x_s;gait_speed_m_s;sppb_score;alm_kg
    """
)
def test_china2021(answers: Answers) -> None:
    """China 2021: the stages of AWGS 2019."""
    assert answers.computed == answers.expected

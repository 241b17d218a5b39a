"""Two screens of the calf."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    sex    | calf_circumference_cm || calf_low_awgs2019
    male   | 33.9                  || yes
    male   | 34.0                  || no
    male   | 34.1                  || no
    female | 32.9                  || yes
    female | 33.0                  || no
    female | 33.1                  || no
           | 25                    ||
    male   |                       ||
    """
)
def test_calf_circumference(answers: Answers) -> None:
    """AWGS 2019: below 34 cm in men, below 33 cm in women. Here the limit itself is not low, unlike in SARC-
    CalF."""
    assert answers.computed == answers.expected


@spec(
    """
    finger_ring_test || finger_ring_positive
    smaller          || yes
    just_fits        || no
    bigger           || no
                     ||
    """
)
def test_finger_ring(answers: Answers) -> None:
    """Positive where the calf is smaller than the ring of the fingers."""
    assert answers.computed == answers.expected

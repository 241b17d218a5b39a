"""What was lost: height since young adulthood, weight in twelve months."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    tallest_height_cm | height_cm || height_loss_cm
    165               | 161       || 4
    165               | 165       || 0
    165.3             | 161.1     || 4.2
    160               | 161       || -1
    165               |           ||
                      | 161       ||
    """
)
def test_height_loss(answers: Answers) -> None:
    """The difference of the remembered young-adult height and the height now. Nothing is clipped: who measures
    taller now has a negative loss."""
    assert answers.computed == answers.expected


@spec(
    """
    weight_kg | weight_loss_12m_kg || weight_loss_12m_percent
    57        | 3                  || 5.000000000
    60        | 0                  || 0
    38        | 2                  || 5.000000000
    47.5      | 2.6                || 5.1896
    57        |                    ||
              | 3                  ||
              | 0                  ||
    """
)
def test_weight_loss_share(answers: Answers) -> None:
    """Weight lost in twelve months as a share of the weight before, which is the weight now and the loss."""
    assert answers.computed == answers.expected

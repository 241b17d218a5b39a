"""The main term of equations that estimate lean mass from impedance."""

from __future__ import annotations

from spec.answers import Answers
from spec.table import spec


@spec(
    """
    height_cm | bia_resistance_ohm || resistance_index
    170       | 500                || 57.8
    165       | 500                || 54.45
    152       | 580                || 39.834
    170       |                    ||
              | 500                ||
    """
)
def test_resistance_index(answers: Answers) -> None:
    """Height squared over resistance at 50 kHz (cm²/Ohm)."""
    assert answers.computed == answers.expected

"""The golden texts of explained risks. Written anew by: python tests/explain/golden_risk.py (from the project's folder)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS / "golden" / "explain_risk"
VERDICTS = {
    "woman_74_everything_known": (
        "qfracture_hip_percent",
        "framo_hip_fracture_percent",
        "frax_major_adjusted_percent",
    ),
    "woman_80_much_unknown": ("qfracture_any_percent", "lee_score", "fall_risk_steadi"),
    "man_68_too_thin": ("qfracture_hip_percent",),
}


def texts() -> Iterator[tuple[str, str]]:
    """The name and text of each golden file."""
    from explain.risk_people import PEOPLE, explained
    from myosteon.outputs.explain_risk_text import risk_explanation_text
    from myosteon.outputs.wording.load import LANGUAGES

    for person, verdicts in VERDICTS.items():
        for language in LANGUAGES:
            parts = [risk_explanation_text(explained(PEOPLE[person], v, language)) for v in verdicts]
            yield f"{person}_{language}.txt", f"\n{'=' * 78}\n\n".join(parts)


def main() -> None:
    """Writes every golden file anew."""
    sys.path.insert(0, str(TESTS))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The golden texts of the explanation. Written anew by: python tests/explain/golden.py (from the project's folder)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS / "golden" / "explain"
VERDICTS = {
    "woman_78_no_mass": ("sarcopenia_awgs2019", "sarcopenia_jsh2021", "bone_who", "osteosarcopenia_awgs2019"),
    "man_70_between_limits": (
        "sarcopenia_ewgsop2019",
        "sarcopenia_awgs2025",
        "bone_who",
        "osteoporosis_china2022",
    ),
    "man_58_by_impedance": ("sarcopenia_awgs2025", "sarcopenia_ewgsop2010", "sarcopenia_jsh2016"),
    "woman_47_z_score": ("sarcopenia_awgs2025", "sarcopenia_fnih2014", "bone_age_expected", "bone_who"),
    "woman_81_contradictions": (
        "sarcopenia_ewgsop2019",
        "sarcopenia_iwgs2011",
        "sarc_f_positive",
        "osteoporosis_china2022",
    ),
    "nothing_known": ("sarcopenia_china2021", "osta_risk"),
}


def texts() -> Iterator[tuple[str, str]]:
    """The name and text of each golden file."""
    from explain.people import assessor, made_up
    from myosteon.outputs.differ_render import differences_text
    from myosteon.outputs.explain import explain, what_to_measure_next
    from myosteon.outputs.explain_text import explanation_text, next_steps_text
    from myosteon.outputs.why_differ import explain_differences
    from myosteon.outputs.wording.load import LANGUAGES

    for person, verdicts in VERDICTS.items():
        row = made_up(person)
        for language in LANGUAGES:
            parts = [explanation_text(explain(row, assessor(), verdict, language)) for verdict in verdicts]
            parts.append(next_steps_text(what_to_measure_next(row, assessor(), language)))
            parts.append(differences_text(explain_differences(row, assessor(), language)))
            yield f"{person}_{language}.txt", f"\n{'=' * 78}\n\n".join(parts)


def main() -> None:
    """Writes every golden file anew."""
    sys.path.insert(0, str(TESTS))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The GLOW 500 women (Hosmer, Lemeshow and Sturdivant, Applied Logistic Regression, 3rd ed., 2013) as a file of Myosteon's.

The file is shared data: it is read where it lies and never copied into the project. What it does not tell is set as the
comments say, and stands in the note that the validation carries.
"""

from __future__ import annotations

from pathlib import Path

NOTE = (
    "GLOW 500: women of 55 and older from six study sites, 125 of whom were drawn because they had a fracture in "
    "the first year, 375 because they had not. The share with a fracture is therefore that of the drawing. Fractures are "
    "self-reported and of any bone, not only hip, wrist, shoulder and spine. A fracture at any site before stands for one of "
    "these four, a mother's hip fracture for a parent's. Falls, alcohol, ethnicity, diseases and drugs are not in the file: they "
    "were set to none, none, white, no and none, and smokers to 10-19 a day, so that the risk is that of age, weight, height, "
    "smoking and the two fractures alone, and its spread is narrower than in practice. Women of one physician or site "
    "count as independent."
)
POINTS_NOTE = (
    " The points were made for five years ahead, in women from 65 on; here one year was seen, and a fracture at any age stands for "
    "one after 50."
)
HEADER = (
    "person_id,sex,age_years,height_cm,weight_kg,any_low_trauma_fracture,fracture_after_50,mother_hip_fracture,"
    "parent_hip_fracture,smoking_current,smoking_category,alcohol_units_day,ethnicity_detail,chair_rise_arms,"
    "fracture_distal_forearm,falls_12m,glucocorticoid_mg_day,drug,fracture,rated"
)
YES_NO = {"Yes": "yes", "No": "no"}


def write_glow(rda: Path, file: Path) -> None:
    """Writes the women as a CSV file with canonical columns, the outcome as `fracture` and their own rating of risk as `rated`."""
    import rdata  # only this comparison reads R's format

    table = rdata.read_rda(rda)["glow500"]
    lines = [HEADER]
    for woman in table.to_dict("records"):
        prior, mother, smokes, arms = (
            YES_NO[str(woman[name])] for name in ("priorfrac", "momfrac", "smoke", "armassist")
        )
        category = "moderate" if smokes == "yes" else "never"
        cells = (
            f"G{woman['sub_id']}", "female", woman["age"], woman["height"], f"{woman['weight']:.1f}",
            prior, prior, mother, mother, smokes, category, 0, "white", arms,
            prior, 0, 0, "none", YES_NO[str(woman["fracture"])], str(woman["raterisk"]).lower(),
        )  # fmt: skip
        lines.append(",".join(map(str, cells)))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

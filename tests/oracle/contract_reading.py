"""The contract read a second time: plain Python, one person at a time, slow and obvious.

Written from the contract and the facts alone, by someone who did not read the program's rules, so that
where the two agree on many thousand people neither has misread a sentence on its own. Places where a
sentence can be read two ways are in READINGS.md.
"""

from collections.abc import Mapping

from . import bone_reading as bone
from . import screening_reading as screening
from .person_values import Person, asm_bmi, asmi, bmi, sppb
from .sarcopenia_reading import DEFINITIONS, sarcopenia
from .three_values import both


def assess_person(person: Mapping[str, object], *, accept_estimated_mass: bool = False) -> dict[str, object]:
    """Every column of contract/results.csv for one person, in that order; None is empty.

    `person` maps measure names to values in canonical units; a missing key, None and NaN are unknown.
    Stages and categories are words, numbers are floats, `_needs` is a `;`-separated text or None. Raises
    TypeError for a value of the wrong type and KeyError for a sex that is not a word of the contract.
    """
    return {
        **sarcopenia_columns(person, accept_estimated_mass),
        **bone_columns(person),
        **index_columns(person),
        **screening_columns(person),
    }


def sarcopenia_columns(person: Person, accept_estimated_mass: bool) -> dict[str, object]:
    """Five columns for each definition.

    "osteosarcopenia_ID | `sarcopenia_ID` confirmed or severe, and `osteoporosis_china2022`"; broad: "or T
    <= -1.0". Severe lies within confirmed in every row of the table, so the answer of the stage confirmed
    is taken.
    """
    osteoporosis = bone.osteoporosis_china2022(person)
    bone_loss = bone.osteoporosis_or_low_t_score(person)
    columns: dict[str, object] = {}
    for name in DEFINITIONS:
        verdict = sarcopenia(name, person, accept_estimated_mass)
        given = verdict.upto is not None
        columns[f"sarcopenia_{name}"] = verdict.stage
        columns[f"sarcopenia_{name}_upto"] = verdict.upto
        columns[f"sarcopenia_{name}_needs"] = verdict.needs
        columns[f"osteosarcopenia_{name}"] = both(verdict.confirmed, osteoporosis) if given else None
        columns[f"osteosarcopenia_broad_{name}"] = both(verdict.confirmed, bone_loss) if given else None
    return columns


def bone_columns(person: Person) -> dict[str, object]:
    """The bone verdicts."""
    who, who_upto = bone.bone_who(person)
    return {
        "bone_who": who,
        "bone_who_upto": who_upto,
        "bone_age_expected": bone.bone_age_expected(person),
        "osteoporosis_china2022": bone.osteoporosis_china2022(person),
        "osteoporosis_china2022_needs": bone.osteoporosis_china2022_needs(person),
        "bone_qct_acr": bone.bone_qct_acr(person),
        "t_score_lowest": bone.t_score_lowest(person),
    }


def index_columns(person: Person) -> dict[str, object]:
    """Body mass and muscle mass indices."""
    return {"bmi": bmi(person), "asmi": asmi(person), "asm_bmi": asm_bmi(person)}


def screening_columns(person: Person) -> dict[str, object]:
    """Screens, scores and indices."""
    osta = screening.osta_index(person)
    return {
        "sarc_f_score": screening.sarc_f_score(person),
        "sarc_f_positive": screening.sarc_f_positive(person),
        "sarc_calf_score": screening.sarc_calf_score(person),
        "sarc_calf_positive": screening.sarc_calf_positive(person),
        "calf_low_awgs2019": screening.calf_low_awgs2019(person),
        "finger_ring_positive": screening.finger_ring_positive(person),
        "ishii_score": screening.ishii_score(person),
        "ishii_positive": screening.ishii_positive(person),
        "msra5_score": screening.msra5_score(person),
        "msra5_positive": screening.msra5_positive(person),
        "msra7_score": screening.msra7_score(person),
        "msra7_positive": screening.msra7_positive(person),
        "frail_score": screening.frail_score(person),
        "frail_status": screening.frail_status(person),
        "sppb_score": sppb(person),
        "osta_index": osta,
        "osta_risk": screening.osta_risk(person),
        # "OSTA and OST are ...": one formula under two names.
        "ost_index": osta,
        "orai_score": screening.orai_score(person),
        "sarcopenia_index": screening.sarcopenia_index(person),
        "height_loss_cm": screening.height_loss_cm(person),
    }

"""People and look-ups that the oracle's own tests share."""

from .contract_reading import assess_person
from .person_values import Person

MAN: dict[str, object] = {"sex": "male", "age_years": 70.0}
WOMAN: dict[str, object] = {"sex": "female", "age_years": 70.0}
# At a height of 1 m the muscle mass in kg is the index in kg/m2.
TALL_1M: dict[str, object] = {"height_cm": 100.0, "weight_kg": 20.0}
NO_FRACTURE: dict[str, object] = {
    f"fracture_{site}": False
    for site in ("hip", "vertebral", "proximal_humerus", "pelvis", "distal_forearm", "other")
}


def verdict(name: str, person: Person, *, accept: bool = False) -> tuple[object, object, object]:
    """Stage, upto and needs of one definition."""
    columns = assess_person(person, accept_estimated_mass=accept)
    stage, upto, needs = (columns[f"sarcopenia_{name}{part}"] for part in ("", "_upto", "_needs"))
    return stage, upto, needs

"""What somebody takes, read from a list of codes and names: never a no for what was not read."""

from __future__ import annotations

import copy
import random
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from engines import canonical_people, engine_or_skip
from myosteon.assess import Assessor, make_assessor
from myosteon.errors import EvidenceError
from myosteon.evidence.medicines.load import load_medicines, read_medicines
from risk.medicine_lists import codes_by_name, plainly_takes, random_list, tables

CLASSES = tuple(load_medicines().classes)
COLUMNS = (
    *(f"takes_{one}" for one in CLASSES),
    "takes_bone_harming_drug",
    "fall_risk_drug_classes_count",
    "fall_risk_drug_classes_at_least",
    "antidepressant",
    "bone_harming_drug",
    "medications_all_read",
)


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return make_assessor(risk=True)


def read(assessor: Assessor, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    frame = canonical_people(
        [{"person_id": f"{place:05}", "medications": None, **person} for place, person in enumerate(people)]
    )
    plan = assessor.plan(COLUMNS)
    return plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect().to_dicts()


def read_one(assessor: Assessor, medications: str | None, **measures: Any) -> dict[str, Any]:
    return read(assessor, [{"medications": medications, **measures}])[0]


# ---- by hand


@pytest.mark.parametrize(
    ("medications", "column", "expected"),
    [
        ("N06AB06", "takes_antidepressant", True),
        ("c09aa02; n06ab06", "takes_antidepressant", True),
        ("Sertraline 50 mg", "takes_antidepressant", True),
        ("盐酸舍曲林片 50mg", "takes_antidepressant", True),
        ("阿莫西林；缬沙坦氢氯噻嗪片", "takes_diuretic", True),
        ("C09DA01", "takes_diuretic", True),
        ("氟哌噻吨美利曲辛片", "takes_antidepressant", True),
        ("氟哌噻吨美利曲辛片", "takes_antipsychotic", True),
        ("metformin", "takes_antidepressant", False),
        ("C09AA02;A10BA02", "takes_antidepressant", False),
        ("无", "takes_antidepressant", False),
        ("none", "takes_opioid", False),
        (None, "takes_antidepressant", None),
        ("", "takes_antidepressant", None),
        (" ; ", "takes_antidepressant", None),
        ("unknownium", "takes_antidepressant", None),
        ("metformin;unknownium", "takes_antidepressant", None),
        ("unknownium;fluoxetine", "takes_antidepressant", True),
        ("N06", "takes_antidepressant", None),
        ("N03AF", "takes_bone_harming_antiepileptic", None),
        ("N03AF", "takes_anticonvulsant", True),
        ("N03AF01", "takes_bone_harming_antiepileptic", True),
        ("Prednisone acetate tablets 5 mg", "takes_glucocorticoid", True),
        ("醋酸泼尼松片", "takes_glucocorticoid", True),
        # The route decides, and the name alone does not tell it.
        ("hydrocortisone", "takes_glucocorticoid", None),
        ("hydrocortisone cream", "takes_glucocorticoid", False),
        ("地塞米松滴眼液", "takes_glucocorticoid", False),
        ("曲安奈德鼻喷雾剂", "takes_glucocorticoid", False),
        # A name inside another is not that name.
        ("盐酸阿扑吗啡", "takes_opioid", False),
        ("apomorphine", "takes_opioid", False),
        ("盐酸吗啡缓释片", "takes_opioid", True),
        ("氢化可的松片", "takes_glucocorticoid", None),
        ("丙酚替诺福韦片", "takes_tenofovir_disoproxil", False),
        ("富马酸替诺福韦二吡呋酯片", "takes_tenofovir_disoproxil", True),
        ("tenofovir", "takes_tenofovir_disoproxil", None),
        ("cetirizine", "takes_sedating_antihistamine", False),
        ("diphenhydramine", "takes_sedating_antihistamine", True),
        ("amlodipine", "takes_diuretic", False),
        ("apraclonidine eye drops", "takes_central_antihypertensive", False),
        ("clonidine", "takes_central_antihypertensive", True),
        # otic stands in hypnotic
        ("hypnotics - unspecified", "takes_benzodiazepine", None),
        ("ciprofloxacin otic", "takes_benzodiazepine", False),
    ],
)
def test_a_list_says(assessor: Assessor, medications: str | None, column: str, expected: bool | None) -> None:
    assert read_one(assessor, medications)[column] is expected


@pytest.mark.parametrize(
    ("listed", "said", "dose", "expected"),
    [
        ("omeprazole", None, None, True),
        ("omeprazole", False, None, True),
        ("metformin", None, None, False),
        ("metformin", True, None, True),
        (None, None, 5.0, True),
        (None, None, 0.0, None),
        (None, False, 0.0, False),
        ("unknownium", None, 0.0, None),
        ("unknownium", False, None, False),
        ("metformin", None, 7.5, True),
    ],
)
def test_what_harms_bone_is_known_from_list_dose_or_word(
    assessor: Assessor, listed: str | None, said: bool | None, dose: float | None, expected: bool | None
) -> None:
    person = read_one(assessor, listed, bone_harming_drug=said, glucocorticoid_mg_day=dose)
    assert person["bone_harming_drug"] is expected


@pytest.mark.parametrize(("tsh", "expected"), [(0.05, True), (0.1, False), (2.0, False), (None, None)])
def test_thyroid_hormone_harms_bone_only_in_excess(
    assessor: Assessor, tsh: float | None, expected: bool | None
) -> None:
    assert read_one(assessor, "levothyroxine", tsh_miu_l=tsh)["takes_bone_harming_drug"] is expected


def test_classes_that_raise_the_risk_of_falls_are_counted_once_each(assessor: Assessor) -> None:
    several = read_one(assessor, "diazepam;N05BA12;sertraline;amitriptyline;furosemide")
    # benzodiazepine, antidepressant, diuretic, and amitriptyline's own class of anticholinergics
    assert several["fall_risk_drug_classes_count"] == 4
    assert several["fall_risk_drug_classes_at_least"] == 4
    open_list = read_one(assessor, "diazepam;unknownium")
    assert open_list["fall_risk_drug_classes_count"] is None
    assert open_list["fall_risk_drug_classes_at_least"] == 1
    assert read_one(assessor, None)["fall_risk_drug_classes_at_least"] is None
    assert read_one(assessor, "none")["fall_risk_drug_classes_count"] == 0


# ---- against a plain reading


def test_every_class_is_read_as_the_tables_say_in_3000_random_lists(assessor: Assessor) -> None:
    rng = random.Random(20261121)
    lists = [random_list(rng) for _ in range(3000)]
    rows = read(assessor, [{"medications": text} for text, _ in lists])
    wrong = [
        (text, one, row[f"takes_{one}"])
        for (text, items), row in zip(lists, rows, strict=True)
        for one in CLASSES
        if row[f"takes_{one}"] is not plainly_takes(one, items)
    ]
    # A name of two routes that begins an item leaves its longer names open too: unknown is allowed there, a no is not.
    assert [
        entry for entry in wrong if entry[2] is not None or "tenofovir" not in str(entry[0]).lower()
    ] == []
    assert len(wrong) < 50


def test_every_known_name_is_read_by_itself(assessor: Assessor) -> None:
    names = sorted(codes_by_name())
    rows = read(assessor, [{"medications": name} for name in names])
    assert [name for name, row in zip(names, rows, strict=True) if not row["medications_all_read"]] == []


def test_no_name_of_a_class_hides_in_a_name_of_none(assessor: Assessor) -> None:
    names = sorted(name for name, codes in codes_by_name().items() if len(codes) == 1)
    rows = read(assessor, [{"medications": name} for name in names])
    wrong = [
        (name, one)
        for name, row in zip(names, rows, strict=True)
        for one in CLASSES
        if row[f"takes_{one}"] and not plainly_takes(one, [codes_by_name()[name]])
    ]
    assert wrong == []


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_other_engines_read_the_same(assessor: Assessor, engine: str) -> None:
    rng = random.Random(7)
    people = [
        {
            "person_id": f"{place:05}",
            "medications": random_list(rng)[0],
            "tsh_miu_l": rng.choice([None, 0.05]),
        }
        for place in range(600)
    ]
    frame, other = canonical_people(people), engine_or_skip(engine)
    plan = assessor.plan(COLUMNS)
    one = plan.run_polars(frame.lazy(), frame.columns, ["person_id"]).collect()
    native = plan.run_native(nw.from_native(other.hold(frame)), frame.columns, ["person_id"])
    brought = other.bring_back(nw.to_native(native)).sort("person_id")
    unequal = {
        name: one.filter(one[name].cast(pl.Int64).ne_missing(brought[name].cast(pl.Int64))).height
        for name in COLUMNS
    }
    assert not any(unequal.values()), unequal


# ---- the tables


def test_no_code_stands_in_a_listing_without_its_class_and_source() -> None:
    medicines = load_medicines()
    assert len(medicines.listings["fall_risk"].members) == 14
    for listing in medicines.listings.values():
        for member in listing.members:
            assert member.class_id in medicines.classes
            assert member.source.paper.citation
            assert member.source.where_in("en")
            assert member.source.where_in("zh")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda classes, names: classes["default"].pop("paper"), "antidepressant has no source"),
        (lambda classes, names: classes["default"].pop("status"), "antidepressant has no status"),
        (lambda classes, names: classes["default"].pop("read_in"), "does not say where it stands"),
        (lambda classes, names: classes["class"][0].update(prefixes=[]), "names no code"),
        (
            lambda classes, names: classes["listing"][0]["members"].append({"class": "x"}),
            "x, which is no class",
        ),
        (lambda classes, names: names.pop("source"), "names has no source"),
    ],
)
def test_a_class_without_a_source_does_not_load(spoil: Any, message: str) -> None:
    classes, names = copy.deepcopy(tables())
    spoil(classes, names)
    with pytest.raises(EvidenceError, match=message):
        read_medicines(classes, names)

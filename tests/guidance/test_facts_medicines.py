"""Which medicines somebody uses, how many, and which of the list nobody here can read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.facts_told import told, told_of
from myosteon.evidence.medicines.load import load_guidance_medicines, load_medicines
from myosteon.rules.guidance.medicines_in_use import USES

# Prefixes as section 3 of the facts on recommendations gives them, typed anew, with what this project reads beside them:
# codeine for cough as an opioid (section 9.2), thiazide-like diuretics and compounds with a thiazide, sulfonylureas in compounds.
PREFIXES = {
    "uses_active_vitamin_d": ("A11CC03", "A11CC04"),
    "uses_androgen_deprivation": ("L02AE", "L02BX02", "L02BX03", "L02BB"),
    "uses_anticholinergic": ("G04BD", "N04A", "A03AA", "A03AB", "A03B", "R06AA", "R06AB", "R06AD", "N06AA"),
    "uses_anticoagulant": ("B01AA", "B01AB", "B01AE", "B01AF"),
    "uses_aromatase_inhibitor": ("L02BG",),
    "uses_benzodiazepine_or_z": ("N05BA", "N05CD", "N05CF", "N03AE01"),
    "uses_calcium_supplement": ("A12A",),
    "uses_digoxin": ("C01AA05",),
    "uses_insulin_or_sulfonylurea": ("A10A", "A10BB"),
    "uses_iron": ("B03A",),
    "uses_levothyroxine": ("H03AA",),
    "uses_opioid": ("N02A", "R05DA04"),
    "uses_proton_pump_inhibitor": ("A02BC",),
    "uses_quinolone_or_tetracycline": ("J01MA", "J01AA"),
    "uses_thiazide": ("C03A", "C03BA", "C03EA", "C09BA", "C09DA"),
    "uses_thiazolidinedione": ("A10BG",),
}
CNS = {
    "N05A": "N05AN01",
    "N05B": "N05BE01",
    "N05C": "N05CH01",
    "N06A": "N06AB06",
    "N03A": "N03AX11",
    "N02A": "N02AX02",
    "M03B": "M03BX01",
}
# A code of each prefix, and some that belong to nothing that is asked for.
CODES = sorted(
    {
        (prefix + "01AA01"[-(7 - len(prefix)) :] if len(prefix) < 7 else prefix)
        for ps in PREFIXES.values()
        for prefix in ps
    }
)
OTHERS = ["A10BA02", "C10AA05", "M04AA01", "C09AA02", "D07AC01", "B01AC06"]
NOBODY_KNOWS = ["unknownium", "安宫牛黄丸", "xx 5 mg"]
ITEMS = st.sampled_from([*CODES, *OTHERS, *NOBODY_KNOWS])
LISTS = st.one_of(st.none(), st.just([]), st.lists(ITEMS, min_size=1, max_size=5))


def plainly_uses(items: list[str] | None, prefixes: tuple[str, ...]) -> bool | None:
    """Yes where a code begins so, no where the list was read and none does, unknown else."""
    if items is None:
        return None
    if any(item.startswith(prefixes) for item in items):
        return True
    return None if any(item in NOBODY_KNOWS for item in items) else False


def as_text(items: list[str] | None) -> str | None:
    """A list as it is entered; an empty one says that nothing is taken."""
    return None if items is None else ";".join(items) if items else "none"


def test_every_code_of_the_made_up_lists_is_whole() -> None:
    assert all(len(code) == 7 for code in CODES)
    assert set(PREFIXES) >= {
        name for name in USES if name not in ("uses_tcm_bone_patent", "uses_xianling_gubao")
    }


@settings(max_examples=12, deadline=None)
@given(st.lists(LISTS, min_size=1, max_size=12))
def test_medicines_in_use_are_those_of_a_plain_reading(lists: list[list[str] | None]) -> None:
    people = [{"medications": as_text(items)} for items in lists]
    assert told(tuple(PREFIXES), people) == [
        {name: plainly_uses(items, prefixes) for name, prefixes in PREFIXES.items()} for items in lists
    ]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*CNS.values(), *OTHERS, *NOBODY_KNOWS]), min_size=1, max_size=9),
        min_size=1,
        max_size=8,
    )
)
def test_centrally_acting_classes_are_counted_between_their_bounds(lists: list[list[str]]) -> None:
    expected = []
    for items in lists:
        answers = [plainly_uses(items, (prefix,)) for prefix in CNS]
        yes, unknown = (sum(answer is kind for answer in answers) for kind in (True, None))
        uses = True if yes else None if unknown else False
        expected.append((None if unknown else yes, yes, yes + unknown, uses))
    columns = ("cns_active_count", "cns_active_count_at_least", "cns_active_count_at_most", "uses_cns_active")
    rows = told(columns, [{"medications": as_text(items)} for items in lists])
    assert [tuple(row.values()) for row in rows] == expected


@settings(max_examples=12, deadline=None)
@given(st.lists(LISTS, min_size=1, max_size=12))
def test_medicines_are_counted_and_the_unknown_ones_named(lists: list[list[str] | None]) -> None:
    rows = told(
        ("medication_count", "medications_unrecognised"), [{"medications": as_text(i)} for i in lists]
    )
    for row, items in zip(rows, lists, strict=True):
        unread = [item for item in items or [] if item in NOBODY_KNOWS]
        assert row["medication_count"] == (None if items is None else len(items))
        assert row["medications_unrecognised"] == (";".join(unread) or None)


@pytest.mark.parametrize(
    ("medications", "expected"),
    [
        ("metformin;calcium dobesilate 500 mg ;C09AA02", "calcium dobesilate 500 mg"),
        ("阿莫西林;安宫牛黄丸 1丸", "安宫牛黄丸 1丸"),
        # A known name beside something that nobody knows.
        ("metformin zzzide 500/5 mg", "zzzide"),
        ("Unknownium;metformin hydrochloride 500mg bid", "unknownium"),
        ("hydrocortisone cream", None),
        ("无", None),
        (" ; ", None),
        (None, None),
    ],
)
def test_what_was_not_recognised_is_named(medications: str | None, expected: str | None) -> None:
    rows = told(("medications_unrecognised", "medications_all_read"), [{"medications": medications}])
    assert rows[0]["medications_unrecognised"] == expected
    assert not (expected and rows[0]["medications_all_read"])


@pytest.mark.parametrize(
    ("medications", "column", "expected"),
    [
        ("仙灵骨葆胶囊 0.5g", "uses_xianling_gubao", True),
        ("Xianling Gubao capsules", "uses_xianling_gubao", True),
        ("仙灵骨葆片", "uses_tcm_bone_patent", True),
        ("骨疏康颗粒", "uses_tcm_bone_patent", True),
        ("骨疏康颗粒", "uses_xianling_gubao", False),
        ("金天格胶囊;强骨胶囊", "uses_tcm_bone_patent", True),
        ("阿仑膦酸钠片;碳酸钙D3片", "uses_tcm_bone_patent", False),
        ("六味地黄丸", "uses_tcm_bone_patent", None),
        (None, "uses_xianling_gubao", None),
        ("艾地骨化醇软胶囊", "uses_active_vitamin_d", True),
        ("eldecalcitol 0.75 ug", "uses_active_vitamin_d", True),
        ("A11CC05", "uses_active_vitamin_d", False),
        # A code that ends before it tells.
        ("A11CC", "uses_active_vitamin_d", None),
        ("缬沙坦氢氯噻嗪片", "uses_thiazide", True),
        ("复方利血平片", "uses_thiazide", True),
        ("indapamide 1.5 mg", "uses_thiazide", True),
        ("sacubitril valsartan", "uses_thiazide", False),
        ("furosemide", "uses_thiazide", False),
        ("钙尔奇D片", "uses_calcium_supplement", True),
        ("碳酸钙D3片", "uses_calcium_supplement", True),
        ("atorvastatin calcium 20 mg", "uses_calcium_supplement", False),
        ("左氧氟沙星滴眼液", "uses_quinolone_or_tetracycline", False),
        ("左氧氟沙星片", "uses_quinolone_or_tetracycline", True),
        ("glimepiride", "uses_insulin_or_sulfonylurea", True),
        ("甘精胰岛素", "uses_insulin_or_sulfonylurea", True),
        ("A10BD07", "uses_insulin_or_sulfonylurea", None),
        ("多糖铁复合物胶囊", "uses_iron", True),
        ("琥珀酸亚铁片", "uses_iron", True),
    ],
)
def test_medicines_by_name(medications: str | None, column: str, expected: bool | None) -> None:
    assert told_of(column, [{"medications": medications}]) == [expected]


def test_what_was_recorded_completes_the_list() -> None:
    people: list[dict[str, Any]] = [
        {"medications": "A10BA02", "orchiectomy": True},
        {"medications": "A10BA02", "orchiectomy": None},
        {"medications": None, "orchiectomy": False},
        {"medications": "L02AE03", "orchiectomy": False},
    ]
    assert told_of("uses_androgen_deprivation", people) == [True, False, None, True]
    people = [
        {"medications": "A10BA02", "warfarin": True},
        {"medications": None, "warfarin": False},
        {"medications": "B01AF01", "warfarin": False},
        {"medications": "A10BA02", "warfarin": False},
    ]
    assert told_of("uses_anticoagulant", people) == [True, None, True, False]
    people = [
        {"medications": "A12AA04", "calcium_supplement": False},
        {"medications": "A10BA02", "calcium_supplement": True},
        {"medications": None, "calcium_supplement": False},
        {"medications": "A10BA02", "calcium_supplement": None},
        {"medications": "unknownium", "calcium_supplement": None},
    ]
    assert told_of("uses_calcium_supplement", people) == [True, True, False, False, None]


@pytest.mark.parametrize(
    ("medications", "tests_abnormal", "expected"),
    [
        ("J04AB02", None, True),
        ("异烟肼片", None, True),
        ("methotrexate 10 mg", None, True),
        ("首乌片", None, True),
        ("C10AA05", True, True),
        ("C10AA05", False, False),
        ("C10AA05", None, None),
        # The list tells no dose.
        ("paracetamol 500 mg", None, None),
        ("paracetamol 500 mg;N03AG01", None, True),
        ("A10BA02", True, False),
        (None, True, None),
    ],
)
def test_medicines_that_can_harm_the_liver(
    medications: str | None, tests_abnormal: bool | None, expected: bool | None
) -> None:
    person = {"medications": medications, "liver_tests_abnormal": tests_abnormal}
    assert told_of("uses_hepatotoxic_drug", [person]) == [expected]


def test_classes_listed_from_memory_do_not_count_as_harming_bone() -> None:
    people: list[dict[str, Any]] = [
        {"medications": "C03CA01"},
        {"medications": "A02BC01"},
        {"medications": "A10BA02"},
        {"medications": None},
    ]
    assert told_of("uses_bone_harming_drug", people) == [False, True, False, None]
    assert told_of("uses_bone_harming_drug_from_memory", people) == [True, False, False, None]


def test_fall_risk_classes_have_a_name_of_the_corpus_and_bounds() -> None:
    people: list[dict[str, Any]] = [
        {"medications": "N05BA01;C03CA01;A10BA02"},
        {"medications": "N05BA01;unknownium"},
        {"medications": "none"},
        {"medications": None},
    ]
    columns = ("frid_count", "frid_count_at_least", "frid_count_at_most", "fall_risk_drug_classes_count")
    assert [tuple(row.values()) for row in told(columns, people)] == [
        (2, 2, 2, 2),
        (None, 1, 14, None),
        (0, 0, 0, 0),
        (None, 0, 14, None),
    ]


def test_no_class_stands_in_both_files_and_each_finds_something() -> None:
    first, further = load_medicines().classes, load_guidance_medicines().classes
    assert not first.keys() & further.keys()
    for one in further.values():
        assert one.prefixes or one.names
        assert one.source.status in ("checked", "secondary", "unchecked")

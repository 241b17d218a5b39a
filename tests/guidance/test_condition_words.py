"""Conditions in words: fifteen against what a person wrote, all for completeness, made-up ones read back from either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from myosteon.assess import make_assessor
from myosteon.evidence.types import Language
from myosteon.logic.condition import Atom, Condition, Fact, Joined, Tree, atoms, read_condition
from myosteon.logic.condition_value import value
from myosteon.outputs.condition_words import ConditionWriter
from myosteon.outputs.recommendation_voice import RecommendationVoice

ASSESSOR = make_assessor(guidance=True)
assert ASSESSOR.corpus is not None
CORPUS = ASSESSOR.corpus
WRITERS: Mapping[Language, ConditionWriter] = {
    language: ConditionWriter(RecommendationVoice(language, ASSESSOR.graph, CORPUS))
    for language in ("en", "zh")
}
BY_TEXT = {
    condition.text: condition
    for record in CORPUS.records
    for condition in (record.applies, record.excluded)
    if condition
}
PM50 = '((sex == "female" and postmenopausal) or (sex == "male" and age_years >= 50))'
# Each was read against its condition; the phrases are ours, so what is tested is which of them stand there and how they are joined.
EXPECTED = {
    "age_years >= 65 and not lives_in_care_home": (
        "65 or older and not living in a care home",
        "65岁及以上且未住养老机构",
    ),
    "egfr_ml_min_1_73m2 < 30 and not dialysis": (
        "eGFR below 30 mL/min/1.73 m² and not on dialysis",
        "eGFR低于30 mL/min/1.73 m²且未透析",
    ),
    'sex == "male" and (age_years >= 70 or (age_years >= 50 and clinical_risk_factor_count >= 1))': (
        "A man: 70 or older, or (50 or older and at least 1 clinical risk factor of osteoporosis)",
        "男性：70岁及以上或（50岁及以上且骨质疏松临床危险因素至少1项）",
    ),
    'sex == "female" and age_years >= 40 and age_years <= 64': ("A woman of 40 to 64", "40～64岁女性"),
    f'{PM50} and stratum_china2022 == "very_high"': (
        "A woman past the menopause, or a man of 50 or older: very high risk of fracture (China 2022 strata)",
        "绝经后女性或50岁及以上男性：骨折极高风险（中国2022分层）",
    ),
    '(sex == "female" and not postmenopausal) or (sex == "male" and age_years < 50)': (
        "A woman before the menopause or a man under 50",
        "未绝经女性或不满50岁的男性",
    ),
    "age_years >= 40 and t_score_lowest is None": (
        "40 or older and no T-score is known",
        "40岁及以上且T值未测",
    ),
    "t_score_radius_33 <= -2.5 and not (t_score_lowest <= -2.5)": (
        "T-score of the one-third radius −2.5 or less and lowest T-score above −2.5",
        "桡骨远端1/3 T值不高于−2.5且最低T值高于−2.5",
    ),
    "hypercalcaemia or kidney_stones or (childbearing and pregnant)": (
        "Known high blood calcium; kidney stones, ever; or (of childbearing age and pregnant)",
        "已知高钙血症、有肾结石史或（处于育龄期且妊娠）",
    ),
    'drug == "denosumab" and planned_drug in ("teriparatide", "abaloparatide")': (
        "Takes denosumab, and about to begin teriparatide or abaloparatide",
        "正在用地舒单抗，且拟用特立帕肽或阿巴洛肽",
    ),
    '(drug in ("alendronate", "risedronate", "ibandronate", "zoledronate") or drug == "denosumab") and thigh_or_groin_pain': (
        "Takes alendronate, risedronate, ibandronate, zoledronate or denosumab, and new pain of thigh or groin",
        "正在用阿仑膦酸钠、利塞膦酸钠、伊班膦酸钠、唑来膦酸或地舒单抗，且新发大腿或腹股沟痛",
    ),
    "egfr_ml_min_1_73m2 >= 30 and egfr_ml_min_1_73m2 < 60 and osteoporosis_china2022": (
        "eGFR at least 30 mL/min/1.73 m² and below 60 mL/min/1.73 m², and osteoporosis (China 2022)",
        "eGFR不低于30 mL/min/1.73 m²且低于60 mL/min/1.73 m²，且有骨质疏松（中国2022标准）",
    ),
    'sarcopenia_awgs2019 in ("confirmed", "severe") and protein_intake_g_kg_day < 1.0': (
        "Confirmed or severe sarcopenia (AWGS 2019), and protein below 1 g/kg a day",
        "确诊或严重肌少症（AWGS 2019），且蛋白质摄入低于每日1 g/kg",
    ),
    "denosumab_stop_planned and denosumab_doses <= 4": (
        "Denosumab is to be stopped and at most 4 doses of denosumab",
        "拟停用地舒单抗且地舒单抗已用不超过4次",
    ),
    "fracture_hip and weeks_since_hip_surgery < 13": (
        "A hip fracture and less than 13 weeks since hip surgery",
        "有髋部骨折且髋部术后不足13周",
    ),
    "uses_anticoagulant and not inr_monitored": (
        "Takes an anticoagulant and INR not checked regularly",
        "服用抗凝药且未定期监测INR",
    ),
    "glucocorticoid_mg_day >= 2.5 and glucocorticoid_months > 3": (
        "Glucocorticoid 2.5 mg a day or more and more than 3 months on glucocorticoid",
        "糖皮质激素每日2.5 mg及以上且糖皮质激素已用超过3个月",
    ),
}


@pytest.mark.parametrize("text", EXPECTED)
def test_a_condition_reads_as_a_person_would_write_it(text: str) -> None:
    english, chinese = EXPECTED[text]
    assert WRITERS["en"].words(BY_TEXT[text]) == english
    assert WRITERS["zh"].words(BY_TEXT[text]) == chinese


def test_a_condition_of_bounds_is_told_as_it_was_written() -> None:
    condition = BY_TEXT['stratum_china2022 == "very_high"']
    assert any(atom.name == "stratum_china2022_upto" for atom in atoms(condition.tree))
    assert WRITERS["en"].words(condition) == "Very high risk of fracture (China 2022 strata)"


@pytest.mark.parametrize("language", WRITERS)
def test_no_statement_of_any_condition_is_left_out(language: Language) -> None:
    writer = WRITERS[language]
    for text, condition in BY_TEXT.items():
        words = writer.words(condition).casefold()
        for atom in atoms(condition.as_written):
            told = tellings(atom, language)
            assert any(one.casefold() in words for one in told), f"{text}: {told} is not said in {words}"


def tellings(atom: Atom, language: Language) -> list[str]:
    """Each way in which a statement may stand in a condition: alone, denied, or drawn together with others."""
    writer = WRITERS[language]
    if atom.name in ("sex", "postmenopausal"):
        who = {"female": ("woman", "女性"), "male": ("man", "男性")}
        return [who.get(str(atom.value), ("menopause", "绝经"))[language == "zh"]]
    told = [writer.tree(atom), writer.tree(Joined("not", (atom,)))]
    if isinstance(atom.value, int | float):
        # Of an age, and of one side of a range, the number stands in other words.
        number = f"{atom.value:g}".replace("-", "−")
        sides = ("below", "at least", "above") if language == "en" else ("低于", "不低于", "高于")
        told += [f"{side} {number}" if language == "en" else f"{side}{number}" for side in sides]
        told += [number] if atom.name == "age_years" else []
    if atom.name == "drug" and atom.sign in ("==", "in"):
        values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        drugs = [writer.voice.plain.value("drug", one, ASSESSOR.graph) for one in values]
        told.append((", " if language == "en" else "、").join(drugs))
    return told


def test_every_fact_of_the_corpus_has_words_of_its_own() -> None:
    """Nothing is called by the name of its column."""
    for condition in BY_TEXT.values():
        for writer in WRITERS.values():
            assert "_" not in writer.words(condition)


FACTS = {name: Fact(name, "yes_no") for name in ("f1", "f2", "f3", "f4")}
statements = some.sampled_from(sorted(FACTS)).map(Atom)
trees = some.recursive(
    statements,
    lambda inner: some.one_of(
        some.builds(
            Joined, some.sampled_from(("and", "or")), some.lists(inner, min_size=2, max_size=3).map(tuple)
        ),
        some.builds(lambda one: Joined("not", (one,)), inner),
    ),
    max_leaves=7,
)
SEPARATORS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"; and |; or |, and |, or | and | or |; |, "),
    "zh": re.compile(r"；且|；或|，且|，或|且|或|；|，|、"),
}
NOTS = ("not: ", "none of: ", "not all of: ", "以下均无：", "并非同时：")


def read_back(words: str, language: Language) -> Tree:
    """The condition that a reader understands, who takes one joint for a row and brackets for what belongs together."""
    words = words.strip().replace("（", "(").replace("）", ")")
    parts, joints = split(words, SEPARATORS[language])
    if len(parts) > 1:
        meant = {word for joint in joints for word in ("and", "or", "且", "或") if word in joint}
        assert len(meant) == 1, f"{words} can be read in two ways"
        by = "and" if meant & {"and", "且"} else "or"
        return Joined(by, tuple(read_back(part, language) for part in parts))  # type: ignore[arg-type]
    if words.startswith("(") and words.endswith(")"):
        return read_back(words[1:-1], language)
    for sign in NOTS:
        if words.startswith(sign):
            return Joined("not", (read_back(words[len(sign) :], language),))
    if words.startswith("无“"):
        return Joined("not", (read_back(words[2:-1], language),))
    assert words in FACTS, words
    return Atom(words)


def split(words: str, separators: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The parts of a row outside brackets, and what stands between them."""
    parts, joints, depth, start, place = [], [], 0, 0, 0
    while place < len(words):
        depth += {"(": 1, ")": -1}.get(words[place], 0)
        found = separators.match(words, place) if depth == 0 else None
        if found:
            parts.append(words[start:place])
            joints.append(found.group())
            start = place = found.end()
        else:
            place += 1
    return [*parts, words[start:]], joints


@pytest.mark.parametrize("language", WRITERS)
@given(tree=trees)
@settings(max_examples=200, deadline=None)
def test_a_reader_understands_what_was_meant(language: Language, tree: Tree) -> None:
    understood = read_back(WRITERS[language].tree(tree), language)
    for answers in product((True, False), repeat=len(FACTS)):
        people = dict(zip(FACTS, answers, strict=True))
        assert value(understood, people) == value(tree, people)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        # Facts that have no words of their own are called by their labels.
        ("not asthma", "Not: asthma", "无“哮喘”"),
        ("calf_circumference_cm < 33", "Calf girth below 33 cm", "小腿围低于33 cm"),
        ("calf_circumference_cm is None", "Calf girth not known", "小腿围未知"),
    ],
)
def test_a_fact_without_words_of_its_own_is_called_by_its_label(
    text: str, english: str, chinese: str
) -> None:
    facts = {name: Fact(name, "yes_no") for name in ("asthma",)} | {
        name: Fact(name, "number") for name in ("calf_circumference_cm",)
    }
    condition: Condition = read_condition(text, facts, "here")
    assert WRITERS["en"].words(condition) == english
    assert WRITERS["zh"].words(condition) == chinese

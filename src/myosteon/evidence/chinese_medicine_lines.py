"""Lines of a plan from the patterns of Chinese medicine: principle, formula and patent medicines by name, beside other drugs, never a dose."""

from __future__ import annotations

from collections.abc import Iterator

from myosteon.evidence.care_types import CareSet, Line, LineStatus
from myosteon.evidence.guidance_types import ChineseMedicine, PatternTreatment
from myosteon.evidence.types import Label, Source
from myosteon.vocabulary.measures import load_measures

SET_ID = "chinese_medicine_patterns"
TITLE = Label("Chinese medicine by pattern", "中医辨证论治")
SUBJECT = "chinese_medicine"
# For whom: muscle has a pattern of its own, all others are those of osteoporosis.
OF_MUSCLE = ("spleen_stomach_deficiency",)
OSTEOPOROSIS = "osteoporosis_china2022"
SARCOPENIA = "sarcopenia_awgs2019 in ('possible', 'confirmed', 'severe')"
# A named condition of care/traditional_chinese_medicine.toml.
PRODUCTS_BARRED = "bone_patent_medicine_barred"
PATTERN = Label(
    "Chinese medicine, {pattern}: {principle}. Formula: {formulas}",
    "中医辨证为{pattern}：治以{principle}，方用{formulas}",
)
PRODUCTS = Label(
    "Chinese patent medicines named for {pattern}: {products}",
    "{pattern}可选中成药：{products}",
)
REASON = Label(
    "Signs of the pattern: {signs}. {beside}",
    "辨证要点：{signs}。{beside}",
)
PHYSICIAN = Label(
    "A licensed physician of Chinese medicine examines and prescribes.",
    "由执业中医师四诊合参后处方。",
)
OR = Label(" or ", "或")
ALSO = Label(", ", "、")
GAP = Label(" ", "")


def chinese_medicine_lines(known: ChineseMedicine) -> CareSet:
    """The lines as a care file; a clinic can turn them off."""
    rules = {rule.id: rule.text for rule in known.rules}
    lines = tuple(line for pattern in known.patterns for line in _of_pattern(pattern, rules))
    return CareSet(id=SET_ID, title=TITLE, gates=(), lines=lines, named_conditions={})


def _of_pattern(pattern: PatternTreatment, rules: dict[str, Label]) -> Iterator[Line]:
    named = load_measures()["tcm_pattern"].word_labels[pattern.pattern]
    who = SARCOPENIA if pattern.pattern in OF_MUSCLE else OSTEOPOROSIS
    # Nobody is asked for a pattern: only a physician of Chinese medicine finds it.
    when = f"{who} and tcm_pattern is not None and tcm_pattern == '{pattern.pattern}'"
    reason = _filled(REASON, signs=pattern.signs, beside=rules["beside_never_instead"])
    cautions = (pattern.cautions,) if pattern.cautions else ()
    # The signs that end a product stand at the products, where the pattern has any.
    signs = () if pattern.products else (rules["stop_signs"],)
    action = _filled(
        PATTERN, pattern=named, principle=pattern.principle, formulas=_joined(OR, pattern.formulas)
    )
    texts = (reason, _joined(GAP, (*cautions, *signs)))
    yield _line(pattern, f"tcm_{pattern.pattern}", when, pattern.not_when, action, texts)
    if pattern.products:
        action = _filled(PRODUCTS, pattern=named, products=_joined(ALSO, pattern.products))
        unless = f"{PRODUCTS_BARRED} or ({pattern.not_when})" if pattern.not_when else PRODUCTS_BARRED
        texts = (PHYSICIAN, _joined(GAP, (rules["liver_tests"], rules["stop_signs"])))
        yield _line(pattern, f"tcm_{pattern.pattern}_products", when, unless, action, texts)


def _line(
    pattern: PatternTreatment, id: str, when: str, unless: str, action: Label, texts: tuple[Label, Label]
) -> Line:
    status: LineStatus = "offer"
    sources: tuple[Source, ...] = (pattern.source,)
    return Line(
        id=id,
        # No drug of the vocabulary, no dose and no day: it is something to be told, not to be counted.
        category="education",
        status=status,
        subject=SUBJECT,
        when=when,
        unless=unless,
        action=action,
        reason=texts[0],
        stop_rule=texts[1],
        sources=sources,
        recommendations=pattern.recommendations,
        quotes=True,
        part="chinese_medicine",
    )


def _filled(text: Label, **parts: Label) -> Label:
    return Label(
        text.en.format(**{name: part.en for name, part in parts.items()}),
        text.zh.format(**{name: part.zh for name, part in parts.items()}),
    )


def _joined(by: Label, parts: tuple[Label, ...]) -> Label:
    return Label(by.en.join(part.en for part in parts), by.zh.join(part.zh for part in parts))

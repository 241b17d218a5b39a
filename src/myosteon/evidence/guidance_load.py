"""Reads the files of `evidence/guidance`; refuses a row without a source, a key that means nothing, and a class that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import get_args

from myosteon.errors import EvidenceError
from myosteon.evidence.guidance_rows import GuidanceRows, Table
from myosteon.evidence.guidance_types import (
    BoneHarmingClass,
    ChineseMedicine,
    ChineseMedicineRule,
    ChineseProduct,
    FallRiskClass,
    FallRiskKind,
    Interaction,
    InteractionLevel,
    PatternTreatment,
    Side,
)
from myosteon.vocabulary.measures import load_measures

CITED = {"paper", "where", "status", "read_in"}
INTERACTION_KEYS = {
    "id",
    "label",
    "first",
    "second",
    "when",
    "level",
    "consequence",
    "action",
    "sources",
    *CITED,
}
PATTERN_KEYS = {
    "id",
    "recommendations",
    "not_when",
    "signs",
    "principle",
    "formulas",
    "products",
    "cautions",
    *CITED,
}
PRODUCT_KEYS = {"id", "class", "label", "holds", "watch", "forbidden_when", "sources"}


@cache
def load_interactions() -> tuple[Interaction, ...]:
    """Every interaction of the built-in file.

    Raises:
        EvidenceError: a row cannot be used; the message names file, row and key.
    """
    return read_interactions(_built_in("interactions.toml"))


@cache
def load_fall_risk_drugs() -> tuple[FallRiskClass, ...]:
    """Every class of the built-in file that makes falls likelier; errors as for `load_interactions`."""
    return read_fall_risk_drugs(_built_in("fall_risk_drugs.toml"))


@cache
def load_bone_harming_drugs() -> tuple[BoneHarmingClass, ...]:
    """Every class of the built-in file that harms bone; errors as for `load_interactions`."""
    return read_bone_harming_drugs(_built_in("bone_harming_drugs.toml"))


@cache
def load_chinese_medicine() -> ChineseMedicine:
    """Patterns, products and rules of the built-in file; errors as for `load_interactions`."""
    return read_chinese_medicine(_built_in("chinese_medicine.toml"))


def read_interactions(file: Traversable) -> tuple[Interaction, ...]:
    """Interactions of one file; errors as for `load_interactions`."""
    part = _File(file)
    return part.rows("interaction", part.interaction)


def read_fall_risk_drugs(file: Traversable) -> tuple[FallRiskClass, ...]:
    """Classes of one file that make falls likelier; errors as for `load_interactions`."""
    part = _File(file)
    return part.rows("class", part.fall_risk_class)


def read_bone_harming_drugs(file: Traversable) -> tuple[BoneHarmingClass, ...]:
    """Classes of one file that harm bone; errors as for `load_interactions`."""
    part = _File(file)
    return part.rows("class", part.bone_harming_class)


def read_chinese_medicine(file: Traversable) -> ChineseMedicine:
    """Patterns, products and rules of one file; errors as for `load_interactions`."""
    part = _File(file)
    return ChineseMedicine(
        part.rows("pattern", part.pattern), part.rows("product", part.product), part.rows("rule", part.rule)
    )


def _built_in(name: str) -> Traversable:
    return files("myosteon.evidence") / "guidance" / name


class _File(GuidanceRows):
    """The rows of one file, each turned into its shape."""

    def interaction(self, row: Table, name: str) -> Interaction:
        """One interaction."""
        self.check_keys(row, INTERACTION_KEYS, name)
        first, second = (self._side(row.get(key, {}), f"{name}, {key}") for key in ("first", "second"))
        if not (first.classes or first.drugs):
            raise EvidenceError(f"{self.name}: {name} has no first class of medicines")
        return Interaction(
            id=self.text(row, "id", name),
            label=self.label(row, "label", name),
            first=first,
            second=second,
            when=row.get("when", ""),
            level=self.one_of(row, "level", get_args(InteractionLevel), name),
            consequence=self.label(row, "consequence", name),
            action=self.label(row, "action", name),
            sources=self.sources(row, name),
        )

    def fall_risk_class(self, row: Table, name: str) -> FallRiskClass:
        """One class that makes falls likelier."""
        self.check_keys(row, {"id", "kind", "note", "when", *CITED}, name)
        return FallRiskClass(
            class_id=self.medicine_class(row.get("id"), name),
            kind=self.one_of(row, "kind", get_args(FallRiskKind), name),
            source=self.source(row),
            note=self.optional(row, "note", name),
            when=row.get("when", ""),
        )

    def bone_harming_class(self, row: Table, name: str) -> BoneHarmingClass:
        """One class that harms bone."""
        self.check_keys(row, {"id", "note", "when", *CITED}, name)
        return BoneHarmingClass(
            class_id=self.medicine_class(row.get("id"), name),
            source=self.source(row),
            note=self.optional(row, "note", name),
            when=row.get("when", ""),
        )

    def pattern(self, row: Table, name: str) -> PatternTreatment:
        """One pattern."""
        self.check_keys(row, PATTERN_KEYS, name)
        return PatternTreatment(
            pattern=self.one_of(row, "id", load_measures()["tcm_pattern"].words, name),
            signs=self.label(row, "signs", name),
            principle=self.label(row, "principle", name),
            formulas=self.labels(row, "formulas", name),
            products=self.labels(row, "products", name),
            cautions=self.optional(row, "cautions", name),
            source=self.source(row),
            not_when=row.get("not_when", ""),
            recommendations=tuple(row.get("recommendations", ())),
        )

    def product(self, row: Table, name: str) -> ChineseProduct:
        """One product."""
        self.check_keys(row, PRODUCT_KEYS, name)
        return ChineseProduct(
            class_id=self.medicine_class(row.get("class"), name),
            product=self.text(row, "id", name),
            label=self.label(row, "label", name),
            holds=self.optional(row, "holds", name),
            watch=self.optional(row, "watch", name),
            forbidden_when=row.get("forbidden_when", ""),
            sources=self.sources(row, name),
        )

    def rule(self, row: Table, name: str) -> ChineseMedicineRule:
        """One rule."""
        self.check_keys(row, {"id", "text", *CITED}, name)
        return ChineseMedicineRule(
            self.text(row, "id", name), self.label(row, "text", name), self.source(row)
        )

    def _side(self, row: Table, name: str) -> Side:
        self.check_keys(row, {"classes", "drugs"}, name)
        words = load_measures()["drug"].words
        for drug in row.get("drugs", ()):
            if drug not in words:
                raise EvidenceError(f"{self.name}: {name}: {drug!r} is no word of the measure `drug`")
        return Side(
            tuple(self.medicine_class(one, name) for one in row.get("classes", ())),
            tuple(row.get("drugs", ())),
        )


def conditions() -> Iterator[tuple[str, str]]:
    """Every condition over a person that stands in these files, behind the place where it stands."""
    listed: tuple[FallRiskClass | BoneHarmingClass, ...] = (
        *load_fall_risk_drugs(),
        *load_bone_harming_drugs(),
    )
    found = (
        *((f"interaction {one.id}", one.when) for one in load_interactions()),
        *((f"class {one.class_id}", one.when) for one in listed),
        *((f"product {one.product}", one.forbidden_when) for one in load_chinese_medicine().products),
        *((f"pattern {one.pattern}", one.not_when) for one in load_chinese_medicine().patterns),
    )
    return (entry for entry in found if entry[1])

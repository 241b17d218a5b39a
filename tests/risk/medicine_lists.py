"""A plain reading of a list of medicines, and made-up lists: by the tables alone, without a pattern of ours."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("myosteon.evidence.medicines")


@cache
def tables() -> tuple[dict[str, Any], dict[str, Any]]:
    """The files of classes and of names, as they stand."""
    classes, names = (
        tomllib.loads((FOLDER / name).read_text(encoding="utf-8")) for name in ("classes.toml", "names.toml")
    )
    return classes, names


@cache
def codes_by_name() -> dict[str, tuple[str, ...]]:
    """The codes that each name may have."""
    found: dict[str, tuple[str, ...]] = {}
    for codes, row in tables()[1]["names"].items():
        for name in (*row["en"], *row["zh"]):
            plain = name.removeprefix("^")
            found[plain] = tuple(sorted({*found.get(plain, ()), *codes.split()}))
    return found


def random_list(rng: random.Random) -> tuple[str | None, list[tuple[str, ...] | None]]:
    """A list as somebody might write it, and for each item the codes that it may have; None for a name nobody knows."""
    if rng.random() < 0.05:
        return None, []
    if rng.random() < 0.05:
        return rng.choice(["none", "None", "无", " 没有 "]), [()]
    items = [_random_item(rng) for _ in range(rng.randint(1, 5))]
    return rng.choice([";", "; ", " ;", "；"]).join(text for text, _ in items), [codes for _, codes in items]


def _random_item(rng: random.Random) -> tuple[str, tuple[str, ...] | None]:
    kind = rng.random()
    if kind < 0.15:
        return rng.choice(["unknownium", "丹参滴丸", "xx 5 mg", "迈之灵片", "N0"]), None
    if kind < 0.4:
        codes = rng.choice([codes for codes in codes_by_name().values() if len(codes) == 1])
        return rng.choice([codes[0], codes[0].lower(), f"{codes[0]} "]), codes
    name = rng.choice(sorted(codes_by_name()))
    codes = codes_by_name()[name]
    if name.isascii():
        return rng.choice([name, name.upper(), f"{name} 5 mg", f"{name} sodium tablets 20mg daily"]), codes
    return rng.choice([name, f"{name}片", f"{name}缓释胶囊 10mg", f"{name}钠片(0.25g)"]), codes


def plainly_takes(class_id: str, items: list[tuple[str, ...] | None]) -> bool | None:
    """Whether a class is taken, from the codes that each item may have."""
    (row,) = (row for row in tables()[0]["class"] if row["id"] == class_id)
    answers = [_item_is_of(row, codes) for codes in items]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def _item_is_of(row: dict[str, Any], codes: tuple[str, ...] | None) -> bool | None:
    if codes is None:
        return None
    said = {_code_is_of(row, code) for code in codes}
    return said.pop() if len(said) == 1 else None if said else False


def _code_is_of(row: dict[str, Any], code: str) -> bool | None:
    if any(code.startswith(prefix) for prefix in row["prefixes"]):
        return True
    undecided = any(code.startswith(prefix) for prefix in row.get("may_contain", ()))
    undecided = undecided or any(prefix.startswith(code) for prefix in row["prefixes"])
    return None if undecided else False

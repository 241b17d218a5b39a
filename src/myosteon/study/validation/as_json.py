"""A result as a JSON document: shares as shares, names as in `Result`; unknown is null."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from myosteon.study.validation.result import Result

MOST_STEPS_OF_A_CURVE = 200


def as_json(result: Result, made_on: date, version: str) -> str:
    """The document, indented, ending in a line end."""
    table = {"kind": "validation", "made_on": made_on.isoformat(), "version": version, **_plain(result)}
    if result.incidence is not None:
        table["incidence"] = _thinned(table["incidence"])
    return json.dumps(table, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, Mapping):
        return {_key(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def _key(key: object) -> str:
    return f"{key:.6g}" if isinstance(key, float) else str(key)


def _thinned(curve: Mapping[str, list[float]]) -> dict[str, list[float]]:
    """A curve of at most so many steps, its last among them."""
    count = len(curve["years"])
    places = np.unique(np.linspace(0, count - 1, min(count, MOST_STEPS_OF_A_CURVE)).astype(int))
    return {name: [values[place] for place in places] for name, values in curve.items()}

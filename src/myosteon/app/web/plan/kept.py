"""Plans as they were shown: kept once each, and shown again word for word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from myosteon.app.web.person.judge import Judged
from myosteon.app.web.plan.page_types import PlanPage
from myosteon.app.web.versions import Versions
from myosteon.evidence.types import Language
from myosteon.outputs.plan_json import plan_table
from myosteon.outputs.plan_view_types import PlanView
from myosteon.registry.database import Write
from myosteon.registry.results import PLAN, Result, keep_result

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Given:
    """On which day, in which language and from which versions a plan is given."""

    as_of: date
    language: Language
    versions: Versions


def plan_content(judged: Judged, page: PlanPage) -> dict[str, Any]:
    """What is kept: the plan as `myosteon plan --format json` writes it, the page, and the note that is printed."""
    content = {"plan": plan_table(judged.plan), "page": asdict(page), "view": asdict(judged.view)}
    return _as_json(content)


def last_kept(newest: Sequence[Result], content: Mapping[str, Any], given: Given) -> Result | None:
    """The newest of the kept plans in a language, where it said the very same on the same day; `newest` stands first."""
    for one in newest:
        if one.language == given.language:
            of = (one.as_of, one.rules_version, one.evidence_version)
            same = of == (given.as_of, given.versions.rules, given.versions.evidence)
            same = same and one.content == content
            return one if same else None
    return None


def keep_plan(
    write: Write, person_id: str, content: Mapping[str, Any], given: Given, visit: tuple[str, int] | None
) -> str:
    """Keeps a plan as it is shown; returns its identifier. `visit` is the visit that it was made from, and its entry."""
    return keep_result(
        write,
        person_id,
        PLAN,
        dict(content),
        as_of=given.as_of,
        language=given.language,
        rules_version=given.versions.rules,
        evidence_version=given.versions.evidence,
        visit_id=visit[0] if visit else None,
        visit_number=visit[1] if visit else None,
    )


def page_of(content: Mapping[str, Any]) -> PlanPage:
    """The page that was kept."""
    return _rebuild(PlanPage, content["page"])


def view_of(content: Mapping[str, Any]) -> PlanView:
    """The note that was kept."""
    return _rebuild(PlanView, content["view"])


def _as_json(content: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON values: as the registry gives them back, so that the two can be compared."""
    plain: dict[str, Any] = json.loads(json.dumps(content, ensure_ascii=False))
    return plain


def _rebuild(kind: type[Made], values: Mapping[str, Any]) -> Made:
    """A dataclass from its plain values. A part that was not kept then has its default."""
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind) if field.name in values]  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], values[name]) for name in known})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        return _value(next(one for one in get_args(hint) if one is not type(None)), value)
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(_value(kinds[0], one) for one in value)
        return tuple(_value(one, part) for one, part in zip(kinds, value, strict=True))
    if is_dataclass(hint) and isinstance(hint, type):
        return _rebuild(hint, value)
    return value

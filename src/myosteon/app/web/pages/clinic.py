"""This clinic: name, tier, what it can measure and do, whose labels limit a drug, first definitions and language."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from starlette.responses import Response

from myosteon.app.clinic_file import REGIONS
from myosteon.app.web.account_names import LONGEST_NAME, name_problems
from myosteon.app.web.call import Call
from myosteon.app.web.refusals import Problem, Unusable
from myosteon.app.web.routing import Asked, Pages
from myosteon.app.web.wording import LANGUAGES
from myosteon.evidence.clinic import load_tiers
from myosteon.registry.errors import Conflict
from myosteon.registry.organisations import Organisation, OrganisationFields, change_organisation

pages = Pages()


@pages.get("/settings/clinic", permission="clinic.write")
def show_clinic(call: Asked) -> Response:
    """The clinic as it stands."""
    return _form(call, call.organisation.fields, call.organisation.number)


@pages.post(
    "/settings/clinic",
    permission="clinic.write",
    fields=("seen", "name", "telephone", "tier", "region", "chinese_medicine", "language", "can"),
)
def change_clinic(call: Asked) -> Response:
    """Saves the clinic as a new entry; who saved in the meantime is shown and not overwritten."""
    given, seen = _given(call), _number(call)
    problems = name_problems(call, given.name, "name", "clinic.name_missing")
    if problems:
        return _form(call, given, seen, tuple(problems))
    try:
        with call.write() as write:
            change_organisation(write, call.organisation.id, seen, given)
    except Conflict as conflict:
        there = cast(Organisation, conflict.current)
        return _form(call, given, there.number, there=there.fields)
    return call.to("/settings", done="clinic.saved")


def _number(call: Call) -> int:
    seen = call.form.get("seen", "")
    if not seen.isascii() or not seen.isdecimal() or len(seen) > 9:
        raise Unusable()
    return int(seen)


def _given(call: Call) -> OrganisationFields:
    """What the form says; words that it does not offer are refused."""
    form, known = call.form, load_tiers()
    tier, region, language = form.get("tier", ""), form.get("region", ""), form.get("language", "")
    ticked = set(call.form_list("can"))
    if tier not in map(str, known.tiers) or region not in ("", *REGIONS) or language not in LANGUAGES:
        raise Unusable()
    if not ticked <= set(known.capabilities):
        raise Unusable()
    usual = {one.id for one in known.capabilities.values() if one.tier <= int(tier)}
    return replace(
        call.organisation.fields,
        name=form.get("name", "").strip(),
        telephone=form.get("telephone", "").strip()[:LONGEST_NAME],
        tier=int(tier),
        region=region,
        can=tuple(sorted(ticked - usual)),
        cannot=tuple(sorted(usual - ticked)),
        chinese_medicine=form.get("chinese_medicine") == "yes",
        settings={**call.organisation.fields.settings, "language": language},
    )


def _form(
    call: Call,
    fields: OrganisationFields,
    seen: int,
    problems: tuple[Problem, ...] = (),
    there: OrganisationFields | None = None,
) -> Response:
    known = load_tiers()
    usual = {one.id for one in known.capabilities.values() if one.tier <= fields.tier}
    able = (usual | set(fields.can)) - set(fields.cannot)
    return call.page(
        "settings/clinic.html",
        status=409 if there else 422 if problems else 200,
        fields=fields,
        seen=seen,
        problems=problems,
        tiers=[(tier.id, getattr(tier.label, call.language)) for tier in known.tiers.values()],
        regions=[("", call.say("clinic.region_none")), *((code, code) for code in REGIONS)],
        capabilities=[
            (one.id, getattr(one.label, call.language), one.id in able, one.tier)
            for one in known.capabilities.values()
        ],
        languages=[(language, call.say(f"language.name_{language}")) for language in LANGUAGES],
        first_language=fields.settings.get("language", call.language),
        conflict_rows=_differences(call, there, fields) if there else (),
    )


def _differences(
    call: Call, there: OrganisationFields, yours: OrganisationFields
) -> list[tuple[str, str, str]]:
    """What differs between what stands there and what was typed, in words."""
    names = {
        "name": "clinic.name",
        "telephone": "clinic.telephone",
        "tier": "clinic.tier",
        "region": "clinic.region",
    }
    rows = [
        (call.say(key), str(getattr(there, name)), str(getattr(yours, name)))
        for name, key in names.items()
        if getattr(there, name) != getattr(yours, name)
    ]
    if (there.can, there.cannot, there.tier) != (yours.can, yours.cannot, yours.tier):
        rows.append((call.say("clinic.can"), _able(call, there), _able(call, yours)))
    return rows


def _able(call: Call, fields: OrganisationFields) -> str:
    known = load_tiers().capabilities.values()
    able = [
        getattr(one.label, call.language)
        for one in known
        if one.id in fields.can or (one.tier <= fields.tier and one.id not in fields.cannot)
    ]
    return call.say("list.comma").join(able)

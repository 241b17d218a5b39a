"""The referrals of a clinic as rows of the worklist: asked of it, answered, sent back, waiting."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from myosteon.app.web.standing.words import When, WorklistVoice
from myosteon.app.web.standing.worklist import MOST_SHOWN, WorkGroup, WorkRow, row_of
from myosteon.registry.organisations import read_organisation
from myosteon.registry.people import Person, read_people
from myosteon.registry.referral_lists import count_referrals, open_referrals, unread_of
from myosteon.registry.referrals import Referral

MOST_CHARACTERS = 160
# What is counted beside the title, in this order.
COUNTED = (
    ("count_asked", (("in", "sent"), ("in", "accepted"))),
    ("count_answered", (("out", "answered"),)),
    ("count_back", (("out", "sent_back"),)),
    ("count_waiting", (("out", "sent"), ("out", "accepted"))),
    ("count_written", (("out", "written"),)),
)


def referral_group(
    connection: Connection, organisation_id: str, account_id: str, voice: WorklistVoice, zone: ZoneInfo
) -> WorkGroup:
    """The referrals that wait for this clinic or for an answer to it."""
    found = open_referrals(connection, organisation_id, MOST_SHOWN)
    counts = count_referrals(connection, organisation_id)
    people = read_people(connection, {one.person_id for one in found})
    others = {_other(one, organisation_id) for one in found} - {None}
    names = {id: read_organisation(connection, id).fields.name for id in others if id}
    unread = unread_of(connection, [one.id for one in found], organisation_id, account_id)
    rows = tuple(
        _row(one, people[one.person_id], organisation_id, names, one.id in unread, voice, zone)
        for one in found
    )
    total = sum(counts.values())
    return WorkGroup("referrals", voice.say("referrals"), _counted(counts, voice), rows, total - len(rows))


def _row(
    one: Referral,
    person: Person,
    organisation_id: str,
    names: Mapping[str, str],
    is_unread: bool,
    voice: WorklistVoice,
    zone: ZoneInfo,
) -> WorkRow:
    way = "in" if one.to_organisation_id == organisation_id and one.state in ("sent", "accepted") else "out"
    other = names.get(_other(one, organisation_id) or "") or one.to_name or ""
    what = voice.say(
        f"referral.{way}_{one.state}",
        clinic=other,
        **{"answer" if (way, one.state) == ("out", "answered") else "question": _short(_said(one))},
    )
    if is_unread:
        what = voice.say("join").join((what, voice.say("referral.message")))
    action = "read" if one.state == "answered" else "answer" if way == "in" else "open"
    return row_of(person, voice, _when(one, way, voice, zone), what, action, "", path=f"/referrals/{one.id}")


def _said(one: Referral) -> str:
    return (one.answer if one.state == "answered" else one.question) or ""


def _when(one: Referral, way: str, voice: WorklistVoice, zone: ZoneInfo) -> When:
    since = one.sent_at if one.sent_at and one.state in ("sent", "accepted") else one.changed_at
    days = (voice.day - since.astimezone(zone).date()).days
    if one.state == "answered":
        return When("good", "incoming", voice.say("tag.new_answer"))
    if one.state == "sent_back":
        return When("caution", "incoming", voice.say("tag.sent_back"))
    if one.state == "written":
        return When("quiet", "refer", voice.say("tag.not_sent"))
    if way == "in":
        return When("caution" if one.state == "sent" else "quiet", "incoming", voice.days(days))
    return When("quiet", "refer", voice.days(days))


def _other(one: Referral, organisation_id: str) -> str | None:
    is_out = one.from_organisation_id == organisation_id
    return one.to_organisation_id if is_out else one.from_organisation_id


def _counted(counts: Mapping[tuple[str, str], int], voice: WorklistVoice) -> str:
    told = []
    for key, kinds in COUNTED:
        if count := sum(counts.get(kind, 0) for kind in kinds):
            told.append(voice.say(f"referral.{key}", count=count))
    return voice.say("referral.between").join(told)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1].rstrip() + "…"

"""Every table of the registry.

A thing that people edit (organisation, person, visit, treatment, fracture, referral) has one row that says what it is and
entries numbered from 1 without gaps: an entry is one save and is never changed. `latest`, and the few columns named as copies,
repeat what the entries say, so that lists are quick; `verify` compares them. Times are UTC text (`columns.Moment`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from myosteon.registry.columns import Moment, Record, own_id, points_to

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _things(name: str, *columns: Any) -> Table:
    """What somebody may edit: who it is, and the number of its last entry."""
    return Table(
        name,
        METADATA,
        own_id(),
        Column("latest", Integer, nullable=False),
        Column("made_at", Moment, nullable=False),
        points_to("made_by", "account", needed=False),
        *columns,
    )


def _entries(of: str, *columns: Any) -> Table:
    """The saves of a thing, in order; `organisation_id` is where whoever saved it works, null for the program itself."""
    return Table(
        f"{of}_entry",
        METADATA,
        points_to(f"{of}_id", of),
        Column("number", Integer, nullable=False),
        Column("made_at", Moment, nullable=False),
        points_to("made_by", "account", needed=False),
        points_to("by_organisation_id", "organisation", needed=False),
        Column("reason", Text),
        *columns,
        PrimaryKeyConstraint(f"{of}_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )


organisation = Table(
    "organisation",
    METADATA,
    own_id(),
    Column("latest", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
)
# `settings` is what the pages keep for a clinic: its first definition, its languages and the like.
organisation_entry = _entries(
    "organisation",
    Column("name", Text, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("region", String(8), nullable=False),
    Column("telephone", Text, nullable=False),
    Column("can", Record, nullable=False),
    Column("cannot", Record, nullable=False),
    Column("chinese_medicine", Boolean, nullable=False),
    Column("settings", Record, nullable=False),
    Column("closed", Boolean, nullable=False),
)

account = Table(
    "account",
    METADATA,
    own_id(),
    points_to("organisation_id", "organisation", index=True),
    # In small letters.
    Column("login", String(200), nullable=False, unique=True),
    Column("shown_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", Text),
    Column("must_change_password", Boolean, nullable=False),
    Column("language", String(8)),
    Column("failed_sign_ins", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("disabled_at", Moment),
    Column("made_at", Moment, nullable=False),
    Column("openid_subject", String(512), unique=True),
    CheckConstraint("role IN ('administrator', 'clinician', 'health_worker', 'researcher')", name="role"),
)

web_session = Table(
    "web_session",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    points_to("account_id", "account", index=True),
    Column("csrf_token", String(128), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

# `identifier` is a copy of the last entry's.
person = _things(
    "person",
    points_to("organisation_id", "organisation"),
    Column("identifier", String(200)),
    UniqueConstraint("organisation_id", "identifier"),
)
person_entry = _entries(
    "person",
    Column("name", Text),
    Column("sex", String(8)),
    Column("birth_date", Date),
    Column("birth_year", Integer),
    Column("identifier", String(200)),
    Column("telephone", Text),
    Column("address", Text),
    Column("language", String(8)),
    Column("note", Text),
)

# `day` and `state` are copies of what the entries say.
visit = _things(
    "visit",
    points_to("person_id", "person"),
    points_to("organisation_id", "organisation"),
    Column("day", Date),
    Column("state", String(8), nullable=False),
    CheckConstraint("state IN ('open', 'finished')", name="state"),
    Index("ix_visit_person_id_day", "person_id", "day"),
    Index("ix_visit_organisation_id_day", "organisation_id", "day"),
)
# `measures`: measure -> {"value", "typed", "unit"}, or the value alone where nobody typed it; null is withdrawn. `day` and
# `state` only where the entry sets them.
visit_entry = _entries(
    "visit",
    Column("day", Date),
    Column("state", String(8)),
    Column("step", String(64)),
    Column("measures", Record, nullable=False),
)

treatment = _things("treatment", points_to("person_id", "person", index=True))
treatment_entry = _entries(
    "treatment",
    Column("drug", String(64), nullable=False),
    Column("dose", Text),
    Column("start_date", Date),
    Column("stop_date", Date),
    Column("stopped_on_unknown_day", Boolean, nullable=False),
    Column("last_dose_date", Date),
    Column("doses", Integer),
    Column("reason_stopped", Text),
    Column("withdrawn", Boolean, nullable=False),
)

fracture = _things("fracture", points_to("person_id", "person", index=True))
# `year` and `month` where the day is not known; `low_trauma` null is unknown.
fracture_entry = _entries(
    "fracture",
    Column("site", String(32), nullable=False),
    Column("year", Integer),
    Column("month", Integer),
    Column("day", Date),
    Column("low_trauma", Boolean),
    Column("note", Text),
    Column("withdrawn", Boolean, nullable=False),
)

# What was answered, word for word, with the versions that answered.
result = Table(
    "result",
    METADATA,
    own_id(),
    points_to("person_id", "person"),
    points_to("visit_id", "visit", needed=False, index=True),
    # The entry of the visit that was judged.
    Column("visit_number", Integer),
    Column("kind", String(32), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("rules_version", String(80), nullable=False),
    Column("evidence_version", String(80), nullable=False),
    Column("content", Record, nullable=False),
    Column("made_at", Moment, nullable=False),
    points_to("made_by", "account", needed=False),
    points_to("by_organisation_id", "organisation", needed=False),
    Index("ix_result_person_id_kind_made_at", "person_id", "kind", "made_at"),
)

# `to_name` where the receiver has no place in this registry. `state` is a copy of the last event's.
referral = _things(
    "referral",
    points_to("person_id", "person", index=True),
    points_to("from_organisation_id", "organisation", index=True),
    points_to("to_organisation_id", "organisation", needed=False, index=True),
    Column("to_name", Text),
    Column("state", String(16), nullable=False),
)
referral_entry = _entries(
    "referral",
    Column("step", String(16), nullable=False),
    Column("question", Text),
    Column("text", Text),
    Column("content", Record),
)

message = Table(
    "message",
    METADATA,
    own_id(),
    points_to("referral_id", "referral", index=True),
    points_to("by_organisation_id", "organisation"),
    points_to("made_by", "account", needed=False),
    Column("made_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
)
message_read = Table(
    "message_read",
    METADATA,
    points_to("message_id", "message"),
    points_to("account_id", "account"),
    Column("read_at", Moment, nullable=False),
    PrimaryKeyConstraint("message_id", "account_id"),
)

# Who did what: each line carries the hash of the line before, and of the entry that it is about.
audit = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    points_to("account_id", "account", needed=False),
    points_to("organisation_id", "organisation", needed=False),
    Column("action", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("thing_id", String(64)),
    points_to("person_id", "person", needed=False),
    Column("detail", Record, nullable=False),
    Column("entry_hash", String(64)),
    Column("line_hash", String(64), nullable=False),
    Index("ix_audit_person_id_number", "person_id", "number"),
    Index("ix_audit_account_id_number", "account_id", "number"),
)
# One row: where the chain ends. Whoever writes holds it, so that lines come one after another.
audit_end = Table(
    "audit_end",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("line_hash", String(64), nullable=False),
)

# Derived, made anew on each save of a person, and all of it whenever wanted: what the worklist shows.
standing = Table(
    "standing",
    METADATA,
    points_to("person_id", "person"),
    Column("position", Integer, nullable=False),
    points_to("organisation_id", "organisation"),
    Column("kind", String(32), nullable=False),
    Column("urgency", Integer, nullable=False),
    # The first of all days where it is due on none: no null, so that one index gives the order.
    Column("due_on", Date, nullable=False),
    Column("late_from", Date),
    Column("line", String(120), nullable=False),
    Column("content", Record, nullable=False),
    PrimaryKeyConstraint("person_id", "position"),
    Index("ix_standing_order", "organisation_id", "urgency", "due_on", "person_id", "position", "kind"),
)

# Derived: what a search looks through, and the words of names that it knows.
person_search = Table(
    "person_search",
    METADATA,
    Column("person_id", String(32), primary_key=True),
    Column("organisation_id", String(32), nullable=False, index=True),
    Column("text", Text, nullable=False),
)
# Sorted by code, so that words with one beginning stand together; `backwards` does the same for their ends.
_WORD = String(200).with_variant(String(200, collation="C"), "postgresql")
name_word = Table(
    "name_word",
    METADATA,
    Column("word", _WORD, primary_key=True),
    Column("backwards", _WORD, nullable=False),
    Column("length", Integer, nullable=False),
    Index("ix_name_word_length_word", "length", "word"),
    Index("ix_name_word_length_backwards", "length", "backwards"),
)
# Who has which of these words.
person_word = Table(
    "person_word",
    METADATA,
    Column("word", _WORD, nullable=False),
    Column("person_id", String(32), nullable=False),
    PrimaryKeyConstraint("word", "person_id"),
    # A row is its key: nothing else is kept.
    sqlite_with_rowid=False,
)

DERIVED = ("standing", "person_search", "name_word", "person_word")
"""Tables that can be made anew from the others."""

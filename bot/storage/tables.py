"""Every table of the hotline. What anybody said or is called stands only in columns named `sealed` or `wrapped`.

Moments are whole microseconds since 1970 in UTC, so that both databases compare them alike.
A chat or an account is found by its keyed hash (`lookup`, HMAC-SHA-256); the number itself is sealed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

keys = Table(
    "keys",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    comment="One data key a case and a person, wrapped by the master key. To destroy it is to erase what it sealed.",
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lookup", Text, nullable=False, unique=True),
    Column("sealed_account", LargeBinary, nullable=False),
    Column("language", Text),
    Column("role", Text),
    Column("sealed_working_name", LargeBinary),
    Column("started", Boolean, nullable=False, default=False),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("held", Boolean, nullable=False, default=False),
    Column("current_case", Text),
    Column("since", Moment, nullable=False),
    Column("seen_at", Moment),
    CheckConstraint("language IN ('kk', 'ru', 'en', 'ky')", name="language"),
    CheckConstraint("role IN ('lawyer', 'coordinator')", name="role"),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lookup", Text, nullable=False, unique=True),
    Column("sealed_chat", LargeBinary, nullable=False),
    Column("language", Text),
    Column("since", Moment, nullable=False),
    comment="The operator group; one row.",
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_lookup", Text, unique=True),
    Column("role", Text, nullable=False),
    Column("made_by", Text),
    Column("sealed_name", LargeBinary),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    CheckConstraint("role IN ('lawyer', 'coordinator')", name="role"),
    comment="One-time links. Without a token: the coordinator is being asked for the working name.",
)

cases = Table(
    "cases",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False, default=0),
    Column("status", Text, nullable=False),
    Column("seeker", Text, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("subcategory", Text),
    Column("language", Text),
    Column("country", Text),
    Column("region", Text),
    Column("for_whom", Text),
    Column("safe_to_contact", Text),
    Column("age", Text),
    Column("happened", Text),
    Column("officials", Text),
    Column("contact", Text),
    Column("hours", Text),
    Column("consent_share", Boolean, nullable=False, default=False),
    Column("consent_statistics", Boolean, nullable=False, default=False),
    Column("consent_follow_up", Boolean, nullable=False, default=False),
    Column("queued_at", Moment),
    Column("lawyer", Text),
    Column("claimed_at", Moment),
    Column("closed_at", Moment),
    Column("outcome", Text),
    CheckConstraint("urgency IN ('immediate', 'high', 'normal', 'low')", name="urgency"),
    CheckConstraint("status IN ('submitted', 'queued', 'claimed', 'closed')", name="status"),
    CheckConstraint(
        "status <> 'submitted' OR (queued_at IS NULL AND lawyer IS NULL AND claimed_at IS NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="submitted",
    ),
    CheckConstraint(
        "status <> 'queued' OR (queued_at IS NOT NULL AND lawyer IS NULL AND claimed_at IS NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="queued",
    ),
    CheckConstraint(
        "status <> 'claimed' OR (lawyer IS NOT NULL AND claimed_at IS NOT NULL "
        "AND closed_at IS NULL AND outcome IS NULL)",
        name="claimed",
    ),
    CheckConstraint(
        "status <> 'closed' OR (lawyer IS NOT NULL AND closed_at IS NOT NULL AND outcome IS NOT NULL)",
        name="closed",
    ),
    Index("ix_cases_seeker", "seeker", "submitted_at"),
    Index("ix_cases_lawyer", "lawyer", "status"),
    Index("ix_cases_submitted_at", "submitted_at"),
    Index("ix_cases_status", "status", "queued_at"),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("case_code", Text, ForeignKey("cases.code"), primary_key=True),
    Column("person", Text, primary_key=True),
    comment="`Not me`: this lawyer never sees this case again.",
)

drafts = Table(
    "drafts",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("sealed_answers", LargeBinary, nullable=False),
    Column("since", Moment, nullable=False),
    comment="An appeal she has not sent yet; sealed with her own key.",
)

draft_words = Table(
    "draft_words",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("replaces", BigInteger),
    Index("ix_draft_words_person", "person", "message_id"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("replaces", BigInteger),
    CheckConstraint("author IN ('seeker', 'lawyer')", name="author"),
    Index("ix_entries_case_code", "case_code", "id"),
    comment="The conversation of a case; sealed with the case's key.",
)

shown = Table(
    "shown",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", Text, nullable=False),
    Column("case_code", Text),
    Index("ix_shown_slot", "slot"),
    comment="Which message of which chat shows what: for replies, edits and cards.",
    info={"newest_wins": True},
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", Text, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("method", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("slot", Text),
    Column("replaceable", Boolean, nullable=False, default=False),
    Column("album", Text),
    Column("reply_slot", Text),
    Column("case_code", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("in_doubt", Boolean, nullable=False, default=False),
    Column("why", Text),
    Column("settled_at", Moment),
    CheckConstraint("state IN ('waiting', 'held', 'sending', 'sent', 'replaced', 'dead')", name="state"),
    Index("ix_outbox_state", "state", "chat", "lane", "id"),
    Index("ix_outbox_slot", "slot"),
    comment="What is to be said and was said. The words are wiped when they are sent.",
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_code", Text, ForeignKey("cases.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("stage", Integer, nullable=False, default=0),
    CheckConstraint("kind IN ('unclaimed', 'silent', 'after_closing')", name="kind"),
    Index("ix_reminders_due", "due"),
    Index("uq_reminders_case_kind", "case_code", "kind", unique=True),
)

journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text),
    Column("action", Text, nullable=False),
    Column("case_code", Text),
    Index("ix_journal_case_code", "case_code"),
    comment="Who saw and did what, without content.",
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    comment="Updates whose effects stand; a repetition has none.",
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    comment="Updates that could not be handled, whole and sealed: nothing is thrown away.",
)

hotline_state = Table(
    "hotline_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Facts of the process itself: whether it stopped cleanly.",
)
